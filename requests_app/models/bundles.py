"""Bundles of a case's file that were made for a review, a suit or the archive."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from requests_app.domain.dossier import IDENTITY_CHOICE_LABELS, IdentityChoice
from requests_app.models.choices import choices, values


class Bundle(models.Model):
    """One bundle: a bound PDF and a ZIP of the originals with their manifest, both kept as made.

    ``missing`` are the sentences that named what was lacking, as shown before it was made; ``notes``
    name the files that could not be bound.
    """

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="bundles"
    )
    made_at = models.DateTimeField("制作时间")
    made_by = models.ForeignKey(
        "StaffUser", verbose_name="制作人", on_delete=models.PROTECT, related_name="+"
    )
    identity = models.CharField("身份材料", max_length=20, choices=choices(IDENTITY_CHOICE_LABELS))
    reason = models.CharField("理由", max_length=200, blank=True)
    missing = models.JSONField("缺少的材料", default=list, blank=True)
    notes = models.JSONField("没有装入的材料", default=list, blank=True)
    items = models.PositiveIntegerField("件数")
    pages = models.PositiveIntegerField("页数")
    pdf_path = models.CharField(max_length=200, editable=False)
    pdf_size = models.PositiveBigIntegerField("PDF大小（字节）")
    pdf_sha256 = models.CharField("PDF的SHA-256", max_length=64)
    zip_path = models.CharField(max_length=200, editable=False)
    zip_size = models.PositiveBigIntegerField("压缩包大小（字节）")
    zip_sha256 = models.CharField("压缩包的SHA-256", max_length=64)
    deleted_at = models.DateTimeField(
        "删除时间",
        null=True,
        blank=True,
        editable=False,
        help_text="装有身份证明原件的卷宗，与扫描件同时到期删除。",
    )

    class Meta:
        verbose_name = "卷宗"
        verbose_name_plural = "卷宗"
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(identity__in=values(IdentityChoice)),
                name="bundle_identity_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(identity=IdentityChoice.FULL.value) | ~models.Q(reason=""),
                name="bundle_with_identity_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.made_at:%Y-%m-%d %H:%M}"
