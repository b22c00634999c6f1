"""The annual report: the years there are, one year with its tables and checks, its steps, its files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from requests_app.adapters.pdf import PdfError
from requests_app.adapters.storage import StorageError
from requests_app.domain import proactive, report_text
from requests_app.domain.access import Act
from requests_app.domain.application import ORGANISATION_TYPE_LABELS
from requests_app.domain.errors import Refused
from requests_app.domain.report_document import application_table, remedy_table
from requests_app.domain.report_status import (
    REPORT_FILE_LABELS,
    REPORT_MEDIA_TYPES,
    REPORT_STATUS_LABELS,
    ReportFileKind,
    ReportStatus,
)
from requests_app.models import AnnualReport
from requests_app.presenters import annual_report as presenter
from requests_app.reports import frame
from requests_app.selectors import year_figures
from requests_app.services import annual_reports, organisations


class WriteForm(forms.Form):
    """The written sections and table 二."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, report: AnnualReport, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = report.version
        for name, label in annual_reports.SECTIONS.items():
            area = forms.Textarea(attrs={"rows": 8, "class": "inp"})
            self.fields[name] = forms.CharField(
                label=label, required=False, widget=area, initial=getattr(report, name)
            )
        if report.status == ReportStatus.DRAFT:
            for figure in proactive.FIGURES:
                widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "inp"})
                self.fields[figure.name] = forms.CharField(
                    label=figure.label,
                    required=False,
                    max_length=20,
                    widget=widget,
                    initial=report.proactive.get(figure.name, ""),
                )

    def take(self, refusal: Refused) -> None:
        """Show each reason at its field, where it has one."""
        for reason in refusal.reasons:
            self.add_error(reason.code if reason.code in self.fields else None, str(reason))


@frame.needs(Act.READ_ANNUAL)
def years(request: HttpRequest) -> HttpResponse:
    """List the years; begin one when asked."""
    refused: tuple[Any, ...] = ()
    typed = request.POST.get("year", "").strip() if request.method == "POST" else ""
    if request.method == "POST":
        try:
            year = int(typed) if typed.isdecimal() and len(typed) == len("2026") else 0
            made = annual_reports.draft(year, actor=frame.actor(request), at=frame.now())
        except Refused as refusal:
            refused = refusal.reasons
        else:
            return HttpResponseRedirect(reverse("reports:annual", args=[made.year]))
    return frame.page(
        request,
        "reports/annual_years.html",
        status=422 if refused else 200,
        reports=[
            (report, REPORT_STATUS_LABELS[ReportStatus(report.status)])
            for report in AnnualReport.objects.defer("snapshot").select_related(
                "locked_by", "published_by"
            )
        ],
        may_draft=frame.actor(request).may(Act.DRAFT_REPORT),
        typed=typed or frame.today().year,
        refused=refused,
    )


@frame.needs(Act.READ_ANNUAL)
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show one year: tables, checks, what may be done; keep what was written when asked."""
    report = _report(year)
    person = frame.actor(request)
    may_write = person.may(Act.DRAFT_REPORT) and report.status != ReportStatus.PUBLISHED
    form = WriteForm(request.POST or None, report=report) if may_write else None
    if form is not None and request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            annual_reports.write(
                report.pk,
                texts={name: asked[name] for name in annual_reports.TEXTS},
                figures={each.name: asked.get(each.name, "") for each in proactive.FIGURES},
                actor=person,
                at=frame.now(),
                seen_version=asked["seen_version"],
            )
        except Refused as refusal:
            form.take(refusal)
        else:
            return HttpResponseRedirect(f"{request.path}?kept=1#write")
    bad = form is not None and bool(form.errors)
    return _show(request, report, form=form, status=422 if bad else 200)


@require_POST
@frame.needs(Act.CLOSE_PERIOD)
def lock(request: HttpRequest, year: int) -> HttpResponse:
    """Freeze the year's figures."""
    report = _report(year)
    note = request.POST.get("carry_note", "")
    try:
        annual_reports.lock(report.pk, carry_note=note, actor=frame.actor(request), at=frame.now())
    except Refused as refusal:
        return _show(request, report, refused=refusal.reasons, carry_note=note, status=422)
    return HttpResponseRedirect(reverse("reports:annual", args=[year]))


@require_POST
@frame.needs(Act.PUBLISH_REPORT)
def publish(request: HttpRequest, year: int) -> HttpResponse:
    """Publish the year's report."""
    report = _report(year)
    try:
        annual_reports.publish(report.pk, actor=frame.actor(request), at=frame.now())
    except Refused as refusal:
        return _show(request, report, refused=refusal.reasons, status=422)
    except (PdfError, StorageError) as error:
        words = error.sentence if isinstance(error, StorageError) else str(error)
        return _show(request, report, refused=(words,), status=503)
    return HttpResponseRedirect(reverse("reports:annual", args=[year]))


