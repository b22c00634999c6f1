"""What a notice on public holidays must look like."""

from datetime import date

import pytest

from requests_app.domain import calendar_notices
from requests_app.domain.calendar_notices import DayGiven
from requests_app.domain.errors import Refused
from requests_app.domain.workdays import DayChange, DayKind

NUMBER = "国办发明电〔2026〕99号"
PUBLISHED = date(2026, 11, 10)


def change(on: str, kind: DayKind = DayKind.HOLIDAY, published: date = PUBLISHED) -> DayChange:
    return DayChange(date.fromisoformat(on), kind, "元旦", NUMBER, published)


def test_changes_from_typed_days():
    days = [DayGiven(date(2027, 1, 1), DayKind.HOLIDAY, "元旦")]

    assert calendar_notices.changes(NUMBER, published_on=PUBLISHED, days=days) == (
        DayChange(date(2027, 1, 1), DayKind.HOLIDAY, "元旦", NUMBER, PUBLISHED),
    )


def test_changes_name_every_make_up_day_on_a_weekday():
    days = [
        DayGiven(date(2027, 1, 4), DayKind.MAKEUP, "元旦"),
        DayGiven(date(2027, 1, 5), DayKind.MAKEUP, "元旦"),
    ]

    with pytest.raises(Refused) as refusal:
        calendar_notices.changes(NUMBER, published_on=PUBLISHED, days=days)

    assert refusal.value.codes == ("makeup_on_weekday", "makeup_on_weekday")


def test_year_of_a_notice_is_the_last_year_it_names():
    assert calendar_notices.year_of([change("2026-12-31"), change("2027-01-01")]) == 2027


@pytest.mark.parametrize(
    ("notice", "codes"),
    [
        ([change("2026-12-31"), change("2027-01-01")], []),
        ([], ["notice_empty"]),
        ([change("2026-11-30")], ["year_unknown"]),
        ([change("2028-01-01")], ["year_unknown"]),
        ([change("2027-01-01"), change("2027-01-01")], ["day_repeated"]),
        # A make-up day taken back and named off by the same notice: 2020-02-01.
        ([change("2027-01-02", DayKind.CANCEL_MAKEUP), change("2027-01-02")], []),
        ([change("2027-01-01", published=date(2024, 11, 10))], ["published_year"]),
        (
            [
                change("2029-01-01"),
                change("2030-01-01"),
                change("2027-01-01"),
                change("2027-01-01"),
            ],
            ["year_unknown", "year_unknown", "day_repeated"],
        ),
    ],
)
def test_problems_of_a_notice_for_2027(notice, codes):
    found = calendar_notices.problems(notice, year=2027)

    assert [reason.code for reason in found] == codes
