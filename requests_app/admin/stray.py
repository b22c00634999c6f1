"""The register of mail that is no application: note it, tell its sender where to go."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app.admin import shell
from requests_app.admin.acts.form import day_field, text_field, whole_number
from requests_app.admin.desk_form import DeskForm
from requests_app.domain.access import Act
from requests_app.domain.errors import Refused
from requests_app.domain.stray_mail import (
    STRAY_KIND_LABELS,
    STRAY_WAY_LABELS,
    StrayKind,
    StrayWay,
)
from requests_app.models import StrayMail
from requests_app.services import stray_mail
from requests_app.services.stray_mail import StrayGiven

_PAGE_SIZE: Final = 50


class StrayForm(DeskForm):
    """What a clerk notes of a piece of mail."""

    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="性质",
        choices=[(code.value, label) for code, label in STRAY_KIND_LABELS.items()],
    )
    way = forms.ChoiceField(
        label="途径", choices=[(code.value, label) for code, label in STRAY_WAY_LABELS.items()]
    )
    arrived_on = day_field("到达日期")
    sender = forms.CharField(label="来件人", required=False, max_length=60)
    contact = forms.CharField(
        label="联系方式", required=False, max_length=120, help_text="填邮箱的，保存后自动发出告知。"
    )
    answered_how = forms.CharField(
        label="已经怎样告知",
        required=False,
        max_length=120,
        help_text="例如：电话告知本人。没有告知的不填。",
    )
    summary = text_field("内容摘要", rows=2)
    pointer = text_field("告知内容", required=False, rows=4, help_text="不填的，用通用的说法。")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["arrived_on"].initial = today
        self.fields["idempotency_key"].initial = uuid.uuid4()
        self.dress()

    def given(self) -> StrayGiven:
        """Return what came, as the service takes it."""
        typed = self.cleaned_data
        return StrayGiven(
            arrived_on=typed["arrived_on"],
            way=StrayWay(typed["way"]),
            kind=StrayKind(typed["kind"]),
            summary=typed["summary"],
            idempotency_key=typed["idempotency_key"],
            sender=typed["sender"],
            contact=typed["contact"],
            pointer=typed["pointer"],
            answered_how=typed["answered_how"],
        )


@shell.needs(Act.REGISTER)
def view(request: HttpRequest) -> HttpResponse:
    """Show the register and the form; on POST note one more."""
    form = StrayForm(request.POST or None, today=shell.today())
    if request.method == "POST" and form.is_valid():
        try:
            row = stray_mail.log(form.given(), actor=shell.actor(request), at=shell.now())
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(reason.code if reason.code in form.fields else None, str(reason))
        else:
            told = (
                f"已记下，并按{row.answered_how}告知。"
                if row.answered_at
                else "已记下，还没有告知来件人。"
            )
            shell.tell(request, told)
            return HttpResponseRedirect(reverse("admin:stray"))
    return _show(request, form)


@require_POST
@shell.needs(Act.REGISTER)
def answer(request: HttpRequest, stray_id: int) -> HttpResponse:
    """Record how the sender was told."""
    try:
        stray_mail.answer(
            stray_id,
            how=request.POST.get("how", ""),
            pointer="",
            actor=shell.actor(request),
            at=shell.now(),
        )
    except Refused as refusal:
        shell.tell_refusal(request, refusal)
    else:
        shell.tell(request, "告知情况已登记。")
    return HttpResponseRedirect(reverse("admin:stray"))


def _show(request: HttpRequest, form: StrayForm) -> HttpResponse:
    rows = StrayMail.objects.select_related("recorded_by", "answered_by", "case")
    if (below := whole_number(request.GET.get("before", ""))) is not None:
        rows = rows.filter(pk__lt=below)
    found = list(rows[: _PAGE_SIZE + 1])
    shown = found[:_PAGE_SIZE]
    return shell.page(
        request,
        "admin/desk/stray.html",
        status=422 if form.errors else 200,
        form=form,
        rows=shown,
        next_page=f"?before={shown[-1].pk}" if len(found) > _PAGE_SIZE else "",
    )
