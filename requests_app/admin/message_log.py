"""The log of messages to applicants over all cases; a failed one can be tried again."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app.admin import shell
from requests_app.admin.acts.form import whole_number
from requests_app.domain.access import Act
from requests_app.domain.errors import Refused
from requests_app.presenters import message_log as presenter
from requests_app.selectors import message_log
from requests_app.services import messages

_PAGE_SIZE: Final = 50


@shell.needs(Act.READ_CASE)
def view(request: HttpRequest) -> HttpResponse:
    """List the messages, the newest first, by status and case number."""
    person = shell.actor(request)
    status, number = request.GET.get("status", ""), request.GET.get("number", "")
    rows = message_log.page(
        person,
        status=status,
        number=number,
        before=whole_number(request.GET.get("before", "")),
        size=_PAGE_SIZE + 1,
    )
    shown, more = rows[:_PAGE_SIZE], len(rows) > _PAGE_SIZE
    asked = {"status": status, "number": number}
    return shell.page(
        request,
        "admin/desk/messages.html",
        tabs=presenter.tabs(message_log.counts(person)),
        status=200,
        lines=presenter.lines(shown),
        chosen=status,
        number=number,
        may_retry=person.may(Act.DISPATCH),
        next_page=f"?{urlencode({**asked, 'before': shown[-1].pk})}" if more else "",
    )


@require_POST
@shell.needs(Act.DISPATCH)
def retry(request: HttpRequest, message_id: int) -> HttpResponse:
    """Send a failed message once more."""
    try:
        messages.try_again(message_id, actor=shell.actor(request), at=shell.now())
    except Refused as refusal:
        shell.tell_refusal(request, refusal)
    else:
        shell.tell(request, "已重新排队发送，结果稍后显示在这里。")
    return HttpResponseRedirect(f"{reverse('admin:messages')}?status=failed")
