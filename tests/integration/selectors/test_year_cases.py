"""A year led through the services: every cell of table 三, whatever happened to the cases later."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from requests_app.domain import annual_report
from requests_app.domain.annual_report import RESULT_ROWS, Column
from requests_app.domain.application import OrganisationType
from requests_app.domain.ledger import Entry
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.report_rows import ReportRow
from requests_app.models import Applicant, Case, Event
from requests_app.selectors import year_cases, year_figures
from requests_app.services import closings, entries, reasons
from tests import factories
from tests.factories import DISCLOSED, organisation, person
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

Ends = OutcomeCode
REASON = {"reason": "属于内部事务信息"}
SEARCH = {
    "search_scope": "文件库", "search_means": "关键词检索", "searched_on": "2026-03-05",
    "searched_by": "经办甲",
}  # fmt: skip
PARTIAL = DISCLOSED | {"withheld": "单价", "ground": "internal", "withheld_reason": "内部管理信息"}
P, B, R, W, L, X = (
    Column.PERSON, Column.BUSINESS, Column.RESEARCH, Column.WELFARE, Column.LEGAL, Column.OTHER,
)  # fmt: skip

#: Who asked, how it ended, with what; each line is one case of March 2026.
ANSWERED = [
    (P, Ends.ALREADY_PUBLIC, {"where_public": "市政府网站"}),
    (P, Ends.DISCLOSED, DISCLOSED),
    (B, Ends.DISCLOSED, DISCLOSED),
    (P, Ends.PARTIAL, PARTIAL),
    (R, Ends.CLASSIFIED, REASON | {"secret_level": "秘密", "secret_until": "2030-01-01"}),
    (W, Ends.BANNED, REASON | {"banning_law": "《统计法》第二十五条"}),
    (L, Ends.SAFETY, REASON),
    (X, Ends.INTERNAL, REASON),
    (P, Ends.PROCESS, REASON),
    (B, Ends.ENFORCEMENT, REASON),
    (R, Ends.OTHER_LAW, {
        "information_type": "不动产登记资料", "law_name": "《不动产登记暂行条例》",
        "where_to_go": "登记中心",
    }),
    (P, Ends.NOT_EXIST, SEARCH),
    (P, Ends.NOT_OURS, REASON | {"organ_unknown": "yes"}),
    (L, Ends.NOT_OURS, REASON | {"organ_name": "市住建局", "organ_contact": "0935-0000001"}),
    (W, Ends.NEEDS_PROCESSING, REASON),
    (P, Ends.PETITION, REASON),
    (X, Ends.REPEATED, {"earlier_on": "2025-06-02", "earlier_number": "金政办公开告〔2025〕8号"}),
    (P, Ends.PUBLICATION, {"publication": "《公报》2025年第3期", "where_to_get": "市图书馆"}),
    (B, Ends.RECONFIRMATION, REASON),
    (P, Ends.OTHER, {"finding": "查明", "answer_basis": "《条例》第二条", "handling": "不予处理"}),
]  # fmt: skip

#: Table 三 typed by hand, six columns of applicants; a row that is not here holds noughts.
EXPECTED = {
    # P, B, R, W, L, X
    "1": (17, 3, 2, 2, 3, 2),
    "2": (2, 1, 0, 0, 0, 0),
    "3.1": (3, 1, 0, 0, 0, 0),
    "3.2": (1, 0, 0, 0, 0, 0),
    "3.3.1": (0, 0, 1, 0, 0, 0),
    "3.3.2": (0, 0, 0, 1, 0, 0),
    "3.3.3": (0, 0, 0, 0, 1, 0),
    "3.3.4": (1, 0, 0, 0, 0, 0),
    "3.3.5": (0, 0, 0, 0, 0, 1),
    "3.3.6": (1, 0, 0, 0, 0, 0),
    "3.3.7": (0, 1, 0, 0, 0, 0),
    "3.3.8": (0, 0, 1, 0, 0, 0),
    "3.4.1": (2, 0, 0, 0, 1, 0),
    "3.4.2": (0, 0, 0, 1, 0, 0),
    "3.4.3": (1, 0, 0, 0, 0, 0),
    "3.5.1": (1, 0, 0, 0, 0, 0),
    "3.5.2": (0, 0, 0, 0, 0, 1),
    "3.5.3": (1, 0, 0, 0, 0, 0),
    "3.5.4": (1, 0, 0, 0, 0, 0),
    "3.5.5": (0, 1, 0, 0, 0, 0),
    "3.6.1": (1, 0, 0, 0, 0, 0),
    "3.6.2": (1, 0, 0, 0, 0, 0),
    "3.6.3": (4, 0, 0, 0, 0, 0),
    "3.7": (18, 3, 2, 2, 2, 2),
    "4": (1, 1, 0, 0, 1, 0),
}


def who(column):
    if column is P:
        return person()
    return organisation(organisation_type=OrganisationType(column.value))


@pytest.fixture
def year(desk):
    """2026, with two cases and one carried over from 2025, and three that go on into 2027."""
    early = desk.file("2025-12-22")
    desk.answer(early, "2026-01-05")
    waiting = desk.file("2025-12-23")
    desk.answer(waiting, "2026-01-09", outcome=Ends.OTHER, fields=ANSWERED[-1][2])
    over_two_years = desk.file("2025-12-24", applicant=who(B))
    finished_before = desk.file("2025-12-01")
    desk.answer(finished_before, "2025-12-31")
    # Ordered to answer again in 2026: a case counts once, in 2025.
    closings.reopen(
        finished_before.pk, on=date(2026, 2, 9), decision="金复决字〔2026〕1号",
        decided_on=date(2026, 2, 6),
        actor=desk.clerk, at=moment("2026-02-09"),
    )  # fmt: skip
    desk.answer(finished_before, "2026-02-12", outcome=Ends.INTERNAL, fields=REASON)

    for column, outcome, fields in ANSWERED:
        case = desk.file("2026-03-02", applicant=who(column))
        desk.answer(case, "2026-03-10", outcome=outcome, fields=fields)
    third_party(desk)
    unclear(desk)
    excessive(desk)
    lapsed_correction(desk)
    lapsed_fee(desk)
    withdrawn = desk.file("2026-03-02")
    closings.withdraw(
        withdrawn.pk, on=date(2026, 3, 3), reason="已查到", actor=desk.clerk,
        at=moment("2026-03-03"),
    )  # fmt: skip
    mended(desk)
    desk.file("2026-12-28")
    late = desk.file("2026-12-28", applicant=who(L))
    desk.answer(late, "2027-01-05")  # closed next year: carried over
    return over_two_years


def third_party(desk):
    case = desk.file("2026-03-02")
    consultation = desk.consult(case, "2026-03-05", served="2026-03-06")
    from requests_app.domain.consultations import Position
    from requests_app.services import consultations

    consultations.record_reply(
        consultation.pk, position=Position.REFUSES, reason="商业秘密", on=date(2026, 3, 9),
        actor=desk.clerk, at=moment("2026-03-09"),
    )  # fmt: skip
    fields = {"reason": "涉及商业秘密", "third_party_position": "第三方不同意公开"}
    desk.answer(case, "2026-03-10", outcome=Ends.THIRD_PARTY, fields=fields)


def unclear(desk):
    case = desk.file("2026-03-02")
    desk.ask_correction(case, "2026-03-04", served="2026-03-04")
    desk.correct(case, "2026-03-06")
    desk.answer(case, "2026-03-10", outcome=Ends.STILL_UNCLEAR, fields={"unclear_points": "项目"})


def excessive(desk):
    case = desk.file("2026-03-02")
    desk.ask_reasons(case, "2026-03-04")
    reasons.give(
        case.pk, text="用于研究", on=date(2026, 3, 6), actor=desk.clerk, at=moment("2026-03-06")
    )
    fields = REASON | {"reasons_asked_on": "2026-03-04"}
    desk.answer(case, "2026-03-10", outcome=Ends.EXCESSIVE, fields=fields)


def lapsed_correction(desk):
    case = desk.file("2026-03-02")
    desk.ask_correction(case, "2026-03-10", served="2026-03-12")
    desk.lapse(case, "2026-03-30")


def lapsed_fee(desk):
    case = desk.file("2026-05-08")
    desk.charge(case, "2026-05-20", served="2026-05-20")
    desk.lapse(case, "2026-06-18")


def mended(desk):
    """Answered, the answer's dispatch voided, then withdrawn: what was voided counts nowhere."""
    case = desk.file("2026-03-02", **factories.BY_POST)
    letter = desk.post(desk.answer(case, "2026-03-10"), "2026-03-10")
    assert letter.status == "dispatched"
    replied = case.events.get(entry="replied")
    entries.void(
        case.pk, seq=replied.seq, reason="误登记", actor=desk.clerk, at=moment("2026-03-11")
    )
    closings.withdraw(
        case.pk, on=date(2026, 3, 12), reason="已查到", actor=desk.clerk,
        at=moment("2026-03-12"),
    )  # fmt: skip


