"""Filing in a browser: with others, for a child, for an organisation by an agent, from an iPhone, by keys alone.

The whole grid of sizes, with and without script, runs in the long run; one of each every day.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.citizen import (
    DESKTOP,
    HEIC,
    PHONE,
    WANTED,
    WAYS_IN,
    begin,
    fill_in_who,
    finish,
    fits,
    identity_number,
    number_and_code,
    photo,
    press,
)

pytestmark = pytest.mark.django_db(transaction=True)


def grid(every_day):
    """Mark every way in but one as long."""
    return [
        pytest.param(way, id=name, marks=() if name == every_day else pytest.mark.long)
        for name, way in WAYS_IN.items()
    ]


def case():
    from requests_app.models import Case

    return Case.objects.select_related("applicant", "guardian", "agent").get()


def papers(found):
    return sorted(found.attachments.values_list("kind", "name"))


def unfold(page, title):
    """Open a folded block; one that a slip has opened stays open."""
    fold = page.locator("details.fold").filter(has_text=title)
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()


@pytest.mark.parametrize("way_in", grid("phone"))
def test_several_apply_together_and_one_of_them_is_taken_out_again(site, open_page, way_in):
    page = open_page(**way_in)
    begin(page, site)
    fill_in_who(page)
    press(page, "和别人一起申请")
    page.locator("#id_partner_2_name").fill("欧阳若兰")
    page.locator("#id_partner_2_identity_number").fill("629999199003078512")
    press(page, "再加一个申请人")
    page.locator("#id_partner_3_name").fill("写错了的人")
    press(page, "再加一个申请人")
    page.locator("#id_partner_4_kind_1").check()
    page.locator("#id_partner_4_name").fill("金昌演示有限公司")
    page.locator("button[name=drop_partner][value='3']").click()

    expect(page.locator("#id_partner_3_name")).to_have_value("金昌演示有限公司")
    expect(page.locator("#id_partner_3_kind_1")).to_be_checked()
    assert fits(page)
    number, _ = finish(page)

    found = case()
    assert (found.number, found.applicant.name, found.applicant_count) == (
        number,
        "阿依古丽·买买提",
        3,
    )
    assert list(found.co_applicants.values_list("position", "kind", "name")) == [
        (2, "person", "欧阳若兰"),
        (3, "organisation", "金昌演示有限公司"),
    ]


@pytest.mark.parametrize("way_in", grid("phone, no script"))
def test_a_child_is_asked_for_a_guardian_and_files_with_one(site, open_page, way_in):
    page = open_page(**way_in)
    born = timezone.localdate() - timedelta(days=10 * 365)
    begin(page, site)
    fill_in_who(page)
    page.get_by_label("姓名或者单位名称").fill("陈小满")
    page.locator("#id_identity_number").fill(identity_number(born))
    press(page, "下一步：要什么")

    expect(page.get_by_role("alert").first).to_contain_text("监护人")
    expect(page.locator("#id_guardian_name")).to_be_visible()
    assert fits(page)
    page.locator("#id_guardian_name").fill("陈向前")
    page.locator("#id_guardian_relation").select_option("father")
    page.locator("#id_guardian_identity_number").fill("629999199003078512")
    page.locator("#id_guardian_paper").set_input_files(photo("户口簿.jpg"))
    page.locator("#id_guardian_consent").check()
    finish(page)

    found = case()
    assert (found.applicant.name, found.guardian.name, found.guardian.relation) == (
        "陈小满",
        "陈向前",
        "father",
    )
    assert papers(found) == [("guardianship", "户口簿.jpg"), ("identity", "身份证.jpg")]


@pytest.mark.parametrize("way_in", grid("desktop"))
def test_an_organisation_files_by_an_agent(site, open_page, way_in):
    page = open_page(**way_in)
    begin(page, site)
    page.locator("#id_kind_1").check()
    page.get_by_label("姓名或者单位名称").fill("金昌演示有限公司")
    page.locator("#id_credit_code").fill("91620300MA0000000X")
    page.locator("#id_organisation_type").select_option("business")
    page.locator("#id_representative").fill("赵甲")
    page.locator("#id_contact_person").fill("钱乙")
    page.locator("#id_identity_paper").set_input_files(photo("营业执照.jpg"))
    page.get_by_label("手机或者电话").fill("0935-0000000")
    unfold(page, "我是代理人")
    page.locator("#id_agent_name").fill("孙丙")
    page.locator("#id_agent_identity_number").fill("62999919881111242X")
    page.locator("#id_agent_paper").set_input_files(photo("委托书.jpg"))
    finish(page)

    found = case()
    assert (found.applicant.kind, found.applicant.organisation_type, found.agent.name) == (
        "organisation",
        "business",
        "孙丙",
    )
    assert papers(found) == [("authorisation", "委托书.jpg"), ("identity", "营业执照.jpg")]
    assert fits(page)


@pytest.mark.parametrize("way_in", grid("phone"))
def test_a_photograph_of_an_iphone_comes_in(site, open_page, way_in):
    page = open_page(**way_in)
    begin(page, site)
    fill_in_who(page)
    page.locator("#id_identity_paper").set_input_files(HEIC)
    finish(page)

    found = case().attachments.get(name__startswith="photo")
    assert found.content_type == "image/jpeg"


# --- By keys alone ------------------------------------------------------------------------------------


def tab_to(page, field):
    """Press Tab until ``field`` has the focus; nobody needs more than the whole page."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if field.evaluate("field => field === document.activeElement"):
            return
    pytest.fail(f"Tab never came to {field}")


