"""A case in the citizen's words: one tag, the next date, what happened, letters, what can be done.

The office's inner steps (分办, 送签, 退回) are not told: they are no business of the applicant and
change nothing for them. Never 返工, 审核未通过 or 无效.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from requests_app.domain import letters as catalogue
from requests_app.domain.access import Act
from requests_app.domain.application import CHANNEL_LABELS, RECEIPT_RULES, Channel, WayWanted
from requests_app.domain.clock import State, WaitKind
from requests_app.domain.ledger import CLOSED, Entry, LedgerEntry, Status
from requests_app.domain.letters import LetterKind
from requests_app.domain.workflow import CaseFacts, LetterStatus, Verdict
from requests_app.models import Case, Letter
from requests_app.presenters import dates, deadline
from requests_app.presenters.deadline import Account, Cells, NextDate


@dataclass(frozen=True)
class Tag:
    """A word and a colour, never a colour alone."""

    word: str
    colour: str


@dataclass(frozen=True)
class Step:
    """One point of the timeline; ``state`` is done, now or todo."""

    title: str
    when: str
    sentence: str
    state: str = "done"


@dataclass(frozen=True)
class LetterRow:
    """One letter of the applicant's; ``ready`` once its file can be fetched."""

    letter_id: int
    title: str
    note: str
    ready: bool


@dataclass(frozen=True)
class ActRow:
    """Something the applicant may do, or why not now. ``url`` is a name of the public pages."""

    title: str
    url: str
    note: str
    allowed: bool


@dataclass(frozen=True)
class StatusPage:
    """Everything the page shows of one case."""

    number: str
    tag: Tag
    topic: str
    next_date: NextDate | None
    cells: Cells | None
    account: Account
    account_open: bool
    steps: tuple[Step, ...]
    letters: tuple[LetterRow, ...]
    acts: tuple[ActRow, ...]


def present(
    case: Case,
    *,
    facts: CaseFacts,
    entries: Iterable[LedgerEntry],
    letters: Iterable[Letter],
    verdicts: Iterable[Verdict],
) -> StatusPage:
    """Lay out a case for its applicant. ``entries`` are the standing ones, in order."""
    line = facts.timeline
    mine = [letter for letter in letters if _shown(letter)]
    return StatusPage(
        number=case.number,
        tag=tag(facts),
        topic=_topic(case.description),
        next_date=_next_date(facts, letters=mine),
        cells=deadline.cells(line),
        account=deadline.account(line),
        account_open=line.state is State.PAUSED,
        steps=_steps(case, facts=facts, entries=tuple(entries)),
        letters=tuple(_letter_row(letter) for letter in reversed(mine)),
        acts=tuple(_act_row(verdict) for verdict in verdicts),
    )


# --- The tag ---------------------------------------------------------------------------------------

_CLOSED_TAGS: Final[Mapping[Status, Tag]] = {
    Status.ANSWERED: Tag("已答复", "green"),
    Status.DELIVERED: Tag("已答复", "green"),
    Status.LAPSED: Tag("视为放弃", "grey"),
    Status.WITHDRAWN: Tag("已撤回", "grey"),
}
_ARCHIVED_TAGS: Final[Mapping[State, Tag]] = {
    State.REPLIED: Tag("已答复", "green"),
    State.WITHDRAWN: Tag("已撤回", "grey"),
    State.ABANDONED: Tag("视为放弃", "grey"),
}
_WAITING_TAGS: Final[Mapping[Status, Tag]] = {
    Status.AWAITING_CORRECTION: Tag("等您补正", "orange"),
    Status.AWAITING_REASONS: Tag("等您说明理由", "orange"),
    Status.AWAITING_PAYMENT: Tag("等您缴费", "orange"),
    Status.LAPSE_PROPOSED: Tag("已过补正或者缴费的期限，正在核实", "orange"),
}


