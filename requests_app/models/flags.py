"""What the office was warned of, and when: each warning once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from requests_app.domain.lights import FLAG_LEVEL_LABELS, FlagLevel
from requests_app.models.choices import choices, values


class DueFlag(models.Model):
    """A case was flagged for a date at a level. A moved date raises flags of its own."""

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="due_flags")
    due_on = models.DateField("期限")
    level = models.CharField("级别", max_length=10, choices=choices(FLAG_LEVEL_LABELS))
    raised_at = models.DateTimeField("提示时间")

    class Meta:
        verbose_name = "到期提示"
        verbose_name_plural = "到期提示"
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["level", "raised_at"], name="flags_by_level_and_time"),
            models.Index(fields=["raised_at"], name="flags_by_time"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "due_on", "level"], name="flagged_once_a_level"
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=values(FlagLevel)), name="flag_level_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_on} {self.level}"
