from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.domain import chain

RECORDS = st.dictionaries(
    st.text(max_size=8),
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12), st.dates()),
    max_size=5,
)


def test_link_is_the_hash_of_the_link_before_and_the_record():
    import hashlib

    packed = '{"on":"2026-03-02","seq":1,"text":"补正"}'
    expected = hashlib.sha256(f"{'0' * 64}\n{packed}".encode()).hexdigest()

    assert chain.link("0" * 64, {"seq": 1, "text": "补正", "on": date(2026, 3, 2)}) == expected


def test_moments_are_taken_in_one_zone():
    shanghai = timezone(timedelta(hours=8))
    here = {"at": datetime(2026, 3, 2, 8, 0, tzinfo=shanghai)}
    there = {"at": datetime(2026, 3, 2, 0, 0, tzinfo=UTC)}

    assert chain.link("", here) == chain.link("", there)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        chain.link("", {"at": datetime(2026, 3, 2, 8, 0)})  # noqa: DTZ001 - the point


def test_what_json_does_not_know_is_refused():
    with pytest.raises(TypeError, match="set cannot be chained"):
        chain.link("", {"x": {1, 2}})


def test_no_two_chains_begin_alike():
    assert chain.start("case:1") != chain.start("case:11")


@given(RECORDS, RECORDS, st.text(max_size=64))
def test_only_the_same_record_after_the_same_link_gives_the_same_link(one, other, previous):
    same = chain.link(previous, one) == chain.link(previous, other)
    plain = [
        {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in each.items()
        }
        for each in (one, other)
    ]
    # True and 1 are one key to Python and two to JSON.
    assert same == (repr(sorted(plain[0].items())) == repr(sorted(plain[1].items())))


@given(st.lists(RECORDS, min_size=2, max_size=5))
def test_the_order_counts_in_a_digest(records):
    turned = [*records[1:], records[0]]
    packed = [chain.link("", each) for each in records]

    if packed == [chain.link("", each) for each in turned]:
        assert chain.digest(records) == chain.digest(turned)
    else:
        assert chain.digest(records) != chain.digest(turned)
