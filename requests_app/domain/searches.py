"""The log of searches for the records asked for: what one entry says, and when it carries 不存在.

条例 36(四) lets the office say that information does not exist only after a search; in court the office
proves that the search was reasonable: who looked, where, for which words, when, and what was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from requests_app.domain import ledger
from requests_app.domain.articles import ART_36_4
from requests_app.domain.errors import Reason
from requests_app.domain.ledger import Entry, LedgerEntry


class SearchResult(StrEnum):
    """What a search came to."""

    NOTHING = "nothing"
    SIMILAR = "similar"
    FOUND = "found"


SEARCH_RESULT_LABELS: Final[Mapping[SearchResult, str]] = MappingProxyType(
    {
        SearchResult.NOTHING: "没有查到",
        SearchResult.SIMILAR: "查到相近的，不是所申请的信息",
        SearchResult.FOUND: "查到了",
    }
)

#: Under which name an entry of the ledger carries a search.
SEARCH: Final = "search"

#: What is asked for, or the question put to the office, is new from these entries on.
_ASKED_ANEW: Final = frozenset({Entry.RECEIVED, Entry.CORRECTED, Entry.REOPENED})


@dataclass(frozen=True)
class Search:
    """One search: on which day, where, for which words, by whom, what came of it."""

    on: date
    place: str
    keywords: str
    result: SearchResult
    by: str
    means: str = ""
    department: str = ""
    found: str = ""

    @property
    def where(self) -> str:
        """Return where was searched, the department first."""
        return f"{self.department}：{self.place}" if self.department else self.place

    @property
    def how(self) -> str:
        """Return how was searched and what came of it, as one sentence."""
        way = f"以{quoted(self.keywords)}检索"
        more = f"，{self.means}" if self.means else ""
        found = f"：{self.found}" if self.found else ""
        return f"{way}{more}，{SEARCH_RESULT_LABELS[self.result]}{found}"


_SEPARATORS: Final = str.maketrans(",，;；\n", "、" * 5)


def quoted(keywords: str) -> str:
    """Return keywords in Chinese quotation marks, however they were separated when typed."""
    words = keywords.translate(_SEPARATORS).split("、")
    return "".join(f"“{word.strip()}”" for word in words if word.strip())


@dataclass(frozen=True)
class Searched:
    """What the workflow must know of a search that stands."""

    on: date
    result: SearchResult


@dataclass(frozen=True)
class SearchLog:
    """The searches of a case that stand, and the day since which its present request has stood."""

    searches: tuple[Searched, ...] = ()
    since: date | None = None


NO_SEARCHES: Final = SearchLog()


def log_of(standing: Iterable[LedgerEntry]) -> SearchLog:
    """Read the log off the standing entries of a ledger."""
    standing = tuple(standing)
    anew = [each.on for each in standing if each.entry in _ASKED_ANEW]
    return SearchLog(
        tuple(
            Searched(each.on, SearchResult(each.data[SEARCH]["result"]))
            for each in standing
            if each.entry is Entry.NOTED and SEARCH in each.data
        ),
        max(anew, default=None),
    )


def against_not_exist(log: SearchLog) -> tuple[Reason, ...]:
    """Return what the log says against the answer that the information does not exist.

    There must be a search of the request as it stands now (asked again after a correction or a
    reopening), and none that found it.
    """
    if not log.searches:
        sentence = "答复信息不存在，应当先检索。还没有检索记录，请先登记：谁、在哪里、用什么关键词、哪天查的。"
        return (Reason("search_missing", sentence, ART_36_4),)
    if any(each.result is SearchResult.FOUND for each in log.searches):
        sentence = "检索记录写明已经查到，不能答复信息不存在；登记错了的，作废那一条再登记。"
        return (Reason("search_found", sentence, ART_36_4),)
    if log.since is not None and all(each.on < log.since for each in log.searches):
        sentence = (
            f"检索都在{log.since}补正或者重新办理之前，没有按现在的申请内容检索过，请检索后再登记。"
        )
        return (Reason("search_outdated", sentence, ART_36_4),)
    return ()


def against_quote(log: SearchLog, *, searched_on: str) -> tuple[Reason, ...]:
    """Refuse a letter that names a day of search the log does not have; an empty day is not judged."""
    days = sorted({each.on.isoformat() for each in log.searches})
    if not searched_on or not days or searched_on in days:
        return ()
    sentence = f"检索日期与检索记录不一致，记录的是：{'、'.join(days)}。"
    return (Reason("searched_on", sentence, ART_36_4),)


def quote(searches: Sequence[Search]) -> dict[str, str]:
    """Return what the answer quotes of the log, by the names of the letter's fields; empty without any."""
    if not searches:
        return {}
    days = sorted({each.on for each in searches})
    several = len(days) > 1
    return {
        "search_scope": "；".join(dict.fromkeys(each.where for each in searches)) + "。",
        "search_means": "；".join(
            f"{each.on.isoformat()}{each.how}" if several else each.how for each in searches
        )
        + "。",
        "searched_on": days[-1].isoformat(),
        "searched_by": "、".join(dict.fromkeys(each.by for each in searches)),
    }


def written(search: Search) -> dict[str, Any]:
    """Return a search as its entry in the ledger keeps it."""
    return {
        "text": f"检索{search.where}；{search.how}；检索人：{search.by}",
        SEARCH: {
            "place": search.place,
            "department": search.department,
            "keywords": search.keywords,
            "means": search.means,
            "result": search.result.value,
            "found": search.found,
            "by": search.by,
        },
    }


def standing_seqs(entries: Iterable[LedgerEntry]) -> frozenset[int]:
    """Return the places of the searches that were not voided."""
    return frozenset(
        each.seq
        for each in ledger.standing(entries)
        if each.entry is Entry.NOTED and SEARCH in each.data
    )
