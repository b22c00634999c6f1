"""The one page of every act: show the form with its dates, do the act, or say why not.

Which form belongs to which act is the table below. A refusal keeps everything typed and costs
nothing; a case that somebody else changed meanwhile answers 409 and shows what changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from requests_app.admin import shell
from requests_app.admin.acts import (
    answering,
    asking,
    departments,
    joining,
    lateness,
    mending,
    money,
    releasing,
    reviewing,
    searching,
    steps,
    voices,
    waiting,
)
from requests_app.admin.acts.form import ActForm, Subject
from requests_app.domain import workflow
from requests_app.domain.access import Act
from requests_app.domain.case_facts import UNDER_WAY
from requests_app.domain.errors import Reason, Refused
from requests_app.domain.ledger import STATUS_LABELS, Status
from requests_app.presenters import case_ledger, case_page, people, standing
from requests_app.selectors import cases, facts, offices
from requests_app.services.case_file import Conflict

_SHOWN_ENTRIES: Final = 5

FORMS: Final[Mapping[str, type[ActForm]]] = {
    Act.ASSIGN.value: steps.Assign,
    Act.SIGN_FOR.value: steps.SignFor,
    Act.SEND_BACK.value: steps.SendBack,
    Act.GIVE_OPINION.value: steps.GiveOpinion,
    Act.RECORD_SEARCH.value: searching.RecordSearch,
    Act.ASK_DEPARTMENT.value: departments.AskDepartment,
    Act.SIGN_INQUIRY.value: departments.SignInquiry,
    Act.REPLY_INQUIRY.value: departments.ReplyInquiry,
    Act.RETURN_INQUIRY.value: departments.ReturnInquiry,
    Act.ASK_REVIEW.value: reviewing.AskReview,
    Act.GIVE_REVIEW.value: reviewing.GiveReview,
    Act.ANSWER_REVIEW.value: reviewing.AnswerReview,
    Act.NOTE.value: steps.Note,
    Act.CHANGE_BODY.value: steps.ChangeBody,
    Act.ARCHIVE.value: steps.Archive,
    Act.ASK_CORRECTION.value: waiting.AskCorrection,
    Act.ANSWER_CORRECTION.value: waiting.AnswerCorrection,
    Act.PREPARE_RELEASE.value: releasing.PrepareRelease,
    "redact": releasing.Redact,
    "remove_release": releasing.RemoveRelease,
    "remove_redaction": releasing.RemoveRedaction,
    Act.CHARGE_FEE.value: money.ChargeFee,
    Act.RECORD_PAYMENT.value: money.RecordPayment,
    Act.RECORD_EXTRA.value: money.RecordExtra,
    Act.WITHDRAW_FEE.value: money.WithdrawFee,
    Act.REFUND_FEE.value: money.RefundFee,
    Act.ASK_REASONS.value: waiting.AskReasons,
    Act.GIVE_REASONS.value: waiting.GiveReasons,
    Act.CONFIRM_LAPSE.value: waiting.ConfirmLapse,
    Act.CONSULT.value: asking.Consult,
    Act.RECORD_OPINION.value: asking.RecordOpinion,
    "cancel_consultation": asking.CancelConsultation,
    Act.TELL_THIRD_PARTY.value: asking.TellThirdParty,
    Act.EXTEND.value: answering.Extend,
    Act.DELAY.value: answering.Delay,
    Act.ANSWER.value: answering.Answer,
    Act.WITHDRAW.value: answering.Withdraw,
    Act.REOPEN.value: answering.Reopen,
    Act.EXPLAIN_LATE.value: lateness.ExplainLate,
    Act.VOID_EVENT.value: mending.VoidEntry,
    "correct_receipt": mending.CorrectReceipt,
    Act.MERGE.value: joining.Merge,
    Act.SPLIT.value: joining.Split,
    Act.DECIDE_PUBLICATION.value: joining.DecidePublication,
    Act.REISSUE_CODE.value: voices.ReissueCode,
    Act.DECIDE_SUGGESTION.value: voices.DecideSuggestion,
}


def view(request: HttpRequest, case_id: int, act: str) -> HttpResponse:
    """Show one act on one case; on POST do it and go back to the case."""
    form_class = FORMS.get(act)
    if form_class is None:
        raise Http404("没有这个事项。")
    case = shell.case_or_404(request, case_id)
    today = shell.today()
    subject = Subject(case, facts.load(case, today=today), shell.actor(request), today)
    verdict = workflow.check(form_class.act, facts=subject.facts, actor=subject.actor)
    if any(reason.code == "role" for reason in verdict.reasons):
        return _show(request, subject, form_class, verdict, status=403)
    if not (verdict.allowed or verdict.needs_override) and request.method != "POST":
        return _show(request, subject, form_class, verdict)
    options = form_class.options(subject, asked=request.GET)
    if options:
        return _show(request, subject, form_class, verdict, options=options)
    if request.method != "POST":
        return _show(
            request,
            subject,
            form_class,
            verdict,
            form=form_class(subject=subject, asked=request.GET),
        )
    return _perform(request, subject, form_class, verdict)


def _perform(
    request: HttpRequest, subject: Subject, form_class: type[ActForm], verdict: workflow.Verdict
) -> HttpResponse:
    form = form_class(request.POST, request.FILES, subject=subject, asked=request.GET)
    if not form.is_valid():
        return _show(request, subject, form_class, verdict, form=form, status=422)
    if form.seen is not None and form.seen != subject.case.version:
        return _conflict(request, subject, form, verdict)
    try:
        done = form.perform(at=shell.now())
    except Conflict:
        return _conflict(request, subject, form, verdict)
    except Refused as refusal:
        form.take(refusal)
        return _show(request, subject, form_class, verdict, form=form, status=422)
    if isinstance(form, voices.ReissueCode):
        return form.answer(request)
    shell.tell(request, done)
    return HttpResponseRedirect(_where_next(subject))


def _where_next(subject: Subject) -> str:
    """Return to the case, or to the list where the act took the case out of the person's sight."""
    if cases.visible_to(subject.actor).filter(pk=subject.case.pk).exists():
        return reverse("admin:case", args=[subject.case.pk])
    return reverse("admin:index")


