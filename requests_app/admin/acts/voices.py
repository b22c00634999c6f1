"""Beside the case: a new query code at the counter, and the decision on a suggestion to publish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse

from requests_app.adapters import crypto
from requests_app.admin import shell
from requests_app.admin.acts.form import ActForm, text_field
from requests_app.domain.access import Act
from requests_app.domain.voices import DECISION_LABELS, SuggestionDecision
from requests_app.selectors import voices
from requests_app.services import recoveries, suggestions


class ReissueCode(ActForm):
    """Give a new query code to whoever proved at the counter to be the applicant."""

    act = Act.REISSUE_CODE
    button = "作废旧码，重发查询码"
    reason = text_field(
        "怎样核验的身份", help_text="谁来办的、看了什么证件；代办的写明委托书。随查看记录留存。"
    )
    next_steps = (
        "旧的查询码立即作废，已经打开的页面也要重新输入",
        "新的查询码只在下一页显示一次，刷新就没有了，请当面抄给申请人",
    )

    #: The new code, once the act is done; it stands on the page of the answer and nowhere else.
    new_code = ""

    def perform(self, *, at: datetime) -> str:
        found = recoveries.reissue_at_counter(
            self.subject.case.pk,
            reason=self.cleaned_data["reason"],
            actor=self.subject.actor,
            at=at,
        )
        self.new_code = crypto.format_query_code(found.query_code)
        return "旧的查询码已经作废，新的查询码只显示这一次。"

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Show the code in the answer itself: a redirect would have to keep it somewhere in clear."""
        case = self.subject.case
        return shell.page(request, "admin/desk/new_code.html", case=case, code=self.new_code)


class DecideSuggestion(ActForm):
    """Answer the applicant's suggestion to publish (条例 44 ¶2)."""

    act = Act.DECIDE_SUGGESTION
    button = "答复建议"
    decision = forms.ChoiceField(
        label="处理",
        choices=[(code.value, label) for code, label in DECISION_LABELS.items()],
        widget=forms.RadioSelect,
    )
    words = text_field("理由", help_text="申请人在进度页上看到。采纳的，写明什么时候、在哪里公开。")
    next_steps = (
        "处理结果和理由写到申请人的进度页上",
        "采纳的，及时主动公开（条例第四十四条第二款）",
    )

    def facts(self) -> Sequence[tuple[str, str]]:
        made = voices.suggestion(self.subject.case)
        if made is None:
            return (("建议", "申请人没有提出建议"),)
        return (("建议", made.text), ("提出时间", f"{made.suggested_at:%Y-%m-%d}"))

    def perform(self, *, at: datetime) -> str:
        suggestions.decide(
            self.subject.case.pk,
            decision=SuggestionDecision(self.cleaned_data["decision"]),
            words=self.cleaned_data["words"],
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "建议已答复，申请人在进度页上可以看到。"
