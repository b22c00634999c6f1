"""Secret addresses of calendar feeds: whose due dates, and whether the address still holds."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class CalendarFeed(models.Model):
    """A calendar somebody may subscribe to without signing in, until it is revoked.

    Only the hash of the secret is stored: who reads the database learns no address. Without a
    department it holds the cases its owner is the clerk of.
    """

    owner = models.ForeignKey(
        "StaffUser", verbose_name="持有人", on_delete=models.PROTECT, related_name="calendar_feeds"
    )
    department = models.ForeignKey(
        "Department",
        verbose_name="部门",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="calendar_feeds",
    )
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField("建立时间")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = "日历订阅"
        verbose_name_plural = "日历订阅"
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(secret_hash=""), name="feed_has_a_secret"),
        ]

    def __str__(self) -> str:
        return f"{self.owner}：{self.department or '本人经办'}"
