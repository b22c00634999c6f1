"""The pages of the 依申请公开 section: what each is called, what it says, where it is linked from.

One table. Meta tags, foot, home, site map and the English page's links all follow from it, so that
a page is named the same everywhere and cannot be left out of the map. Pages of one case and pages
that only pass on are not in it: nobody looks for them on a map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.models import OfficeSettings


class Group(StrEnum):
    """The parts of the site map, in their order; the value is the heading."""

    DO = "办理"
    READ = "了解"
    REPORT = "公开的情况"
    ABOUT = "关于本站"


@dataclass(frozen=True)
class Entry:
    """One page. ``route`` is the name of its address, ``says`` one sentence for map and search engines.

    ``on_home`` pages stand in the home page's list of materials, ``in_foot`` ones in every foot.
    """

    route: str
    title: str
    says: str
    group: Group
    keywords: tuple[str, ...] = ()
    on_home: bool = False
    in_foot: bool = False
    english: str = ""

    @property
    def address(self) -> str:
        """Return the name under which templates find the address."""
        return f"public:{self.route}"


_ALL: Final = (
    Entry(
        "home",
        "依申请公开",
        "申请政府信息、查询办理进度、查看公开指南的入口。",
        Group.DO,
        in_foot=True,
        english="Home of this section",
    ),
    Entry(
        "apply",
        "我要申请",
        "网上申请政府信息，四步填完，不用注册。",
        Group.DO,
        ("网上申请",),
        in_foot=True,
        english="File a request online",
    ),
    Entry(
        "status",
        "查询进度",
        "用申请编号和查询码查看办理进度、下载文书。",
        Group.DO,
        ("办理进度", "查询码"),
        in_foot=True,
        english="Follow a request",
    ),
    Entry(
        "recover",
        "找回查询码",
        "查询码找不到了，用申请时留的电话或者邮箱找回来。",
        Group.DO,
        ("查询码",),
        english="Recover a lost query code",
    ),
    Entry(
        "amend",
        "申请更正",
        "政府记录的、与您自身有关的信息不准确的，要求更正（条例第四十一条）。",
        Group.DO,
        ("申请更正",),
        english="Have your own record corrected",
    ),
    Entry(
        "form_pdf",
        "申请表（PDF）",
        "空白的政府信息公开申请表，打印填写，复制有效。",
        Group.DO,
        ("申请表下载",),
        english="Blank form, PDF",
    ),
    Entry(
        "form_docx",
        "申请表（Word）",
        "空白的政府信息公开申请表，电脑填写，复制有效。",
        Group.DO,
        ("申请表下载",),
        english="Blank form, Word",
    ),
    Entry(
        "verify_code",
        "文书核验",
        "核对手里的文书是不是本机关发出的那一份。",
        Group.DO,
        ("文书核验", "核验码"),
        on_home=True,
        in_foot=True,
        english="Check that a letter is genuine",
    ),
    Entry(
        "guide",
        "公开指南",
        "能申请什么、怎么提交、多久答复、收不收费、不服怎么办，查阅点和工作机构。",
        Group.READ,
        ("政府信息公开指南", "申请渠道", "查阅点"),
        in_foot=True,
        english="The disclosure guide",
    ),
    Entry(
        "flow",
        "办理流程",
        "一件申请从收到到答复的每一步，以及每一步的期限。",
        Group.READ,
        ("办理流程图",),
        on_home=True,
        in_foot=True,
        english="How a request is handled",
    ),
    Entry(
        "fees",
        "收费标准和计算",
        "信息处理费的两种标准，填上件数或者页数算一算。",
        Group.READ,
        ("信息处理费", "收费标准"),
        on_home=True,
        in_foot=True,
        english="Fees, with a calculator",
    ),
    Entry(
        "deadlines",
        "期限计算",
        "填上日子，算出最晚答复日，说明每一天为什么算、为什么不算。",
        Group.READ,
        ("答复期限", "工作日计算"),
        on_home=True,
        in_foot=True,
        english="Deadline calculator",
    ),
    Entry(
        "faq",
        "常见问题",
        "申请、期限、收费、答复、救济中常问的问题。",
        Group.READ,
        ("常见问题",),
        on_home=True,
        in_foot=True,
        english="Questions often asked",
    ),
    Entry(
        "annual_reports",
        "年度报告",
        "政府信息公开工作年度报告，按年份排列。",
        Group.REPORT,
        ("政府信息公开年报", "年度报告"),
        on_home=True,
        in_foot=True,
        english="Annual reports",
    ),
    Entry(
        "statistics",
        "办理统计",
        "每月收到、答复的申请数量，办理结果，按时答复率。",
        Group.REPORT,
        ("依申请公开统计",),
        on_home=True,
        in_foot=True,
        english="Statistics",
    ),
    Entry(
        "privacy",
        "个人信息保护规则",
        "收集哪些个人信息、做什么用、保存多久、您有哪些权利。",
        Group.ABOUT,
        ("个人信息保护",),
        in_foot=True,
        english="How personal data are protected",
    ),
    Entry(
        "accessibility",
        "无障碍声明",
        "长辈版、配色、放大、朗读、键盘操作，做到了什么、还差什么。",
        Group.ABOUT,
        ("无障碍", "长辈版", "适老化"),
        in_foot=True,
        english="Accessibility statement",
    ),
    Entry(
        "sitemap",
        "网站地图",
        "本栏目的全部页面。",
        Group.ABOUT,
        ("网站地图",),
        in_foot=True,
        english="Site map",
    ),
    Entry(
        "english",
        "English",
        "How to ask the city for a document it holds, in English.",
        Group.ABOUT,
        ("English", "freedom of information"),
        english="This page",
    ),
)

PAGES: Final[Mapping[str, Entry]] = MappingProxyType({entry.route: entry for entry in _ALL})

#: On every page; the section is one column of the city's portal.
COLUMN: Final = "依申请公开"
COLUMN_TYPE: Final = "政府信息公开"


@dataclass(frozen=True)
class Meta:
    """The tags the portals' monitors read (国办发〔2017〕47号). ``pub_date`` as YYYY-MM-DD HH:MM."""

    column: str
    column_type: str
    title: str
    keywords: str
    description: str
    pub_date: str


