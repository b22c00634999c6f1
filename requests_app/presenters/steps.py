"""What happened to a case, in the citizen's words: one point for each entry that concerns them.

The office's inner steps (分办, 送签, 退回) have no line here: they are no business of the applicant
and change nothing for them. Never 返工, 审核未通过 or 无效.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from requests_app.domain.application import CHANNEL_LABELS, Channel, WayWanted
from requests_app.domain.case_facts import CaseFacts
from requests_app.domain.ledger import CLOSED, PAYMENT_PROOF, Entry, LedgerEntry
from requests_app.models import Case
from requests_app.presenters import dates


@dataclass(frozen=True)
class Step:
    """One point of the timeline; ``state`` is done, now or todo."""

    title: str
    when: str
    sentence: str
    state: str = "done"


_Told = tuple[str, str]


def _noted(entry: LedgerEntry) -> _Told | None:
    """Tell the applicant of their own proof of payment; other remarks stay inside the office."""
    if PAYMENT_PROOF not in entry.data:
        return None
    return (
        "收到您的缴费凭证",
        "我们核对到账后登记。答复期限从缴清的第二天起重新数，不从上传的这一天数。",
    )


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
_TOLD: Final[Mapping[Entry, Callable[[LedgerEntry], _Told | None]]] = {
    Entry.NOTED: _noted,
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
    Entry.FEE_RECEIVED: _plain(
        "收到您缴的款项", "还没有缴清的，答复期限不重新数；多缴的会退给您。"
    ),
    Entry.FEE_WITHDRAWN: _plain(
        "撤销收费通知", "这笔费收错了，不用缴；已经缴的退给您。期限照没有收过费来数。"
    ),
    Entry.FEE_REFUNDED: _plain("退还信息处理费", "退了多少、票据号写在“信息处理费”一栏。"),
    Entry.REASONS_ASKED: _plain("请您说明理由", "申请的件数或者次数明显较多，请说明理由。"),
    Entry.REASONS_GIVEN: _plain("收到您说明的理由", "正在研究。"),
    Entry.DELAYED: _plain("确定了延后的答复日期", "您的理由成立，但来不及在原来的期限内答复。"),
    Entry.REPLIED: _plain("已答复", "答复书已经发出，也可以在这里下载。"),
    Entry.ANSWER_DELIVERED: _plain("您已收到答复", "复议和诉讼的期限从这一天起算。"),
    Entry.LAPSED: _plain("视为放弃", "过期没有补正或者缴费，不再处理。可以重新申请。"),
    Entry.WITHDRAWN: _plain("已撤回", "按您的要求，不再办理。"),
    Entry.MERGED: _plain("并入另一件", "您先后提交了同一申请，合并到先收到的那一件办理。"),
    Entry.REOPENED: _plain("重新办理", "依照复议决定或者判决，重新答复。"),
    Entry.BODY_CHANGED: _plain("更正了答复机关", "由负责的机关答复您，收到日期不变。"),
}
_ONCE: Final = frozenset({Entry.ASSIGNED})


def of(case: Case, *, facts: CaseFacts, entries: tuple[LedgerEntry, ...]) -> tuple[Step, ...]:
    """Return the points of a case, the present one marked, and while it is open the reply to come."""
    steps = [_received(case)]
    told: set[Entry] = set()
    for entry in entries:
        tell = _TOLD.get(entry.entry)
        if tell is None or (entry.entry in _ONCE and entry.entry in told):
            continue
        if (words := tell(entry)) is None:
            continue
        told.add(entry.entry)
        title, sentence = words
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
    if facts.timeline.own_target:
        return f"我们定的日子是 {due}，{way}。"
    return f"最晚 {due}，{way}。" if due else f"{way}。"
