"""The 督办单: what stands on it, frozen when it is issued, and how it is laid out.

It names the case, its days and the departments, never the applicant: it leaves the working body.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from requests_app.domain.sheets import Cell, Rows, Sheet

BASIS = "依据：《政府信息公开条例》第四十六条、第四十七条。"


@dataclass(frozen=True)
class Order:
    """The facts of one 督办单; days are written as 2026-03-31."""

    issuer: str
    number: str
    case_number: str
    subject: str
    status: str
    received_on: str
    due_on: str
    standing: str
    department: str
    clerk: str
    addressee: str
    copy_to: str
    asked: str
    issued_on: str
    reply_due_on: str
    issued_by: str

    def to_dict(self) -> dict[str, str]:
        """Return the facts as they are kept."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: Mapping[str, str]) -> Order:
        """Read back what ``to_dict`` gave."""
        return cls(**kept)


def sheet(order: Order) -> Sheet:
    """Lay the order out: the case, what is asked by when, a box for the answer, and the outcome."""
    return Sheet(
        title="政府信息公开申请督办单",
        issuer=order.issuer,
        number=order.number,
        blocks=(
            Rows(
                (
                    Cell("主送", order.addressee),
                    Cell("抄送", order.copy_to),
                    Cell("申请编号", order.case_number),
                    Cell("当前环节", order.status),
                    Cell("收到日期", order.received_on),
                    Cell("答复期限", order.due_on),
                    Cell("承办部门", order.department),
                    Cell("经办人", order.clerk),
                    Cell("所需政府\n信息", order.subject, wide=True),
                ),
                head="督办事项",
            ),
            Rows(
                (
                    Cell("期限情况", order.standing, wide=True),
                    Cell("督办要求", order.asked, lines=3, wide=True),
                    Cell("发出日期", order.issued_on),
                    Cell("反馈时限", f"{order.reply_due_on}前（含当日）"),
                    Cell("督办人", order.issued_by, wide=True),
                ),
                head="督办",
            ),
            Rows(
                (
                    Cell("超期原因\n责任环节", lines=4, wide=True),
                    Cell("办理情况\n办结时间", lines=4, wide=True, signed=True),
                    Cell("督办结果", lines=2, wide=True, signed=True),
                ),
                head="反馈（承办单位填写）",
            ),
        ),
        foot=(BASIS, "请在反馈时限前将本单退回政府信息公开工作机构；反馈登记后督办事项方可销号。"),
    )
