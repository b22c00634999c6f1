"""The archive's pages: the list of a case, the act, the log, the register, the settings, papers added."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from requests_app.adapters import pdf
from requests_app.domain.sheets import Sheet
from requests_app.models import (
    AccessRecord,
    ArchiveFile,
    ArchiveRecord,
    ArchiveSettings,
    Attachment,
    IssuingBody,
    Lending,
    SetupChange,
    StaffRole,
    StaffUser,
)
from requests_app.services import letters
from tests import factories, offices


@pytest.fixture
def archivist(office):
    person = StaffUser.objects.create(username="archivist", display_name="档案壬", is_staff=True)
    StaffRole.objects.create(user=person, role="archivist")
    return person


@pytest.fixture
def at_archive(archivist, sit_down):
    return sit_down(archivist)


@pytest.fixture
def answered(office, case, issued):
    """The counter's case, answered and handed over: the scan of the form is lacking."""
    from requests_app.domain.outcomes import OutcomeCode
    from requests_app.services import answers, deliveries

    at = offices.moment("2026-03-12")
    letters.render_due(at=at)
    draft = answers.draft(
        case.pk,
        outcome=OutcomeCode.DISCLOSED,
        fields=factories.DISCLOSED,
        actor=office.clerk.as_actor(),
        at=at,
    )
    letter = issued(draft)
    if letter.status == "issued":
        from requests_app.domain.delivery import DeliveryWay

        deliveries.dispatch(
            letter.pk,
            way=DeliveryWay.COUNTER,
            on=at.date(),
            tracking_number="",
            actor=office.clerk.as_actor(),
            at=at,
        )
    letter.refresh_from_db()
    if letter.status == "dispatched":
        deliveries.confirm(
            letter.pk, on=at.date(), proof="签收单", actor=office.clerk.as_actor(), at=at
        )
    case.refresh_from_db()
    return case


def put_away(browser, case, explanation="原件在案卷里，没有扫描"):
    url = reverse("admin:act", args=[case.pk, "archive"])
    seen = browser.get(url).context["form"]["seen_version"].value()
    return browser.post(url, {"seen_version": seen, "explanation": explanation})


def words_of(page):
    return page.content.decode()


def test_case_page_lists_what_is_lacking_once_the_case_is_closed(at_archive, answered):
    page = at_archive.get(reverse("admin:case", args=[answered.pk]))

    lacking = page.context["archive"].lacking
    assert "application" in {reason.code for reason in lacking}
    for reason in (*lacking, *page.context["archive"].advised):
        assert reason.sentence in words_of(page)
    assert not {reason.code for reason in lacking} & {"legal_opinion", "confirmation"}
    assert "公开指南》二（五）" in words_of(page)


def test_case_page_of_a_running_case_keeps_silent(at_archive, case):
    assert at_archive.get(reverse("admin:case", args=[case.pk])).context["archive"] is None


def test_list_of_the_case_follows_the_guide(at_archive, answered):
    page = at_archive.get(reverse("admin:archive", args=[answered.pk]))

    lines = page.context["lines"]
    assert [line.label for line in lines][:2] == ["申请表（含信封）", "证件及其他证明材料"]
    marks = {line.label: line.mark for line in lines}
    assert (marks["申请表（含信封）"], marks["补正"], marks["接收回执"]) == ("缺", "不涉及", "有")
    assert marks["证件及其他证明材料"] == "已当面核验"
    assert "全宗号还没有设置" in words_of(page)
    assert "保管期限表还没有登记档案主管部门的批准" in words_of(page)


def test_archiving_what_is_not_whole_asks_for_an_explanation_and_keeps_what_was_typed(
    at_archive, answered
):
    answer = put_away(at_archive, answered, explanation=" ")

    assert answer.status_code == 422
    assert "没有申请表（申请书）原件的扫描件" in words_of(answer)
    assert "explanation" in answer.context["form"].errors
    assert not ArchiveRecord.objects.exists()


def test_archiving_tells_the_file_number(at_archive, answered):
    answer = put_away(at_archive, answered)

    record = ArchiveRecord.objects.get()
    page = words_of(at_archive.get(answer.url))
    assert (f"已归档，档号{record.number}" in page, record.number in page) == (True, True)
    assert "原件在案卷里，没有扫描" in page


