"""Whom the office asks before it answers: third parties, co-makers, other organs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from requests_app.domain.consultations import (
    CONSULTATION_KIND_LABELS,
    POSITION_LABELS,
    ConsultationKind,
    Position,
)
from requests_app.models.choices import choices, values


class Consultation(models.Model):
    """One letter to one third party or organ. Its dates stand in the ledger under ``ref`` = its id."""

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="consultations"
    )
    kind = models.CharField("性质", max_length=20, choices=choices(CONSULTATION_KIND_LABELS))
    name = models.CharField("征求对象", max_length=120)
    address = models.CharField("联系方式", max_length=200, blank=True)
    subject = models.TextField("征求意见的政府信息")
    position = models.CharField("意见", max_length=20, blank=True, choices=choices(POSITION_LABELS))
    position_reason = models.TextField("理由", blank=True)
    created_at = models.DateTimeField("起草时间")
    cancelled_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = "征求意见"
        verbose_name_plural = "征求意见"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind__in=values(ConsultationKind)),
                name="consultation_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(position="") | models.Q(position__in=values(Position)),
                name="consultation_position_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name
