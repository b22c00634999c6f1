"""Our own clocks in reviews and suits: when our answer or our evidence must be in.

An answer in review: 10 working days after the copy of the application was received, 5 in summary
procedure (行政复议法 48, 54, 88). Evidence in a suit: 15 calendar days after the copy of the complaint,
a last day that is a rest day moving to the next working day (行政诉讼法 67; 行诉解释 48). The day of
receipt is never counted. What is handed in late may count as not handed in (复议法 70, 行诉法 34).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

from requests_app.domain.errors import Reason
from requests_app.domain.remedies import REVIEW_LAW, SUIT_LAW
from requests_app.domain.remedy_kinds import FilingKind, Procedure, ProceedingKind

REVIEW_WORKING_DAYS: Final = 10
SUMMARY_WORKING_DAYS: Final = 5
EVIDENCE_CALENDAR_DAYS: Final = 15


class Calendar(Protocol):
    """The part of a working-day calendar that these clocks need."""

    def add(self, day: date, working_days: int, /) -> date:
        """Return the n-th working day after ``day``."""
        ...

    def roll(self, day: date, /) -> date:
        """Return ``day``, or the first working day after it when it is a rest day."""
        ...


@dataclass(frozen=True)
class OurClock:
    """What we owe in a proceeding: until when, how it is counted, by which article, and what stops it."""

    due: date
    words: str
    citation: str
    consequence: str
    filing: FilingKind


def clock(
    kind: ProceedingKind,
    *,
    procedure: Procedure | None,
    received_on: date,
    calendar: Calendar,
) -> OurClock:
    """Return our clock in a proceeding whose papers we had on ``received_on``."""
    if kind is not ProceedingKind.REVIEW:
        return OurClock(
            due=calendar.roll(received_on + timedelta(days=EVIDENCE_CALENDAR_DAYS)),
            words=f"收到起诉状副本之日起{EVIDENCE_CALENDAR_DAYS}日内（期满日是休息日的顺延）提交证据和答辩状",
            citation=f"{SUIT_LAW}第六十七条",
            consequence="逾期不提交证据的，视为没有相应证据（行政诉讼法第三十四条）。",
            filing=FilingKind.EVIDENCE,
        )
    summary = procedure is Procedure.SUMMARY
    days = SUMMARY_WORKING_DAYS if summary else REVIEW_WORKING_DAYS
    return OurClock(
        due=calendar.add(received_on, days),
        words=f"收到行政复议申请书副本之日起{days}个工作日内提交书面答复和证据",
        citation=f"{REVIEW_LAW}第{'五十四' if summary else '四十八'}条",
        consequence="不按期答复、提交证据的，视为该行政行为没有证据、依据（行政复议法第七十条）。",
        filing=FilingKind.REPLY,
    )


def procedure_reasons(kind: ProceedingKind, procedure: Procedure | None) -> tuple[Reason, ...]:
    """Return what is wrong with a procedure: a review has one, a suit none of these."""
    if kind is ProceedingKind.REVIEW and procedure is None:
        return (Reason("procedure", "请选择行政复议的程序，它决定答复期限。", f"{REVIEW_LAW}"),)
    return ()
