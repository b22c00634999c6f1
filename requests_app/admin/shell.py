"""What every page of the desk shares: who is signed in, what day it is, the header, one case.

The desk is an interface, so here the clock is asked; everything below takes the day as an argument.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from requests_app.adapters.storage import StorageError
from requests_app.domain.access import Act, Actor, Role
from requests_app.domain.errors import Reason, Refused
from requests_app.models import Case, Letter, StaffUser
from requests_app.presenters import desk_header
from requests_app.selectors import cases

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponse]

NOBODY: Final = Actor(roles=frozenset(), name="")


def now() -> datetime:
    """Return the present moment, aware."""
    return timezone.now()


def today() -> date:
    """Return the present day in the office's time zone."""
    return timezone.localdate()


def actor(request: HttpRequest) -> Actor:
    """Return who is signed in, asking for the roles once a request."""
    found = getattr(request, "desk_actor", None)
    if found is None:
        user = request.user
        found = user.as_actor() if isinstance(user, StaffUser) and user.is_active else NOBODY
        request.desk_actor = found  # type: ignore[attr-defined]
    return found


def is_administrator(request: HttpRequest) -> bool:
    """Tell whether the signed-in person keeps accounts, settings and calendar."""
    return Role.ADMINISTRATOR in actor(request).roles


def needs(act: Act) -> Callable[[View], View]:
    """Let a view answer only those whose roles know ``act``; others get 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not actor(request).may(act):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def reasons_shown(view: View) -> View:
    """Answer with a page of the desk what a page did not: a missing row, a refusal such as no calendar."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404 as missing:
            if not missing.args or not isinstance(missing.args[0], str):
                raise
            return page(request, "admin/desk/missing.html", status=404, sentence=str(missing))
        except Refused as refusal:
            return page(request, "admin/desk/refused.html", status=422, reasons=refusal.reasons)
        except StorageError as error:
            logger.exception("a private file cannot be read or written")
            reasons = (Reason("storage", error.sentence),)
            return page(request, "admin/desk/refused.html", status=503, reasons=reasons)

    return answered


def case_or_404(request: HttpRequest, case_id: int) -> Case:
    """Return a case the person may see; one of another department does not exist for them."""
    try:
        return cases.get_visible(actor(request), case_id=case_id)
    except Case.DoesNotExist:
        raise Http404("没有这件申请，或者不属于您的办理范围。") from None


def letter_or_404(request: HttpRequest, letter_id: int) -> Letter:
    """Return a letter of a case the person may see."""
    visible = cases.visible_to(actor(request))
    related = (
        "case__applicant",
        "case__body",
        "drafted_by",
        "signed_by",
        "consultation",
        "delivery",
        "replaces",
        "replaced_by",
    )
    letter = Letter.objects.filter(case__in=visible, pk=letter_id).select_related(*related).first()
    if letter is None:
        raise Http404("没有这份文书，或者不属于您的办理范围。")
    return letter


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what the header and every page need."""
    person = actor(request)
    header = desk_header.context(person, path=request.path, today=today())
    return {**header, "desk_banner": desk_header.banner(person, at=now())}


def page(
    request: HttpRequest,
    template: str,
    values: Mapping[str, Any] | None = None,
    /,
    *,
    status: int = 200,
    **more: Any,
) -> TemplateResponse:
    """Answer with a page of the desk."""
    given = {**context(request), **(values or {}), **more}
    return TemplateResponse(request, template, given, status=status)


def tell(request: HttpRequest, sentence: str) -> None:
    """Tell the person, on the next page, that something was done."""
    messages.success(request, sentence)


def tell_refusal(request: HttpRequest, refusal: Refused) -> None:
    """Tell the person, on the next page, every reason of a refusal."""
    for reason in refusal.reasons:
        messages.error(request, str(reason))
