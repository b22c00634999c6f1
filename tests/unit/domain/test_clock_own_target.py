"""更正 (条例 41): no statutory period; the office's own target is counted and called by its name."""

from datetime import date

import pytest

from requests_app.adapters import calendar_files
from requests_app.domain import clock, explain
from requests_app.domain.clock import Event, EventType, Flag, PeriodKind, State
from requests_app.domain.errors import Refused

CALENDAR = calendar_files.packaged_calendar()


def line(*events, on, target=20):
    received = Event(EventType.RECEIVED, date(2026, 3, 2), data={"target_days": target})
    return clock.evaluate((received, *events), as_of=on, calendar=CALENDAR)


def test_the_target_is_counted_like_working_days_but_is_no_period_of_the_law():
    found = line(on=date(2026, 3, 6))

    assert (found.due, found.state, found.period.kind) == (
        date(2026, 3, 30),
        State.RUNNING,
        PeriodKind.OWN_TARGET,
    )
    assert (found.own_target, found.extendable, found.correction_notice_due) == (True, False, None)


def test_the_explanation_says_that_the_law_sets_no_days():
    told = explain.words(line(on=date(2026, 3, 6)), calendar=CALENDAR)

    assert "更正申请没有法定的办理天数" in told
    assert "本机关自定20个工作日" in told
    assert "第四十一条" in told
    assert "第三十三条" not in told


@pytest.mark.parametrize(
    ("event", "on", "sentence"),
    [
        (
            None,
            date(2026, 4, 2),
            (
                "更正申请没有法定的办理天数（《政府信息公开条例》第四十一条）；本机关自定于2026年3月30日前"
                "（含当日）答复，已经超过3个工作日，应当抓紧办理。"
            ),
        ),
        (
            EventType.REPLIED,
            date(2026, 3, 20),
            (
                "答复于2026年3月20日发出；更正申请没有法定的办理天数（《政府信息公开条例》第四十一条），"
                "本机关自定的最后一天为2026年3月30日，在这一天之前。"
            ),
        ),
        (
            EventType.WITHDRAWN,
            date(2026, 4, 2),
            "申请人于2026年4月2日撤回申请；此前本机关自定的日子（2026年3月30日）已过。",
        ),
    ],
)
def test_the_sum_never_speaks_of_a_period_of_the_law(event, on, sentence):
    events = () if event is None else (Event(event, on),)

    assert explain.explain(line(*events, on=on), CALENDAR).summary == sentence


def test_asking_others_neither_pauses_nor_extends_it():
    asked = Event(EventType.CONSULT_SENT, date(2026, 3, 5), id="1")

    found = line(asked, on=date(2026, 3, 10))

    assert (found.due, found.flags) == (date(2026, 3, 30), {Flag.PAUSE_NOT_APPLICABLE})


def test_reopened_without_a_period_the_target_begins_anew():
    events = (
        Event(EventType.REPLIED, date(2026, 3, 10)),
        Event(EventType.REOPENED, date(2026, 4, 1)),
    )

    found = line(*events, on=date(2026, 4, 2), target=10)

    assert (found.due, found.period.kind) == (date(2026, 4, 16), PeriodKind.OWN_TARGET)


@pytest.mark.parametrize("target", [0, -1, "20", 2.5])
def test_a_target_of_no_length_is_no_event(target):
    with pytest.raises(Refused):
        Event(EventType.RECEIVED, date(2026, 3, 2), data={"target_days": target})
