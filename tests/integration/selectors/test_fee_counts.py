"""The items one person asked for in a calendar month, before this one."""

import pytest

from requests_app.domain.application import ApplicantKind
from requests_app.domain.identity import IdKind
from requests_app.models import Case, OfficeSettings
from requests_app.selectors import fee_counts
from requests_app.services.applications import PartnerGiven
from tests import factories

pytestmark = pytest.mark.django_db


def count(case):
    return fee_counts.items_before(Case.objects.select_related("applicant").get(pk=case.pk))


def test_items_add_up_within_the_calendar_month_in_the_order_of_receipt(desk):
    made = [desk.file(day) for day in ("2026-03-31", "2026-04-01", "2026-04-01", "2026-04-30")]
    Case.objects.filter(pk=made[1].pk).update(item_count=7)

    assert [count(case) for case in made] == [0, 0, 7, 8]


def test_a_case_registered_late_counts_by_its_day_of_receipt(desk):
    later = desk.file("2026-04-10")
    earlier = desk.register("2026-04-02", at="2026-04-13")

    assert (count(earlier), count(later)) == (0, 1)


def test_the_same_month_of_another_year_does_not_count(desk):
    desk.register("2025-04-14", at="2026-04-10")

    assert count(desk.file("2026-04-10")) == 0


def test_the_same_number_written_otherwise_is_the_same_person(desk):
    desk.file("2026-04-01", applicant=factories.person(name="陈向前"))
    spaced = " ".join(factories.OTHER_IDENTITY_NUMBER.lower())
    desk.file("2026-04-01", applicant=factories.person(identity_number=spaced))

    second = desk.file(
        "2026-04-02",
        applicant=factories.person(identity_number=factories.OTHER_IDENTITY_NUMBER),
    )

    assert count(second) == 1


def test_nothing_is_added_up_for_who_gave_no_number(desk):
    company = factories.organisation(identity_number="")
    desk.file("2026-04-01", applicant=company)

    assert count(desk.file("2026-04-02", applicant=company)) == 0


def test_a_company_is_found_by_its_code(desk):
    desk.file("2026-04-01", applicant=factories.organisation())

    assert count(desk.file("2026-04-02", applicant=factories.organisation())) == 1


def together(desk, day, *numbers, first=factories.IDENTITY_NUMBER):
    partners = tuple(
        PartnerGiven(
            kind=ApplicantKind.PERSON,
            name="李四",
            identity_kind=IdKind.RESIDENT_CARD,
            identity_number=number,
        )
        for number in numbers
    )
    return desk.file(day, applicant=factories.person(identity_number=first), partners=partners)


def test_a_joint_application_counts_for_each_of_those_who_made_it(desk):
    shared = together(desk, "2026-04-01", factories.OTHER_IDENTITY_NUMBER)
    Case.objects.filter(pk=shared.pk).update(item_count=6)

    first = desk.file("2026-04-02")
    second = desk.file(
        "2026-04-02",
        applicant=factories.person(identity_number=factories.OTHER_IDENTITY_NUMBER),
    )

    assert (count(first), count(second)) == (6, 6)


def test_of_several_applicants_the_lowest_count_holds_unless_the_office_reads_otherwise(desk):
    alone = desk.file("2026-04-01")
    Case.objects.filter(pk=alone.pk).update(item_count=40)
    shared = together(desk, "2026-04-02", factories.OTHER_IDENTITY_NUMBER)

    lowest = count(shared)
    OfficeSettings.objects.update(joint_fee_count="highest")

    assert [each.items for each in fee_counts.of_applicants(shared)] == [40, 0]
    assert (lowest, count(shared)) == (0, 40)


def test_a_joint_applicant_nobody_can_tell_apart_counts_as_none(desk):
    alone = desk.file("2026-04-01")
    Case.objects.filter(pk=alone.pk).update(item_count=40)
    shared = together(desk, "2026-04-02", factories.OTHER_IDENTITY_NUMBER)
    shared.co_applicants.update(identity_index="")

    assert [each.items for each in fee_counts.of_applicants(shared)] == [40, None]
    assert count(shared) == 0
