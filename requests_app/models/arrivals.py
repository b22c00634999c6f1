"""What proves how an application came, and the register of mail that is none."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from requests_app.domain.arrivals import (
    CONFIRMED_WAY_LABELS,
    READ_BACK_WAY_LABELS,
    ConfirmedWay,
    ReadBackWay,
)
from requests_app.domain.stray_mail import (
    STRAY_KIND_LABELS,
    STRAY_WAY_LABELS,
    StrayKind,
    StrayWay,
)
from requests_app.models.choices import choices, values


class ArrivalRecord(models.Model):
    """Who signed, who called whom, who read back: kept with a case that did not come online."""

    case = models.OneToOneField("Case", on_delete=models.PROTECT, related_name="arrival_record")
    signer = models.CharField("签收人", max_length=60, blank=True)
    postmarked_on = models.DateField("邮戳日", null=True, blank=True)
    confirmed_with = models.CharField("与谁确认", max_length=60, blank=True)
    confirmed_way = models.CharField(
        "确认方式", max_length=10, blank=True, choices=choices(CONFIRMED_WAY_LABELS)
    )
    confirmed_time = models.TimeField("确认时间", null=True, blank=True)
    confirmer = models.CharField("确认人", max_length=60, blank=True)
    late_reason = models.CharField("未当日确认的原因", max_length=200, blank=True)
    read_back = models.CharField(
        "宣读核对", max_length=12, blank=True, choices=choices(READ_BACK_WAY_LABELS)
    )
    writer = models.CharField("代为填写人", max_length=60, blank=True)

    class Meta:
        verbose_name = "来件记录"
        verbose_name_plural = "来件记录"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(confirmed_way="") | Q(confirmed_way__in=values(ConfirmedWay)),
                name="arrival_confirmed_way_known",
            ),
            models.CheckConstraint(
                condition=Q(read_back="") | Q(read_back__in=values(ReadBackWay)),
                name="arrival_read_back_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class StrayMail(models.Model):
    """Something that came and is no application. It has no number of a case and no period.

    ``case`` is set when a second look found a complete application in it after all.
    """

    arrived_on = models.DateField("到达日期")
    way = models.CharField("途径", max_length=10, choices=choices(STRAY_WAY_LABELS))
    kind = models.CharField("性质", max_length=20, choices=choices(STRAY_KIND_LABELS))
    sender = models.CharField("来件人", max_length=60, blank=True)
    contact = models.CharField("联系方式", max_length=120, blank=True)
    summary = models.CharField("内容摘要", max_length=300)
    pointer = models.TextField("告知内容", blank=True)
    answered_at = models.DateTimeField("告知时间", null=True, blank=True)
    answered_how = models.CharField("告知方式", max_length=120, blank=True)
    answered_by = models.ForeignKey(
        "StaffUser", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    case = models.ForeignKey(
        "Case",
        verbose_name="转为申请",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stray_mail",
    )
    idempotency_key = models.UUIDField(unique=True, editable=False)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey("StaffUser", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "来件（非申请）"
        verbose_name_plural = "来件（非申请）"
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(way__in=values(StrayWay)), name="stray_way_known"),
            models.CheckConstraint(
                condition=Q(kind__in=values(StrayKind)), name="stray_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="stray_answered_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arrived_on} {self.summary[:20]}"
