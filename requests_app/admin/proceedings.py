"""Reviews and suits: the list of those in hand, those of one case, one of them with all its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from requests_app.admin import shell
from requests_app.admin.desk_form import DeskForm
from requests_app.domain.access import Act
from requests_app.domain.errors import Refused
from requests_app.domain.remedy_kinds import (
    FILING_LABELS,
    PROCEDURE_LABELS,
    PROCEEDING_KIND_LABELS,
    RESULT_LABELS,
    STAGE_LABELS,
    FilingKind,
    Procedure,
    ProceedingKind,
    Result,
    Stage,
)
from requests_app.models import Proceeding
from requests_app.presenters import proceedings as presenter
from requests_app.selectors import calendars
from requests_app.selectors import proceedings as rows
from requests_app.services import proceedings
from requests_app.services.proceedings import Decision, Papers

View = Callable[..., HttpResponse]


def addresses(guard: Callable[[View], View]) -> list[URLPattern]:
    """Return the addresses of these pages, guarded as the site guards its own."""
    return [
        path("proceedings/", guard(listing), name="proceedings"),
        path("proceedings/<int:proceeding_id>/", guard(one), name="proceeding"),
        path("cases/<int:case_id>/proceedings/", guard(register), name="case_proceedings"),
    ]


def _choices(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(code.value, label) for code, label in labels.items()]


def _day(label: str, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text)


class StepForm(DeskForm):
    """A form of one step; a refusal of the service comes back to its field."""

    #: Refusal codes that belong to a field of another name.
    places: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()

    def take(self, refusal: Refused) -> None:
        """Show each reason at its field, where it has one."""
        for reason in refusal.reasons:
            name = self.places.get(reason.code, reason.code)
            self.add_error(name if name in self.fields else None, str(reason))


class RegisterForm(StepForm):
    """What the papers of a review or a suit say."""

    places = {"day_in_future": "received_on", "day_before_receipt": "received_on"}
    kind = forms.ChoiceField(
        label="种类",
        choices=_choices(PROCEEDING_KIND_LABELS),
        widget=forms.RadioSelect,
        help_text="与年度报告表四的三组一致。",
    )
    procedure = forms.ChoiceField(
        label="复议程序",
        choices=[("", "不适用（诉讼）"), *_choices(PROCEDURE_LABELS)],
        required=False,
        help_text="受理通知书写明；政府信息公开案件可以适用简易程序（行政复议法第五十三条）。",
    )
    authority = forms.CharField(label="复议机关或者法院", max_length=80)
    number = forms.CharField(label="案号", max_length=80, required=False)
    received_on = _day("收到副本的日期", "收到行政复议申请书或者起诉状副本之日；从次日起算。")
    claimant = forms.CharField(
        label="申请人或者原告", max_length=120, required=False, help_text="不填即为本件申请人。"
    )
    matter = forms.CharField(label="事由", max_length=300, required=False)


class FilingForm(StepForm):
    """What we handed in."""

    kind = forms.ChoiceField(label="材料", choices=())
    on = _day("提交日期")
    proof = forms.CharField(
        label="提交凭据", max_length=200, help_text="收件回执、EMS单号、签收人等。"
    )
    description = forms.CharField(label="内容", max_length=300, required=False)

    def __init__(self, *args: Any, row: Proceeding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = FilingKind.EVIDENCE if row.kind == ProceedingKind.REVIEW else FilingKind.REPLY
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [each for each in _choices(FILING_LABELS) if each[0] != other.value]


class AmendForm(StepForm):
    """Number, procedure, stage."""

    number = forms.CharField(label="案号", max_length=80, required=False)
    procedure = forms.ChoiceField(label="程序", choices=_choices(PROCEDURE_LABELS), required=False)
    stage = forms.ChoiceField(label="审级", choices=(), required=False)

    def __init__(self, *args: Any, row: Proceeding, **kwargs: Any) -> None:
        start = {"number": row.number, "procedure": row.procedure, "stage": row.stage}
        super().__init__(*args, initial=start, **kwargs)
        if row.kind == ProceedingKind.REVIEW:
            del self.fields["stage"]
        else:
            del self.fields["procedure"]
            field = self.fields["stage"]
            if isinstance(field, forms.ChoiceField):
                field.choices = [x for x in _choices(STAGE_LABELS) if x[0] != Stage.PENDING]


class DecideForm(StepForm):
    """How it ended."""

    result = forms.ChoiceField(
        label="结果", choices=_choices(RESULT_LABELS), widget=forms.RadioSelect
    )
    result_number = forms.CharField(label="决定书或者判决书文号", max_length=80)
    result_on = _day("作出日期", "按这一天计入年度报告表四。")
    result_served_on = _day("收到日期", "责令重新答复的，期限从这一天的次日起算。")
    result_note = forms.CharField(label="主要内容", max_length=500, required=False)
    orders_answer = forms.BooleanField(label="责令重新答复", required=False)
    answer_days = forms.IntegerField(
        label="重新答复的期限（工作日）", min_value=1, required=False, help_text="没有写明的不填。"
    )


class ReasonForm(StepForm):
    """Why something is taken back."""

    reason = forms.CharField(label="理由", max_length=300)


@require_safe
@shell.needs(Act.READ_CASE)
def listing(request: HttpRequest) -> HttpResponse:
    """Show what we owe first, then what is under way, then what has ended."""
    person = shell.actor(request)
    tab = request.GET.get("tab", "owed")
    tab = tab if tab in presenter.TABS else "owed"
    page = rows.page(person, tab=tab, after=request.GET.get("after", "")[:40])
    counts = rows.count(person)
    return shell.page(
        request,
        "admin/desk/proceedings.html",
        tabs=[
            (label, getattr(counts, code), code == tab, f"?tab={code}")
            for code, label in presenter.TABS.items()
        ],
        tab=tab,
        rows=presenter.lines(page.rows, today=shell.today(), calendar=calendars.current()),
        next_page=f"?{urlencode({'tab': tab, 'after': page.next_key})}" if page.next_key else "",
    )


@shell.needs(Act.READ_CASE)
def register(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show a case's reviews and suits, and register one."""
    case, person = shell.case_or_404(request, case_id), shell.actor(request)
    may_lead = person.may(Act.LEAD_PROCEEDING)
    form = RegisterForm(request.POST or None) if may_lead else None
    if form is not None and request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        papers = Papers(
            kind=ProceedingKind(asked["kind"]),
            authority=asked["authority"],
            received_on=asked["received_on"],
            number=asked["number"],
            claimant=asked["claimant"],
            matter=asked["matter"],
            procedure=Procedure(asked["procedure"]) if asked["procedure"] else None,
        )
        try:
            row = proceedings.register(case.pk, papers=papers, actor=person, at=shell.now())
        except Refused as refusal:
            form.take(refusal)
        else:
            shell.tell(request, f"已登记。我方期限：{row.due_on}。")
            return HttpResponseRedirect(reverse("admin:proceeding", args=[row.pk]))
    found = [row for row in rows.of_case(case) if row.voided_at is None]
    return shell.page(
        request,
        "admin/desk/case_proceedings.html",
        status=422 if form is not None and form.errors else 200,
        case=case,
        form=form,
        rows=presenter.lines(found, today=shell.today(), calendar=calendars.current()),
        may_bundle=person.may(Act.BUNDLE),
    )