def numbers(cells):
    return {row.value: tuple(cells[row][column] for column in Column) for row in ReportRow}


def test_every_cell_of_the_year_is_what_was_counted_by_hand(year):
    cells = year_figures.live(2026).applications

    nought = (0,) * 6
    wanted = {row.value: EXPECTED.get(row.value, nought) for row in ReportRow}
    assert numbers(cells) == {row: (*line, sum(line)) for row, line in wanted.items()}
    assert annual_report.failures(cells) == ()


def test_a_year_begins_where_the_last_one_ended(year):
    before, this, after = (year_figures.live(each).applications for each in (2025, 2026, 2027))

    assert annual_report.carry_failures(this, last_year=before) == []
    assert annual_report.carry_failures(after, last_year=this) == []
    # Asked in December 2025 and never answered: carried over twice.
    places = {
        each: next(c for c in year_cases.of_year(each) if c.case_id == year.pk)
        for each in (2025, 2026, 2027)
    }
    assert [(c.came.value, c.went.value) for c in places.values()] == [
        ("1", "4"), ("2", "4"), ("2", "4"),
    ]  # fmt: skip


def test_wrong_records_and_merged_duplicates_are_no_applications(desk):
    desk.file("2026-03-02")
    wrong, merged = desk.file("2026-03-02"), desk.file("2026-03-02")
    Case.objects.filter(pk=wrong.pk).update(matter="amendment")
    Case.objects.filter(pk=merged.pk).update(status="merged", closed_on=date(2026, 3, 3))

    assert len(year_cases.of_year(2026)) == 1


