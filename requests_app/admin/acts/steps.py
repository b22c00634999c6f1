"""Handing a case on: assign, sign for, send back, opinions, notes, the body, the archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django import forms

from requests_app.admin.acts.form import ActForm, files_field, given_files, text_field
from requests_app.domain.access import Act, Role
from requests_app.domain.archiving import ADVISORY, RETENTION_LABELS
from requests_app.domain.papers import PaperKind
from requests_app.models import Department, IssuingBody, StaffUser
from requests_app.selectors import archives as archive_list
from requests_app.services import archives, assignments, bodies, entries


class Assign(ActForm):
    """Hand the case to a department, a clerk, or both."""

    act = Act.ASSIGN
    button = "分办"
    department = forms.ModelChoiceField(
        label="承办部门", queryset=Department.objects.none(), required=False, empty_label="不分部门"
    )
    clerk = forms.ModelChoiceField(
        label="经办人", queryset=StaffUser.objects.none(), required=False, empty_label="不变"
    )
    next_steps = ("承办部门签收后进入办理", "分办不影响答复期限；内设机构、下属单位之间不停期限")

    def arrange(self) -> None:
        today = self.subject.today
        in_force = Department.objects.filter(valid_from__lte=today).exclude(valid_to__lt=today)
        clerks = StaffUser.objects.filter(is_active=True, held_roles__role=Role.CLERK.value)
        self._choose("department", in_force, chosen=self.subject.case.department_id)
        manned = set(
            StaffUser.objects.filter(is_active=True).values_list("department_id", flat=True)
        )
        self.fields["department"].label_from_instance = lambda row: (  # type: ignore[attr-defined]
            row.name if row.pk in manned else f"{row.name}（还没有人员账号）"
        )
        self._choose("clerk", clerks, chosen=self.subject.case.clerk_id)

    def _choose(self, name: str, rows: object, *, chosen: int | None) -> None:
        field = self.fields[name]
        field.queryset, field.initial = rows, chosen  # type: ignore[attr-defined]

    def perform(self, *, at: datetime) -> str:
        department, clerk = self.cleaned_data["department"], self.cleaned_data["clerk"]
        assignments.assign(
            self.subject.case.pk,
            department_id=department.pk if department else None,
            clerk_id=clerk.pk if clerk else None,
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return f"已分办：{'、'.join(str(each) for each in (department, clerk) if each)}。"


class SignFor(ActForm):
    """Take the case on."""

    act = Act.SIGN_FOR
    button = "签收"
    next_steps = ("签收后由本部门提出意见、提供材料", "不属于本部门职责的，请写明理由退回")

    def perform(self, *, at: datetime) -> str:
        assignments.sign_for(self.subject.case.pk, actor=self.subject.actor, at=at)
        return "已签收。"


class SendBack(ActForm):
    """Return the case to the working body."""

    act = Act.SEND_BACK
    button = "退回"
    reason = text_field("退回理由")

    def perform(self, *, at: datetime) -> str:
        reason = self.cleaned_data["reason"]
        assignments.send_back(self.subject.case.pk, reason=reason, actor=self.subject.actor, at=at)
        return "已退回工作机构。"


class GiveOpinion(ActForm):
    """Record a department's, legal or secrecy opinion."""

    act = Act.GIVE_OPINION
    button = "提交意见"
    text = text_field("意见", help_text="写明能否公开、依据哪一条、哪些部分不公开及理由。", rows=6)
    papers = files_field("附上的材料")

    def perform(self, *, at: datetime) -> str:
        assignments.give_opinion(
            self.subject.case.pk,
            text=self.cleaned_data["text"],
            files=given_files(self.cleaned_data["papers"], kind=PaperKind.OPINION),
            actor=self.subject.actor,
            at=at,
        )
        return "意见已记入案卷。"


class Note(ActForm):
    """Keep a remark."""

    act = Act.NOTE
    button = "记下"
    text = text_field("备注", help_text="电话说明、内部情况；不影响期限，不给申请人看。")

    def perform(self, *, at: datetime) -> str:
        entries.note(
            self.subject.case.pk, text=self.cleaned_data["text"], actor=self.subject.actor, at=at
        )
        return "备注已记下。"


class ChangeBody(ActForm):
    """Correct the body the application is addressed to."""

    act = Act.CHANGE_BODY
    button = "更正"
    body_code = forms.ChoiceField(label="受文机关")
    reason = text_field("更正理由")

    def arrange(self) -> None:
        others = IssuingBody.objects.exclude(pk=self.subject.case.body_id).values_list(
            "code", "name"
        )
        self.fields["body_code"].choices = list(others)  # type: ignore[attr-defined]

    def perform(self, *, at: datetime) -> str:
        bodies.change(
            self.subject.case.pk,
            body_code=self.cleaned_data["body_code"],
            reason=self.cleaned_data["reason"],
            actor=self.subject.actor,
            at=at,
        )
        return "受文机关已更正。"


class Archive(ActForm):
    """Put the finished case away: the guide's list is judged, the file number drawn."""

    act = Act.ARCHIVE
    button = "归档"
    next_steps = (
        "取得档号，制作电子档案（PDF、清单、台账），制成后不再改动。",
        "归档后案卷不再变动，只能记备注、登记查阅借阅。",
    )
    explanation = text_field(
        "缺少材料的说明",
        required=False,
        help_text="材料不齐的必填：为什么没有、原件在哪里。写进台账和电子档案的清单。",
    )

    def arrange(self) -> None:
        """Judge the guide's list once; the form asks for an explanation only where it needs one."""
        self.standing = archive_list.standing(self.subject.case, today=self.subject.today)
        if not self.standing.compulsory:
            del self.fields["explanation"]

    def facts(self) -> Sequence[tuple[str, str]]:
        """Name what the guide's list lacks, and what the archive has not settled yet."""
        found = self.standing
        kept = RETENTION_LABELS[found.settings.retention(found.kind)]
        lacking = [("缺", str(reason)) for reason in found.compulsory]
        other = [("请核对", str(reason)) for reason in found.missing if reason.code in ADVISORY]
        unset = [("提示", str(reason)) for reason in found.unset]
        whole = [] if lacking else [("存档清单", "必备的材料都在。")]
        return [("保管期限", kept), *whole, *lacking, *other, *unset]

    def perform(self, *, at: datetime) -> str:
        event = archives.put_away(
            self.subject.case.pk,
            explanation=self.cleaned_data.get("explanation", ""),
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return f"已归档，档号{event.data['file_number']}；电子档案正在制作。"
