"""Whether a guardian is needed, by day of birth or by what was said; names of those who apply together."""

from datetime import date

import pytest

from requests_app.domain import applicants, identity
from requests_app.domain.identity import IdKind

TODAY = date(2026, 3, 2)
CHILD = "629999201503040010"
GROWN = "629999199003078512"


@pytest.mark.parametrize(
    ("kind", "number", "born"),
    [
        (IdKind.RESIDENT_CARD, CHILD, date(2015, 3, 4)),
        (IdKind.RESIDENT_CARD, " 629999 20150304 0010", date(2015, 3, 4)),
        (IdKind.HMT_RESIDENCE, "810000201503040010", date(2015, 3, 4)),
        (IdKind.FOREIGN_RESIDENCE, "911124201503040010", date(2015, 3, 4)),
        (IdKind.FOREIGN_RESIDENCE, "CHN110015030412", None),
        (IdKind.RESIDENT_CARD, "62999920150304", None),
        (IdKind.RESIDENT_CARD, "629999201513040010", None),
        (IdKind.PASSPORT, "E12345678", None),
        (IdKind.OTHER, "629999201503040010", None),
    ],
)
def test_a_number_tells_the_day_of_birth_or_nothing(kind, number, born):
    assert identity.born_on(kind, number) == born


@pytest.mark.parametrize(
    ("people", "said", "needed"),
    [
        ([(IdKind.RESIDENT_CARD, CHILD)], False, True),
        ([(IdKind.RESIDENT_CARD, GROWN)], False, False),
        ([(IdKind.RESIDENT_CARD, GROWN)], True, False),
        ([(IdKind.PASSPORT, "E12345678")], False, False),
        ([(IdKind.PASSPORT, "E12345678")], True, True),
        ([(IdKind.RESIDENT_CARD, GROWN), (IdKind.RESIDENT_CARD, CHILD)], False, True),
        ([(IdKind.RESIDENT_CARD, "629999203003040010")], True, False),
        ([(None, "")], False, False),
        ([], True, False),
    ],
    ids=[
        "a child by number",
        "grown by number",
        "the number outweighs the tick",
        "another paper, nothing said",
        "another paper, said",
        "a child among those who apply together",
        "born in the future is a slip, told elsewhere",
        "no paper yet",
        "no person at all",
    ],
)
def test_a_guardian_is_needed_below_fourteen(people, said, needed):
    assert applicants.needs_guardian(people, today=TODAY, said_under_14=said) is needed


@pytest.mark.parametrize(("today", "needed"), [(date(2029, 3, 3), True), (date(2029, 3, 4), False)])
def test_the_fourteenth_birthday_ends_it(today, needed):
    people = [(IdKind.RESIDENT_CARD, CHILD)]

    assert applicants.needs_guardian(people, today=today, said_under_14=False) is needed


def test_letters_name_everybody_and_lists_count():
    assert applicants.all_names(["张三", "李四", "金昌某公司"]) == "张三、李四、金昌某公司"
    assert applicants.short_name("张三", count=1) == "张三"
    assert applicants.short_name("张三", count=3) == "张三等3人"
