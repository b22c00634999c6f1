"""督办单 and the reasons why a case was late."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from requests_app.domain.lateness import SEGMENT_LABELS, Segment
from requests_app.models.choices import choices, values


class SupervisionOrder(models.Model):
    """A 督办单: a numbered paper that asks a department for an answer by a day.

    Number and facts are frozen when it is issued; the PDF is made once and kept with its hash. The
    ladder issues one for each day missed; people may issue further ones.
    """

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="supervision_orders"
    )
    number = models.CharField("文号", max_length=60, unique=True)
    due_on = models.DateField("期限")
    by_ladder = models.BooleanField("系统发出", default=False)
    asked = models.CharField("督办要求", max_length=500)
    reply_due_on = models.DateField("反馈时限")
    addressee = models.ForeignKey(
        "StaffUser",
        verbose_name="主送",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    copy_to = models.ForeignKey(
        "StaffUser",
        verbose_name="抄送",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    issued_at = models.DateTimeField("发出时间")
    issued_by = models.ForeignKey(
        "StaffUser",
        verbose_name="发出人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    facts = models.JSONField("督办事实", default=dict)
    path = models.CharField(max_length=200, blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    size = models.PositiveIntegerField("大小（字节）", null=True, blank=True)
    render_error = models.CharField("制作失败原因", max_length=300, blank=True)
    replied_on = models.DateField("反馈日期", null=True, blank=True)
    reply = models.TextField("反馈内容", blank=True)
    reply_recorded_by = models.ForeignKey(
        "StaffUser",
        verbose_name="登记人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reply_recorded_at = models.DateTimeField("登记时间", null=True, blank=True)

    class Meta:
        verbose_name = "督办单"
        verbose_name_plural = "督办单"
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["reply_due_on", "id"],
                name="orders_unanswered",
                condition=Q(replied_on__isnull=True),
            ),
            models.Index(fields=["id"], name="orders_without_a_file", condition=Q(path="")),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "due_on"],
                condition=Q(by_ladder=True),
                name="one_order_a_missed_day",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=False)
                & (
                    Q(by_ladder=True, issued_by__isnull=True)
                    | Q(by_ladder=False, issued_by__isnull=False)
                ),
                name="order_is_the_ladders_or_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(path="", sha256="") | (~Q(path="") & ~Q(sha256="")),
                name="order_file_has_a_hash",
            ),
            models.CheckConstraint(
                condition=Q(
                    replied_on__isnull=True,
                    reply="",
                    reply_recorded_at__isnull=True,
                    reply_recorded_by__isnull=True,
                )
                | (
                    Q(
                        replied_on__isnull=False,
                        reply_recorded_at__isnull=False,
                        reply_recorded_by__isnull=False,
                    )
                    & ~Q(reply="")
                ),
                name="order_reply_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class LateReason(models.Model):
    """Why the reply period of a case was not kept, and which stretch of the work used the days."""

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="late_reasons"
    )
    due_on = models.DateField("期限")
    segment = models.CharField("耽误在", max_length=20, choices=choices(SEGMENT_LABELS))
    working_days = models.PositiveSmallIntegerField("耽误（工作日）")
    text = models.CharField("原因", max_length=500)
    given_by = models.ForeignKey(
        "StaffUser", verbose_name="说明人", on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField("说明时间")

    class Meta:
        verbose_name = "超期原因"
        verbose_name_plural = "超期原因"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "due_on", "segment"], name="late_reason_once_a_segment"
            ),
            models.CheckConstraint(
                condition=Q(segment__in=values(Segment)), name="late_segment_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="late_reason_has_words"),
            models.CheckConstraint(condition=Q(working_days__gt=0), name="late_reason_has_days"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_on} {self.segment}"
