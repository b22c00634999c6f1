"""Whoever sees an identity number or a scan of it leaves a record; who may not, sees nothing."""

import pytest

from requests_app.adapters.storage import StorageError
from requests_app.domain.access import APPLICANT
from requests_app.domain.papers import PaperKind
from requests_app.models import AccessRecord, Attachment
from requests_app.services import access_log, assignments, letters
from tests import factories
from tests.factories import paper, refused
from tests.offices import moment

pytestmark = pytest.mark.django_db

AT = moment("2026-03-03")


@pytest.fixture
def case(desk):
    made = desk.file("2026-03-02")
    desk.assign(made, "2026-03-03")
    return made


def reveal(desk, case, actor=None, reason="核对身份"):
    return access_log.reveal_identity(case.pk, reason=reason, actor=actor or desk.clerk, at=AT)


def test_a_number_is_shown_with_a_reason_and_the_showing_is_recorded(desk, case):
    assert reveal(desk, case, reason=" 核对身份 ") == factories.IDENTITY_NUMBER

    record = AccessRecord.objects.get()
    assert (record.case, record.staff_id, record.what, record.reason, record.at) == (
        case,
        desk.clerk.staff_id,
        "证件号码",
        "核对身份",
        AT,
    )


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_number_is_not_shown_without_a_reason(desk, case, reason):
    assert refused(reveal, desk, case, reason=reason) == ("reason",)
    assert refused(reveal, desk, case, reason="因" * 201) == ("reason",)
    assert AccessRecord.objects.count() == 0


@pytest.mark.parametrize(
    "who", ["handler", "head", "reviewer", "supervisor", "archivist", "administrator"]
)
def test_only_clerks_see_numbers(desk, case, who):
    assert refused(reveal, desk, case, getattr(desk, who)) == ("role",)
    assert refused(reveal, desk, case, APPLICANT) == ("role",)


def test_a_case_without_a_number_or_no_case_at_all(desk):
    without = desk.file("2026-03-02", applicant=factories.organisation(identity_number=""))

    assert refused(reveal, desk, without) == ("no_identity",)
    assert refused(access_log.reveal_identity, 999_999, reason="？", actor=desk.clerk, at=AT) == (
        "no_such_case",
    )


def test_a_scan_of_the_paper_is_opened_with_a_reason(desk, case):
    scan = case.attachments.get(kind="identity")

    without = refused(access_log.open_paper, scan.pk, actor=desk.clerk, at=AT)
    kept, content = access_log.open_paper(scan.pk, reason="核对身份", actor=desk.clerk, at=AT)

    assert without == ("reason",)
    assert (kept, content[:3]) == (scan, b"\xff\xd8\xff")
    assert AccessRecord.objects.get().what == "身份证明"


@pytest.mark.parametrize("who", ["handler", "supervisor", "reviewer"])
def test_a_scan_is_not_for_who_only_reads_the_case(desk, case, who):
    scan = case.attachments.get(kind="identity")

    assert refused(
        access_log.open_paper, scan.pk, reason="？", actor=getattr(desk, who), at=AT
    ) == ("role",)


def test_an_ordinary_paper_needs_no_reason_but_its_own_department(desk, case):
    assignments.give_opinion(
        case.pk,
        text="同意",
        files=(paper(PaperKind.OPINION, "意见.jpg"),),
        actor=desk.handler,
        at=AT,
    )
    opinion = Attachment.objects.get(kind="opinion")

    kept, content = access_log.open_paper(opinion.pk, actor=desk.handler, at=AT)

    assert (kept.name, content[:3]) == ("意见.jpg", b"\xff\xd8\xff")
    record = AccessRecord.objects.get()
    assert (record.staff_id, record.what, record.reason) == (
        desk.handler.staff_id,
        "意见：意见.jpg",
        "办理需要",
    )
    for who in (desk.handler_elsewhere, desk.administrator):
        assert refused(access_log.open_paper, opinion.pk, actor=who, at=AT) == ("no_such_paper",)
    assert AccessRecord.objects.count() == 1


def test_a_long_name_and_a_number_in_it_do_not_go_into_the_record(desk, case):
    name = f"{factories.IDENTITY_NUMBER}的意见{'长' * 80}.jpg"
    assignments.give_opinion(
        case.pk,
        text="同意",
        files=(paper(PaperKind.OPINION, name),),
        actor=desk.handler,
        at=AT,
    )

    access_log.open_paper(Attachment.objects.get(kind="opinion").pk, actor=desk.clerk, at=AT)

    what = AccessRecord.objects.get().what
    assert factories.IDENTITY_NUMBER not in what
    assert (what[:3], len(what)) == ("意见：", 60)


def test_a_file_that_is_gone_was_asked_for_all_the_same(desk, case):
    scan = case.attachments.get(kind="identity")
    Attachment.objects.filter(pk=scan.pk).update(path="aa/gone.jpg.sealed")

    with pytest.raises(StorageError):
        access_log.open_paper(scan.pk, reason="核对身份", actor=desk.clerk, at=AT)

    assert AccessRecord.objects.count() == 1


def open_receipt(desk, letter, actor=None, reason="当面交给申请人"):
    return access_log.open_receipt(letter.pk, reason=reason, actor=actor or desk.clerk, at=AT)


@pytest.fixture
def receipt(case, quick_pdf):
    letter = case.letters.get(kind="receipt")
    letters.render(letter.pk, at=AT)
    return letter


def test_a_receipt_with_its_query_code_is_opened_with_a_reason_and_recorded(desk, receipt):
    assert open_receipt(desk, receipt) == b"%PDF-1.7 1"

    record = AccessRecord.objects.get()
    assert (record.case, record.staff_id, record.what, record.reason, record.at) == (
        receipt.case,
        desk.clerk.staff_id,
        "登记回执（印有查询码）",
        "当面交给申请人",
        AT,
    )


@pytest.mark.parametrize(
    "who", ["handler", "head", "reviewer", "supervisor", "archivist", "administrator"]
)
def test_only_who_hands_receipts_over_opens_them(desk, receipt, who):
    assert refused(open_receipt, desk, receipt, getattr(desk, who)) == ("role",)
    assert AccessRecord.objects.count() == 0


def test_a_receipt_is_not_opened_without_a_reason_or_before_it_is_made(desk, case, receipt):
    other = desk.file("2026-03-02").letters.get(kind="receipt")

    assert refused(open_receipt, desk, receipt, reason=" ") == ("reason",)
    assert refused(open_receipt, desk, other) == ("not_issued",)
    assert AccessRecord.objects.count() == 0


def test_no_other_letter_is_opened_as_a_receipt(desk, case):
    letter = desk.ask_correction(case, "2026-03-03")

    assert refused(open_receipt, desk, letter) == ("no_such_letter",)
