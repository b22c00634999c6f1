"""A case in the citizen's words: one tag, the next date, what happened, letters, what can be done.

What happened is told by ``steps``; the dates come from ``deadline``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from requests_app.domain import letters as catalogue
from requests_app.domain.access import Act
from requests_app.domain.application import RECEIPT_RULES, Channel
from requests_app.domain.case_facts import CaseFacts, LetterStatus
from requests_app.domain.clock import State, WaitKind
from requests_app.domain.ledger import CLOSED, LedgerEntry, Status
from requests_app.domain.letters import LetterKind
from requests_app.domain.matters import MATTER_LABELS
from requests_app.domain.voices import DECISION_LABELS, SCORE_LABELS, SuggestionDecision
from requests_app.domain.workflow import Verdict
from requests_app.models import Case, Letter, PublicationSuggestion, Rating
from requests_app.presenters import dates, deadline, steps
from requests_app.presenters.deadline import Account, Cells, NextDate
from requests_app.presenters.steps import Step


@dataclass(frozen=True)
class Tag:
    """A word and a colour, never a colour alone."""

    word: str
    colour: str


@dataclass(frozen=True)
class LetterRow:
    """One letter of the applicant's; ``ready`` once its file can be fetched."""

    letter_id: int
    title: str
    note: str
    ready: bool
    to_acknowledge: bool = False


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
    title: str = "申请公开"
    rating: str = ""
    suggestion: str = ""


def present(
    case: Case,
    *,
    facts: CaseFacts,
    entries: Iterable[LedgerEntry],
    letters: Iterable[Letter],
    verdicts: Iterable[Verdict],
    rating: Rating | None = None,
    suggestion: PublicationSuggestion | None = None,
) -> StatusPage:
    """Lay out a case for its applicant. ``entries`` are the standing ones, in order."""
    line = facts.timeline
    letters = tuple(letters)
    mine = [letter for letter in letters if _shown(letter)]
    taking_over = {each.replaces_id: each for each in letters if each.replaces_id is not None}
    return StatusPage(
        number=case.number,
        tag=tag(facts),
        topic=_topic(case.description),
        next_date=_next_date(facts, letters=mine),
        cells=deadline.cells(line),
        account=deadline.account(line),
        account_open=line.state is State.PAUSED,
        steps=steps.of(case, facts=facts, entries=tuple(entries)),
        letters=tuple(
            _letter_row(letter, replaced_by=taking_over.get(letter.pk)) for letter in reversed(mine)
        ),
        acts=tuple(
            _act_row(verdict, rated=rating is not None)
            for verdict in verdicts
            if not (verdict.act is Act.SUGGEST_PUBLICATION and suggestion is not None)
        ),
        title=MATTER_LABELS[facts.matter],
        rating=_rating(rating),
        suggestion=_suggestion(suggestion),
    )


def _rating(given: Rating | None) -> str:
    return f"您的评价：{SCORE_LABELS[given.score]}。" if given else ""


def _suggestion(made: PublicationSuggestion | None) -> str:
    """Tell what became of the suggestion to publish."""
    if made is None:
        return ""
    if not made.decision:
        return f"您在 {dates.minute(made.suggested_at)[:10]} 建议主动公开，我们正在研究。"
    decided = DECISION_LABELS[SuggestionDecision(made.decision)]
    return f"您的主动公开建议：{decided}。{made.decision_words}"


# --- The tag ---------------------------------------------------------------------------------------

_CLOSED_TAGS: Final[Mapping[Status, Tag]] = {
    Status.ANSWERED: Tag("已答复", "green"),
    Status.DELIVERED: Tag("已答复", "green"),
    Status.LAPSED: Tag("视为放弃", "grey"),
    Status.WITHDRAWN: Tag("已撤回", "grey"),
    Status.MERGED: Tag("已并入另一件", "grey"),
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
    if found is not None and line.own_target and line.state is State.OVERDUE:
        return replace(found, sentences=_LATE_SENTENCES[:1])
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
    "您可以向政府信息公开工作主管部门投诉，也可以依法申请行政复议或者提起行政诉讼，到哪一天见下面。",
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
        State.MERGED: "合并日期",
        State.ABANDONED: "期限届满的日期",
    }.get(facts.timeline.state, "办结日期")
    return NextDate(label, closed_on, sentences=_CLOSING_SENTENCES.get(facts.timeline.state, ()))


