"""Papers about how a letter travelled: the 送达回证 and the list of what went out.

What nobody has entered stays room to write by hand: who served it, who signed, who saw it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from requests_app.domain.delivery import DELIVERY_WAY_LABELS, DeliveryWay
from requests_app.domain.sheets import Cell, Grid, Option, Rows, Sheet
from requests_app.domain.working_papers import EMPTY_DAY, CaseHead, written_day


@dataclass(frozen=True)
class Service:
    """One letter on its way, for the delivery receipt and the envelope."""

    issuer: str
    case_number: str
    letter: str
    number: str
    person: str
    address: str
    way: DeliveryWay | None
    dispatched_on: date | None
    delivered_on: date | None
    received_by: str
    proof: str
    tracking_number: str
    served_by: str


def service_list(case: CaseHead, *, services: Iterable[Service]) -> Sheet:
    """Lay out how each letter went out and what proves that it arrived."""
    return Sheet(
        title="文书发出和送达登记",
        issuer=case.issuer,
        number=f"申请编号：{case.number}",
        blocks=(
            Grid(
                ("文书", "文号", "受送达人", "发出", "送达", "凭据"),
                tuple(
                    (
                        each.letter,
                        each.number,
                        each.person,
                        f"{written_day(each.dispatched_on)} {DELIVERY_WAY_LABELS[each.way] if each.way else ''}"
                        f" {each.tracking_number}".strip(),
                        f"{written_day(each.delivered_on)} {each.received_by}".strip() or "未登记",
                        each.proof,
                    )
                    for each in services
                ),
                (18, 20, 14, 18, 14, 16),
                empty="还没有发出文书",
            ),
        ),
    )


def delivery_receipt(service: Service) -> Sheet:
    """Lay out the 送达回证 (参照民事诉讼法): what, to whom, where, when, how, by whom, seen by whom."""
    way = DELIVERY_WAY_LABELS[service.way] if service.way else ""
    ways = ("直接送达", "留置送达", "邮寄送达", "电子送达", "委托送达")
    chosen = _receipt_way(service.way)
    sent = f"{way}，{written_day(service.dispatched_on)}发出" if service.dispatched_on else way
    if service.tracking_number:
        sent += f"，邮件号{service.tracking_number}"
    return Sheet(
        title="送　达　回　证",
        issuer=service.issuer,
        number=f"申请编号：{service.case_number}",
        blocks=(
            Rows(
                (
                    Cell("送达文书", service.letter, wide=True),
                    Cell("文号", service.number, wide=True),
                    Cell("受送达人", service.person, wide=True),
                    Cell("送达地点", service.address, wide=True),
                    Cell(
                        "送达方式",
                        sent,
                        options=tuple(Option(each, ticked=each == chosen) for each in ways),
                        wide=True,
                    ),
                    Cell("送达日期", written_day(service.delivered_on) or EMPTY_DAY),
                    Cell("送达人", service.served_by, lines=2),
                    Cell("受送达人\n签名或者盖章", service.received_by, lines=3, wide=True),
                    Cell("送达凭据", service.proof, wide=True),
                    Cell("代收人及\n代收理由", lines=2, wide=True),
                    Cell("拒收理由", lines=2, wide=True),
                    Cell("见证人", "", lines=2, wide=True),
                    Cell("备注", "", lines=2, wide=True),
                )
            ),
        ),
        foot=(
            "送达日期是申请行政复议、提起行政诉讼期限的起点，请如实填写。",
            "参照《中华人民共和国民事诉讼法》关于送达的规定。",
        ),
    )


def _receipt_way(way: DeliveryWay | None) -> str:
    if way in {DeliveryWay.EMS, DeliveryWay.REGISTERED}:
        return "邮寄送达"
    if way in {DeliveryWay.ONLINE, DeliveryWay.EMAIL, DeliveryWay.FAX}:
        return "电子送达"
    return "直接送达" if way in {DeliveryWay.COUNTER, DeliveryWay.INTERNAL} else ""
