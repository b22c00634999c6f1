"""What the answer hands over: files in, blacked-out places registered, either taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django import forms
from django.http import QueryDict

from requests_app.admin.acts.form import (
    ActForm,
    FilesField,
    Option,
    Subject,
    given_files,
    text_field,
    whole_number,
)
from requests_app.domain.access import Act
from requests_app.domain.grounds import GROUNDS
from requests_app.domain.papers import PaperKind
from requests_app.models import ReleasedFile
from requests_app.selectors import releases as files_of
from requests_app.services import releases

_WHOLE, _REDACTED = "whole", "redacted"


class PrepareRelease(ActForm):
    """Take in files to hand over with the answer."""

    act = Act.PREPARE_RELEASE
    button = "上传"
    papers = FilesField(
        label="文件", help_text="PDF、图片或者文档；可以选几个文件，也可以拖到这里。"
    )
    kind = forms.ChoiceField(
        label="提供的方式",
        widget=forms.RadioSelect,
        choices=[(_WHOLE, "全文提供"), (_REDACTED, "遮盖了一部分（逐处登记依据和理由）")],
    )
    pages = forms.IntegerField(
        label="页数",
        required=False,
        min_value=1,
        help_text="A4单面。PDF 自动数，图片算1页；文档等数不出来的才填，分开上传。",
    )
    next_steps = (
        "遮盖过的文件，逐处登记页码、内容、依据和理由",
        "随答复由工作机构负责人签发；签发后名称、页数和校验值印在附件里",
        "答复发出以后，申请人才能凭申请编号和查询码下载",
        "页数用于按量试算信息处理费",
    )

    def perform(self, *, at: datetime) -> str:
        made = releases.add(
            self.subject.case.pk,
            files=given_files(self.cleaned_data["papers"], kind=PaperKind.RELEASED),
            redacted=self.cleaned_data["kind"] == _REDACTED,
            pages=self.cleaned_data["pages"],
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        warned = "".join(f"“{row.attachment.name}”：{row.warning}" for row in made if row.warning)
        total = sum(row.pages for row in made)
        return f"已上传{len(made)}个文件，共{total}页。{warned}"


class _OfFile(ActForm):
    """A form about one prepared file, named in the address."""

    act = Act.PREPARE_RELEASE

    @classmethod
    def options(cls, subject: Subject, *, asked: QueryDict) -> Mapping[str, Sequence[Option]]:
        rows = list(files_of.loose(subject.case))
        if whole_number(asked.get("file", "")) in {row.pk for row in rows}:
            return {}
        return {
            "先选文件": [
                Option(row.attachment.name, f"?file={row.pk}", f"{row.pages}页") for row in rows
            ]
        }

    def arrange(self) -> None:
        self.file: ReleasedFile = files_of.loose(self.subject.case).get(pk=self.chosen("file"))

    def facts(self) -> Sequence[tuple[str, str]]:
        shown = [("文件", self.file.attachment.name), ("页数", f"{self.file.pages}页")]
        shown += [
            (f"第{each.page}页", f"{each.what}；{each.get_ground_display()}；{each.reason}")
            for each in self.file.redactions.all()
        ]
        return shown


class Redact(_OfFile):
    """Register one blacked-out place."""

    heading = "登记遮盖"
    button = "登记"
    page = forms.IntegerField(label="页码", min_value=1)
    what = forms.CharField(
        label="遮盖的内容", max_length=120, help_text="写类别，如“住址”“联系电话”；不写内容本身。"
    )
    ground = forms.ChoiceField(
        label="依据",
        choices=[
            ("", "请选择"),
            *((rule.ground.value, f"{rule.label}（{rule.article}）") for rule in GROUNDS.values()),
        ],
    )
    reason = text_field(
        "理由", help_text="印在答复书里；第十六条是“可以不予公开”，要写明为什么不公开。", rows=2
    )
    next_steps = (
        "依据和理由相同的几处，在答复书里合并成一段",
        "依据是第三方权益的，先书面征求第三方意见（第三十二条）",
    )

    def perform(self, *, at: datetime) -> str:
        releases.redact(
            self.file.pk,
            case_id=self.subject.case.pk,
            page=self.cleaned_data["page"],
            what=self.cleaned_data["what"],
            ground=self.cleaned_data["ground"],
            reason=self.cleaned_data["reason"],
            actor=self.subject.actor,
            at=at,
        )
        return "这一处遮盖已登记。"


class RemoveRelease(_OfFile):
    """Take a prepared file out again."""

    heading = "移除准备提供的文件"
    button = "移除"

    def perform(self, *, at: datetime) -> str:
        releases.remove(self.file.pk, case_id=self.subject.case.pk, actor=self.subject.actor, at=at)
        return "文件已移除，不会提供给申请人；上传的原件仍留在材料里。"


class RemoveRedaction(ActForm):
    """Strike one blacked-out place from the register."""

    act = Act.PREPARE_RELEASE
    heading = "删去一处遮盖登记"
    button = "删去"

    @classmethod
    def options(cls, subject: Subject, *, asked: QueryDict) -> Mapping[str, Sequence[Option]]:
        found = [
            (row, each) for row in files_of.loose(subject.case) for each in row.redactions.all()
        ]
        if whole_number(asked.get("redaction", "")) in {each.pk for _, each in found}:
            return {}
        return {
            "先选要删去的一处": [
                Option(f"{row.attachment.name} {each}", f"?redaction={each.pk}", each.reason)
                for row, each in found
            ]
        }

    def perform(self, *, at: datetime) -> str:
        releases.take_back_redaction(
            int(self.chosen("redaction")),
            case_id=self.subject.case.pk,
            actor=self.subject.actor,
            at=at,
        )
        return "这一处遮盖登记已删去。"
