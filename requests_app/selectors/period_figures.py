"""The figures of a month, quarter or year: counted in the database, folded only for what was finished in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from requests_app.domain import clock, ledger, periods
from requests_app.domain.annual_report import row_of
from requests_app.domain.application import CHANNEL_LABELS, Channel
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.clock.segments import SegmentKind
from requests_app.domain.ledger import Entry, LedgerEntry
from requests_app.domain.periods import Aside, Came, Finished, Period
from requests_app.domain.remedy_kinds import Result
from requests_app.models import Event, Fee, Proceeding
from requests_app.selectors import calendars, facts, fee_accounts, offices, year_cases


@dataclass(frozen=True)
class PeriodFigures:
    """Everything a period's page shows."""

    period: Period
    came: Came
    finished: tuple[Finished, ...]
    aside: Aside

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Return the figures in words."""
        return periods.lines(self.came, self.finished, self.aside)

    def snapshot(self) -> dict[str, object]:
        """Return everything as plain data, to be hashed and kept."""
        return {
            "format": 1,
            "lines": [list(each) for each in self.lines],
            "outcomes": dict(sorted(periods.outcomes(self.finished).items())),
            "channels": [list(each) for each in self.came.channels],
            "finished": periods.rows(self.finished),
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
    return PeriodFigures(
        period=period,
        came=Came(len(received), len(found) - len(received), tuple(channels)),
        finished=_finished(ended, today=today),
        aside=_aside(first, last),
    )


def _finished(
    ended: dict[int, tuple[str, date, date, str]], *, today: date
) -> tuple[Finished, ...]:
    """Fold the ledgers of the finished cases, read in one query, each as of its first closing."""
    rows: dict[int, list[Event]] = {pk: [] for pk in ended}
    for event in Event.objects.filter(case_id__in=list(ended)):
        rows[event.case_id].append(event)
    calendar, readings = calendars.current(), offices.readings(offices.settings(on=today))
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
    return Finished(
        case_id=pk,
        number=number,
        row=row,
        on_time=timeline.on_time,
        net=sum(part.working_days for part in used if part.kind in worked),
        gross=timeline.calendar.count(received_on, timeline.as_of),
        excluded=sum(part.working_days for part in excluded),
        extended=Entry.EXTENSION_NOTIFIED in kinds,
        corrected=Entry.CORRECTION_REQUESTED in kinds,
        consulted=Entry.CONSULT_SENT in kinds,
    )


def _aside(first: date, last: date) -> Aside:
    span = (first, last)
    # What was withdrawn, or replaced by another notice, was charged once or not at all.
    standing = Fee.objects.filter(withdrawn_on__isnull=True)
    out, paid = Q(letter__delivery__dispatched_on__range=span), Q(paid_on__range=span)
    charged = (
        standing.filter(out | paid)
        .exclude(letter__status=LetterStatus.VOID.value)
        .aggregate(
            n=Count("pk", filter=out),
            fen=Sum("amount_fen", filter=out),
            paid=Count("pk", filter=paid),
        )
    )
    takings = fee_accounts.takings(first, last)
    disputes = Proceeding.objects.filter(voided_at__isnull=True).aggregate(
        received=Count("pk", filter=Q(received_on__range=span)),
        ended=Count("pk", filter=Q(result_on__range=span)),
        corrected=Count("pk", filter=Q(result_on__range=span, result=Result.CORRECTED.value)),
    )
    return Aside(
        fees_charged=charged["n"],
        charged_fen=charged["fen"] or 0,
        fees_paid=charged["paid"],
        paid_fen=takings.net_fen,
        refunded_fen=takings.refunded_fen,
        proceedings_received=disputes["received"],
        proceedings_ended=disputes["ended"],
        corrected=disputes["corrected"],
    )
