"""The archive's own rules, as DA/T 22-2015 and the guide's list (五) state them."""

from datetime import date

import pytest

from requests_app.domain import archiving
from requests_app.domain.archiving import FileKind, FileNumber, LendingKind, Retention
from requests_app.domain.dossier import Item, Section, Source
from requests_app.domain.errors import Reason
from requests_app.domain.matters import Matter


def number(**changes):
    given = {
        "fonds": "Z109", "category": "WS", "year": 2026, "retention": Retention.THIRTY_YEARS,
        "unit": "BGS", "item": 1,
    }  # fmt: skip
    return FileNumber(**(given | changes))


def test_a_file_number_is_written_as_the_standard_has_it():
    assert str(number()) == "Z109-WS·2026-D30-BGS-0001"
    assert str(number(retention=Retention.PERMANENT, item=12)) == "Z109-WS·2026-Y-BGS-0012"
    assert str(number(fonds="", item=12345)) == "WS·2026-D30-BGS-12345"


@pytest.mark.parametrize(
    "changes",
    [{"item": 0}, {"unit": ""}, {"unit": "办公室"}, {"category": "ws"}, {"fonds": "Z-109"}, {"unit": "A" * 11}],
    ids=["no-item", "no-unit", "words", "small", "dash", "long"],
)  # fmt: skip
def test_parts_that_make_no_number_are_refused(changes):
    with pytest.raises(ValueError, match="code|number"):
        number(**changes)


def test_each_wrong_code_is_named():
    found = archiving.against_codes(fonds="全宗", category="", unit="BGS")

    assert [(reason.code, reason.citation) for reason in found] == [
        ("fonds_number", "DA/T 22-2015"),
        ("category_code", "DA/T 22-2015"),
    ]


@pytest.mark.parametrize(
    ("matter", "answered", "disputed", "kind"),
    [
        (Matter.DISCLOSURE, True, False, FileKind.ANSWERED),
        (Matter.DISCLOSURE, False, False, FileKind.ENDED),
        (Matter.DISCLOSURE, True, True, FileKind.DISPUTED),
        (Matter.DISCLOSURE, False, True, FileKind.DISPUTED),
        (Matter.AMENDMENT, True, False, FileKind.AMENDMENT),
        (Matter.AMENDMENT, True, True, FileKind.DISPUTED),
    ],
)
def test_a_dispute_outweighs_the_rest(matter, answered, disputed, kind):
    assert archiving.kind_of(matter=matter, answered=answered, disputed=disputed) is kind


@pytest.mark.parametrize(
    ("retention", "last"),
    [
        (Retention.PERMANENT, None),
        (Retention.THIRTY_YEARS, date(2056, 12, 31)),
        (Retention.TEN_YEARS, date(2036, 12, 31)),
    ],
)
def test_a_period_counts_in_years_from_the_next_first_of_january(retention, last):
    assert archiving.kept_until(2026, retention) == last


def test_the_list_is_the_guides_and_every_lack_stands_on_one_line():
    items = [
        Item(Section.APPLICATION, "申请表", date(2026, 3, 2), Source.PAPER, "1"),
        Item(Section.APPLICATION, "信封", date(2026, 3, 2), Source.PAPER, "2"),
        Item(Section.DEADLINE, "期限说明", date(2026, 3, 2), Source.MADE, "deadline"),
    ]
    missing = (
        Reason("authorisation", "没有授权委托书。"),
        Reason("legal_opinion", "没有意见。"),
        Reason("proof", "凭据不够。"),
    )

    lines = archiving.checklist(items, missing=missing)

    assert [line.label for line in lines] == [
        "申请表（含信封）", "证件及其他证明材料", "申请人提供的其他材料", "接收回执", "补正",
        "第三方意见征询", "办理单", "其他行政机关的协办意见", "法律顾问咨询建议书、审查意见",
        "答复书及附件", "邮寄单据及签收单据", "查阅和借阅记录",
    ]  # fmt: skip
    assert {line.section: line.held for line in lines if line.held} == {Section.APPLICATION: 2}
    assert {
        line.section: ([reason.code for reason in line.lacks], line.compulsory)
        for line in lines
        if line.lacks
    } == {
        Section.IDENTITY: (["authorisation"], True),
        Section.LEGAL_OPINION: (["legal_opinion"], False),
        Section.DELIVERY: (["proof"], True),
    }


def test_an_opinion_not_every_case_has_stands_in_nobodys_way():
    missing = (Reason("legal_opinion", "没有意见。"), Reason("receipt", "没有回执。"))

    assert [reason.code for reason in archiving.compulsory(missing)] == ["receipt"]


@pytest.mark.parametrize(
    ("kind", "out", "due", "codes"),
    [
        (LendingKind.LENDING, date(2026, 3, 12), date(2026, 3, 22), []),
        (LendingKind.READING, date(2026, 3, 12), None, []),
        (LendingKind.LENDING, date(2026, 3, 12), None, ["due_on"]),
        (LendingKind.LENDING, date(2026, 3, 13), date(2026, 3, 22), ["out_on"]),
        (LendingKind.LENDING, date(2026, 3, 12), date(2026, 3, 11), ["due_on"]),
    ],
)
def test_what_stands_against_a_lending(kind, out, due, codes):
    found = archiving.against_lending(kind, out_on=out, due_on=due, today=date(2026, 3, 12))

    assert [reason.code for reason in found] == codes


@pytest.mark.parametrize(
    ("due", "returned", "days"),
    [
        (date(2026, 3, 12), None, 0),
        (date(2026, 3, 11), None, 1),
        (date(2026, 3, 1), date(2026, 3, 9), 0),
        (None, None, 0),
    ],
)
def test_a_file_is_overdue_from_the_day_after(due, returned, days):
    assert archiving.overdue_days(due_on=due, returned_on=returned, today=date(2026, 3, 12)) == days


@pytest.mark.parametrize(
    ("closed", "months", "due"),
    [
        (date(2026, 3, 10), 6, date(2026, 9, 10)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 10, 31), 2, date(2026, 12, 31)),
        (date(2026, 3, 10), 0, date(2026, 3, 10)),
    ],
)
def test_scans_are_due_after_calendar_months(closed, months, due):
    assert archiving.scans_due_on(closed, months=months) == due
