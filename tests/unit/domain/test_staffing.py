"""Who is told: by name, by role, by cover; nobody is left unasked."""

import pytest

from requests_app.domain.access import Role
from requests_app.domain.escalation import Post
from requests_app.domain.staffing import Duty, Person, Staffing, told

CLERK, OTHER, HANDLER, HEAD, SUPERVISOR, ADMIN, LEADER, DEPUTY = range(1, 9)
HOUSING = 7

PEOPLE = {
    each.id: each
    for each in (
        Person(CLERK, frozenset({Role.CLERK})),
        Person(OTHER, frozenset({Role.CLERK})),
        Person(HANDLER, frozenset({Role.HANDLER}), HOUSING),
        Person(HEAD, frozenset({Role.HEAD})),
        Person(SUPERVISOR, frozenset({Role.SUPERVISOR})),
        Person(ADMIN, frozenset({Role.ADMINISTRATOR})),
        Person(LEADER, frozenset({Role.HANDLER}), 8),
        Person(DEPUTY, frozenset({Role.CLERK})),
    )
}
DUTIES = {(HOUSING, Duty.LEADER): (LEADER,), (None, Duty.DEPUTY): (DEPUTY,)}


def ask(post, *, clerk=CLERK, department=HOUSING, away=None, duties=DUTIES, people=PEOPLE):
    staffing = Staffing(people=people, duties=duties, away=away or {})
    return told(post, clerk_id=clerk, department_id=department, staffing=staffing)


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        (Post.HANDLER, (CLERK, HANDLER)),
        (Post.HEAD, (HEAD,)),  # nobody is named head of the department: the working body's
        (Post.SUPERVISOR, (SUPERVISOR,)),
        (Post.LEADER, (LEADER,)),
        (Post.DEPUTY_LEADER, (DEPUTY,)),  # nobody is named: the deputy
        (Post.OFFICE, (HEAD, SUPERVISOR)),
    ],
)
def test_who_is_told_in_which_capacity(post, expected):
    assert ask(post) == expected


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        ({CLERK: OTHER}, (OTHER, HANDLER)),
        ({CLERK: None}, (HANDLER,)),
        ({CLERK: HANDLER}, (HANDLER,)),
        ({CLERK: OTHER, OTHER: HEAD}, (HEAD, HANDLER)),
        ({CLERK: None, HANDLER: None}, (DEPUTY,)),
        ({CLERK: None, HANDLER: None, DEPUTY: None}, (SUPERVISOR,)),
        ({CLERK: None, HANDLER: None, DEPUTY: None, SUPERVISOR: None}, (HEAD,)),
        ({CLERK: OTHER, OTHER: CLERK, HANDLER: None}, (DEPUTY,)),  # two cover each other
    ],
)
def test_who_stands_in_for_who_is_away(away, expected):
    assert ask(Post.HANDLER, away=away) == expected


def test_a_case_nobody_holds_goes_to_the_deputy_then_to_the_supervisor():
    assert ask(Post.HANDLER, clerk=None, department=None) == (DEPUTY,)
    assert ask(Post.HANDLER, clerk=None, department=None, duties={}) == (SUPERVISOR,)


def test_a_closed_account_is_nobody():
    people = {pk: person for pk, person in PEOPLE.items() if pk != CLERK}

    assert ask(Post.HANDLER, department=None, people=people) == (DEPUTY,)


def test_only_an_empty_office_gives_nobody():
    assert ask(Post.HANDLER, people={}) == ()
