"""The life of a letter: drafted, submitted, signed, rendered, or discarded.

A letter is evidence. Its number is drawn only at signing, in the same transaction that freezes its
text; the PDF is rendered outside any transaction, written once and never again. What its dispatch
means in law stands in ``deliveries``.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Q
from django.db.models.expressions import CombinedExpression

from requests_app.adapters import pdf, storage
from requests_app.domain import letters as catalogue
from requests_app.domain import searches
from requests_app.domain.access import Act, Actor
from requests_app.domain.articles import ART_30, ART_33_2, ART_35
from requests_app.domain.case_facts import UNDER_WAY, LetterStatus
from requests_app.domain.conditions import MAX_EXTENSION_WORKING_DAYS as _MOST_DAYS
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.ledger import Entry
from requests_app.domain.letter_types import RECEIPTS
from requests_app.domain.letters import KINDS, LetterKind
from requests_app.models import Case, Consultation, Letter
from requests_app.selectors import calendars, cases, letter_values, offices
from requests_app.services import (
    case_file,
    deliveries,
    entries,
    evidence,
    projections,
    releases,
    signing,
)
from requests_app.services.case_file import OpenCase
from requests_app.services.tally import Tally

logger = logging.getLogger(__name__)

MAX_RENDER_ATTEMPTS: Final = 5
_CLAIM_LASTS: Final = timedelta(minutes=3)
_MAX_PDF_BYTES: Final = 20 * 1024 * 1024

#: Letters that answer the application: the case waits for their signature and dispatch.
ANSWERING: Final = frozenset({Act.ANSWER})


class _Superseded(Exception):
    """The letter was voided, or made by somebody else, while its PDF was being rendered."""


def draft(
    file: OpenCase,
    *,
    kind: LetterKind,
    act: Act,
    fields: Mapping[str, str],
    outcome: str = "",
    consultation: Consultation | None = None,
    override_reason: str = "",
) -> Letter:
    """Draft a letter on an open case; refuse with the list of what is missing."""
    letter = Letter(
        case=file.case,
        kind=kind.value,
        act=act.value,
        outcome=outcome,
        fields=_known_fields(kind, fields),
        consultation=consultation,
        override_reason=override_reason.strip(),
        drafted_by_id=file.actor.staff_id,
        drafted_at=file.at,
    )
    _check_fields(letter, file)
    _compose(letter, file)  # what cannot be composed is refused now, not at signing
    case_file.refuse_too_long(letter)
    letter.save()
    return letter


def revise(letter_id: int, *, fields: Mapping[str, str], actor: Actor, at: datetime) -> Letter:
    """Change a draft's fields. Only a draft can be changed; what is pending is returned first.

    What a service worked out (a fee, the dates of a lapse) cannot be typed over.
    """
    with case_file.opened_letter(letter_id, act=Act.SUBMIT, actor=actor, at=at) as (file, letter):
        given = _known_fields(LetterKind(letter.kind), fields)
        _refuse_computed(letter, given)
        letter.fields = {**letter.fields, **given}
        letter.revised_by_ids = sorted({*letter.revised_by_ids, actor.staff_id})
        _check_fields(letter, file)
        _compose(letter, file)
        case_file.refuse_too_long(letter)
        letter.save(update_fields=["fields", "revised_by_ids"])
        return letter


def submit(
    letter_id: int, *, actor: Actor, at: datetime, seen_version: int | None = None
) -> Letter:
    """Send a draft to the head for signature; letters the clerk issues are signed at once."""
    with case_file.opened_letter(
        letter_id, act=Act.SUBMIT, actor=actor, at=at, seen_version=seen_version
    ) as (file, letter):
        releases.check(letter, file)
        if KINDS[LetterKind(letter.kind)].needs_approval:
            letter.status, letter.submitted_at = LetterStatus.PENDING.value, at
            letter.save(update_fields=["status", "submitted_at"])
            if Act(letter.act) in ANSWERING:
                _record(file, letter, Entry.ANSWER_SUBMITTED)
        else:
            sign(letter, file)
        return letter


def approve(
    letter_id: int, *, actor: Actor, at: datetime, seen_version: int | None = None
) -> Letter:
    """Sign a pending letter: draw its number, freeze its text, let the PDF be made.

    Refuses the drafter's own signature and a letter whose time has gone by since it was drafted.
    """
    with case_file.opened_letter(
        letter_id, act=Act.APPROVE, actor=actor, at=at, seen_version=seen_version
    ) as (file, letter):
        sign(letter, file)
        return letter


def send_back(letter_id: int, *, reason: str, actor: Actor, at: datetime) -> Letter:
    """Return a pending letter to its drafter, with the reason."""
    with case_file.opened_letter(letter_id, act=Act.RETURN_DRAFT, actor=actor, at=at) as (
        file,
        letter,
    ):
        letter.returned_reason = case_file.require_text(
            reason, code="reason", sentence="退回修改必须写明理由。"
        )
        letter.status = LetterStatus.DRAFT.value
        case_file.refuse_too_long(letter)
        letter.save(update_fields=["status", "returned_reason"])
        if Act(letter.act) in ANSWERING:
            _record(file, letter, Entry.ANSWER_RETURNED, reason=letter.returned_reason)
        return letter


def discard(letter_id: int, *, reason: str, actor: Actor, at: datetime) -> Letter:
    """Void a letter that has not gone out. Its number, if drawn, stays used and is never given again."""
    with case_file.opened_letter(letter_id, act=Act.DISCARD_DRAFT, actor=actor, at=at) as (
        file,
        letter,
    ):
        kept = case_file.require_text(reason, code="reason", sentence="作废必须写明理由。")
        void(letter, file, reason=kept)
        return letter


def void_unsent(file: OpenCase, *, reason: str) -> None:
    """Void every letter of an open case that has not gone out; its receipt still may."""
    unsent = file.case.letters.filter(status__in=[status.value for status in UNDER_WAY])
    for letter in unsent.exclude(act=Act.REGISTER.value):
        void(letter, file, reason=reason)


def void(letter: Letter, file: OpenCase, *, reason: str) -> None:
    """Void a letter on an open case, and with it what its signature had entered."""
    was = LetterStatus(letter.status)
    letter.status, letter.void_reason = LetterStatus.VOID.value, reason
    case_file.refuse_too_long(letter)
    letter.save(update_fields=["status", "void_reason"])
    if Act(letter.act) in ANSWERING and was is not LetterStatus.DRAFT:
        _record(file, letter, Entry.ANSWER_RETURNED, reason=reason)
        releases.lay_ready_again(letter)
    if Act(letter.act) is Act.CHARGE_FEE:
        # How many items it was counted as stood on this bill alone; later bills build on it.
        file.case.item_count = 1
    # The head agreed to this extension and no other: the next one needs a consent of its own.
    entries.void_of_letter(file, letter=letter, entry=Entry.EXTENDED, reason=reason)
    _record(file, letter, Entry.LETTER_VOIDED, number=letter.number, reason=reason)


def preview(letter_id: int, *, actor: Actor, at: datetime) -> bytes:
    """Render a letter as it would be issued today, with the draft's watermark and without a number.

    Runs the same composition and the same renderer as issuing does. Writes nothing.
    """
    related = ("case__applicant", "case__body", "consultation")
    letter = (
        Letter.objects.filter(pk=letter_id, case__in=cases.visible_to(actor))
        .select_related(*related)
        .first()
    )
    if letter is None:
        raise Refused.because("no_such_letter", "没有这份文书。")
    if letter.text and LetterKind(letter.kind) in RECEIPTS:
        # With the mark in place of the query code, which is the applicant's alone.
        return pdf.render_letter(letter.text, draft=False)
    if letter.text:
        return evidence.draw(letter)
    return pdf.render_letter(
        letter_values.compose(letter, at=at, number="").to_dict(),
        draft=letter.status in {LetterStatus.DRAFT, LetterStatus.PENDING},
    )


def sign(letter: Letter, file: OpenCase) -> None:
    """Sign a letter on an open case, and record what the signature itself means in law."""
    _check_fields(letter, file)
    releases.check_signer(letter, actor=file.actor)
    signing.sign(letter, signed_by=file.actor.staff_id, at=file.at)
    if Act(letter.act) in ANSWERING:
        handed_over = releases.freeze(letter)
        named = {"files": handed_over} if handed_over else {}
        _record(file, letter, Entry.ANSWER_SIGNED, outcome=letter.outcome, **named)
    if Act(letter.act) is Act.EXTEND:
        # 条例 33 ¶2 wants both: consent on this day, and notice when the letter goes out.
        _record(file, letter, Entry.EXTENDED, days=int(letter.fields["days"]))


def render(letter_id: int, *, at: datetime) -> bool:
    """Make the PDF of a signed letter, once. Return whether this call made it.

    Claims the row first, renders outside any transaction, then stores file, hash and status
    together. A failure is written on the row and tried again by the sweep, a few times.
    """
    if not _claim(letter_id, at=at):
        return False
    letter = Letter.objects.select_related("case__body").get(pk=letter_id)
    try:
        made = evidence.make(letter, at=at)
        with storage.kept_on_success() as saved:
            stored = storage.save(
                io.BytesIO(made.content), kind_suffix="pdf", max_bytes=_MAX_PDF_BYTES, sealed=True
            )
            saved.append(stored)
            return _issue(letter_id, stored=stored, signer=made.signer, at=at)
    except _Superseded:
        logger.info("letter %s was voided while it was being rendered", letter_id)
        return False
    except evidence.WAITS_FOR as error:
        # This machine cannot draw it before somebody installs something: no try is used up, and
        # the claim stays until it expires, so that the sweep does not ask every two seconds.
        logger.warning("letter %s waits: %s", letter_id, error)
        _release(letter_id, error=error, attempts=F("render_attempts") - 1, claimed_at=at)
        return False
    except (pdf.RenderFailed, storage.StorageError) as error:
        logger.exception("letter %s could not be rendered", letter_id)
        _release(letter_id, error=error, attempts=F("render_attempts"))
        return False


def _release(
    letter_id: int,
    *,
    error: Exception,
    attempts: CombinedExpression | F,
    claimed_at: datetime | None = None,
) -> None:
    """Give a claimed letter back for another try, with what went wrong written on it."""
    Letter.objects.filter(pk=letter_id, status=LetterStatus.SIGNED.value).update(
        render_error=str(error)[:500], render_claimed_at=claimed_at, render_attempts=attempts
    )


def render_due(*, at: datetime) -> Tally:
    """Render every signed letter that waits: new ones, lost ones, and failed ones with tries left."""
    waiting = Letter.objects.filter(_unclaimed(at), status=LetterStatus.SIGNED.value)
    ids = list(
        waiting.filter(render_attempts__lt=MAX_RENDER_ATTEMPTS)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    made = 0
    for letter_id in ids:
        try:
            made += render(letter_id, at=at)
        except Exception as error:  # one bad letter never holds up the others
            logger.exception("letter %s could not be issued", letter_id)
            _release(letter_id, error=error, attempts=F("render_attempts"))
    return Tally(seen=len(ids), changed=made, failed=len(ids) - made)


def _unclaimed(at: datetime) -> Q:
    return Q(render_claimed_at__isnull=True) | Q(render_claimed_at__lt=at - _CLAIM_LASTS)


def _claim(letter_id: int, *, at: datetime) -> bool:
    """Claim a letter by updating it only if nobody has; a stale claim of a dead worker expires."""
    signed = Letter.objects.filter(_unclaimed(at), pk=letter_id, status=LetterStatus.SIGNED.value)
    return bool(signed.update(render_claimed_at=at, render_attempts=F("render_attempts") + 1))


def _issue(letter_id: int, *, stored: storage.StoredFile, signer: str, at: datetime) -> bool:
    """Store the finished file, and dispatch the letter at once where no hand is needed for it."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(letters=letter_id)
        letter = Letter.objects.select_related("case__applicant", "consultation").get(pk=letter_id)
        if letter.status != LetterStatus.SIGNED:
            raise _Superseded
        letter.path, letter.sha256, letter.size = stored.path, stored.sha256, stored.size
        letter.signer = signer[:300]
        letter.status, letter.issued_at = LetterStatus.ISSUED.value, at
        letter.render_claimed_at, letter.render_error = None, ""
        letter.save()
        deliveries.dispatch_if_automatic(case, letter, at=at)
        projections.refresh(case, today=case_file.local_day(at), by_machine=True)
    return True


