"""Calendar feeds: the page to make and revoke their secret addresses, and the feeds themselves.

A feed names no applicant: the number, the stage and the day are enough to look the case up.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from requests_app.adapters import day_calendar
from requests_app.adapters.day_calendar import DayEvent
from requests_app.domain.access import Act
from requests_app.domain.errors import Reason, Refused
from requests_app.domain.ledger import STATUS_LABELS, Status
from requests_app.models import Case
from requests_app.presenters import dates
from requests_app.reports import frame
from requests_app.selectors import feeds as selector
from requests_app.selectors import report_groups
from requests_app.selectors.deadline_report import Grouping
from requests_app.services import feeds


class FeedForm(forms.Form):
    """Whose due dates: the own cases, or those of a department."""

    department = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@frame.needs(Act.READ_REPORTS)
def view(request: HttpRequest) -> HttpResponse:
    """Show the standing addresses; make another, whose secret is shown this once."""
    person = frame.actor(request)
    names = report_groups.names(Grouping.DEPARTMENT)
    if person.confined_to_department:
        names = {pk: name for pk, name in names.items() if pk == person.department_id}
    form = FeedForm(request.POST or None)
    field = form.fields["department"]
    field.choices = [("", "我经办的"), *names.items()]  # type: ignore[attr-defined]
    made = ""
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            new = feeds.make(
                department_id=form.cleaned_data["department"], actor=person, at=frame.now()
            )
            made = f"{settings.PUBLIC_BASE_URL}{reverse('reports:feed', args=[new.secret])}"
        except Refused as refusal:
            reasons = refusal.reasons
    standing = [(feed, dates.minute(feed.made_at)) for feed in selector.of(person)]
    return frame.page(
        request,
        "reports/feeds.html",
        form=form,
        made=made,
        reasons=reasons,
        standing=standing,
        status=422 if reasons or form.errors else 200,
    )


@require_POST
@frame.needs(Act.READ_REPORTS)
def revoke(request: HttpRequest, feed_id: int) -> HttpResponse:
    """Revoke one of the own addresses."""
    feeds.revoke(feed_id, actor=frame.actor(request), at=frame.now())
    return HttpResponseRedirect(reverse("reports:feeds"))


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Hand out a feed to whoever knows its address; an unknown and a revoked one look alike."""
    found = selector.find(secret)
    if found is None:
        raise Http404
    content = day_calendar.write(
        (_due_day(case) for case in selector.due_dates(found)),
        at=frame.now(),
        domain=urlsplit(settings.PUBLIC_BASE_URL).netloc,
    )
    response = HttpResponse(content, content_type=day_calendar.CONTENT_TYPE)
    patch_cache_control(response, private=True, max_age=900)
    response["X-Robots-Tag"] = "noindex"
    return response


def _due_day(case: Case) -> DayEvent:
    assert case.next_due_on is not None  # noqa: S101 - the selector asks for it
    waits = case.next_due_on != case.due_on
    kind = "申请人的期限" if waits else "答复期限"
    path = reverse("admin:case", args=[case.pk])
    return DayEvent(
        uid=f"due-{case.pk}",
        on=case.next_due_on,
        title=f"{case.number} {kind}（{STATUS_LABELS[Status(case.status)]}）",
        note=f"{settings.PUBLIC_BASE_URL}{path}",
    )