def type_into(page, field, words):
    tab_to(page, field)
    page.keyboard.insert_text(words)


def push(page, name, *, role="button"):
    tab_to(page, page.get_by_role(role, name=name, exact=True).last)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    "size", [pytest.param(PHONE, marks=pytest.mark.long), DESKTOP], ids=["phone", "desktop"]
)
def test_filing_following_and_withdrawing_need_no_mouse(site, open_page, size):
    page = open_page(size)
    page.goto(f"{site}/apply/")
    push(page, "直接申请")
    page.wait_for_url("**/apply/who/")
    type_into(page, page.get_by_label("姓名或者单位名称"), "阿依古丽·买买提")
    type_into(page, page.locator("#id_identity_number"), "11010519491231002X")
    tab_to(page, page.locator("#id_identity_paper"))
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(photo())
    expect(page.get_by_text("已收下")).to_be_visible()
    type_into(page, page.get_by_label("手机或者电话"), "13900000000")
    push(page, "下一步：要什么")
    page.wait_for_url("**/apply/what/")
    type_into(page, page.get_by_label("要哪些文件、哪些内容"), WANTED)
    push(page, "下一步：怎么给您")
    page.wait_for_url("**/apply/how/")
    tab_to(page, page.locator("#id_form_wanted_0"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("纸质", exact=True)).to_be_checked()
    tab_to(page, page.get_by_label("邮寄", exact=True))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("到办公地点领取", exact=True)).to_be_checked()
    push(page, "下一步：核对提交")
    page.wait_for_url("**/apply/check/")
    tab_to(page, page.get_by_label("以上内容属实"))
    page.keyboard.press("Space")
    push(page, "提交申请")
    page.wait_for_url("**/receipt/")
    number, code = number_and_code(page)

    page.goto(f"{site}/status/")
    type_into(page, page.get_by_label("申请编号"), number)
    type_into(page, page.get_by_label("查询码"), code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"申请 {number}")).to_be_visible()
    push(page, "撤回申请", role="link")
    page.wait_for_url("**/withdraw/")
    push(page, "确认撤回")

    expect(page.locator(".tag")).to_have_text("已撤回")
    found = case()
    assert (found.form_wanted, found.way_wanted, found.status) == ("paper", "collect", "withdrawn")
