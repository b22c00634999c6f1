"""Read what a letter prints: its case, the office's settings, the clock; then have it composed.

Dates that follow from the letter itself (the new due date of an extension, the last day of a 补正)
are evaluated here under the same clock as everything else, and never typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from requests_app.domain import clock, ledger, placeholders
from requests_app.domain import letters as catalogue
from requests_app.domain import releases as file_rules
from requests_app.domain.access import Act
from requests_app.domain.application import (
    RECEIPT_RULES,
    ApplicantKind,
    Channel,
    WayWanted,
)
from requests_app.domain.consultations import ConsultationKind
from requests_app.domain.ledger import Entry, LedgerEntry
from requests_app.domain.letters import KINDS, Addressee, LetterKind
from requests_app.domain.matters import Matter
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode
from requests_app.domain.remedies import RemedyVariant
from requests_app.models import Case, Letter
from requests_app.selectors import applicants, calendars, facts, offices, releases, wordings
from requests_app.selectors.wordings import Wording

#: How long post usually takes; only for the day a paper notice names as an example.
_POST_CALENDAR_DAYS: Final = 3
#: States in which a reply period is alive.
_AHEAD: Final = frozenset({clock.State.RUNNING, clock.State.PAUSED})
_ONLINE: Final = frozenset({WayWanted.ONLINE, WayWanted.EMAIL})


def compose(
    letter: Letter,
    *,
    at: datetime,
    number: str,
    extra: Mapping[str, str] | None = None,
    wording: Wording | None = None,
) -> catalogue.LetterText:
    """Compose a letter as of ``at``; refuse with the list of everything that is missing.

    ``extra`` holds values that are kept nowhere else, such as the query code on the receipt.
    ``wording`` is the one in force on that day unless another is given.
    """
    kind = LetterKind(letter.kind)
    outcome = OutcomeCode(letter.outcome) if letter.outcome else None
    today = timezone.localtime(at).date()
    words = wording or wordings.in_force(kind, on=today)
    values = {
        **system_values(letter, today=today),
        "number": number,
        **letter.fields,
        **(extra or {}),
    }
    if letter.outcome:
        values |= _handed_over(letter)
    variant = OUTCOMES[outcome].remedies if outcome else catalogue.remedies_of(kind)
    return catalogue.compose(
        kind,
        values,
        wording=words.own,
        # A receipt says nothing of remedies, and must not fail for want of them.
        office=None
        if variant is RemedyVariant.R0
        else offices.remedies(letter.case.body, on=today),
        served_online=_served_online(letter),
        outcome=outcome,
    )


def _handed_over(letter: Letter) -> dict[str, str]:
    """Return what the files of an answer put into its words: the 附件, and what is blacked out."""
    files = releases.of(letter)
    if not files:
        return {}
    said = {
        "attachments": file_rules.attachments(files, typed=letter.fields.get("attachments", ""))
    }
    if OutcomeCode(letter.outcome) is OutcomeCode.PARTIAL:
        said |= file_rules.withheld(files, typed=letter.fields)
    return said


def system_values(letter: Letter, *, today: date) -> dict[str, str]:
    """Return what the system fills in, by the names of ``domain.placeholders``."""
    case = letter.case
    settings = offices.settings(on=today)
    entries = facts.entries(case)
    timeline = facts.timeline_of(entries, today=today)
    channel = Channel(case.channel)
    return {
        "issuer": case.body.name,
        "dated_on": today.isoformat(),
        "addressee": _addressee(letter),
        "you": _you(letter),
        "case_number": case.number,
        "received_on": case.received_on.isoformat(),
        "receipt_rule": RECEIPT_RULES[channel].sentence,
        "channel": catalogue.CHANNEL_WORDS[channel],
        "request": _request(case),
        "corrected_on": _last(entries, Entry.CORRECTED),
        "due_on": _iso(timeline.due),
        "website": settings.website,
        "contact_unit": settings.receiving_unit,
        "contact_phone": settings.phone,
        "contact_address": settings.address,
        **_history(letter, entries=entries),
        **_about_consultation(letter, entries=entries),
        **_own_dates(letter, entries=entries, timeline=timeline, today=today),
    }


def _request(case: Case) -> str:
    """Return what was asked for; of a record to be put right also which record it is."""
    if Matter(case.matter) is Matter.AMENDMENT:
        return f"{case.document_name}：{case.description}"
    return case.description


def _history(letter: Letter, *, entries: tuple[LedgerEntry, ...]) -> dict[str, str]:
    """Return by which decision the case is answered again, and which letter this one replaces."""
    again = ledger.last(entries, Entry.REOPENED)
    return {
        "decision_number": str(again.data.get("decision", "")) if again else "",
        "decision_on": _iso(again.on if again else None),
        # Cases reopened before it was asked for have none.
        "decision_made_on": str(again.data.get("decided_on", "")) if again else "",
        "replaced_number": letter.replaces.number if letter.replaces else "",
    }


def _about_consultation(letter: Letter, *, entries: tuple[LedgerEntry, ...]) -> dict[str, str]:
    """Return what a letter says of a consultation; to the applicant never whom it asks."""
    consultation = letter.consultation
    if consultation is None:
        return {}
    ref = str(consultation.pk)
    sent = [
        e.on for e in ledger.standing(entries) if e.entry is Entry.CONSULT_SENT and e.ref == ref
    ]
    return {
        "subject": consultation.subject,
        "consulted": catalogue.CONSULTED_WORDS[ConsultationKind(consultation.kind)],
        "consulted_on": _iso(sent[-1] if sent else None),
    }


def _own_dates(
    letter: Letter, *, entries: tuple[LedgerEntry, ...], timeline: clock.Timeline, today: date
) -> dict[str, str]:
    """Return the dates that follow from this letter's own kind."""
    match Act(letter.act):
        case Act.REGISTER:
            return {"due_condition": due_condition(timeline)}
        case Act.ASK_CORRECTION:
            served = (
                today if _served_online(letter) else today + timedelta(days=_POST_CALENDAR_DAYS)
            )
            days = _count(letter.fields.get("correction_days"))
            last = calendars.current().add(served, days) if days > 0 else None
            return {"assumed_served_on": served.isoformat(), "correction_last_day": _iso(last)}
        case Act.EXTEND:
            return _extension_dates(letter, entries=entries, timeline=timeline, today=today)
        case Act.WITHDRAW_FEE:
            # Named only while it lies ahead: a day gone by, or of an answered case, promises nothing.
            ahead = timeline.state in _AHEAD and timeline.due is not None
            return {
                "due_on": _iso(timeline.due) if ahead else "",
                "due_condition": due_condition(timeline) if ahead else "",
            }
        case Act.CONFIRM_LAPSE:
            by_fee = LetterKind(letter.kind) is LetterKind.LAPSE_FEE
            return lapse_dates(letter.case, entries=entries, timeline=timeline, by_fee=by_fee)
        case _:
            return {}


