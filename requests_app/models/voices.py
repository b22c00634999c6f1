"""What applicants say beside their application: how satisfied they are, what should be published.

Neither is an act in law on the case, so neither stands in its ledger.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from requests_app.domain.voices import DECISION_LABELS, SCORE_LABELS, SuggestionDecision
from requests_app.models.choices import choices, values


class Rating(models.Model):
    """How satisfied the applicant is: once a case, changeable until it is archived."""

    case = models.OneToOneField(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="rating"
    )
    score = models.PositiveSmallIntegerField("满意度", choices=list(SCORE_LABELS.items()))
    words = models.CharField("说明", max_length=500, blank=True)
    rated_at = models.DateTimeField("评价时间")
    changed_at = models.DateTimeField("修改时间", null=True, blank=True)

    class Meta:
        verbose_name = "满意度评价"
        verbose_name_plural = "满意度评价"
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(score__in=list(SCORE_LABELS)), name="rating_score_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score}"


class PublicationSuggestion(models.Model):
    """The applicant's suggestion that what was asked for be published for all (条例 44 ¶2)."""

    case = models.OneToOneField(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="suggestion"
    )
    text = models.CharField("建议", max_length=1000)
    suggested_at = models.DateTimeField("提出时间")
    decision = models.CharField("处理", max_length=20, blank=True, choices=choices(DECISION_LABELS))
    decision_words = models.CharField("答复", max_length=500, blank=True)
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        "StaffUser",
        verbose_name="处理人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "主动公开建议"
        verbose_name_plural = "主动公开建议"
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(decision="") | Q(decision__in=values(SuggestionDecision)),
                name="suggestion_decision_known",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="suggestion_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
