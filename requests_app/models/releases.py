"""Files handed to the applicant with an answer, and the register of what was blacked out in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from requests_app.domain.grounds import GROUNDS, Ground
from requests_app.models.choices import values


class ReleasedFile(models.Model):
    """A file to be handed over. Loose until the answer is signed; then it is that letter's for good.

    ``warning`` is what was found under the black of a PDF when it came in. A file taken out again,
    before the answer was signed, is kept and says so.
    """

    attachment = models.ForeignKey(
        "Attachment", verbose_name="文件", on_delete=models.PROTECT, related_name="releases"
    )
    letter = models.ForeignKey(
        "Letter",
        verbose_name="答复书",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="released_files",
    )
    redacted = models.BooleanField("有遮盖")
    pages = models.PositiveIntegerField("页数")
    warning = models.CharField("提示", max_length=300, blank=True)
    added_at = models.DateTimeField("登记时间")
    added_by = models.ForeignKey(
        "StaffUser", verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)
    removed_by = models.ForeignKey(
        "StaffUser",
        verbose_name="移除人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "提供的文件"
        verbose_name_plural = "提供的文件"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(pages__gte=1), name="released_file_has_pages"),
            models.CheckConstraint(
                condition=Q(letter__isnull=True) | Q(removed_at__isnull=True),
                name="released_file_stays_with_its_letter",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="released_file_removed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["letter", "attachment"],
                condition=Q(letter__isnull=False),
                name="released_file_once_a_letter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attachment}（{self.pages}页）"


class Redaction(models.Model):
    """One place blacked out in a file: page, what stood there, ground, reason (条例 37)."""

    file = models.ForeignKey(
        ReleasedFile, verbose_name="文件", on_delete=models.PROTECT, related_name="redactions"
    )
    page = models.PositiveIntegerField("页码")
    what = models.CharField("遮盖的内容", max_length=120)
    ground = models.CharField(
        "依据",
        max_length=20,
        choices=[
            (rule.ground.value, f"{rule.label}（{rule.article}）") for rule in GROUNDS.values()
        ],
    )
    reason = models.CharField("理由", max_length=300)
    added_at = models.DateTimeField("登记时间")
    added_by = models.ForeignKey(
        "StaffUser", verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField("删去时间", null=True, blank=True)

    class Meta:
        verbose_name = "遮盖登记"
        verbose_name_plural = "遮盖登记"
        ordering: ClassVar[list[str]] = ["file", "page", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(page__gte=1), name="redaction_page_from_one"),
            models.CheckConstraint(
                condition=Q(ground__in=values(Ground)), name="redaction_ground_known"
            ),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(reason=""), name="redaction_says_what_and_why"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(removed_at__gte=F("added_at")),
                name="redaction_removed_after_it_was_added",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.page}页 {self.what}"
