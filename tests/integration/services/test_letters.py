"""A letter's life: drafted, revised, signed once, rendered once, or voided."""

import io
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from django.conf import settings

from requests_app.adapters import pdf, storage
from requests_app.adapters.pdf.errors import Failure
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import Letter
from requests_app.services import answers, corrections, deliveries, letters, signing
from requests_app.services.tally import Tally
from tests import factories
from tests.factories import CORRECTION, private_files, refused, status
from tests.offices import moment

pytestmark = pytest.mark.django_db

AT = moment("2026-03-10")


@pytest.fixture
def case(desk, quick_pdf):
    made = desk.file("2026-03-02")
    letters.render_due(at=moment("2026-03-02"))
    quick_pdf.clear()
    return made


@pytest.fixture
def signed(desk, case):
    """A correction notice that waits for its file."""
    draft = corrections.request(case.pk, fields=CORRECTION, actor=desk.clerk, at=AT)
    return letters.submit(draft.pk, actor=desk.clerk, at=AT)


def full_disk(*_, **__):
    raise storage.StorageFull("x")


def words(content):
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_a_preview_is_the_same_letter_with_a_watermark_and_no_number(desk):
    case = desk.file("2026-03-02")
    draft = desk.draft_answer(case, "2026-03-10")
    before = Letter.objects.values().get(pk=draft.pk)

    previewed = words(letters.preview(draft.pk, actor=desk.clerk, at=AT))
    letter = desk.issue(draft, "2026-03-10")
    issued = words(storage.read_file(letter.path, sha256=letter.sha256))

    assert "草稿" in previewed
    assert "草稿" not in issued
    assert "金政办公开告〔2026〕1号" not in previewed
    assert "金政办公开告〔2026〕1号" in issued
    assert "2025年老旧小区改造项目清单" in previewed
    assert before["number"] == ""


def test_a_preview_is_for_who_may_see_the_case(desk, case):
    draft = desk.draft_answer(case, "2026-03-10")

    assert refused(letters.preview, draft.pk, actor=desk.handler_elsewhere, at=AT) == (
        "no_such_letter",
    )
    assert letters.preview(draft.pk, actor=desk.supervisor, at=AT).startswith(b"%PDF")


def test_a_letter_is_rendered_once_and_its_file_sealed(desk, case, signed, quick_pdf):
    first = letters.render(signed.pk, at=AT)
    signed.refresh_from_db()
    before = (signed.path, signed.sha256, signed.issued_at)
    again = letters.render(signed.pk, at=AT + timedelta(hours=1))

    signed.refresh_from_db()
    assert (first, again, len(quick_pdf)) == (True, False, 1)
    assert (signed.path, signed.sha256, signed.issued_at) == before
    assert storage.read_file(signed.path, sha256=signed.sha256) == b"%PDF-1.7 1"
    assert b"%PDF" not in (Path(settings.PRIVATE_ROOT) / signed.path).read_bytes()
    assert status(case) == "awaiting_correction"


def test_a_claimed_letter_is_left_to_its_worker_until_the_claim_expires(signed, quick_pdf):
    Letter.objects.filter(pk=signed.pk).update(render_claimed_at=AT)

    within = letters.render_due(at=AT + timedelta(minutes=3))
    after = letters.render_due(at=AT + timedelta(minutes=3, seconds=1))

    assert (within, after) == (Tally(0, 0, 0), Tally(1, 1, 0))


def test_a_failure_is_written_on_the_letter_and_tried_five_times(signed, monkeypatch):
    def fail(text, **_):
        raise pdf.RenderFailed(Failure.TIME)

    monkeypatch.setattr(pdf, "render_letter", fail)

    tallies = [letters.render_due(at=AT + timedelta(minutes=each)) for each in range(6)]

    signed.refresh_from_db()
    assert tallies == [Tally(1, 0, 1)] * 5 + [Tally(0, 0, 0)]
    assert (signed.status, signed.render_attempts, signed.render_error) == (
        "signed",
        5,
        "生成信函超过时限，已中止；请检查正文是否过长。",
    )
    assert signed.render_claimed_at is None


def test_a_letter_made_after_failures_forgets_them(signed, monkeypatch, quick_pdf):
    save = storage.save
    monkeypatch.setattr(storage, "save", full_disk)
    letters.render_due(at=AT)
    monkeypatch.setattr(storage, "save", save)
    letters.render_due(at=AT)

    signed.refresh_from_db()
    assert (signed.status, signed.render_error, signed.render_attempts) == ("dispatched", "", 2)


@pytest.mark.parametrize(
    "error", [pdf.PdfUnavailable("Pango", remedy="请安装。"), pdf.MissingGlyphs(("𠮷",))]
)
def test_what_wants_an_installation_uses_up_no_tries(signed, monkeypatch, error):
    def fail(text, **_):
        raise error

    monkeypatch.setattr(pdf, "render_letter", fail)

    letters.render_due(at=AT)

    signed.refresh_from_db()
    assert (signed.status, signed.render_attempts, signed.render_error) == ("signed", 0, str(error))
    assert letters.render_due(at=AT + timedelta(seconds=2)) == Tally()
    assert letters.render_due(at=AT + timedelta(minutes=4)) == Tally(seen=1, failed=1)


def test_a_letter_voided_while_it_is_drawn_is_not_issued(desk, signed, monkeypatch):
    before = private_files()

    def draw(text, **_):
        letters.discard(signed.pk, reason="写错了", actor=desk.clerk, at=AT)
        return b"%PDF-1.7"

    monkeypatch.setattr(pdf, "render_letter", draw)

    made = letters.render(signed.pk, at=AT)

    signed.refresh_from_db()
    assert (made, signed.status, signed.path) == (False, "void", "")
    assert private_files() == before


