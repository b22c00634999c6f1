"""Numbers run without a gap, one series for each body, kind and year."""

import pytest
from django.db import transaction

from requests_app.domain.numbering import Series
from requests_app.models import IssuingBody, NumberSeries
from requests_app.services import numbers

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(desk):
    return IssuingBody.objects.get(code="office")


def test_each_series_body_and_year_counts_from_one(desk, office):
    government = IssuingBody.objects.get(code="government")

    found = [
        numbers.draw_case_number(office, year=2026),
        numbers.draw_case_number(office, year=2026),
        numbers.draw_case_number(office, year=2027),
        numbers.draw_case_number(government, year=2026),
        numbers.draw_letter_number(office, series=Series.ANSWER, year=2026),
        numbers.draw_letter_number(office, series=Series.ANSWER, year=2026),
        numbers.draw_letter_number(office, series=Series.CORRECTION, year=2026),
        numbers.draw_letter_number(government, series=Series.ANSWER, year=2026),
    ]

    assert found == [
        "2026-0001",
        "2026-0002",
        "2027-0001",
        "2026-0001",
        "金政办公开告〔2026〕1号",
        "金政办公开告〔2026〕2号",
        "金政办公开补〔2026〕1号",
        "金政公开告〔2026〕1号",
    ]


def test_a_number_drawn_for_nothing_is_drawn_again(desk, office):
    with transaction.atomic():
        numbers.draw_case_number(office, year=2026)
        transaction.set_rollback(True)

    assert numbers.draw_case_number(office, year=2026) == "2026-0001"
    assert NumberSeries.objects.get(series="case").last == 1


def test_the_ten_thousandth_case_has_five_digits(desk, office):
    NumberSeries.objects.create(body=office, series="case", year=2026, last=9999)

    assert numbers.draw_case_number(office, year=2026) == "2026-10000"
