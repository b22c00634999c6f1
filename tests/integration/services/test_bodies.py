"""更正受文机关: the body changes, the number follows, and the applicant still gets in."""

import pytest

from requests_app.domain.access import APPLICANT
from requests_app.selectors import cases
from requests_app.services import bodies, entries, filing
from tests import factories
from tests.factories import refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

WHY = "申请的是市政府文件"


def change(desk, case, *, body_code="government", on="2026-03-03", actor=None, reason=WHY):
    return bodies.change(
        case.pk, body_code=body_code, reason=reason, actor=actor or desk.clerk, at=moment(on)
    )


def where(case):
    case.refresh_from_db()
    return case.body.code, case.number, case.former_number


@pytest.fixture
def filed(desk):
    """The second application to the office; nobody has written to the government yet."""
    desk.file("2026-03-02")
    return filing.file_online(factories.application(), at=moment("2026-03-02"))


def test_the_case_draws_a_number_of_its_new_body(desk, filed):
    event = change(desk, filed.case)

    assert where(filed.case) == ("government", "2026-0001", "2026-0002")
    assert event.data == {
        "from": "office",
        "to": "government",
        "reason": WHY,
        "former": "2026-0002",
        "number": "2026-0001",
    }


def test_both_numbers_open_the_case_with_the_code(desk, filed):
    change(desk, filed.case)

    for number in ("2026-0001", "2026-0002"):
        assert cases.find_by_code(number=number, query_code=filed.query_code) == filed.case


def test_going_back_takes_the_first_number_again(desk, filed):
    change(desk, filed.case)

    change(desk, filed.case, body_code="office", on="2026-03-04")

    assert where(filed.case) == ("office", "2026-0002", "2026-0001")


def test_voiding_the_change_puts_body_and_number_back(desk, filed):
    event = change(desk, filed.case)

    entries.void(
        filed.case.pk, seq=event.seq, reason="看错了", actor=desk.clerk, at=moment("2026-03-04")
    )

    assert where(filed.case) == ("office", "2026-0002", "2026-0001")
    assert cases.find_by_code(number="2026-0001", query_code=filed.query_code) == filed.case


def test_the_same_body_is_refused(desk, filed):
    assert refused(change, desk, filed.case, body_code="office") == ("body_code",)


def test_an_unknown_body_is_refused(desk, filed):
    assert refused(change, desk, filed.case, body_code="province") == ("body_code",)


def test_a_change_without_a_reason_is_refused(desk, filed):
    assert refused(change, desk, filed.case, reason=" ") == ("reason",)


def test_the_applicant_changes_nothing(desk, filed):
    assert refused(change, desk, filed.case, actor=APPLICANT) == ("role",)