def test_an_imported_case_without_outcome_or_kind_is_counted_where_it_fails(desk):
    case = desk.file("2026-03-02", applicant=organisation())
    Applicant.objects.filter(kind="organisation").update(organisation_type="")
    Event.objects.create(
        case=case, seq=90, entry="replied", on=date(2026, 3, 9), role="clerk",
        recorded_at=moment("2026-03-09"),
    )  # fmt: skip
    (found,) = year_cases.of_year(2026)

    assert (found.column, found.went) == (None, None)
    kinds = {
        failure.identity.value
        for failure in annual_report.failures(annual_report.tabulate([found]))
    }
    assert kinds == {"results", "columns"}


@pytest.mark.parametrize("cases", [1, 3])
def test_a_year_costs_the_same_however_many_cases(desk, django_assert_num_queries, cases):
    for _ in range(cases):
        desk.file("2026-03-02")

    with django_assert_num_queries(3):
        year_figures.live(2026)


DAYS = st.integers(0, 1000).map(lambda n: date.fromordinal(date(2024, 6, 1).toordinal() + n))
LIVES = st.lists(
    st.tuples(
        DAYS,
        st.sampled_from([P, B, R, W, L, X]),
        st.lists(
            st.tuples(
                st.integers(0, 400), st.sampled_from(list(Ends)), st.booleans(),
                st.sampled_from([Entry.REPLIED, Entry.LAPSED, Entry.WITHDRAWN]),
            ),
            max_size=3,
        ),
    ),
    max_size=8,
)  # fmt: skip


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(LIVES)
def test_any_years_of_any_cases_keep_every_identity(desk, lives):
    from django.db import transaction

    template = desk.file("2024-06-03")
    with transaction.atomic():
        Case.objects.filter(pk=template.pk).update(matter="amendment")
        for n, (received, column, ends) in enumerate(lives):
            store(template, n, received, column, ends)
        before = None
        for each in (2024, 2025, 2026, 2027, 2028):
            cells = year_figures.live(each).applications
            assert annual_report.failures(cells, last_year=before) == ()
            before = cells
        assert before[ReportRow.TOTAL][Column.TOTAL] + before[ReportRow.CARRIED_OUT][
            Column.TOTAL
        ] >= sum(1 for _, _, ends in lives if not [e for e in ends if not e[2]])
        transaction.set_rollback(True)


def store(template, n, received, column, ends):
    """Write a case and a ledger of closings straight to the tables; some of them voided."""
    import copy
    import uuid

    applicant = copy.copy(template.applicant)
    applicant.pk, applicant._state.adding = None, True
    applicant.seal_binding = uuid.uuid4()
    applicant.kind = "person" if column is P else "organisation"
    applicant.organisation_type = "" if column is P else column.value
    applicant.save()
    case = Case.objects.get(pk=template.pk)
    case.pk, case._state.adding = None, True
    case.applicant, case.number, case.matter = applicant, f"x-{n}", "disclosure"
    case.idempotency_key, case.received_on = uuid.uuid4(), received
    standing = [received.toordinal() + days for days, _, voided, _ in ends if not voided]
    # The stored closing day is that of the last closing; open again, or never closed, there is none.
    case.closed_on = date.fromordinal(max(standing)) if standing and n % 2 else None
    case.save()
    rows, seq = [], 1
    for days, outcome, voided, entry in ends:
        on = date.fromordinal(received.toordinal() + days)
        common = {"case": case, "on": on, "recorded_at": moment("2026-03-02"), "role": "clerk"}
        data = {"outcome": outcome.value if outcome.value in KNOWN else "other"}
        rows.append(Event(seq=seq, entry=entry.value, data=data, **common))
        if voided:
            rows.append(Event(seq=seq + 1, entry="voided", voids=seq, **common))
        seq += 2
    Event.objects.bulk_create(rows)


KNOWN = {each.value for each in OutcomeCode if annual_report.row_of(each.value) in RESULT_ROWS}
