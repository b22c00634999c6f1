"""What the work list shows: one row a case, ready to print, and the tabs above them.

Templates only print what stands here. Which cases, and how many, is ``selectors.worklists``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from django.utils import timezone

from requests_app.domain.access import ROLE_LABELS, Act, Actor, Role
from requests_app.domain.application import Channel
from requests_app.domain.case_facts import LETTER_STATUS_LABELS, LetterStatus
from requests_app.domain.escalation import Card
from requests_app.domain.ledger import CLOSED, STATUS_LABELS, Entry, Status
from requests_app.domain.letters import KINDS, LetterKind
from requests_app.domain.matters import Matter
from requests_app.models import Case
from requests_app.presenters import desk_dates, people, standing
from requests_app.presenters.standing import Standing
from requests_app.selectors import worklist_notes
from requests_app.selectors.reminders import LastReminder
from requests_app.selectors.worklist_details import NOTHING, Details
from requests_app.selectors.worklist_notes import Notes
from requests_app.selectors.worklists import Day, Tab

TAB_LABELS: Final[Mapping[Tab, str]] = MappingProxyType(
    {
        Tab.LIVE: "全部在办",
        Tab.TO_ASSIGN: "待签收",
        Tab.TODAY: "今日必办",
        Tab.APPLICANT: "待补正/等申请人",
        Tab.CONSULTING: "征求意见中",
        Tab.PAYMENT: "待缴费",
        Tab.DEPARTMENT: "部门办理中",
        Tab.APPROVAL: "待审核/签发",
        Tab.DISPATCH: "待送达",
        Tab.OVERDUE: "已超期",
        Tab.WATCHED: "我关注的",
        Tab.CLOSED: "已办结",
    }
)

CHANNELS_SHORT: Final[Mapping[Channel, str]] = MappingProxyType(
    {
        Channel.ONLINE: "网上",
        Channel.COUNTER: "当面",
        Channel.MAIL_SIGNED: "邮寄",
        Channel.MAIL_UNSIGNED: "平信",
        Channel.FAX: "传真",
        Channel.ORAL: "口头代填",
    }
)


@dataclass(frozen=True)
class Step:
    """The one button of a row: where it leads, and the line below that says what is missing."""

    label: str
    act: Act | None = None
    letter_id: int | None = None
    hint: str = ""


@dataclass(frozen=True)
class Side:
    """What stands beside the dates of a row: marks of the applicant, the text, what is unread."""

    watched: bool = False
    repeat: str = ""
    month_items: str = ""
    similar: str = ""
    publication: bool = False
    unread: tuple[str, ...] = ()
    bounced: int = 0
    reminded: str = ""
    reminded_how: str = ""
    reminded_late: bool = False
    days: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the work list, line one and line two of each column."""

    case_id: int
    number: str
    body: str
    applicant: str
    applicant_kind: str
    description: str
    received: str
    channel: str
    stage: str
    stands: str
    holder: str
    standing: Standing
    due: str
    next_due: str
    marks: tuple[str, ...]
    waits_for: str
    waits_until: str
    letter: str
    letter_status: str
    step: Step
    side: Side

    @property
    def tone(self) -> str:
        """Return what colours the row: only overdue ones, and those that wait."""
        if self.standing.late:
            return "over"
        return "wait" if self.standing.paused else ""


_STEPS: Final[Mapping[Status, tuple[tuple[Act, str], ...]]] = MappingProxyType(
    {
        Status.RECEIVED: ((Act.ASSIGN, "分办"),),
        Status.ASSIGNED: ((Act.SIGN_FOR, "签收"), (Act.ASSIGN, "改派")),
        Status.HANDLING: ((Act.ANSWER, "起草答复"), (Act.GIVE_OPINION, "提出意见")),
        Status.AWAITING_CORRECTION: ((Act.ANSWER_CORRECTION, "登记补正"),),
        Status.AWAITING_REASONS: ((Act.GIVE_REASONS, "登记理由"),),
        Status.AWAITING_PAYMENT: ((Act.RECORD_PAYMENT, "登记缴费"),),
        Status.LAPSE_PROPOSED: ((Act.CONFIRM_LAPSE, "确认放弃"),),
        Status.DELIVERED: ((Act.ARCHIVE, "归档"),),
        Status.LAPSED: ((Act.ARCHIVE, "归档"),),
        Status.WITHDRAWN: ((Act.ARCHIVE, "归档"),),
    }
)

