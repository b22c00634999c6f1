"""Reviews of draft answers: asked for, given, answered. The words stand in the ledger as well."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from requests_app.domain.reviews import (
    REVIEW_KIND_LABELS,
    REVIEW_VERDICT_LABELS,
    ReviewKind,
    ReviewVerdict,
)
from requests_app.models.choices import choices, values


class Review(models.Model):
    """One legal or secrecy review of one draft.

    ``digest`` is the hash of the draft and of the files to be released as they were when the opinion
    was given: a later change asks for another review. ``cancelled_at``: its request was voided.
    """

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="reviews"
    )
    letter = models.ForeignKey(
        "Letter", verbose_name="文书", on_delete=models.PROTECT, related_name="reviews"
    )
    kind = models.CharField("审查", max_length=20, choices=choices(REVIEW_KIND_LABELS))
    question = models.CharField("送审说明", max_length=300, blank=True)
    asked_by = models.ForeignKey(
        "StaffUser", verbose_name="送审人", on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("送审时间")
    cancelled_at = models.DateTimeField("撤回时间", null=True, blank=True)
    verdict = models.CharField(
        "意见", max_length=20, blank=True, choices=choices(REVIEW_VERDICT_LABELS)
    )
    reasons = models.CharField("理由", max_length=1000, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    given_by = models.ForeignKey(
        "StaffUser",
        verbose_name="审查人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    given_at = models.DateTimeField("审查时间", null=True, blank=True)
    answer = models.CharField("处理说明", max_length=500, blank=True)
    answered_by = models.ForeignKey(
        "StaffUser",
        verbose_name="说明人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField("说明时间", null=True, blank=True)

    class Meta:
        verbose_name = "审查"
        verbose_name_plural = "审查"
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["id"],
                name="reviews_awaited",
                condition=Q(verdict="", cancelled_at__isnull=True),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=values(ReviewKind)), name="review_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(verdict__in=values(ReviewVerdict)),
                name="review_verdict_known",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", given_at__isnull=True, given_by__isnull=True, digest="")
                | (
                    ~Q(verdict="")
                    & ~Q(digest="")
                    & Q(given_at__isnull=False, given_by__isnull=False)
                ),
                name="review_given_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["", ReviewVerdict.CONSENT.value]) | ~Q(reasons=""),
                name="review_gives_reasons",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="review_answered_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["letter", "kind"],
                condition=Q(verdict="", cancelled_at__isnull=True),
                name="one_review_of_a_kind_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.letter_id}"
