"""The log of searches: what it quotes, and when it carries the answer that nothing exists."""

from datetime import date

import pytest

from requests_app.domain import searches
from requests_app.domain.ledger import Entry, LedgerEntry
from requests_app.domain.searches import Search, Searched, SearchLog, SearchResult

ARTICLE = "《政府信息公开条例》第三十六条第（四）项"
NOTHING, SIMILAR, FOUND = SearchResult.NOTHING, SearchResult.SIMILAR, SearchResult.FOUND


def search(on="2026-03-05", result=NOTHING, **changes):
    given = {"place": "公文系统", "keywords": "改造，清单", "by": "王某"}
    return Search(on=date.fromisoformat(on), result=result, **(given | changes))


def log(*found, since="2026-03-02"):
    return SearchLog(
        tuple(Searched(date.fromisoformat(on), result) for on, result in found),
        date.fromisoformat(since),
    )


@pytest.mark.parametrize(
    ("held", "codes"),
    [
        (log(), ["search_missing"]),
        (log(("2026-03-05", NOTHING)), []),
        (log(("2026-03-05", SIMILAR)), []),
        (log(("2026-03-02", NOTHING)), []),
        (log(("2026-03-05", NOTHING), ("2026-03-06", FOUND)), ["search_found"]),
        (log(("2026-03-05", NOTHING), since="2026-03-09"), ["search_outdated"]),
        (log(("2026-03-05", NOTHING), ("2026-03-09", NOTHING), since="2026-03-09"), []),
    ],
)
def test_nothing_exists_only_after_a_search_of_the_present_request(held, codes):
    reasons = searches.against_not_exist(held)

    assert [reason.code for reason in reasons] == codes
    assert {reason.citation for reason in reasons} <= {ARTICLE}


@pytest.mark.parametrize(
    ("searched_on", "codes"),
    [("2026-03-05", []), ("", []), ("2026-03-06", ["searched_on"])],
)
def test_the_letter_names_a_day_of_the_log(searched_on, codes):
    held = log(("2026-03-05", NOTHING))

    assert [each.code for each in searches.against_quote(held, searched_on=searched_on)] == codes


def test_one_search_is_quoted_whole():
    assert searches.quote([search(means="逐卷翻阅目录")]) == {
        "search_scope": "公文系统。",
        "search_means": "以“改造”“清单”检索，逐卷翻阅目录，没有查到。",
        "searched_on": "2026-03-05",
        "searched_by": "王某",
    }


def test_searches_of_several_days_name_each_day_and_the_letter_the_last():
    found = [
        search("2026-03-05"),
        search(
            "2026-03-06", SIMILAR, place="档案室", department="市财政局", found="预算表", by="李某"
        ),
    ]

    assert searches.quote(found) == {
        "search_scope": "公文系统；市财政局：档案室。",
        "search_means": "2026-03-05以“改造”“清单”检索，没有查到；"
        "2026-03-06以“改造”“清单”检索，查到相近的，不是所申请的信息：预算表。",
        "searched_on": "2026-03-06",
        "searched_by": "王某、李某",
    }


def test_without_a_search_nothing_is_quoted():
    assert searches.quote([]) == {}


def test_the_log_is_read_off_the_ledger_without_what_was_voided():
    day = date(2026, 3, 5)
    entries = (
        LedgerEntry(Entry.RECEIVED, date(2026, 3, 2), 1),
        LedgerEntry(Entry.NOTED, day, 2, data=searches.written(search())),
        LedgerEntry(Entry.NOTED, day, 3, data=searches.written(search(result=FOUND, found="清单"))),
        LedgerEntry(Entry.NOTED, day, 4, data={"text": "备注"}),
        LedgerEntry(Entry.VOIDED, day, 5, voids=3),
        LedgerEntry(Entry.CORRECTED, date(2026, 3, 9), 6),
    )

    assert searches.standing_seqs(entries) == {2}
    assert searches.log_of(searches.ledger.standing(entries)) == SearchLog(
        (Searched(day, NOTHING),), date(2026, 3, 9)
    )
