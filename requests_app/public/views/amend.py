"""Asking for an own record to be put right (条例 41): one page, from anew or from an opened case."""

from __future__ import annotations

import uuid
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from requests_app.domain.errors import Refused
from requests_app.domain.papers import PaperKind
from requests_app.models import Case, OfficeSettings
from requests_app.public import access, page, throttle
from requests_app.public.forms.amend import AmendForm, KnownAmendForm
from requests_app.public.views.apply import TOO_MANY
from requests_app.services import amendments, draft_answers
from requests_app.services.amendments import RecordGiven
from requests_app.services.filing import Filed
from requests_app.services.papers import FileGiven

_GET_OR_POST: Final = ["GET", "HEAD", "POST"]
_TEMPLATE: Final = "public/amend.html"


@sensitive_post_parameters("identity_number", "guardian_identity_number", "agent_identity_number")
@require_http_methods(_GET_OR_POST)
def ask(request: HttpRequest) -> HttpResponse:
    """Take the application of somebody who has no case open here."""
    office = page.office_today()
    if request.method != "POST":
        form = AmendForm(initial={"key": uuid.uuid4()}, office=office)
        return _draw(request, form, office=office)
    form = AmendForm(request.POST, request.FILES, office=office)
    return _take(request, form, office=office, case=None)


@require_http_methods(_GET_OR_POST)
def ask_as_applicant(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take the application of whoever opened a case: who it is, is known already, or asked anew."""
    case = access.opened_case(request, case_id)
    if not amendments.knows_who_asks(case):
        return redirect("public:amend")
    office = page.office_today()
    if request.method != "POST":
        form = KnownAmendForm(initial={"key": uuid.uuid4()}, office=office)
        return _draw(request, form, office=office, case=case)
    form = KnownAmendForm(request.POST, request.FILES, office=office)
    return _take(request, form, office=office, case=case)


def _take(
    request: HttpRequest, form: KnownAmendForm, *, office: OfficeSettings, case: Case | None
) -> HttpResponse:
    if not form.is_valid():
        return _draw(request, form, office=office, case=case, status=422)
    done = access.receipt(request)
    if done is not None and done.key == form.cleaned_data["key"]:
        return redirect("public:receipt")
    if not throttle.may_file(request):
        form.add_all_reasons((TOO_MANY,))
        return _draw(request, form, office=office, case=case, status=429)
    try:
        filed = _file(form, case=case)
    except Refused as refusal:
        form.add_all_reasons(refusal.reasons)
        return _draw(request, form, office=office, case=case, status=422)
    throttle.note_filing(request)
    access.open_case(request, filed.case)
    access.keep_receipt(request, filed, key=form.cleaned_data["key"])
    return redirect("public:receipt")


def _file(form: KnownAmendForm, *, case: Case | None) -> Filed:
    given = form.cleaned_data
    kinds = {"evidence": PaperKind.APPLICATION, **draft_answers.PAPER_FIELDS}
    record = RecordGiven(
        record_name=given["record_name"],
        wrong_content=given["wrong_content"],
        form_wanted=form.carrier(),
        way_wanted=form.way(),
        idempotency_key=given["key"],
        evidence=tuple(
            FileGiven(kind, upload.name or "", upload)
            for name, kind in kinds.items()
            for upload in given.get(name, ())
            if isinstance(upload, UploadedFile)
        ),
    )
    if case is not None:
        return amendments.file_as_applicant_of(case.pk, given=record, at=timezone.now())
    if not isinstance(form, AmendForm):
        message = "without an open case the form asks who it is"
        raise TypeError(message)
    return amendments.file_online(
        record,
        applicant=form.applicant(),
        guardian=draft_answers.guardian(given, files=record.evidence),
        agent=draft_answers.agent(given, files=record.evidence),
        at=timezone.now(),
    )


def _draw(
    request: HttpRequest,
    form: KnownAmendForm,
    *,
    office: OfficeSettings,
    case: Case | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "case": case, "days": office.amendment_working_days}
    return page.render(request, _TEMPLATE, context, office=office, status=status, private=True)
