"""A month led through the services, its figures typed by hand; closed, it stays as it was."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from requests_app.domain import period_differences, periods, snapshots
from requests_app.domain.application import Arrival, Channel
from requests_app.domain.errors import Refused
from requests_app.domain.period_differences import Moved
from requests_app.domain.periods import Days, Period, Share
from requests_app.domain.remedy_kinds import Procedure, ProceedingKind
from requests_app.domain.report_status import PeriodKind
from requests_app.models import ClosedPeriod, StaffUser
from requests_app.presenters import period_page
from requests_app.selectors import period_figures
from requests_app.services import closings, entries, intake, proceedings
from requests_app.services import periods as closing
from tests import factories
from tests.factories import refused
from tests.offices import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]

MARCH = Period(PeriodKind.MONTH, 2026, 3)


@pytest.fixture
def month(desk):
    """One carried in and answered late, one consulted and extended, one withdrawn, one left open."""
    late = desk.file("2026-02-02")  # due 2026-03-06: 22 working days, two of them late
    desk.answer(late, "2026-03-10")
    plain = desk.file("2026-03-02", **factories.BY_POST)
    desk.post(desk.answer(plain, "2026-03-09"), "2026-03-09")  # five working days
    asked = desk.file("2026-03-02")
    desk.ask_correction(asked, "2026-03-04", served="2026-03-04")
    desk.correct(asked, "2026-03-06")
    desk.answer(asked, "2026-03-13")  # five of the new period, nine in all
    gone = desk.file("2026-03-02")
    closings.withdraw(
        gone.pk, on=date(2026, 3, 3), reason="已查到", actor=desk.clerk, at=moment("2026-03-03")
    )
    desk.file("2026-03-20")
    desk.file("2026-04-01")
    return plain


def lines(desk, period=MARCH):
    return {
        each.name: each.words for each in period_figures.live(period, today=date(2026, 5, 6)).lines
    }


def test_a_month_is_what_was_counted_by_hand(desk, month):
    assert lines(desk) == {
        "新收": "4 件", "上期结转": "1 件", "办结": "4 件", "期末在办": "1 件",
        "按期率": "2/3", "超期办结": "1 件", "提前办结率": "2/3",
        "用时（净，工作日）": "中位 5，平均 8.2",
        "用时（毛，工作日）": "中位 7，平均 9.2",
        "延期率": "0/4", "补正率": "1/4", "征求意见率": "0/4",
        "征求意见不计入的工作日": "合计 0 天，—",
        "收费通知": "0 件，0 元", "缴清信息处理费": "0 件，0 元",
        "新收复议、诉讼": "0 件", "审结复议、诉讼": "0 件", "纠错率": "—",
    }  # fmt: skip


def test_days_given_to_a_third_party_are_told_apart(desk):
    case = desk.file("2026-03-02")
    from requests_app.domain.consultations import Position
    from requests_app.services import consultations

    asked = desk.consult(case, "2026-03-05", served="2026-03-09")
    consultations.record_reply(
        asked.pk, position=Position.AGREES, reason="", on=date(2026, 3, 24), actor=desk.clerk,
        at=moment("2026-03-24"),
    )  # fmt: skip
    desk.answer(case, "2026-03-26")
    found = lines(desk)

    # W1: three days before, thirteen excluded, two after.
    assert found["用时（净，工作日）"] == "中位 5，平均 5"
    assert found["用时（毛，工作日）"] == "中位 18，平均 18"
    assert found["征求意见不计入的工作日"] == "合计 13 天，中位 13，平均 13"


def test_a_closed_month_stays_and_what_changes_is_told(desk, month):
    kept = closing.close(MARCH, actor=desk.supervisor, at=moment("2026-04-01"))
    replied = month.events.get(entry="replied")
    entries.void(
        month.pk, seq=replied.seq, reason="误登记", actor=desk.clerk, at=moment("2026-04-02")
    )
    kept.refresh_from_db()
    now = period_figures.live(MARCH, today=date(2026, 4, 2)).snapshot()

    assert snapshots.digest(kept.snapshot) == kept.sha256
    assert period_differences.moved(kept.snapshot, now) == [
        Moved("办结", "−1", month.pk, month.number, "")
    ]
    changed = period_differences.differences(kept.snapshot["lines"], now["lines"])
    assert {each.name: (each.then, each.now, each.signed) for each in changed} == {
        "办结": ("4 件", "3 件", "−1 件"),
        "期末在办": ("1 件", "2 件", "+1 件"),
        "按期率": ("2/3", "1/2", ""),
        "提前办结率": ("2/3", "1/2", ""),
        "用时（净，工作日）": ("中位 5，平均 8.2", "中位 5，平均 9.3", "+1.1 天（平均）"),
        # 22, 9 and 1 are left of 22, 5, 9 and 1.
        "用时（毛，工作日）": (
            "中位 7，平均 9.2", "中位 9，平均 10.7", "+2 天（中位），+1.5 天（平均）",
        ),
        "延期率": ("0/4", "0/3", ""),
        "补正率": ("1/4", "1/3", ""),
        "征求意见率": ("0/4", "0/3", ""),
    }  # fmt: skip


def test_what_is_not_finished_is_named_too(desk, month):
    kept = closing.close(MARCH, actor=desk.supervisor, at=moment("2026-04-01"))
    late = moment("2026-04-02")
    found = intake.register(
        factories.application(files=()),
        arrival=Arrival(Channel.COUNTER, arrived_on=date(2026, 3, 31)),
        actor=desk.clerk, at=late, identity_verified=True,
    ).case  # fmt: skip
    papers = proceedings.Papers(
        ProceedingKind.REVIEW, "市人民政府", date(2026, 3, 30), procedure=Procedure.ORDINARY
    )
    proceedings.register(month.pk, papers=papers, actor=desk.clerk, at=late)
    now = period_figures.live(MARCH, today=date(2026, 4, 2)).snapshot()

    assert period_differences.moved(kept.snapshot, now) == [
        Moved("新收", "+1", found.pk, found.number, "当面提交"),
        Moved("新收复议、诉讼", "+1", month.pk, month.number, "行政复议"),
    ]
    changed = period_differences.differences(kept.snapshot["lines"], now["lines"])
    assert [(each.name, each.signed) for each in changed] == [
        ("新收", "+1 件"), ("期末在办", "+1 件"), ("新收复议、诉讼", "+1 件"),
    ]  # fmt: skip


def test_a_month_closed_by_an_earlier_version_compares_what_it_kept(desk, month):
    kept = closing.close(MARCH, actor=desk.supervisor, at=moment("2026-04-01")).snapshot
    old = {name: kept[name] for name in ("outcomes", "channels")}
    old["lines"] = [line[:2] for line in kept["lines"] if line[0] != "提前办结率"]
    old["finished"] = [row[:-1] for row in kept["finished"]]
    entries.void(
        month.pk, seq=month.events.get(entry="replied").seq, reason="误登记", actor=desk.clerk,
        at=moment("2026-04-02"),
    )  # fmt: skip
    now = period_figures.live(MARCH, today=date(2026, 4, 2)).snapshot()

    shown = period_page.page(old, now=now, frozen=True)

    assert [(each.name, each.sign) for each in shown.moved] == [("办结", "−1")]
    assert ("办结", "4 件", "3 件", "") in [
        (each.name, each.then, each.now, each.signed) for each in shown.differences
    ]
    assert shown.calendar == "锁定时没有记录"


@pytest.mark.parametrize(
    ("part", "whole", "target", "general"),
    [
        (0, 0, None, None), (3, 3, "green", None), (2, 3, "red", None), (10, 10, "green", "green"),
        (9, 10, "red", "green"), (179, 200, "red", "amber"), (85, 100, "red", "amber"),
        (169, 200, "red", "red"),
    ],
)  # fmt: skip
def test_the_lights_of_the_rate_in_time(part, whole, target, general):
    share = Share(part, whole)

    assert (periods.target_light(share), periods.general_light(share)) == (target, general)


@pytest.mark.parametrize(("answered_on", "early"), [("2026-03-18", True), ("2026-03-19", False)])
def test_early_is_within_twelve_of_twenty_days(desk, answered_on, early):
    desk.answer(desk.file("2026-03-02"), answered_on)  # the twelfth working day, the thirteenth
    (found,) = period_figures.live(MARCH, today=date(2026, 5, 6)).finished

    assert (found.net, found.early) == (12 if early else 13, early)


def test_an_extended_answer_is_not_early(desk):
    case = desk.file("2026-03-02")
    desk.extend(case, "2026-03-09")
    desk.answer(case, "2026-03-10")
    (found,) = period_figures.live(MARCH, today=date(2026, 5, 6)).finished

    assert (found.on_time, found.early) == (True, False)


def test_a_period_is_closed_once_when_it_is_over_by_a_supervisor(desk, month):
    def close(actor=desk.supervisor, at="2026-04-01"):
        return closing.close(MARCH, actor=actor, at=moment(at))

    assert refused(close, at="2026-03-31") == ("not_over",)
    assert refused(close, desk.clerk) == ("role",)
    close()
    assert refused(close) == ("closed",)


@pytest.mark.parametrize("cases", [1, 3])
def test_a_period_costs_the_same_however_many_cases(desk, django_assert_num_queries, cases):
    for _ in range(cases):
        desk.answer(desk.file("2026-03-02"), "2026-03-09")
    period_figures.live(MARCH, today=date(2026, 5, 6))

    with django_assert_num_queries(COST):
        period_figures.live(MARCH, today=date(2026, 5, 6))


COST = 7


def test_the_page_shows_closes_and_tells(desk, month, client):
    import time_machine

    client.force_login(
        StaffUser.objects.get(pk=desk.supervisor.staff_id), "jcdisclosure.backends.StaffBackend"
    )
    address = reverse("reports:periods") + "?kind=month&year=2026&number=3"
    with time_machine.travel(moment("2026-04-01"), tick=False):
        open_page = client.get(address).content.decode()
        done = client.post(address)
        closed = client.get(address).content.decode()
        odd = client.get(reverse("reports:periods") + "?kind=month&year=2026&number=13")
        this = client.get(reverse("reports:periods") + "?kind=x").content.decode()

    assert "<b>2/3</b>" in open_page
    assert "■ 红：没有达到本市 100% 的目标" in open_page
    assert (done.status_code, odd.status_code) == (302, 422)
    assert ClosedPeriod.objects.get().sha256 in closed
    assert "2026年4月" in this


@pytest.mark.parametrize("who", ["clerk", "supervisor"])
def test_the_month_is_handed_out_with_its_stamp(desk, month, client, monkeypatch, who):
    drawn = []
    monkeypatch.setattr(
        "requests_app.adapters.pdf.render_sheet", lambda sheet: drawn.append(sheet) or b"%PDF"
    )
    kept = closing.close(MARCH, actor=desk.supervisor, at=moment("2026-04-01"))
    entries.void(
        month.pk, seq=month.events.get(entry="replied").seq, reason="误登记", actor=desk.clerk,
        at=moment("2026-04-02"),
    )  # fmt: skip
    client.force_login(
        StaffUser.objects.get(pk=getattr(desk, who).staff_id), "jcdisclosure.backends.StaffBackend"
    )
    query = "?kind=month&year=2026&number=3"

    paper = client.get(reverse("reports:periods_file", args=["pdf"]) + query)
    book = client.get(reverse("reports:periods_file", args=["xlsx"]) + query)

    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    (sheet,) = drawn
    assert (sheet.landscape, sheet.title) == (True, "依申请公开统计 2026年3月")
    assert [block.head for block in sheet.blocks] == [
        "数据", "办理结果", "渠道", "锁定后的差异", "变动的案件",
    ]  # fmt: skip
    assert sheet.blocks[-1].lines == (("办结", "−1", month.number, ""),)
    assert sheet.foot[0] == "查询：2026年3月（2026-03-01 至 2026-03-31）"
    assert kept.sha256 in sheet.foot[1]
    assert "国办发明电〔2025〕7号" in sheet.foot[3]
    rows = list(openpyxl.load_workbook(io.BytesIO(book.content))["数据"].values)
    assert ("按期率", "2/3") in [row[:2] for row in rows]


def test_periods_begin_and_end_where_they_should():
    quarter = Period(PeriodKind.QUARTER, 2026, 1)

    assert (quarter.first, quarter.last, str(quarter)) == (
        date(2026, 1, 1), date(2026, 3, 31), "2026年第1季度",
    )  # fmt: skip
    assert Period(PeriodKind.MONTH, 2028, 2).last == date(2028, 2, 29)
    assert Period(PeriodKind.YEAR, 2026).last == date(2026, 12, 31)
    for kind, number in ((PeriodKind.MONTH, 13), (PeriodKind.QUARTER, 0), (PeriodKind.YEAR, 2)):
        with pytest.raises(Refused, match="没有这个统计期"):
            Period(kind, 2026, number)


def test_a_share_of_few_is_no_percentage():
    assert [str(Share(*each)) for each in ((0, 0), (3, 4), (9, 9), (9, 10), (1, 3000))] == [
        "—", "3/4", "9/9", "90.0%", "0.0%",
    ]  # fmt: skip
    assert str(Days.of([])) == "—"
    assert str(Days.of([1, 2, 4])) == "中位 2，平均 2.3"
