"""取下一件: the most urgent case that nobody has goes to one clerk only."""

import pytest

from requests_app.services import picking
from tests.factories import refused
from tests.offices import moment

AT = moment("2026-03-12")


@pytest.mark.django_db
def test_the_most_urgent_case_without_a_clerk_is_taken(desk):
    desk.file("2026-03-09")
    urgent = desk.file("2026-03-02")
    desk.register("2026-02-24")  # older, but registered by a clerk, who has it

    taken = picking.take_next(actor=desk.clerk_too, at=AT)

    assert (taken.pk, taken.clerk_id) == (urgent.pk, desk.clerk_too.staff_id)
    assert taken.events.last().data["clerk"] == "经办乙"


@pytest.mark.django_db
def test_what_waits_for_the_applicant_is_no_work_to_pick_up(desk, quick_pdf):
    case = desk.file("2026-03-02")
    desk.ask_correction(case, "2026-03-04", served="2026-03-04")

    assert refused(picking.take_next, actor=desk.clerk_too, at=AT) == ("nothing_left",)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["head", "handler", "supervisor", "administrator"])
def test_only_clerks_take_the_next_case(desk, who):
    desk.file("2026-03-02")

    assert refused(picking.take_next, actor=getattr(desk, who), at=AT) == ("role",)
