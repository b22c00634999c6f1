"""The fee: the notice after a look at what it costs, payments, corrections, money given back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms

from requests_app.admin.acts import letter_fields
from requests_app.admin.acts.form import ActForm, day_field, text_field, whole_number
from requests_app.domain import ledger
from requests_app.domain.access import Act
from requests_app.domain.fee_account import FEN_PER_YUAN, yuan
from requests_app.domain.fees import FEE_MODE_LABELS, Alternative, FeeMode, Offer
from requests_app.domain.letters import LetterKind
from requests_app.presenters import fee_lens as lens_presenter
from requests_app.presenters import what_if as presenter
from requests_app.presenters.fee_lens import FeeLens
from requests_app.presenters.what_if import Comparison
from requests_app.selectors import facts, fee_accounts, fee_lens, offices, what_if
from requests_app.selectors.fee_accounts import CaseFee
from requests_app.services import fee_corrections, fees


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
    offer_reading = forms.BooleanField(
        label="已告知：可以到现场查阅、抄录，不按量收费", required=False
    )
    offer_narrowing = forms.BooleanField(label="已告知：可以缩小申请范围", required=False)
    offered_how = text_field(
        "怎样告知的",
        help_text="什么时候、怎样告诉申请人的；没有告知的，写明原因。留在案卷里。",
        rows=2,
    )
    next_steps = (
        "收费通知由工作机构负责人签发",
        "送达次日起20个工作日内缴纳",
        "缴清次日起重新计20个工作日",
    )

    def arrange(self) -> None:
        found = fee_lens.suggested(self.subject.case)
        mode = str(self.asked.get("mode", found.mode.value))
        by_page = mode == FeeMode.PAGE.value
        self.fields["mode"].initial = mode
        suggested = found.pages if by_page else found.items
        self.fields["units"].initial = self.asked.get("units", str(suggested))
        note = offices.settings(on=self.subject.today).treasury_note
        self.fields.update(letter_fields.of_kind(LetterKind.FEE, initial={"payment_method": note}))

    def lens(self) -> FeeLens:
        """Show what either method would cost before anything is drafted, and the ways around it."""
        typed = self.data.get("units") or self.fields["units"].initial
        return lens_presenter.of(
            self.subject.case,
            found=fee_lens.suggested(self.subject.case),
            units=whole_number(typed),
            mode=str(self.data.get("mode") or self.fields["mode"].initial),
        )

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
            offer=self._offer(),
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "收费通知已起草，请送负责人签发。"

    def _offer(self) -> Offer:
        ways = {
            Alternative.READING: self.cleaned_data["offer_reading"],
            Alternative.NARROWING: self.cleaned_data["offer_narrowing"],
        }
        return Offer(
            tuple(way for way, given in ways.items() if given), self.cleaned_data["offered_how"]
        )


class _MoneyForm(ActForm):
    """What the forms about a fee's money share: the accounts beside the form."""

    @property
    def accounts(self) -> tuple[CaseFee, ...]:
        """Return the case's fees with their money."""
        standing = ledger.standing(facts.entries(self.subject.case))
        return fee_accounts.of(self.subject.case, standing=standing)

    def facts(self) -> Sequence[tuple[str, str]]:
        """Show what is charged, received, owed and to be given back."""
        shown = []
        for each in self.accounts:
            account = each.account
            number = each.fee.letter.number if each.fee.letter else ""
            state = "" if account.due else "（不再应缴）"
            shown += [
                (f"收费通知 {number}", f"{yuan(account.charged_fen)}元{state}"),
                ("已收、已退", f"{yuan(account.received_fen)}元、{yuan(account.refunded_fen)}元"),
                ("尚欠、应退", f"{yuan(account.owed_fen)}元、{yuan(account.refundable_fen)}元"),
            ]
        return shown


def _amount(label: str, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=Decimal("0.01"), max_digits=12, decimal_places=2, help_text=help_text
    )


def _fen(amount: Decimal) -> int:
    return int(amount * FEN_PER_YUAN)


