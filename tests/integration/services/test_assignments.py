"""A case goes to a department and a clerk, is signed for, comes back, gathers opinions."""

import pytest

from requests_app.domain.papers import PaperKind
from requests_app.models import Case, Department, StaffUser
from requests_app.selectors import cases
from requests_app.services import assignments
from tests import factories
from tests.factories import paper, refused, status
from tests.offices import moment

pytestmark = pytest.mark.django_db

AT = moment("2026-03-03")


def assign(desk, case, **changes):
    given = {"department_id": desk.housing.pk, "clerk_id": None, "actor": desk.clerk, "at": AT}
    return assignments.assign(case.pk, **(given | changes))


def holders(case):
    fresh = Case.objects.select_related("department", "clerk").get(pk=case.pk)
    return (
        fresh.department.code if fresh.department else "",
        fresh.clerk.username if fresh.clerk else "",
    )


def test_a_case_is_assigned_and_signed_for(desk):
    case = desk.file("2026-03-02")
    assign(desk, case)
    assigned = status(case)
    assignments.sign_for(case.pk, actor=desk.handler, at=AT)

    assert (assigned, status(case), holders(case)) == ("assigned", "handling", ("zjj", ""))
    assert [row[2] for row in factories.ledger_of(case)][-2:] == ["assigned", "signed_for"]


def test_naming_another_clerk_leaves_the_department_its_case(desk):
    case = desk.file("2026-03-02")
    assign(desk, case)

    assign(desk, case, department_id=None, clerk_id=desk.clerk_too.staff_id)

    assert (status(case), holders(case)) == ("assigned", ("zjj", "clerk-too"))


def test_a_case_sent_back_leaves_the_department(desk):
    case = desk.file("2026-03-02")
    desk.assign(case, "2026-03-03")

    assignments.send_back(case.pk, reason="不是我局制作", actor=desk.handler, at=AT)

    assert (status(case), holders(case)) == ("received", ("", ""))
    assert not cases.visible_to(desk.handler).exists()
    assert case.events.last().data == {"reason": "不是我局制作"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"department_id": None}, "nobody"),
        ({"department_id": 999_999}, "department"),
        ({"department_id": None, "clerk_id": 999_999}, "clerk"),
    ],
)
def test_an_assignment_to_nobody_is_refused(desk, changes, code):
    case = desk.file("2026-03-02")

    assert refused(assign, desk, case, **changes) == (code,)


@pytest.mark.parametrize("who", ["supervisor", "handler", "administrator", "head"])
def test_only_a_clerk_is_named_as_clerk(desk, who):
    case = desk.file("2026-03-02")
    person = getattr(desk, who).staff_id

    assert refused(assign, desk, case, department_id=None, clerk_id=person) == ("clerk",)


def test_a_closed_account_or_department_gets_no_case(desk):
    case = desk.file("2026-03-02")
    StaffUser.objects.filter(pk=desk.clerk_too.staff_id).update(is_active=False)
    Department.objects.filter(pk=desk.finance.pk).update(valid_to="2026-03-02")

    assert refused(assign, desk, case, clerk_id=desk.clerk_too.staff_id) == ("clerk",)
    assert refused(assign, desk, case, department_id=desk.finance.pk) == ("department",)


def test_only_the_own_department_signs_for_a_case(desk):
    case = desk.file("2026-03-02")
    assign(desk, case)

    assert refused(assignments.sign_for, case.pk, actor=desk.handler_elsewhere, at=AT) == (
        "no_such_case",
    )
    assert refused(assignments.sign_for, case.pk, actor=desk.clerk, at=AT) == ("role",)


def test_a_case_is_signed_for_once(desk):
    case = desk.file("2026-03-02")
    desk.assign(case, "2026-03-03")

    assert refused(assignments.sign_for, case.pk, actor=desk.handler, at=AT) == ("status",)


def test_a_return_needs_its_reason(desk):
    case = desk.file("2026-03-02")
    desk.assign(case, "2026-03-03")

    assert refused(assignments.send_back, case.pk, reason=" ", actor=desk.handler, at=AT) == (
        "reason",
    )


def test_an_opinion_is_kept_with_its_paper(desk):
    case = desk.file("2026-03-02")
    desk.assign(case, "2026-03-03")

    event = assignments.give_opinion(
        case.pk,
        text="同意公开",
        files=(paper(PaperKind.OPINION, "意见.jpg"),),
        actor=desk.handler,
        at=AT,
    )

    assert (event.data, event.role) == ({"text": "同意公开", "by": "承办戊"}, "handler")
    kept = case.attachments.get(kind="opinion")
    assert (kept.name, kept.added_by_id) == ("意见.jpg", desk.handler.staff_id)
    assert status(case) == "handling"


def test_an_opinion_without_words_is_refused(desk):
    case = desk.file("2026-03-02")

    assert refused(assignments.give_opinion, case.pk, text="", actor=desk.reviewer, at=AT) == (
        "text",
    )
