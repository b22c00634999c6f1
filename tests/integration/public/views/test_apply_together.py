"""Before and around the steps: look first, apply together, go on by code; and what people type by mistake."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from requests_app.models import Case, DraftFile, FilingDraft, OfficeSettings
from requests_app.selectors import drafts
from tests import factories
from tests.integration.public.views.conftest import HOW, WHAT, WHO, photo
from tests.integration.public.views.test_apply import problems

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "quick_pdf")]

TOGETHER = {
    **WHO,
    "partners": "1",
    "partner_2_kind": "person",
    "partner_2_name": "李四",
    "partner_2_identity_kind": "resident_card",
    "partner_2_identity_number": factories.OTHER_IDENTITY_NUMBER,
}
BAD = {
    "control characters": "a\x00b\x07\x1b[31m",
    "right-to-left marks": "abc\u202ecba\u2066x",
    "zero width": "\u200b\u200d\ufeff",
    "emoji": "😀👨‍👩‍👧",
    "markup": "<script>alert(1)</script>{{ 7 }}{% load x %}",
    "sql": "'; DROP TABLE requests_app_case; --",
    "too long": "字" * 5_000,
    "lone surrogate": "\\ud800",
    "slashes": "../../etc/passwd",
    "no number": "٣٤٥" * 20,
}


# --- Look first -------------------------------------------------------------------------------------


def test_the_first_step_is_no_wall(citizen):
    page = citizen.client.get("/apply/").content.decode()

    assert [
        words for words in ("直接申请", "信访", "投诉、举报", "咨询") if words not in page
    ] == []


def test_words_looked_for_are_carried_into_step_two(citizen):
    found = citizen.client.get("/apply/", {"q": " 集中供热\u200b价格 "}).content.decode()
    answer = citizen.client.post("/apply/begin/", {"q": "集中供热价格"})
    citizen.step("who", WHO, identity_paper=photo())
    second = citizen.client.get("/apply/what/").content.decode()

    assert "目录建设中" in found
    assert 'name="q" value="集中供热价格"' in found
    assert (answer.status_code, answer["Location"]) == (302, "/apply/who/")
    assert "集中供热价格</textarea>" in second


def test_words_never_overwrite_what_was_written(citizen):
    citizen.step("who", WHO, identity_paper=photo())
    citizen.step("what", {**WHAT, "description": "2024年的批复"})
    citizen.client.post("/apply/begin/", {"q": "别的"})

    assert "2024年的批复</textarea>" in citizen.client.get("/apply/what/").content.decode()


@pytest.mark.parametrize("typed", BAD.values(), ids=BAD)
def test_any_search_is_answered(citizen, typed):
    shown = citizen.client.get("/apply/", {"q": typed})
    begun = citizen.client.post("/apply/begin/", {"q": typed})

    assert (shown.status_code, begun.status_code) == (200, 302)
    assert "<script>alert" not in shown.content.decode()


def test_a_site_that_takes_nothing_online_says_so_on_every_step(citizen):
    OfficeSettings.objects.update(takes_online=False)

    for address in ("/apply/", "/apply/who/"):
        answer = citizen.client.get(address)
        assert answer.status_code == 503
        assert "现在不接收网上申请。" in answer.content.decode()


# --- Together ---------------------------------------------------------------------------------------


def test_filing_together_makes_one_case_of_two(citizen):
    case = citizen.file(who=TOGETHER)

    assert (case.applicant_count, case.co_applicants.get().name) == (2, "李四")
    receipt = citizen.client.get("/receipt/").content.decode()
    assert "陈向前、李四" in receipt


def test_adding_and_removing_somebody_keeps_everything(citizen):
    first = citizen.step("who", {**WHO, "add_partner": "1"}, identity_paper=photo())
    second = citizen.step("who", {**TOGETHER, "add_partner": "1"})
    third = {
        **TOGETHER,
        "partners": "2",
        "partner_3_kind": "organisation",
        "partner_3_name": "某公司",
    }
    left = citizen.step("who", {**third, "drop_partner": "2"})

    assert (first.status_code, second.status_code, left.status_code) == (200, 200, 200)
    kept = drafts.find(FilingDraft.objects.get().pk)
    assert (kept.answers["partners"], kept.answers["partner_2_name"], kept.answers["partner_2_kind"]) == (
        "1", "某公司", "organisation",
    )  # fmt: skip
    assert [row.name for row in kept.files] == ["身份证.jpg"]
    assert 'value="陈向前"' in left.content.decode()


@pytest.mark.parametrize("typed", ["999", "-1", "a", "٣", "9" * 5000, ""])
def test_a_made_up_number_of_partners_breaks_nothing(citizen, typed):
    answer = citizen.step("who", {**WHO, "partners": typed, "drop_partner": typed})

    assert answer.status_code in (200, 302, 422)


def test_a_child_is_led_to_the_guardian_and_files(citizen):
    who = {**WHO, "identity_number": "629999201503040019"}
    answer = citizen.step("who", who, identity_paper=photo())

    assert [link for link, _ in problems(answer)] == ["#id_guardian_name"]
    assert '<details class="fold for-people" open>' in answer.content.decode()
    mother = {
        "guardian_name": "陈母", "guardian_relation": "mother", "guardian_identity_kind": "resident_card",
        "guardian_identity_number": factories.IDENTITY_NUMBER, "guardian_consent": "on",
    }  # fmt: skip
    citizen.step("who", {**who, **mother}, guardian_paper=photo("户口簿.jpg"))
    citizen.step("what", WHAT)
    citizen.step("how", HOW)
    check = citizen.client.get("/apply/check/").content.decode()
    citizen.send()

    assert "陈母（母亲），居民身份证　629999********8512，同意处理孩子的个人信息" in check
    assert Case.objects.get().guardian.name == "陈母"


def test_reading_needs_one_of_the_points(citizen):
    citizen.step("who", WHO, identity_paper=photo())
    citizen.step("what", WHAT)
    how = {"form_wanted": "reading", "way_wanted": "read_on_site"}

    nowhere = citizen.step("how", how)
    invented = citizen.step("how", {**how, "reading_point": "月球"})
    chosen = citizen.step("how", {**how, "reading_point": "市图书馆"})
    citizen.send()

    assert problems(nowhere) == [("#id_reading_point_0", "请选一个查阅点。")]
    assert invented.status_code == 422
    assert chosen["Location"] == "/apply/check/"
    assert Case.objects.get().reading_point == "市图书馆"


# --- Going on ---------------------------------------------------------------------------------------


def code_of(citizen):
    page = citizen.client.post("/apply/code/").content.decode()
    return page.split("<dt>继续填写码</dt><dd>")[1].split("</dd>")[0]


def test_a_code_opens_the_draft_on_another_machine(citizen):
    from django.test import Client

    citizen.step("who", WHO, identity_paper=photo())
    code = code_of(citizen)
    elsewhere = Client()

    answer = elsewhere.post("/apply/resume/", {"code": f" {code.lower()} "}, follow=True)

    assert answer.redirect_chain[-1][0] == "/apply/what/"
    assert "身份证.jpg" in elsewhere.get("/apply/who/").content.decode()
    row = FilingDraft.objects.get()
    assert code.replace("-", "") not in f"{row.resume_index}{row.answers_sealed}"


def test_a_new_code_ends_the_old_one_and_filing_ends_both(citizen):
    from django.test import Client

    citizen.step("who", WHO, identity_paper=photo())
    old, new = code_of(citizen), code_of(citizen)
    citizen.step("what", WHAT)
    citizen.step("how", HOW)

    before = Client().post("/apply/resume/", {"code": old}).status_code
    now = Client().post("/apply/resume/", {"code": new}).status_code
    citizen.send()
    after = Client().post("/apply/resume/", {"code": new}).status_code

    assert (before, now, after) == (422, 302, 422)


@pytest.mark.parametrize("typed", ["", "  ", "0000-00000-0000", *BAD.values()])
def test_a_code_nobody_has_is_told_beside_the_field(citizen, typed):
    answer = citizen.client.post("/apply/resume/", {"code": typed})

    assert answer.status_code == 422
    assert [link for link, _ in problems(answer)] == ["#id_code"]


def test_guessing_codes_ends_after_ten(citizen):
    citizen.step("who", WHO, identity_paper=photo())
    code = code_of(citizen)
    for _ in range(10):
        citizen.client.post("/apply/resume/", {"code": "0000-00000-0000"})

    answer = citizen.client.post("/apply/resume/", {"code": code})

    assert answer.status_code == 429
    assert "请过一会儿再试" in answer.content.decode()


# --- What people type by mistake --------------------------------------------------------------------


@pytest.mark.parametrize("typed", BAD.values(), ids=BAD)
def test_bad_text_in_every_field_is_kept_and_told_and_breaks_nothing(citizen, typed):
    citizen.step("who", WHO, identity_paper=photo())
    forms = {}
    for step in ("who", "what", "how"):
        forms[step] = list(citizen.client.get(f"/apply/{step}/").context["form"].fields)

    for step, fields in forms.items():
        answers = dict.fromkeys((name for name in fields if not name.endswith("paper")), typed)
        answers.pop("papers", None)
        answer = citizen.step(step, answers)
        assert (step, answer.status_code) in {(step, 422), (step, 302), (step, 200)}
        assert "<script>alert(1)" not in answer.content.decode()
        again = citizen.client.get(f"/apply/{step}/")
        assert again.status_code == 200
    assert citizen.send().status_code in (302, 422)
    assert not Case.objects.exists()


def test_text_where_a_file_belongs_and_a_file_where_text_belongs(citizen):
    answer = citizen.client.post(
        "/apply/who/", {**WHO, "identity_paper": "text", "name": photo("name.jpg")}
    )

    assert answer.status_code == 422
    assert not DraftFile.objects.exists()


# --- Files ------------------------------------------------------------------------------------------


def jpeg(name):
    return SimpleUploadedFile(name, photo().read(), "image/jpeg")


def test_three_hundred_files_are_told_and_twenty_kept(citizen):
    answer = citizen.step("who", WHO, identity_paper=[jpeg(f"{n}.jpg") for n in range(300)])

    assert DraftFile.objects.count() == 20
    assert [s for _, s in problems(answer)] == [
        "“20.jpg”等280个文件没有收下：一件申请最多20个文件。"
    ]
    assert 'value="陈向前"' in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("..\\..\\身份证 正面.JPG", "身份证 正面.jpg"),
        ("a/b/c.jpg", "c.jpg"),
        ("x\u202egpj.exe.jpg", "xgpj.exe.jpg"),
        (f"{'长' * 150}.jpg", f"{'长' * 80}.jpg"),
    ],
)
def test_a_name_of_any_kind_is_made_safe(citizen, name, shown):
    citizen.step("who", WHO, identity_paper=jpeg(name))

    assert [row.name for row in DraftFile.objects.all()] == [shown]


def test_a_script_that_sends_one_file_is_answered_with_what_is_kept(citizen):
    answer = citizen.client.post(
        "/apply/who/",
        {**WHO, "identity_paper": photo()},
        headers={"X-Upload-Field": "identity_paper"},
    )
    bad = citizen.client.post(
        "/apply/who/",
        {**WHO, "identity_paper": SimpleUploadedFile("空.jpg", b"")},
        headers={"X-Upload-Field": "identity_paper"},
    )
    wrong = citizen.client.post("/apply/who/", WHO, headers={"X-Upload-Field": "name"})

    assert "身份证.jpg" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "“空.jpg”：文件是空的（0 字节），请重新选择。" in bad.content.decode()
    assert wrong.status_code == 404
