"""Departments asked for records and opinions beside the one that has the case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from requests_app.domain.inquiries import WANTED_LABELS, Wanted
from requests_app.models.choices import choices, values


class Inquiry(models.Model):
    """One department asked: signed for, then replied to or returned with a reason.

    Its handlers see the case from the asking until they return it. Its steps stand in the ledger as
    well; ``cancelled_at``: the asking was voided there. ``due_on`` is the office's own last day.
    """

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="inquiries"
    )
    department = models.ForeignKey(
        "Department", verbose_name="协办部门", on_delete=models.PROTECT, related_name="inquiries"
    )
    wanted = models.CharField("要什么", max_length=20, choices=choices(WANTED_LABELS))
    question = models.CharField("请办事项", max_length=500)
    due_on = models.DateField("回复期限")
    asked_by = models.ForeignKey(
        "StaffUser", verbose_name="发起人", on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("发起时间")
    signed_by = models.ForeignKey(
        "StaffUser",
        verbose_name="签收人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    reply = models.TextField("回复", blank=True)
    replied_by = models.ForeignKey(
        "StaffUser",
        verbose_name="回复人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    replied_at = models.DateTimeField("回复时间", null=True, blank=True)
    returned_reason = models.CharField("退回理由", max_length=300, blank=True)
    returned_by = models.ForeignKey(
        "StaffUser",
        verbose_name="退回人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    returned_at = models.DateTimeField("退回时间", null=True, blank=True)
    cancelled_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        verbose_name = "部门协办"
        verbose_name_plural = "部门协办"
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["department", "case"],
                name="inquiries_seen",
                condition=Q(returned_at__isnull=True, cancelled_at__isnull=True),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "department"],
                condition=Q(
                    replied_at__isnull=True, returned_at__isnull=True, cancelled_at__isnull=True
                ),
                name="one_open_inquiry_a_department",
            ),
            models.CheckConstraint(
                condition=Q(wanted__in=values(Wanted)), name="inquiry_wanted_known"
            ),
            models.CheckConstraint(condition=~Q(question=""), name="inquiry_asks_something"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="inquiry_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_at__isnull=True, replied_by__isnull=True)
                | (~Q(reply="") & Q(replied_at__isnull=False, replied_by__isnull=False)),
                name="inquiry_reply_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(returned_reason="", returned_at__isnull=True, returned_by__isnull=True)
                | (
                    ~Q(returned_reason="") & Q(returned_at__isnull=False, returned_by__isnull=False)
                ),
                name="inquiry_returned_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True) | Q(returned_at__isnull=True),
                name="inquiry_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.case_id}"
