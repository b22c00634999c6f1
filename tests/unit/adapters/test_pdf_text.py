"""User text made printable, and what the fonts can draw."""

import pytest

from requests_app.adapters import pdf
from requests_app.adapters.pdf import text


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("王\u200b小\u200d明\ufeff\u2060丽\u00ad", "王小明丽"),
        ("金额\u202e0001元\u202c整", "金额0001元整"),
        ("甲\x00乙\x01丙\x7f丁", "甲乙丙丁"),
        ("甲\ud800乙", "甲乙"),
        ("甲\ufffe乙\uffff丙\U0001ffff丁\ufdd0", "甲乙丙丁"),
        ("甲\r\n乙\r丙\u2028丁\x0b戊", "甲\n乙\n丙\n丁\n戊"),
        ("甲\t乙", "甲\u3000乙"),
        ("a\u2003b\u202fc\u00a0d\u3000e", "a b c\u00a0d\u3000e"),
        ("心\ufe0f", "心"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("普通　文字，《条例》第36条。", "普通　文字，《条例》第36条。"),
    ],
)
def test_clean_drops_only_what_cannot_be_seen(typed, printed):
    assert pdf.clean(typed) == printed


@pytest.mark.parametrize(
    "typed",
    [
        "王玥、李堃、张祎、䶮志国、㛃𬭚、赵婳、钱赟、孙喆",
        "买买提·艾合买提，Müller，Nguyễn Văn Đức，Dvořák",
        "①②③№℃㎡％‰“”‘’……——〔2026〕￥€",
        "葛\U000e0100城",
        "第一行\n第二行",
        "王\u200b小\t丽\ufeff",
    ],
)
def test_everyday_names_and_signs_are_covered(typed):
    assert pdf.uncovered(typed) == []


def test_uncovered_names_each_character_once_in_order():
    assert pdf.uncovered("王😀李𠮷、محم、😀") == ["😀", "𠮷", "م", "ح"]


def test_width_of_latin_letters_is_that_of_the_font():
    metrics = text.metrics()

    assert [metrics.width(each) for each in "中，1i W\U000e0100"] == [
        *(1000, 1000, 500, 278, 250, 944, 0),
    ]


def test_private_use_character_is_named_not_dropped():
    assert pdf.uncovered(pdf.clean("王\ue000")) == ["\ue000"]
