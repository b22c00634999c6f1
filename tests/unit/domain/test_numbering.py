"""Numbers as GB/T 9704 7.2.5 and the office write them; expectations typed by hand."""

import pytest

from requests_app.domain import numbering
from requests_app.domain.errors import Refused
from requests_app.domain.numbering import Series


@pytest.mark.parametrize(
    ("year", "n", "number"),
    [
        (2026, 1, "2026-0001"),
        (2026, 184, "2026-0184"),
        (2027, 9999, "2027-9999"),
        (2027, 10000, "2027-10000"),
    ],
)
def test_case_number(year: int, n: int, number: str) -> None:
    assert numbering.case_number(year, n) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2026-0184", "2026-0184"),
        (" 2026 - 0184 ", "2026-0184"),
        ("２０２６－０１８４", "2026-0184"),
        ("2026—0184", "2026-0184"),
        ("20260184", "2026-0184"),
        ("2027-10000", "2027-10000"),
    ],
)
def test_case_number_as_typed(typed: str, number: str) -> None:
    assert numbering.normalise_case_number(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "2026", "2026-184", "26-0184", "2026-01a4", "2026_0184", "²026-0184"]
)
def test_case_number_as_typed_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        numbering.normalise_case_number(typed)

    assert [(reason.code, reason.sentence) for reason in refused.value.reasons] == [
        ("case_number_shape", "申请编号是年份加一串数字，例如2026-0184，请对照回执看一看。")
    ]


@pytest.mark.parametrize(
    ("series", "number"),
    [
        (Series.RECEIPT, "金政办公开受〔2026〕12号"),
        (Series.CORRECTION, "金政办公开补〔2026〕12号"),
        (Series.EXTENSION, "金政办公开延〔2026〕12号"),
        (Series.CONSULTATION, "金政办公开征〔2026〕12号"),
        (Series.ORGAN, "金政办公开函〔2026〕12号"),
        (Series.FEE, "金政办公开费〔2026〕12号"),
        (Series.REASONS, "金政办公开理〔2026〕12号"),
        (Series.DECISION, "金政办公开定〔2026〕12号"),
        (Series.ANSWER, "金政办公开告〔2026〕12号"),
        (Series.AMENDMENT, "金政办公开正〔2026〕12号"),
        (Series.SUPERVISION, "金政办公开督〔2026〕12号"),
    ],
)
def test_letter_number_of_each_series(series: Series, number: str) -> None:
    assert numbering.letter_number("金政办公开", series, 2026, 12) == number


def test_letter_number_of_the_government() -> None:
    assert numbering.letter_number("金政公开", Series.ANSWER, 2026, 1) == "金政公开告〔2026〕1号"


def test_every_series_has_one_mark_and_a_label() -> None:
    assert len(set(numbering.SERIES_MARKS.values())) == len(Series) == 11
    assert set(numbering.SERIES_LABELS) == set(Series)


@pytest.mark.parametrize(
    ("prefix", "year", "n", "code"),
    [
        ("", 2026, 1, "number_prefix_missing"),
        (" ", 2026, 1, "number_prefix_missing"),
        ("金政办公开", 1900, 1, "number_year"),
        ("金政办公开", 9999, 1, "number_year"),
        ("金政办公开", 2026, 0, "number_below_one"),
        ("金政办公开", 2026, -3, "number_below_one"),
    ],
)
def test_letter_number_refused(prefix: str, year: int, n: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        numbering.letter_number(prefix, Series.ANSWER, year, n)

    assert refused.value.codes == (code,)


@pytest.mark.parametrize(
    "typed",
    [
        "金政发〔2023〕12号",
        "金政发[2023]12号",
        "金政发（2023）12号",
        "金政发(2023)12号",
        "金政发【2023】12号",
        "金政发［２０２３］１２号",
        "金政发〔2023〕第12号",
        "金政发〔2023〕012号",
        "金政发〔2023〕12",
        " 金政发 〔2023〕 12 号 ",
        "金政发〔2023年〕12号",
        "金政发2023年第12号",
    ],
)
def test_document_number_has_one_form(typed: str) -> None:
    assert numbering.normalise_document_number(typed) == "金政发〔2023〕12号"


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("金昌市人民政府令 第３号", "金昌市人民政府令第3号"),
        ("", ""),
        ("供热价格 批复", "供热价格批复"),
        ("甘政办发〔2024〕57号", "甘政办发〔2024〕57号"),
        ("国办函（2020）109号", "国办函〔2020〕109号"),
        ("〔2023〕12号", "〔2023〕12号"),
    ],
)
def test_document_number_without_year_or_mark(typed: str, form: str) -> None:
    assert numbering.normalise_document_number(typed) == form


def test_document_number_is_the_same_when_put_right_twice() -> None:
    once = numbering.normalise_document_number("金政发[2023]第012号")

    assert numbering.normalise_document_number(once) == once
