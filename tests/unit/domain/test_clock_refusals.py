"""Ledgers that cannot be one, and events that cannot have happened as written."""

import datetime as dt
from typing import Any

import pytest

from requests_app.domain import clock
from requests_app.domain.clock import CaseKind, Event, EventType
from requests_app.domain.errors import Reason, Refused
from tests.unit.domain.deadline_cases import ask, calendar

DAY = dt.date(2026, 3, 2)


def reasons(events: list[Event], *, as_of: dt.date = DAY, kind: str = "application") -> Any:
    with pytest.raises(Refused) as refusal:
        clock.evaluate(events, as_of=as_of, calendar=calendar(), kind=CaseKind(kind))
    return refusal.value.reasons


@pytest.mark.parametrize(
    ("text", "as_of", "code", "sentence"),
    [
        ("03-02 replied", "", "receipt_not_once", "没有收到申请（received）的日期，不能计算期限。"),
        (
            "03-02 received; 03-03 received",
            "",
            "receipt_not_once",
            "收到申请（received）只能有一次，这里有2次。",
        ),
        (
            "03-03 received; 03-02 corrected",
            "",
            "event_before_receipt",
            "“收到补正的申请”（2026-03-02）排在收到申请之前，请核对日期和顺序。",
        ),
        (
            "03-02 corrected; 03-02 received",
            "",
            "event_before_receipt",
            "“收到补正的申请”（2026-03-02）排在收到申请之前，请核对日期和顺序。",
        ),
        (
            "03-02 received",
            "03-01",
            "nothing_known_yet",
            "查询日2026-03-01早于第一个事项的日期2026-03-02，当时还没有期限。",
        ),
        (
            "03-02 received; 03-02 published",
            "",
            "event_of_other_kind",
            "依申请公开的案件不能有“公开”（published）。",
        ),
        (
            "03-02 info_formed; 03-03 received",
            "",
            "event_of_other_kind",
            "主动公开的事项不能有“收到申请”（received）。",
        ),
        (
            "03-02 published; 03-03 info_changed",
            "",
            "nothing_formed",
            "公开（2026-03-02）之前没有信息形成或者变更的日期，不能计算期限。",
        ),
        (
            "1900-01-01 received",
            "",
            "outside_calendar",
            "日期1900-01-01不在工作日历（2018-12-01至2030-12-31）之内，请核对。",
        ),
        (
            "03-02 received; 9999-12-31 replied",
            "",
            "outside_calendar",
            "日期9999-12-31不在工作日历（2018-12-01至2030-12-31）之内，请核对。",
        ),
        (
            "03-02 received; 9999-12-31 replied",
            "03-03",
            "outside_calendar",
            "日期9999-12-31不在工作日历（2018-12-01至2030-12-31）之内，请核对。",
        ),
        (
            "03-02 received",
            "2031-01-01",
            "outside_calendar",
            "日期2031-01-01不在工作日历（2018-12-01至2030-12-31）之内，请核对。",
        ),
        (
            "2030-12-20 received",
            "",
            "outside_calendar",
            "期限的最后一天超出工作日历（2018-12-01至2030-12-31），不能计算。",
        ),
        (
            "03-02 received; 03-03 delayed until=9999-12-31",
            "",
            "outside_calendar",
            "9999-12-31起的期限超出工作日历（2018-12-01至2030-12-31），不能计算，请核对日期。",
        ),
    ],
)
def test_a_ledger_that_cannot_be_one(text: str, as_of: str, code: str, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        ask(text, as_of)

    assert refusal.value.reasons == (Reason(code, sentence),)


def test_an_empty_ledger() -> None:
    assert reasons([]) == (Reason("ledger_empty", "没有任何事项，不能计算期限。"),)


@pytest.mark.parametrize(
    ("kind", "name", "data", "code", "sentence"),
    [
        ("extended", "", {}, "days_missing", "没有写明延长多少个工作日（days）。"),
        ("extended", "", {"note": "x"}, "days_missing", "没有写明延长多少个工作日（days）。"),
        ("extended", "", {"days": 0}, "days_impossible", "工作日数（days）须为1以上的整数。"),
        ("extended", "", {"days": -5}, "days_impossible", "工作日数（days）须为1以上的整数。"),
        ("extended", "", {"days": 2.5}, "days_impossible", "工作日数（days）须为1以上的整数。"),
        ("extended", "", {"days": True}, "days_impossible", "工作日数（days）须为1以上的整数。"),
        ("extended", "", {"days": "20"}, "days_impossible", "工作日数（days）须为1以上的整数。"),
        ("delayed", "", {}, "until_missing", "没有写明延迟到哪一天（until）。"),
        ("delayed", "", {"days": 3}, "until_missing", "没有写明延迟到哪一天（until）。"),
        ("delayed", "", {"until": "x"}, "until_impossible", "延迟到的日期（until）须为日期。"),
        (
            "reopened",
            "",
            {"days": 3, "until": DAY},
            "days_and_until",
            "工作日数（days）和截止日（until）只能写一个。",
        ),
        ("consult_sent", "", {}, "consultation_unnamed", "没有写明是哪一份征求意见书（id）。"),
        ("consult_delivered", "", {}, "consultation_unnamed", "没有写明是哪一份征求意见书（id）。"),
        ("consult_replied", "", {}, "consultation_unnamed", "没有写明是哪一份征求意见书（id）。"),
    ],
)
def test_an_event_that_cannot_have_happened(
    kind: str, name: str, data: dict[str, Any], code: str, sentence: str
) -> None:
    label = clock.EVENT_LABELS[EventType(kind)]

    with pytest.raises(Refused) as refusal:
        Event(EventType(kind), DAY, name, data)

    assert refusal.value.reasons == (Reason(code, f"2026-03-02“{label}”{sentence}"),)


def test_every_type_of_event_has_a_label() -> None:
    assert set(clock.EVENT_LABELS) == set(EventType)
