"""The log of messages over all cases: filtered, masked, tried again; never more than one may see."""

import pytest
from django.urls import reverse

from requests_app.domain.errors import Refused
from requests_app.models import Message
from requests_app.services import messages
from tests import offices
from tests.integration.admin.conftest import TODAY

pytestmark = pytest.mark.django_db

AT = offices.moment(TODAY)
URL = "/admin/messages/"


@pytest.fixture
def failed(case):
    """The message of a case, given up."""
    Message.objects.filter(case=case).update(
        status="failed", error="mailbox unavailable", attempts=5
    )
    return Message.objects.get(case=case)


def lines(answer):
    return [(line.number, line.what, line.status) for line in answer.context["lines"]]


def test_messages_of_every_case_are_listed_without_whole_addresses(at_desk, office, case):
    other = offices.register(office, AT, name="李红", email="", phone="13812345678")

    answer = at_desk.get(URL)

    assert lines(answer) == [
        (other.number, "收到申请", "待发送"),
        (case.number, "收到申请", "待发送"),
    ]
    assert [line.to for line in answer.context["lines"]] == ["138****5678", "ch***@example.com"]
    page = answer.content.decode()
    assert [word for word in ("13812345678", "chen@example.com", "李红") if word in page] == []


def test_failed_ones_are_found_by_their_filter_and_by_number(at_desk, office, case, failed):
    offices.register(office, AT, name="李红")

    by_status = at_desk.get(URL, {"status": "failed"})
    by_number = at_desk.get(URL, {"number": case.number})

    assert lines(by_status) == lines(by_number) == [(case.number, "收到申请", "发送失败")]
    assert [(tab.label, tab.count) for tab in by_status.context["tabs"]] == [
        ("全部", 2),
        ("发送失败", 1),
        ("待发送", 1),
        ("发送中", 0),
        ("已发送", 0),
    ]
    assert "mailbox unavailable" in by_status.content.decode()


@pytest.mark.parametrize(
    "asked", [{"status": "alien"}, {"before": "x"}, {"before": "9" * 40}, {"status": "' OR 1"}]
)
def test_a_filter_nobody_has_filters_nothing(at_desk, case, asked):
    assert len(lines(at_desk.get(URL, asked))) == 1


@pytest.mark.parametrize("number", ["x", "2026-9999", "<script>", "\u202e"])
def test_a_number_nobody_has_finds_nothing_and_is_told(at_desk, case, number):
    answer = at_desk.get(URL, {"number": number})

    assert lines(answer) == []
    assert "请核对申请编号" in answer.content.decode()
    assert "<script>" not in answer.content.decode().split("<main")[-1].replace("<script src", "")


def test_older_ones_stand_on_the_next_page(at_desk, case, monkeypatch):
    from requests_app.admin import message_log

    monkeypatch.setattr(message_log, "_PAGE_SIZE", 1)
    first = Message.objects.get(case=case)
    Message.objects.create(
        case=case, key="second", channel="email", to="chen@example.com", body="x", due_at=AT
    )

    newest = at_desk.get(URL)
    older = at_desk.get(URL + newest.context["next_page"])

    assert [line.pk for line in older.context["lines"]] == [first.pk]
    assert older.context["next_page"] == ""


def test_a_failed_message_is_owed_once_more(at_desk, failed):
    answer = at_desk.post(reverse("admin:message_retry", args=[failed.pk]), follow=True)

    failed.refresh_from_db()
    assert (failed.status, failed.attempts, failed.error) == ("due", 0, "")
    assert "已重新排队发送" in answer.content.decode()


def test_what_has_not_failed_is_not_sent_twice(at_desk, case):
    message = Message.objects.get(case=case)

    answer = at_desk.post(reverse("admin:message_retry", args=[message.pk]), follow=True)

    assert "这条通知没有失败，或者已经在重发。" in answer.content.decode()


def test_a_supervisor_reads_and_does_not_send(office, failed, sit_down):
    browser = sit_down(office.supervisor)
    with pytest.raises(Refused):
        messages.try_again(failed.pk, actor=office.supervisor.as_actor(), at=AT)

    page = browser.get(URL).content.decode()

    assert ("发送失败" in page, "/retry/" in page) == (True, False)
    assert browser.post(reverse("admin:message_retry", args=[failed.pk])).status_code == 403


def test_a_handler_sees_the_messages_of_the_own_department(office, case, sit_down):
    assert lines(sit_down(office.handler).get(URL)) == []


def test_an_administrator_reads_no_messages(office, case, sit_down):
    assert sit_down(office.administrator).get(URL).status_code == 403


def test_the_page_asks_no_more_with_more_messages(at_desk, office, case, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    at_desk.get(URL)
    with CaptureQueriesContext(connection) as few:
        at_desk.get(URL)
    for name in ("甲", "乙", "丙"):
        offices.register(office, AT, name=name)

    with django_assert_num_queries(len(few)):
        at_desk.get(URL)
