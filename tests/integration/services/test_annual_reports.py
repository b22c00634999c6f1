"""A year's report: drafted, checked, locked, published by another, and never changed afterwards."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from docx import Document

from requests_app.adapters import pdf, storage
from requests_app.domain import proactive, snapshots
from requests_app.domain.report_status import ReportFileKind, ReportStatus
from requests_app.models import AnnualReport, Applicant, Case
from requests_app.selectors import annual_reports as shelf
from requests_app.selectors import year_figures
from requests_app.services import annual_reports, entries
from tests import factories
from tests.factories import organisation, private_files, refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

LATER = moment("2027-01-11")
FIGURES = {figure.name: "0" for figure in proactive.FIGURES} | {"charges": "35.076"}
TEXTS = {"problems": "人手不足，已增派一人。"}


@pytest.fixture
def drawn(monkeypatch):
    monkeypatch.setattr(
        pdf, "render_report", lambda _document, *, draft: b"%PDF " + str(draft).encode()
    )


@pytest.fixture
def case(desk):
    case = desk.file("2026-03-02")
    desk.answer(case, "2026-03-10")
    return case


def write(desk, report, **changes):
    given = {"texts": TEXTS, "figures": FIGURES, "actor": desk.supervisor, "at": LATER}
    return annual_reports.write(report.pk, **(given | changes))


@pytest.fixture
def report(desk, case):
    return write(desk, annual_reports.draft(2026, actor=desk.supervisor, at=LATER))


def lock(desk, report, **changes):
    given = {"actor": desk.supervisor, "at": LATER}
    return annual_reports.lock(report.pk, **(given | changes))


def publish(desk, report, **changes):
    given = {"actor": desk.head, "at": LATER}
    return annual_reports.publish(report.pk, **(given | changes))


def test_a_locked_year_is_frozen_with_its_hash_and_its_cases(desk, case, report):
    kept = lock(desk, report)

    assert (kept.status, kept.locked_at, kept.locked_by_id) == (
        "locked", LATER, desk.supervisor.staff_id,
    )  # fmt: skip
    assert kept.snapshot["cases"] == [[case.pk, case.number, "person", "1", "3.1"]]
    assert kept.snapshot["table_2"]["charges"] == "35.076"
    assert kept.snapshot["table_3"]["3.1"]["total"] == 1
    assert snapshots.digest(kept.snapshot) == kept.sha256
    kept.refresh_from_db()
    assert snapshots.digest(kept.snapshot) == kept.sha256
    assert year_figures.changes(kept) == ()


def test_what_changes_after_the_lock_is_told_and_changes_nothing(desk, report, case):
    posted = desk.file("2026-03-02", **factories.BY_POST)
    desk.post(desk.answer(posted, "2026-03-10"), "2026-03-10")
    kept = lock(desk, report)
    before = kept.snapshot

    replied = posted.events.get(entry="replied")
    entries.void(posted.pk, seq=replied.seq, reason="误登记", actor=desk.clerk, at=LATER)
    kept.refresh_from_db()

    assert [str(each) for each in year_figures.changes(kept)] == [
        f"锁定后：−1 （一）予以公开（自然人），案件 {posted.number}",
        f"锁定后：+1 四、结转下年度继续办理（自然人），案件 {posted.number}",
    ]
    assert kept.snapshot == before
    assert annual_reports.document(kept, at=LATER).foot[0].endswith(f"{kept.sha256}。")


def test_a_year_that_does_not_add_up_is_not_locked(desk, report, case):
    desk.file("2026-03-02", applicant=organisation())
    Applicant.objects.filter(kind="organisation").update(organisation_type="")

    assert refused(lock, desk, report) == ("identity_columns", "identity_columns")
    Applicant.objects.filter(kind="organisation").update(organisation_type="business")
    assert lock(desk, report).status == "locked"


def test_a_year_that_is_not_over_or_not_whole_is_not_locked(desk, case):
    report = annual_reports.draft(2026, actor=desk.supervisor, at=moment("2026-12-31"))

    codes = refused(lock, desk, report, at=moment("2026-12-31"))

    assert codes == ("year_not_over", *["figure_missing"] * 10)


def test_a_year_begins_where_the_last_one_ended_or_says_why(desk, report, case):
    desk.file("2026-12-28")
    lock(desk, report)
    after = moment("2028-01-10")
    following = write(desk, annual_reports.draft(2027, actor=desk.supervisor, at=after), at=after)
    Case.objects.filter(received_on=date(2026, 12, 28)).update(matter="amendment")

    assert refused(lock, desk, following, at=after) == ("identity_carried",) * 2
    kept = lock(desk, following, at=after, carry_note="一件改按更正办理")
    assert (kept.status, kept.carry_note) == ("locked", "一件改按更正办理")


def test_a_locked_year_keeps_its_figures_but_its_words_may_be_mended(desk, report):
    lock(desk, report)

    kept = write(desk, report, texts={"problems": "新写的。"}, figures={"rules_made": "99"})

    assert (kept.problems, kept.proactive["rules_made"]) == ("新写的。", "0")
    assert refused(lock, desk, report) == ("locked",)


def test_another_person_publishes_and_the_files_stay(desk, report, drawn):
    lock(desk, report)
    kept = publish(desk, report)
    files = {file.kind: file for file in kept.files.all()}

    assert [(each.year, each.status) for each in shelf.published()] == [(2026, "published")]
    assert list(files) == ["html", "pdf", "docx", "xlsx"]
    row, content = shelf.published_file(2026, ReportFileKind.XLSX)
    assert storage.read_file(row.path, sha256=row.sha256) == content
    paper = openpyxl.load_workbook(io.BytesIO(content))["表三"]
    assert [cell.value for cell in paper[4]][-7:] == [1, 0, 0, 0, 0, 0, 1]
    assert paper["A1"].value.startswith("（本列数据的勾稽关系为")
    assert annual_reports.file(kept, ReportFileKind.PDF, at=LATER) == b"%PDF False"
    html = shelf.published_file(2026, ReportFileKind.HTML)[1].decode()
    assert "全年新收政府信息公开申请1件" in html
    assert "{" not in html
    words = Document(io.BytesIO(shelf.published_file(2026, ReportFileKind.DOCX)[1]))
    assert [len(table.columns) for table in words.tables] == [4, 2, 2, 2, 10, 15]
    assert "本年度收取信息处理费0元" in "".join(p.text for p in words.paragraphs)
    assert refused(write, desk, report) == ("published",)
    assert refused(publish, desk, report) == ("published",)


def test_who_wrote_or_locked_does_not_publish(desk, report, drawn):
    both = factories.staff("both2", "兼任", *(factories.Role.SUPERVISOR, factories.Role.HEAD))
    assert refused(publish, desk, report) == ("not_locked",)
    write(desk, report, actor=both)
    lock(desk, report)

    assert refused(publish, desk, report, actor=both) == ("four_eyes",)
    assert refused(publish, desk, report, actor=desk.supervisor) == ("role",)


def test_an_empty_section_is_not_published_and_leaves_no_file(desk, report, drawn):
    write(desk, report, texts={"problems": " "})
    lock(desk, report)
    before = private_files()

    assert refused(publish, desk, report) == ("section_empty",)
    assert private_files() == before


@pytest.mark.parametrize(
    "who", ["clerk", "handler", "reviewer", "head", "archivist", "administrator"]
)
def test_only_a_supervisor_drafts_and_locks(desk, report, who):
    person = getattr(desk, who)

    assert refused(annual_reports.draft, 2025, actor=person, at=LATER) == ("role",)
    assert refused(write, desk, report, actor=person) == ("role",)
    assert refused(lock, desk, report, actor=person) == ("role",)


def test_what_cannot_be_is_refused(desk, report):
    def draft(year):
        return annual_reports.draft(year, actor=desk.supervisor, at=LATER)

    assert [refused(draft, year) for year in (2026, 2028, 2007)] == [("year",)] * 3
    texts = {"overview": "{没有的}", "problems": "长" * 30_001}
    codes = refused(write, desk, report, texts=texts, figures={"rules_made": "无"})
    assert codes == ("overview", "problems", "rules_made")
    assert refused(write, desk, report, seen_version=0) == ("conflict",)
    assert refused(lock, desk, AnnualReport(pk=0)) == ("no_such_report",)
    assert refused(publish, desk, AnnualReport(pk=0)) == ("no_such_report",)


def test_a_draft_follows_the_cases_and_says_what_it_is(desk, report, drawn):
    document = annual_reports.document(report, at=LATER)

    assert document.foot == ("未锁定稿，不得对外发布。本次计算：2027-01-11 10:00。",)
    assert annual_reports.file(report, ReportFileKind.PDF, at=LATER) == b"%PDF True"
    book = annual_reports.file(report, ReportFileKind.XLSX, at=LATER)
    assert zipfile.is_zipfile(io.BytesIO(book))
    assert report.status == ReportStatus.DRAFT
