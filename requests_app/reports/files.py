"""Hand out tables as files: XLSX, or PDF on A4 across."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from requests_app.adapters import pdf, workbooks
from requests_app.domain.errors import Refused
from requests_app.presenters import report_files
from requests_app.presenters.report_files import File

_MEDIA_TYPES: Final = {"xlsx": workbooks.MEDIA_TYPE, "pdf": "application/pdf"}


def hand_out(file: File, *, suffix: str, name: str) -> HttpResponse:
    """Return the file as a download; refuses with a sentence where no PDF can be made."""
    try:
        content = (
            pdf.render_sheet(report_files.sheet(file))
            if suffix == "pdf"
            else workbooks.write(report_files.workbook(file))
        )
    except pdf.PdfError as error:
        raise Refused.because("pdf", str(error)) from error
    response = HttpResponse(content, content_type=_MEDIA_TYPES[suffix])
    header = content_disposition_header(as_attachment=True, filename=f"{name}.{suffix}")
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
