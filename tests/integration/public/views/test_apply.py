"""Filing in four steps: nothing typed is lost, nothing unlawful is asked, sent twice is one case."""

import io
import json

import pytest

from requests_app.adapters import storage
from requests_app.models import Attachment, Case, DraftFile, FilingDraft
from requests_app.selectors import drafts
from tests import factories
from tests.integration.public.views.conftest import HOW, WHAT, WHO, photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "quick_pdf")]


def problems(answer):
    """Return the error summary: (field the line links to, its sentence)."""
    form = answer.context["form"]
    return [(line.link, line.sentence) for line in form.problems()]


def test_filing_a_person_makes_a_case(citizen):
    case = citizen.file()

    assert (
        case.number, case.channel, case.applicant.name, case.applicant.identity_masked,
        case.description, case.form_wanted, case.way_wanted, case.accepts_other_form, case.body.code,
        case.received_on.isoformat(), case.due_on.isoformat(),
    ) == (
        "2026-0001", "online", "陈向前", "620302********8512",
        "2025年金川区老旧小区改造项目清单", "electronic", "online", True, "office",
        "2026-03-02", "2026-03-30",
    )  # fmt: skip
    assert [(each.kind, each.name) for each in case.attachments.all()] == [
        ("identity", "身份证.jpg")
    ]


def test_filing_leads_to_the_receipt_and_clears_the_draft(citizen):
    citizen.fill_in()

    answer = citizen.send()

    assert (answer.status_code, answer["Location"]) == (302, "/receipt/")
    assert not FilingDraft.objects.exists()
    assert not DraftFile.objects.exists()


def test_filing_an_organisation_with_an_agent(citizen):
    who = {
        "kind": "organisation", "name": "金昌演示有限公司", "credit_code": "91620300MA0000000X",
        "organisation_type": "business", "representative": "赵甲", "contact_person": "钱乙",
        "phone": "0935-0000000", "agent_name": "孙丙", "agent_identity_kind": "resident_card",
        "agent_identity_number": factories.OTHER_IDENTITY_NUMBER,
    }  # fmt: skip
    citizen.step("who", who, identity_paper=photo("执照.jpg"), agent_paper=photo("委托书.jpg"))
    citizen.step("what", {**WHAT, "body_code": "government"})
    citizen.step(
        "how", {**HOW, "form_wanted": "paper", "way_wanted": "post", "address": "新华路1号"}
    )
    citizen.send()

    case = Case.objects.get()
    applicant = case.applicant
    assert (
        case.body.code, applicant.kind, applicant.organisation_type, applicant.representative,
        applicant.contact_person, applicant.identity_kind, applicant.address, case.agent.name,
        case.accepts_other_form,
    ) == ("government", "organisation", "business", "赵甲", "钱乙", "credit_code", "新华路1号", "孙丙", True)  # fmt: skip
    assert sorted(case.attachments.values_list("kind", flat=True)) == ["authorisation", "identity"]


def test_first_step_names_every_slip_beside_its_field(citizen):
    answer = citizen.step("who", {"kind": "person", "identity_kind": "resident_card"})

    assert answer.status_code == 422
    assert problems(answer) == [
        ("#id_name", "请填写姓名或者名称。"),
        ("#id_identity_number", "请填写居民身份证的号码。"),
        ("#id_identity_paper", "请上传有效身份证件的扫描件或者照片。"),
        ("#id_phone", "请至少留一种联系方式：电话、电子邮箱或者通信地址。"),
    ]


def test_an_error_keeps_everything_typed_and_uploaded(citizen):
    typed = {**WHO, "identity_number": "620302199003078513", "email": "没有符号"}

    answer = citizen.step("who", typed, identity_paper=photo())

    page = answer.content.decode()
    kept = ('value="陈向前"', 'value="620302199003078513"', 'value="没有符号"', "身份证.jpg")
    assert [words for words in kept if words not in page] == []
    later = citizen.client.get("/apply/who/").content.decode()
    assert [words for words in kept if words not in later] == []