def test_a_file_that_cannot_be_made_says_why_on_its_page(at_archive, answered):
    # What stands in for letters in these tests is no PDF that could be bound.
    put_away(at_archive, answered)
    file = ArchiveFile.objects.get()

    page = at_archive.post(reverse("admin:make_archive_file", args=[file.pk]), follow=True)

    assert page.status_code == 200
    assert "文件已损坏，不能读取" in words_of(page)
    assert "现在没有制成" in words_of(page)


def test_file_is_made_from_its_page_and_taken_with_a_record(
    at_archive, archivist, answered, monkeypatch
):
    put_away(at_archive, answered)
    file = ArchiveFile.objects.get()
    assert at_archive.get(reverse("admin:archive_file", args=[file.pk])).status_code == 404
    sheet = pdf.render_sheet
    monkeypatch.setattr(pdf, "render_letter", lambda *_, **__: sheet(Sheet("回执", "", ())))

    made = at_archive.post(reverse("admin:make_archive_file", args=[file.pk]), follow=True)
    taken = at_archive.get(reverse("admin:archive_file", args=[file.pk]))

    assert "电子档案已制成" in words_of(made)
    assert (taken.status_code, taken.headers["Content-Type"], taken.content[:2]) == (
        200,
        "application/zip",
        b"PK",
    )
    assert "no-store" in taken.headers["Cache-Control"]
    record = AccessRecord.objects.order_by("pk").last()
    assert (record.what, record.staff) == ("下载电子档案", archivist)


def lend(browser, case, **changes):
    given = {
        "kind": "lending",
        "person": "李某",
        "unit": "市司法局",
        "purpose": "复议答复",
        "out_on": "2026-03-12",
        "due_on": "2026-03-22",
    }
    return browser.post(reverse("admin:archive", args=[case.pk]), given | changes)


def test_lending_and_return_are_noted_and_shown(at_archive, answered):
    put_away(at_archive, answered)

    assert lend(at_archive, answered).status_code == 302
    register = words_of(at_archive.get(reverse("admin:archives")))
    row = Lending.objects.get()
    assert ("李某" in register, "借出，2026-03-22应还" in register) == (True, True)
    back = at_archive.post(
        reverse("admin:give_back", args=[row.pk]), {"on": "2026-03-12", "note": "完好"}
    )

    assert back.url == reverse("admin:archive", args=[answered.pk])
    assert "没有借出的案卷" in words_of(at_archive.get(reverse("admin:archives")))
    assert at_archive.get(reverse("admin:give_back", args=[row.pk])).status_code == 404


def test_a_lending_refused_keeps_what_was_typed_beside_its_field(at_archive, answered):
    put_away(at_archive, answered)

    answer = lend(at_archive, answered, due_on="2026-03-01")

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["due_on"])
    assert 'value="李某"' in words_of(answer)
    assert "归还期限不能早于借出日期" in words_of(answer)
    wrong = at_archive.post(
        reverse("admin:archive", args=[answered.pk]), {"kind": "taken", "out_on": "x"}
    )
    assert (wrong.status_code, Lending.objects.count()) == (422, 0)


def test_what_is_overdue_is_counted_in_the_header_and_stands_first(at_archive, answered, archivist):
    put_away(at_archive, answered)
    lend(at_archive, answered)
    Lending.objects.update(out_on=date(2026, 3, 1), due_on=date(2026, 3, 10))

    page = at_archive.get(reverse("admin:archives"))

    (entry,) = [each for each in page.context["desk_navigation"] if each.label == "档案"]
    assert (entry.count, entry.current) == (1, True)
    assert "超期2天未还" in words_of(page)


@pytest.mark.parametrize("rows", [1, 3])
def test_register_asks_as_many_questions_for_three_as_for_one(
    at_archive, office, answered, django_assert_num_queries, rows
):
    put_away(at_archive, answered)
    lend(at_archive, answered)
    first = ArchiveRecord.objects.get()
    for place in range(2, rows + 1):
        other = ArchiveRecord.objects.get(pk=first.pk)
        other.pk, other.item, other.number = None, place, f"WS·2026-D10-X-{place:04d}"
        other.save(force_insert=True)
        loan = Lending.objects.order_by("pk").first()
        loan.pk, loan.record = None, other
        loan.save(force_insert=True)
    at_archive.get(reverse("admin:archives"))

    with django_assert_num_queries(11):
        page = at_archive.get(reverse("admin:archives"))

    assert (len(page.context["loans"]), len(page.context["records"])) == (rows, rows)


