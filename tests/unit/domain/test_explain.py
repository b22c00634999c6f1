"""The 期限说明: exact words for the main cases, and some words for every case there is."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given

from requests_app.domain import explain
from requests_app.domain.clock import (
    Flag,
    LateCorrectionNotice,
    PauseFrom,
    Readings,
    RestDayReceipt,
    State,
    Timeline,
    ToldBy,
)
from requests_app.domain.explain import Line, LineKind, remarks
from tests.unit.domain import deadline_cases, made_up_ledgers
from tests.unit.domain.deadline_cases import ask

REGULATION = "《政府信息公开条例》"
CIVIL_CODE = "《中华人民共和国民法典》第二百零一条"
BASIS = "工作日按国务院办公厅历次放假通知（最近一次为国办发明电〔2025〕7号，2025年11月4日公布）。"


def told(timeline: Timeline) -> list[str]:
    return explain.words(timeline, calendar=timeline.calendar).split("\n")


def test_two_consultations_at_once() -> None:
    timeline = ask(
        "05-11 received; 05-13 consult_sent id=A to=third_party; 05-14 consult_delivered id=A;"
        " 05-20 consult_sent id=B to=organ; 05-21 consult_delivered id=B;"
        " 05-27 consult_replied id=A; 06-03 consult_replied id=B"
    )

    assert told(timeline) == [
        (
            f"2026年5月11日，收到申请，当日不计，自次日起算（{REGULATION}第三十一条；{CIVIL_CODE}）；"
            "5月12日至5月13日，计2个工作日，累计2个（条例第三十三条第二款）；"
            "5月14日至6月3日，征求第三方（A）、其他机关（B）意见，15个工作日不计入答复期限，重叠的日子只扣除一次，"
            "A于5月13日发出、5月14日送达、5月27日收到答复，"
            "B于5月20日发出、5月21日送达、6月3日收到答复（条例第三十三条第三款）；"
            "6月4日至6月18日，计11个工作日，累计13个，周末4天不计（条例第三十三条第二款）；"
            "6月19日至6月21日，端午节放假，不计（国办发明电〔2025〕7号）；"
            "6月22日至6月30日，计7个工作日，累计20个，周末2天不计，期满（条例第三十三条第二款）。"
        ),
        "期限为20个工作日，截至2026年6月3日已用2个，还剩18个工作日，应于2026年6月30日前（含当日）答复。",
        BASIS,
    ]


def test_make_up_days_around_national_day() -> None:
    assert told(ask("2025-09-26 received")) == [
        (
            f"2025年9月26日，收到申请，当日不计，自次日起算（{REGULATION}第三十一条；{CIVIL_CODE}）；"
            "9月27日至9月30日，计3个工作日，累计3个，其中9月28日（周日）为调休上班日，计入"
            "（国办发明电〔2024〕12号），周末1天不计（条例第三十三条第二款）；"
            "10月1日至10月8日，国庆节、中秋节放假，不计（国办发明电〔2024〕12号）；"
            "10月9日至10月30日，计17个工作日，累计20个，其中10月11日（周六）为调休上班日，计入"
            "（国办发明电〔2024〕12号），周末5天不计，期满（条例第三十三条第二款）。"
        ),
        "期限为20个工作日，截至2025年9月26日已用0个，还剩20个工作日，应于2025年10月30日前（含当日）答复。",
        BASIS,
    ]


def test_a_correction_with_a_late_notice() -> None:
    timeline = ask(
        "06-01 received; 06-11 correction_requested; 06-11 correction_delivered; 06-16 corrected"
    )

    assert told(timeline) == [
        (
            f"2026年6月1日，收到申请，当日不计，自次日起算（{REGULATION}第三十一条；{CIVIL_CODE}）；"
            "6月2日至6月11日，计8个工作日，累计8个，周末2天不计（条例第三十三条第二款）。"
        ),
        (
            "6月12日至6月15日，补正告知书于6月11日发出、6月11日送达，申请人应于6月26日前（含当日）补正，"
            "等待期间不计算答复期限（条例第三十条；本机关政府信息公开指南）。"
        ),
        (
            "6月16日，收到补正的申请，答复期限自此重新计算，当日不计，自次日起算"
            "（条例第三十条；民法典第二百零一条）；"
            "6月17日至6月18日，计2个工作日，累计2个（条例第三十三条第二款）；"
            "6月19日至6月21日，端午节放假，不计（国办发明电〔2025〕7号）；"
            "6月22日至7月15日，计18个工作日，累计20个，周末6天不计，期满（条例第三十三条第二款）。"
        ),
        "期限为20个工作日，截至2026年6月16日已用0个，还剩20个工作日，应于2026年7月15日前（含当日）答复。",
        (
            "另需说明：6月11日发出补正告知书：超过收到申请之日起7个工作日，属于逾期告知补正（条例第三十条）。"
            "补正以后答复期限仍自收到补正的申请之日起计算；从严理解的，原答复期限不因此停止，"
            "最后一天为2026年6月30日（条例第三十条）。"
        ),
        BASIS,
    ]


def test_an_unpublished_year() -> None:
    timeline = deadline_cases.evaluate(
        {
            "events": [{"type": "received", "date": "2026-12-10"}],
            "calendar_as_of": "2026-11-20",
        }
    )

    assert told(timeline)[0].endswith(
        "2027年1月1日至1月3日，元旦放假，连同周末，当年放假安排尚未公布，暂按法定节假日，不计"
        "（全国年节及纪念日放假办法(2024修订)第二条）；"
        "1月4日至1月8日，计5个工作日，累计20个，期满（条例第三十三条第二款）。"
    )
    assert told(timeline)[2:] == [
        "以上日期为暂定：2027年的放假安排尚未公布，按周末和法定节假日推算，公布之后重新计算。",
        (
            "工作日按国务院办公厅历次放假通知（最近一次为国办发明电〔2025〕7号，2025年11月4日公布），"
            "只用2026年11月20日以前公布的通知。"
        ),
    ]


@pytest.mark.parametrize(
    ("text", "as_of", "summary"),
    [
        (
            "03-02 received; 03-26 extended days=20; 03-27 extension_notified",
            "",
            (
                "期限为40个工作日（20个工作日，2026年3月27日告知申请人延长20个工作日，"
                f"{REGULATION}第三十三条第二款），截至2026年3月27日已用19个，还剩21个工作日，"
                "应于2026年4月28日前（含当日）答复。"
            ),
        ),
        (
            "03-02 received; 03-10 consult_sent id=A; 03-12 consult_delivered id=A",
            "03-20",
            (
                "期限为20个工作日，截至2026年3月20日已用6个；正在征求意见，暂停计算。按对方用满15个工作日计算，"
                "应于2026年4月23日前（含当日）答复；提前收到意见的，这一天相应提前。"
            ),
        ),
        (
            "03-02 received; 03-10 consult_sent id=A",
            "03-20",
            "期限为20个工作日，截至2026年3月20日已用6个；正在征求意见，征求意见书尚未送达，目前无法确定最后一天。",
        ),
        (
            "03-02 received; 03-30 consult_sent id=A; 03-30 consult_delivered id=A",
            "",
            (
                "期限为20个工作日，截至2026年3月30日已用20个；正在征求意见，还剩0个工作日，"
                "应于2026年3月30日前（含当日）答复。"
            ),
        ),
        (
            "03-02 received",
            "04-01",
            "应于2026年3月30日前（含当日）答复，期限已经届满，已经超过2个工作日。",
        ),
        (
            "03-06 received",
            "04-04",
            "应于2026年4月3日前（含当日）答复，期限已经届满，其后尚无工作日。",
        ),
        (
            "03-02 received; 03-10 delayed until=05-15",
            "",
            "期限由确定的日期届满，还剩45个工作日，应于2026年5月15日前（含当日）答复。",
        ),
        (
            "03-02 received; 03-04 correction_requested; 03-05 correction_delivered",
            "",
            "正在等待申请人补正，最后一天为2026年3月19日；补正之前没有正在计算的答复期限。",
        ),
        (
            "03-02 received; 03-04 fee_notice; 03-05 fee_notice_delivered",
            "",
            "正在等待申请人缴费，最后一天为2026年4月2日；缴费之前没有正在计算的答复期限。",
        ),
        (
            "03-02 received; 03-04 correction_requested; 03-05 correction_delivered",
            "03-20",
            (
                "申请人应于2026年3月19日前（含当日）补正，期满没有补正；没有正当理由的，视为放弃申请"
                f"（{REGULATION}第三十条），由本机关核实后确认。"
            ),
        ),
        (
            "03-02 received; 03-04 fee_notice; 03-05 fee_notice_delivered",
            "04-03",
            (
                "申请人应于2026年4月2日前（含当日）缴费，期满没有缴清，视为放弃申请"
                "（《政府信息公开信息处理费管理办法》（国办函〔2020〕109号））。"
            ),
        ),
        (
            "03-02 received; 03-30 replied",
            "",
            "答复于2026年3月30日发出，答复期限的最后一天为2026年3月30日，在期限之内。",
        ),
        (
            "03-02 received; 03-31 replied",
            "",
            "答复于2026年3月31日发出，答复期限的最后一天为2026年3月30日，超过期限。",
        ),
        (
            "03-02 received; 03-04 correction_requested; 03-05 correction_delivered; 03-06 replied",
            "",
            "答复于2026年3月6日发出，当时没有可以确定最后一天的期限，不属于逾期。",
        ),
        ("03-02 received; 03-10 withdrawn", "", "申请人于2026年3月10日撤回申请，期限终止。"),
        (
            "03-02 received; 03-31 withdrawn",
            "",
            "申请人于2026年3月31日撤回申请；此前答复期限已于2026年3月30日届满，逾期的事实保留。",
        ),
        (
            "03-02 info_formed",
            "",
            "期限为20个工作日，截至2026年3月2日已用0个，还剩20个工作日，应于2026年3月30日前（含当日）公开。",
        ),
        (
            "03-02 info_formed",
            "03-31",
            "应于2026年3月30日前（含当日）公开，期限已经届满，已经超过1个工作日。",
        ),
        (
            "03-02 info_formed; 03-10 published",
            "",
            (
                "信息于2026年3月10日公开，应当公开的最后一天为2026年3月30日，在期限之内"
                f"（{REGULATION}第二十六条）。"
            ),
        ),
    ],
)
def test_summary(text: str, as_of: str, summary: str) -> None:
    timeline = ask(text, as_of)

    assert explain.explain(timeline, timeline.calendar).summary == summary


@pytest.mark.parametrize(
    ("text", "as_of", "sentence"),
    [
        ("03-07 received", "", "收到申请，当日不计，自次日起算；当日为休息日，第1个工作日为3月9日"),
        (
            "03-02 received; 03-10 replied; 04-01 reopened",
            "",
            "复议决定或者判决送达，责令重新答复，当日不计，自次日起算，决定没有指定期限，按20个工作日计算",
        ),
        (
            "03-02 received; 03-10 replied; 04-01 reopened days=10",
            "",
            "复议决定或者判决送达，责令重新答复，当日不计，自次日起算，期限为决定指定的10个工作日",
        ),
        (
            "03-02 received; 03-10 replied; 04-01 reopened until=05-02",
            "",
            "复议决定或者判决送达，责令重新答复，当日不计，自次日起算，期限为决定指定的日期，到5月6日为止",
        ),
        (
            "03-02 received; 03-10 fee_notice; 03-12 paid",
            "",
            "申请人缴清信息处理费，处理期限自此重新计算，当日不计，自次日起算",
        ),
    ],
)
def test_what_began_the_period(text: str, as_of: str, sentence: str) -> None:
    timeline = ask(text, as_of)
    lines = explain.explain(timeline, timeline.calendar).lines

    assert [line.sentence for line in lines if line.kind is LineKind.RECEIPT][-1] == sentence


@pytest.mark.parametrize(
    ("text", "as_of", "sentence"),
    [
        (
            "03-02 received; 03-10 consult_sent id=A to=third_party; 03-12 consult_delivered id=A",
            "04-03",
            (
                "征求第三方（A）意见，17个工作日不计入答复期限，"
                "A于3月10日发出、3月12日送达，至第15个工作日4月2日没有答复，次日起继续计算"
            ),
        ),
        (
            "03-02 received; 03-10 consult_sent id=A to=organ; 03-12 consult_delivered id=A",
            "03-20",
            (
                "征求其他机关（A）意见，17个工作日不计入答复期限，"
                "A于3月10日发出、3月12日送达，尚未答复，暂按15个工作日用满计算到4月2日"
            ),
        ),
        (
            "03-02 received; 03-10 consult_sent id=A",
            "03-20",
            "征求有关方面（A）意见，8个工作日不计入答复期限，A于3月10日发出，尚未送达",
        ),
        (
            "03-02 received; 03-10 consult_sent id=A to=co_maker; 03-12 consult_replied id=A",
            "",
            "征求共同制作机关（A）意见，2个工作日不计入答复期限，A于3月10日发出、3月12日收到答复",
        ),
    ],
)
def test_what_is_said_of_a_pause(text: str, as_of: str, sentence: str) -> None:
    timeline = ask(text, as_of)
    lines = explain.explain(timeline, timeline.calendar).lines

    assert [line.sentence for line in lines if line.kind is LineKind.EXCLUDED] == [sentence]


def test_lines_for_a_table() -> None:
    timeline = ask("04-29 received; 04-30 delayed until=06-10", "05-06")

    assert explain.explain(timeline, timeline.calendar).lines == (
        Line(
            dt.date(2026, 4, 29),
            dt.date(2026, 4, 29),
            None,
            LineKind.RECEIPT,
            "收到申请，当日不计，自次日起算",
            f"{REGULATION}第三十一条；{CIVIL_CODE}",
        ),
        Line(
            dt.date(2026, 4, 30),
            dt.date(2026, 4, 30),
            1,
            LineKind.COUNTED,
            "计1个工作日，累计1个",
            f"{REGULATION}第三十三条第二款",
        ),
        Line(
            dt.date(2026, 5, 1),
            dt.date(2026, 6, 10),
            None,
            LineKind.FIXED,
            "4月30日确定并告知延迟答复的期限，到6月10日为止，征求意见不再扣除",
            f"{REGULATION}第三十五条",
        ),
    )


def test_lines_after_the_end() -> None:
    timeline = ask(
        "03-02 received; 03-10 replied; 04-01 reopened days=10; 04-02 withdrawn", "04-08"
    )
    lines = explain.explain(timeline, timeline.calendar).lines

    assert [
        (line.first.isoformat(), line.sentence) for line in lines if line.kind is LineKind.AFTER
    ] == [
        ("2026-03-11", "答复已经发出，期限不再计算"),
        ("2026-04-03", "申请已经撤回，期限不再计算"),
    ]


def test_lines_after_a_lapse() -> None:
    timeline = ask("03-02 received; 03-04 fee_notice; 03-05 fee_notice_delivered", "04-03")
    lines = explain.explain(timeline, timeline.calendar).lines

    assert lines[-1].sentence == "期满没有缴费，没有正在计算的期限"


def test_the_usual_readings_are_not_printed() -> None:
    assert told(ask("03-02 received"))[-1] == BASIS


def test_every_other_reading_is_printed() -> None:
    readings = Readings(
        pause_from=PauseFrom.SERVICE,
        told_by=ToldBy.SERVICE,
        rest_day_receipt=RestDayReceipt.DEFER,
        late_correction_notice=LateCorrectionNotice.NONE,
    )

    assert told(ask("03-07 received", readings=readings))[-1] == (
        "本机关采用的理解："
        "征求意见自征求意见书送达次日起不计入答复期限（条例第三十三条第三款，从严理解，路途时间计入）。"
        "延期告知以告知书送达申请人之日为准（条例第三十三条第二款，从严理解）。"
        "休息日收到的申请，以其后第一个工作日为收到之日（有法院判决采用此种理解）。"
        "超过7个工作日告知补正的，不影响原答复期限（条例第三十条，从严理解）。"
    )


def test_a_receipt_before_the_regulation_was_in_force_is_said_to_be() -> None:
    assert "此前收到的申请请另行核对" in told(ask("2019-05-14 received"))[-2]
    assert len(told(ask("2019-05-15 received"))) == 3


def test_a_calendar_without_any_notice_says_so() -> None:
    case = {"events": [{"type": "received", "date": "2019-06-03"}], "calendar_as_of": "2018-12-01"}

    assert told(deadline_cases.evaluate(case))[-1] == (
        "工作日没有可用的放假通知，按周末和法定节假日推算，只用2018年12月1日以前公布的通知。"
    )


def test_a_late_notice_without_effect_says_so() -> None:
    readings = Readings(late_correction_notice=LateCorrectionNotice.NONE)
    timeline = ask(
        "03-02 received; 03-12 correction_requested; 03-13 correction_delivered", readings=readings
    )

    assert [remark.sentence for remark in remarks.of(timeline)] == [
        "3月12日发出补正告知书：超过收到申请之日起7个工作日，属于逾期告知补正。",
        "按本机关采用的理解，逾期告知补正不影响原答复期限。",
    ]


def test_a_late_notice_while_no_date_can_be_told_names_none() -> None:
    timeline = ask(
        "03-02 received; 03-03 consult_sent id=A; 03-12 correction_requested; 03-13 correction_delivered"
    )

    assert remarks.of(timeline)[-1].sentence == (
        "补正以后答复期限仍自收到补正的申请之日起计算；从严理解的，原答复期限不因此停止。"
    )


@pytest.mark.parametrize("flag", list(Flag))
def test_every_flag_has_a_remark_in_some_worked_case(flag: Flag) -> None:
    cases = [
        case
        for _, case, expected in deadline_cases.table("clauses.txt")
        if flag in expected.get("flags", [])
    ]

    found = [
        remark
        for case in cases
        for remark in remarks.of(deadline_cases.evaluate(case))
        if remark.flag is flag
    ]

    assert found
    assert all(remark.sentence.endswith("。") for remark in found)


@given(made_up_ledgers.ledgers() | made_up_ledgers.publications())
def test_every_timeline_can_be_told(case: dict[str, Any]) -> None:
    timeline = deadline_cases.evaluate(case)
    explanation = explain.explain(timeline, timeline.calendar)
    text = explain.words(timeline, calendar=timeline.calendar)

    assert all(line.sentence for line in explanation.lines)
    assert [slip for slip in ("受理", "None", "（）", "。。", "，，", "；。") if slip in text] == []
    if timeline.due is not None and timeline.state is not State.PUBLISHED:
        assert f"{timeline.due.year}年{timeline.due.month}月{timeline.due.day}日" in text


@given(made_up_ledgers.ledgers() | made_up_ledgers.publications())
def test_lines_name_every_day_once_and_count_what_the_segments_count(case: dict[str, Any]) -> None:
    timeline = deadline_cases.evaluate(case)
    lines = explain.explain(timeline, timeline.calendar).lines
    day = dt.timedelta(days=1)

    assert (lines[0].first, lines[-1].last) == (
        timeline.segments[0].first,
        timeline.segments[-1].last,
    )
    assert [line.first for line in lines[1:]] == [line.last + day for line in lines[:-1]]
    assert sum(line.counted or 0 for line in lines) == sum(
        segment.working_days for segment in timeline.segments if segment.kind == "counted"
    )


ONE_THIRD_PARTY = (
    "03-02 received; 03-10 consult_sent id=17 to=third_party; 03-12 consult_delivered id=17;"
    " 03-24 consult_replied id=17"
)
AND_AN_ORGAN = (
    ONE_THIRD_PARTY + "; 03-09 consult_sent id=18 to=organ; 03-09 consult_delivered id=18;"
    " 03-20 consult_replied id=18"
)


@pytest.mark.parametrize(
    ("ledger", "names", "sentence"),
    [
        (
            ONE_THIRD_PARTY,
            {"17": ""},
            (
                "征求第三方意见，10个工作日不计入答复期限，"
                "征求意见书于3月10日发出、3月12日送达、3月24日收到答复"
            ),
        ),
        (
            AND_AN_ORGAN,
            {"18": "甲", "17": "乙"},
            (
                "征求其他机关（甲）、第三方（乙）意见，11个工作日不计入答复期限，重叠的日子只扣除一次，"
                "甲于3月9日发出、3月9日送达、3月20日收到答复，"
                "乙于3月10日发出、3月12日送达、3月24日收到答复"
            ),
        ),
    ],
)
def test_consultations_are_called_by_their_order_and_never_by_a_key(
    ledger: str, names: dict[str, str], sentence: str
) -> None:
    timeline = ask(ledger)

    called = explain.ordinals(timeline)

    assert called == names
    shown = explain.explain(timeline, timeline.calendar, names=called)
    assert [x.sentence for x in shown.lines if x.kind is LineKind.EXCLUDED] == [sentence]
