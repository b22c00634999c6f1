"""A real worker and a message that is asked for twice: sent once."""

import pytest

from requests_app.domain.jobs import Job
from requests_app.models import Message
from requests_app.models.messages import MessageChannel
from requests_app.services import messages
from tests import offices

pytestmark = pytest.mark.worker


def owe(key):
    return messages.owe(
        None,
        key=key,
        channel=MessageChannel.EMAIL,
        to="chen@example.com",
        subject="标题",
        body="内容",
        at=offices.moment("2026-03-02"),
    )


def test_worker_sends_a_message_once_though_asked_twice(transactional_db, worker, eventually):
    first, last = owe("first"), owe("last")

    for message in (first, first, last):
        worker.send(Job.SEND_MESSAGE, message_id=message.pk)

    eventually(lambda: Message.objects.filter(status="sent").count() == 2)
    assert set(Message.objects.values_list("key", "attempts", "error")) == {
        ("first", 1, ""),
        ("last", 1, ""),
    }
