"""What is done from the work list itself: take the next case, follow one, several at once, keep a view."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app.admin import shell, worklist_query
from requests_app.admin.acts.form import whole_number
from requests_app.domain.access import Act
from requests_app.domain.errors import Refused
from requests_app.models import Department, StaffUser
from requests_app.services import bulk, picking, watching

_DONE = {"assign": "已分办", "remind": "已发提醒", "archive": "已归档"}


@require_POST
@shell.needs(Act.ASSIGN)
def take_next(request: HttpRequest) -> HttpResponse:
    """Give the person the most urgent case nobody has, and open it."""
    try:
        case = picking.take_next(actor=shell.actor(request), at=shell.now())
    except Refused as refusal:
        shell.tell_refusal(request, refusal)
        return HttpResponseRedirect(reverse("admin:index"))
    shell.tell(request, f"已接下{case.number}，由您经办。")
    return HttpResponseRedirect(reverse("admin:case", args=[case.pk]))


@require_POST
@shell.needs(Act.READ_CASE)
def watch(request: HttpRequest, case_id: int) -> HttpResponse:
    """Follow a case or follow it no longer, and return to where the button was."""
    following = request.POST.get("following") == "yes"
    try:
        watching.watch(case_id, following=following, actor=shell.actor(request), at=shell.now())
    except Refused as refusal:
        raise Http404(str(refusal.reasons[0])) from None
    return _back(request)


@require_POST
@shell.needs(Act.READ_CASE)
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the view under a name."""
    query = worklist_query.read(QueryDict(request.POST.get("query", "").lstrip("?")))
    try:
        saved = watching.save_filter(
            name=request.POST.get("name", ""),
            query=worklist_query.link(query),
            actor=shell.actor(request),
            at=shell.now(),
        )
    except Refused as refusal:
        shell.tell_refusal(request, refusal)
    else:
        shell.tell(request, f"已存为常用筛选“{saved.name}”。把它的网址发给同事，同事也能打开。")
    return HttpResponseRedirect(reverse("admin:index") + worklist_query.link(query))


@require_POST
@shell.needs(Act.READ_CASE)
def forget_filter(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Delete one of the person's own views."""
    watching.forget_filter(filter_id, actor=shell.actor(request))
    return _back(request)


@require_POST
@shell.needs(Act.READ_CASE)
def several(request: HttpRequest) -> HttpResponse:
    """Do one act on the chosen cases, and say of each that was not done why."""
    person, given = shell.actor(request), request.POST
    act = given.get("act", "")
    if act not in _DONE:
        raise Http404("没有这个事项。")
    ids = [pk for pk in map(whole_number, given.getlist("case")) if pk is not None]
    to_whom = (whole_number(given.get("department", "")), whole_number(given.get("clerk", "")))
    if act == "assign" and ids and to_whom == (None, None):
        return _ask_whom(request, ids)
    try:
        if act == "assign":
            report = bulk.assign(
                ids, department_id=to_whom[0], clerk_id=to_whom[1], actor=person, at=shell.now()
            )
        elif act == "remind":
            report = bulk.remind(ids, actor=person, at=shell.now())
        else:
            report = bulk.archive(ids, actor=person, at=shell.now())
    except Refused as refusal:
        shell.tell_refusal(request, refusal)
        return _back(request)
    return shell.page(
        request,
        "admin/desk/bulk_report.html",
        done_words=_DONE[act],
        report=report,
        back=_where_back(request),
    )


def _ask_whom(request: HttpRequest, ids: list[int]) -> HttpResponse:
    on = shell.today()
    departments = [
        each
        for each in Department.objects.filter(valid_from__lte=on)
        if each.valid_to is None or each.valid_to >= on
    ]
    clerks = [
        each
        for each in StaffUser.objects.filter(is_active=True).prefetch_related("held_roles")
        if each.as_actor().may(Act.ANSWER)
    ]
    values: dict[str, Any] = {"ids": ids, "departments": departments, "clerks": clerks}
    return shell.page(request, "admin/desk/bulk_assign.html", values, back=_where_back(request))


def _where_back(request: HttpRequest) -> str:
    """Return the view the person came from; only ever an address of the desk's own."""
    asked = request.POST.get("back", "")
    if asked.startswith("case:") and asked[5:].isdecimal():
        return reverse("admin:case", args=[int(asked[5:][:9])])
    query = worklist_query.read(QueryDict(asked.lstrip("?")))
    return reverse("admin:index") + worklist_query.link(query)


def _back(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(_where_back(request))
