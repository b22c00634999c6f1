"""Our clocks in reviews and suits, against days counted by hand."""

from datetime import date

import pytest

from requests_app.domain import proceedings
from requests_app.domain.remedy_kinds import FilingKind, Procedure, ProceedingKind
from tests.unit.domain import deadline_cases

K = ProceedingKind


@pytest.mark.parametrize(
    ("kind", "procedure", "received", "due"),
    [
        (K.REVIEW, Procedure.ORDINARY, "2026-03-02", "2026-03-16"),
        (K.REVIEW, Procedure.SUMMARY, "2026-03-02", "2026-03-09"),
        # Over 国庆: 09-30 Wed, then 10-08 … with Sat 10-10 at work.
        (K.REVIEW, Procedure.ORDINARY, "2026-09-30", "2026-10-20"),
        (K.REVIEW, Procedure.SUMMARY, "2026-09-30", "2026-10-13"),
        # Received on a rest day: the first counted day is the next working day.
        (K.REVIEW, Procedure.SUMMARY, "2026-10-03", "2026-10-13"),
        (K.DIRECT_SUIT, None, "2026-03-02", "2026-03-17"),
        # The fifteenth day is 3 October (W10 of the rules): rolled to the 8th.
        (K.DIRECT_SUIT, None, "2026-09-18", "2026-10-08"),
        (K.SUIT_AFTER_REVIEW, None, "2026-03-06", "2026-03-23"),
    ],
)
def test_our_day(kind, procedure, received, due):
    found = proceedings.clock(
        kind,
        procedure=procedure,
        received_on=date.fromisoformat(received),
        calendar=deadline_cases.calendar(),
    )

    assert found.due == date.fromisoformat(due)


def test_each_clock_names_its_article_and_what_stops_it():
    def clock(kind, procedure=None):
        return proceedings.clock(
            kind,
            procedure=procedure,
            received_on=date(2026, 3, 2),
            calendar=deadline_cases.calendar(),
        )

    ordinary, summary = clock(K.REVIEW, Procedure.ORDINARY), clock(K.REVIEW, Procedure.SUMMARY)
    suit = clock(K.DIRECT_SUIT)
    assert ordinary.citation == "《中华人民共和国行政复议法》第四十八条"
    assert summary.citation == "《中华人民共和国行政复议法》第五十四条"
    assert suit.citation == "《中华人民共和国行政诉讼法》第六十七条"
    assert (ordinary.filing, suit.filing) == (FilingKind.REPLY, FilingKind.EVIDENCE)


def test_a_review_needs_its_procedure():
    assert [each.code for each in proceedings.procedure_reasons(K.REVIEW, None)] == ["procedure"]
    assert proceedings.procedure_reasons(K.REVIEW, Procedure.SUMMARY) == ()
    assert proceedings.procedure_reasons(K.DIRECT_SUIT, None) == ()
