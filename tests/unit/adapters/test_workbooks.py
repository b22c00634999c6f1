"""Workbooks, read back by the library that wrote them."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from requests_app.adapters import workbooks
from requests_app.domain.workbooks import Workbook, WorkCell, Worksheet

C = WorkCell


def read(book):
    return openpyxl.load_workbook(io.BytesIO(workbooks.write(book)))


def book(*rows, **changes):
    sheet = Worksheet("表三", rows, (20, 8, 8), **changes)
    return Workbook("年度报告", "某机关", (sheet,), stamp=("查询：全部",))


def test_cells_stand_where_the_spans_leave_room():
    made = read(
        book(
            (C("组", rows=2, head=True), C("名"), C(1)),
            (C("又"), C(Decimal("2.50"))),
            (C("合计", columns=2), C(date(2026, 3, 2))),
            repeat=1,
        )
    )
    paper = made["表三"]

    assert [[cell.value for cell in row] for row in paper.iter_rows()] == [
        ["组", "名", 1],
        [None, "又", 2.5],
        ["合计", None, paper["C3"].value],
    ]
    assert paper["C3"].value.date() == date(2026, 3, 2)
    assert sorted(str(each) for each in paper.merged_cells.ranges) == ["A1:A2", "A3:B3"]
    assert paper.freeze_panes == "A2"
    assert [row[0].value for row in made["说明"].iter_rows()] == ["年度报告", "查询：全部"]


@pytest.mark.parametrize("typed", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@x", "\ta"])
def test_what_people_typed_is_text_and_never_a_formula(typed):
    cell = read(book((C(typed),)))["表三"]["A1"]

    assert (cell.data_type, cell.value) == ("s", typed)


def test_what_no_file_can_hold_is_left_out():
    assert read(book((C("甲\x0b乙\ufffe"),)))["表三"]["A1"].value == "甲乙"


def test_the_same_figures_give_the_same_bytes():
    assert workbooks.write(book((C(1),))) == workbooks.write(book((C(1),)))
    assert workbooks.write(book((C(1),))) != workbooks.write(book((C(2),)))


def test_a_name_excel_would_refuse_is_mended():
    made = read(Workbook("x", "y", (Worksheet("a/b:c*" + "长" * 40, ((C(1),),), (9,)),)))

    assert made.sheetnames == ["a b c " + "长" * 25]
