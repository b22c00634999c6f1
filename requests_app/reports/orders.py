"""督办单: those that wait for an answer, those answered; one as PDF; its answer; a further one by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from requests_app.adapters.pdf import PdfError
from requests_app.adapters.storage import StorageError
from requests_app.domain.access import Act
from requests_app.domain.errors import Refused
from requests_app.models import Case, SupervisionOrder
from requests_app.presenters import dates
from requests_app.reports import frame
from requests_app.selectors import cases
from requests_app.selectors import supervision as selector
from requests_app.services import supervision

_SHOWN = 100


class ReplyForm(forms.Form):
    """What a department answered, and when."""

    on = forms.DateField(
        label="反馈日期", widget=forms.DateInput(attrs={"type": "date", "class": "inp"})
    )
    reply = forms.CharField(
        label="反馈内容", widget=forms.Textarea(attrs={"rows": 5, "class": "inp"})
    )


class IssueForm(forms.Form):
    """What a further 督办单 asks."""

    asked = forms.CharField(
        label="督办要求", widget=forms.Textarea(attrs={"rows": 4, "class": "inp"})
    )


@require_safe
@frame.needs(Act.REPLY_SUPERVISION)
def view(request: HttpRequest) -> HttpResponse:
    """List the orders a person may see: the unanswered first, the longest overdue on top."""
    person, today = frame.actor(request), frame.today()
    open_rows = list(selector.unanswered(person)[:_SHOWN])
    answered = list(selector.visible(person).filter(replied_on__isnull=False)[:_SHOWN])
    return frame.page(
        request,
        "reports/orders.html",
        waiting=[(row, today > row.reply_due_on) for row in open_rows],
        answered=answered,
        overdue=sum(today > row.reply_due_on for row in open_rows),
        drawn_at=dates.minute(frame.now()),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@frame.needs(Act.REPLY_SUPERVISION)
def order(request: HttpRequest, order_id: int) -> HttpResponse:
    """Show one order; on POST record its answer."""
    row = _order_or_404(request, order_id)
    form = ReplyForm(request.POST or None, initial={"on": frame.today()}, label_suffix="")
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _replied(request, row, form):
            return HttpResponseRedirect(reverse("reports:orders"))
    return frame.page(
        request,
        "reports/order.html",
        status=status,
        order=row,
        form=form,
        late=row.replied_on is None and frame.today() > row.reply_due_on,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@frame.needs(Act.SUPERVISE)
def issue(request: HttpRequest, case_id: int) -> HttpResponse:
    """Issue a 督办单 by hand for a case."""
    case = cases.visible_to(frame.actor(request)).filter(pk=case_id).first()
    if case is None:
        raise Http404("没有这件申请，或者不属于您的办理范围。")
    form = IssueForm(
        request.POST or None, initial={"asked": supervision.ASKED_EARLY}, label_suffix=""
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (made := _issued(request, case, form)) is not None:
            return HttpResponseRedirect(reverse("reports:order", args=[made.pk]))
    return frame.page(request, "reports/order_new.html", status=status, case=case, form=form)


@require_safe
@frame.needs(Act.REPLY_SUPERVISION)
def pdf(request: HttpRequest, order_id: int) -> HttpResponse:
    """Hand out the file of an order, as it was kept."""
    row = _order_or_404(request, order_id)
    try:
        content = supervision.file(row.pk)
    except (PdfError, StorageError) as error:
        messages.error(request, f"督办单文件暂时不能打开：{error}")
        return HttpResponseRedirect(reverse("reports:order", args=[row.pk]))
    response = HttpResponse(content, content_type="application/pdf")
    name = f"督办单-{row.number}.pdf"
    header = content_disposition_header(as_attachment=False, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _order_or_404(request: HttpRequest, order_id: int) -> SupervisionOrder:
    row = selector.visible(frame.actor(request)).filter(pk=order_id).first()
    if row is None:
        raise Http404("没有这份督办单，或者不属于您的办理范围。")
    return row


def _replied(request: HttpRequest, row: SupervisionOrder, form: ReplyForm) -> bool:
    given: dict[str, Any] = form.cleaned_data
    on: date = given["on"]
    try:
        supervision.reply(
            row.pk, text=given["reply"], on=on, actor=frame.actor(request), at=frame.now()
        )
    except Refused as refusal:
        _take(form, refusal)
        return False
    messages.success(request, f"{row.number}的反馈已登记。")
    return True


def _issued(request: HttpRequest, case: Case, form: IssueForm) -> SupervisionOrder | None:
    try:
        made = supervision.issue(
            case.pk,
            asked=form.cleaned_data["asked"],
            actor=frame.actor(request),
            at=frame.now(),
        )
    except Refused as refusal:
        _take(form, refusal)
        return None
    messages.success(request, f"已发出{made.number}，反馈时限{made.reply_due_on}。")
    return made


def _take(form: forms.Form, refusal: Refused) -> None:
    for reason in refusal.reasons:
        form.add_error(reason.code if reason.code in form.fields else None, str(reason))
