"""The days of review and suit for one reply, by hand from the law (law of 2024; W7 to W9 of the sources)."""

from datetime import date

import pytest

from requests_app.adapters import calendar_files
from requests_app.domain.remedies import RemedyOffice, RemedyVariant
from requests_app.domain.remedy_ways import WayKind, after_reply, after_silence

CALENDAR = calendar_files.packaged_calendar()
OFFICE = RemedyOffice(
    review_body="金昌市人民政府",
    court="甲法院",
    online_channel="https://a.cn",
    review_address="新华路1号",
)
NO_SUIT = RemedyOffice(
    review_body="金昌市人民政府", court="甲法院", print_suit_for_inadmissible=False
)


def ways(variant, served="2026-03-30", office=OFFICE):
    served_on = date.fromisoformat(served) if served else None
    found = after_reply(variant, served_on=served_on, office=office, calendar=CALENDAR)
    return [
        (way.kind.value, way.first, way.part, way.until.isoformat() if way.until else "")
        for way in found
    ]


@pytest.mark.parametrize(
    ("served", "review", "suit"),
    [
        ("2026-03-30", "2026-05-29", "2026-09-30"),
        ("2026-08-03", "2026-10-08", "2027-02-03"),
        ("2026-08-31", "2026-10-30", "2027-03-01"),
    ],
)
def test_last_days_of_a_reply_that_leaves_the_choice(served, review, suit):
    assert ways(RemedyVariant.R1, served) == [
        ("review", False, "", review),
        ("suit", False, "", suit),
    ]


def test_a_refusal_under_articles_14_to_16_has_no_day_for_a_suit_before_review():
    assert ways(RemedyVariant.R2) == [("review", True, "", "2026-05-29"), ("suit", False, "", "")]


def test_a_partial_disclosure_has_both_by_part():
    assert ways(RemedyVariant.R3) == [
        ("review", True, "不予公开的部分", "2026-05-29"),
        ("suit", False, "不予公开的部分", ""),
        ("review", False, "其他部分", "2026-05-29"),
        ("suit", False, "其他部分", "2026-09-30"),
    ]


def test_whether_an_inadmissible_suit_is_named_is_the_offices_choice():
    assert [kind for kind, *_ in ways(RemedyVariant.R1_SWITCHED)] == ["review", "suit"]
    assert [kind for kind, *_ in ways(RemedyVariant.R1_SWITCHED, office=NO_SUIT)] == ["review"]


def test_a_withdrawal_has_none():
    assert ways(RemedyVariant.R0) == []


def test_without_service_no_day_is_named_but_from_when_it_runs():
    found = after_reply(RemedyVariant.R1, served_on=None, office=OFFICE, calendar=CALENDAR)

    assert [(way.until, way.counted) for way in found] == [
        (None, "自收到答复之日起60日"),
        (None, "自收到答复之日起6个月"),
    ]


def test_silence_leaves_the_choice_from_the_end_of_the_period():
    found = after_silence(date(2026, 3, 30), office=OFFICE, calendar=CALENDAR)

    assert [(way.kind, way.first, way.until) for way in found] == [
        (WayKind.REVIEW, False, date(2026, 5, 29)),
        (WayKind.SUIT, False, date(2026, 9, 30)),
    ]
    assert (found[0].to, found[0].where, found[0].online) == (
        "金昌市人民政府",
        "新华路1号",
        "https://a.cn",
    )
