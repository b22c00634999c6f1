"""Finding a lost query code again: one attempt by the contact the case knows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class CodeRecovery(models.Model):
    """One one-time code sent to the applicant. Derived from ``key``; kept nowhere in clear."""

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="recoveries")
    key = models.UUIDField(unique=True, editable=False)
    message = models.OneToOneField("Message", on_delete=models.PROTECT, related_name="recovery")
    asked_at = models.DateTimeField("申请时间")
    expires_at = models.DateTimeField("有效到")
    attempts = models.PositiveSmallIntegerField("试错次数", default=0)
    used_at = models.DateTimeField("用掉的时间", null=True, blank=True)

    class Meta:
        verbose_name = "找回查询码"
        verbose_name_plural = "找回查询码"
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "asked_at"], name="recoveries_of_a_case"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("asked_at")), name="recovery_ends_after_asking"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at}"
