"""Waiting for the applicant: 补正, the fee, reasons under article 35, the lapse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django import forms

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
from requests_app.domain.errors import Refused
from requests_app.domain.fees import FEE_MODE_LABELS, FeeMode
from requests_app.domain.letters import LetterKind
from requests_app.domain.papers import PaperKind
from requests_app.presenters import what_if as presenter
from requests_app.presenters.what_if import Comparison
from requests_app.selectors import offices, what_if
from requests_app.services import corrections, fees, lapses, reasons


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
        settings = offices.settings(on=self.subject.today)
        days = settings.correction_working_days
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


class ChargeFee(ActForm):
    """Draft the fee notice, after the sum was shown."""

    act = Act.CHARGE_FEE
    button = "起草收费通知"
    reason_fields = {"amount": "units", "items": "units", "pages": "units"}
    mode = forms.ChoiceField(
        label="计收方式",
        widget=forms.RadioSelect,
        choices=[(mode.value, FEE_MODE_LABELS[mode]) for mode in FeeMode],
    )
    units = forms.IntegerField(
        label="件数或者页数", min_value=0, help_text="按件填件数；按量填A4单面页数。"
    )
    next_steps = (
        "收费通知由工作机构负责人签发",
        "送达次日起20个工作日内缴纳",
        "缴清次日起重新计20个工作日",
    )

    def arrange(self) -> None:
        asked = self.asked
        self.fields["mode"].initial = asked.get("mode", FeeMode.ITEM.value)
        self.fields["units"].initial = asked.get("units", "1")
        note = offices.settings(on=self.subject.today).treasury_note
        self.fields.update(letter_fields.of_kind(LetterKind.FEE, initial={"payment_method": note}))

    def facts(self) -> Sequence[tuple[str, str]]:
        """Show what either method would cost before anything is drafted."""
        case_id = self.subject.case.pk
        number = whole_number(self.data.get("units") or self.fields["units"].initial)
        if number is None:
            return ()
        shown = []
        for mode in FeeMode:
            by_item = mode is FeeMode.ITEM
            try:
                quote = fees.quote(
                    case_id,
                    mode=mode,
                    items=number if by_item else None,
                    pages=None if by_item else number,
                )
            except Refused as refusal:
                shown.append((FEE_MODE_LABELS[mode], str(refusal)))
                continue
            before = "" if quote.items_before is None else f"，本月此前{quote.items_before}件"
            shown.append(
                (
                    f"{FEE_MODE_LABELS[mode]}{number}{'件' if by_item else '页'}",
                    f"{quote.amount_yuan}元{before}",
                )
            )
        return shown

    def comparison(self) -> Comparison | None:
        return presenter.fee_notice(what_if.fee_notice(self.subject.case, today=self.subject.today))

    def perform(self, *, at: datetime) -> str:
        mode, units = FeeMode(self.cleaned_data["mode"]), self.cleaned_data["units"]
        by_item = mode is FeeMode.ITEM
        fees.charge(
            self.subject.case.pk,
            mode=mode,
            items=units if by_item else None,
            pages=None if by_item else units,
            fields=letter_fields.given(LetterKind.FEE, self.cleaned_data),
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "收费通知已起草，请送负责人签发。"


class RecordPayment(ActForm):
    """Record the full payment."""

    act = Act.RECORD_PAYMENT
    button = "登记缴费"
    on = day_field("缴清日期")
    bill_number = forms.CharField(label="财政票据号", max_length=60)

    def arrange(self) -> None:
        self.fields["on"].initial = self.subject.today

    def perform(self, *, at: datetime) -> str:
        fees.record_payment(
            self.subject.case.pk,
            on=self.cleaned_data["on"],
            bill_number=self.cleaned_data["bill_number"],
            actor=self.subject.actor,
            at=at,
        )
        return "缴费已登记，答复期限重新计算。"


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