_CLOSING_SENTENCES: Final[Mapping[State, tuple[str, ...]]] = {
    State.REPLIED: ("答复书在下面下载。对答复不服的，可以怎么办、到哪一天，也在下面。",),
    State.WITHDRAWN: ("这件申请不再办理。以后还需要，可以重新申请。",),
    State.MERGED: ("这件和先收到的同一申请合并办理，请用那一件的编号和查询码看进展。",),
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


# --- Letters and acts ------------------------------------------------------------------------------

_READY: Final = frozenset({LetterStatus.DISPATCHED, LetterStatus.DELIVERED})


def _shown(letter: Letter) -> bool:
    """Tell whether the applicant sees a letter: theirs, and out, or its receipt in the making.

    One that was out and then voided stays, so that nobody wonders where it went.
    """
    kind = catalogue.KINDS[LetterKind(letter.kind)]
    if kind.addressee is not catalogue.Addressee.APPLICANT:
        return False
    status = LetterStatus(letter.status)
    if status is LetterStatus.VOID:
        return getattr(letter, "delivery", None) is not None
    return status in _READY or _in_making(letter)


def _in_making(letter: Letter) -> bool:
    at_once = Act(letter.act) in {Act.REGISTER, Act.FILE, Act.WITHDRAW}
    return at_once and letter.status in {LetterStatus.SIGNED, LetterStatus.ISSUED}


def _letter_row(letter: Letter, *, replaced_by: Letter | None) -> LetterRow:
    kind = catalogue.KINDS[LetterKind(letter.kind)]
    if letter.status == LetterStatus.VOID:
        note = f"{_issued_on(letter.issued_at)}　{letter.number}　{_instead(replaced_by)}"
        return LetterRow(letter.pk, f"{kind.label}（已作废）", note, ready=False)
    ready = bool(letter.path)
    if not ready:
        return LetterRow(letter.pk, kind.label, "正在制作，一会儿就好", ready=False)
    size = f"PDF\u00a0{_kilobytes(letter.size)}"
    note = f"{_issued_on(letter.issued_at)}　{letter.number}　{size}"
    waits = letter.status == LetterStatus.DISPATCHED
    return LetterRow(letter.pk, kind.label, note, ready=True, to_acknowledge=waits)


def _instead(replaced_by: Letter | None) -> str:
    """Say what holds in place of a voided letter."""
    if replaced_by is None or replaced_by.status == LetterStatus.VOID:
        return "不再有效"
    if replaced_by.status in _READY:
        return f"以{replaced_by.number}为准"
    return "不再有效，正在重新制发"


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
    Act.PROVE_PAYMENT: (
        "上传缴费凭证",
        "public:pay",
        "缴完了，把凭证给我们看",
        "现在没有要缴的费",
    ),
    Act.RATE: ("评价", "public:rate", "办得怎么样，告诉我们", "办结以后、归档以前可以评价"),
    Act.SUGGEST_PUBLICATION: (
        "建议主动公开",
        "public:suggest",
        "觉得大家都该看到的，提出来",
        "这件已经不能提建议了",
    ),
    Act.WITHDRAW: (
        "撤回申请",
        "public:withdraw",
        "撤回后不再办理，以后可以重新申请",
        "已经办结，不用撤回了",
    ),
}


def _act_row(verdict: Verdict, *, rated: bool = False) -> ActRow:
    title, url, note, _ = _ACTS[verdict.act]
    if verdict.act is Act.RATE and rated:
        title = "修改评价"
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
