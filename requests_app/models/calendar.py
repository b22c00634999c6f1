"""The working-day calendar: what each State Council notice says of each day, notice by notice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from requests_app.domain.workdays import DayKind
from requests_app.models.choices import values


class CalendarNotice(models.Model):
    """A notice, or a local decision with a source number of its own. Applied only once approved."""

    number = models.CharField("文号", max_length=60, unique=True)
    title = models.CharField("标题", max_length=120, blank=True)
    published_on = models.DateField("公布日期")
    year = models.PositiveSmallIntegerField("年份")
    url = models.URLField("来源网址", blank=True)
    imported_at = models.DateTimeField("导入时间")
    imported_by = models.ForeignKey(
        "StaffUser",
        verbose_name="导入人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField("启用时间", null=True, blank=True)
    approved_by = models.ForeignKey(
        "StaffUser",
        verbose_name="启用人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "放假通知"
        verbose_name_plural = "放假通知"
        ordering: ClassVar[list[str]] = ["-published_on", "number"]

    def __str__(self) -> str:
        return self.number


class CalendarDay(models.Model):
    """One day as one notice changes it."""

    KINDS: ClassVar[list[tuple[str, str]]] = [
        (DayKind.HOLIDAY.value, "放假"),
        (DayKind.MAKEUP.value, "调休上班"),
        (DayKind.CANCEL_MAKEUP.value, "取消调休上班"),
    ]

    notice = models.ForeignKey(
        CalendarNotice, verbose_name="通知", on_delete=models.PROTECT, related_name="days"
    )
    on = models.DateField("日期")
    kind = models.CharField("性质", max_length=20, choices=KINDS)
    name = models.CharField("节日", max_length=20)

    class Meta:
        verbose_name = "日历变动"
        verbose_name_plural = "日历变动"
        ordering: ClassVar[list[str]] = ["on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Taking a make-up day back and naming the same day off are two statements (2020-02-01).
            models.UniqueConstraint(
                fields=["notice", "on"],
                condition=~models.Q(kind=DayKind.CANCEL_MAKEUP.value),
                name="a_notice_names_a_day_once",
            ),
            models.UniqueConstraint(
                fields=["notice", "on"],
                condition=models.Q(kind=DayKind.CANCEL_MAKEUP.value),
                name="a_notice_cancels_a_day_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=values(DayKind)), name="calendar_day_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"
