"""What somebody can do who is not content with a reply, or with none: each way and its last day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from requests_app.domain.access import Act
from requests_app.domain.case_facts import CaseFacts, LetterStatus
from requests_app.domain.clock import State
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode
from requests_app.domain.remedies import RemedyOffice, RemedyVariant
from requests_app.domain.remedy_ways import WAY_KIND_LABELS, RemedyWay, after_reply, after_silence
from requests_app.models import Letter
from requests_app.presenters import dates
from requests_app.presenters.calendar_dates import CalendarDate


@dataclass(frozen=True)
class WayRow:
    """One way as the page shows it; ``over`` once its last day has gone by."""

    title: str
    to: str
    where: str
    online: str
    until: str
    iso: str
    counted: str
    citation: str
    over: bool


@dataclass(frozen=True)
class WaysSection:
    """Everything the page says about remedies."""

    heading: str
    lead: str
    rows: tuple[WayRow, ...]
    unserved: bool
    dates: tuple[CalendarDate, ...]


_LEADS = {
    RemedyVariant.R1: "复议和诉讼，您可以选一样。",
    RemedyVariant.R1_SWITCHED: "",
    RemedyVariant.R2: "这类决定要先申请行政复议，对复议决定不服，再提起行政诉讼。",
    RemedyVariant.R3: "不予公开的部分，要先复议；其他部分，复议和诉讼可以选一样。",
}


def reply(letters: Iterable[Letter]) -> Letter | None:
    """Return the reply that holds: the last that ended the case and went out."""
    out = {LetterStatus.DISPATCHED, LetterStatus.DELIVERED}
    ending = {Act.ANSWER, Act.CONFIRM_LAPSE}
    found = [each for each in letters if Act(each.act) in ending and each.status in out]
    return max(found, key=lambda each: each.pk) if found else None


def present(
    facts: CaseFacts, *, letter: Letter | None, office: RemedyOffice | None
) -> WaysSection | None:
    """Lay out the ways open now; None where there is none, or nobody has set who reviews."""
    if office is None:
        return None
    line = facts.timeline
    if letter is None or not _stands(letter, state=line.state):
        return _against_silence(facts, office=office)
    variant = OUTCOMES[OutcomeCode(letter.outcome)].remedies
    delivery = getattr(letter, "delivery", None)
    served_on = delivery.delivered_on if delivery else None
    found = after_reply(variant, served_on=served_on, office=office, calendar=line.calendar)
    if not found:
        return None
    return _section(
        "对答复不服，您可以怎么办",
        _LEADS[variant],
        found,
        today=facts.today,
        unserved=served_on is None,
    )


def _stands(letter: Letter, *, state: State) -> bool:
    """Tell whether the reply ended the case and still does: not one that was reopened since."""
    return bool(letter.outcome) and (state is State.REPLIED or letter.act == Act.CONFIRM_LAPSE)


def _against_silence(facts: CaseFacts, *, office: RemedyOffice) -> WaysSection | None:
    line = facts.timeline
    if line.state is not State.OVERDUE or line.due is None or line.own_target:
        return None
    found = after_silence(line.due, office=office, calendar=line.calendar)
    lead = "我们没有按时答复。您可以等，也可以走下面两条路中的一条；也可以向政府信息公开工作主管部门投诉。"
    heading = "没有按时答复，您可以怎么办"
    return _section(heading, lead, found, today=facts.today, unserved=False)


def _section(
    heading: str, lead: str, found: tuple[RemedyWay, ...], *, today: date, unserved: bool
) -> WaysSection:
    return WaysSection(
        heading=heading,
        lead=lead,
        rows=tuple(_row(way, today=today) for way in found),
        unserved=unserved,
        dates=tuple(
            CalendarDate(
                way.kind.value, way.until, f"{WAY_KIND_LABELS[way.kind]}的最后一天", way.counted
            )
            for way in found
            if way.until is not None
        ),
    )


def _row(way: RemedyWay, *, today: date) -> WayRow:
    title = ("先" if way.first else "") + WAY_KIND_LABELS[way.kind]
    until = ""
    if way.until is not None:
        until = f"{dates.full(way.until)}（{dates.weekday(way.until)}）"
    return WayRow(
        title=f"{way.part}：{title}" if way.part else title,
        to=way.to,
        where=way.where,
        online=way.online,
        until=until,
        iso=way.until.isoformat() if way.until else "",
        counted=way.counted,
        citation=way.citation,
        over=way.until is not None and way.until < today,
    )
