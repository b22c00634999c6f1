"""Reviews and suits led through the services: our day, what we filed, the result, table 四."""

from datetime import date

import pytest

from requests_app.domain.annual_remedies import Cell
from requests_app.domain.remedy_kinds import (
    FilingKind,
    Procedure,
    ProceedingKind,
    Result,
    Stage,
)
from requests_app.models import Proceeding, ProceedingFiling
from requests_app.selectors import proceedings as rows
from requests_app.selectors import year_cases, year_figures
from requests_app.services import closings, proceedings
from requests_app.services.proceedings import Decision, Papers
from tests.factories import refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def case(desk):
    case = desk.file("2026-02-02")
    desk.answer(case, "2026-02-09")
    return case


def papers(**changes):
    given = {
        "kind": ProceedingKind.REVIEW,
        "authority": "金昌市人民政府",
        "received_on": date(2026, 3, 2),
        "number": "金复受字〔2026〕9号",
        "procedure": Procedure.ORDINARY,
    }
    return Papers(**(given | changes))


def suit(**changes):
    given = {
        "kind": ProceedingKind.DIRECT_SUIT, "authority": "某某人民法院",
        "number": "（2026）甘行初1号", "procedure": None,
    }  # fmt: skip
    return papers(**(given | changes))


def register(desk, case, given=None, on="2026-03-03", **changes):
    return proceedings.register(
        case.pk,
        papers=given or papers(**changes),
        actor=changes.pop("actor", desk.clerk) if "actor" in changes else desk.clerk,
        at=moment(on),
    )


def file(desk, row, on="2026-03-10", kind=FilingKind.REPLY, proof="收件回执", **changes):
    given = {"actor": desk.clerk, "at": moment(on)}
    return proceedings.file(
        row.pk, kind=kind, on=date.fromisoformat(on), proof=proof, **(given | changes)
    )


def decide(desk, row, at="2026-04-30", **changes):
    given = {
        "result": Result.UPHELD, "on": date(2026, 4, 28), "served_on": date(2026, 4, 30),
        "number": "金复决字〔2026〕9号",
    }  # fmt: skip
    return proceedings.decide(
        row.pk, decision=Decision(**(given | changes)), actor=desk.clerk, at=moment(at)
    )


def notes(case):
    return [event.data["text"] for event in case.events.filter(entry="noted")]


def test_a_review_is_registered_with_our_day_and_told_in_the_ledger(desk, case):
    row = register(desk, case)

    assert (row.due_on, row.stage, row.claimant) == (date(2026, 3, 16), "pending", "陈向前")
    assert notes(case) == [
        "行政复议（金复受字〔2026〕9号）：2026-03-02收到副本，2026-03-16前提交书面答复和证据。"
    ]
    assert rows.count_owed(desk.clerk) == 1


def test_the_answer_stops_our_clock_and_a_voided_one_starts_it_again(desk, case):
    row = register(desk, case)
    filing = file(desk, row)
    row.refresh_from_db()
    stopped = (row.answered_on, rows.count_owed(desk.clerk))

    proceedings.void_filing(filing.pk, reason="寄错地址", actor=desk.clerk, at=moment("2026-03-11"))
    row.refresh_from_db()

    assert stopped == (date(2026, 3, 10), 0)
    assert (row.answered_on, rows.count_owed(desk.clerk)) == (None, 1)
    assert notes(case)[-1].endswith("的记录。寄错地址")


def test_a_late_answer_says_so(desk, case):
    row = register(desk, case)
    file(desk, row, "2026-03-17")

    assert "，超过期限（2026-03-16），凭据：收件回执" in notes(case)[-1]


def test_another_procedure_counts_our_days_anew(desk, case):
    row = register(desk, case)
    kept = proceedings.amend(
        row.pk, number="金复受字〔2026〕9号", procedure=Procedure.SUMMARY, stage=Stage.PENDING,
        actor=desk.clerk, at=moment("2026-03-04"),
    )  # fmt: skip

    assert kept.due_on == date(2026, 3, 9)


def test_a_suit_goes_through_its_instances_and_never_back(desk, case):
    row = register(desk, case, suit())

    def stage(to):
        return proceedings.amend(
            row.pk, number=row.number, procedure=None, stage=to, actor=desk.clerk,
            at=moment("2026-03-04"),
        )  # fmt: skip

    assert (row.due_on, row.stage, row.procedure) == (date(2026, 3, 17), "first_instance", "")
    assert stage(Stage.SECOND_INSTANCE).stage == "second_instance"
    assert refused(stage, Stage.FIRST_INSTANCE) == ("stage",)
    assert refused(stage, Stage.PENDING) == ("stage",)


def test_papers_that_cannot_be_are_refused(desk, case):
    assert refused(register, desk, case, procedure=None, authority=" ") == (
        "procedure", "authority",
    )  # fmt: skip
    assert refused(register, desk, case, received_on=date(2026, 3, 4)) == ("day_in_future",)
    assert refused(register, desk, case, received_on=date(2026, 1, 5)) == ("day_before_receipt",)
    assert refused(register, desk, case, authority="长" * 81) == ("authority",)
    assert Proceeding.objects.count() == 0


@pytest.mark.parametrize("who", ["handler", "supervisor", "head", "archivist", "administrator"])
def test_only_clerk_and_reviewer_lead_a_proceeding(desk, case, who):
    def register_as(person):
        return proceedings.register(case.pk, papers=papers(), actor=person, at=moment("2026-03-03"))

    assert refused(register_as, getattr(desk, who)) == ("role",)
    assert register_as(desk.reviewer).due_on == date(2026, 3, 16)


