"""The files an answer handed over: fetched by number and code, each time logged."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from requests_app.adapters.storage import StorageError
from requests_app.domain.errors import Refused
from requests_app.public import access, page
from requests_app.services import releases


@require_POST
def fetch(request: HttpRequest, case_id: int, file_id: int) -> HttpResponse:
    """Hand out one file of an answer that is out; never a plain link, because it is a record."""
    case = access.opened_case(request, case_id)
    try:
        row, content = releases.fetch(file_id, case_id=case.pk, at=timezone.now())
    except Refused as refusal:
        context = {"case": case, "refusal": refusal}
        return page.render(request, "public/status/refused.html", context, status=404, private=True)
    except StorageError as error:
        context = {"case": case, "sentence": error.sentence}
        return page.render(request, "public/status/refused.html", context, status=503, private=True)
    response = HttpResponse(content, content_type=row.attachment.content_type)
    header = content_disposition_header(as_attachment=True, filename=row.attachment.name)
    response["Content-Disposition"] = header or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