def _compose(letter: Letter, file: OpenCase) -> catalogue.LetterText:
    return letter_values.compose(letter, at=file.at, number="")


def _known_fields(kind: LetterKind, fields: Mapping[str, str]) -> dict[str, str]:
    """Keep the fields the kind knows; refuse others, which nobody would ever print."""
    known = {field.name for field in KINDS[kind].fields}
    unknown = sorted(set(fields) - known)
    if unknown:
        raise Refused(tuple(Reason(name, "这份文书没有这一项。") for name in unknown))
    return {name: str(value).strip() for name, value in fields.items()}


def _refuse_computed(letter: Letter, given: Mapping[str, str]) -> None:
    kind = KINDS[LetterKind(letter.kind)]
    computed = {field.name for field in kind.fields if field.computed}
    if Act(letter.act) is Act.CONFIRM_LAPSE:
        computed |= {field.name for field in kind.fields}
    refuse_if_any(
        tuple(
            Reason(name, "这一项由系统算出，不能改写。")
            for name, value in sorted(given.items())
            if name in computed and value != letter.fields.get(name, "")
        )
    )


def _check_fields(letter: Letter, file: OpenCase) -> None:
    """Refuse a number of days, a date or files the law or the guide does not allow, however they came in."""
    releases.check(letter, file)
    match Act(letter.act):
        case Act.EXTEND:
            days = letter.fields.get("days", "")
            if not (days.isascii() and days.isdecimal() and 1 <= int(days) <= _MOST_DAYS):
                sentence = f"延长的期限为1到{_MOST_DAYS}个工作日，现在填的是{days}。"
                raise Refused.because("days", sentence, ART_33_2)
        case Act.ANSWER:
            on = letter.fields.get("searched_on", "").strip()
            refuse_if_any(searches.against_quote(file.facts.searches, searched_on=on))
        case Act.ASK_CORRECTION:
            least = offices.settings(on=file.today).correction_working_days
            days = letter.fields.get("correction_days", "")
            if days and not (days.isascii() and days.isdecimal() and int(days) >= least):
                sentence = f"补正期限请填{least}以上的整数（公开指南定的是{least}个工作日），现在填的是{days}。"
                raise Refused.because("correction_days", sentence, ART_30)
        case Act.DELAY:
            _check_until(letter.fields.get("until", ""), file)


def _check_until(typed: str, file: OpenCase) -> None:
    try:
        until = date.fromisoformat(typed)
    except ValueError:
        return  # the letter names what is not a date
    calendar = calendars.current()
    calendar.check(until)
    due = file.facts.timeline.due
    if until <= file.today or (due is not None and until <= due):
        sentence = "延迟答复的日期应当晚于今天" + (f"和现在的答复期限（{due}）。" if due else "。")
        raise Refused.because("until", sentence, ART_35)
    if not calendar.is_working(until):
        # The period would end on the next working day, and the letter would name another.
        sentence = f"{until}不是工作日，期限会顺延到{calendar.roll(until)}，请直接写那一天。"
        raise Refused.because("until", sentence, ART_35)


def _record(file: OpenCase, letter: Letter, entry: Entry, **data: object) -> None:
    entries.append(
        file.case, entry=entry, on=file.today, actor=file.actor, at=file.at, letter=letter,
        data={"kind": letter.kind, **data},
    )  # fmt: skip