def test_a_filing_that_cannot_be_is_refused(desk, case):
    row = register(desk, case)

    assert refused(file, desk, row, "2026-02-27") == ("on",)
    assert refused(file, desk, row, "2026-03-10", at=moment("2026-03-09")) == ("on",)
    assert refused(file, desk, row, proof=" ") == ("proof",)
    assert refused(file, desk, row, kind=FilingKind.EVIDENCE) == ("kind",)
    assert refused(
        proceedings.void_filing, 0, reason="x", actor=desk.clerk, at=moment("2026-03-11")
    ) == ("no_such_filing",)
    assert refused(file, desk, Proceeding(pk=0)) == ("no_such_proceeding",)
    assert ProceedingFiling.objects.count() == 0


def test_a_decision_that_cannot_be_is_refused(desk, case):
    row = register(desk, case)

    assert refused(decide, desk, row, on=date(2026, 3, 1)) == ("result_on",)
    assert refused(decide, desk, row, served_on=date(2026, 4, 27)) == ("result_served_on",)
    assert refused(decide, desk, row, "2026-04-29") == ("result_served_on",)
    assert refused(decide, desk, row, number=" ") == ("result_number",)
    assert refused(decide, desk, row, orders_answer=True) == ("orders_answer",)
    assert refused(decide, desk, row, answer_days=20) == ("answer_days",)
    assert refused(
        decide, desk, row, result=Result.CORRECTED, orders_answer=True, answer_days=0
    ) == ("answer_days",)


def test_an_ended_proceeding_is_led_no_further_until_its_result_is_taken_back(desk, case):
    row = register(desk, case)
    decide(desk, row)

    assert refused(file, desk, row) == ("ended",)
    assert refused(decide, desk, row) == ("ended",)

    def take_back(reason):
        return proceedings.withdraw_decision(
            row.pk, reason=reason, actor=desk.clerk, at=moment("2026-05-06")
        )

    assert refused(take_back, " ") == ("reason",)
    kept = take_back("登记有误")
    assert (kept.result, kept.result_on, kept.result_number) == ("", None, "")
    assert refused(take_back, "再来") == ("no_result",)


def test_an_ordered_answer_leads_to_reopening_and_binds_the_result(desk, case):
    row = register(desk, case)
    decide(desk, row, result=Result.CORRECTED, orders_answer=True, answer_days=15)
    row.refresh_from_db()
    before = proceedings.reopening(row)
    closings.reopen(
        case.pk, on=date(2026, 4, 30), decision="金复决字〔2026〕9号", days=15,
        decided_on=date(2026, 4, 27),
        actor=desk.clerk, at=moment("2026-05-06"),
    )  # fmt: skip

    assert before is None
    assert proceedings.reopening(row) == case.events.get(entry="reopened").seq
    assert refused(
        proceedings.withdraw_decision, row.pk, reason="x", actor=desk.clerk,
        at=moment("2026-05-07"),
    ) == ("reopened",)  # fmt: skip


def test_a_voided_proceeding_counts_nowhere_and_stays_readable(desk, case):
    row = register(desk, case)
    proceedings.void(row.pk, reason="重复登记", actor=desk.clerk, at=moment("2026-03-04"))

    assert rows.count_owed(desk.clerk) == 0
    assert year_cases.proceedings_of_year(2026) == ()
    assert [each.void_reason for each in rows.of_case(case)] == ["重复登记"]
    assert refused(file, desk, row) == ("voided",)
    assert refused(
        proceedings.void, row.pk, reason="x", actor=desk.clerk, at=moment("2026-03-04")
    ) == ("voided",)


def test_table_four_counts_by_the_year_of_the_result_and_pending_at_each_end(desk, case):
    upheld = register(desk, case)
    decide(desk, upheld)
    corrected = register(desk, case, suit())
    decide(
        desk, corrected, "2027-02-03", result=Result.CORRECTED, on=date(2027, 1, 20),
        served_on=date(2027, 2, 2), number="（2027）甘行终1号",
    )  # fmt: skip
    register(desk, case, suit(kind=ProceedingKind.SUIT_AFTER_REVIEW))

    def table(year):
        cells = year_figures.live(year).remedies
        return [[line[cell] for cell in Cell] for line in cells.values()]

    assert table(2025) == [[0] * 5] * 3
    assert table(2026) == [[1, 0, 0, 0, 1], [0, 0, 0, 1, 1], [0, 0, 0, 1, 1]]
    assert table(2027) == [[0] * 5, [0, 1, 0, 0, 1], [0, 0, 0, 1, 1]]


def test_lists_are_paged_by_key_and_show_what_each_may_see(desk, case, monkeypatch):
    monkeypatch.setattr(rows, "PAGE_SIZE", 2)
    made = [register(desk, case, number=str(n)) for n in range(3)]

    first = rows.page(desk.clerk, tab="owed")
    second = rows.page(desk.clerk, tab="owed", after=first.next_key)

    assert [[row.pk for row in page.rows] for page in (first, second)] == [
        [made[0].pk, made[1].pk], [made[2].pk],
    ]  # fmt: skip
    assert second.next_key == ""
    assert refused(rows.page, desk.clerk, tab="owed", after="nonsense") == ("page_key",)
    assert [rows.count(person).owed for person in (desk.handler_elsewhere, desk.administrator)] == [
        0, 0,
    ]  # fmt: skip
    for row in made:
        decide(desk, row)
    ended = rows.page(desk.clerk, tab="ended")
    rest = rows.page(desk.clerk, tab="ended", after=ended.next_key)
    assert [row.pk for row in (*ended.rows, *rest.rows)] == [row.pk for row in reversed(made)]
    assert rows.page(desk.clerk, tab="pending").rows == ()
