"""The columns an office may have in its own register of applications (台账).

Never among them: identity numbers, addresses, telephone numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class LedgerColumn(StrEnum):
    """One column of the exported register."""

    PLACE = "place"
    NUMBER = "number"
    BODY = "body"
    RECEIVED_ON = "received_on"
    CHANNEL = "channel"
    APPLICANT = "applicant"
    APPLICANT_KIND = "applicant_kind"
    DESCRIPTION = "description"
    STATUS = "status"
    DEPARTMENT = "department"
    CLERK = "clerk"
    DUE_ON = "due_on"
    REMAINING = "remaining"
    LIGHT = "light"
    MARKS = "marks"
    OUTCOME = "outcome"
    ANSWER_NUMBER = "answer_number"
    CLOSED_ON = "closed_on"
    WAITS_FOR = "waits_for"


HEADINGS: Final[Mapping[LedgerColumn, str]] = MappingProxyType(
    {
        LedgerColumn.PLACE: "序号",
        LedgerColumn.NUMBER: "申请编号",
        LedgerColumn.BODY: "受文机关",
        LedgerColumn.RECEIVED_ON: "收到日期",
        LedgerColumn.CHANNEL: "提交方式",
        LedgerColumn.APPLICANT: "申请人",
        LedgerColumn.APPLICANT_KIND: "申请人类型",
        LedgerColumn.DESCRIPTION: "所需政府信息",
        LedgerColumn.STATUS: "当前环节",
        LedgerColumn.DEPARTMENT: "承办部门",
        LedgerColumn.CLERK: "经办人",
        LedgerColumn.DUE_ON: "答复期限",
        LedgerColumn.REMAINING: "剩余工作日",
        LedgerColumn.LIGHT: "期限状态",
        LedgerColumn.MARKS: "暂停、延期、重算",
        LedgerColumn.OUTCOME: "答复结果",
        LedgerColumn.ANSWER_NUMBER: "答复文号",
        LedgerColumn.CLOSED_ON: "办结日期",
        LedgerColumn.WAITS_FOR: "等待对象",
    }
)
