"""Pages the system makes for a file: cover, contents, record of looks, pages that stand for others.

The order of the file and what is missing from it belong to ``dossier``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from requests_app.domain.sheets import Cell, Cover, Grid, Rows, Sheet, Words
from requests_app.domain.working_papers import CaseHead, written_day


@dataclass(frozen=True)
class Looked:
    """One look at what is sensitive, or one print of it."""

    at: str
    who: str
    what: str
    reason: str


@dataclass(frozen=True)
class Lent:
    """One entry of the reading and lending log; ``back`` is empty while the file is out."""

    out: str
    who: str
    purpose: str
    back: str
    by: str


@dataclass(frozen=True)
class IndexLine:
    """One line of the list of contents. ``pages`` is empty while nobody has counted them."""

    number: str
    title: str
    responsible: str
    on: date
    pages: str


def access_log(case: CaseHead, *, looks: Iterable[Looked], loans: Iterable[Lent] = ()) -> Sheet:
    """Lay out who looked into the case, who read or borrowed the file, and room for more by hand."""
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
                ("查阅、借阅日期", "查阅、借阅人", "事由", "归还日期", "经手人"),
                (
                    *((each.out, each.who, each.purpose, each.back, each.by) for each in loans),
                    *((("　", "", "", "", ""),) * 4),
                ),
                (18, 18, 28, 18, 18),
                head="案卷的查阅、借阅（空行供手写）",
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
                        written_day(each.on),
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
    span = f"{written_day(case.received_on)} 至 {written_day(closed_on) or '办理中'}"
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
