"""What an applicant does to an open case: answer a 补正, give reasons, prove payment, withdraw."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from requests_app.domain import workflow
from requests_app.domain.access import APPLICANT, Act
from requests_app.domain.case_facts import CaseFacts, LetterStatus
from requests_app.domain.clock import State
from requests_app.domain.errors import Refused
from requests_app.domain.letters import LetterKind
from requests_app.domain.papers import PaperKind
from requests_app.models import Case, Letter
from requests_app.presenters import deadline, fee_account, status
from requests_app.public import access, page
from requests_app.public.forms.fields import PublicForm
from requests_app.public.forms.following import (
    CorrectionForm,
    PaymentForm,
    ReasonsForm,
    WithdrawForm,
)
from requests_app.selectors import facts, fee_accounts
from requests_app.services import closings, corrections, fees, reasons
from requests_app.services.papers import FileGiven

_GET_OR_POST: Final = ["GET", "HEAD", "POST"]


@require_http_methods(_GET_OR_POST)
def correct(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the points of the 补正告知书 and take the answer in."""
    case = access.opened_case(request, case_id)
    loaded = facts.load(case, today=timezone.localdate())
    if (closed := closed_act(request, case, loaded, Act.ANSWER_CORRECTION)) is not None:
        return closed
    late = loaded.timeline.state is State.ABANDONED
    office = page.office_today()
    if request.method != "POST":
        return _draw_correction(request, case, loaded, CorrectionForm(office=office, late=late))
    form = CorrectionForm(request.POST, request.FILES, office=office, late=late)
    if form.is_valid():
        given = form.cleaned_data
        files = [
            FileGiven(PaperKind.CORRECTION, upload.name or "", upload)
            for upload in given["papers"]
            if isinstance(upload, UploadedFile)
        ]
        try:
            corrections.answer(
                case.pk,
                text=given["text"],
                files=files,
                justified_reason=given.get("justified_reason", ""),
                on=timezone.localdate(),
                actor=APPLICANT,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_all_reasons(refusal.reasons)
        else:
            messages.success(
                request, "补正已经收到。" if not late else "补正和理由已经收到，我们核实后告诉您。"
            )
            return redirect("public:case", case_id=case.pk)
    return _draw_correction(request, case, loaded, form, status=422)


def _draw_correction(
    request: HttpRequest, case: Case, loaded: CaseFacts, form: PublicForm, *, status: int = 200
) -> HttpResponse:
    letter = _notice(case, LetterKind.CORRECTION)
    line = loaded.timeline
    context = {
        "case": case,
        "form": form,
        "letter": letter,
        "points": _lines(letter, "points"),
        "guidance": str(letter.fields.get("guidance", "")) if letter else "",
        "next_date": deadline.next_date(line) if line.state is State.AWAITING_CORRECTION else None,
        "late": line.state is State.ABANDONED,
        "last": line.correction_due,
        "unserved": letter is not None and letter.status == LetterStatus.DISPATCHED,
    }
    return page.render(request, "public/status/correct.html", context, status=status, private=True)


@require_http_methods(_GET_OR_POST)
def give_reasons(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take in the reasons asked for under 条例 35."""
    case = access.opened_case(request, case_id)
    loaded = facts.load(case, today=timezone.localdate())
    if (closed := closed_act(request, case, loaded, Act.GIVE_REASONS)) is not None:
        return closed
    form = ReasonsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reasons.give(
                case.pk,
                text=form.cleaned_data["text"],
                on=timezone.localdate(),
                actor=APPLICANT,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_all_reasons(refusal.reasons)
        else:
            messages.success(request, "您说明的理由已经收到。")
            return redirect("public:case", case_id=case.pk)
    return draw(request, "public/status/reasons.html", case, form)


@require_http_methods(_GET_OR_POST)
def withdraw(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask once more, then withdraw."""
    case = access.opened_case(request, case_id)
    loaded = facts.load(case, today=timezone.localdate())
    if (closed := closed_act(request, case, loaded, Act.WITHDRAW)) is not None:
        return closed
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            closings.withdraw(
                case.pk,
                on=timezone.localdate(),
                reason=form.cleaned_data["reason"],
                actor=APPLICANT,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_all_reasons(refusal.reasons)
        else:
            messages.success(request, "申请已经撤回。确认书做好后，可以在下面下载。")
            return redirect("public:case", case_id=case.pk)
    return draw(request, "public/status/withdraw.html", case, form)


@require_http_methods(_GET_OR_POST)
def prove_payment(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take in the proof of payment; the office records the payment itself."""
    case = access.opened_case(request, case_id)
    loaded = facts.load(case, today=timezone.localdate())
    if (closed := closed_act(request, case, loaded, Act.PROVE_PAYMENT)) is not None:
        return closed
    office = page.office_today()
    sent = request.method == "POST"
    form = (
        PaymentForm(request.POST, request.FILES, office=office)
        if sent
        else PaymentForm(office=office)
    )
    if sent and form.is_valid():
        files = [
            FileGiven(PaperKind.PAYMENT, upload.name or "", upload)
            for upload in form.cleaned_data["papers"]
            if isinstance(upload, UploadedFile)
        ]
        try:
            fees.prove_payment(
                case.pk,
                files=files,
                words=form.cleaned_data["words"],
                actor=APPLICANT,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_all_reasons(refusal.reasons)
        else:
            messages.success(
                request, "缴费凭证已经收到。我们核对到账后登记，答复期限从缴清的第二天起重新数。"
            )
            return redirect("public:case", case_id=case.pk)
    letter = _notice(case, LetterKind.FEE)
    context = {
        "case": case,
        "form": form,
        "letter": letter,
        "next_date": deadline.next_date(loaded.timeline),
        "fees": fee_account.of(fee_accounts.of_facts(case, loaded)),
        "pay_how": str(letter.fields.get("payment_method", "")) if letter else "",
    }
    code = 422 if sent else 200
    return page.render(request, "public/status/pay.html", context, status=code, private=True)


def draw(request: HttpRequest, template: str, case: Case, form: PublicForm) -> HttpResponse:
    """Draw the page of one act; 422 once its form was sent and did not pass."""
    code = 422 if form.is_bound else 200
    return page.render(request, template, {"case": case, "form": form}, status=code, private=True)


def closed_act(
    request: HttpRequest, case: Case, loaded: CaseFacts, act: Act
) -> HttpResponse | None:
    """Say why an act is not open now, in place of its form; what was typed is shown again to copy."""
    verdict = workflow.check(act, facts=loaded, actor=APPLICANT)
    if verdict.allowed:
        return None
    context = {
        "case": case,
        "sentence": status.why_not(verdict),
        "typed": request.POST.get("text", ""),
    }
    return page.render(request, "public/status/refused.html", context, status=409, private=True)


def _notice(case: Case, kind: LetterKind) -> Letter | None:
    """Return the notice the applicant answers: the last that went out."""
    out = (LetterStatus.DISPATCHED.value, LetterStatus.DELIVERED.value)
    return case.letters.filter(kind=kind.value, status__in=out).order_by("-pk").first()


def _lines(letter: Letter | None, name: str) -> list[str]:
    if letter is None:
        return []
    return [line.strip() for line in str(letter.fields.get(name, "")).splitlines() if line.strip()]
