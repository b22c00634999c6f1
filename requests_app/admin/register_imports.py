"""The page that takes in an old register: look first, then all of it or nothing."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from requests_app.admin import shell
from requests_app.admin.desk_form import DeskForm
from requests_app.domain.access import Act
from requests_app.domain.errors import Refused
from requests_app.domain.register_rows import HEADINGS, REQUIRED
from requests_app.models import RegisterImport
from requests_app.services import register_import

_LARGEST = 20 * 1024 * 1024


class ImportForm(DeskForm):
    """A file to look at or to take in."""

    file = forms.FileField(
        label="旧台账文件", help_text="XLSX，或者UTF-8、GBK的CSV；第一行是表头。"
    )

    def clean_file(self) -> bytes:
        """Return the content; refuse what no register is as large as."""
        given = self.cleaned_data["file"]
        if given.size > _LARGEST:
            raise forms.ValidationError("文件超过20MB，请按年度拆开。")
        self.file_name = str(given.name)
        content: bytes = given.read()
        return content


@shell.needs(Act.IMPORT_CASES)
def view(request: HttpRequest) -> HttpResponse:
    """Show the form; on POST look at the file, or take it in when that was asked for."""
    form = ImportForm(request.POST or None, request.FILES or None)
    form.dress()
    seen = None
    if request.method == "POST" and form.is_valid():
        content, person, at = form.cleaned_data["file"], shell.actor(request), shell.now()
        try:
            if "take_in" in request.POST:
                done = register_import.take_in(
                    content, file_name=form.file_name, actor=person, at=at
                )
                told = f"已导入{done.row_count}件，其中已办结{done.closed_count}件。"
                shell.tell(request, told)
                return HttpResponseRedirect(reverse("admin:import_register"))
            seen = register_import.look(content, actor=person, at=at)
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error("file", str(reason))
    return shell.page(
        request,
        "admin/desk/import_register.html",
        status=422 if form.errors else 200,
        form=form,
        seen=seen,
        columns=[(names, column in REQUIRED) for column, names in HEADINGS.items()],
        imports=RegisterImport.objects.select_related("imported_by")[:20],
    )