def test_a_wrong_identity_number_says_where_to_look(citizen):
    answer = citizen.step(
        "who", {**WHO, "identity_number": "620302199003078513"}, identity_paper=photo()
    )

    assert problems(answer) == [
        (
            "#id_identity_number",
            "最后一位与前面17位对不上，多半是其中一位写错或者两位写反了，请对照证件逐位看一看。",
        )
    ]


def test_a_wrong_credit_code_never_stops_anybody(citizen):
    who = {
        "kind": "organisation", "name": "金昌演示有限公司", "credit_code": "91620300MA00000001",
        "representative": "赵甲", "contact_person": "钱乙", "phone": "0935-0000000",
    }  # fmt: skip

    answer = citizen.step("who", who, identity_paper=photo())

    assert (answer.status_code, answer["Location"]) == (302, "/apply/what/")


def test_a_rare_name_with_a_dot_is_kept_as_written(citizen):
    case = citizen.file(who={**WHO, "name": "阿依古丽·买买提𬳵"})

    assert case.applicant.name == "阿依古丽·买买提𬳵"


def test_a_description_of_more_than_5000_characters_is_taken(citizen):
    long = "供热管网改造资料，" * 700

    case = citizen.file(what={**WHAT, "description": long})

    assert case.description == long
    assert len(case.description) == 6300


def test_a_description_of_more_than_20000_characters_is_told(citizen):
    citizen.step("who", WHO, identity_paper=photo())

    answer = citizen.step("what", {**WHAT, "description": "字" * 20_001})

    assert problems(answer) == [
        ("#id_description", "最多 20000 个字，现在是 20001 个字。更长的材料请作为附件上传。")
    ]
    assert "字" * 20_001 in answer.content.decode()


def test_markup_in_a_description_stays_words(citizen):
    citizen.step("who", WHO, identity_paper=photo())
    citizen.step("what", {**WHAT, "description": "<script>alert(1)</script>{{ 7|add:7 }}"})
    citizen.step("how", HOW)

    page = citizen.client.get("/apply/check/").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in page


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (
            {"form_wanted": "paper", "way_wanted": "online"},
            ("#id_way_wanted_0", "“纸质”可以选择的获取方式是：邮寄、到办公地点领取、传真。"),
        ),
        (
            {"form_wanted": "electronic", "way_wanted": "email"},
            ("#id_email", "选择电子邮件的，请填写电子邮箱。"),
        ),
        (
            {"form_wanted": "disc", "way_wanted": "post"},
            ("#id_address", "选择邮寄的，请填写通信地址，写到门牌号。"),
        ),
        (
            {"form_wanted": "reading", "way_wanted": "collect"},
            ("#id_way_wanted_0", "“查阅、抄录”可以选择的获取方式是：到查阅点查阅、抄录。"),
        ),
        (
            {"form_wanted": "paper", "way_wanted": "pigeon"},
            ("#id_way_wanted_0", "请从列出的几项里选。"),
        ),
    ],
)
def test_form_and_way_must_fit(citizen, how, expected):
    citizen.step("who", WHO, identity_paper=photo())
    citizen.step("what", WHAT)

    answer = citizen.step("how", {**how, "email": "", "address": ""})

    assert answer.status_code == 422
    assert problems(answer) == [expected]


def test_fax_needs_its_number(citizen):
    citizen.step("who", WHO, identity_paper=photo())
    citizen.step("what", WHAT)

    answer = citizen.step("how", {"form_wanted": "paper", "way_wanted": "fax", "fax": " "})

    assert problems(answer) == [("#id_fax", "选择传真的，请填写传真号码。")]