@shell.needs(Act.READ_CASE)
def one(request: HttpRequest, proceeding_id: int) -> HttpResponse:
    """Show one review or suit; take one of its steps when asked."""
    person = shell.actor(request)
    row = rows.visible_to(person).select_related("case__applicant").filter(pk=proceeding_id).first()
    if row is None:
        raise Http404("没有这件复议或者诉讼，或者不属于您的办理范围。")
    may_lead = person.may(Act.LEAD_PROCEEDING)
    step = request.POST.get("step", "") if may_lead else ""
    made = _forms(row, request, step)
    if request.method == "POST" and step in made and made[step].is_valid():
        try:
            told = _STEPS[step](row, made[step].cleaned_data, request)
        except Refused as refusal:
            made[step].take(refusal)
        else:
            shell.tell(request, told)
            gone = step == "void"
            back = ("admin:case_proceedings", row.case_id) if gone else ("admin:proceeding", row.pk)
            return HttpResponseRedirect(reverse(back[0], args=[back[1]]))
    failed = step in made and bool(made[step].errors)
    return shell.page(
        request,
        "admin/desk/proceeding.html",
        status=422 if failed else 200,
        row=row,
        case=row.case,
        line=presenter.line(row, today=shell.today(), calendar=calendars.current()),
        clock=presenter.clock(row, calendar=calendars.current()),
        filings=row.filings.select_related("recorded_by", "voided_by"),
        forms=made,
        failed=step if failed else "",
        may_lead=may_lead,
        may_bundle=person.may(Act.BUNDLE),
        reopened=proceedings.reopening(row) if row.orders_answer else None,
        may_reopen=person.may(Act.REOPEN),
    )