def tag(facts: CaseFacts) -> Tag:
    """Return where a case stands, as one word for its applicant."""
    state = facts.timeline.state
    if facts.status is Status.ARCHIVED:
        return _ARCHIVED_TAGS.get(state, Tag("已办结", "grey"))
    if facts.status in _CLOSED_TAGS:
        return _CLOSED_TAGS[facts.status]
    if state is State.ABANDONED:
        return _WAITING_TAGS[Status.LAPSE_PROPOSED]
    if state is State.OVERDUE:
        return Tag("超过答复期限，正在办理", "red")
    return _WAITING_TAGS.get(facts.status) or _working_tag(facts)


def _working_tag(facts: CaseFacts) -> Tag:
    if facts.timeline.state is State.PAUSED:
        return Tag("正在征求意见，暂停计时", "blue")
    if facts.timeline.extended:
        return Tag("办理中，期限已延长", "blue")
    return Tag("已收到" if facts.status is Status.RECEIVED else "办理中", "blue")


# --- The next date ---------------------------------------------------------------------------------


def _next_date(facts: CaseFacts, *, letters: list[Letter]) -> NextDate | None:
    line = facts.timeline
    if facts.status in CLOSED:
        return _closing_date(facts)
    if line.state is State.ABANDONED:
        return _gone_by(facts)
    found = deadline.next_date(line)
    if found is not None and line.state is State.OVERDUE:
        return replace(found, sentences=_LATE_SENTENCES)
    if found is not None and _waits_for_service(facts, letters=letters):
        sentence = (
            "有一份文书等您看：请在下面下载。从您收到的第二天起，才开始数您补正或者缴费的日子。"
        )
        return replace(found, sentences=(sentence,))
    return found


_LATE_SENTENCES: Final = (
    "没有按时答复您，对不起。我们正在抓紧办理。",
    "您可以向政府信息公开工作主管部门投诉，也可以依法申请行政复议或者提起行政诉讼，办法见公开指南。",
)


def _gone_by(facts: CaseFacts) -> NextDate | None:
    """Tell that the applicant's own time went by, and that the office has yet to judge why."""
    last = facts.timeline.waits[-1] if facts.timeline.waits else None
    if last is None:
        return None
    if last.kind is WaitKind.PAYMENT:
        sentence = "这一天（含当天）之前没有缴清。我们核实之后，书面告诉您。"
        return NextDate("缴费的最后一天", last.due, "已经过了", (sentence,))
    sentence = "有正当理由的，请现在补正并说明理由，我们核实之后告诉您。"
    return NextDate("补正的最后一天", last.due, "已经过了", (sentence,))


def _closing_date(facts: CaseFacts) -> NextDate | None:
    closed_on = facts.timeline.closed_on
    if closed_on is None:
        return None
    label = {
        State.REPLIED: "答复日期",
        State.WITHDRAWN: "撤回日期",
        State.ABANDONED: "期限届满的日期",
    }.get(facts.timeline.state, "办结日期")
    return NextDate(label, closed_on, sentences=_CLOSING_SENTENCES.get(facts.timeline.state, ()))


_CLOSING_SENTENCES: Final[Mapping[State, tuple[str, ...]]] = {
    State.REPLIED: ("答复书在下面下载。对答复不服的，可以怎么办、到哪一天，答复书最后一段写着。",),
    State.WITHDRAWN: ("这件申请不再办理。以后还需要，可以重新申请。",),
    State.ABANDONED: ("这件申请不再处理。还需要的，可以重新申请。",),
}


def _waits_for_service(facts: CaseFacts, *, letters: list[Letter]) -> bool:
    """Tell whether a 补正 or fee notice is out and not yet fetched, so that its time has not begun."""
    if facts.status not in {Status.AWAITING_CORRECTION, Status.AWAITING_PAYMENT}:
        return False
    asked = {Act.ASK_CORRECTION, Act.CHARGE_FEE}
    return any(
        Act(letter.act) in asked and letter.status == LetterStatus.DISPATCHED for letter in letters
    )