def test_one_bad_letter_does_not_hold_up_the_others(desk, case, signed, monkeypatch, quick_pdf):
    other = desk.file("2026-03-10")
    dispatch = deliveries.dispatch_if_automatic

    def fail_once(of, letter, *, at):
        if letter.pk == signed.pk:
            raise ZeroDivisionError("something nobody thought of")
        return dispatch(of, letter, at=at)

    monkeypatch.setattr(deliveries, "dispatch_if_automatic", fail_once)
    before = private_files()

    tally = letters.render_due(at=AT)

    signed.refresh_from_db()
    assert tally == Tally(2, 1, 1)
    assert (signed.status, signed.render_error) == ("signed", "something nobody thought of")
    assert other.letters.get().status == "dispatched"
    assert len(private_files() - before) == 1


def test_a_disk_that_is_full_leaves_the_letter_to_be_tried_again(signed, monkeypatch, quick_pdf):
    monkeypatch.setattr(storage, "save", full_disk)
    letters.render_due(at=AT)

    signed.refresh_from_db()
    assert (signed.status, signed.render_attempts) == ("signed", 1)


def test_an_unknown_letter_is_not_rendered(desk):
    assert letters.render(999_999, at=AT) is False


def test_what_is_signed_is_not_revised_nor_submitted_again(desk, signed):
    assert refused(
        letters.revise, signed.pk, fields={"points": "其他"}, actor=desk.clerk, at=AT
    ) == ("letter_status",)
    assert refused(letters.submit, signed.pk, actor=desk.clerk, at=AT) == ("letter_status",)
    assert refused(letters.approve, signed.pk, actor=desk.head, at=AT) == ("letter_status",)


def test_whoever_revised_a_draft_does_not_sign_it(desk, case):
    draft = desk.draft_answer(case, "2026-03-10")
    letters.revise(draft.pk, fields={"provided": "清单"}, actor=desk.clerk_and_head, at=AT)
    letters.submit(draft.pk, actor=desk.clerk, at=AT)

    assert refused(letters.approve, draft.pk, actor=desk.clerk_and_head, at=AT) == ("four_eyes",)


def test_whoever_drafted_does_not_sign_what_another_revised(desk, case):
    draft = answers.draft(
        case.pk,
        outcome=OutcomeCode.DISCLOSED,
        fields={"provided": "清单", "how_given": "随信提供"},
        actor=desk.clerk_and_head,
        at=AT,
    )
    letters.revise(draft.pk, fields={"provided": "清单和附表"}, actor=desk.clerk, at=AT)
    letters.submit(draft.pk, actor=desk.clerk, at=AT)

    assert refused(letters.approve, draft.pk, actor=desk.clerk_and_head, at=AT) == ("four_eyes",)
    assert letters.approve(draft.pk, actor=desk.head, at=AT).number


def test_a_draft_is_not_revised_into_what_cannot_be_composed(desk, case):
    draft = desk.draft_answer(case, "2026-03-10")

    assert refused(letters.revise, draft.pk, fields={"provided": " "}, actor=desk.clerk, at=AT) == (
        "outcome_field_missing",
        "missing_provided",
    )
    draft.refresh_from_db()
    assert draft.fields == factories.DISCLOSED


def test_a_voided_letter_keeps_its_number_and_the_next_goes_on(desk, case, signed):
    number = signed.number

    without_reason = refused(letters.discard, signed.pk, reason=" ", actor=desk.clerk, at=AT)
    letters.discard(signed.pk, reason="写错了", actor=desk.clerk, at=AT)
    second = desk.ask_correction(case, "2026-03-10")

    signed.refresh_from_db()
    assert without_reason == ("reason",)
    assert (signed.status, signed.number, signed.void_reason) == ("void", number, "写错了")
    assert (number, second.number) == ("金政办公开补〔2026〕1号", "金政办公开补〔2026〕2号")
    assert refused(letters.discard, second.pk, reason="？", actor=desk.clerk, at=AT) == (
        "letter_status",
    )


def test_a_signed_answer_that_is_voided_lets_another_be_drafted(desk):
    case = desk.file("2026-03-02", **factories.BY_POST)
    letter = desk.answer(case, "2026-03-10")
    waiting = status(case)

    letters.discard(letter.pk, reason="理由有误", actor=desk.clerk, at=AT)

    assert (waiting, status(case)) == ("awaiting_dispatch", "handling")
    assert desk.draft_answer(case, "2026-03-10").status == "draft"


def test_the_query_code_stands_in_the_paper_and_not_in_the_row(desk):
    filed = desk.file("2026-03-02")
    receipt = filed.letters.get()
    letters.render(receipt.pk, at=moment("2026-03-02"))
    receipt.refresh_from_db()
    code = factories.code_of(filed)

    assert signing.QUERY_CODE_MARK in str(receipt.text)
    assert code not in str(receipt.text)
    assert code in words(storage.read_file(receipt.path, sha256=receipt.sha256))


def test_a_signature_is_recorded_under_the_heads_role(desk, case):
    draft = desk.draft_answer(case, "2026-03-10")
    letters.submit(draft.pk, actor=desk.clerk, at=AT)

    letters.approve(draft.pk, actor=desk.clerk_and_head, at=AT)

    assert case.events.get(entry="answer_signed").role == "head"
