"""The archive: the guide's list of one case, its electronic file, the lending log, the register."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from requests_app.adapters.storage import StorageError
from requests_app.admin import shell
from requests_app.admin.acts.form import day_field
from requests_app.admin.desk_form import DeskForm
from requests_app.domain.access import Act
from requests_app.domain.archiving import LENDING_KIND_LABELS, RETENTION_LABELS, LendingKind
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import ENDED, Status
from requests_app.models import ArchiveRecord, Attachment, Case
from requests_app.presenters import archive_page
from requests_app.selectors import archives
from requests_app.services import archive_files, lending


class LendForm(DeskForm):
    """Who reads or borrows a file, why, and until when."""

    kind = forms.ChoiceField(
        label="方式",
        choices=[(each.value, label) for each, label in LENDING_KIND_LABELS.items()],
        initial=LendingKind.READING.value,
        widget=forms.RadioSelect,
    )
    person = forms.CharField(label="查阅、借阅人", max_length=60)
    unit = forms.CharField(label="单位、科室", max_length=80)
    purpose = forms.CharField(
        label="事由", max_length=200, help_text="例如：行政复议答复、应诉、工作研究。"
    )
    out_on = day_field("日期")
    due_on = day_field("应归还日期", required=False, help_text="借出的必填。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


class ReturnForm(DeskForm):
    """When a file came back, and in what state."""

    on = day_field("归还日期")
    note = forms.CharField(
        label="归还情况", max_length=200, required=False, help_text="例如：完好；缺第3页。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


@shell.needs(Act.ARCHIVE)
def view(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show how a case stands with the archive; note a reading or a lending."""
    case, today = shell.case_or_404(request, case_id), shell.today()
    days = archives.settings(case.body, on=today).lending_days
    initial = {"out_on": today, "due_on": today + timedelta(days=days)}
    form = LendForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            lending.lend(
                case.pk,
                kind=LendingKind(given["kind"]),
                person=given["person"],
                unit=given["unit"],
                purpose=given["purpose"],
                out_on=given["out_on"],
                due_on=given["due_on"],
                actor=shell.actor(request),
                at=shell.now(),
            )
        except Refused as refusal:
            _take(form, refusal)
        else:
            shell.tell(request, "已登记。")
            return HttpResponseRedirect(reverse("admin:archive", args=[case.pk]))
    return _show(request, case, form)


@shell.needs(Act.LEND)
def give_back(request: HttpRequest, lending_id: int) -> HttpResponse:
    """Note that a file came back."""
    row = archives.out(shell.actor(request)).filter(pk=lending_id).first()
    if row is None:
        raise Http404("没有这条借阅登记，或者已经归还。")
    form = ReturnForm(request.POST or None, initial={"on": shell.today()})
    if request.method == "POST" and form.is_valid():
        try:
            lending.give_back(
                row.pk,
                on=form.cleaned_data["on"],
                note=form.cleaned_data["note"],
                actor=shell.actor(request),
                at=shell.now(),
            )
        except Refused as refusal:
            _take(form, refusal)
        else:
            shell.tell(request, f"{row.record.number}已登记归还。")
            return HttpResponseRedirect(reverse("admin:archive", args=[row.record.case_id]))
    return shell.page(
        request,
        "admin/desk/give_back.html",
        status=422 if form.errors else 200,
        form=form,
        row=row,
        case=row.record.case,
    )


@shell.needs(Act.ARCHIVE)
def download(request: HttpRequest, archive_file_id: int) -> HttpResponse:
    """Hand out the electronic file; recorded."""
    try:
        file, content = archive_files.fetch(
            archive_file_id, actor=shell.actor(request), at=shell.now()
        )
    except (Refused, StorageError) as problem:
        sentence = problem.sentence if isinstance(problem, StorageError) else str(problem)
        raise Http404(sentence) from problem
    response = HttpResponse(content, content_type="application/zip")
    header = content_disposition_header(
        as_attachment=True, filename=f"电子档案-{file.record.number}.zip"
    )
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@shell.needs(Act.ARCHIVE)
def make(request: HttpRequest, archive_file_id: int) -> HttpResponse:
    """Make a file that is owed now, where nobody made it in the background."""
    file = archives.owed_file(shell.actor(request), archive_file_id=archive_file_id)
    if file is None:
        raise Http404("没有这份电子档案。")
    if archive_files.make(file.pk, at=shell.now()):
        shell.tell(request, "电子档案已制成。")
    else:
        reason = Refused.because(
            "not_made", "现在没有制成；正在制作，或者原因写在下面，稍后自动重试。"
        )
        shell.tell_refusal(request, reason)
    return HttpResponseRedirect(reverse("admin:archive", args=[file.record.case_id]))


@shell.needs(Act.ARCHIVE)
def register(request: HttpRequest) -> HttpResponse:
    """Show what is lent, what waits to be put away, and the register of file numbers."""
    person, today = shell.actor(request), shell.today()
    words = request.GET.get("q", "").replace("\x00", "")
    found = archives.register(person, words=words, before=request.GET.get("before", ""))
    waiting = archives.waiting(person)
    return shell.page(
        request,
        "admin/desk/archives.html",
        words=words,
        loans=archive_page.loans(archives.out(person), today=today),
        waiting=list(waiting[: archives.PAGE_SIZE]),
        waiting_count=waiting.count(),
        records=[(row, archive_page.retention(row)) for row in found.rows],
        next_key=found.next_key,
        unmade=archives.count_unmade(),
    )


def _show(request: HttpRequest, case: Case, form: LendForm) -> HttpResponse:
    today, person = shell.today(), shell.actor(request)
    found = archives.standing(case, today=today)
    records = list(ArchiveRecord.objects.filter(case=case).order_by("-pk"))
    return shell.page(
        request,
        "admin/desk/archive.html",
        status=422 if form.errors else 200,
        case=case,
        lines=archive_page.lines(found.lines),
        compulsory=found.compulsory,
        unset=found.unset,
        planned=RETENTION_LABELS[found.settings.retention(found.kind)],
        kind=found.kind.label,
        settings=found.settings,
        records=[(row, archive_page.retention(row)) for row in records],
        archived=Status(case.status) is Status.ARCHIVED,
        may_archive=Status(case.status) in ENDED,
        files=list(archives.files_of(case)),
        loans=archive_page.loans(archives.lendings_of(case), today=today),
        form=form if records and person.may(Act.LEND) else None,
        deleted=list(Attachment.objects.filter(case=case, deleted_at__isnull=False)),
    )


def _take(form: DeskForm, refusal: Refused) -> None:
    for reason in refusal.reasons:
        form.add_error(reason.code if reason.code in form.fields else None, str(reason))