class RecordPayment(_MoneyForm):
    """Record a payment, in full or in part."""

    act = Act.RECORD_PAYMENT
    button = "登记缴费"
    amount = _amount("收到金额（元）", "只缴了一部分的，照实填；缴清以前，期限不重新计算。")
    on = day_field("收到日期", help_text="款项到账的日期；缴清的次日起重新计20个工作日。")
    bill_number = forms.CharField(label="财政票据号", max_length=60)
    note = text_field("说明", required=False, rows=2)

    def arrange(self) -> None:
        self.fields["on"].initial = self.subject.today
        owed = sum(each.account.owed_fen for each in self.accounts)
        self.fields["amount"].initial = yuan(owed) if owed else None

    def perform(self, *, at: datetime) -> str:
        fees.record_payment(
            self.subject.case.pk,
            on=self.cleaned_data["on"],
            amount_fen=_fen(self.cleaned_data["amount"]),
            bill_number=self.cleaned_data["bill_number"],
            note=self.cleaned_data["note"],
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        owed = sum(each.account.owed_fen for each in self.accounts)
        if owed:
            return f"已登记，尚欠{yuan(owed)}元；缴清以前，答复期限不重新计算。"
        return "缴费已登记，答复期限重新计算。"


class _MoneyMoved(_MoneyForm):
    """Money that came in too much, or goes back."""

    amount = _amount("金额（元）")
    on = day_field("日期")
    bill_number = forms.CharField(label="票据号", max_length=60)
    note = text_field("缘由和经手的情况", rows=2)

    def arrange(self) -> None:
        self.fields["on"].initial = self.subject.today

    def moved(self) -> dict[str, Any]:
        """Return what the services ask about money that moved, and who says so."""
        return {
            "amount_fen": _fen(self.cleaned_data["amount"]),
            "on": self.cleaned_data["on"],
            "bill_number": self.cleaned_data["bill_number"],
            "note": self.cleaned_data["note"],
            "actor": self.subject.actor,
            "seen_version": self.seen,
        }


class RecordExtra(_MoneyMoved):
    """Take in money that nobody owed."""

    act = Act.RECORD_EXTRA
    button = "登记"
    next_steps = ("不影响期限", "款项应当退还，退还以后登记退费")

    def perform(self, *, at: datetime) -> str:
        fee_corrections.record_extra(self.subject.case.pk, **self.moved(), at=at)
        return "已登记，应当退还。"


class RefundFee(_MoneyMoved):
    """Record money given back."""

    act = Act.REFUND_FEE
    button = "登记退费"
    next_steps = ("由执收单位依财政非税收入的规定办理退付", "按退还的日期从当年收费金额中减去")

    def arrange(self) -> None:
        super().arrange()
        refundable = max((each.account.refundable_fen for each in self.accounts), default=0)
        self.fields["amount"].initial = yuan(refundable) if refundable else None

    def perform(self, *, at: datetime) -> str:
        fee_corrections.refund(self.subject.case.pk, **self.moved(), at=at)
        return "退费已登记。"


class WithdrawFee(_MoneyForm):
    """Withdraw a fee notice charged in error."""

    act = Act.WITHDRAW_FEE
    button = "撤销收费通知"
    reason = text_field("撤销的原因", help_text="印在给申请人的告知书上；写明哪里收错了。")
    next_steps = (
        "收费通知和由它引起的暂停、重新计算一并作废，期限视同没有发出过",
        "撤销收费通知告知书自动制发给申请人",
        "已经收到的款项要退还，退还以后登记退费",
        "件数、页数写错的，撤销以后可以重新收费",
    )

    def comparison(self) -> Comparison | None:
        found = what_if.without_fee_notice(self.subject.case, today=self.subject.today)
        return presenter.voiding(found.before, found.after)

    def perform(self, *, at: datetime) -> str:
        fee_corrections.withdraw(
            self.subject.case.pk,
            reason=self.cleaned_data["reason"],
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "收费通知已撤销，期限已重新计算，告知书正在制作。"
