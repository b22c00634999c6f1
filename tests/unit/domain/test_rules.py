"""The lengths and citations of the law, typed again from the law, and the choices it leaves."""

import datetime as dt

import pytest

from requests_app.domain import rules
from requests_app.domain.rules import Rule, Unit

LENGTHS = {
    "correction_notice": (7, Unit.WORKING_DAYS, "《政府信息公开条例》第三十条"),
    "correction": (10, Unit.WORKING_DAYS, "《政府信息公开条例》第三十条；本机关政府信息公开指南"),
    "correction_restart": (20, Unit.WORKING_DAYS, "《政府信息公开条例》第三十条"),
    "reply": (20, Unit.WORKING_DAYS, "《政府信息公开条例》第三十三条第二款"),
    "extension": (20, Unit.WORKING_DAYS, "《政府信息公开条例》第三十三条第二款"),
    "third_party": (15, Unit.WORKING_DAYS, "《政府信息公开条例》第三十二条"),
    "co_maker": (15, Unit.WORKING_DAYS, "《政府信息公开条例》第三十四条"),
    "other_organ": (15, Unit.WORKING_DAYS, "《政府信息公开条例》第十一条"),
    "payment": (20, Unit.WORKING_DAYS, "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"),
    "payment_restart": (
        20,
        Unit.WORKING_DAYS,
        "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
    ),
    "proactive": (20, Unit.WORKING_DAYS, "《政府信息公开条例》第二十六条"),
    "review": (60, Unit.CALENDAR_DAYS, "《中华人民共和国行政复议法》第二十条"),
    "suit": (6, Unit.MONTHS, "《中华人民共和国行政诉讼法》第四十六条"),
    "suit_after_review": (15, Unit.CALENDAR_DAYS, "《中华人民共和国行政诉讼法》第四十五条"),
}


def test_every_length_is_what_the_law_says() -> None:
    found = {rule.id: (rule.days, rule.unit, rule.citation) for rule in rules.RULES if rule.days}

    assert found == LENGTHS


def test_every_rule_has_its_own_name_and_a_sentence() -> None:
    assert len({rule.id for rule in rules.RULES}) == len(rules.RULES)
    assert all(rule.sentence.endswith("。") and rule.citation for rule in rules.RULES)


@pytest.mark.parametrize(
    ("on", "citation"),
    [
        (dt.date(2020, 12, 31), "《中华人民共和国民法总则》第二百零一条"),
        (dt.date(2021, 1, 1), "《中华人民共和国民法典》第二百零一条"),
    ],
)
def test_counting_begins_by_the_law_of_the_day(on: dt.date, citation: str) -> None:
    assert rules.counting_start(on).citation == citation


@pytest.mark.parametrize(
    ("on", "holds"), [(dt.date(2019, 5, 14), False), (dt.date(2019, 5, 15), True)]
)
def test_in_force(on: dt.date, holds: bool) -> None:
    assert rules.REPLY.in_force(on) is holds


@pytest.mark.parametrize(
    ("days", "unit"), [(0, Unit.WORKING_DAYS), (3, Unit.NONE), (-1, Unit.MONTHS)]
)
def test_a_length_without_a_unit_is_no_rule(days: int, unit: Unit) -> None:
    with pytest.raises(ValueError, match="a length and its unit go together"):
        Rule("x", "x", days, unit, dt.date(2019, 5, 15), "x")


def test_every_choice_has_its_sentence() -> None:
    choices = [
        *rules.PauseFrom,
        *rules.ToldBy,
        *rules.RestDayReceipt,
        *rules.LateCorrectionNotice,
    ]
    sentences = [rules.reading_sentence(choice) for choice in choices]

    assert len(set(sentences)) == len(choices) == 8


def test_the_usual_readings_need_no_word() -> None:
    assert rules.unusual(rules.DEFAULT_READINGS) == ()


def test_choices_that_share_a_code_keep_their_own_sentences() -> None:
    assert rules.unusual(rules.Readings(told_by=rules.ToldBy.SERVICE)) == (
        "延期告知以告知书送达申请人之日为准（条例第三十三条第二款，从严理解）。",
    )
