"""The pages of reviews and suits, as clerk, reviewer and others meet them."""

from datetime import date

import pytest
from django.urls import reverse

from requests_app.domain.remedy_kinds import Procedure, ProceedingKind
from requests_app.models import Proceeding
from requests_app.services import proceedings
from requests_app.services.proceedings import Papers
from tests.offices import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(office, case):
    return add(office, case)


def add(office, case, number="金复受字〔2026〕9号"):
    papers = Papers(
        kind=ProceedingKind.REVIEW, authority="金昌市人民政府", received_on=date(2026, 3, 3),
        number=number, procedure=Procedure.ORDINARY,
    )  # fmt: skip
    return proceedings.register(
        case.pk, papers=papers, actor=office.clerk.as_actor(), at=moment("2026-03-04")
    )


GIVEN = {
    "kind": "direct_suit", "authority": "某某人民法院", "number": "（2026）甘行初1号",
    "received_on": "2026-03-09", "procedure": "", "claimant": "", "matter": "不服答复",
}  # fmt: skip


def test_a_suit_is_registered_from_its_case(at_desk, case):
    page = at_desk.get(reverse("admin:case", args=[case.pk])).content.decode()
    address = reverse("admin:case_proceedings", args=[case.pk])
    assert address in page

    answer = at_desk.post(address, GIVEN, follow=True)

    row = Proceeding.objects.get()
    assert answer.redirect_chain == [(reverse("admin:proceeding", args=[row.pk]), 302)]
    text = answer.content.decode()
    assert "2026-03-24" in text
    assert "行政诉讼法》第六十七条" in text


def test_what_was_typed_stays_and_each_slip_is_told(at_desk, case):
    address = reverse("admin:case_proceedings", args=[case.pk])

    answer = at_desk.post(address, GIVEN | {"kind": "review", "received_on": "2026-03-20"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "不能登记还没有发生的事" in text
    assert 'value="（2026）甘行初1号"' in text


def test_the_list_shows_what_is_owed_with_its_badge(at_desk, row):
    page = at_desk.get(reverse("admin:proceedings")).content.decode()

    assert "2026-03-17" in page
    assert "还有3个工作日" in page
    assert "待我方答复、举证 <b>1</b>" in page


@pytest.mark.parametrize("tab", ["owed", "pending", "ended", "nonsense"])
def test_the_list_costs_the_same_for_one_and_for_three(
    at_desk, office, case, tab, django_assert_num_queries
):
    add(office, case)
    address = reverse("admin:proceedings") + f"?tab={tab}"
    with django_assert_num_queries(COST):
        at_desk.get(address)
    for number in ("二", "三"):
        add(office, case, number)
    with django_assert_num_queries(COST):
        at_desk.get(address)


COST = 9


def test_each_step_is_taken_from_its_page(at_desk, row):
    address = reverse("admin:proceeding", args=[row.pk])
    steps = [
        {"step": "amend", "amend-number": "改", "amend-procedure": "summary"},
        {"step": "file", "file-kind": "reply", "file-on": "2026-03-10", "file-proof": "回执"},
        {
            "step": "decide", "decide-result": "corrected", "decide-result_number": "决9号",
            "decide-result_on": "2026-03-10", "decide-result_served_on": "2026-03-11",
            "decide-orders_answer": "on", "decide-answer_days": "15",
        },
    ]  # fmt: skip
    for step in steps:
        assert at_desk.post(address, step).status_code == 302, step
    row.refresh_from_db()
    page = at_desk.get(address).content.decode()

    assert (row.number, row.procedure, row.answered_on) == ("改", "summary", date(2026, 3, 10))
    assert (row.result, row.orders_answer, row.answer_days) == ("corrected", True, 15)
    assert "责令重新答复" in page
    assert "do/reopen/?decision=%E5%86%B39%E5%8F%B7&amp;on=2026-03-11&amp;days=15" in page
    filing = row.filings.get()
    void = {"step": "void_filing", "filing": filing.pk, "void_filing-reason": "误"}
    assert at_desk.post(address, void).status_code == 302
    assert at_desk.post(address, {"step": "withdraw", "withdraw-reason": "误"}).status_code == 302
    gone = at_desk.post(address, {"step": "void", "void-reason": "重复"})
    assert gone["Location"] == reverse("admin:case_proceedings", args=[row.case_id])
    assert at_desk.get(address).status_code == 404


def test_a_step_that_is_refused_says_why_and_keeps_what_was_typed(at_desk, row):
    address = reverse("admin:proceeding", args=[row.pk])
    step = {"step": "file", "file-kind": "reply", "file-on": "2026-03-02", "file-proof": "回执甲"}

    answer = at_desk.post(address, step)

    assert answer.status_code == 422
    assert "不能早于收到副本之日" in answer.content.decode()
    assert 'value="回执甲"' in answer.content.decode()
    void = {"step": "void_filing", "filing": "x", "void_filing-reason": "误"}
    assert "请选择要作废的那一条" in at_desk.post(address, void).content.decode()


def test_who_only_reads_sees_no_form_and_changes_nothing(office, row, sit_down):
    browser = sit_down(office.supervisor)
    address = reverse("admin:proceeding", args=[row.pk])

    page = browser.get(address)
    browser.post(address, {"step": "void", "void-reason": "x"})
    row.refresh_from_db()

    assert page.status_code == 200
    assert 'name="step"' not in page.content.decode()
    assert row.voided_at is None
    assert sit_down(office.administrator).get(address).status_code == 403
