"""Sensitive scans go when their time has run out, and the ledger keeps that and what they were."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from requests_app.adapters import storage
from requests_app.adapters.storage import StorageError
from requests_app.domain.dossier import IdentityChoice
from requests_app.domain.jobs import Job
from requests_app.domain.papers import PaperKind
from requests_app.domain.proceedings import Procedure, ProceedingKind
from requests_app.models import ArchiveSettings, Attachment, Bundle, IssuingBody, JobRun
from requests_app.selectors import integrity
from requests_app.services import (
    access_log,
    closings,
    job_runs,
    letters,
    proceedings,
    scan_deletion,
)
from tests.factories import paper, refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

BEFORE, DUE = moment("2026-09-09", "03:30"), moment("2026-09-10", "03:30")


@pytest.fixture(autouse=True)
def months(desk):
    """Keep scans for six months after the closing."""
    return ArchiveSettings.objects.create(
        body=IssuingBody.objects.get(is_default=True),
        effective_from=date(2026, 1, 1),
        unit_code="BGS",
        identity_scan_months=6,
    )


@pytest.fixture
def case(desk):
    """Closed on 10 March."""
    made = desk.file("2026-03-02")
    letters.render_due(at=moment("2026-03-02"))
    desk.fetch(desk.answer(made, "2026-03-10"), "2026-03-10")
    return made


def scan_of(case):
    return Attachment.objects.get(case=case, kind="identity")


def on_disk(path):
    return (Path(django_settings.PRIVATE_ROOT) / path).exists()


def test_a_scan_goes_when_its_months_are_over_and_the_ledger_keeps_its_hash(desk, case):
    scan, entries_before = scan_of(case), case.events.count()

    assert scan_deletion.delete_due(at=BEFORE).seen == 0
    tally = scan_deletion.delete_due(at=DUE)

    gone = scan_of(case)
    assert (tally.seen, tally.changed, tally.failed) == (1, 1, 0)
    assert (gone.deleted_at, gone.path, gone.sha256) == (DUE, "", scan.sha256)
    assert not on_disk(scan.path)
    event = case.events.order_by("seq").last()
    assert (case.events.count(), event.entry, event.role) == (entries_before + 1, "noted", "system")
    assert event.data["text"] == "到期删除敏感扫描件：身份证明1份"
    assert event.data["deleted"] == [
        {"paper": scan.pk, "type": "identity", "size": scan.size, "sha256": scan.sha256}
    ]
    assert list(integrity.faults()) == []


def test_a_second_run_finds_nothing(case):
    scan_deletion.delete_due(at=DUE)
    entries = case.events.count()

    assert scan_deletion.delete_due(at=DUE).seen == 0
    assert case.events.count() == entries


def test_what_is_gone_is_not_opened_and_the_page_says_so(desk, case):
    scan = scan_of(case)
    scan_deletion.delete_due(at=DUE)

    assert refused(access_log.open_paper, scan.pk, reason="核对身份", actor=desk.clerk, at=DUE) == (
        "deleted",
    )


def test_ordinary_papers_stay(desk):
    made = desk.file("2026-03-02", files=(paper(), paper(PaperKind.OTHER, "图.jpg")))
    letters.render_due(at=moment("2026-03-02"))
    desk.fetch(desk.answer(made, "2026-03-10"), "2026-03-10")

    scan_deletion.delete_due(at=DUE)

    assert list(
        Attachment.objects.filter(case=made).order_by("pk").values_list("kind", "deleted_at")
    ) == [("identity", DUE), ("other", None)]


def test_without_a_period_nothing_goes(months, case):
    ArchiveSettings.objects.update(identity_scan_months=None)

    assert scan_deletion.delete_due(at=moment("2030-01-01")).seen == 0
    assert on_disk(scan_of(case).path)


def test_an_open_case_keeps_its_scans(desk):
    made = desk.file("2026-03-02")

    assert scan_deletion.delete_due(at=moment("2027-03-02")).seen == 0
    assert on_disk(scan_of(made).path)


def test_a_case_opened_again_keeps_its_scans(desk, case):
    closings.reopen(
        case.pk,
        on=date(2026, 9, 1),
        decision="甘府复决〔2026〕3号",
        decided_on=date(2026, 8, 30),
        actor=desk.clerk,
        at=moment("2026-09-01"),
    )

    assert scan_deletion.delete_due(at=DUE).seen == 0


def test_while_a_review_is_open_nothing_goes(desk, case):
    papers = proceedings.Papers(
        kind=ProceedingKind.REVIEW,
        procedure=Procedure.ORDINARY,
        authority="金昌市人民政府",
        received_on=date(2026, 4, 1),
    )
    proceedings.register(case.pk, papers=papers, actor=desk.clerk, at=moment("2026-04-01"))

    assert scan_deletion.delete_due(at=DUE).seen == 0
    assert on_disk(scan_of(case).path)


def test_a_bundle_that_holds_the_originals_goes_with_them(desk, case):
    paths = []
    for choice in (IdentityChoice.FULL, IdentityChoice.MASKED):
        stored = [
            storage.save(paper().content, kind_suffix=suffix, max_bytes=10_000, sealed=True)
            for suffix in ("pdf", "zip")
        ]
        paths.append([each.path for each in stored])
        Bundle.objects.create(
            case=case, made_at=moment("2026-03-12"), made_by_id=desk.clerk.staff_id,
            identity=choice.value, reason="应诉", items=1, pages=1,
            pdf_path=stored[0].path, pdf_size=1, pdf_sha256=stored[0].sha256,
            zip_path=stored[1].path, zip_size=1, zip_sha256=stored[1].sha256,
        )  # fmt: skip

    scan_deletion.delete_due(at=DUE)

    assert [[on_disk(path) for path in pair] for pair in paths] == [[False, False], [True, True]]
    assert list(Bundle.objects.order_by("pk").values_list("deleted_at", "pdf_path")) == [
        (DUE, ""),
        (None, paths[1][0]),
    ]
    text = case.events.order_by("seq").last().data["text"]
    assert text == "到期删除敏感扫描件：身份证明1份、装有原件的卷宗1份"


def test_a_file_the_disk_did_not_let_go_is_tried_again(case, monkeypatch):
    path = scan_of(case).path

    def refuse(_path):
        raise StorageError

    with monkeypatch.context() as patched:
        patched.setattr(storage, "delete", refuse)
        first = scan_deletion.delete_due(at=DUE)
    entries = case.events.count()
    again = scan_deletion.delete_due(at=moment("2026-09-11", "03:30"))

    assert (first.changed, first.failed, again.seen, again.failed) == (1, 1, 0, 0)
    assert (on_disk(path), scan_of(case).path, case.events.count()) == (False, "", entries)


def test_one_case_that_fails_holds_up_no_other(desk, case, monkeypatch):
    other = desk.file("2026-03-02")
    letters.render_due(at=moment("2026-03-02"))
    desk.fetch(desk.answer(other, "2026-03-10"), "2026-03-10")
    real = scan_deletion._told

    def told(scans, **more):
        if scans[0].case_id == case.pk:
            raise RuntimeError
        return real(scans, **more)

    monkeypatch.setattr(scan_deletion, "_told", told)

    tally = scan_deletion.delete_due(at=DUE)

    assert (tally.seen, tally.changed, tally.failed) == (2, 1, 1)
    assert (scan_of(case).deleted_at, scan_of(other).deleted_at) == (None, DUE)


def test_the_job_leaves_a_record_of_its_run(case):
    job_runs.run(Job.DELETE_SCANS, at=DUE)

    run = JobRun.objects.get(job="delete_scans")
    assert (run.seen, run.changed, run.failed, run.error) == (1, 1, 0, "")


def test_the_job_runs_by_hand_too(case):
    call_command("delete_scans", verbosity=0)

    assert JobRun.objects.filter(job="delete_scans").count() == 1
