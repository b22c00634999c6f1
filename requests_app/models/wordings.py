"""The office's own wordings of its letters: versions that are proposed, approved, withdrawn."""

from __future__ import annotations

from typing import Any, ClassVar, Never

from django.db import models
from django.db.models import F, Q

from requests_app.domain.letter_types import LetterKind


class LetterWording(models.Model):
    """One version of one kind's wording. Its words never change: other words are a new version.

    It holds from ``valid_from`` on, once approved, until a later version does or it is withdrawn.
    Kinds without a version in force use the built-in wording. A trigger refuses changed words.
    """

    kind = models.CharField("文书", max_length=40)
    version = models.PositiveSmallIntegerField("版本")
    text = models.TextField("文本")
    note = models.CharField("修改说明", max_length=300)
    proposed_at = models.DateTimeField("提出时间")
    proposed_by = models.ForeignKey(
        "StaffUser", verbose_name="提出人", on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    approved_by = models.ForeignKey(
        "StaffUser",
        verbose_name="批准人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    valid_from = models.DateField("启用日期", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "StaffUser",
        verbose_name="撤回人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_reason = models.CharField("撤回理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "文书文本"
        verbose_name_plural = "文书文本"
        ordering: ClassVar[list[str]] = ["kind", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "version"], name="wording_version_once"),
            # Two proposals side by side could each be approved against the other's words.
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(approved_at__isnull=True, withdrawn_at__isnull=True),
                name="one_waiting_wording_a_kind",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(note="") & Q(version__gte=1),
                name="wording_has_words_and_note",
            ),
            models.CheckConstraint(
                condition=Q(
                    approved_at__isnull=True, approved_by__isnull=True, valid_from__isnull=True
                )
                | Q(approved_at__isnull=False, approved_by__isnull=False, valid_from__isnull=False),
                name="wording_approval_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="wording_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason=""
                )
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason=""),
                name="wording_withdrawal_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return the name by which letters remember their wording, such as ``extension/2``."""
        return f"{LetterKind(self.kind).value}/{self.version}"

    def delete(self, *_args: Any, **_kwargs: Any) -> Never:
        """Never delete: letters name the version they were written with."""
        message = "a wording is never deleted; withdraw it"
        raise TypeError(message)
