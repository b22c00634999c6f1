"""The small forms of a letter's life: revise, submit, sign, return, discard, dispatch, proof."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Final

from django import forms

from requests_app.admin.acts import letter_fields
from requests_app.admin.acts.form import DAY_REASONS, day_field, text_field
from requests_app.admin.desk_form import DeskForm
from requests_app.domain.access import Act, Actor
from requests_app.domain.delivery import DELIVERY_WAY_LABELS, DeliveryWay
from requests_app.domain.errors import Refused
from requests_app.domain.letters import KINDS, LetterKind
from requests_app.domain.outcomes import OUTCOMES, OutcomeCode
from requests_app.models import Letter
from requests_app.selectors import releases
from requests_app.services import deliveries, letters, reissues

REVISE: Final = "revise"


class LetterForm(DeskForm):
    """A form of one act on one letter."""

    act: ClassVar[Act]
    button: ClassVar[str]
    tone: ClassVar[str] = "p"

    def __init__(self, *args: Any, letter: Letter, today: date, **kwargs: Any) -> None:
        self.letter, self.today = letter, today
        super().__init__(*args, **kwargs)
        self.arrange()
        self.dress()

    def arrange(self) -> None:
        """Add what depends on the letter."""

    def perform(self, *, actor: Actor, at: datetime) -> str:
        """Call the service and return the sentence that tells what was done."""
        raise NotImplementedError(f"{type(self).__name__} performs nothing")

    def take(self, refusal: Refused) -> None:
        """Show each reason at its field where it has one, else above the form."""
        for reason in refusal.reasons:
            name = DAY_REASONS.get(reason.code, reason.code)
            self.add_error(name if name in self.fields else None, str(reason))


class Revise(LetterForm):
    """Change what was typed into a draft."""

    act = Act.SUBMIT
    button = "保存修改"
    tone = ""

    def arrange(self) -> None:
        initial = self.letter.fields
        if self.letter.outcome:
            outcome = OUTCOMES[OutcomeCode(self.letter.outcome)]
            self.fields.update(letter_fields.of_outcome(outcome, initial=initial))
            letter_fields.relax_parts(self.fields, releases.of(self.letter))
            return
        self.fields.update(letter_fields.of_kind(LetterKind(self.letter.kind), initial=initial))

    def perform(self, *, actor: Actor, at: datetime) -> str:
        given = letter_fields.given(LetterKind(self.letter.kind), self.cleaned_data)
        letters.revise(self.letter.pk, fields=given, actor=actor, at=at)
        return "修改已保存。"


class Submit(LetterForm):
    """Send the draft to the head, or issue it where no head is needed."""

    act = Act.SUBMIT
    button = "送签"

    def arrange(self) -> None:
        if not KINDS[LetterKind(self.letter.kind)].needs_approval:
            self.button = "制发，取得文号"  # type: ignore[misc]

    def perform(self, *, actor: Actor, at: datetime) -> str:
        letter = letters.submit(self.letter.pk, actor=actor, at=at)
        return f"已制发，文号{letter.number}。" if letter.number else "已送工作机构负责人签发。"


class Approve(LetterForm):
    """Sign: number, frozen text, file."""

    act = Act.APPROVE
    button = "同意签发"

    def perform(self, *, actor: Actor, at: datetime) -> str:
        letter = letters.approve(self.letter.pk, actor=actor, at=at)
        return f"已签发，文号{letter.number}，文件正在制作。"


class Return(LetterForm):
    """Return a pending letter to its drafter."""

    act = Act.RETURN_DRAFT
    button = "退回修改"
    tone = "stop"
    reason = text_field("退回理由", rows=2)

    def perform(self, *, actor: Actor, at: datetime) -> str:
        letters.send_back(self.letter.pk, reason=self.cleaned_data["reason"], actor=actor, at=at)
        return "已退回起草人修改。"


class Discard(LetterForm):
    """Void a letter that has not gone out."""

    act = Act.DISCARD_DRAFT
    button = "作废"
    tone = "stop"
    reason = text_field("作废理由", rows=2)

    def perform(self, *, actor: Actor, at: datetime) -> str:
        letters.discard(self.letter.pk, reason=self.cleaned_data["reason"], actor=actor, at=at)
        return "文书已作废。"


class Dispatch(LetterForm):
    """Record that the letter went out."""

    act = Act.DISPATCH
    button = "登记发出"
    way = forms.ChoiceField(
        label="发出方式", choices=[(way.value, label) for way, label in DELIVERY_WAY_LABELS.items()]
    )
    on = day_field("发出日期")
    tracking_number = forms.CharField(
        label="邮件号",
        required=False,
        max_length=40,
        help_text="EMS、挂号信必填；公文不能交民营快递（邮政法第五十五条）。",
    )

    def arrange(self) -> None:
        self.fields["on"].initial = self.today
        self.fields["way"].initial = DeliveryWay.EMS.value

    def perform(self, *, actor: Actor, at: datetime) -> str:
        deliveries.dispatch(
            self.letter.pk,
            way=DeliveryWay(self.cleaned_data["way"]),
            on=self.cleaned_data["on"],
            tracking_number=self.cleaned_data["tracking_number"],
            actor=actor,
            at=at,
        )
        return "发出已登记。"


class ConfirmDelivery(LetterForm):
    """Record that the letter arrived, and the proof."""

    act = Act.CONFIRM_DELIVERY
    button = "登记送达"
    on = day_field("送达日期")
    proof = forms.CharField(
        label="送达凭据", max_length=200, help_text="回执单号、签收照片、当面签收等。"
    )
    received_by = forms.CharField(label="签收人", required=False, max_length=60)

    def arrange(self) -> None:
        self.fields["on"].initial = self.today

    def perform(self, *, actor: Actor, at: datetime) -> str:
        deliveries.confirm(
            self.letter.pk,
            on=self.cleaned_data["on"],
            proof=self.cleaned_data["proof"],
            received_by=self.cleaned_data["received_by"],
            actor=actor,
            at=at,
        )
        return "送达已登记。"


class Reissue(LetterForm):
    """Void a signed letter and begin it anew."""

    act = Act.REISSUE
    button = "作废重发"
    tone = "stop"
    reason = text_field(
        "作废重发的理由",
        help_text="原文书作废，它产生的事项一并作废，期限按没有这份文书重算；新的文书另取文号，写明替换哪一份。",
        rows=2,
    )

    def perform(self, *, actor: Actor, at: datetime) -> str:
        new = reissues.reissue(
            self.letter.pk, reason=self.cleaned_data["reason"], actor=actor, at=at
        )
        if new.number:
            return f"原文书已作废，新的文书文号{new.number}，正在制作。"
        return "原文书已作废，新的草稿已建好，改好后送签。"


FORMS: Final[Mapping[str, type[LetterForm]]] = {
    REVISE: Revise,
    Act.SUBMIT.value: Submit,
    Act.APPROVE.value: Approve,
    Act.RETURN_DRAFT.value: Return,
    Act.DISPATCH.value: Dispatch,
    Act.CONFIRM_DELIVERY.value: ConfirmDelivery,
    Act.DISCARD_DRAFT.value: Discard,
    Act.REISSUE.value: Reissue,
}
