"""Why a case was late: the days each stretch of the work took too many, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django import forms

from requests_app.admin.acts.form import ActForm
from requests_app.domain.access import Act
from requests_app.domain.lateness import SEGMENT_LABELS, Segment
from requests_app.selectors import supervision
from requests_app.services import lateness
from requests_app.services.lateness import Share


class ExplainLate(ActForm):
    """Attribute the days a case was late to the stretches of the work."""

    act = Act.EXPLAIN_LATE
    button = "记下原因"
    next_steps = (
        "写入经过和报表，按环节汇总",
        "没有说明原因的不能归档",
        "再次填写的，以最后一次为准",
    )

    def arrange(self) -> None:
        missed = self.subject.facts.missed_on
        said = {
            row.segment: row
            for row in supervision.late_reasons(self.subject.case.pk, due_on=missed)
            if missed is not None
        }
        for segment in Segment:
            known = said.get(segment.value)
            label = SEGMENT_LABELS[segment]
            self.fields[f"days_{segment}"] = forms.IntegerField(
                label=f"{label}：耽误的工作日",
                required=False,
                min_value=1,
                initial=known.working_days if known else None,
            )
            self.fields[f"text_{segment}"] = forms.CharField(
                label=f"{label}：原因",
                required=False,
                max_length=500,
                initial=known.text if known else "",
            )

    def facts(self) -> Sequence[tuple[str, str]]:
        missed = self.subject.facts.missed_on
        if missed is None:
            return ()
        late = self.subject.facts.timeline.calendar.count(missed, self.subject.today)
        closed = self.subject.facts.timeline.closed_on
        if closed is not None:
            late = self.subject.facts.timeline.calendar.count(missed, closed)
        return (("没有按期的期限", str(missed)), ("超过", f"{late}个工作日"))

    def perform(self, *, at: datetime) -> str:
        shares = [
            Share(
                segment,
                self.cleaned_data.get(f"days_{segment}") or 0,
                self.cleaned_data.get(f"text_{segment}") or "",
            )
            for segment in Segment
            if self.cleaned_data.get(f"days_{segment}") or self.cleaned_data.get(f"text_{segment}")
        ]
        lateness.explain(
            self.subject.case.pk,
            shares=shares,
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "超期原因已记下。"
