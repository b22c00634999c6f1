"""The office's own papers about a case (law.md L28, L29): what stands on each, and in which order.

Pure: facts in, a ``Sheet``, ``Label`` or ``Cover`` out. Reading the facts belongs to
``selectors.working_papers``. What nobody has entered stays room to write by hand, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.delivery import DELIVERY_WAY_LABELS, DeliveryWay
from requests_app.domain.sheets import Cell, Cover, Grid, Option, Rows, Sheet, Words

EMPTY_DAY: Final = "　　年　月　日"


class WorkingPaper(StrEnum):
    """The papers a case page offers to print."""

    APPLICATION = "application"
    APPROVAL_SLIP = "approval_slip"
    SECRECY_REVIEW = "secrecy_review"
    SEARCH_RECORD = "search_record"
    SUPERVISION = "supervision"
    DEADLINE = "deadline"
    ACCESS_LOG = "access_log"
    COVER = "cover"
    INDEX = "index"


WORKING_PAPER_LABELS: Final[Mapping[WorkingPaper, str]] = MappingProxyType(
    {
        WorkingPaper.APPLICATION: "申请表（按申请内容）",
        WorkingPaper.APPROVAL_SLIP: "办理单（呈批单）",
        WorkingPaper.SECRECY_REVIEW: "保密审查表",
        WorkingPaper.SEARCH_RECORD: "检索记录",
        WorkingPaper.SUPERVISION: "督办单",
        WorkingPaper.DEADLINE: "期限说明",
        WorkingPaper.ACCESS_LOG: "查阅记录",
        WorkingPaper.COVER: "卷宗封面",
        WorkingPaper.INDEX: "卷内目录",
    }
)

#: Papers with the applicant's contacts in full: each print is kept in the record of looks.
PERSONAL: Final = frozenset({WorkingPaper.APPLICATION})


@dataclass(frozen=True)
class CaseHead:
    """What stands at the head of every paper about a case."""

    issuer: str
    number: str
    applicant: str
    subject: str
    received_on: date
    due_on: date | None
    channel: str
    clerk: str
    department: str
    status: str


@dataclass(frozen=True)
class Step:
    """One step of the case: its day, what was done, by whom, with which words."""

    on: date
    what: str
    who: str
    words: str


@dataclass(frozen=True)
class Opinion:
    """One opinion on the case: whose, in which role, when, what."""

    role: str
    who: str
    on: date
    words: str


@dataclass(frozen=True)
class Signing:
    """One letter that was signed: what it is, its number, who drafted and who signed, when."""

    letter: str
    number: str
    drafted: str
    signed: str


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


@dataclass(frozen=True)
class Looked:
    """One look at what is sensitive, or one print of it."""

    at: str
    who: str
    what: str
    reason: str


@dataclass(frozen=True)
class IndexLine:
    """One line of the list of contents. ``pages`` is empty while nobody has counted them."""

    number: str
    title: str
    responsible: str
    on: date
    pages: str


def approval_slip(
    case: CaseHead,
    *,
    steps: Iterable[Step],
    opinions: Iterable[Opinion],
    signings: Iterable[Signing],
) -> Sheet:
    """Lay out the 办理单: where the case came from, what was done, who thought and signed what (条例 45)."""
    return Sheet(
        title="政府信息公开申请办理单",
        issuer=case.issuer,
        number=f"申请编号：{case.number}",
        blocks=(
            _head(case),
            Grid(
                ("岗位、单位", "姓名", "日期", "意见"),
                tuple((each.role, each.who, _day(each.on), each.words) for each in opinions),
                (20, 14, 16, 50),
                head="各方意见",
                empty="没有登记意见",
            ),
            Grid(
                ("文书", "文号", "拟稿", "签发"),
                tuple((each.letter, each.number, each.drafted, each.signed) for each in signings),
                (28, 28, 22, 22),
                head="拟稿和签发",
                empty="还没有文书",
            ),
            Grid(
                ("日期", "事项", "经手", "说明"),
                tuple((_day(each.on), each.what, each.who, each.words) for each in steps),
                (16, 24, 16, 44),
                head="办理经过",
            ),
            Rows(
                (Cell("负责人批示", lines=3, wide=True, signed=True),),
                head="手写补充（没有的不填）",
            ),
        ),
    )


def secrecy_review(case: CaseHead, *, information: str, opinions: Iterable[Opinion]) -> Sheet:
    """Lay out the 保密审查表: what is to be released and who reviewed it (条例 17)."""
    return Sheet(
        title="政府信息公开保密审查表",
        issuer=case.issuer,
        number=f"申请编号：{case.number}",
        blocks=(
            _head(case),
            Rows(
                (
                    Cell("拟公开的\n政府信息", information, lines=3, wide=True),
                    Cell(
                        "审查内容",
                        options=(
                            Option("不涉及国家秘密"),
                            Option("不涉及商业秘密、个人隐私"),
                            Option("公开后不危及国家安全、公共安全、经济安全、社会稳定"),
                            Option("涉及，处理意见见下"),
                        ),
                        wide=True,
                    ),
                    Cell("承办单位意见", lines=2, wide=True, signed=True),
                    Cell("保密审查\n人员意见", lines=2, wide=True, signed=True),
                    Cell("保密审查\n负责人意见", lines=2, wide=True, signed=True),
                    Cell(
                        "不能确定的",
                        "报有关主管部门或者保密行政管理部门确定：",
                        lines=2,
                        wide=True,
                    ),
                ),
                head="审查",
            ),
            Grid(
                ("岗位、单位", "姓名", "日期", "意见"),
                tuple((each.role, each.who, _day(each.on), each.words) for each in opinions),
                (20, 14, 16, 50),
                head="系统内登记的审查意见",
                empty="没有登记意见",
            ),
        ),
        foot=("依据：《政府信息公开条例》第十七条。没有经过审查的信息不得公开。",),
    )


def search_record(case: CaseHead, *, scope: str, means: str, on: str, by: str) -> Sheet:
    """Lay out the 检索记录: where and how was searched, by whom, with what result (条例 36(四))."""
    return Sheet(
        title="政府信息检索记录",
        issuer=case.issuer,
        number=f"申请编号：{case.number}",
        blocks=(
            _head(case),
            Rows(
                (
                    Cell("检索范围", scope, lines=3, wide=True, note="库、卷、处室"),
                    Cell(
                        "检索方法\n和结果", means, lines=4, wide=True, note="关键词、年份、怎么查的"
                    ),
                    Cell("检索日期", on or EMPTY_DAY),
                    Cell("检索人", by),
                    Cell("复核", lines=2, wide=True, signed=True),
                ),
                head="检索",
            ),
        ),
        foot=("依据：《政府信息公开条例》第三十六条第（四）项。",),
    )


def supervision(case: CaseHead, *, remaining: str, asked: str) -> Sheet:
    """Lay out the 督办单: which case, how long is left, what is asked, and room for the answer."""
    return Sheet(
        title="政府信息公开申请督办单",
        issuer=case.issuer,
        number=f"申请编号：{case.number}",
        blocks=(
            _head(case),
            Rows(
                (
                    Cell("督办文号", wide=True),
                    Cell("期限情况", remaining, wide=True),
                    Cell("督办要求", asked, lines=4, wide=True),
                    Cell("反馈时限", EMPTY_DAY),
                    Cell("督办人", "", lines=2),
                ),
                head="督办",
            ),
            Rows(
                (
                    Cell("承办单位\n反馈", lines=6, wide=True, signed=True),
                    Cell("督办结果", lines=3, wide=True, signed=True),
                ),
                head="反馈",
            ),
        ),
        foot=("依据：《政府信息公开条例》第四十六条、第四十七条。",),
    )


def deadline(case: CaseHead, *, words: Iterable[str]) -> Sheet:
    """Lay out the 期限说明 as a paper of its own."""
    return Sheet(
        title="答复期限说明",
        issuer=case.issuer,
        number=f"申请编号：{case.number}",
        blocks=(_head(case), Words(tuple(words), head="逐日说明")),
    )


def access_log(case: CaseHead, *, looks: Iterable[Looked]) -> Sheet:
    """Lay out who looked at what is sensitive, and room for lending the file."""
    return Sheet(
        title="查阅和借阅记录",
        issuer=case.issuer,
        number=f"申请编号：{case.number}",
        blocks=(
            Grid(
                ("时间", "姓名", "内容", "理由"),
                tuple((each.at, each.who, each.what, each.reason) for each in looks),
                (20, 16, 28, 36),
                head="系统内的查看",
                empty="没有查看记录",
            ),
            Grid(
                ("借阅日期", "借阅人", "理由", "归还日期", "经手人"),
                (("　", "", "", "", ""),) * 4,
                (18, 18, 28, 18, 18),
                head="纸质卷宗的借阅（手写）",
            ),
        ),
    )


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
                        f"{_day(each.dispatched_on)} {DELIVERY_WAY_LABELS[each.way] if each.way else ''}"
                        f" {each.tracking_number}".strip(),
                        f"{_day(each.delivered_on)} {each.received_by}".strip() or "未登记",
                        each.proof,
                    )
                    for each in services
                ),
                (18, 20, 14, 18, 14, 16),
                empty="还没有发出文书",
            ),
        ),
    )


def masked_identity(case: CaseHead, *, kind: str, masked: str, sha256: str) -> Sheet:
    """Lay out the page that stands for a paper of identity which is not shown."""
    return Sheet(
        title="证明材料说明页",
        issuer=case.issuer,
        number=f"申请编号：{case.number}",
        blocks=(
            Rows(
                (
                    Cell("材料", kind, wide=True),
                    Cell("证件号码", masked or "未登记", wide=True),
                    Cell("原件指纹", f"SHA-256：{sha256}", wide=True),
                )
            ),
            Words(
                (
                    "本件含敏感个人信息，原件由本机关加密保存，没有装入本卷。审理机关需要核对的，请与本机关联系调取。",
                )
            ),
        ),
        foot=("依据：《个人信息保护法》第二十八条、《居民身份证法》第十九条。",),
    )


def stand_in(case: CaseHead, *, title: str, why: str, sha256: str) -> Sheet:
    """Lay out the page that stands for a file which cannot be bound, and say why."""
    return Sheet(
        title="材料说明页",
        issuer=case.issuer,
        number=f"申请编号：{case.number}",
        blocks=(
            Rows(
                (
                    Cell("材料", title, wide=True),
                    Cell("没有装入的原因", why, wide=True),
                    Cell("原件指纹", f"SHA-256：{sha256}" if sha256 else "", wide=True),
                )
            ),
        ),
    )


def delivery_receipt(service: Service) -> Sheet:
    """Lay out the 送达回证 (参照民事诉讼法): what, to whom, where, when, how, by whom, seen by whom."""
    way = DELIVERY_WAY_LABELS[service.way] if service.way else ""
    ways = ("直接送达", "留置送达", "邮寄送达", "电子送达", "委托送达")
    chosen = _receipt_way(service.way)
    sent = f"{way}，{_day(service.dispatched_on)}发出" if service.dispatched_on else way
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
                    Cell("送达日期", _day(service.delivered_on) or EMPTY_DAY),
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


def index(case: CaseHead, *, lines: Iterable[IndexLine]) -> Sheet:
    """Lay out the 卷内目录 in the order of the file."""
    return Sheet(
        title="卷　内　目　录",
        issuer=case.issuer,
        number=f"申请编号：{case.number}",
        blocks=(
            Grid(
                ("序号", "文号", "责任者", "题名", "日期", "页码"),
                tuple(
                    (
                        str(place),
                        each.number,
                        each.responsible,
                        each.title,
                        _day(each.on),
                        each.pages,
                    )
                    for place, each in enumerate(lines, start=1)
                ),
                (7, 22, 18, 28, 15, 10),
                empty="还没有材料",
            ),
        ),
    )


def cover(case: CaseHead, *, closed_on: date | None, items: int, pages: int | None) -> Cover:
    """Lay the cover of the file out; the archive's own marks stay empty for the archivist."""
    span = f"{_day(case.received_on)} 至 {_day(closed_on) or '办理中'}"
    counted = f"{items}件" + (f"{pages}页" if pages is not None else "　　页")
    return Cover(
        archive=case.issuer,
        title="政府信息公开申请卷宗",
        subject=f"{case.number}　{case.subject}",
        lines=(
            ("申请编号", case.number),
            ("申请人", case.applicant),
            ("起止日期", span),
            ("经办人", case.clerk),
            ("件数、页数", counted),
        ),
        marks=(
            ("全宗号", ""),
            ("年度", str(case.received_on.year)),
            ("件号", ""),
            ("机构", ""),
            ("保管期限", ""),
            ("页数", "" if pages is None else str(pages)),
        ),
    )


def _head(case: CaseHead) -> Rows:
    return Rows(
        (
            Cell("申请人", case.applicant),
            Cell("提交方式", case.channel),
            Cell("收到日期", _day(case.received_on)),
            Cell("答复期限", _day(case.due_on)),
            Cell("经办人", case.clerk),
            Cell("承办部门", case.department),
            Cell("所需政府\n信息", case.subject, wide=True),
        ),
        head=f"基本情况（{case.status}）",
    )


def _receipt_way(way: DeliveryWay | None) -> str:
    if way in {DeliveryWay.EMS, DeliveryWay.REGISTERED}:
        return "邮寄送达"
    if way in {DeliveryWay.ONLINE, DeliveryWay.EMAIL, DeliveryWay.FAX}:
        return "电子送达"
    return "直接送达" if way in {DeliveryWay.COUNTER, DeliveryWay.INTERNAL} else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
