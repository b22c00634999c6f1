"""The wordings of letters: proposed by reviewer or administrator, approved by the head."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from requests_app.adapters.pdf import PdfError
from requests_app.admin import shell
from requests_app.admin.acts.form import day_field, text_field
from requests_app.admin.desk_form import DeskForm
from requests_app.domain.access import Act
from requests_app.domain.errors import Refused
from requests_app.domain.letters import LetterKind
from requests_app.models import LetterWording
from requests_app.presenters import wording_page
from requests_app.selectors import wordings as selector
from requests_app.services import wordings

_LINES: Final = 22


class WordingForm(DeskForm):
    """The words of one kind, and why they change."""

    text = forms.CharField(
        label="文本",
        strip=False,
        widget=forms.Textarea(attrs={"rows": _LINES, "spellcheck": "false"}),
        help_text=(
            "一行一段。“# ”“## ”开头是标题，“- ”开头是列表；{名称}由系统填入；"
            "{?名称}开头的行只在有这一项时印出，{!名称}开头的行只在没有时印出。"
        ),
    )
    note = forms.CharField(label="修改说明", max_length=300, required=False)
    case_number = forms.CharField(
        label="用哪件申请预览",
        max_length=20,
        required=False,
        help_text="不填，用样例预览；填申请编号，用这件申请的真实内容预览。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


class ApproveForm(DeskForm):
    """From which day a version holds."""

    valid_from = day_field("启用日期", help_text="这一天起签发的文书用这个文本。")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = today
        self.dress()


class WithdrawForm(DeskForm):
    """Why a version is taken back."""

    reason = text_field("撤回理由", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


def view(request: HttpRequest) -> HttpResponse:
    """List every kind with the words it has now, and the proposals that wait."""
    _check(request)
    found = wording_page.rows(selector.all_in_force(on=shell.today()), waiting=selector.waiting())
    return shell.page(request, "admin/desk/wordings.html", rows=found)


def kind(request: HttpRequest, kind: str) -> HttpResponse:
    """Show one kind's words and versions; on POST preview other words, or propose them."""
    _check(request)
    wanted = _kind_or_404(kind)
    in_force = selector.in_force(wanted, on=shell.today())
    form = WordingForm(request.POST or None, initial={"text": in_force.text})
    if request.method != "POST":
        return _show(request, wanted, form=form)
    if not form.is_valid():
        return _show(request, wanted, form=form, status=422)
    given = form.cleaned_data
    try:
        if request.POST.get("do") == "preview":
            return _preview(request, wanted, text=given["text"], case_number=given["case_number"])
        row = wordings.propose(
            wanted,
            text=given["text"],
            note=given["note"],
            actor=shell.actor(request),
            at=shell.now(),
        )
    except Refused as refusal:
        _take(form, refusal)
        return _show(request, wanted, form=form, status=422)
    except PdfError as error:
        form.add_error(None, str(error))
        return _show(request, wanted, form=form, status=503)
    shell.tell(request, f"第{row.version}版已提出，请工作机构负责人批准。")
    return HttpResponseRedirect(reverse("admin:wording_version", args=[wanted.value, row.version]))


def version(request: HttpRequest, kind: str, version: int) -> HttpResponse:
    """Show one version beside the one before it; on POST approve or withdraw it."""
    _check(request)
    row = selector.versions(_kind_or_404(kind)).filter(version=version).first()
    if row is None:
        raise Http404("没有这个版本。")
    if request.method != "POST":
        return _show_version(request, row)
    return _decide(request, row)


def preview(request: HttpRequest, kind: str, version: int) -> HttpResponse:
    """Draw one version with samples, or with the case that is asked for."""
    _check(request)
    row = selector.versions(_kind_or_404(kind)).filter(version=version).first()
    if row is None:
        raise Http404("没有这个版本。")
    try:
        return _preview(
            request,
            LetterKind(row.kind),
            text=row.text,
            case_number=request.GET.get("case_number", "")[:20],
        )
    except Refused as refusal:
        shell.tell_refusal(request, refusal)
    except PdfError as error:
        shell.tell_refusal(request, Refused.because("pdf", str(error)))
    return HttpResponseRedirect(reverse("admin:wording_version", args=[row.kind, row.version]))


