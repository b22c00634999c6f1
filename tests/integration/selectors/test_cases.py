"""Whose a case is to see; and how its applicant finds it again."""

import pytest

from requests_app.adapters import crypto
from requests_app.domain.access import SYSTEM, Actor, Role
from requests_app.domain.errors import Refused
from requests_app.models import Case
from requests_app.selectors import cases
from requests_app.services import bodies
from tests.factories import code_of
from tests.offices import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(desk):
    """A case of the housing department, one of nobody's, one addressed to the government."""
    first = desk.file("2026-03-02")
    desk.assign(first, "2026-03-02")
    return [first, desk.file("2026-03-02"), desk.file("2026-03-02", body_code="government")]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("clerk", [0, 1, 2]),
        ("head", [0, 1, 2]),
        ("reviewer", [0, 1, 2]),
        ("supervisor", [0, 1, 2]),
        ("archivist", [0, 1, 2]),
        ("handler", [0]),
        ("handler_elsewhere", []),
        ("administrator", []),
    ],
)
def test_who_sees_which_cases(desk, three, who, seen):
    found = cases.visible_to(getattr(desk, who)).order_by("pk")

    assert list(found) == [three[each] for each in seen]


def test_a_handler_of_no_department_and_a_person_of_no_role_see_nothing(three):
    lost = Actor(frozenset({Role.HANDLER}), "承办", staff_id=1)
    nobody = Actor(frozenset(), "无岗位")

    assert not cases.visible_to(lost).exists()
    assert not cases.visible_to(nobody).exists()
    assert not cases.visible_to(SYSTEM).exists()


def test_a_handler_who_is_a_clerk_too_sees_all(desk, three):
    both = Actor(frozenset({Role.HANDLER, Role.CLERK}), "兼任", staff_id=1, department_id=None)

    assert cases.visible_to(both).count() == 3


def test_one_case_is_found_only_by_who_may_see_it(desk, three):
    assert cases.get_visible(desk.handler, case_id=three[0].pk) == three[0]
    with pytest.raises(Case.DoesNotExist):
        cases.get_visible(desk.handler, case_id=three[1].pk)


def test_number_and_code_open_the_case_they_belong_to(three):
    first, _, government = three
    assert first.number == government.number

    assert cases.find_by_code(number=f" {first.number} ", query_code=code_of(first)) == first
    assert cases.find_by_code(number=first.number, query_code=code_of(government)) == government
    assert cases.find_by_code(number=first.number, query_code=code_of(first).lower()) == first


def test_whatever_is_wrong_is_refused_in_the_same_words(three):
    first, second, _ = three
    wrong = [
        (first.number, code_of(second)),
        (first.number, ""),
        (first.number, "0" * 13),
        ("2026-9999", code_of(first)),
        ("", ""),
        ("' OR 1=1 --", code_of(first)),
    ]

    refusals = []
    for number, code in wrong:
        with pytest.raises(Refused) as refusal:
            cases.find_by_code(number=number, query_code=code)
        refusals.append(refusal.value.reasons)

    assert len(set(refusals)) == 1


def test_a_wrong_number_costs_one_comparison_as_a_wrong_code_does(three, monkeypatch):
    compared = []
    check = crypto.check_query_code

    def counted(typed, *, stored):
        compared.append(stored)
        return check(typed, stored=stored)

    monkeypatch.setattr(crypto, "check_query_code", counted)
    for number in ("2026-9999", three[1].number):
        with pytest.raises(Refused):
            cases.find_by_code(number=number, query_code="0" * 13)

    # Nobody's number: one; a number one case has: that one, and the one that always refuses.
    assert len(compared) == 3


def test_the_former_number_of_a_corrected_case_still_opens_it(desk, three):
    first = three[0]
    former, code = first.number, code_of(first)

    bodies.change(
        first.pk, body_code="government", reason="写的是市政府", actor=desk.clerk,
        at=moment("2026-03-03"),
    )  # fmt: skip

    assert Case.objects.get(pk=first.pk).number != former
    assert cases.find_by_code(number=former, query_code=code) == first
