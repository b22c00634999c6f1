"""My reminders: what the ladder told a person, and the button that says it was read."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from requests_app.admin import shell
from requests_app.admin.acts.form import whole_number
from requests_app.domain.errors import Refused
from requests_app.presenters import reminders as presenter
from requests_app.selectors import reminders as selector
from requests_app.services import digests

_READ_SHOWN = 30


def view(request: HttpRequest) -> HttpResponse:
    """List a person's own reminders; on POST acknowledge those that were ticked, or all."""
    person, today = shell.actor(request), shell.today()
    if not person.roles:
        raise PermissionDenied
    if request.method == "POST":
        return _acknowledge(request)
    found = list(selector.inbox(person))
    return shell.page(
        request,
        "admin/desk/reminders.html",
        unread=presenter.by_urgency([row for row in found if row.sent_at], today=today),
        planned=presenter.by_urgency([row for row in found if not row.sent_at], today=today),
        read=presenter.rows(selector.read(person)[:_READ_SHOWN], today=today),
    )


def _acknowledge(request: HttpRequest) -> HttpResponse:
    wanted = [whole_number(each) for each in request.POST.getlist("reminder")]
    try:
        count = digests.acknowledge(
            [each for each in wanted if each is not None],
            actor=shell.actor(request),
            at=shell.now(),
        )
    except Refused as refusal:
        shell.tell_refusal(request, refusal)
    else:
        shell.tell(request, f"已签收{count}条提醒。")
    return HttpResponseRedirect(reverse("admin:reminders"))
