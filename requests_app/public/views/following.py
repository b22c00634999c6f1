"""Following an application: the receipt, the way in by number and code, the status page, letters."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from requests_app.adapters import crypto
from requests_app.adapters.storage import StorageError
from requests_app.domain import ledger, letters, workflow
from requests_app.domain.access import APPLICANT
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.errors import Refused
from requests_app.domain.letter_types import RECEIPTS
from requests_app.models import Case, Letter
from requests_app.presenters import dates, fee_account, receipt, releases, status, ways
from requests_app.public import access, page, throttle
from requests_app.public.forms.following import CodeForm
from requests_app.selectors import cases, facts, fee_accounts, offices, voices
from requests_app.selectors import releases as released
from requests_app.services import deliveries

TOO_OFTEN = (
    "试错的次数有点多，请一小时后再试。查询码在回执上；找不到的，可以用登记的手机号或者邮箱找回，"
    "也可以打电话或者带身份证件当面查询。"
)


@require_safe
def show_receipt(request: HttpRequest) -> HttpResponse:
    """Show the receipt of the application this session has just filed."""
    held = access.receipt(request)
    if held is None:
        return redirect("public:status")
    case = access.opened_case(request, held.case_id)
    timeline = facts.timeline(case, today=timezone.localdate())
    address = f"{settings.PUBLIC_BASE_URL}{reverse('public:status')}?number={case.number}"
    context = {
        "case": case,
        "receipt": receipt.present(case, timeline=timeline, status_url=address),
        "code": crypto.format_query_code(held.query_code) if held.query_code else "",
        "letter": _receipt_letter(case),
    }
    return page.render(request, "public/receipt.html", context, private=True)


@sensitive_post_parameters("query_code")
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; a right pair opens the case to this session."""
    if request.method != "POST":
        form = CodeForm(initial={"number": request.GET.get("number", "")})
        return page.render(request, "public/status/find.html", {"form": form})
    form = CodeForm(request.POST)
    if not form.is_valid():
        return page.render(request, "public/status/find.html", {"form": form}, status=422)
    number = form.cleaned_data["number"]
    if not throttle.may_try_code(request, number=number):
        form.add_error(None, TOO_OFTEN)
        return page.render(request, "public/status/find.html", {"form": form}, status=429)
    try:
        case = cases.find_by_code(number=number, query_code=form.cleaned_data["query_code"])
    except Refused as refusal:
        throttle.note_wrong_code(request, number=number)
        form.add_all_reasons(refusal.reasons)
        return page.render(request, "public/status/find.html", {"form": form}, status=422)
    access.open_case(request, case)
    return redirect("public:case", case_id=case.pk)


@require_safe
def show_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show where a case stands, and what its applicant can do now."""
    case = access.opened_case(request, case_id)
    today = timezone.localdate()
    loaded = facts.load(case, today=today)
    laid_out = status.present(
        case,
        facts=loaded,
        entries=ledger.standing(facts.entries(case)),
        letters=case.letters.all(),
        verdicts=workflow.available(loaded, actor=APPLICANT),
        rating=voices.rating(case),
        suggestion=voices.suggestion(case),
    )
    context = {
        "case": case,
        "status": laid_out,
        "ways": ways.present(
            loaded,
            letter=ways.reply(case.letters.all()),
            office=offices.remedies_or_none(case.body, on=today),
        ),
        "released": releases.for_applicant(released.out(case, known=loaded), today=today),
        "fees": fee_account.of(fee_accounts.of_facts(case, loaded)),
        "updated": dates.minute(timezone.now()),
    }
    return page.render(request, "public/status/case.html", context, private=True)


@require_POST
def fetch_letter(request: HttpRequest, case_id: int, letter_id: int) -> HttpResponse:
    """Hand out a letter. The first fetch is the record that it arrived, so it is never a plain link."""
    case = access.opened_case(request, case_id)
    try:
        content = deliveries.fetch(letter_id, case_id=case.pk, at=timezone.now())
    except Refused as refusal:
        return page.render(
            request,
            "public/status/refused.html",
            {"case": case, "refusal": refusal},
            status=404,
            private=True,
        )
    except StorageError as error:
        context = {"case": case, "sentence": error.sentence}
        return page.render(request, "public/status/refused.html", context, status=503, private=True)
    letter = Letter.objects.get(pk=letter_id)
    title = letters.KINDS[letters.LetterKind(letter.kind)].label
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{case.number}-{title}.pdf"
    )
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def acknowledge(request: HttpRequest, case_id: int, letter_id: int) -> HttpResponse:
    """Record that a letter has arrived, because its addressee says so."""
    case = access.opened_case(request, case_id)
    try:
        deliveries.acknowledge(letter_id, case_id=case.pk, at=timezone.now())
    except Refused as refusal:
        context = {"case": case, "refusal": refusal}
        return page.render(request, "public/status/refused.html", context, status=404, private=True)
    messages.success(request, "已记下您收到了这份文书。")
    return redirect("public:case", case_id=case.pk)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget what was opened here, at a machine that others use too."""
    access.close_all(request)
    return redirect("public:home")


def _receipt_letter(case: Case) -> Letter | None:
    """Return the receipt that holds: the last one, where a day or a name was put right."""
    receipts = case.letters.filter(kind__in=RECEIPTS)
    return receipts.exclude(status=LetterStatus.VOID.value).order_by("pk").last()
