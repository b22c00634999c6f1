"""Waiting for the applicant: 补正, reasons under article 35, the lapse. The fee has ``money``."""

from __future__ import annotations

from datetime import datetime

from requests_app.admin.acts import letter_fields
from requests_app.admin.acts.form import (
    ActForm,
    day_field,
    files_field,
    given_files,
    text_field,
    whole_number,
)
from requests_app.domain.access import Act
from requests_app.domain.letters import LetterKind
from requests_app.domain.papers import PaperKind
from requests_app.presenters import what_if as presenter
from requests_app.presenters.what_if import Comparison
from requests_app.selectors import offices, what_if
from requests_app.services import corrections, lapses, reasons


class AskCorrection(ActForm):
    """Draft the one 补正告知书."""

    act = Act.ASK_CORRECTION
    button = "起草补正告知书"
    reason_fields = {"correction_late": "override_reason"}
    next_steps = (
        "核对草稿后由经办制发，取得文号",
        "送达后开始计申请人的补正期限",
        "收到补正的次日起重新计20个工作日",
    )

    def arrange(self) -> None:
        days = str(offices.settings(on=self.subject.today).correction_working_days)
        self.fields.update(
            letter_fields.of_kind(LetterKind.CORRECTION, initial={"correction_days": days})
        )
        if self.subject.facts.letter_under_way(Act.ASK_CORRECTION) is None and self._is_late():
            self.fields["override_reason"] = text_field(
                "超过7个工作日仍须补正的理由", help_text="随文书留存，法制审核时会看到。"
            )

    def _is_late(self) -> bool:
        last = self.subject.facts.timeline.correction_notice_due
        return last is not None and self.subject.today > last

    def comparison(self) -> Comparison | None:
        days = whole_number(
            self.data.get("correction_days") or self.fields["correction_days"].initial
        )
        if not days:
            return None
        return presenter.correction(
            what_if.correction(self.subject.case, days=days, today=self.subject.today)
        )

    def perform(self, *, at: datetime) -> str:
        corrections.request(
            self.subject.case.pk,
            fields=letter_fields.given(LetterKind.CORRECTION, self.cleaned_data),
            override_reason=self.cleaned_data.get("override_reason", ""),
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "补正告知书已起草，请核对后制发。"


class AnswerCorrection(ActForm):
    """Take in the corrected application."""

    act = Act.ANSWER_CORRECTION
    button = "登记补正"
    on = day_field("收到补正的日期")
    text = text_field("补正的内容", rows=5)
    papers = files_field("补正材料")
    justified_reason = text_field(
        "逾期的正当理由",
        required=False,
        help_text="过了补正期限才填：申请人的理由，以及本机关核实的情况。",
    )

    def arrange(self) -> None:
        self.fields["on"].initial = self.subject.today

    def perform(self, *, at: datetime) -> str:
        corrections.answer(
            self.subject.case.pk,
            text=self.cleaned_data["text"],
            on=self.cleaned_data["on"],
            files=given_files(self.cleaned_data["papers"], kind=PaperKind.CORRECTION),
            justified_reason=self.cleaned_data["justified_reason"],
            actor=self.subject.actor,
            at=at,
        )
        return "补正已登记，答复期限重新计算。"


class AskReasons(ActForm):
    """Draft the notice that asks for reasons."""

    act = Act.ASK_REASONS
    button = "起草说明理由通知书"
    next_steps = (
        "要求说明理由不停期限",
        "理由不合理的，告知不予处理；合理但不能按期答复的，确定延迟的日期",
    )

    def arrange(self) -> None:
        self.fields.update(
            letter_fields.of_kind(LetterKind.REASONS, initial={"reasons_days": "10"})
        )

    def perform(self, *, at: datetime) -> str:
        reasons.ask(
            self.subject.case.pk,
            fields=letter_fields.given(LetterKind.REASONS, self.cleaned_data),
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "说明理由通知书已起草，请核对后制发。"


class GiveReasons(ActForm):
    """Record the reasons the applicant gives."""

    act = Act.GIVE_REASONS
    button = "登记理由"
    on = day_field("收到日期")
    text = text_field("申请人说明的理由", rows=5)

    def arrange(self) -> None:
        self.fields["on"].initial = self.subject.today

    def perform(self, *, at: datetime) -> str:
        reasons.give(
            self.subject.case.pk,
            text=self.cleaned_data["text"],
            on=self.cleaned_data["on"],
            actor=self.subject.actor,
            at=at,
        )
        return "理由已登记。"


class ConfirmLapse(ActForm):
    """Confirm that the application counts as given up."""

    act = Act.CONFIRM_LAPSE
    button = "起草不再处理告知书"
    judgement = text_field(
        "核实情况",
        help_text="怎样联系过申请人，有没有正当理由。随案卷留存，不印在告知书上。",
        rows=4,
    )
    next_steps = ("由工作机构负责人签发", "申请人仍可以重新提出申请，按新的申请办理")

    def perform(self, *, at: datetime) -> str:
        lapses.confirm(
            self.subject.case.pk,
            judgement=self.cleaned_data["judgement"],
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "不再处理告知书已起草，请送负责人签发。"
