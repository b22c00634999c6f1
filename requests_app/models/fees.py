"""The information-processing fee of a case (国办函〔2020〕109号). Money is in integer fen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from requests_app.domain.fee_account import MOVEMENT_LABELS, MovementKind
from requests_app.domain.fees import FeeMode
from requests_app.models.choices import choices, values


class Fee(models.Model):
    """One fee, by item or by page, never both."""

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="fees"
    )
    mode = models.CharField(
        "计收方式", max_length=10, choices=[("item", "按件"), ("page", "按量（页）")]
    )
    items_before = models.PositiveIntegerField("当月此前件数", null=True, blank=True)
    items = models.PositiveIntegerField("本件件数", null=True, blank=True)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    amount_fen = models.PositiveBigIntegerField("金额（分）")
    letter = models.OneToOneField(
        "Letter",
        verbose_name="收费通知",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="fee",
    )
    paid_on = models.DateField("缴清日期", null=True, blank=True)
    bill_number = models.CharField("财政票据号", max_length=60, blank=True)
    offered = models.JSONField("收费前提供的其他办法", default=dict, blank=True, editable=False)
    withdrawn_on = models.DateField("撤销日期", null=True, blank=True)
    withdrawn_reason = models.CharField("撤销理由", max_length=300, blank=True)
    created_at = models.DateTimeField("计算时间")

    class Meta:
        verbose_name = "信息处理费"
        verbose_name_plural = "信息处理费"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(mode__in=values(FeeMode)), name="fee_mode_known"),
            models.CheckConstraint(
                condition=Q(
                    mode="item", items__isnull=False, items_before__isnull=False, pages__isnull=True
                )
                | Q(
                    mode="page", pages__isnull=False, items__isnull=True, items_before__isnull=True
                ),
                name="fee_by_item_or_by_page",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="fee_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_reason="")),
                name="fee_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_fen // 100}元"


class FeeMovement(models.Model):
    """Money of a fee that came in or went back; ``seq`` is its entry in the case's ledger.

    A row whose entry is voided says so and no longer counts; it is never deleted.
    """

    fee = models.ForeignKey(
        Fee, verbose_name="信息处理费", on_delete=models.PROTECT, related_name="movements"
    )
    kind = models.CharField("收、退", max_length=10, choices=choices(MOVEMENT_LABELS))
    on = models.DateField("日期")
    amount_fen = models.PositiveBigIntegerField("金额（分）")
    bill_number = models.CharField("票据号", max_length=60)
    note = models.CharField("说明", max_length=300, blank=True)
    seq = models.PositiveIntegerField("事项序号")
    voided = models.BooleanField("登记已作废", default=False)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "信息处理费收退"
        verbose_name_plural = "信息处理费收退"
        ordering: ClassVar[list[str]] = ["on", "seq"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=values(MovementKind)), name="fee_movement_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0), name="fee_movement_is_more_than_nothing"
            ),
            models.CheckConstraint(condition=~Q(bill_number=""), name="fee_movement_has_a_bill"),
            models.UniqueConstraint(fields=["fee", "seq"], name="fee_movement_once_an_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount_fen / 100:g}元"
