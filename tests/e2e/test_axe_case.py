"""The pages of a case by the rules of axe-core: filing to the receipt, and the status page in every state."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.axe import judge, judge_all
from tests.e2e.citizen import WANTED, begin, fill_in_who, follow, press

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("quick_pdf"),
    pytest.mark.long,
]


def day(ago):
    return (timezone.localdate() - timedelta(days=ago)).isoformat()


@pytest.fixture
def desk(live_server, settings):
    from tests import factories

    settings.PUBLIC_BASE_URL = live_server.url
    return factories.set_up()


@pytest.fixture
def page(open_page):
    return open_page(reduced_motion="reduce")


def pages_of(page, live_server, case, *acts):
    """Open a case as its applicant and judge its page and the pages of these acts."""
    from tests import factories

    site = live_server.url
    follow(page, site, case.number, factories.code_of(case))
    here = f"{site}/status/{case.pk}/"
    return judge_all(page, [here, *(f"{here}{act}/" for act in acts)])


def test_the_steps_of_filing_and_the_receipt_break_no_rule(live_server, desk, page):
    site = live_server.url
    begin(page, site)
    fill_in_who(page)
    press(page, "和别人一起申请")
    expect(page.locator("#id_partner_2_name")).to_be_visible()
    page.locator("details.fold summary").first.click()
    found = judge(page)
    page.locator("button[name=drop_partner]").click()
    expect(page.locator("#id_partner_2_name")).to_have_count(0)
    press(page, "下一步：要什么")
    page.get_by_label("要哪些文件、哪些内容").fill(WANTED)
    press(page, "下一步：怎么给您")
    page.wait_for_url("**/how/")
    found += judge(page)
    press(page, "下一步：核对提交")
    page.wait_for_url("**/check/")
    found += judge(page)
    page.get_by_label("以上内容属实").check()
    press(page, "提交申请")
    page.wait_for_url("**/receipt/")
    found += judge_all(page, [f"{site}/receipt/"])

    assert found == []


def test_a_case_just_received_breaks_no_rule(live_server, desk, page):
    case = desk.file(day(3))

    assert (
        pages_of(page, live_server, case, "account", "suggest", "amend", "withdraw", "rate") == []
    )


def test_a_case_that_waits_for_its_applicant_breaks_no_rule(live_server, desk, page):
    corrected, charged, asked = desk.file(day(4)), desk.file(day(4)), desk.file(day(4))
    desk.ask_correction(corrected, day(3), served=day(2))
    desk.charge(charged, day(3), served=day(2))
    desk.fetch(desk.ask_reasons(asked, day(3)), day(2))

    found = pages_of(page, live_server, corrected, "correct", "account")
    found += pages_of(page, live_server, charged, "pay")
    found += pages_of(page, live_server, asked, "reasons")

    assert found == []


def test_a_case_on_its_way_breaks_no_rule(live_server, desk, page):
    consulted, late = desk.file(day(6)), desk.file(day(90))
    desk.consult(consulted, day(5), served=day(3))
    extended = desk.file(day(20))
    desk.extend(extended, day(4))

    found = [
        each for case in (consulted, late, extended) for each in pages_of(page, live_server, case)
    ]

    assert found == []


def test_a_case_that_is_over_breaks_no_rule(live_server, desk, page):
    from requests_app.domain.outcomes import OutcomeCode
    from requests_app.services import reissues
    from tests.offices import moment

    told, refused, voided = desk.file(day(9)), desk.file(day(9)), desk.file(day(9))
    desk.fetch(desk.answer(told, day(6)), day(5))
    reason = {"reason": "内容属于内部事务信息"}
    desk.answer(refused, day(6), outcome=OutcomeCode.INTERNAL, fields=reason)
    old = desk.answer(voided, day(6))
    reissues.reissue(old.pk, reason="附件放错", actor=desk.clerk, at=moment(day(5)))

    found = pages_of(page, live_server, told, "rate", "withdraw", "account")
    found += pages_of(page, live_server, refused)
    found += pages_of(page, live_server, voided)

    assert found == []