def _forms(row: Proceeding, request: HttpRequest, step: str) -> dict[str, StepForm]:
    """Return the forms of the steps that are possible now, the asked one with what was typed."""

    def data(name: str) -> Any:
        return request.POST if request.method == "POST" and step == name else None

    if row.result:
        return {
            "withdraw": ReasonForm(data("withdraw"), prefix="withdraw"),
            "void_filing": ReasonForm(data("void_filing"), prefix="void_filing"),
        }
    return {
        "file": FilingForm(data("file"), row=row, prefix="file"),
        "amend": AmendForm(data("amend"), row=row, prefix="amend"),
        "decide": DecideForm(data("decide"), prefix="decide"),
        "void": ReasonForm(data("void"), prefix="void"),
        "void_filing": ReasonForm(data("void_filing"), prefix="void_filing"),
    }


def _file(row: Proceeding, asked: Mapping[str, Any], request: HttpRequest) -> str:
    kept = proceedings.file(
        row.pk,
        kind=FilingKind(asked["kind"]),
        on=asked["on"],
        proof=asked["proof"],
        description=asked["description"],
        actor=shell.actor(request),
        at=shell.now(),
    )
    return f"已登记：{kept.on}提交。"


def _amend(row: Proceeding, asked: Mapping[str, Any], request: HttpRequest) -> str:
    procedure, stage = asked.get("procedure", ""), asked.get("stage", row.stage)
    kept = proceedings.amend(
        row.pk,
        number=asked["number"],
        procedure=Procedure(procedure) if procedure else None,
        stage=Stage(stage),
        actor=shell.actor(request),
        at=shell.now(),
    )
    return f"已更新。我方期限：{kept.due_on}。"


def _decide(row: Proceeding, asked: Mapping[str, Any], request: HttpRequest) -> str:
    decision = Decision(
        result=Result(asked["result"]),
        on=asked["result_on"],
        served_on=asked["result_served_on"],
        number=asked["result_number"],
        note=asked["result_note"],
        orders_answer=asked["orders_answer"],
        answer_days=asked["answer_days"],
    )
    proceedings.decide(row.pk, decision=decision, actor=shell.actor(request), at=shell.now())
    return "结果已登记，计入年度报告表四。"


def _withdraw(row: Proceeding, asked: Mapping[str, Any], request: HttpRequest) -> str:
    proceedings.withdraw_decision(
        row.pk, reason=asked["reason"], actor=shell.actor(request), at=shell.now()
    )
    return "结果已撤回，这件重新列为尚未审结。"


def _void(row: Proceeding, asked: Mapping[str, Any], request: HttpRequest) -> str:
    proceedings.void(row.pk, reason=asked["reason"], actor=shell.actor(request), at=shell.now())
    return "这件登记已作废。"


def _void_filing(row: Proceeding, asked: Mapping[str, Any], request: HttpRequest) -> str:
    chosen = request.POST.get("filing", "")
    filing = row.filings.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
    if filing is None:
        raise Refused.because("no_such_filing", "请选择要作废的那一条。")
    proceedings.void_filing(
        filing.pk, reason=asked["reason"], actor=shell.actor(request), at=shell.now()
    )
    return "这条提交记录已作废。"


_STEPS: Final[Mapping[str, Callable[[Proceeding, Mapping[str, Any], HttpRequest], str]]] = {
    "file": _file,
    "amend": _amend,
    "decide": _decide,
    "withdraw": _withdraw,
    "void": _void,
    "void_filing": _void_filing,
}
