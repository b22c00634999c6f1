"""Annual reports with their files, and statistical periods that were closed. Frozen, once frozen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from requests_app.domain.report_status import (
    PERIOD_KIND_LABELS,
    REPORT_FILE_LABELS,
    REPORT_STATUS_LABELS,
    PeriodKind,
    ReportFileKind,
    ReportStatus,
)
from requests_app.models.choices import choices, values


class AnnualReport(models.Model):
    """One year's report (条例 49, 50). A draft's figures are counted anew each time it is shown.

    ``proactive`` is table 二, entered by hand. ``snapshot`` is what was counted when the year was
    locked, with each case's place in the tables; ``sha256`` is its hash. Neither changes afterwards:
    what comes later is shown as a difference. ``carry_note`` explains a year that does not begin
    where the last one ended.
    """

    year = models.PositiveSmallIntegerField("年度", unique=True)
    status = models.CharField(
        "状态",
        max_length=20,
        choices=choices(REPORT_STATUS_LABELS),
        default=ReportStatus.DRAFT.value,
    )
    proactive = models.JSONField("主动公开情况", default=dict, blank=True)
    overview = models.TextField("一、总体情况", blank=True)
    problems = models.TextField("五、存在的主要问题及改进情况", blank=True)
    other_matters = models.TextField("六、其他需要报告的事项", blank=True)
    author_ids = models.JSONField("编写人", default=list, blank=True, editable=False)
    version = models.PositiveIntegerField("修订", default=0, editable=False)
    created_at = models.DateTimeField("建立时间")
    snapshot = models.JSONField("锁定的数据", null=True, blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    carry_note = models.CharField("与上年不衔接的说明", max_length=300, blank=True)
    locked_at = models.DateTimeField("锁定时间", null=True, blank=True)
    locked_by = models.ForeignKey(
        "StaffUser",
        verbose_name="锁定人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    published_by = models.ForeignKey(
        "StaffUser",
        verbose_name="发布人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "年度报告"
        verbose_name_plural = "年度报告"
        ordering: ClassVar[list[str]] = ["-year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(status__in=values(ReportStatus)), name="annual_report_status_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    status=ReportStatus.DRAFT.value,
                    locked_at__isnull=True,
                    locked_by__isnull=True,
                    snapshot__isnull=True,
                    sha256="",
                )
                | (
                    ~Q(status=ReportStatus.DRAFT.value)
                    & Q(locked_at__isnull=False, locked_by__isnull=False, snapshot__isnull=False)
                    & ~Q(sha256="")
                ),
                name="annual_report_locked_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=ReportStatus.PUBLISHED.value,
                    published_at__isnull=False,
                    published_by__isnull=False,
                )
                | (
                    ~Q(status=ReportStatus.PUBLISHED.value)
                    & Q(published_at__isnull=True, published_by__isnull=True)
                ),
                name="annual_report_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("locked_by")),
                name="annual_report_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度"


class AnnualReportFile(models.Model):
    """One file of a published report, kept as it was published."""

    report = models.ForeignKey(
        AnnualReport, verbose_name="年度报告", on_delete=models.PROTECT, related_name="files"
    )
    kind = models.CharField("格式", max_length=10, choices=choices(REPORT_FILE_LABELS))
    path = models.CharField(max_length=200, editable=False)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = "年度报告文件"
        verbose_name_plural = "年度报告文件"
        ordering: ClassVar[list[str]] = ["report", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "kind"], name="annual_report_file_once"),
            models.CheckConstraint(
                condition=Q(kind__in=values(ReportFileKind)), name="annual_report_file_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.get_kind_display()}"


class ClosedPeriod(models.Model):
    """One month, quarter or year whose figures were frozen; ``number`` is 1 to 12, 1 to 4, or 1."""

    kind = models.CharField("种类", max_length=10, choices=choices(PERIOD_KIND_LABELS))
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("序号")
    snapshot = models.JSONField("锁定的数据", editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    closed_at = models.DateTimeField("锁定时间")
    closed_by = models.ForeignKey(
        "StaffUser", verbose_name="锁定人", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "已锁定的统计期"
        verbose_name_plural = "已锁定的统计期"
        ordering: ClassVar[list[str]] = ["-year", "kind", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "year", "number"], name="period_closed_once"),
            models.CheckConstraint(
                condition=Q(kind__in=values(PeriodKind)), name="period_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=PeriodKind.MONTH.value, number__range=(1, 12))
                | Q(kind=PeriodKind.QUARTER.value, number__range=(1, 4))
                | Q(kind=PeriodKind.YEAR.value, number=1),
                name="period_number_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()} {self.number}"
