"""A clerk's whole load passed on: one act, an entry in each case, or nothing at all."""

import pytest

from requests_app.models import Case
from requests_app.selectors import handovers as selector
from requests_app.services import absences, assignments, handovers
from tests.factories import refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

AT = moment("2026-03-10")


@pytest.fixture
def load(desk):
    """Three cases of the clerk, one of them answered and one put away; a fourth is another's."""
    found = [desk.register("2026-03-02") for _ in range(4)]
    for case, clerk in zip(found, [desk.clerk] * 3 + [desk.clerk_too], strict=True):
        assignments.assign(
            case.pk, department_id=None, clerk_id=clerk.staff_id, actor=desk.clerk, at=AT
        )
    desk.answer(found[1], "2026-03-10")
    Case.objects.filter(pk=found[2].pk).update(status="archived")
    return found


def hand_over(desk, **changes):
    given = {
        "from_id": desk.clerk.staff_id,
        "to_id": desk.clerk_and_head.staff_id,
        "reason": "岗位调整",
        "actor": desk.clerk,
        "at": AT,
    }
    return handovers.hand_over(**(given | changes))


def holders(cases):
    return [Case.objects.get(pk=case.pk).clerk_id for case in cases]


def test_everything_not_put_away_goes_over_with_an_entry_each(desk, load):
    done = hand_over(desk)

    old, new = desk.clerk.staff_id, desk.clerk_and_head.staff_id
    assert [case.pk for case in done] == [load[0].pk, load[1].pk]
    assert holders(load) == [new, new, old, desk.clerk_too.staff_id]
    assert {case.events.order_by("-seq").first().data["text"] for case in done} == {
        "移交：经办甲 → 兼任丁。岗位调整"
    }
    assert dict(selector.loads()) == {"兼任丁": 2, "经办乙": 1}


def test_the_head_hands_over_anybodys(desk, load):
    assert len(hand_over(desk, actor=desk.head)) == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "reason"),
        ({"to_id": "clerk"}, "taker"),
        ({"to_id": "handler"}, "taker"),
        ({"to_id": 10**6}, "taker"),
        ({"from_id": 10**6, "actor": "head"}, "giver"),
        ({"from_id": "clerk_and_head", "to_id": "clerk", "actor": "head"}, "giver"),
        ({"actor": "clerk_too"}, "giver"),
        ({"actor": "handler"}, "role"),
        ({"actor": "supervisor"}, "role"),
    ],
)
def test_a_hand_over_that_makes_no_sense_is_refused(desk, load, changes, code):
    given = {
        name: getattr(desk, value).staff_id if name.endswith("_id") else getattr(desk, value)
        for name, value in changes.items()
        if isinstance(value, str) and name != "reason"
    }

    assert refused(hand_over, desk, **(changes | given)) == (code,)
    assert holders(load)[:2] == [desk.clerk.staff_id] * 2


def test_to_who_is_on_leave_nothing_is_handed_over(desk, load):
    absences.record(
        person_id=desk.clerk_and_head.staff_id,
        first_on=AT.date(),
        last_on=AT.date(),
        cover_id=None,
        actor=desk.head,
        at=AT,
    )

    assert refused(hand_over, desk) == ("taker",)
