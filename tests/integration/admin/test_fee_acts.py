"""The acts on a fee's money from the case page: forms, refusals beside their fields, the panel."""

import pytest
from django.urls import reverse

from requests_app.domain.fees import FeeMode
from requests_app.models import Fee
from requests_app.services import deliveries, fees
from tests import offices

PART = {"amount": "40", "on": "2026-03-11", "bill_number": "甘财0001", "note": ""}


def url(case, act):
    return reverse("admin:act", args=[case.pk, act])


def page(browser, case):
    return browser.get(reverse("admin:case", args=[case.pk])).content.decode()


@pytest.fixture
def charged(office, case, issued):
    """A fee of 100 yuan, its notice served on 2026-03-05."""
    at, clerk = offices.moment("2026-03-05"), office.clerk.as_actor()
    drafted = fees.charge(
        case.pk,
        mode=FeeMode.PAGE,
        pages=40,
        fields={"payment_method": "到市财政局缴款"},
        actor=clerk,
        at=at,
    )
    letter = issued(drafted, at)
    deliveries.confirm(letter.pk, on=at.date(), proof="页面下载", actor=clerk, at=at)
    return case


def test_part_of_the_money_shows_what_is_still_owed(at_desk, charged):
    offered = at_desk.get(url(charged, "record_payment")).context["form"].fields["amount"].initial
    response = at_desk.post(url(charged, "record_payment"), PART, follow=True)

    assert offered == "100"
    assert "已登记，尚欠60元；缴清以前，答复期限不重新计算。" in response.content.decode()
    text = page(at_desk, charged)
    assert "尚欠 60 元" in text
    assert "票据 甘财0001" in text


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"amount": ""}, "amount", "请填写“收到金额（元）”"),
        ({"amount": "0"}, "amount", "0.01"),
        ({"amount": "很多"}, "amount", "请填数字，最多两位小数"),
        ({"amount": "1.005"}, "amount", "2"),
        ({"bill_number": " "}, "bill_number", "请填写“财政票据号”"),
        ({"on": "2026-03-04"}, "on", "早于收费通知发出之日"),
        ({"on": "2027-01-01"}, "on", "晚于今天"),
    ],
)
def test_a_payment_that_cannot_be_says_why_at_its_field(at_desk, charged, changes, field, sentence):
    response = at_desk.post(url(charged, "record_payment"), PART | changes)

    assert response.status_code == 422
    assert sentence in str(response.context["form"].errors[field])


def test_too_much_is_refundable_and_the_refund_is_bound(at_desk, charged):
    at_desk.post(url(charged, "record_payment"), PART | {"amount": "150.50"})
    refundable = "应退 50.50 元" in page(at_desk, charged)
    too_much = at_desk.post(
        url(charged, "refund_fee"), PART | {"amount": "60", "note": "退回原账户"}
    )
    done = at_desk.post(
        url(charged, "refund_fee"), PART | {"amount": "50.50", "note": "退回原账户"}
    )

    assert refundable
    assert "应退50.50元，不能退60元" in str(too_much.context["form"].errors["amount"])
    assert done.status_code == 302
    assert "应退" not in page(at_desk, charged)


def test_a_withdrawal_shows_the_dates_before_and_after(at_desk, charged):
    shown = at_desk.get(url(charged, "withdraw_fee"))
    empty = at_desk.post(url(charged, "withdraw_fee"), {"reason": " "})
    done = at_desk.post(url(charged, "withdraw_fee"), {"reason": "页数数错"})

    names = [(row.name, row.due) for row in shown.context["comparison"].rows]
    assert names[0] == ("现在", "没有正在计算的期限")
    assert names[1][1].startswith("03-30")
    assert empty.status_code == 422
    assert done.status_code == 302
    assert Fee.objects.get().withdrawn_reason == "页数数错"
    assert "撤销：页数数错" in page(at_desk, charged)


def test_money_paid_again_is_taken_in(at_desk, charged):
    at_desk.post(url(charged, "record_payment"), PART | {"amount": "100"})
    done = at_desk.post(url(charged, "record_extra"), PART | {"amount": "100", "note": "重复缴纳"})

    assert done.status_code == 302
    assert "应退 100 元" in page(at_desk, charged)
