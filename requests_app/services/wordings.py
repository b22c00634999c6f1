"""Change the words of the office's letters: propose a version, approve it, withdraw it.

Four eyes: whoever proposed a version does not approve it. Every version is checked as it is proposed
and again as it is approved, because the catalogue of placeholders and articles may have moved on.
Letters already signed keep the words they have.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Max

from requests_app.adapters import pdf
from requests_app.domain import access
from requests_app.domain import letters as catalogue
from requests_app.domain.access import Act, Actor
from requests_app.domain.articles import ART_45
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.letters import KINDS, Addressee, LetterKind
from requests_app.domain.outcomes import OutcomeCode
from requests_app.models import Letter, LetterWording
from requests_app.selectors import cases, letter_values, offices, wordings
from requests_app.selectors.wordings import Wording
from requests_app.services import case_file

#: The name a previewed wording has; no letter is ever signed with it.
_TRIED: Final = "preview"
#: What a real case may rightly lack: a sample would tell of something that did not happen.
_HISTORY: Final = frozenset({"corrected_on", "due_condition", "number", "query_code"})


def propose(kind: LetterKind, *, text: str, note: str, actor: Actor, at: datetime) -> LetterWording:
    """Keep a new version of a kind's words for the head to decide on.

    Refuses words that could not be composed or leave out what the law demands, words that are those
    in force already, and a second proposal while one waits.
    """
    refuse_if_any(access.reasons_against(Act.PROPOSE_WORDING, actor=actor))
    kept = _tidy(text)
    why = case_file.require_text(note, code="note", sentence="请写明改了什么、为什么。")
    catalogue.check_wording(kind, kept)
    if kept == _tidy(wordings.in_force(kind, on=case_file.local_day(at)).text):
        raise Refused.because("text", "与现行文本相同，没有需要批准的改动。")
    with transaction.atomic():
        of_kind = LetterWording.objects.filter(kind=kind.value)
        row = LetterWording(
            kind=kind.value,
            version=(of_kind.aggregate(last=Max("version"))["last"] or 0) + 1,
            text=kept,
            note=why,
            proposed_at=at,
            proposed_by_id=_person(actor),
        )
        case_file.refuse_too_long(row)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            sentence = "这种文书已有一份待批准的文本，请先批准或者撤回那一份。"
            raise Refused.because("wording_waiting", sentence) from error
        return row


def approve(wording_id: int, *, valid_from: date, actor: Actor, at: datetime) -> LetterWording:
    """Let a proposed version hold from ``valid_from`` on, today or later.

    Refuses the proposer's own approval, a day gone by, and words that no longer pass the checks.
    """
    with transaction.atomic():
        row = _locked(wording_id)
        refuse_if_any(access.reasons_against(Act.APPROVE_WORDING, actor=actor))
        _refuse_decided(row)
        if row.proposed_by_id == actor.staff_id:
            raise Refused.because("four_eyes", "提出人不能批准自己提出的文本。", ART_45)
        if valid_from < case_file.local_day(at):
            raise Refused.because("valid_from", "启用日期不能早于今天，已经签发的文书不受影响。")
        catalogue.check_wording(LetterKind(row.kind), row.text)
        row.approved_at, row.approved_by_id, row.valid_from = at, actor.staff_id, valid_from
        row.save(update_fields=["approved_at", "approved_by", "valid_from"])
        return row


def withdraw(wording_id: int, *, reason: str, actor: Actor, at: datetime) -> LetterWording:
    """Take a version back: the proposer or the head a proposal, the head one that was approved.

    The version before it, or the built-in words, hold again from this day on.
    """
    with transaction.atomic():
        row = _locked(wording_id)
        own = row.approved_at is None and row.proposed_by_id == actor.staff_id
        needed = Act.PROPOSE_WORDING if own else Act.APPROVE_WORDING
        refuse_if_any(access.reasons_against(needed, actor=actor))
        if row.withdrawn_at is not None:
            raise Refused.because("wording_decided", "这个版本已经撤回。")
        row.withdrawn_reason = case_file.require_text(
            reason, code="reason", sentence="撤回必须写明理由。"
        )
        row.withdrawn_at, row.withdrawn_by_id = at, actor.staff_id
        case_file.refuse_too_long(row)
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        return row


def preview(
    kind: LetterKind, *, text: str, actor: Actor, at: datetime, case_number: str = ""
) -> bytes:
    """Draw a letter with these words as it would be issued, with the draft's watermark.

    With samples for everything, or for one real case the person may see: then with the case's own
    values, and samples only for what a clerk would still have to type. Writes nothing.
    """
    if not (actor.may(Act.PROPOSE_WORDING) or actor.may(Act.APPROVE_WORDING)):
        refuse_if_any(access.reasons_against(Act.PROPOSE_WORDING, actor=actor))
    kept = _tidy(text)
    catalogue.check_wording(kind, kept)
    number = case_number.strip()
    composed = (
        _with_case(kind, kept, number=number, actor=actor, at=at)
        if number
        else _with_samples(kind, kept, at=at)
    )
    return pdf.render_letter(composed.to_dict(), draft=True)


def _with_samples(kind: LetterKind, text: str, *, at: datetime) -> catalogue.LetterText:
    return catalogue.compose(
        kind,
        {**catalogue.preview_values(kind), "number": ""},
        wording=text,
        outcome=_an_outcome(kind),
        office=offices.remedies(offices.default_body(), on=case_file.local_day(at)),
    )


def _with_case(
    kind: LetterKind, text: str, *, number: str, actor: Actor, at: datetime
) -> catalogue.LetterText:
    found = list(cases.visible_to(actor).filter(number=number).select_related("applicant", "body"))
    if not found:
        sentence = "没有这件申请，或者不属于您可以查看的范围；系统管理员只能用样例预览。"
        raise Refused.because("case_number", sentence)
    case, wording = found[0], Wording(kind, _TRIED, text)
    own = case.letters.filter(kind=kind.value).select_related("consultation").order_by("pk").last()
    if own is not None:
        own.case = case
        return letter_values.compose(own, at=at, number="", wording=wording)
    made_up = Letter(
        case=case,
        kind=kind.value,
        act=Act.NOTE.value,  # none whose own dates would be worked out from what nobody typed
        outcome=getattr(_an_outcome(kind), "value", ""),
        drafted_at=at,
    )
    samples = _samples_for(made_up, today=case_file.local_day(at))
    return letter_values.compose(made_up, at=at, number="", wording=wording, extra=samples)


def _samples_for(letter: Letter, *, today: date) -> dict[str, str]:
    """Return samples for what the case does not know and a clerk would still have to type."""
    kind = LetterKind(letter.kind)
    known = letter_values.system_values(letter, today=today)
    told = {name for name, value in known.items() if value}
    if KINDS[kind].addressee is not Addressee.APPLICANT:
        told -= {"addressee", "you"}
    samples = catalogue.preview_values(kind)
    return {name: value for name, value in samples.items() if name not in told | _HISTORY}


def _an_outcome(kind: LetterKind) -> OutcomeCode | None:
    found = catalogue.outcomes_of(kind)
    return found[0].code if found else None


def _person(actor: Actor) -> int:
    """Return who acts; only members of staff hold the roles that come this far."""
    if actor.staff_id is None:
        message = "a wording is proposed by a member of staff"
        raise ValueError(message)
    return actor.staff_id


def _locked(wording_id: int) -> LetterWording:
    row = LetterWording.objects.select_for_update().filter(pk=wording_id).first()
    if row is None:
        raise Refused.because("no_such_wording", "没有这个版本。")
    return row


def _refuse_decided(row: LetterWording) -> None:
    refuse_if_any(
        ()
        if row.approved_at is None and row.withdrawn_at is None
        else (Reason("wording_decided", "这个版本已经批准或者撤回。"),)
    )


def _tidy(text: str) -> str:
    """Return the words with one line end and no outer blanks, as they are kept and compared."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip() + "\n" if text.strip() else ""