def test_register_is_searched_and_paged(at_archive, answered, monkeypatch):
    from requests_app.selectors import archives

    put_away(at_archive, answered)
    first = ArchiveRecord.objects.get()
    for place in (2, 3):
        other = ArchiveRecord.objects.get(pk=first.pk)
        other.pk, other.item, other.number = None, place, f"WS·2026-D10-X-{place:04d}"
        other.save(force_insert=True)
    monkeypatch.setattr(archives, "PAGE_SIZE", 2)
    url = reverse("admin:archives")

    page = at_archive.get(url)
    rest = at_archive.get(f"{url}?before={page.context['next_key']}")
    found = at_archive.get(url, {"q": "X-0003"})

    assert [row.item for row, _ in page.context["records"]] == [3, 2]
    assert [row.item for row, _ in rest.context["records"]] == [1]
    assert [row.item for row, _ in found.context["records"]] == [3]
    assert at_archive.get(url, {"q": "\x00", "before": "９"}).status_code == 200


@pytest.mark.parametrize("who", ["head", "handler", "administrator"])
def test_nobody_else_opens_the_archive(office, answered, sit_down, who):
    browser = sit_down(getattr(office, who))

    for url in (reverse("admin:archives"), reverse("admin:archive", args=[answered.pk])):
        assert browser.get(url).status_code == 403


# --- Papers that come later ---


def scan(name="回执单.jpg", content=None):
    return SimpleUploadedFile(name, factories.picture() if content is None else content)


