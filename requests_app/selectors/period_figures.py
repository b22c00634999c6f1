"""The figures of a month, quarter or year: counted in the database, folded only for what was finished in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from requests_app.domain import clock, ledger, periods
from requests_app.domain.annual_report import row_of
from requests_app.domain.application import CHANNEL_LABELS, Channel
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.clock.segments import SegmentKind
from requests_app.domain.fee_account import MOVEMENT_LABELS, MovementKind
from requests_app.domain.ledger import Entry, LedgerEntry
from requests_app.domain.period_differences import Listed
from requests_app.domain.periods import Aside, Came, Finished, Line, Period
from requests_app.domain.remedy_kinds import (
    PROCEEDING_KIND_LABELS,
    RESULT_LABELS,
    ProceedingKind,
    Result,
)
from requests_app.domain.workdays import Calendar
from requests_app.models import Event, Fee, FeeMovement, Proceeding
from requests_app.selectors import calendars, facts, offices, year_cases

#: One case in a list behind a figure: key, case, number, detail.
Row = list[int | str]


@dataclass(frozen=True)
class PeriodFigures:
    """Everything a period's page shows."""

    period: Period
    came: Came
    finished: tuple[Finished, ...]
    aside: Aside
    listed: Mapping[Listed, list[Row]]
    calendar: Calendar

    @property
    def lines(self) -> list[Line]:
        """Return the figures."""
        return periods.lines(self.came, self.finished, self.aside)

    def snapshot(self) -> dict[str, object]:
        """Return everything as plain data, to be hashed and kept."""
        return {
            "format": 2,
            "lines": [
                [line.name, line.words, [[each.value, each.unit] for each in line.numbers]]
                for line in self.lines
            ],
            "outcomes": dict(sorted(periods.outcomes(self.finished).items())),
            "channels": [list(each) for each in self.came.channels],
            "finished": periods.rows(self.finished),
            "listed": {each.value: self.listed[each] for each in Listed},
            "calendar": {
                "notice_no": self.calendar.notice_no,
                "version": self.calendar.version,
                "published_to": self.calendar.last_published_year,
            },
        }


def live(period: Period, *, today: date) -> PeriodFigures:
    """Count a period as the cases stand now; a fixed number of queries, whatever it holds."""
    first, last = period.first, period.last
    found = list(
        year_cases.in_span(first, last).values_list(
            "pk", "number", "received_on", "channel", "first_closed_on", "first_outcome"
        )
    )
    received = [each for each in found if each[2] >= first]
    channels = [
        (CHANNEL_LABELS[code], sum(1 for r in received if r[3] == code)) for code in Channel
    ]
    ended = {
        pk: (number, received_on, closed_on, outcome or "")
        for pk, number, received_on, _, closed_on, outcome in found
        if closed_on is not None and closed_on <= last
    }
    calendar = calendars.current()
    fees, disputes = _fees(first, last), _disputes(first, last)
    return PeriodFigures(
        period=period,
        came=Came(len(received), len(found) - len(received), tuple(channels)),
        finished=_finished(ended, today=today, calendar=calendar),
        aside=_aside(fees, disputes),
        listed={
            Listed.RECEIVED: sorted(
                [r[0], r[0], r[1], CHANNEL_LABELS[Channel(r[3])]] for r in received
            ),
            Listed.CARRIED: sorted([r[0], r[0], r[1], ""] for r in found if r[2] < first),
            **{key: [row.listed for row in rows] for key, rows in fees.items()},
            **{key: [row.listed for row in rows] for key, rows in disputes.items()},
        },
        calendar=calendar,
    )


def _finished(
    ended: dict[int, tuple[str, date, date, str]], *, today: date, calendar: Calendar
) -> tuple[Finished, ...]:
    """Fold the ledgers of the finished cases, read in one query, each as of its first closing."""
    rows: dict[int, list[Event]] = {pk: [] for pk in ended}
    for event in Event.objects.filter(case_id__in=list(ended)):
        rows[event.case_id].append(event)
    readings = offices.readings(offices.settings(on=today))
    made = []
    for pk, (number, received_on, closed_on, outcome) in ended.items():
        standing = tuple(
            entry for entry in ledger.standing(facts.from_rows(rows[pk])) if entry.on <= closed_on
        )
        timeline = facts.evaluate(standing, today=closed_on, calendar=calendar, readings=readings)
        row = row_of(outcome)
        made.append(
            _one(
                pk,
                number,
                row.value if row else "",
                timeline=timeline,
                standing=standing,
                received_on=received_on,
            )
        )
    return tuple(made)


