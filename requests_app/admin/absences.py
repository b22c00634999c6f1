"""Leave and covers: who is away, who stands in; one's own, and for those in charge everybody's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from requests_app.admin import shell
from requests_app.admin.acts.form import day_field, whole_number
from requests_app.admin.desk_form import DeskForm
from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused
from requests_app.models import Absence, StaffUser
from requests_app.services import absences


class AbsenceForm(DeskForm):
    """Who is away from when to when, and who covers."""

    person = forms.ModelChoiceField(label="谁", queryset=StaffUser.objects.none())
    first_on = day_field("开始日期")
    last_on = day_field("结束日期", help_text="含当日。")
    cover = forms.ModelChoiceField(
        label="代理人",
        queryset=StaffUser.objects.none(),
        required=False,
        empty_label="没有代理人",
        help_text="期间的提醒发给代理人；没有代理人的，发给副职、监督。",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = StaffUser.objects.filter(is_active=True).order_by("display_name", "pk")
        others = actor.roles & absences.RECORDERS
        own = everybody if others else everybody.filter(pk=actor.staff_id or 0)
        self.fields["person"].queryset = own  # type: ignore[attr-defined]
        self.fields["person"].initial = actor.staff_id
        self.fields["cover"].queryset = everybody  # type: ignore[attr-defined]
        self.dress()


def view(request: HttpRequest) -> HttpResponse:
    """List who is or will be away; on POST record leave, or call it off."""
    person, today = shell.actor(request), shell.today()
    if not person.roles:
        raise PermissionDenied
    form = AbsenceForm(actor=person)
    status = 200
    if request.method == "POST" and "cancel" in request.POST:
        return _cancel(request)
    if request.method == "POST":
        form = AbsenceForm(request.POST, actor=person)
        if form.is_valid() and _recorded(request, form):
            return HttpResponseRedirect(reverse("admin:absences"))
        status = 422
    rows = (
        Absence.objects.filter(last_on__gte=today, cancelled_at__isnull=True)
        .select_related("person", "person__department", "cover")
        .order_by("first_on", "pk")
    )
    may_all = bool(person.roles & absences.RECORDERS)
    return shell.page(
        request,
        "admin/desk/absences.html",
        status=status,
        form=form,
        may_hand_over=person.may(Act.HAND_OVER),
        rows=[
            (row, row.first_on <= today, may_all or row.person_id == person.staff_id)
            for row in rows
        ],
    )


def _recorded(request: HttpRequest, form: AbsenceForm) -> bool:
    given = form.cleaned_data
    try:
        row = absences.record(
            person_id=given["person"].pk,
            first_on=given["first_on"],
            last_on=given["last_on"],
            cover_id=given["cover"].pk if given["cover"] else None,
            actor=shell.actor(request),
            at=shell.now(),
        )
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(reason.code if reason.code in form.fields else None, str(reason))
        return False
    shell.tell(request, f"已登记{row.person}{row.first_on}至{row.last_on}请假。")
    return True


def _cancel(request: HttpRequest) -> HttpResponse:
    try:
        absences.cancel(
            whole_number(request.POST["cancel"]) or 0, actor=shell.actor(request), at=shell.now()
        )
    except Refused as refusal:
        shell.tell_refusal(request, refusal)
    else:
        shell.tell(request, "请假已撤销。")
    return HttpResponseRedirect(reverse("admin:absences"))
