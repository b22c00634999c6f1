"""The second factor at sign-in: ask for a code, set up a telephone, keep recovery codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from requests_app.admin import shell
from requests_app.admin.desk_form import DeskForm
from requests_app.domain.errors import Refused
from requests_app.domain.second_factor import SESSION_KEY, Standing, standing
from requests_app.models import StaffUser
from requests_app.services import second_factor as service

if TYPE_CHECKING:
    from collections.abc import Callable


class CodeForm(DeskForm):
    """One code: six digits of the telephone, or a recovery code."""

    token = forms.CharField(
        label="验证码",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


@receiver(user_logged_in)
def note_what_is_owed(request: HttpRequest | None, user: StaffUser, **_sender: Any) -> None:
    """Write into the new session what it owes; the middleware reads it from there."""
    if request is not None:
        has_device = service.is_set_up(user)
        owed = standing(has_device=has_device, required=settings.SECOND_FACTOR_REQUIRED)
        request.session[SESSION_KEY] = owed.value


def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a code and go on to where the person was going."""
    user = _signed_in(request)
    if request.session.get(SESSION_KEY) != Standing.ASK.value:
        return HttpResponseRedirect(_next(request))
    form = CodeForm(request.POST or None)
    if _done(form, lambda token: service.check(user, token=token)):
        _give(request)
        return HttpResponseRedirect(_next(request))
    return shell.page(
        request, "admin/desk/second_factor.html", form=form, next=_next(request), **_bare()
    )


def set_up(request: HttpRequest) -> HttpResponse:
    """Show the code to scan, take the first answer, show the recovery codes once."""
    user, owed = _signed_in(request), request.session.get(SESSION_KEY)
    if service.is_set_up(user):
        if owed == Standing.ASK.value:
            return HttpResponseRedirect(reverse("admin:second_factor"))
        return _manage(request, user)
    device = service.begin(user)
    form = CodeForm(request.POST or None)
    codes: list[str] = []
    if _done(form, lambda token: codes.extend(service.confirm(user, token=token, at=shell.now()))):
        _give(request)
        return _show_codes(request, codes)
    required = owed == Standing.SET_UP.value
    return shell.page(
        request,
        "admin/desk/second_factor_set_up.html",
        form=form,
        picture=segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=2),
        key=_grouped(device.config_url.partition("secret=")[2].partition("&")[0]),
        required=required,
        **(_bare() if required else {}),
    )


def _manage(request: HttpRequest, user: StaffUser) -> HttpResponse:
    """Let a person whose factor is set up renew the recovery codes, or give the device up."""
    form = CodeForm(request.POST or None)
    if request.POST.get("do") == "stop":
        if _done(form, lambda token: service.stop(user, token=token, at=shell.now())):
            note_what_is_owed(request, user)
            messages.success(request, "第二步验证已停用。")
            return HttpResponseRedirect(reverse("admin:second_factor_set_up"))
    elif request.POST.get("do") == "renew" and _done(
        form, lambda token: service.check(user, token=token)
    ):
        return _show_codes(request, service.renew_codes(user))
    left = service.codes_left(user)
    return shell.page(request, "admin/desk/second_factor_kept.html", form=form, left=left)


def _signed_in(request: HttpRequest) -> StaffUser:
    return cast("StaffUser", request.user)


def _done(form: CodeForm, work: Callable[[str], object]) -> bool:
    """Do ``work`` with the code typed; what it refuses stands beside the field."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        work(form.cleaned_data["token"])
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error("token", reason.sentence)
        return False
    return True


def _give(request: HttpRequest) -> None:
    request.session[SESSION_KEY] = Standing.GIVEN.value
    request.session.cycle_key()


def _show_codes(request: HttpRequest, codes: object) -> HttpResponse:
    return shell.page(request, "admin/desk/second_factor_codes.html", codes=codes)


def _grouped(key: str) -> str:
    return " ".join(key[place : place + 4] for place in range(0, len(key), 4))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    inside = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if inside else reverse("admin:index")


def _bare() -> dict[str, Any]:
    """Leave the navigation out: none of it opens before the code is given."""
    return {"desk_navigation": [], "desk_may_search": False}
