"""The ladder's thresholds: the version in force, all versions, and deciding a new one."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from requests_app.domain.access import Act
from requests_app.domain.errors import Refused
from requests_app.domain.escalation import THRESHOLD_LABELS, Thresholds
from requests_app.models import EscalationSettings
from requests_app.presenters import reminders as presenter
from requests_app.reports import frame
from requests_app.selectors import escalation
from requests_app.services import escalation_settings

_NAMES = [each.name for each in fields(Thresholds)]


class VersionForm(forms.Form):
    """A new version: from which day, why, and every threshold in working days."""

    effective_from = forms.DateField(
        label="生效日期", widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(label="修改理由", max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        for name in _NAMES:
            self.fields[name] = forms.IntegerField(label=THRESHOLD_LABELS[name], min_value=1)
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写“{field.label}”。"
            field.error_messages["invalid"] = f"“{field.label}”填写不正确，请核对。"
            field.widget.attrs["class"] = "inp"


@require_http_methods(["GET", "HEAD", "POST"])
@frame.needs(Act.SET_ESCALATION)
def view(request: HttpRequest) -> HttpResponse:
    """Show the versions; on POST decide a new one."""
    today = frame.today()
    row = escalation.settings_row(on=today)
    current = escalation.thresholds(row)
    form = VersionForm(
        request.POST or None, initial={**asdict(current), "effective_from": today.isoformat()}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _decided(request, form):
            return HttpResponseRedirect(reverse("reports:escalation_settings"))
    return frame.page(
        request,
        "reports/escalation_settings.html",
        status=status,
        form=form,
        row=row,
        current=presenter.threshold_rows(current),
        versions=[
            (version, _changed(version))
            for version in EscalationSettings.objects.select_related("decided_by")[:50]
        ],
    )


def _decided(request: HttpRequest, form: VersionForm) -> bool:
    given = form.cleaned_data
    try:
        made = escalation_settings.decide(
            Thresholds(**{name: given[name] for name in _NAMES}),
            effective_from=given["effective_from"],
            reason=given["reason"],
            actor=frame.actor(request),
            at=frame.now(),
        )
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(reason.code if reason.code in form.fields else None, str(reason))
        return False
    messages.success(request, f"第{made.pk}版已保存，{made.effective_from}起生效。")
    return True


def _changed(version: EscalationSettings) -> str:
    """Name what a version says otherwise than the built-in thresholds."""
    usual = Thresholds()
    return "；".join(
        f"{THRESHOLD_LABELS[name]} {getattr(version, name)}（初始{getattr(usual, name)}）"
        for name in _NAMES
        if getattr(version, name) != getattr(usual, name)
    )
