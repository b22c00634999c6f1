"""Print what the office needs on paper: working papers of a case, slips for a letter, editable Word."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from requests_app.adapters import docx as word
from requests_app.adapters import pdf
from requests_app.admin import shell
from requests_app.domain.access import Act
from requests_app.domain.errors import Refused
from requests_app.domain.working_papers import PERSONAL, WORKING_PAPER_LABELS, WorkingPaper
from requests_app.models import Case
from requests_app.presenters import letter_page, people
from requests_app.selectors import applicants, dossiers, working_papers
from requests_app.services import access_log

_PDF = "application/pdf"


@shell.needs(Act.READ_CASE)
def paper(request: HttpRequest, case_id: int, paper: str) -> HttpResponse:
    """Hand out one working paper of a case as PDF; one with the applicant's contacts is recorded."""
    case = shell.case_or_404(request, case_id)
    try:
        wanted = WorkingPaper(paper)
    except ValueError:
        raise Http404("没有这种材料。") from None
    personal = wanted in PERSONAL
    if personal and not shell.actor(request).may(Act.DISPATCH):
        refusal = Refused.because("personal", "印有申请人联系方式的材料由经办人打印。")
        return _refused(request, refusal, back=reverse("admin:case", args=[case.pk]))
    return _printed(
        request,
        case,
        draw=lambda: _draw(request, case, wanted),
        what=WORKING_PAPER_LABELS[wanted] if personal else "",
        name=f"{case.number}-{WORKING_PAPER_LABELS[wanted]}.pdf",
        back=reverse("admin:case", args=[case.pk]),
    )


@shell.needs(Act.DISPATCH)
def receipt(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Hand out the 送达回证 of a signed letter; it names person and place, so it is recorded."""
    letter = shell.letter_or_404(request, letter_id)
    return _printed(
        request,
        letter.case,
        draw=lambda: pdf.render_sheet(working_papers.receipt(letter)),
        what=f"送达回证（{letter.number}）",
        name=f"送达回证-{letter.number}.pdf",
        back=reverse("admin:letter", args=[letter.pk]),
    )


@shell.needs(Act.DISPATCH)
def label(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Hand out the envelope's label of a signed letter; recorded."""
    letter = shell.letter_or_404(request, letter_id)
    return _printed(
        request,
        letter.case,
        draw=lambda: pdf.render_label(working_papers.label(letter, today=shell.today())),
        what=f"信封签条（{letter.number}）",
        name=f"信封签条-{letter.number}.pdf",
        back=reverse("admin:letter", args=[letter.pk]),
    )


@shell.needs(Act.READ_CASE)
def docx(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Hand out a letter's words as a Word file for editing; what is evidence stays the PDF."""
    letter = shell.letter_or_404(request, letter_id)
    words = letter_page.paper(letter, at=shell.now())
    if words.text is None:
        back = reverse("admin:letter", args=[letter.pk])
        return _refused(request, Refused(words.missing), back=back)
    name = f"{letter.case.number}-{words.text.title}（供编辑）.docx"
    return _file(word.letter(words.text), name=name, media_type=word.MEDIA_TYPE, inline=False)


def _draw(request: HttpRequest, case: Case, wanted: WorkingPaper) -> bytes:
    person, today = shell.actor(request), shell.today()
    # The same rule as on the case page: the whole name for who may see the identity.
    full = person.may(Act.REVEAL_IDENTITY)
    name = applicants.all_names(case) if full else people.masked_names(case)
    if wanted is WorkingPaper.COVER:
        return pdf.render_cover(dossiers.cover(case, applicant=name, today=today))
    if wanted is WorkingPaper.INDEX:
        return pdf.render_sheet(dossiers.index(case, applicant=name, today=today))
    return pdf.render_sheet(working_papers.sheet(case, wanted, applicant=name, today=today))


def _printed(
    request: HttpRequest, case: Case, *, draw: Callable[[], bytes], what: str, name: str, back: str
) -> HttpResponse:
    """Draw, record where ``what`` names something sensitive, and hand out; tell why where it fails."""
    try:
        content = draw()
        if what:
            access_log.record_print(case.pk, what=what, actor=shell.actor(request), at=shell.now())
    except Refused as refusal:
        return _refused(request, refusal, back=back)
    except pdf.PdfError as error:
        return _refused(request, Refused.because("pdf", str(error)), back=back)
    return _file(content, name=name, media_type=_PDF, inline=True)


def _refused(request: HttpRequest, refusal: Refused, *, back: str) -> HttpResponse:
    shell.tell_refusal(request, refusal)
    return HttpResponseRedirect(back)


def _file(content: bytes, *, name: str, media_type: str, inline: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    header = content_disposition_header(as_attachment=not inline, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