def _decide(request: HttpRequest, row: LetterWording) -> HttpResponse:
    person, at = shell.actor(request), shell.now()
    approve = ApproveForm(request.POST, today=shell.today())
    withdraw = WithdrawForm(request.POST)

    def do_approve() -> str:
        done = wordings.approve(
            row.pk, valid_from=approve.cleaned_data["valid_from"], actor=person, at=at
        )
        return f"第{done.version}版已批准，{done.valid_from}起启用。"

    def do_withdraw() -> str:
        done = wordings.withdraw(
            row.pk, reason=withdraw.cleaned_data["reason"], actor=person, at=at
        )
        return f"第{done.version}版已撤回。"

    todo: dict[str, tuple[DeskForm, Callable[[], str]]] = {
        "approve": (approve, do_approve),
        "withdraw": (withdraw, do_withdraw),
    }
    name = request.POST.get("do", "")
    if name not in todo:
        raise Http404("没有这个事项。")
    form, act = todo[name]
    if not form.is_valid():
        return _show_version(request, row, status=422, **{name: form})
    try:
        shell.tell(request, act())
    except Refused as refusal:
        _take(form, refusal)
        row.refresh_from_db()
        return _show_version(request, row, status=422, **{name: form})
    return HttpResponseRedirect(reverse("admin:wording_version", args=[row.kind, row.version]))


def _preview(
    request: HttpRequest, kind: LetterKind, *, text: str, case_number: str
) -> HttpResponse:
    content = wordings.preview(
        kind, text=text, actor=shell.actor(request), at=shell.now(), case_number=case_number
    )
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="preview.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _show(
    request: HttpRequest, kind: LetterKind, *, form: WordingForm, status: int = 200
) -> HttpResponse:
    versions = list(selector.versions(kind))
    waiting = next(
        (row for row in versions if row.approved_at is None and row.withdrawn_at is None), None
    )
    in_force = selector.in_force(kind, on=shell.today())
    return shell.page(
        request,
        "admin/desk/wording.html",
        status=status,
        kind=kind.value,
        rules=wording_page.rules(kind),
        in_force=in_force,
        in_force_words=wording_page.version_words(in_force),
        versions=versions,
        waiting=waiting,
        form=form if shell.actor(request).may(Act.PROPOSE_WORDING) and waiting is None else None,
    )


def _show_version(
    request: HttpRequest,
    row: LetterWording,
    *,
    status: int = 200,
    approve: DeskForm | None = None,
    withdraw: DeskForm | None = None,
) -> HttpResponse:
    person, kind = shell.actor(request), LetterKind(row.kind)
    open_ = row.approved_at is None and row.withdrawn_at is None
    own = row.proposed_by_id == person.staff_id
    head = person.may(Act.APPROVE_WORDING)
    return shell.page(
        request,
        "admin/desk/wording_version.html",
        status=status,
        row=row,
        rules=wording_page.rules(kind),
        changes=wording_page.changes(selector.words_before(row), row.text),
        in_force=selector.in_force(kind, on=shell.today()).name == row.name,
        may_see_cases=person.may(Act.READ_CASE),
        approve=(approve or ApproveForm(today=shell.today()))
        if open_ and head and not own
        else None,
        own_proposal=open_ and head and own,
        withdraw=(withdraw or WithdrawForm())
        if row.withdrawn_at is None and (head or (open_ and own))
        else None,
    )


def _take(form: DeskForm, refusal: Refused) -> None:
    """Show each reason at its field where it has one; what is wrong with the words, at the words."""
    of_words = {
        "unknown_placeholder", "record_only", "stray_brace", "must_say", "forbidden_word",
        "article_missing", "article_unfit", "locked_words",
    }  # fmt: skip
    for reason in refusal.reasons:
        name = "text" if reason.code in of_words else reason.code
        form.add_error(name if name in form.fields else None, str(reason))


def _kind_or_404(kind: str) -> LetterKind:
    if kind not in set(LetterKind):
        raise Http404("没有这种文书。")
    return LetterKind(kind)


def _check(request: HttpRequest) -> None:
    person = shell.actor(request)
    if not (person.may(Act.PROPOSE_WORDING) or person.may(Act.APPROVE_WORDING)):
        raise PermissionDenied
