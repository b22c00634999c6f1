"""What an applicant says beside the case: how satisfied, what should be published (条例 44)."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from requests_app.domain.access import APPLICANT, Act
from requests_app.domain.errors import Refused
from requests_app.public import access
from requests_app.public.forms.voices import RatingForm, SuggestionForm
from requests_app.public.views import acts
from requests_app.selectors import facts, voices
from requests_app.services import ratings, suggestions

_GET_OR_POST: Final = ["GET", "HEAD", "POST"]


@require_http_methods(_GET_OR_POST)
def rate(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take the rating, or change the one there is."""
    case = access.opened_case(request, case_id)
    loaded = facts.load(case, today=timezone.localdate())
    if (closed := acts.closed_act(request, case, loaded, Act.RATE)) is not None:
        return closed
    held = voices.rating(case)
    initial = {"score": held.score, "words": held.words} if held else {}
    form = RatingForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            ratings.give(
                case.pk,
                score=int(form.cleaned_data["score"]),
                words=form.cleaned_data["words"],
                actor=APPLICANT,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_all_reasons(refusal.reasons)
        else:
            messages.success(request, "谢谢您的评价。归档之前，您还可以改。")
            return redirect("public:case", case_id=case.pk)
    return acts.draw(request, "public/status/rate.html", case, form)


@require_http_methods(_GET_OR_POST)
def suggest(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take the suggestion to publish, once."""
    case = access.opened_case(request, case_id)
    loaded = facts.load(case, today=timezone.localdate())
    if (closed := acts.closed_act(request, case, loaded, Act.SUGGEST_PUBLICATION)) is not None:
        return closed
    form = SuggestionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            suggestions.make(
                case.pk, text=form.cleaned_data["text"], actor=APPLICANT, at=timezone.now()
            )
        except Refused as refusal:
            form.add_all_reasons(refusal.reasons)
        else:
            messages.success(request, "您的建议已经收到。处理情况会写在这一页上。")
            return redirect("public:case", case_id=case.pk)
    return acts.draw(request, "public/status/suggest.html", case, form)
