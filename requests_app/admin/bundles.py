"""The bundle of a case: what is in the file, what is missing, make it, take it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from requests_app.adapters.pdf import PdfError
from requests_app.adapters.storage import StorageError
from requests_app.admin import shell
from requests_app.admin.desk_form import DeskForm
from requests_app.domain.access import Act
from requests_app.domain.dossier import IDENTITY_CHOICE_LABELS, SECTION_LABELS, IdentityChoice
from requests_app.domain.errors import Refused
from requests_app.models import Bundle, Case
from requests_app.selectors import dossiers
from requests_app.services import bundles


class BundleForm(DeskForm):
    """What to do with the papers of identity, and why where they go in."""

    identity = forms.ChoiceField(
        label="身份材料",
        choices=[(each.value, label) for each, label in IDENTITY_CHOICE_LABELS.items()],
        initial=IdentityChoice.MASKED.value,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="理由",
        max_length=200,
        required=False,
        help_text="放入身份证明原件的必填，例如：行政复议案件答复。",
    )

    def __init__(self, *args: Any, may_reveal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()
        if not may_reveal:
            choice = self.fields["identity"]
            if isinstance(choice, forms.ChoiceField):
                choice.choices = [
                    (each.value, label)
                    for each, label in IDENTITY_CHOICE_LABELS.items()
                    if each is not IdentityChoice.FULL
                ]


@shell.needs(Act.BUNDLE)
def view(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the file's list and what is missing; make the bundle when asked."""
    case, person = shell.case_or_404(request, case_id), shell.actor(request)
    form = BundleForm(request.POST or None, may_reveal=person.may(Act.REVEAL_IDENTITY))
    if request.method != "POST" or not form.is_valid():
        return _show(request, case, form, status=422 if form.is_bound else 200)
    try:
        made = bundles.make(
            case.pk,
            identity=IdentityChoice(form.cleaned_data["identity"]),
            reason=form.cleaned_data["reason"],
            actor=person,
            at=shell.now(),
        )
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error("reason" if reason.code == "reason" else None, str(reason))
        return _show(request, case, form, status=422)
    except (PdfError, StorageError) as error:
        form.add_error(None, error.sentence if isinstance(error, StorageError) else str(error))
        return _show(request, case, form, status=503)
    shell.tell(request, f"卷宗已制成：{made.items}件，{made.pages}页。")
    return HttpResponseRedirect(reverse("admin:bundle", args=[case.pk]))


@shell.needs(Act.BUNDLE)
def pdf(request: HttpRequest, bundle_id: int) -> HttpResponse:
    """Hand out the bound PDF."""
    return _fetched(request, bundle_id, packed=False, media_type="application/pdf", suffix="pdf")


@shell.needs(Act.BUNDLE)
def zip_file(request: HttpRequest, bundle_id: int) -> HttpResponse:
    """Hand out the ZIP of originals and manifest."""
    return _fetched(request, bundle_id, packed=True, media_type="application/zip", suffix="zip")


def _fetched(
    request: HttpRequest, bundle_id: int, *, packed: bool, media_type: str, suffix: str
) -> HttpResponse:
    try:
        bundle, content = bundles.fetch(
            bundle_id, packed=packed, actor=shell.actor(request), at=shell.now()
        )
    except (Refused, StorageError) as problem:
        sentence = problem.sentence if isinstance(problem, StorageError) else str(problem)
        raise Http404(sentence) from problem
    response = HttpResponse(content, content_type=media_type)
    name = f"卷宗-{bundle.case.number}.{suffix}"
    header = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def _show(request: HttpRequest, case: Case, form: BundleForm, *, status: int) -> HttpResponse:
    found = dossiers.load(case, today=shell.today())
    rows = [
        {
            "section": SECTION_LABELS[item.section],
            "title": item.title,
            "number": item.number,
            "on": item.on,
            "identity": item.identity,
        }
        for item in found.items
    ]
    return shell.page(
        request,
        "admin/desk/bundle.html",
        status=status,
        case=case,
        form=form,
        rows=rows,
        missing=found.missing,
        bundles=Bundle.objects.filter(case=case).select_related("made_by"),
    )
