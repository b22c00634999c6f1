"""Reviews and suits about a case, and what the office filed in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from requests_app.domain.remedy_kinds import (
    FILING_LABELS,
    PROCEDURE_LABELS,
    PROCEEDING_KIND_LABELS,
    RESULT_LABELS,
    STAGE_LABELS,
    FilingKind,
    Procedure,
    ProceedingKind,
    Result,
    Stage,
)
from requests_app.models.choices import choices, values


class Proceeding(models.Model):
    """One review or suit about one case; an appeal is a later ``stage`` of the same suit.

    ``due_on`` is our last day to answer or to file evidence, computed from ``received_on`` by the
    calendar of ``calendar_version`` and never typed. ``result_on`` is the day of the decision that
    ended it, ``result_served_on`` the day we had it. A mistake is voided with a reason, never deleted.
    """

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="proceedings"
    )
    kind = models.CharField("种类", max_length=20, choices=choices(PROCEEDING_KIND_LABELS))
    authority = models.CharField("复议机关或者法院", max_length=80)
    number = models.CharField("案号", max_length=80, blank=True)
    claimant = models.CharField("申请人或者原告", max_length=120)
    procedure = models.CharField(
        "程序", max_length=20, blank=True, choices=choices(PROCEDURE_LABELS)
    )
    stage = models.CharField("阶段", max_length=20, choices=choices(STAGE_LABELS))
    received_on = models.DateField("收到申请书或者起诉状副本")
    due_on = models.DateField("我方期限", editable=False)
    calendar_version = models.CharField("日历版本", max_length=80, editable=False)
    matter = models.CharField("事由", max_length=300, blank=True)
    answered_on = models.DateField("提交答复或者证据", null=True, blank=True, editable=False)
    result = models.CharField("结果", max_length=20, blank=True, choices=choices(RESULT_LABELS))
    result_on = models.DateField("作出决定或者判决", null=True, blank=True)
    result_served_on = models.DateField("收到决定书或者判决书", null=True, blank=True)
    result_number = models.CharField("决定书或者判决书文号", max_length=80, blank=True)
    result_note = models.CharField("主要内容", max_length=500, blank=True)
    orders_answer = models.BooleanField("责令重新答复", default=False)
    answer_days = models.PositiveSmallIntegerField("重新答复期限（工作日）", null=True, blank=True)
    reopened_seq = models.PositiveIntegerField("重新办理的事项序号", null=True, blank=True)
    registered_at = models.DateTimeField("登记时间")
    registered_by = models.ForeignKey(
        "StaffUser", verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_by = models.ForeignKey(
        "StaffUser",
        verbose_name="作废人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    void_reason = models.CharField("作废理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "复议、诉讼"
        verbose_name_plural = "复议、诉讼"
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_on", "id"],
                name="proceedings_to_answer",
                condition=Q(answered_on__isnull=True, result="", voided_at__isnull=True),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=values(ProceedingKind)), name="proceeding_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=values(Stage)), name="proceeding_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=ProceedingKind.REVIEW.value,
                    procedure__in=values(Procedure),
                    stage=Stage.PENDING.value,
                )
                | (
                    ~Q(kind=ProceedingKind.REVIEW.value)
                    & Q(procedure="")
                    & ~Q(stage=Stage.PENDING.value)
                ),
                name="review_has_a_procedure_suit_a_stage",
            ),
            models.CheckConstraint(
                condition=Q(result="", result_on__isnull=True, result_served_on__isnull=True)
                | Q(
                    result__in=values(Result),
                    result_on__isnull=False,
                    result_served_on__isnull=False,
                    result_on__gte=F("received_on"),
                    result_served_on__gte=F("result_on"),
                ),
                name="proceeding_result_whole",
            ),
            models.CheckConstraint(
                condition=Q(orders_answer=False) | Q(result=Result.CORRECTED.value),
                name="only_a_correction_orders_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                name="proceeding_voided_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number or self.authority}"


class ProceedingFiling(models.Model):
    """What the office handed in, when, and the proof of it."""

    proceeding = models.ForeignKey(
        Proceeding, verbose_name="复议、诉讼", on_delete=models.PROTECT, related_name="filings"
    )
    kind = models.CharField("材料", max_length=20, choices=choices(FILING_LABELS))
    on = models.DateField("提交日期")
    proof = models.CharField("提交凭据", max_length=200)
    description = models.CharField("内容", max_length=300, blank=True)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey(
        "StaffUser", verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_by = models.ForeignKey(
        "StaffUser",
        verbose_name="作废人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    void_reason = models.CharField("作废理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "提交的材料"
        verbose_name_plural = "提交的材料"
        ordering: ClassVar[list[str]] = ["on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=values(FilingKind)), name="filing_kind_known"
            ),
            models.CheckConstraint(condition=~Q(proof=""), name="filing_has_a_proof"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                name="filing_voided_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"
