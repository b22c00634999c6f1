"""Who leads what, and who is away: the office's people beside their roles."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from requests_app.domain.staffing import DUTY_LABELS, Duty
from requests_app.models.choices import choices, values


class DutyHolder(models.Model):
    """A person's duty in a department, or (without one) in the working body itself."""

    department = models.ForeignKey(
        "Department",
        verbose_name="部门",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duties",
        help_text="不选部门的，是工作机构自己的职务。",
    )
    duty = models.CharField("职务", max_length=20, choices=choices(DUTY_LABELS))
    person = models.ForeignKey(
        "StaffUser", verbose_name="人员", on_delete=models.PROTECT, related_name="duties"
    )

    class Meta:
        verbose_name = "职务分工"
        verbose_name_plural = "职务分工"
        ordering: ClassVar[list[str]] = ["department", "duty", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["department", "duty", "person"], name="duty_once"),
            # To the database no department is unlike no department, so once more without it.
            models.UniqueConstraint(
                fields=["duty", "person"],
                condition=Q(department__isnull=True),
                name="own_duty_once",
            ),
            models.CheckConstraint(condition=Q(duty__in=values(Duty)), name="duty_known"),
        ]

    def __str__(self) -> str:
        where = str(self.department) if self.department_id else "工作机构"
        return f"{where}{self.get_duty_display()}：{self.person}"


class Absence(models.Model):
    """Somebody is away for some days, first and last included, and who covers meanwhile."""

    person = models.ForeignKey(
        "StaffUser", verbose_name="人员", on_delete=models.PROTECT, related_name="absences"
    )
    first_on = models.DateField("开始日期")
    last_on = models.DateField("结束日期")
    cover = models.ForeignKey(
        "StaffUser",
        verbose_name="代理人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="covers",
    )
    recorded_by = models.ForeignKey(
        "StaffUser", verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")
    cancelled_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = "请假"
        verbose_name_plural = "请假"
        ordering: ClassVar[list[str]] = ["-first_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="absence_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | ~Q(cover=F("person")),
                name="absence_covered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.first_on}—{self.last_on}"
