"""Hand a clerk's whole load to another, on one page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from requests_app.admin import shell
from requests_app.admin.acts.form import text_field
from requests_app.admin.desk_form import DeskForm
from requests_app.domain.access import Act, Actor, Role
from requests_app.domain.errors import Refused
from requests_app.models import StaffUser
from requests_app.selectors import handovers as selector
from requests_app.services import handovers


class HandOverForm(DeskForm):
    """From whom, to whom, why."""

    giver = forms.ModelChoiceField(label="移交人", queryset=StaffUser.objects.none())
    taker = forms.ModelChoiceField(label="接收人", queryset=StaffUser.objects.none())
    reason = text_field("移交理由", help_text="例如：岗位调整；长期病假。记入每一件的台账。")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clerks = StaffUser.objects.filter(held_roles__role=Role.CLERK.value)
        everybody = clerks.order_by("display_name", "pk")
        own = everybody if Role.HEAD in actor.roles else everybody.filter(pk=actor.staff_id or 0)
        self.fields["giver"].queryset = own  # type: ignore[attr-defined]
        self.fields["giver"].initial = actor.staff_id
        self.fields["taker"].queryset = everybody.filter(is_active=True)  # type: ignore[attr-defined]
        self.dress()


def view(request: HttpRequest) -> HttpResponse:
    """Show how much each clerk holds; on POST hand one's load over."""
    person = shell.actor(request)
    if not person.may(Act.HAND_OVER):
        raise PermissionDenied
    form, status = HandOverForm(actor=person), 200
    if request.method == "POST":
        form = HandOverForm(request.POST, actor=person)
        if form.is_valid() and _handed_over(request, form):
            return HttpResponseRedirect(reverse("admin:hand_over"))
        status = 422
    return shell.page(
        request, "admin/desk/hand_over.html", status=status, form=form, loads=selector.loads()
    )


def _handed_over(request: HttpRequest, form: HandOverForm) -> bool:
    given = form.cleaned_data
    try:
        done = handovers.hand_over(
            from_id=given["giver"].pk,
            to_id=given["taker"].pk,
            reason=given["reason"],
            actor=shell.actor(request),
            at=shell.now(),
        )
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(reason.code if reason.code in form.fields else None, str(reason))
        return False
    shell.tell(request, f"已把{given['giver']}的{len(done)}件移交给{given['taker']}。")
    return True
