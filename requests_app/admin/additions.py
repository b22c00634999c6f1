"""Scans and papers that come later: several at once, put on the case from its page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from requests_app.admin import shell
from requests_app.admin.acts.form import FilesField, given_files
from requests_app.admin.desk_form import DeskForm
from requests_app.domain.access import Act
from requests_app.domain.errors import Refused
from requests_app.domain.papers import ADDED_LATER, PAPER_KIND_LABELS, PaperKind
from requests_app.services import additions


class AddForm(DeskForm):
    """Which kind of paper, the files, and a word on them."""

    kind = forms.ChoiceField(
        label="类别",
        choices=[("", "请选择"), *((kind.value, PAPER_KIND_LABELS[kind]) for kind in ADDED_LATER)],
    )
    papers = FilesField(
        label="文件", help_text="PDF、图片；可以选几个。身份证明等敏感材料加密保存，查看要写理由。"
    )
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="add_%s", **kwargs)
        self.fields["papers"].widget.attrs |= {
            "accept": "image/*,application/pdf,.doc,.docx",
            "data-drop": "",
        }
        self.fields["papers"].error_messages["required"] = "请选择文件。"
        self.dress()


@shell.needs(Act.ADD_PAPERS)
def view(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the form by itself; on POST attach the papers and go back to the case."""
    case = shell.case_or_404(request, case_id)
    form = AddForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            kept = additions.add(
                case.pk,
                files=given_files(given["papers"], kind=PaperKind(given["kind"])),
                note=given["note"],
                actor=shell.actor(request),
                at=shell.now(),
            )
        except Refused as refusal:
            for reason in refusal.reasons:
                name = {"files": "papers"}.get(reason.code, reason.code)
                form.add_error(name if name in form.fields else None, str(reason))
        else:
            shell.tell(request, f"已补充材料{len(kept)}份。")
            return HttpResponseRedirect(reverse("admin:case", args=[case.pk]))
    return shell.page(
        request,
        "admin/desk/add_papers.html",
        status=422 if form.errors else 200,
        case=case,
        form=form,
    )
