"""One letter: its words on paper, what may be done with it, its file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from requests_app.adapters.pdf import PdfError
from requests_app.admin import letter_forms, papers, shell
from requests_app.admin.letter_forms import LetterForm
from requests_app.domain.access import Act, Actor
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.errors import Reason, Refused
from requests_app.domain.letter_types import RECEIPTS
from requests_app.domain.letters import LetterKind
from requests_app.models import Letter
from requests_app.presenters import case_page, guided_path, letter_page
from requests_app.selectors import facts, guided_paths, letter_files
from requests_app.services import letters
from requests_app.services.case_file import Conflict

_ACTS: Final = (
    Act.SUBMIT,
    Act.APPROVE,
    Act.RETURN_DRAFT,
    Act.DISPATCH,
    Act.CONFIRM_DELIVERY,
    Act.DISCARD_DRAFT,
    Act.REISSUE,
)


@shell.needs(Act.READ_CASE)
def view(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Show one letter and the acts possible on it."""
    return _show(request, shell.letter_or_404(request, letter_id))


@shell.needs(Act.READ_CASE)
def act(request: HttpRequest, letter_id: int, act: str) -> HttpResponse:
    """Do one act on a letter; a refusal keeps what was typed."""
    letter = shell.letter_or_404(request, letter_id)
    form_class = letter_forms.FORMS.get(act)
    if form_class is None:
        raise Http404("没有这个事项。")
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:letter", args=[letter_id]))
    form = form_class(request.POST, letter=letter, today=shell.today(), prefix=act)
    if not form.is_valid():
        return _show(request, letter, tried=(act, form), status=422)
    try:
        done = form.perform(actor=shell.actor(request), at=shell.now())
    except Refused as refusal:
        form.take(refusal)
        fresh = shell.letter_or_404(request, letter_id)
        status = 409 if isinstance(refusal, Conflict) or fresh.status != letter.status else 422
        return _show(request, fresh, tried=(act, form), status=status)
    shell.tell(request, done)
    if request.POST.get("from") == "approvals":
        return HttpResponseRedirect(reverse("admin:approvals"))
    return HttpResponseRedirect(reverse("admin:letter", args=[letter_id]))


@shell.needs(Act.READ_CASE)
def preview(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Show the PDF as it would be issued now, with the draft's watermark."""
    letter = shell.letter_or_404(request, letter_id)
    try:
        content = letters.preview(letter.pk, actor=shell.actor(request), at=shell.now())
    except Refused as refusal:
        shell.tell_refusal(request, refusal)
        return HttpResponseRedirect(reverse("admin:letter", args=[letter_id]))
    except PdfError as error:
        shell.tell_refusal(request, Refused.because("pdf", str(error)))
        return HttpResponseRedirect(reverse("admin:letter", args=[letter_id]))
    return _pdf(content, name="draft.pdf")


@shell.needs(Act.READ_CASE)
def file(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Hand out the finished file."""
    letter = shell.letter_or_404(request, letter_id)
    if LetterKind(letter.kind) in RECEIPTS:
        return papers.receipt(request, letter)
    try:
        content = letter_files.content(letter)
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    return _pdf(content, name=f"letter-{letter.pk}.pdf")


def _opens_file(letter: Letter, *, person: Actor) -> bool:
    """Tell whether the person may open the file: a receipt bears the applicant's query code."""
    receipt = LetterKind(letter.kind) in RECEIPTS
    return bool(letter.path) and (not receipt or person.may(Act.REVEAL_IDENTITY))


def _pdf(content: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _unsigned_remarks(letter: Letter) -> Sequence[Reason]:
    """Return how an unsigned answer differs from the path the clerk kept."""
    unsigned = letter.status in {LetterStatus.DRAFT.value, LetterStatus.PENDING.value}
    return guided_paths.against_outcome(letter.case, letter.outcome) if unsigned else ()


def _show(
    request: HttpRequest,
    letter: Letter,
    *,
    tried: tuple[str, LetterForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    person, today = shell.actor(request), shell.today()
    found = facts.load(letter.case, today=today)
    verdicts = letter_page.verdicts(letter, facts_of_case=found, actor=person, acts=_ACTS)
    allowed = [each.value for each, verdict in verdicts.items() if verdict.allowed]
    if Act.SUBMIT.value in allowed:
        allowed.insert(0, letter_forms.REVISE)
    forms = {
        name: letter_forms.FORMS[name](letter=letter, today=today, prefix=name) for name in allowed
    }
    refusals: tuple[str, ...] = ()
    if tried is not None:
        name, form = tried
        if name in forms:
            forms[name] = form
        else:
            refusals = tuple(str(error) for error in form.non_field_errors())
    revise = forms.pop(letter_forms.REVISE, None)
    warnings = {reason for verdict in verdicts.values() for reason in verdict.warnings}
    return shell.page(
        request,
        "admin/desk/letter.html",
        status=status,
        letter=letter,
        case=letter.case,
        head=letter_page.head(letter),
        row=case_page.letters([letter], today=today)[0],
        paper=letter_page.paper(letter, at=shell.now()),
        opens_file=_opens_file(letter, person=person),
        revise=revise if revise is not None and revise.fields else None,
        forms=forms,
        refusals=refusals,
        against=[
            (verdict.label, reason)
            for verdict in verdicts.values()
            for reason in verdict.reasons
            if reason.code not in {"letter_status", "status", "closed"}
        ],
        warnings=[*_unsigned_remarks(letter), *warnings],
        guided=guided_path.of_letter(letter, today=today),
    )
