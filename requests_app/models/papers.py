"""Files of a case, and the record of who looked at what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from requests_app.domain.papers import PAPER_KIND_LABELS, PaperKind
from requests_app.models.choices import choices, values


class Attachment(models.Model):
    """A file in private storage. The name is as sent, cleaned; the path says nothing."""

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="attachments"
    )
    kind = models.CharField("类别", max_length=20, choices=choices(PAPER_KIND_LABELS))
    name = models.CharField("文件名", max_length=200)
    path = models.CharField(max_length=200, editable=False)
    content_type = models.CharField("类型", max_length=80)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    added_at = models.DateTimeField("加入时间")
    added_by = models.ForeignKey(
        "StaffUser", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deleted_at = models.DateTimeField(
        "扫描件删除时间",
        null=True,
        blank=True,
        editable=False,
        help_text="到期删除的敏感扫描件：文件没有了，登记和SHA-256还在。",
    )

    class Meta:
        verbose_name = "材料"
        verbose_name_plural = "材料"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind__in=values(PaperKind)), name="attachment_kind_known"
            ),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="attachment_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class AccessRecord(models.Model):
    """Somebody saw an identity number or a sensitive scan, or got a query code anew: who, when, why.

    ``staff`` empty: the applicant, by the contact the case knows, not yet proved.
    """

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="access_records")
    staff = models.ForeignKey(
        "StaffUser", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    what = models.CharField("查看内容", max_length=60)
    reason = models.CharField("理由", max_length=200)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "查看记录"
        verbose_name_plural = "查看记录"
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="access_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.staff or '申请人'} {self.what}"
