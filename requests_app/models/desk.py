"""What a person keeps at the desk: cases followed and read, searches to come back to, register columns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from requests_app.domain.ledger_columns import HEADINGS, LedgerColumn
from requests_app.models.choices import choices, values


class CaseWatch(models.Model):
    """A person follows a case (关注)."""

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="watches")
    staff = models.ForeignKey("StaffUser", on_delete=models.CASCADE, related_name="watches")
    watched_at = models.DateTimeField("关注时间")

    class Meta:
        verbose_name = "关注"
        verbose_name_plural = "关注"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["staff", "case"], name="watched_once"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.case_id}"


class CaseReading(models.Model):
    """How far a person has read a case: what came later is unread."""

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="readings")
    staff = models.ForeignKey("StaffUser", on_delete=models.CASCADE, related_name="readings")
    seq = models.PositiveIntegerField("读到的序号")
    read_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "阅读进度"
        verbose_name_plural = "阅读进度"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["staff", "case"], name="read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.case_id} {self.seq}"


class SavedFilter(models.Model):
    """A view of the work list under a name. Its address can be passed on like any other."""

    owner = models.ForeignKey("StaffUser", on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField("名称", max_length=30)
    query = models.CharField("条件", max_length=400)
    created_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "常用筛选"
        verbose_name_plural = "常用筛选"
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "name"], name="filter_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="filter_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class RegisterColumn(models.Model):
    """One column of the exported register, under the heading the office has always used."""

    code = models.CharField("内容", max_length=20, unique=True, choices=choices(HEADINGS))
    heading = models.CharField("表头", max_length=30, blank=True, help_text="留空用通用的表头。")
    position = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = "台账表头"
        verbose_name_plural = "台账表头"
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(code__in=values(LedgerColumn)), name="register_column_known"
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.get_code_display()