def test_several_papers_are_put_on_the_case_from_its_page(at_desk, office, case):
    url = reverse("admin:add_papers", args=[case.pk])
    assert f'action="{url}"' in words_of(at_desk.get(reverse("admin:case", args=[case.pk])))

    answer = at_desk.post(
        url, {"kind": "proof", "papers": [scan(), scan("回执单2.jpg")], "note": "邮局补送"}
    )

    assert answer.url == reverse("admin:case", args=[case.pk])
    page = words_of(at_desk.get(answer.url))
    assert ("已补充材料2份" in page, "补充材料：送达凭证2份" in page) == (True, True)
    assert list(Attachment.objects.order_by("pk").values_list("name", "added_by")) == [
        ("回执单.jpg", office.clerk.pk),
        ("回执单2.jpg", office.clerk.pk),
    ]


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"kind": "", "papers": [scan()]}, "kind", "请选择“类别”。"),
        ({"kind": "released", "papers": [scan()]}, "kind", ""),
        ({"kind": "proof"}, "papers", "请"),
        ({"kind": "proof", "papers": [scan(content=b"no picture")]}, "papers", "回执单.jpg"),
    ],
    ids=["no-kind", "strange-kind", "no-file", "bad-file"],
)
def test_what_cannot_be_taken_is_told_beside_its_field(at_desk, case, given, field, words):
    for each in given.get("papers", []):
        each.seek(0)

    answer = at_desk.post(reverse("admin:add_papers", args=[case.pk]), given | {"note": "邮局补送"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert words in str(answer.context["form"].errors[field])
    assert 'value="邮局补送"' in words_of(answer)
    assert not Attachment.objects.exists()


def test_who_may_not_add_sees_no_form(office, case, sit_down):
    browser = sit_down(office.head)

    assert browser.get(reverse("admin:case", args=[case.pk])).context["add_papers"] is None
    url = reverse("admin:add_papers", args=[case.pk])
    assert browser.post(url, {"kind": "proof", "papers": [scan()]}).status_code == 403


def test_an_archived_case_takes_no_more_papers(at_archive, answered):
    put_away(at_archive, answered)

    page = at_archive.get(reverse("admin:case", args=[answered.pk]))
    answer = at_archive.post(
        reverse("admin:add_papers", args=[answered.pk]), {"kind": "proof", "papers": [scan()]}
    )

    assert (page.context["add_papers"], answer.status_code) == (None, 422)


def test_a_form_from_elsewhere_adds_nothing(office, case):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office.clerk, backend="jcdisclosure.backends.StaffBackend")
    url = reverse("admin:add_papers", args=[case.pk])

    assert browser.post(url, {"kind": "proof", "papers": [scan()]}).status_code == 403
    assert not Attachment.objects.exists()


# --- Settings ---


@pytest.fixture
def at_setup(office, sit_down):
    return sit_down(office.administrator)


def version(body, **changes):
    given = {
        "body": body.pk, "effective_from": "2026-04-01", "fonds_number": "Z109", "category_code": "WS",
        "unit_code": "BGS", "keep_disputed": "D30", "keep_answered": "D10", "keep_ended": "D10",
        "keep_amendment": "D10", "approved_by": "金昌市档案局", "approval_number": "金档发〔2026〕1号",
        "approved_on": "2026-03-01", "identity_scan_months": "24", "lending_days": "10",
    }  # fmt: skip
    return given | changes


def test_a_version_of_the_periods_is_kept_with_its_approval_and_the_change(at_setup):
    body = IssuingBody.objects.get(is_default=True)

    at_setup.post(reverse("admin:requests_app_archivesettings_add"), version(body))

    row = ArchiveSettings.objects.get()
    assert (row.approved_by, row.approved_on, row.identity_scan_months) == (
        "金昌市档案局",
        date(2026, 3, 1),
        24,
    )
    assert SetupChange.objects.get().after["全宗号"] == "Z109"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"unit_code": "办公室"}, "unit_code"),
        ({"fonds_number": "z 1"}, "fonds_number"),
        ({"approved_on": ""}, "approved_on"),
        ({"approved_by": ""}, "approved_by"),
        ({"identity_scan_months": "601"}, "identity_scan_months"),
        ({"keep_ended": "D5"}, "keep_ended"),
    ],
)
def test_a_version_that_cannot_be_is_refused_beside_its_field(at_setup, changes, field):
    body = IssuingBody.objects.get(is_default=True)

    answer = at_setup.post(
        reverse("admin:requests_app_archivesettings_add"), version(body, **changes)
    )

    assert (answer.status_code, list(answer.context["adminform"].form.errors)) == (200, [field])
    assert not ArchiveSettings.objects.exists()


def test_two_bodies_of_one_fonds_do_not_share_a_code(at_setup):
    one, other = IssuingBody.objects.order_by("-is_default")[:2]
    url = reverse("admin:requests_app_archivesettings_add")
    at_setup.post(url, version(one))

    answer = at_setup.post(url, version(other))

    assert list(answer.context["adminform"].form.errors) == ["unit_code"]
    at_setup.post(url, version(other, unit_code="ZF"))
    assert ArchiveSettings.objects.count() == 2


def test_a_version_that_has_begun_stays(at_setup):
    row = ArchiveSettings.objects.create(
        body=IssuingBody.objects.get(is_default=True),
        effective_from=date(2026, 1, 1),
        unit_code="BGS",
    )

    url = reverse("admin:requests_app_archivesettings_change", args=[row.pk])

    assert at_setup.post(url, version(row.body)).status_code == 403


def test_deleted_scan_is_shown_without_a_link(at_desk, case):
    row = Attachment.objects.create(
        case=case, kind="identity", name="身份证.jpg", path="", content_type="image/jpeg", size=1,
        sha256="a" * 64, added_at=offices.moment("2026-03-02"), deleted_at=offices.moment("2026-03-10"),
    )  # fmt: skip

    page = words_of(at_desk.get(reverse("admin:case", args=[case.pk])))

    assert ("到期删除" in page, reverse("admin:paper", args=[row.pk]) in page) == (True, False)


def test_no_page_of_the_archive_has_script_or_style_in_it():
    for name in (
        "archive",
        "archives",
        "give_back",
        "add_papers",
        "_archive",
        "_add_papers",
        "roles",
    ):
        text = Path(f"templates/admin/desk/{name}.html").read_text()
        assert (" style=" in text, "onclick" in text, "<style" in text) == (False, False, False)
