"""The deadline report: its counts are its lists, today is what the fold of today says, days past."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.domain.deadline_report import COLUMNS, Figure
from requests_app.selectors import (
    calendars,
    deadline_report,
    offices,
    past_days,
    report_cases,
    report_rows,
)
from requests_app.selectors.deadline_report import Grouping
from requests_app.selectors.past_days import Axis, PastDay
from requests_app.selectors.report_cases import OVER_A_TIME, Group, Query
from requests_app.selectors.worklists import Day
from requests_app.services import entries, escalation
from tests import factories
from tests.offices import moment

pytestmark = pytest.mark.usefixtures("quick_pdf")


@pytest.fixture
def desk(db):
    return factories.set_up()


@pytest.fixture
def office(desk):
    """Nine cases on 2 April 2026, one in each column and two beside."""
    late = desk.register("2026-02-24")  # due 24 March
    desk.assign(late, "2026-02-25")
    today = desk.register("2026-03-05")  # due 2 April
    urgent = desk.register("2026-03-10")  # due 8 April, 3 left
    soon = desk.register("2026-03-12")  # due 10 April, 5 left
    desk.register("2026-03-30")
    paused = desk.register("2026-03-17")
    desk.consult(paused, "2026-03-20", served="2026-03-23")
    waiting = desk.register("2026-03-25")
    desk.ask_correction(waiting, "2026-03-27", served="2026-03-27")
    answered = desk.register("2026-03-02", **factories.BY_POST)
    desk.post(desk.answer(answered, "2026-03-26"), "2026-03-27")
    done = desk.file("2026-02-25")
    desk.fetch(desk.answer(done, "2026-03-27"), "2026-03-27")
    return {
        "late": late, "today": today, "urgent": urgent, "soon": soon, "paused": paused,
        "waiting": waiting, "answered": answered, "done": done,
    }  # fmt: skip


def day(on):
    today = date.fromisoformat(on)
    return Day(today, calendars.current(), offices.thresholds(offices.settings(on=today)))


def test_each_case_is_counted_in_one_column(desk, office):
    report = deadline_report.now(
        desk.supervisor, day=day("2026-04-02"), grouping=Grouping.DEPARTMENT
    )

    assert report.total.counts == {
        Figure.IN_HAND: 8,
        Figure.AHEAD: 1,
        Figure.SOON: 1,
        Figure.URGENT: 1,
        Figure.TODAY: 1,
        Figure.OVERDUE: 1,
        Figure.PAUSED: 2,
        Figure.ANSWERED: 1,
        Figure.UNSIGNED: 0,
    }
    assert report.lines[desk.housing.pk].counts[Figure.OVERDUE] == 1
    assert report.lines[None].counts[Figure.IN_HAND] == 7
    assert report.total.longest_days == 37


@pytest.mark.parametrize("figure", [figure for figure in Figure if figure not in OVER_A_TIME])
def test_a_count_is_the_length_of_its_list(desk, office, figure):
    on = day("2026-04-02")
    counts = report_cases.count_by(
        desk.supervisor, group="department_id", day=on, figures=(figure,)
    )

    for department, figures in counts.items():
        query = Query(figure, department=Group(department))
        page = report_cases.page(desk.supervisor, query=query, day=on, after="")
        assert len(page.rows) == figures[figure]


@pytest.mark.parametrize("on", ["2026-04-02", "2026-04-03", "2026-04-15", "2026-05-06"])
def test_today_asked_of_the_database_is_today_folded_anew(desk, office, on):
    """Two roads to one table, also when no job has run for a month."""
    past = past_days.look_back(desk.supervisor, past=PastDay(date.fromisoformat(on)))

    for figure in (*COLUMNS, Figure.IN_HAND, Figure.UNSIGNED, Figure.NEAR, Figure.RUNNING):
        listed = report_cases.page(desk.supervisor, query=Query(figure), day=day(on), after="")
        folded = past_days.matching(past, query=Query(figure))
        assert {case.pk for case in listed.rows} == {case.case_id for case in folded}, figure


def test_unsigned_after_more_than_a_working_day(desk):
    from requests_app.services import assignments

    case = desk.register("2026-03-02")
    assignments.assign(
        case.pk,
        department_id=desk.housing.pk,
        clerk_id=None,
        actor=desk.clerk,
        at=moment("2026-03-03"),
    )

    counted = [
        report_cases.count(desk.supervisor, query=Query(Figure.UNSIGNED), day=day(on))
        for on in ("2026-03-03", "2026-03-04", "2026-03-05")
    ]

    assert counted == [0, 0, 1]


def test_a_handler_counts_the_own_department_only(desk, office):
    report = deadline_report.now(desk.handler, day=day("2026-04-02"), grouping=Grouping.DEPARTMENT)
    elsewhere = deadline_report.now(
        desk.handler_elsewhere, day=day("2026-04-02"), grouping=Grouping.DEPARTMENT
    )

    assert set(report.lines) == {desk.housing.pk}
    assert elsewhere.lines == {}
    assert elsewhere.total.counts == {}


def test_cards_and_late_answers_of_the_year(desk, office):
    escalation.plan(at=moment("2026-04-02"))
    late = office["late"]
    desk.answer(late, "2026-04-02")

    over = deadline_report.year(
        desk.supervisor, day=day("2026-04-03"), grouping=Grouping.DEPARTMENT
    )
    next_year = deadline_report.year(
        desk.supervisor, day=day("2027-01-04"), grouping=Grouping.DEPARTMENT
    )

    assert over == {
        Figure.LATE_DONE: {desk.housing.pk: 1, None: 1},
        Figure.YELLOW: over[Figure.YELLOW],
        Figure.RED: {desk.housing.pk: 1},
        Figure.ORDERS: {desk.housing.pk: 1},
    }
    assert over[Figure.YELLOW][None] >= 1
    assert next_year == {
        Figure.LATE_DONE: {},
        Figure.YELLOW: {},
        Figure.RED: {},
        Figure.ORDERS: {desk.housing.pk: 1},
    }
    for figure in over:
        listed = report_cases.page(
            desk.supervisor, query=Query(figure), day=day("2026-04-03"), after=""
        )
        assert len(listed.rows) == sum(over[figure].values())


def test_flow_counts_weeks_by_their_monday(desk, office):
    weeks = deadline_report.flow(desk.supervisor, until=date(2026, 4, 2))

    assert next(iter(weeks)) == date(2026, 1, 12)
    assert weeks[date(2026, 3, 23)] == (1, 2)
    assert weeks[date(2026, 3, 30)] == (1, 0)
    assert sum(received for received, _ in weeks.values()) == 9


def test_the_report_asks_as_often_for_one_case_as_for_many(desk):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            deadline_report.now(desk.supervisor, day=day("2026-04-02"), grouping=Grouping.CLERK)
        return len(queries)

    desk.register("2026-03-02")
    asked()
    one = asked()
    desk.register("2026-03-03")
    desk.register("2026-03-04")

    assert asked() == one


def look(desk, on, axis):
    past = past_days.look_back(desk.supervisor, past=PastDay(date.fromisoformat(on), axis))
    return {
        (case.number, case.status.value, case.due_on.isoformat() if case.due_on else "")
        for case in past.cases
    }


def test_a_past_day_shows_what_was_live_then(desk):
    case = desk.file("2026-03-02")
    desk.fetch(desk.answer(case, "2026-03-10"), "2026-03-10")
    desk.register("2026-03-16")

    was = {(case.number, "received", "2026-03-30")}
    assert look(desk, "2026-03-09", Axis.EVENTS) == was
    assert look(desk, "2026-03-09", Axis.ENTRIES) == was
    assert look(desk, "2026-03-12", Axis.EVENTS) == set()
    assert look(desk, "2026-03-01", Axis.EVENTS) == set()


def test_what_was_entered_late_shows_by_its_day_and_not_by_its_entry(desk):
    case = desk.register("2026-03-02")
    desk.ask_correction(case, "2026-03-04", served="2026-03-04")
    from requests_app.services import corrections

    corrections.answer(
        case.pk,
        text="2025年宝晶里小区改造",
        on=date(2026, 3, 9),
        actor=desk.clerk,
        at=moment("2026-03-12"),
    )

    assert look(desk, "2026-03-10", Axis.EVENTS) == {(case.number, "handling", "2026-04-07")}
    assert look(desk, "2026-03-10", Axis.ENTRIES) == {(case.number, "awaiting_correction", "")}
    assert look(desk, "2026-03-12", Axis.ENTRIES) == {(case.number, "handling", "2026-04-07")}


def test_what_was_voided_later_counted_then(desk):
    case = desk.register("2026-03-02")
    desk.ask_correction(case, "2026-03-04", served="2026-03-04")
    desk.correct(case, "2026-03-09")
    corrected = case.events.get(entry="corrected")
    entries.void(
        case.pk, seq=corrected.seq, reason="登记错了", actor=desk.clerk, at=moment("2026-03-12")
    )

    assert look(desk, "2026-03-10", Axis.EVENTS) == {(case.number, "awaiting_correction", "")}
    assert look(desk, "2026-03-10", Axis.ENTRIES) == {(case.number, "handling", "2026-04-07")}
    assert look(desk, "2026-03-12", Axis.ENTRIES) == {(case.number, "awaiting_correction", "")}


def test_a_case_is_counted_where_it_lay_then(desk):
    case = desk.register("2026-03-02")
    desk.assign(case, "2026-03-05")
    from requests_app.services import assignments

    assignments.send_back(case.pk, reason="不归我局", actor=desk.handler, at=moment("2026-03-06"))
    assignments.assign(
        case.pk,
        department_id=desk.finance.pk,
        clerk_id=desk.clerk_too.staff_id,
        actor=desk.clerk,
        at=moment("2026-03-09"),
    )

    def lay(on):
        past = past_days.look_back(desk.supervisor, past=PastDay(date.fromisoformat(on)))
        return [(each.department_id, each.clerk_id) for each in past.cases]

    assert lay("2026-03-04") == [(None, None)]
    assert lay("2026-03-05") == [(desk.housing.pk, None)]
    assert lay("2026-03-06") == [(None, None)]
    assert lay("2026-03-09") == [(desk.finance.pk, desk.clerk_too.staff_id)]


def test_a_past_day_reads_only_what_was_live(desk):
    for n in range(3):
        old = desk.file(f"2026-03-0{n + 2}")
        desk.fetch(desk.answer(old, "2026-03-10"), "2026-03-10")
    desk.register("2026-03-16")

    assert past_days.candidates(PastDay(date(2026, 3, 12))) == set()
    assert past_days.candidates(PastDay(date(2026, 3, 12), Axis.ENTRIES)) == set()
    assert len(past_days.candidates(PastDay(date(2026, 3, 9)))) == 3


def test_a_row_tells_how_the_dates_moved(desk):
    case = desk.register("2026-03-02")
    letter = desk.extend(case, "2026-03-20")
    desk.post(letter, "2026-03-20") if letter.status == "issued" else None
    rows = report_rows.of(
        [case.pk],
        on=date(2026, 4, 2),
        calendar=calendars.current(),
        readings=offices.readings(offices.settings(on=date(2026, 4, 2))),
    )
    letter.refresh_from_db()

    row = rows[case.pk]
    assert (row.original_due, row.due_on) == (date(2026, 3, 30), date(2026, 4, 28))
    assert (row.changes, row.grounds) == (1, (letter.number,))
    assert (row.net, row.gross) == (23, 23)
    assert (row.late_original, row.late) == (3, None)


def test_lists_are_paged_by_key(desk):
    made = [desk.register(f"2026-03-0{n}") for n in (2, 3, 4)]
    seen, key = [], ""
    for query in (Query(Figure.IN_HAND), Query(Figure.RECEIVED)):
        seen, key = [], ""
        while True:
            page = report_cases.page(
                desk.supervisor, query=query, day=day("2026-04-02"), after=key, size=1
            )
            seen += [case.pk for case in page.rows]
            key = page.next_key
            if not key:
                break
        assert sorted(seen) == [case.pk for case in made]


def test_a_key_nobody_made_is_refused(desk):
    asked = {"day": day("2026-04-02"), "after": "x"}

    for query in (Query(Figure.IN_HAND), Query(Figure.RECEIVED)):
        assert factories.refused(report_cases.page, desk.supervisor, query=query, **asked) == (
            "page_key",
        )
