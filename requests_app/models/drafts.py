"""What a person has typed and uploaded before filing: not yet an application, and soon gone.

A draft has no number, no clock and no ledger. Everything personal in it is sealed, since it waits
for somebody who may never come back; ``services.drafts`` deletes it at filing or when it is old.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from requests_app.domain.papers import PAPER_KIND_LABELS, PaperKind
from requests_app.models.choices import choices, values


class FilingDraft(models.Model):
    """The answers so far, sealed. Its key becomes the idempotency key of the application.

    ``resume_index`` is the keyed fingerprint of the code that opens it elsewhere, if one was asked for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answers_sealed = models.TextField("填写内容（密文）", blank=True, editable=False)
    resume_index = models.CharField(
        "继续填写码（指纹）", max_length=64, null=True, blank=True, unique=True, editable=False
    )
    started_at = models.DateTimeField("开始时间")
    touched_at = models.DateTimeField("保存时间", db_index=True)

    class Meta:
        verbose_name = "申请草稿"
        verbose_name_plural = "申请草稿"

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class DraftFile(models.Model):
    """A file kept with a draft: checked, and sealed in private storage."""

    draft = models.ForeignKey(FilingDraft, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField("类别", max_length=20, choices=choices(PAPER_KIND_LABELS))
    name = models.CharField("文件名", max_length=200)
    path = models.CharField(max_length=200, editable=False)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    added_at = models.DateTimeField("加入时间")

    class Meta:
        verbose_name = "草稿附件"
        verbose_name_plural = "草稿附件"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind__in=values(PaperKind)), name="draft_file_kind_known"
            ),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="draft_file_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name
