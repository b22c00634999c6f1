"""The office's own papers about a case: what stands on each, and in which order.

Pure: facts in, a ``Sheet``, ``Label`` or ``Cover`` out. Reading the facts belongs to
``selectors.working_papers``. What nobody has entered stays room to write by hand, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.searches import Search
from requests_app.domain.sheets import Cell, Grid, Option, Rows, Sheet, Words

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
    TRANSFER = "transfer"


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
        WorkingPaper.TRANSFER: "更正申请转送函",
    }
)

#: Papers that only a case of 更正 has (条例 41).
OF_AMENDMENTS: Final = frozenset({WorkingPaper.TRANSFER})

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
class Considered:
    """One answer of the guided path: the question, the answer, its article, on what it rests, who and when."""

    question: str
    answer: str
    article: str
    evidence: str
    who: str
    on: date


def approval_slip(
    case: CaseHead,
    *,
    steps: Iterable[Step],
    opinions: Iterable[Opinion],
    signings: Iterable[Signing],
    searches: Sequence[Search] = (),
    considered: Sequence[Considered] = (),
) -> Sheet:
    """Lay out the 办理单: where the case came from, what was done, who thought and signed what (条例 45)."""
    return Sheet(
        title="政府信息公开申请办理单",
        issuer=case.issuer,
        number=f"申请编号：{case.number}",
        blocks=(
            case_rows(case),
            *((_considered_grid(considered),) if considered else ()),
            Grid(
                ("岗位、单位", "姓名", "日期", "意见"),
                tuple((each.role, each.who, written_day(each.on), each.words) for each in opinions),
                (20, 14, 16, 50),
                head="各方意见",
                empty="没有登记意见",
            ),
            *((search_grid(searches),) if searches else ()),
            Grid(
                ("文书", "文号", "拟稿", "签发"),
                tuple((each.letter, each.number, each.drafted, each.signed) for each in signings),
                (28, 28, 22, 22),
                head="拟稿和签发",
                empty="还没有文书",
            ),
            Grid(
                ("日期", "事项", "经手", "说明"),
                tuple((written_day(each.on), each.what, each.who, each.words) for each in steps),
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
            case_rows(case),
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
                    Cell("承办单位\n意见", lines=2, wide=True, signed=True),
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
                tuple((each.role, each.who, written_day(each.on), each.words) for each in opinions),
                (20, 14, 16, 50),
                head="系统内登记的审查意见",
                empty="没有登记意见",
            ),
        ),
        foot=("依据：《政府信息公开条例》第十七条。没有经过审查的信息不得公开。",),
    )


def _considered_grid(considered: Iterable[Considered]) -> Grid:
    return Grid(
        ("问题", "回答、条款", "依据", "回答人"),
        tuple(
            (
                each.question,
                "；".join(part for part in (each.answer, each.article) if part),
                each.evidence,
                f"{each.who} {written_day(each.on)}",
            )
            for each in considered
        ),
        (10, 34, 38, 18),
        head="办理思路（七步）",
    )


def search_grid(searches: Iterable[Search]) -> Grid:
    """Return the log of searches as a list: when, where, for which words, what came of it, who."""
    return Grid(
        ("日期", "检索范围", "关键词、方法和结果", "检索人"),
        tuple((written_day(each.on), each.where, each.how, each.by) for each in searches),
        (16, 28, 40, 16),
        head="检索记录",
        empty="没有登记检索记录",
    )


def search_record(
    case: CaseHead, *, searches: Iterable[Search], scope: str, means: str, on: str, by: str
) -> Sheet:
    """Lay out the 检索记录: the log, and what the answer quotes of it (条例 36(四))."""
    return Sheet(
        title="政府信息检索记录",
        issuer=case.issuer,
        number=f"申请编号：{case.number}",
        blocks=(
            case_rows(case),
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
                head="答复书引用的检索情况",
            ),
            search_grid(searches),
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
            case_rows(case),
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
        blocks=(case_rows(case), Words(tuple(words), head="逐日说明")),
    )


def case_rows(case: CaseHead) -> Rows:
    """Return the first rows of a paper: whose case it is and where it stands."""
    return Rows(
        (
            Cell("申请人", case.applicant),
            Cell("提交方式", case.channel),
            Cell("收到日期", written_day(case.received_on)),
            Cell("答复期限", written_day(case.due_on)),
            Cell("经办人", case.clerk),
            Cell("承办部门", case.department),
            Cell("所需政府\n信息", case.subject, wide=True),
        ),
        head=f"基本情况（{case.status}）",
    )


def written_day(day: date | None) -> str:
    """Write a day as data, empty where there is none."""
    return day.isoformat() if day else ""
