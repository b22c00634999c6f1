"""Whole lives in a real browser: two overlapping consultations; a fee that lapses; one that is paid.

Days are of 2025, with the autumn's holidays and make-up days in them; every due day was counted by
hand on the State Council's calendar, not taken from the clock.
"""

import re

import pytest
from playwright.sync_api import expect

from requests_app.models import Letter
from requests_app.services import lapse_watch
from tests import factories
from tests.offices import moment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick_pdf")]

#: 2025-09-28 and 10-11 are make-up days, 10-01 to 10-08 the holidays: the 20 days end on 10-30.
RECEIVED = "2025-09-26"


@pytest.fixture
def office(autumn):
    return factories.set_up()


def clock_of(at_desk):
    """What stands beside the light: the answer's clock on top, the other one below."""
    return at_desk.page.locator(".cs-head .clock")


# --- Two third parties --------------------------------------------------------------------------------


def consult(at_desk, case, name):
    at_desk.act(
        case, "consult", "起草征求意见书", query="?kind=third_party", name=name,
        address="金昌市金川区演示路2号", subject_text="改造合同中的单价", interest="商业秘密（成本数据）",
    )  # fmt: skip
    letter = Letter.objects.filter(kind="consult_third_party").latest("pk")
    at_desk.letter_act(letter, "submit", "制发，取得文号")
    at_desk.make_files()
    at_desk.letter_act(letter, "dispatch", "登记发出", way="ems", tracking_number=factories.EMS)
    at_desk.letter_act(letter, "confirm_delivery", "登记送达", proof="当面签收的回执")


def asked(at_desk, name):
    """The line about one of the two on the page of the case."""
    consulted = at_desk.page.get_by_role("region", name="征求意见")
    return consulted.get_by_role("row").filter(has_text=name)


def opinion(at_desk, case, name, position, reason=""):
    at_desk.open_case(case)
    asked(at_desk, name).get_by_role("link", name="登记结果").click()
    at_desk.fill(position=position, reason=reason)
    at_desk.page.get_by_role("button", name="登记结果", exact=True).click()
    expect(at_desk.page.get_by_role("status").first).to_have_text(f"{name}的意见已登记。")


def test_days_of_two_overlapping_consultations_are_left_out_once(at_desk, office, complaints):
    # Asked on 10-09 and 10-15, answered on 10-24 and 10-29. Out of the count by hand: 10-10, 10-11
    # (works), 10-13..10-17, 10-20..10-24 and 10-27..10-29 = 2 + 5 + 5 + 3 = 15, no day of them twice.
    # Run before: 09-28, 09-29, 09-30, 10-09 = 4; after: 10-30, 10-31 = 6, 11-03..11-07 = 11,
    # 11-10..11-14 = 16, 11-17..11-20 = 20. Adding both up would have given 2025-12-01.
    case = office.register(RECEIVED)

    at_desk.on("2025-10-09", office.clerk)
    consult(at_desk, case, "宝晶里物业公司")
    # Their own 15 working days: 10-10, 10-11 = 2, 10-13..10-17 = 7, 10-20..10-24 = 12, 10-27..10-29.
    at_desk.open_case(case)
    expect(asked(at_desk, "宝晶里物业公司")).to_contain_text("10-29")
    at_desk.on("2025-10-15", office.clerk)
    consult(at_desk, case, "金昌热力公司")
    at_desk.on("2025-10-24", office.clerk)
    opinion(at_desk, case, "宝晶里物业公司", "agrees")
    at_desk.open_case(case)
    # The other one is still being waited for.
    expect(clock_of(at_desk).first).to_contain_text("已停")
    at_desk.on("2025-10-29", office.clerk)
    opinion(at_desk, case, "金昌热力公司", "refuses", "单价属于商业秘密。")

    at_desk.open_case(case)
    expect(clock_of(at_desk).first).to_contain_text("2025-11-20")
    expect(at_desk.page.locator("#deadline tbody tr")).to_contain_text(
        [
            re.compile("09-27 至 10-09.*4"),
            re.compile("10-10 至 10-29.*征求意见，不计 15"),
            re.compile("10-30 至 11-20.*16"),
        ]
    )
    assert factories.due(case) == "2025-11-20"
    assert complaints == []