def _one(
    pk: int,
    number: str,
    row: str,
    *,
    timeline: clock.Timeline,
    standing: tuple[LedgerEntry, ...],
    received_on: date,
) -> Finished:
    kinds = {entry.entry for entry in standing}
    used = [part for part in timeline.segments if part.phase is timeline.phases[-1]]
    excluded = [p for p in timeline.segments if p.kind is SegmentKind.EXCLUDED]
    worked = {SegmentKind.COUNTED, SegmentKind.FIXED, SegmentKind.OVERDUE}
    net = sum(part.working_days for part in used if part.kind in worked)
    extended = Entry.EXTENSION_NOTIFIED in kinds
    return Finished(
        case_id=pk,
        number=number,
        row=row,
        on_time=timeline.on_time,
        net=net,
        gross=timeline.calendar.count(received_on, timeline.as_of),
        excluded=sum(part.working_days for part in excluded),
        extended=extended,
        corrected=Entry.CORRECTION_REQUESTED in kinds,
        consulted=Entry.CONSULT_SENT in kinds,
        early=_early(timeline, net=net, extended=extended),
    )


def _early(timeline: clock.Timeline, *, net: int, extended: bool) -> bool | None:
    """Tell whether an answer used little of its period; ``None`` where no length can be compared."""
    limit = timeline.period.limit
    if timeline.on_time is None or limit is None:
        return None
    return not extended and 100 * net <= periods.EARLY_PERCENT * limit


@dataclass(frozen=True)
class _Fee:
    """A fee, or money of one: its place in the list, and its amount; below nought what went back."""

    listed: Row
    fen: int


@dataclass(frozen=True)
class _Dispute:
    """A review or a suit of the period: its place in the list, and whether it corrected us."""

    listed: Row
    corrected: bool


def _fees(first: date, last: date) -> dict[Listed, list[_Fee]]:
    """List the notices sent, the fees paid up and the money moved, each by its own day."""
    span = (first, last)
    found: dict[Listed, list[_Fee]] = {
        each: [] for each in (Listed.FEES_CHARGED, Listed.FEES_PAID, Listed.MONEY)
    }
    # What was withdrawn, or replaced by another notice, was charged once or not at all.
    standing = (
        Fee.objects.filter(withdrawn_on__isnull=True)
        .filter(Q(letter__delivery__dispatched_on__range=span) | Q(paid_on__range=span))
        .exclude(letter__status=LetterStatus.VOID.value)
        .order_by("pk")
    )
    for pk, case_id, number, fen, sent_on, paid_on in standing.values_list(
        "pk", "case_id", "case__number", "amount_fen", "letter__delivery__dispatched_on", "paid_on"
    ):
        one = _Fee([pk, case_id, number, f"{fen / 100:g} 元"], fen)
        if _within(sent_on, span):
            found[Listed.FEES_CHARGED].append(one)
        if _within(paid_on, span):
            found[Listed.FEES_PAID].append(one)
    moved = FeeMovement.objects.filter(voided=False, on__range=span).order_by("pk")
    for pk, case_id, number, kind, fen in moved.values_list(
        "pk", "fee__case_id", "fee__case__number", "kind", "amount_fen"
    ):
        words = f"{MOVEMENT_LABELS[MovementKind(kind)]} {fen / 100:g} 元"
        signed = fen if kind == MovementKind.RECEIVED else -fen
        found[Listed.MONEY].append(_Fee([pk, case_id, number, words], signed))
    return found


def _within(day: date | None, span: tuple[date, date]) -> bool:
    return day is not None and span[0] <= day <= span[1]


def _disputes(first: date, last: date) -> dict[Listed, list[_Dispute]]:
    span = (first, last)
    found: dict[Listed, list[_Dispute]] = {
        Listed.PROCEEDINGS_RECEIVED: [],
        Listed.PROCEEDINGS_ENDED: [],
    }
    rows = Proceeding.objects.filter(
        Q(received_on__range=span) | Q(result_on__range=span), voided_at__isnull=True
    )
    columns = ("pk", "case_id", "case__number", "kind", "received_on", "result_on", "result")
    for pk, case_id, number, kind, received_on, result_on, result in rows.order_by(
        "pk"
    ).values_list(*columns):
        label = PROCEEDING_KIND_LABELS[ProceedingKind(kind)]
        corrected = result == Result.CORRECTED.value
        if _within(received_on, span):
            one = _Dispute([pk, case_id, number, label], corrected)
            found[Listed.PROCEEDINGS_RECEIVED].append(one)
        if _within(result_on, span):
            words = f"{label}：{RESULT_LABELS[Result(result)]}"
            found[Listed.PROCEEDINGS_ENDED].append(
                _Dispute([pk, case_id, number, words], corrected)
            )
    return found


def _aside(fees: dict[Listed, list[_Fee]], disputes: dict[Listed, list[_Dispute]]) -> Aside:
    charged, moved = fees[Listed.FEES_CHARGED], fees[Listed.MONEY]
    ended = disputes[Listed.PROCEEDINGS_ENDED]
    return Aside(
        fees_charged=len(charged),
        charged_fen=sum(each.fen for each in charged),
        fees_paid=len(fees[Listed.FEES_PAID]),
        paid_fen=sum(each.fen for each in moved),
        refunded_fen=sum(-each.fen for each in moved if each.fen < 0),
        proceedings_received=len(disputes[Listed.PROCEEDINGS_RECEIVED]),
        proceedings_ended=len(ended),
        corrected=sum(each.corrected for each in ended),
    )
