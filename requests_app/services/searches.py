"""Record a search for the records a case asks for. A mistake is voided in the ledger, never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from requests_app.domain import searches
from requests_app.domain.access import Act, Actor
from requests_app.domain.articles import ART_36_4
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.ledger import Entry
from requests_app.domain.searches import Search, SearchResult
from requests_app.models import RecordsSearch
from requests_app.services import assignments, case_file, entries


@dataclass(frozen=True)
class SearchGiven:
    """A search as somebody reports it: on which day, where, for which words, by whom, what came of it."""

    on: date
    place: str
    keywords: str
    result: SearchResult
    by: str
    means: str = ""
    found: str = ""
    department_id: int | None = None


def record(case_id: int, given: SearchGiven, *, actor: Actor, at: datetime) -> RecordsSearch:
    """Add one search to the log of a case, and to its ledger.

    A handler enters what the own department searched; left open, it is that department's. Refuses
    another's, a search that does not say where, for which words or by whom, one that found something
    and does not say what, a day to come, and a day before the application was received.
    """
    with case_file.opened(case_id, act=Act.RECORD_SEARCH, actor=actor, at=at, on=given.on) as file:
        refuse_if_any(_against(given))
        searched_by = given.department_id
        if actor.confined_to_department:
            searched_by = searched_by or actor.department_id
            if searched_by != actor.department_id:
                sentence = "只登记本部门的检索，别的部门查的由它自己登记。"
                raise Refused.because("department", sentence, ART_36_4)
        department = (
            assignments.department_in_force(searched_by, on=file.today) if searched_by else None
        )
        search = Search(
            on=given.on,
            place=given.place.strip(),
            keywords=given.keywords.strip(),
            result=given.result,
            by=given.by.strip(),
            means=given.means.strip(),
            department=department.name if department else "",
            found=given.found.strip(),
        )
        row = RecordsSearch(
            case=file.case,
            searched_on=search.on,
            department=department,
            place=search.place,
            keywords=search.keywords,
            means=search.means,
            result=search.result.value,
            found=search.found,
            searched_by=search.by,
            recorded_by_id=actor.staff,
            recorded_at=at,
        )
        case_file.refuse_too_long(row)
        row.event = entries.append(
            file.case,
            entry=Entry.NOTED,
            on=given.on,
            actor=actor,
            at=at,
            data=searches.written(search),
        )
        row.save()
        return row


def _against(given: SearchGiven) -> tuple[Reason, ...]:
    wanted = (
        ("place", given.place, "请写明查了哪里：系统、库房、案卷或者处室。"),
        ("keywords", given.keywords, "请写明用的关键词；翻阅目录的，写明目录和年份。"),
        ("by", given.by, "请写明检索人。"),
    )
    reasons = [
        Reason(name, sentence, ART_36_4) for name, typed, sentence in wanted if not typed.strip()
    ]
    if given.result is not SearchResult.NOTHING and not given.found.strip():
        reasons.append(Reason("found", "查到了的，请写明查到什么。", ART_36_4))
    return tuple(reasons)
