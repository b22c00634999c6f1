"""The words of messages: a number, a date and a link, nothing of what was asked or by whom.

Texts are data here; who gets which, by which channel and when, belongs to ``services.messages``.
A short message avoids the words carriers block (诉讼, 复议, 催缴) and the brackets of their
signature; remedies stand in the letter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

#: Stands for the one-time code in a message's row; the code is put in as it is sent.
ONE_TIME_CODE_MARK: Final = "〔验证码〕"


class MessageEvent(StrEnum):
    """What an applicant is told of. ``NOTICE`` is any further letter."""

    RECEIVED = "received"
    CORRECTION = "correction"
    EXTENSION = "extension"
    FEE = "fee"
    REASONS = "reasons"
    ANSWER = "answer"
    NOTICE = "notice"


@dataclass(frozen=True)
class CaseWords:
    """What a message may say of a case. A date is absent while the law has set none."""

    number: str
    received_on: date
    link: str
    due_on: date | None = None
    correction_due_on: date | None = None
    payment_due_on: date | None = None
    what: str = "政府信息公开申请"


@dataclass(frozen=True)
class OfficeWords:
    """How a message signs."""

    name: str
    phone: str


@dataclass(frozen=True)
class MailText:
    """Subject and text of one e-mail."""

    subject: str
    body: str


@dataclass(frozen=True)
class _Template:
    """``core`` follows “申请（编号…）”. ``dated`` replaces it where the date ``by`` is known."""

    subject: str
    core: str
    dated: str = ""
    by: str = ""


TEMPLATES: Final[Mapping[MessageEvent, _Template]] = MappingProxyType({
    MessageEvent.RECEIVED: _Template(
        "申请已收到", "已经收到，请保存好申请编号和查询码。",
        "已于{on}收到，请保存好申请编号和查询码。", "received_on",
    ),
    MessageEvent.CORRECTION: _Template(
        "申请需要补充内容", "需要补充内容，请查看补正告知书，并在告知书写明的期限内补充。",
        "需要补充内容，请查看补正告知书，并在{on}前（含当日）补充。", "correction_due_on",
    ),
    MessageEvent.EXTENSION: _Template(
        "答复期限已延长", "的答复期限已经延长，原因和新的期限见告知书。",
        "的答复期限已经延长到{on}，原因见告知书。", "due_on",
    ),
    MessageEvent.FEE: _Template(
        "有一份收费通知", "有一份收费通知，请查看通知写明的金额、方式和期限。",
        "有一份收费通知，请在{on}前（含当日）查看并办理。", "payment_due_on",
    ),
    MessageEvent.REASONS: _Template("请说明理由", "需要您说明理由，请查看通知书。"),
    MessageEvent.ANSWER: _Template("已经答复", "已经答复，请查看，或者按您选择的方式领取。"),
    MessageEvent.NOTICE: _Template("有一份新的文书", "有一份新的文书，请查看。"),
})  # fmt: skip


def day(on: date) -> str:
    """Write a day the Chinese way."""
    return f"{on.year}年{on.month}月{on.day}日"


def sms(event: MessageEvent, *, case: CaseWords) -> str:
    """Write the short message: the number and where to look, no name and no content."""
    return f"您的申请{case.number}{_core(event, case=case)}查看：{case.link}"


def mail(event: MessageEvent, *, case: CaseWords, office: OfficeWords) -> MailText:
    """Write the e-mail: as the short message, with the office's signature."""
    body = (
        f"您好：\n\n您的{case.what}（编号{case.number}）{_core(event, case=case)}\n\n"
        f"凭申请编号和查询码查看进度和文书：{case.link}\n\n{_signature(office)}"
    )
    return MailText(f"{case.what}{case.number}：{TEMPLATES[event].subject}", body)


def one_time_code_sms(*, minutes: int) -> str:
    """Write the short message with a one-time code: no number, no name (practice: code once)."""
    return (
        f"验证码{ONE_TIME_CODE_MARK}，用于找回申请的查询码，{minutes}分钟内有效，请不要告诉别人。"
    )


def one_time_code(*, minutes: int, office: OfficeWords) -> MailText:
    """Write the e-mail with a one-time code."""
    body = (
        f"您好：\n\n验证码：{ONE_TIME_CODE_MARK}\n\n用于找回政府信息公开申请的查询码，{minutes}分钟内有效，"
        "请不要告诉别人。不是您本人申请的，不用理会，原来的查询码照常使用。\n\n"
        f"{_signature(office)}"
    )
    return MailText("找回查询码的验证码", body)


@dataclass(frozen=True)
class DueLine:
    """One line of the daily reminder: a case, how near its day is, and whose turn it is."""

    number: str
    level: str
    due_on: date
    status: str


def due_digest(
    lines: Sequence[DueLine], *, today: date, link: str, office: OfficeWords, late: int = 0
) -> MailText:
    """Write one person's reminders of a day: a line a case, the most urgent first.

    ``late`` counts those that should have gone out on an earlier working day.
    """
    rows = "\n".join(
        f"{line.level}　{line.number}　期限{day(line.due_on)}　{line.status}" for line in lines
    )
    again = f"其中{late}条提醒本应更早发出，因系统没有运行，现在补发。\n\n" if late else ""
    body = (
        f"您好：\n\n{day(today)}，以下{len(lines)}件申请到了需要注意的日期：\n\n{rows}\n\n{again}"
        f"请在一个工作日内到办理台签收：{link}\n\n{_signature(office)}"
    )
    return MailText(f"期限提示：{len(lines)}件申请（{day(today)}）", body)


def due_sms(lines: Sequence[DueLine]) -> str:
    """Write the reminders of a day as a short message: how many cases, and the most urgent one."""
    first = lines[0]
    return (
        f"您有{len(lines)}件申请需要注意，最急的是{first.number}，"
        f"期限{day(first.due_on)}。请登录办理台查看并签收。"
    )


def calendar_missing(year: int, *, today: date, link: str, office: OfficeWords) -> MailText:
    """Write the reminder that a year's notice on public holidays is not in the calendar yet."""
    body = (
        f"您好：\n\n到{day(today)}，系统里还没有{year}年的放假通知。{year}年的期限现在只是暂定："
        f"调休上班和补休的日子都没有算进去。\n\n国务院办公厅的通知公布后，请导入并由另一人启用："
        f"{link}\n\n{_signature(office)}"
    )
    return MailText(f"请导入{year}年放假通知", body)


def _core(event: MessageEvent, *, case: CaseWords) -> str:
    template = TEMPLATES[event]
    on: date | None = getattr(case, template.by) if template.by else None
    return template.dated.format(on=day(on)) if on is not None else template.core


def _signature(office: OfficeWords) -> str:
    return (
        f"{office.name}\n咨询电话：{office.phone}\n"
        "本邮件由系统发出，请不要回复；电子邮箱不接收政府信息公开申请。"
    )
