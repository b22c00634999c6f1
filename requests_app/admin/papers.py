"""Looking at what is sensitive: the identity number, and the papers of a case. Each look is kept."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from requests_app.admin import shell
from requests_app.domain.access import Act
from requests_app.domain.errors import Refused
from requests_app.domain.papers import PAPER_KIND_LABELS, SENSITIVE, PaperKind
from requests_app.models import Attachment, Letter
from requests_app.selectors import cases
from requests_app.services import access_log


class ReasonForm(forms.Form):
    """Why somebody looks."""

    reason = forms.CharField(
        label="查看理由",
        max_length=200,
        help_text="例如：核对身份、寄送答复书。理由、时间和姓名会留下记录。",
        widget=forms.TextInput(attrs={"class": "inp"}),
        error_messages={"required": "查看必须写明理由。"},
    )


@shell.needs(Act.REVEAL_IDENTITY)
def identity(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the applicant's identity number after a reason was given and written down."""
    case = shell.case_or_404(request, case_id)
    form = ReasonForm(request.POST or None, label_suffix="")
    number = ""
    if request.method == "POST" and form.is_valid():
        try:
            number = access_log.reveal_identity(
                case.pk,
                reason=form.cleaned_data["reason"],
                actor=shell.actor(request),
                at=shell.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
    kind = case.applicant.get_identity_kind_display()
    return shell.page(
        request,
        "admin/desk/reveal.html",
        case=case,
        form=form,
        heading=f"查看{kind or '证件'}号码",
        number=number,
    )


@shell.needs(Act.READ_CASE)
def paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Hand out one paper of a case; a sensitive one only after a reason was given."""
    person = shell.actor(request)
    found = (
        Attachment.objects.filter(pk=paper_id, case__in=cases.visible_to(person))
        .select_related("case")
        .first()
    )
    if found is None:
        raise Http404("没有这份材料，或者不属于您的办理范围。")
    sensitive = PaperKind(found.kind) in SENSITIVE
    form = ReasonForm(request.POST or None, label_suffix="")
    if not sensitive or (request.method == "POST" and form.is_valid()):
        reason = form.cleaned_data["reason"] if sensitive else ""
        try:
            row, content = access_log.open_paper(
                paper_id, actor=person, at=shell.now(), reason=reason
            )
        except Refused as refusal:
            form.add_error(None, str(refusal)) if form.is_bound else shell.tell_refusal(
                request, refusal
            )
        else:
            return _file(content, name=row.name, content_type=row.content_type)
    heading = f"查看{PAPER_KIND_LABELS[PaperKind(found.kind)]}：{found.name}"
    return shell.page(
        request, "admin/desk/reveal.html", case=found.case, form=form, heading=heading, number=""
    )


@shell.needs(Act.REVEAL_IDENTITY)
def receipt(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Hand out a receipt, which bears the applicant's query code, after a reason was given."""
    form = ReasonForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            content = access_log.open_receipt(
                letter.pk,
                reason=form.cleaned_data["reason"],
                actor=shell.actor(request),
                at=shell.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _file(content, name=f"letter-{letter.pk}.pdf", content_type="application/pdf")
    heading = "打开登记回执（印有申请人的查询码）"
    return shell.page(
        request, "admin/desk/reveal.html", case=letter.case, form=form, heading=heading, number=""
    )


def _file(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """Answer with a file that browsers save and never run."""
    response = HttpResponse(content, content_type=content_type)
    header = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
