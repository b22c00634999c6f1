"""Paper, fax and oral applications: the day of receipt follows from the channel (条例 31)."""

from datetime import date

import pytest

from requests_app.domain.application import Arrival, Channel
from requests_app.models import Attachment, Case
from requests_app.services import intake
from tests import factories
from tests.factories import application, refused
from tests.offices import moment

pytestmark = pytest.mark.django_db


def arrival(channel, arrived="2026-03-02", confirmed="", how=""):
    return Arrival(
        channel,
        date.fromisoformat(arrived),
        date.fromisoformat(confirmed) if confirmed else None,
        how,
    )


@pytest.mark.parametrize(
    ("came", "received_on", "due_on"),
    [
        (arrival(Channel.COUNTER), "2026-03-02", "2026-03-30"),
        (arrival(Channel.MAIL_SIGNED), "2026-03-02", "2026-03-30"),
        (arrival(Channel.MAIL_UNSIGNED, confirmed="2026-03-03", how="电话，本人"), "2026-03-03", "2026-03-31"),
        (arrival(Channel.FAX, confirmed="2026-03-04", how="电话，本人"), "2026-03-04", "2026-04-01"),
    ],
)  # fmt: skip
def test_the_day_of_receipt_follows_from_the_channel(desk, came, received_on, due_on):
    case = desk.register("2026-03-05", came)

    assert (case.received_on.isoformat(), factories.due(case)) == (received_on, due_on)
    assert case.events.first().data["arrived_on"] == "2026-03-02"
    assert case.arrived_at == moment("2026-03-02", "00:00")
    assert (case.created_at, case.confirmed_how) == (moment("2026-03-05"), came.confirmed_how)
    assert case.clerk_id == desk.clerk.staff_id


@pytest.mark.parametrize(
    ("came", "code"),
    [
        (arrival(Channel.COUNTER, "2026-03-06"), "arrived_in_future"),
        (arrival(Channel.COUNTER, "2025-03-03"), "arrived_long_ago"),
        (arrival(Channel.COUNTER, "1900-01-02"), "arrived_long_ago"),
        (arrival(Channel.FAX), "confirmation_missing"),
        (arrival(Channel.FAX, confirmed="2026-03-03", how=" "), "confirmation_missing"),
        (arrival(Channel.FAX, confirmed="2026-03-01", how="电话"), "confirmation_out_of_order"),
        (arrival(Channel.FAX, confirmed="2026-03-06", how="电话"), "confirmation_out_of_order"),
        (arrival(Channel.ONLINE), "channel"),
        (arrival(Channel.ORAL), "filled_by_staff_reason"),
    ],
)
def test_an_arrival_that_cannot_be_is_refused(desk, came, code):
    assert refused(desk.register, "2026-03-05", came) == (code,)
    assert Case.objects.count() == 0


def test_an_oral_application_is_written_down_with_the_reason(desk):
    case = intake.register(
        application(files=()),
        arrival=arrival(Channel.ORAL),
        filled_by_staff_reason="视力障碍，已宣读核对",
        identity_verified=True,
        actor=desk.clerk,
        at=moment("2026-03-02"),
    ).case

    assert (case.channel, case.filled_by_staff_reason) == ("oral", "视力障碍，已宣读核对")


def test_a_paper_that_nobody_saw_needs_its_copy(desk):
    assert refused(
        intake.register,
        application(files=()),
        arrival=arrival(Channel.COUNTER),
        actor=desk.clerk,
        at=moment("2026-03-02"),
    ) == ("identity_paper",)


@pytest.mark.parametrize("who", ["head", "handler", "supervisor", "administrator"])
def test_only_clerks_register(desk, who):
    assert refused(
        intake.register,
        application(),
        arrival=arrival(Channel.COUNTER),
        actor=getattr(desk, who),
        at=moment("2026-03-02"),
    ) == ("role",)


def test_the_same_form_twice_is_one_case(desk):
    given = application()
    twice = [
        intake.register(
            given, arrival=arrival(Channel.COUNTER), actor=desk.clerk, at=moment("2026-03-02")
        )
        for _ in range(2)
    ]

    assert [filed.repeated for filed in twice] == [False, True]
    assert (Case.objects.count(), Attachment.objects.count()) == (1, 1)
    assert twice[0].query_code == twice[1].query_code


def test_an_application_of_last_year_counts_in_last_years_series(desk):
    first = desk.register("2025-12-30", at="2026-01-05")
    second = desk.register("2026-01-05")

    assert (first.number, second.number) == ("2025-0001", "2026-0001")
    assert first.due_on == date(2026, 1, 28)


def test_an_overlong_tracking_number_is_refused(desk):
    assert refused(
        intake.register,
        application(),
        arrival=arrival(Channel.MAIL_SIGNED),
        tracking_number="1" * 41,
        actor=desk.clerk,
        at=moment("2026-03-02"),
    ) == ("tracking_number",)
