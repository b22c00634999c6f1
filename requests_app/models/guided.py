"""The answers of the guided path. Triggers refuse every update and delete."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models

from requests_app.domain.guided_questions import QUESTIONS, Step
from requests_app.models.append_only import AppendOnly
from requests_app.models.choices import choices, values

_LABELS: Final = {step: QUESTIONS[step].short for step in Step}


class GuidedAnswer(AppendOnly):
    """Somebody answered one of the seven questions about a case, on this evidence (条例 45).

    ``label`` and ``article`` are the words as they were offered then; ``refs`` name what of the case the
    answer rests on, each with its kind, its id and its words of that day. The last answer to a question
    stands; what was answered after an earlier question is asked again once that one is changed.
    """

    instead = "an answer of the guided path is never changed or deleted; answer again"

    case = models.ForeignKey(
        "Case", verbose_name="申请", on_delete=models.PROTECT, related_name="guided_answers"
    )
    step = models.CharField("问题", max_length=20, choices=choices(_LABELS))
    answer = models.CharField("回答代码", max_length=40)
    label = models.CharField("回答", max_length=120)
    article = models.CharField("依据条款", max_length=120, blank=True)
    evidence = models.CharField("依据的事实", max_length=2000, blank=True)
    refs = models.JSONField("依据的材料", default=list, blank=True)
    given_by = models.ForeignKey(
        "StaffUser", verbose_name="回答人", on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField("回答时间")

    class Meta:
        verbose_name = "办理思路"
        verbose_name_plural = "办理思路"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(step__in=values(Step)), name="guided_step_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(evidence="") | ~models.Q(refs=[]), name="guided_has_evidence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}：{self.label}"
