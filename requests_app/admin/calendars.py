"""The working calendar: notices and their days, what approving one would move, approval by another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from requests_app.admin import shell
from requests_app.admin.acts.form import day_field, text_field
from requests_app.admin.desk_form import DeskForm
from requests_app.domain.calendar_notices import DayGiven
from requests_app.domain.errors import Refused
from requests_app.domain.workdays import DayKind
from requests_app.models import CalendarNotice
from requests_app.presenters.desk_header import CALENDAR_READERS
from requests_app.selectors import calendars as selector
from requests_app.services import calendars
from requests_app.services.calendars import NoticeGiven

_KINDS: Final = {
    "放假": DayKind.HOLIDAY,
    "上班": DayKind.MAKEUP,
    "取消上班": DayKind.CANCEL_MAKEUP,
}


class NoticeForm(DeskForm):
    """One notice as its papers give it."""

    number = forms.CharField(label="文号", max_length=60, help_text="本地规定写它自己的文号。")
    title = forms.CharField(label="标题", max_length=120, required=False)
    published_on = day_field("公布日期")
    url = forms.URLField(label="来源网址", required=False, assume_scheme="https")
    days = text_field(
        "各天的安排",
        help_text="一行一天：日期、放假或者上班（调休）、节日，中间用空格。例如：2027-01-01 放假 元旦",
        rows=12,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()

    def clean_days(self) -> tuple[DayGiven, ...]:
        """Read the lines; name every line that is not a day."""
        found, errors = [], []
        for place, line in enumerate(self.cleaned_data["days"].splitlines(), start=1):
            if not line.strip():
                continue
            try:
                found.append(_day(line))
            except (ValueError, KeyError):
                errors.append(f"第{place}行“{line.strip()}”看不懂，请写成：2027-01-01 放假 元旦。")
        if errors:
            raise forms.ValidationError(errors)
        return tuple(found)


def _day(line: str) -> DayGiven:
    on, kind, *name = line.split()
    return DayGiven(date.fromisoformat(on), _KINDS[kind], " ".join(name) or kind)


def view(request: HttpRequest) -> HttpResponse:
    """List the notices; on POST record one."""
    _check(request)
    form = NoticeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            notice = NoticeGiven(
                given["number"], given["published_on"], given["title"], given["url"]
            )
            try:
                row = calendars.record_notice(
                    notice, days=given["days"], actor=shell.actor(request), at=shell.now()
                )
            except Refused as refusal:
                for reason in refusal.reasons:
                    form.add_error(reason.code if reason.code in form.fields else None, str(reason))
            else:
                shell.tell(request, f"{row.number}已登记，请另一人核对影响后启用。")
                return HttpResponseRedirect(reverse("admin:calendar_notice", args=[row.pk]))
    return shell.page(
        request,
        "admin/desk/calendars.html",
        status=status,
        notices=CalendarNotice.objects.select_related("imported_by", "approved_by"),
        form=form if shell.is_administrator(request) else None,
        coverage=_coverage(),
    )


def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Show one notice, its days, and what approving it would move in the open cases."""
    _check(request)
    row = (
        CalendarNotice.objects.filter(pk=notice_id)
        .select_related("imported_by", "approved_by")
        .first()
    )
    if row is None:
        raise Http404("没有这份通知。")
    if request.method == "POST":
        return _decide(request, row)
    impact = calendars.preview(row.pk, at=shell.now()) if row.approved_at is None else None
    return shell.page(
        request, "admin/desk/calendar_notice.html", notice=row, days=row.days.all(), impact=impact
    )


def _decide(request: HttpRequest, row: CalendarNotice) -> HttpResponse:
    """Approve or discard a waiting notice."""
    person = shell.actor(request)
    here = reverse("admin:calendar_notice", args=[row.pk])

    def approve() -> str:
        report = calendars.approve([row.pk], actor=person, at=shell.now())
        return f"{row.number}已启用，{len(report.changed)}个日期有变动，已写入各件的经过。"

    def discard() -> str:
        calendars.discard(row.pk, actor=person)
        return f"{row.number}的登记已删除。"

    todo: dict[str, tuple[Callable[[], str], str]] = {
        "approve": (approve, here),
        "discard": (discard, reverse("admin:calendars")),
    }
    if request.POST.get("do") not in todo:
        raise Http404("没有这个事项。")
    act, then = todo[request.POST["do"]]
    try:
        shell.tell(request, act())
    except Refused as refusal:
        shell.tell_refusal(request, refusal)
        return HttpResponseRedirect(here)
    return HttpResponseRedirect(then)


def _coverage() -> selector.Coverage | None:
    try:
        return selector.coverage(today=shell.today())
    except Refused:
        return None  # no notice is approved yet: the page says so, and is where that is mended


def _check(request: HttpRequest) -> None:
    if not shell.actor(request).roles & CALENDAR_READERS:
        raise PermissionDenied
