"""A wrong day of receipt is put right, and every date with it."""

from datetime import date

import pytest

from requests_app.services import letters, receipts
from tests import factories
from tests.factories import due, printed, refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


def correct(desk, case, on, *, at="2026-03-06", reason="签收簿写的是另一天", actor=None):
    return receipts.correct(
        case.pk, on=date.fromisoformat(on), reason=reason, actor=actor or desk.clerk, at=moment(at)
    )


@pytest.fixture
def case(desk):
    return desk.register("2026-03-02", at="2026-03-05")


def test_an_earlier_day_of_receipt_brings_every_date_forward(desk, case):
    desk.extend(case, "2026-03-05")
    before = due(case)

    correct(desk, case, "2026-02-27")

    # 02-28 works: 20 days end 03-26; 20 more 04-24.
    assert (before, due(case)) == ("2026-04-28", "2026-04-24")
    assert factories.stored(case)["received_on"] == date(2026, 2, 27)
    assert [row[1:3] for row in factories.ledger_of(case)][-3:] == [
        ("2026-03-06", "voided"),
        ("2026-02-27", "received"),
        ("2026-03-06", "letter_issued"),
    ]


def test_the_applicant_gets_a_receipt_that_is_right(desk, case):
    correct(desk, case, "2026-03-03")
    letters.render_due(at=moment("2026-03-06"))

    first, second = case.letters.filter(kind="receipt").order_by("pk")
    assert (first.number, second.number, second.status) == (
        "金政办公开受〔2026〕1号",
        "金政办公开受〔2026〕2号",
        "dispatched",
    )
    assert "最晚答复日为2026年3月31日" in printed(second)


@pytest.mark.parametrize(
    ("on", "changes", "code"),
    [
        ("2026-03-02", {}, "on"),
        ("2026-03-07", {}, "on"),
        ("2026-03-03", {"reason": " "}, "reason"),
    ],
)
def test_a_day_that_cannot_be_is_refused(desk, case, on, changes, code):
    assert refused(correct, desk, case, on, **changes) == (code,)
    assert due(case) == "2026-03-30"


def test_a_day_after_something_was_done_is_refused(desk, case):
    desk.ask_correction(case, "2026-03-05")

    assert refused(correct, desk, case, "2026-03-06") == ("on",)
    correct(desk, case, "2026-03-05")
    assert factories.stored(case)["received_on"] == date(2026, 3, 5)


def test_only_clerks_put_a_receipt_right(desk, case):
    assert refused(correct, desk, case, "2026-03-03", actor=desk.head) == ("role",)


def test_where_no_period_runs_there_is_no_day_to_tell(desk, case):
    desk.ask_correction(case, "2026-03-05", served="2026-03-05")

    correct(desk, case, "2026-03-04")

    assert case.letters.filter(kind="receipt").count() == 1
    assert factories.stored(case)["received_on"] == date(2026, 3, 4)