def test_an_address_the_way_does_not_need_leaves_step_one_alone(citizen):
    case = citizen.file(
        who={**WHO, "address": "新华路1号"}, how={**HOW, "address": "", "email": ""}
    )

    assert (case.applicant.address, case.applicant.phone) == ("新华路1号", "13900000000")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("照片.jpg", b"", "文件是空的（0 字节），请重新选择。"),
        (
            "照片.jpg",
            b"%PDF-1.7 not a picture",
            "文件名以 .jpg 结尾，内容却不是这种文件。请用原来的软件另存后再传。",
        ),
        ("程序.exe", b"MZ", "不能接收这种文件，请上传 jpg、png、heic、pdf 格式。"),
    ],
)
def test_a_bad_upload_is_named_and_the_rest_kept(citizen, name, content, sentence):
    bad = io.BytesIO(content)
    bad.name = name

    answer = citizen.step("who", WHO, identity_paper=[photo(), bad])

    assert problems(answer) == [("#id_identity_paper", f"“{name}”：{sentence}")]
    assert [row.name for row in DraftFile.objects.all()] == ["身份证.jpg"]


def test_an_upload_that_is_too_large_is_refused(citizen):
    from requests_app.models import OfficeSettings

    OfficeSettings.objects.update(max_file_mb=1)
    large = io.BytesIO(b"%PDF-1.7\n" + b"0" * 1_100_000)
    large.name = "大.pdf"

    answer = citizen.step("who", WHO, identity_paper=large)

    assert problems(answer) == [
        ("#id_identity_paper", "“大.pdf”：文件超过 1 MB，请压缩、分开或降低清晰度后再传。")
    ]


def test_more_files_than_the_office_takes_are_refused_one_by_one(citizen):
    from requests_app.models import OfficeSettings

    OfficeSettings.objects.update(max_files=2)

    answer = citizen.step(
        "who", WHO, identity_paper=[photo("一.jpg"), photo("二.jpg"), photo("三.jpg")]
    )

    assert problems(answer) == [("#id_identity_paper", "“三.jpg”没有收下：一件申请最多2个文件。")]


def test_a_kept_file_can_be_removed_and_is_gone_from_the_disk(citizen):
    citizen.step("who", WHO, identity_paper=photo())
    row = DraftFile.objects.get()

    answer = citizen.step("who", {**WHO, "remove": row.pk, "name": "新名字"})

    assert answer.status_code == 200
    assert 'value="新名字"' in answer.content.decode()
    assert not DraftFile.objects.exists()
    with pytest.raises(storage.FileMissing):
        storage.open_file(row.path)


@pytest.mark.parametrize("typed", ["9" * 19, "9" * 5000, "-1", "1 or 1", "٣"])
def test_a_number_no_file_has_removes_nothing(citizen, typed):
    citizen.fill_in()

    answer = citizen.step("who", {**WHO, "remove": typed})

    assert answer.status_code == 200
    assert DraftFile.objects.count() == 1


def test_somebody_elses_file_is_not_removed(citizen, client):
    citizen.step("who", WHO, identity_paper=photo())
    row = DraftFile.objects.get()
    stranger = type(citizen)(type(client)())

    stranger.step("who", {**WHO, "remove": row.pk})

    assert DraftFile.objects.filter(pk=row.pk).exists()


def test_a_draft_is_sealed_in_database_and_session(citizen):
    citizen.step("who", WHO, identity_paper=photo())

    row = FilingDraft.objects.get()
    assert "620302199003078512" not in json.dumps(dict(citizen.client.session))
    assert "620302199003078512" not in row.answers_sealed
    assert "陈向前" not in row.answers_sealed
    assert drafts.open_answers(row)["identity_number"] == "620302199003078512"


def test_the_check_page_masks_the_identity_number(citizen):
    citizen.fill_in()

    page = citizen.client.get("/apply/check/").content.decode()

    assert "620302********8512" in page
    assert "620302199003078512" not in page
    assert "2026-03-30" in page