# --- What happened ---------------------------------------------------------------------------------

_Told = tuple[str, str]


def _asked(entry: LedgerEntry) -> _Told:
    if entry.data.get("to") == "third_party":
        return (
            "征求第三方意见",
            "您要的信息牵涉别人的权益，要先问一问。对方不答复的，由我们依法决定。",
        )
    return "征求其他机关意见", "这份信息和别的机关有关，要先和他们商量。"


def _plain(title: str, sentence: str) -> Callable[[LedgerEntry], _Told]:
    return lambda _entry: (title, sentence)


#: What the applicant is told of each entry. An entry without a line here stays inside the office.
_TOLD: Final[Mapping[Entry, Callable[[LedgerEntry], _Told]]] = {
    Entry.ASSIGNED: _plain("办理中", "已经交给承办人员，正在查找。"),
    Entry.CORRECTION_REQUESTED: _plain(
        "请您补正", "有些地方还不清楚，要请您补充。补正只要求这一次。"
    ),
    Entry.CORRECTED: _plain("收到您的补正", "从第二天起，重新数 20 个工作日。"),
    Entry.LATE_CORRECTION_OFFERED: _plain(
        "收到您过期后的补正", "我们正在核实您说明的理由，核实完告诉您。"
    ),
    Entry.CONSULT_SENT: _asked,
    Entry.CONSULT_REPLIED: _plain("收到对方的意见", "接着数答复期限。"),
    Entry.EXTENSION_NOTIFIED: _plain("答复期限延长", "理由和新的日期写在延期答复告知书里。"),
    Entry.FEE_NOTICE: _plain("发出收费通知", "为什么收、收多少、怎么缴，都写在通知里。"),
    Entry.PAID: _plain("已缴费", "从第二天起，重新数 20 个工作日。"),
    Entry.REASONS_ASKED: _plain("请您说明理由", "申请的件数或者次数明显较多，请说明理由。"),
    Entry.REASONS_GIVEN: _plain("收到您说明的理由", "正在研究。"),
    Entry.DELAYED: _plain("确定了延后的答复日期", "您的理由成立，但来不及在原来的期限内答复。"),
    Entry.REPLIED: _plain("已答复", "答复书已经发出，也可以在这里下载。"),
    Entry.ANSWER_DELIVERED: _plain("您已收到答复", "复议和诉讼的期限从这一天起算。"),
    Entry.LAPSED: _plain("视为放弃", "过期没有补正或者缴费，不再处理。可以重新申请。"),
    Entry.WITHDRAWN: _plain("已撤回", "按您的要求，不再办理。"),
    Entry.REOPENED: _plain("重新办理", "依照复议决定或者判决，重新答复。"),
    Entry.BODY_CHANGED: _plain("更正了答复机关", "由负责的机关答复您，收到日期不变。"),
}
_ONCE: Final = frozenset({Entry.ASSIGNED})


def _steps(case: Case, *, facts: CaseFacts, entries: tuple[LedgerEntry, ...]) -> tuple[Step, ...]:
    steps = [_received(case)]
    told: set[Entry] = set()
    for entry in entries:
        tell = _TOLD.get(entry.entry)
        if tell is None or (entry.entry in _ONCE and entry.entry in told):
            continue
        told.add(entry.entry)
        title, sentence = tell(entry)
        steps.append(Step(title, entry.on.isoformat(), sentence))
    if facts.status in CLOSED:
        return tuple(steps)
    steps[-1] = replace(steps[-1], state="now")
    return (*steps, Step("答复", "", _promise(case, facts), state="todo"))


def _received(case: Case) -> Step:
    channel = Channel(case.channel)
    sentence = f"{CHANNEL_LABELS[channel]}，{dates.full(case.received_on)}为收到日。"
    return Step("已收到", dates.minute(case.arrived_at), sentence)