# --- A fee ----------------------------------------------------------------------------------------------


@pytest.fixture
def charged(at_desk, office):
    """A case whose fee notice was drafted, signed, and fetched by the applicant on 10-20."""
    case = office.file(RECEIVED)
    at_desk.on("2025-10-20", office.clerk)
    at_desk.act(
        case, "charge_fee", "起草收费通知", mode="page", units="40", offer_narrowing=True,
        offered_how="电话告知，申请人仍要全文。", payment_method="凭缴款码到银行缴纳。",
    )  # fmt: skip
    notice = Letter.objects.get(kind="fee")
    at_desk.letter_act(notice, "submit", "送签")
    at_desk.on("2025-10-20", office.head)
    at_desk.approve()
    at_desk.make_files()
    office.fetch(notice, "2025-10-20")
    return case


def test_a_fee_nobody_pays_lapses_when_a_person_says_so(at_desk, office, charged, complaints):
    # Pay within 20 working days of 10-20: 10-21..10-24 = 4, 10-27..10-31 = 9, 11-03..11-07 = 14,
    # 11-10..11-14 = 19, 11-17 = 20.
    at_desk.on("2025-11-17", office.clerk)
    lapse_watch.propose_due(at=moment("2025-11-17"))
    at_desk.open_case(charged)
    expect(at_desk.page.locator(".cs-head")).to_contain_text("申请人缴费期余0日，11-17")
    expect(at_desk.page.get_by_role("link", name="办理：确认视为放弃")).to_have_count(0)

    at_desk.on("2025-11-18", office.clerk)
    lapse_watch.propose_due(at=moment("2025-11-18"))
    at_desk.open_case(charged)
    expect(at_desk.page.locator(".cs-head .tag.b")).to_have_text("待确认放弃")
    assert factories.status(charged) == "lapse_proposed"
    at_desk.page.get_by_role("link", name="办理：确认视为放弃").click()
    at_desk.fill(judgement="11月18日电话联系，申请人表示不再需要，没有正当理由。")
    at_desk.page.get_by_role("button", name="起草不再处理告知书").click()
    letter = Letter.objects.get(kind="lapse_fee")
    assert letter.status == "draft"  # nothing lapses before the head has signed
    at_desk.letter_act(letter, "submit", "送签")
    at_desk.on("2025-11-18", office.head)
    at_desk.approve()
    at_desk.make_files()

    at_desk.open_case(charged)
    expect(at_desk.page.get_by_role("region", name="文书")).to_contain_text("不再处理告知书")
    expect(at_desk.page.locator(".cs-head .tag.b")).to_have_text("视为放弃")
    printed = factories.printed(letter)
    assert "2025年10月20日" in printed
    assert "2025年11月17日" in printed
    assert complaints == []


def test_a_fee_paid_restarts_the_period(at_desk, office, charged, complaints):
    # Paid on 11-05, so the 20 days begin anew: 11-06, 11-07 = 2, 11-10..11-14 = 7, 11-17..11-21 = 12,
    # 11-24..11-28 = 17, 12-01..12-03 = 20.
    at_desk.on("2025-11-05", office.clerk)
    at_desk.open_case(charged)
    expect(at_desk.page.locator(".cs-head .tag.b")).to_have_text("待缴费")
    at_desk.page.get_by_role("link", name="办理：登记缴费").click()
    at_desk.fill(bill_number="甘财0001")
    at_desk.page.get_by_role("button", name="登记缴费").click()
    expect(at_desk.page.get_by_role("status").first).to_have_text("缴费已登记，答复期限重新计算。")

    at_desk.open_case(charged)
    expect(clock_of(at_desk).first).to_contain_text("2025-12-03")
    assert factories.due(charged) == "2025-12-03"
    at_desk.on("2025-11-18", office.clerk)
    lapse_watch.propose_due(at=moment("2025-11-18"))
    assert factories.status(charged) == "handling"
    assert complaints == []
