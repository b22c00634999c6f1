"""A real worker and a message that is asked for twice: sent once."""

import pytest

from requests_app.domain.jobs import Job
from requests_app.models import Message
from requests_app.models.messages import MessageChannel
from requests_app.services import messages
from tests import offices

pytestmark = pytest.mark.worker


def test_worker_sends_a_message_once_though_asked_twice(transactional_db, worker, eventually):
    message = messages.owe(
        None,
        key="k",
        channel=MessageChannel.EMAIL,
        to="chen@example.com",
        subject="标题",
        body="内容",
        at=offices.moment("2026-03-02"),
    )

    worker.send(Job.SEND_MESSAGE, message_id=message.pk)
    worker.send(Job.SEND_MESSAGE, message_id=message.pk)

    eventually(lambda: worker.output.count("succeeded") == 2)
    row = Message.objects.get()
    assert (row.status, row.attempts, row.error) == ("sent", 1, "")