def meta(
    route: str, *, site_name: str, office: OfficeSettings | None, published_on: date | None = None
) -> Meta:
    """Build the tags of a page; one outside the table has no title and no date of its own.

    A page whose content the guide gives is dated as the guide; ``published_on`` where a page has a
    date of its own.
    """
    entry = PAGES.get(route)
    words = (site_name, COLUMN_TYPE, COLUMN, *(entry.keywords if entry else ()))
    on = published_on or (guide_date(office) if office and entry else None)
    return Meta(
        column=COLUMN,
        column_type=COLUMN_TYPE,
        title=entry.title if entry else "",
        keywords=",".join(dict.fromkeys(words)),
        description=entry.says if entry else f"向{site_name}申请政府信息，查询办理进度。",
        pub_date=f"{on:%Y-%m-%d} 00:00" if on else "",
    )


def guide_date(office: OfficeSettings) -> date:
    """Return the day the guide was last brought up to date."""
    return office.guide_updated_on or office.effective_from


def on_home() -> tuple[Entry, ...]:
    """Return the pages listed as materials on the home page."""
    return tuple(entry for entry in _ALL if entry.on_home)


def in_foot() -> tuple[Entry, ...]:
    """Return the pages linked from every foot."""
    return tuple(entry for entry in _ALL if entry.in_foot)


def by_group() -> tuple[tuple[Group, tuple[Entry, ...]], ...]:
    """Return every page under its heading, for the site map."""
    return tuple((group, tuple(e for e in _ALL if e.group is group)) for group in Group)


def in_english() -> tuple[Entry, ...]:
    """Return the pages the English summary leads to."""
    return tuple(entry for entry in _ALL if entry.english and entry.route != "english")
