"""Forms for what an applicant says beside the case."""

from __future__ import annotations

from typing import Any

from django import forms

from requests_app.domain.voices import SCORE_LABELS
from requests_app.public.forms.fields import Cards, PublicForm


class RatingForm(PublicForm):
    """Five steps, and words if one likes."""

    score = forms.ChoiceField(
        label="您对这件申请的办理",
        choices=[(str(score), label) for score, label in SCORE_LABELS.items()],
        required=False,
        widget=Cards(),
        error_messages={"invalid_choice": "请在五个选项里选一个。"},
    )
    words = forms.CharField(
        label="想说的话",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark(mandatory=("score",), optional=("words",))

    def clean_score(self) -> str:
        chosen = str(self.cleaned_data["score"])
        if not chosen:
            raise forms.ValidationError("请在五个选项里选一个。")
        return chosen


class SuggestionForm(PublicForm):
    """What should be published for everybody, and why."""

    text = forms.CharField(
        label="建议公开什么、为什么",
        required=False,
        max_length=1000,
        help_text="例如：这份清单关系到整条街的住户，建议放到网站上。",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark(mandatory=("text",))