_HANDED_OVER: Final[Mapping[WayWanted, str]] = {
    WayWanted.ONLINE: "在这里下载",
    WayWanted.EMAIL: "发到您的邮箱，也可以在这里下载",
    WayWanted.POST: "寄到您的地址，也可以在这里下载",
    WayWanted.COLLECT: "请您来取，也可以在这里下载",
    WayWanted.READ_ON_SITE: "请您到查阅点看",
    WayWanted.FAX: "传真给您，也可以在这里下载",
}


def _promise(case: Case, facts: CaseFacts) -> str:
    way = _HANDED_OVER[WayWanted(case.way_wanted)]
    if facts.overdue:
        return f"尽快答复，{way}。"
    due = facts.timeline.due
    return f"最晚 {due}，{way}。" if due else f"{way}。"


# --- Letters and acts ------------------------------------------------------------------------------

_READY: Final = frozenset({LetterStatus.DISPATCHED, LetterStatus.DELIVERED})


def _shown(letter: Letter) -> bool:
    """Tell whether the applicant sees a letter: theirs, and either out or its receipt in the making."""
    kind = catalogue.KINDS[LetterKind(letter.kind)]
    if kind.addressee is not catalogue.Addressee.APPLICANT:
        return False
    status = LetterStatus(letter.status)
    return status in _READY or _in_making(letter)


def _in_making(letter: Letter) -> bool:
    at_once = Act(letter.act) in {Act.REGISTER, Act.FILE, Act.WITHDRAW}
    return at_once and letter.status in {LetterStatus.SIGNED, LetterStatus.ISSUED}


def _letter_row(letter: Letter) -> LetterRow:
    kind = catalogue.KINDS[LetterKind(letter.kind)]
    ready = bool(letter.path)
    if not ready:
        return LetterRow(letter.pk, kind.label, "正在制作，一会儿就好", ready=False)
    size = f"PDF\u00a0{_kilobytes(letter.size)}"
    note = f"{_issued_on(letter.issued_at)}　{letter.number}　{size}"
    return LetterRow(letter.pk, kind.label, note, ready=True)


def _issued_on(at: datetime | None) -> str:
    return dates.minute(at)[:10] if at else ""


def _kilobytes(size: int | None) -> str:
    return f"{max(1, round((size or 0) / 1024))}\u00a0KB"


_ACTS: Final[Mapping[Act, tuple[str, str, str, str]]] = {
    Act.ANSWER_CORRECTION: ("补正", "public:correct", "把不清楚的地方补上", "现在没有要补正的内容"),
    Act.GIVE_REASONS: (
        "说明理由",
        "public:reasons",
        "答复《说明理由通知书》",
        "现在不需要说明理由",
    ),
    Act.WITHDRAW: (
        "撤回申请",
        "public:withdraw",
        "撤回后不再办理，以后可以重新申请",
        "已经办结，不用撤回了",
    ),
}


def _act_row(verdict: Verdict) -> ActRow:
    title, url, note, _ = _ACTS[verdict.act]
    if verdict.allowed:
        return ActRow(title, url, note, allowed=True)
    return ActRow(title, url, why_not(verdict), allowed=False)


def why_not(verdict: Verdict) -> str:
    """Say in the citizen's words why an act is not open now.

    A reason of status names inner steps of the office, so it is put in words of its own; what the
    law itself stands against is told as it is.
    """
    codes = {reason.code for reason in verdict.reasons}
    if codes & {"status", "closed"} and verdict.act in _ACTS:
        return _ACTS[verdict.act][3]
    return "；".join(str(reason) for reason in verdict.reasons)


_TOPIC_LENGTH: Final = 60


def _topic(description: str) -> str:
    flat = " ".join(description.split())
    return flat if len(flat) <= _TOPIC_LENGTH else f"{flat[:_TOPIC_LENGTH]}……"


def receipt_rule(channel: str) -> tuple[str, str]:
    """Return why the day of receipt is that day, and by which article."""
    rule = RECEIPT_RULES[Channel(channel)]
    return rule.sentence, rule.citation
