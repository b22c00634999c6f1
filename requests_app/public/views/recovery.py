"""A lost query code: a one-time code to the contact of the case, then a new code, shown once.

The pages are the same whether the case exists or not. The session holds the key of the attempt; a
number nobody has gets a key too, which no code fits.
"""

from __future__ import annotations

import uuid
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from requests_app.adapters import crypto
from requests_app.domain.errors import Refused
from requests_app.public import access, page, throttle
from requests_app.public.forms.recovery import OneTimeCodeForm, RecoverForm
from requests_app.services import recoveries

_ATTEMPT: Final = "code_recovery"
_GET_OR_POST: Final = ["GET", "HEAD", "POST"]
TOO_OFTEN: Final = (
    "这个网络地址找回的次数有点多，请一小时后再试。也可以带身份证件当面办理，或者打电话问办法。"
)


@sensitive_post_parameters("contact")
@require_http_methods(_GET_OR_POST)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for number and contact, and go on in the same way whatever they are."""
    template = "public/status/recover.html"
    if request.method != "POST":
        form = RecoverForm(initial={"number": request.GET.get("number", "")})
        return page.render(request, template, {"form": form}, private=True)
    form = RecoverForm(request.POST)
    if not form.is_valid():
        return page.render(request, template, {"form": form}, status=422, private=True)
    if not throttle.may_recover(request):
        form.add_error(None, TOO_OFTEN)
        return page.render(request, template, {"form": form}, status=429, private=True)
    throttle.note_recovery(request)
    key = recoveries.ask(
        number=form.cleaned_data["number"],
        contact=form.cleaned_data["contact"],
        at=timezone.now(),
    )
    request.session[_ATTEMPT] = str(key or uuid.uuid4())
    return redirect("public:recover_code")


@sensitive_post_parameters("code")
@require_http_methods(_GET_OR_POST)
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the six digits; the right ones lead to the new query code."""
    key = _attempt(request)
    if key is None:
        return redirect("public:recover")
    template = "public/status/recover_code.html"
    minutes = int(recoveries.VALID_FOR.total_seconds() // 60)
    form = OneTimeCodeForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "minutes": minutes, "attempts": recoveries.MAX_ATTEMPTS}
    if not form.is_bound:
        return page.render(request, template, context, private=True)
    status = 422
    if not throttle.may_try_one_time_code(request):
        form.add_error(None, TOO_OFTEN)
        status = 429
    elif form.is_valid():
        throttle.note_one_time_code(request)
        try:
            found = recoveries.redeem(key, typed=form.cleaned_data["code"], at=timezone.now())
        except Refused as refusal:
            form.add_all_reasons(refusal.reasons)
        else:
            request.session.pop(_ATTEMPT, None)
            access.open_case(request, found.case)
            access.keep_code(request, found.case, query_code=found.query_code)
            return redirect("public:recovered")
    return page.render(request, template, context, status=status, private=True)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the new query code; for half an hour, so that a reload does not lose it."""
    held = access.kept_code(request)
    if held is None:
        return redirect("public:status")
    case = access.opened_case(request, held.case_id)
    context = {"case": case, "code": crypto.format_query_code(held.query_code)}
    return page.render(request, "public/status/recovered.html", context, private=True)


def _attempt(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(request.session.get(_ATTEMPT)))
    except ValueError:
        return None
