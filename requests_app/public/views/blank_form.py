"""The blank application form to download: as PDF to print, as Word file to fill in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from requests_app.adapters import docx, pdf
from requests_app.domain.application_form import TITLE
from requests_app.domain.errors import Refused
from requests_app.domain.sheets import Sheet
from requests_app.public import page
from requests_app.selectors import application_forms


@require_safe
def show_pdf(request: HttpRequest) -> HttpResponse:
    """Hand out the form to print; where this server cannot draw, say so."""
    try:
        content = pdf.render_sheet(_blank())
    except (Refused, pdf.PdfError) as problem:
        return _closed(request, problem)
    return _file(content, name=f"{TITLE}.pdf", media_type="application/pdf")


@require_safe
def show_docx(request: HttpRequest) -> HttpResponse:
    """Hand out the form as a Word file."""
    try:
        content = docx.sheet(_blank())
    except Refused as problem:
        return _closed(request, problem)
    return _file(content, name=f"{TITLE}.docx", media_type=docx.MEDIA_TYPE)


def _blank() -> Sheet:
    return application_forms.blank(on=timezone.localdate())


def _closed(request: HttpRequest, problem: Refused | pdf.PdfError) -> HttpResponse:
    refusal = problem if isinstance(problem, Refused) else Refused.because("pdf", str(problem))
    return page.render(request, "public/closed.html", {"refusal": refusal}, status=503)


def _file(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    header = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
