"""How cases belong together: by letter, by merger, by likeness; and what came from an old register."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from requests_app.domain.case_links import LINK_LABELS, LinkKind
from requests_app.domain.likeness import PIECE_LENGTH
from requests_app.models.choices import choices, values


class CaseLink(models.Model):
    """``case`` points at the earlier ``other``: cut from its letter, or merged into it."""

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField("关系", max_length=20, choices=choices(LINK_LABELS))
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey("StaffUser", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "关联"
        verbose_name_plural = "关联"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "other", "kind"], name="linked_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind=LinkKind.MERGED_INTO.value),
                name="merged_into_one",
            ),
            models.CheckConstraint(condition=~Q(case=F("other")), name="link_joins_two"),
            models.CheckConstraint(condition=Q(kind__in=values(LinkKind)), name="link_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.other_id}"


class CaseText(models.Model):
    """That a case's text was cut into pieces, and into how many that are compared."""

    case = models.OneToOneField("Case", on_delete=models.PROTECT, related_name="text_index")
    compared_pieces = models.PositiveIntegerField()

    class Meta:
        verbose_name = "文本索引"
        verbose_name_plural = "文本索引"

    def __str__(self) -> str:
        return str(self.case_id)


class CasePiece(models.Model):
    """One piece of a case's text; ``compared`` ones also tell how like two texts are."""

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="pieces")
    piece = models.CharField(max_length=PIECE_LENGTH)
    compared = models.BooleanField()

    class Meta:
        verbose_name = "文本片段"
        verbose_name_plural = "文本片段"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["piece", "case"], name="piece_once_a_case"),
        ]

    def __str__(self) -> str:
        return self.piece


class CaseLikeness(models.Model):
    """Two cases ask for nearly the same. The later one is ``case``."""

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="likenesses")
    other = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="likened_by")
    percent = models.PositiveSmallIntegerField("相似度（%）")
    same_applicant = models.BooleanField("同一申请人")

    class Meta:
        verbose_name = "相近申请"
        verbose_name_plural = "相近申请"
        ordering: ClassVar[list[str]] = ["-percent", "other"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "other"], name="likeness_once"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="likeness_in_hundredths"),
            models.CheckConstraint(condition=Q(case__gt=F("other")), name="likeness_looks_back"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} ~ {self.other_id} {self.percent}%"


class PublicationDecision(models.Model):
    """What the office decided about publishing what several people asked for (条例 44 ¶1)."""

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="publication_decisions")
    publish = models.BooleanField("转为主动公开")
    reason = models.CharField("理由", max_length=300)
    decided_at = models.DateTimeField("决定时间")
    decided_by = models.ForeignKey("StaffUser", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "主动公开决定"
        verbose_name_plural = "主动公开决定"
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(reason=""), name="publication_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.decided_at:%Y-%m-%d}"


class RegisterImport(models.Model):
    """A file of an old register that was taken in, whole. The same file is never taken in twice."""

    file_name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    row_count = models.PositiveIntegerField("行数")
    closed_count = models.PositiveIntegerField("已办结")
    imported_at = models.DateTimeField("导入时间")
    imported_by = models.ForeignKey("StaffUser", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "旧台账导入"
        verbose_name_plural = "旧台账导入"
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class ImportedCase(models.Model):
    """The line of the old register a case came from, as it stood there."""

    case = models.OneToOneField("Case", on_delete=models.PROTECT, related_name="imported")
    source = models.ForeignKey(RegisterImport, on_delete=models.PROTECT, related_name="cases")
    row = models.PositiveIntegerField("行号")
    original = models.JSONField("原文")

    class Meta:
        verbose_name = "导入的申请"
        verbose_name_plural = "导入的申请"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "row"], name="imported_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id}:{self.row}"
