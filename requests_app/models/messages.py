"""Messages owed to people. A row is the promise; sending marks it kept, once."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from requests_app.models.choices import choices, values


class MessageChannel(StrEnum):
    """How a message travels."""

    EMAIL = "email"
    SMS = "sms"


class MessageStatus(StrEnum):
    """Owed, being sent, sent, or given up after several tries."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


MESSAGE_STATUS_LABELS: Final = MappingProxyType(
    {
        MessageStatus.DUE: "待发送",
        MessageStatus.SENDING: "发送中",
        MessageStatus.SENT: "已发送",
        MessageStatus.FAILED: "发送失败",
    }
)


class Message(models.Model):
    """One message to one address. ``key`` makes it exactly one however often a job runs.

    A digest to a member of staff speaks of several cases and hangs on none.
    """

    case = models.ForeignKey(
        "Case", null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    letter = models.ForeignKey(
        "Letter", null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(
        "渠道", max_length=10, choices=[("email", "电子邮件"), ("sms", "短信")]
    )
    to = models.CharField("收件人", max_length=120)
    subject = models.CharField("标题", max_length=120, blank=True)
    body = models.TextField("内容")
    status = models.CharField(
        "状态",
        max_length=10,
        choices=choices(MESSAGE_STATUS_LABELS),
        default=MessageStatus.DUE.value,
    )
    due_at = models.DateTimeField("应发时间")
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    error = models.CharField("失败原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at"], name="messages_due", condition=Q(status=MessageStatus.DUE.value)
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(channel__in=values(MessageChannel)), name="message_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=values(MessageStatus)), name="message_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at__isnull=True)),
                name="sent_message_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.key