def _conflict(
    request: HttpRequest, subject: Subject, form: ActForm, verdict: workflow.Verdict
) -> HttpResponse:
    """Keep what was typed, show what somebody else did meanwhile, and let the person decide anew."""
    fresh = shell.case_or_404(request, subject.case.pk)
    events = list(fresh.events.select_related("recorded_by").order_by("-seq")[:_SHOWN_ENTRIES])
    kept = request.POST.copy()
    kept["seen_version"] = str(fresh.version)
    form.data = kept
    return _show(
        request,
        subject,
        type(form),
        verdict,
        form=form,
        status=409,
        changed=case_ledger.lines(events, today=subject.today),
        under_way=case_page.letters(
            fresh.letters.filter(status__in=[each.value for each in UNDER_WAY]).exclude(
                act=Act.REGISTER.value  # the receipt makes itself
            ),
            today=subject.today,
        ),
    )


def _show(
    request: HttpRequest,
    subject: Subject,
    form_class: type[ActForm],
    verdict: workflow.Verdict,
    *,
    status: int = 200,
    form: ActForm | None = None,
    **values: object,
) -> HttpResponse:
    timeline, case = subject.facts.timeline, subject.case
    settings = offices.settings(on=subject.today)
    return shell.page(
        request,
        "admin/desk/act.html",
        values,
        status=status,
        case=case,
        heading=form_class.title(),
        button=form_class.button,
        next_steps=form_class.next_steps,
        refused=() if verdict.needs_override else verdict.reasons,
        warnings=(*_warnings(verdict), *(() if form is None else form.remarks())),
        form=form,
        comparison=None if form is None else form.comparison(),
        lens=None if form is None else form.lens(),
        facts=() if form is None else form.facts(),
        stage=STATUS_LABELS[Status(case.status)],
        applicant=people.masked_names(case),
        applicant_kind=people.kind(case.applicant),
        now=standing.of_case(
            case,
            today=subject.today,
            calendar=timeline.calendar,
            thresholds=offices.thresholds(settings),
            timeline=timeline,
        ),
        second=case_page.second_clock(timeline, names={}),
    )


def _warnings(verdict: workflow.Verdict) -> tuple[Reason, ...]:
    return verdict.reasons + verdict.warnings if verdict.needs_override else verdict.warnings
