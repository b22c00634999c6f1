"""Asking departments beside the one that has the case: ask, sign for, reply, return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from django import forms
from django.http import QueryDict

from requests_app.admin.acts.form import (
    ActForm,
    Option,
    Subject,
    files_field,
    given_files,
    text_field,
    whole_number,
)
from requests_app.domain.access import Act
from requests_app.domain.inquiries import WANTED_LABELS, Wanted
from requests_app.domain.papers import PaperKind
from requests_app.models import Department, Inquiry
from requests_app.selectors import inquiries as selector
from requests_app.services import inquiries


class AskDepartment(ActForm):
    """Ask one or several departments for records or an opinion."""

    act = Act.ASK_DEPARTMENT
    button = "发给协办部门"
    reason_fields: ClassVar[Mapping[str, str]] = {"department": "departments"}
    departments = forms.ModelMultipleChoiceField(
        label="协办部门",
        queryset=Department.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    wanted = forms.ChoiceField(
        label="要什么", choices=[(code.value, label) for code, label in WANTED_LABELS.items()]
    )
    question = text_field(
        "请办事项", help_text="写明查找哪些年份、哪些文件，或者对什么提意见。", rows=4
    )
    next_steps = (
        "协办部门从此看得到这件申请，一个工作日内签收",
        "各有自己的回复期限，超过的系统催办；不影响、不暂停答复期限",
        "不属于该部门的，写明理由退回",
    )

    def arrange(self) -> None:
        today, case = self.subject.today, self.subject.case
        busy = [each.department_id for each in self.subject.facts.inquiries]
        in_force = Department.objects.filter(valid_from__lte=today).exclude(valid_to__lt=today)
        free = in_force.exclude(pk__in=[*busy, case.department_id or 0])
        self.fields["departments"].queryset = free  # type: ignore[attr-defined]

    def perform(self, *, at: datetime) -> str:
        asked = inquiries.ask(
            self.subject.case.pk,
            department_ids=[each.pk for each in self.cleaned_data["departments"]],
            wanted=Wanted(self.cleaned_data["wanted"]),
            question=self.cleaned_data["question"],
            actor=self.subject.actor,
            at=at,
        )
        names = "、".join(str(row.department) for row in asked)
        return f"已请{names}协办，{asked[0].due_on}前回复。"


class _OfOneInquiry(ActForm):
    """A form about the inquiry to the person's own department."""

    def arrange(self) -> None:
        self.row = self._row()

    def _row(self) -> Inquiry | None:
        chosen = whole_number(self.chosen("inquiry"))
        own = selector.owed(self.subject.actor).filter(case=self.subject.case)
        return own.filter(pk=chosen).first() if chosen else own.first()

    @property
    def inquiry_id(self) -> int:
        """Return which inquiry it is about; 0 where the department owes nothing."""
        return self.row.pk if self.row is not None else 0

    @classmethod
    def options(cls, subject: Subject, *, asked: QueryDict) -> Mapping[str, Sequence[Option]]:
        own = selector.owed(subject.actor).filter(case=subject.case)
        return {} if own.exists() else {"本部门没有要办的协办事项": ()}

    def facts(self) -> Sequence[tuple[str, str]]:
        if self.row is None:
            return ()
        return (
            ("请办事项", self.row.question),
            ("要什么", WANTED_LABELS[Wanted(self.row.wanted)]),
            ("回复期限", self.row.due_on.isoformat()),
        )


class SignInquiry(_OfOneInquiry):
    """Take the inquiry on."""

    act = Act.SIGN_INQUIRY
    button = "签收"

    def perform(self, *, at: datetime) -> str:
        inquiries.sign_for(self.inquiry_id, actor=self.subject.actor, at=at)
        return "协办已签收。"


class ReplyInquiry(_OfOneInquiry):
    """Reply, with papers."""

    act = Act.REPLY_INQUIRY
    button = "回复"
    text = text_field(
        "回复",
        rows=6,
        help_text="有没有、在哪里；能否公开、依据哪一条。没有查到的，另记检索记录。",
    )
    papers = files_field("附上的材料")

    def perform(self, *, at: datetime) -> str:
        inquiries.reply(
            self.inquiry_id,
            text=self.cleaned_data["text"],
            files=given_files(self.cleaned_data["papers"], kind=PaperKind.OPINION),
            actor=self.subject.actor,
            at=at,
        )
        return "协办回复已记入案卷。"


class ReturnInquiry(_OfOneInquiry):
    """Return it, with the reason."""

    act = Act.RETURN_INQUIRY
    button = "退回"
    reason = text_field("退回理由", help_text="为什么不属于本部门；知道应当由谁办的，写明。")

    def perform(self, *, at: datetime) -> str:
        reason = self.cleaned_data["reason"]
        inquiries.send_back(self.inquiry_id, reason=reason, actor=self.subject.actor, at=at)
        return "协办已退回工作机构。"