#: What is missing before the next step can be done, said below its button.
_MISSING: Final[Mapping[Status, str]] = MappingProxyType(
    {
        Status.RECEIVED: "缺：承办部门",
        Status.ASSIGNED: "缺：部门签收",
        Status.HANDLING: "缺：答复书",
        Status.AWAITING_CORRECTION: "缺：申请人补正",
        Status.AWAITING_REASONS: "缺：申请人的理由",
        Status.AWAITING_PAYMENT: "缺：缴费",
        Status.LAPSE_PROPOSED: "缺：人工判断",
        Status.DELIVERED: "齐备",
        Status.LAPSED: "齐备",
        Status.WITHDRAWN: "齐备",
    }
)

_LETTER_STEPS: Final[Mapping[LetterStatus, tuple[Act, str]]] = MappingProxyType(
    {
        LetterStatus.DRAFT: (Act.SUBMIT, "送签、制发"),
        LetterStatus.PENDING: (Act.APPROVE, "审签"),
        LetterStatus.ISSUED: (Act.DISPATCH, "发出"),
        LetterStatus.DISPATCHED: (Act.CONFIRM_DELIVERY, "登记送达"),
    }
)


_SUMMARY_CHARACTERS: Final = 40

#: What came in, in two or three characters.
_NEWS: Final[Mapping[Entry, str]] = MappingProxyType(
    {
        Entry.CORRECTED: "补正",
        Entry.LATE_CORRECTION_OFFERED: "补正",
        Entry.REASONS_GIVEN: "理由",
        Entry.WITHDRAWN: "撤回",
        Entry.OPINION_GIVEN: "意见",
        Entry.SENT_BACK: "退回",
        Entry.CONSULT_REPLIED: "回复",
        Entry.PAID: "缴费",
        Entry.ANSWER_RETURNED: "退改",
    }
)


def rows(
    cases: Iterable[Case],
    *,
    details: Mapping[int, Details],
    notes: Mapping[int, Notes],
    day: Day,
    actor: Actor,
) -> tuple[Row, ...]:
    """Make the rows of a page for one reader; the button is one the reader's roles know."""
    return tuple(
        _row(
            case,
            details.get(case.pk, NOTHING),
            notes.get(case.pk, worklist_notes.NOTHING),
            day=day,
            actor=actor,
        )
        for case in cases
    )


def _row(case: Case, found: Details, noted: Notes, *, day: Day, actor: Actor) -> Row:
    today, status = day.today, Status(case.status)
    now = standing.of_case(
        case, today=today, calendar=day.calendar, thresholds=day.thresholds, timeline=found.timeline
    )
    waits_for, waits_until = _waiting(case, found, status=status, today=today)
    letter = found.letter
    return Row(
        case_id=case.pk,
        number=case.number,
        body="" if case.body.is_default else case.body.name,
        applicant=people.masked_names(case),
        applicant_kind=people.kind(case.applicant),
        description=_summary(case.description),
        received=desk_dates.short(case.received_on, today=today),
        channel=CHANNELS_SHORT[Channel(case.channel)],
        stage=STATUS_LABELS[status],
        stands=_stands(found.stands_since, status=status, day=day),
        holder=_holder(case, status=status),
        standing=now,
        due=_due(now, today=today),
        next_due=_next_due(case, status=status, today=today),
        marks=_marks(case, found),
        waits_for=waits_for,
        waits_until=waits_until,
        letter=KINDS[LetterKind(letter.kind)].label if letter else "",
        letter_status=LETTER_STATUS_LABELS[letter.status] if letter else "",
        step=_step(found, status=status, actor=actor),
        side=_side(case, noted, today=today),
    )