def test_the_check_page_leads_back_to_what_is_missing(citizen):
    citizen.step("who", WHO, identity_paper=photo())
    citizen.step("what", {**WHAT, "description": ""})

    answer = citizen.client.get("/apply/check/")

    assert answer["Location"] == "/apply/what/?check=1"
    shown = citizen.client.get(answer["Location"])
    assert problems(shown) == [
        ("#id_description", "请写明需要什么政府信息：文件名称、文号或者其他便于查询的特征。")
    ]


def test_filing_needs_the_tick(citizen):
    citizen.fill_in()

    answer = citizen.client.post("/apply/check/", {"key": citizen.key()})

    assert problems(answer) == [("#id_confirm", "核对无误的，请在“以上内容属实”前打勾。")]
    assert not Case.objects.exists()


def test_sent_twice_is_one_case_and_one_receipt(citizen):
    citizen.fill_in()
    key = citizen.key()

    first = citizen.send(key)
    code = citizen.client.get("/receipt/").context["code"]
    second = citizen.send(key)

    assert (first["Location"], second["Location"]) == ("/receipt/", "/receipt/")
    assert citizen.client.get("/receipt/").context["code"] == code
    assert Case.objects.count() == 1


def test_a_page_opened_before_another_draft_is_not_sent(citizen):
    citizen.fill_in()

    answer = citizen.send("11111111-1111-4111-8111-111111111111")

    assert problems(answer) == [("", "这一页是早些时候打开的，内容已经变了，请重新核对。")]
    assert not Case.objects.exists()


def test_too_many_filings_in_an_hour_are_told_kindly_and_kept(citizen, settings, clock):
    settings.FILINGS_PER_HOUR = 1
    citizen.file()
    citizen.fill_in()

    answer = citizen.send()

    assert answer.status_code == 429
    assert [link for link, _ in problems(answer)] == [""]
    assert Case.objects.count() == 1
    clock.to("2026-03-02", "11:01")
    assert citizen.send().status_code == 302


def test_too_many_drafts_in_an_hour_are_told_kindly_and_not_kept(citizen, settings, clock):
    settings.FILINGS_PER_HOUR = 1
    for _ in range(4):
        citizen.client.cookies.clear()
        assert citizen.step("who", WHO, identity_paper=photo()).status_code == 302
    assert citizen.step("who", WHO).status_code == 302  # going on is no beginning
    citizen.client.cookies.clear()

    answer = citizen.step("who", WHO, identity_paper=photo())

    assert answer.status_code == 429
    assert [link for link, _ in problems(answer)] == [""]
    assert FilingDraft.objects.count() == 4
    clock.to("2026-03-02", "11:01")
    assert citizen.step("who", WHO, identity_paper=photo()).status_code == 302


def test_a_step_without_a_draft_leads_to_the_first(citizen):
    for address in ("/apply/what/", "/apply/how/", "/apply/check/"):
        assert citizen.client.get(address)["Location"] == "/apply/who/"


def test_discarding_deletes_the_draft_and_its_files(citizen):
    citizen.step("who", WHO, identity_paper=photo())

    citizen.client.post("/apply/discard/")

    assert not FilingDraft.objects.exists()
    assert "陈向前" not in citizen.client.get("/apply/who/").content.decode()


def test_pages_of_a_draft_are_kept_by_no_cache(citizen):
    citizen.fill_in()

    for address in ("/apply/who/", "/apply/what/", "/apply/how/", "/apply/check/"):
        assert citizen.client.get(address)["Cache-Control"] == "no-store"


def test_identity_paper_of_a_case_is_sealed_on_disk(citizen):
    citizen.file()

    paper = Attachment.objects.get(kind="identity")
    assert paper.path.endswith(".sealed")


@pytest.mark.parametrize(("step", "most"), [("who", 5), ("what", 6), ("how", 6), ("check", 10)])
def test_steps_ask_the_database_a_fixed_number_of_times(
    citizen, django_assert_max_num_queries, step, most
):
    citizen.fill_in()

    with django_assert_max_num_queries(most):
        citizen.client.get(f"/apply/{step}/")