def _extension_dates(
    letter: Letter, *, entries: tuple[LedgerEntry, ...], timeline: clock.Timeline, today: date
) -> dict[str, str]:
    days = _count(letter.fields.get("days"))
    if days < 1:
        return {}
    known = _as_if_served(entries, timeline=timeline, today=today)
    extended = if_extended(known, days=days, today=today)
    return {
        "due_on": _iso(facts.timeline_of(known, today=today).due),
        "new_due_on": _iso(extended.due),
        "due_condition": due_condition(extended),
    }


def due_condition(timeline: clock.Timeline) -> str:
    """Say why the last day a letter names may still move; nothing if it stands."""
    reasons = []
    if timeline.provisional and timeline.due is not None:
        reasons.append(placeholders.MAY_MOVE_WITH_NOTICE.format(year=timeline.due.year))
    if timeline.projected:
        reasons.append(placeholders.MAY_MOVE_WITH_ANSWER)
    return "".join(reasons)


def _as_if_served(
    entries: tuple[LedgerEntry, ...], *, timeline: clock.Timeline, today: date
) -> tuple[LedgerEntry, ...]:
    """Suppose that every letter of consultation under way arrives today, so that a date can be named.

    Until its return slip is in, nobody can say when the pause will end at the latest; the sentence
    beside the date tells that it may move.
    """
    last = max(entry.seq for entry in entries)
    waiting = [each.id for each in timeline.open_consultations if each.due is None]
    supposed = (
        LedgerEntry(Entry.CONSULT_DELIVERED, today, last + place, ref=ref)
        for place, ref in enumerate(waiting, start=1)
    )
    return (*entries, *supposed)


def if_extended(entries: tuple[LedgerEntry, ...], *, days: int, today: date) -> clock.Timeline:
    """Return the case as it would be if the period were extended and the applicant told today."""
    last = max(entry.seq for entry in entries)
    supposed = (
        LedgerEntry(Entry.EXTENDED, today, last + 1, data={"days": days}),
        LedgerEntry(Entry.EXTENSION_NOTIFIED, today, last + 2),
        # Where the office counts from arrival, arrival is supposed on the same day.
        LedgerEntry(Entry.EXTENSION_DELIVERED, today, last + 3),
    )
    return facts.timeline_of((*entries, *supposed), today=today)


def lapse_dates(
    case: Case, *, entries: tuple[LedgerEntry, ...], timeline: clock.Timeline, by_fee: bool
) -> dict[str, str]:
    """Return which notice went unheeded: its number, its service, the last day of its period."""
    kind = LetterKind.FEE if by_fee else LetterKind.CORRECTION
    delivered = Entry.FEE_NOTICE_DELIVERED if by_fee else Entry.CORRECTION_DELIVERED
    notice = case.letters.filter(kind=kind.value).exclude(number="").exclude(status="void").last()
    return {
        "notice_number": notice.number if notice else "",
        "notice_served_on": _last(entries, delivered),
        "period_ended_on": _iso(timeline.payment_due if by_fee else timeline.correction_due),
    }


def _last(entries: tuple[LedgerEntry, ...], wanted: Entry) -> str:
    found = ledger.last(entries, wanted)
    return _iso(found.on if found else None)


def _count(typed: object) -> int:
    """Read a number as typed; what is none counts as nothing here and is refused by the letter."""
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdecimal() else 0


def _addressee(letter: Letter) -> str:
    if (
        KINDS[LetterKind(letter.kind)].addressee is Addressee.APPLICANT
        or letter.consultation is None
    ):
        return applicants.all_names(letter.case)
    return letter.consultation.name


def _you(letter: Letter) -> str:
    match KINDS[LetterKind(letter.kind)].addressee:
        case Addressee.APPLICANT:
            if letter.case.applicant_count > 1:
                return catalogue.YOU_ALL
            return catalogue.YOU[ApplicantKind(letter.case.applicant.kind)]
        case Addressee.THIRD_PARTY:
            return "您（你单位）"
        case Addressee.ORGAN:
            return "贵单位"


def _served_online(letter: Letter) -> bool:
    """Tell whether a letter reaches its addressee over the internet (行政复议法 22 ¶2)."""
    to_applicant = KINDS[LetterKind(letter.kind)].addressee is Addressee.APPLICANT
    return to_applicant and WayWanted(letter.case.way_wanted) in _ONLINE


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