@require_POST
@frame.needs(Act.RECORD_ORGANISATION)
def fill_kind(request: HttpRequest, year: int) -> HttpResponse:
    """Fill in the kind of an organisation, from the list of what the year lacks."""
    report = _report(year)
    asked, number = request.POST.get("organisation_type", ""), request.POST.get("case", "")
    case_id = int(number) if number.isdecimal() and len(number) <= len(str(2**63)) - 1 else 0
    try:
        organisations.record_kind(case_id, kind=asked, actor=frame.actor(request), at=frame.now())
    except Refused as refusal:
        return _show(request, report, refused=refusal.reasons, status=422)
    return HttpResponseRedirect(f"{reverse('reports:annual', args=[year])}?kept=1#concerned")


@require_safe
@frame.needs(Act.READ_ANNUAL)
def cases(request: HttpRequest, year: int) -> HttpResponse:
    """List the cases counted in one cell of table 三."""
    report = _report(year)
    row, column = request.GET.get("row", ""), request.GET.get("column", "")
    figures = _figures(report)
    return frame.page(
        request,
        "reports/annual_cases.html",
        report=report,
        heading_words=presenter.cell_title(row, column),
        cases=presenter.cases_of(figures, row=row, column=column),
    )


@require_safe
@frame.needs(Act.READ_ANNUAL)
def file(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """Hand out the report in one form: as published, or as it stands."""
    report = _report(year)
    if kind not in set(ReportFileKind):
        raise Http404
    form = ReportFileKind(kind)
    try:
        content = annual_reports.file(report, form, at=frame.now())
    except (PdfError, StorageError) as error:
        words = error.sentence if isinstance(error, StorageError) else str(error)
        return _show(request, report, refused=(words,), status=503)
    # HTML is handed out to be put into the site, never run as a page of ours.
    response = HttpResponse(content, content_type=REPORT_MEDIA_TYPES[form])
    name = f"{year}年政府信息公开工作年度报告.{kind}"
    header = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def addresses() -> list[URLPattern]:
    """Return the addresses of these pages."""
    return [
        path("annual/", years, name="annual_years"),
        path("annual/<int:year>/", year, name="annual"),
        path("annual/<int:year>/lock/", lock, name="annual_lock"),
        path("annual/<int:year>/publish/", publish, name="annual_publish"),
        path("annual/<int:year>/kind/", fill_kind, name="annual_kind"),
        path("annual/<int:year>/cases/", cases, name="annual_cases"),
        path("annual/<int:year>/report.<slug:kind>", file, name="annual_file"),
    ]


def _report(year: int) -> AnnualReport:
    report = AnnualReport.objects.filter(year=year).select_related("locked_by", "published_by")
    found = report.first()
    if found is None:
        raise Http404
    return found


def _figures(report: AnnualReport) -> year_figures.YearFigures:
    return year_figures.frozen(report) or year_figures.live(report.year, figures=report.proactive)


def _show(
    request: HttpRequest,
    report: AnnualReport,
    *,
    form: WriteForm | None = None,
    refused: tuple[Any, ...] = (),
    carry_note: str = "",
    status: int = 200,
) -> HttpResponse:
    person, figures = frame.actor(request), _figures(report)
    failures = year_figures.failures(figures)
    draft = report.status == ReportStatus.DRAFT
    if form is None and person.may(Act.DRAFT_REPORT) and report.status != ReportStatus.PUBLISHED:
        form = WriteForm(report=report)
    before = year_figures.proactive_before(report.year)
    return frame.page(
        request,
        "reports/annual.html",
        status=status,
        report=report,
        status_words=REPORT_STATUS_LABELS[ReportStatus(report.status)],
        draft=draft,
        form=form,
        kept="kept" in request.GET,
        refused=refused,
        carry_note=carry_note,
        table=presenter.shown(
            application_table(figures.applications), year=report.year, failures=failures
        ),
        remedies=presenter.shown(remedy_table(figures.remedies), year=report.year),
        verdicts=presenter.verdicts(figures),
        failures=presenter.failure_words(figures, failures),
        concerned=presenter.concerned(figures),
        carried=year_figures.locked_before(report.year) is not None,
        warnings=proactive.warnings(figures.proactive, last_year=before),
        missing=year_figures.missing_figures(figures),
        against=annual_reports.reasons_against_lock(report, figures, at=frame.now())
        if draft
        else (),
        changes=year_figures.changes(report),
        names=[(name, words, figures.names[name]) for name, words in report_text.CATALOGUE.items()],
        files=[(kind.value, label) for kind, label in REPORT_FILE_LABELS.items()],
        kinds=list(ORGANISATION_TYPE_LABELS.items()),
        may_fill=person.may(Act.RECORD_ORGANISATION),
        may_lock=draft and person.may(Act.CLOSE_PERIOD),
        may_publish=report.status == ReportStatus.LOCKED and person.may(Act.PUBLISH_REPORT),
    )
