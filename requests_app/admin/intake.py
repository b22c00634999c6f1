"""Registering an application that did not come over the website."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from requests_app.adapters import crypto
from requests_app.admin import intake_matter, shell
from requests_app.admin.acts.form import whole_number
from requests_app.admin.intake_form import IntakeForm
from requests_app.domain.access import Act
from requests_app.domain.application import (
    CHANNEL_LABELS,
    RECEIPT_RULES,
    Arrival,
    Channel,
    ReceiptRule,
)
from requests_app.domain.arrivals import POSTED
from requests_app.domain.errors import Refused
from requests_app.domain.matters import Matter
from requests_app.domain.papers import PaperKind
from requests_app.presenters import desk_dates
from requests_app.selectors import calendars, likenesses, offices
from requests_app.services import intake

_SHOWN_ONCE: Final = "intake_done"
_CORRECTION_WORKING_DAYS: Final = 7
_REPLY_WORKING_DAYS: Final = 20


@shell.needs(Act.REGISTER)
def view(request: HttpRequest) -> HttpResponse:
    """Show the form; on POST register, or show every reason with all that was typed."""
    today = shell.today()
    form = IntakeForm(
        request.POST or None,
        request.FILES or None,
        today=today,
        initial={"stray_id": whole_number(request.GET.get("stray", ""))},
    )
    if request.method != "POST":
        return _show(request, form)
    if "preview" in request.POST:
        return _preview(request, form)
    if not form.is_valid():
        return _show(request, form, status=422)
    given = form.cleaned_data
    try:
        filed = intake.register(
            form.application(),
            arrival=form.arrival(),
            actor=shell.actor(request),
            at=shell.now(),
            proof=form.proof(),
            filled_by_staff_reason=given["filled_by_staff_reason"],
            identity_verified=given["identity_verified"],
            stray_id=given["stray_id"],
        )
    except Refused as refusal:
        form.take(refusal)
        return _show(request, form, status=422)
    # Sealed: the code stands nowhere in clear, not even for a moment in the table of sessions.
    kept = crypto.seal(filed.query_code, bound_to=_binding(filed.case.pk))
    request.session[_SHOWN_ONCE] = {"case_id": filed.case.pk, "query_code": kept}
    return HttpResponseRedirect(reverse("admin:intake_done"))


@shell.needs(Act.REGISTER)
def done(request: HttpRequest) -> HttpResponse:
    """Show the number and the query code of what was just registered, this once."""
    kept = request.session.pop(_SHOWN_ONCE, None)
    if kept is None:
        return HttpResponseRedirect(reverse("admin:intake"))
    case = shell.case_or_404(request, kept["case_id"])
    channel = Channel(case.channel)
    return shell.page(
        request,
        "admin/desk/intake_done.html",
        case=case,
        query_code=crypto.open_sealed(kept["query_code"], bound_to=_binding(case.pk)),
        channel=CHANNEL_LABELS[channel],
        rule=RECEIPT_RULES[channel],
        envelope_missing=channel in POSTED
        and not case.attachments.filter(kind=PaperKind.ENVELOPE.value).exists(),
    )


def _binding(case_id: int) -> str:
    return f"intake:{case_id}:query_code"


def _preview(request: HttpRequest, form: IntakeForm) -> HttpResponse:
    """Show what would follow, and what is like it, before anything is kept; nothing is judged yet."""
    form.is_valid()
    values: dict[str, Any] = {"derived": _derived(form), "alike": _alike(request, form)}
    if request.headers.get("X-Requested-With") == "fetch":
        values["rules"] = _rules(str(form.data.get("channel", "")))
        return shell.page(request, "admin/desk/_intake_preview.html", values)
    form.errors.clear()
    return _show(request, form, **values)


def _alike(request: HttpRequest, form: IntakeForm) -> likenesses.Before:
    given = form.cleaned_data
    number = given.get("identity_number") or ""
    return likenesses.before(
        f"{given.get('document_name') or ''}\n{given.get('description') or ''}",
        identity_index=crypto.blind_index(number) if number.strip() else "",
        actor=shell.actor(request),
        today=form.today,
    )


def _show(
    request: HttpRequest, form: IntakeForm, *, status: int = 200, **values: Any
) -> HttpResponse:
    chosen = str(form["channel"].value() or Channel.COUNTER.value)
    return shell.page(
        request,
        "admin/desk/intake.html",
        {"derived": _derived(form), **values},
        status=status,
        form=form,
        chosen=chosen,
        rules=_rules(chosen),
    )


def _rules(chosen: str) -> list[tuple[str, ReceiptRule, bool]]:
    """Return each channel's rule of receipt, and which of them is the chosen channel's."""
    return [
        (CHANNEL_LABELS[channel], rule, channel.value == chosen)
        for channel, rule in RECEIPT_RULES.items()
        if channel is not Channel.ONLINE
    ]


def _derived(form: IntakeForm) -> dict[str, object]:
    """Work out the day of receipt and what follows from it, as far as the form tells."""
    calendar = calendars.current()
    arrival = Arrival(Channel.COUNTER, arrived_on=form.today)
    if form.is_bound and {"channel", "arrived_on", "confirmed_on", "confirmed_how"} <= set(
        form.cleaned_data
    ):
        arrival = form.arrival()
    rule = RECEIPT_RULES[arrival.channel]
    try:
        received = arrival.received_on(today=form.today)
    except Refused as refusal:
        return {"rule": rule, "reasons": refusal.reasons}
    amends = intake_matter.chosen(form["matter"].value() or "") is Matter.AMENDMENT
    days = offices.settings(on=form.today).amendment_working_days if amends else _REPLY_WORKING_DAYS
    reply = calendar.add(received, days)
    return {
        "amends": amends,
        "days": days,
        "rule": rule,
        "received": desk_dates.full(received),
        "first": desk_dates.full(calendar.add(received, 1)),
        "correction": desk_dates.full(calendar.add(received, _CORRECTION_WORKING_DAYS)),
        "reply": desk_dates.full(reply),
        "provisional": calendar.is_provisional(reply),
    }