def _summary(text: str) -> str:
    """Cut what is asked for to what two lines hold, and say that it goes on."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _SUMMARY_CHARACTERS else f"{plain[:_SUMMARY_CHARACTERS]}…"


def _side(case: Case, noted: Notes, *, today: date) -> Side:
    alike, repeated = noted.likeness, noted.repeated
    number = alike.same_applicant + alike.others
    reminded = noted.reminded
    return Side(
        watched=noted.watched,
        repeat=f"今年{repeated.in_year}件" if repeated.in_year > 1 else "",
        month_items=f"本月{repeated.items_in_month}条" if repeated.items_in_month > 1 else "",
        similar=f"相近{number}" if number else "",
        publication=alike.for_publication,
        unread=tuple(dict.fromkeys(_NEWS[entry] for entry in noted.unread)),
        bounced=noted.bounced,
        reminded=f"{reminded.label} {timezone.localtime(reminded.sent_at):%m-%d}"
        if reminded
        else "",
        reminded_how=_how_reminded(reminded) if reminded else "",
        reminded_late=reminded is not None and reminded.card is Card.RED,
        days=_days(case, today=today),
    )


def _how_reminded(last: LastReminder) -> str:
    """Say to whom the last reminder went, by which way, and how many of them have read it."""
    whom, ways = "、".join(last.told), "、".join(last.ways)
    return f"发给{whom}（{ways}），{last.acknowledged}/{len(last.told)}人已签收"


def _days(case: Case, *, today: date) -> str:
    """Name the day it came and the day it was entered, where they are not the day of receipt."""
    arrived = timezone.localtime(case.arrived_at).date()
    entered = timezone.localtime(case.created_at).date()
    others = (("到", arrived), ("登", entered))
    return " ".join(
        f"{word}{desk_dates.short(day, today=today)}"
        for word, day in others
        if day != case.received_on
    )


def _due(now: Standing, *, today: date) -> str:
    if now.due_on is None:
        return ""
    words = desk_dates.with_weekday(now.due_on, today=today)
    return f"预计 {words}" if now.projected else words


def _next_due(case: Case, *, status: Status, today: date) -> str:
    if case.next_due_on is None or case.next_due_on == case.due_on:
        return ""
    word = {Status.AWAITING_CORRECTION: "补正", Status.AWAITING_PAYMENT: "缴费"}.get(
        status, "下一步"
    )
    passed = " 已过" if case.next_due_on < today else ""
    return f"{word} {desk_dates.short(case.next_due_on, today=today)}{passed}"


def _stands(since: date | None, *, status: Status, day: Day) -> str:
    if since is None or status in CLOSED - {Status.ANSWERED}:
        return ""
    return f"停{day.calendar.count(since, day.today)}日"


def _holder(case: Case, *, status: Status) -> str:
    if status is Status.AWAITING_APPROVAL:
        return ROLE_LABELS[Role.HEAD]
    names = [str(each) for each in (case.department, case.clerk) if each is not None]
    return " ".join(names) or "（未分办）"


def _marks(case: Case, found: Details) -> tuple[str, ...]:
    matter = ("更正",) if case.matter == Matter.AMENDMENT else ()
    counted = (("停", found.pauses), ("延", found.extensions), ("重算", found.restarts))
    return (*matter, *(f"{word}{number}" for word, number in counted if number))


def _waiting(case: Case, found: Details, *, status: Status, today: date) -> tuple[str, str]:
    def until(day: date | None) -> str:
        return f"到 {desk_dates.short(day, today=today)}" if day else "待送达起算"

    if found.waits_for:
        more = f" 等{len(found.waits_for)}家" if len(found.waits_for) > 1 else ""
        last = case.consult_due_on
        if found.timeline is not None:
            last = max(found.timeline.consult_due.values(), default=None)
        return f"{found.waits_for[0]}{more}", until(last)
    if status in {Status.ASSIGNED, Status.HANDLING}:
        return (case.department.name if case.department else ""), ""
    applicants = {
        Status.AWAITING_CORRECTION: ("申请人补正", until(case.correction_due_on)),
        Status.AWAITING_PAYMENT: ("申请人缴费", until(case.payment_due_on)),
        Status.AWAITING_REASONS: ("申请人说明理由", "不停期限"),
        Status.ANSWERED: ("送达凭据", ""),
    }
    return applicants.get(status, ("", ""))


def _step(found: Details, *, status: Status, actor: Actor) -> Step:
    letter = found.letter
    if letter is not None and letter.status in _LETTER_STEPS:
        act, label = _LETTER_STEPS[letter.status]
        words = KINDS[LetterKind(letter.kind)].label
        if actor.may(act):
            return Step(label, act=act, letter_id=letter.letter_id, hint=words)
        return Step("查看", hint=f"{words}{LETTER_STATUS_LABELS[letter.status]}")
    if found.waits_for and actor.may(Act.RECORD_OPINION):
        return Step("登记意见", act=Act.RECORD_OPINION, hint="缺：对方的意见")
    missing = _MISSING.get(status, "")
    for act, label in _STEPS.get(status, ()):
        if actor.may(act):
            return Step(label, act=act, hint=missing)
    return Step("查看", hint=missing)


def tabs(counts: Mapping[Tab, int], *, current: Tab) -> Sequence[tuple[Tab, str, int, bool]]:
    """Return each tab with its words, its count, and whether it is the one shown."""
    return [(tab, TAB_LABELS[tab], counts[tab], tab is current) for tab in Tab]
