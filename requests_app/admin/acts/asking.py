"""Asking others: start a consultation, record its result, call it off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django import forms
from django.http import QueryDict

from requests_app.admin.acts import letter_fields
from requests_app.admin.acts.form import (
    ActForm,
    Option,
    Subject,
    day_field,
    files_field,
    given_files,
    text_field,
)
from requests_app.domain.access import Act
from requests_app.domain.consultations import (
    CONSULTATION_KIND_LABELS,
    POSITION_LABELS,
    SILENCE,
    ConsultationKind,
    Position,
)
from requests_app.domain.letters import LetterKind
from requests_app.domain.papers import PaperKind
from requests_app.models import Consultation
from requests_app.presenters import what_if as presenter
from requests_app.presenters.what_if import Comparison
from requests_app.selectors import what_if
from requests_app.services import consultations, third_parties

_LETTERS: Mapping[ConsultationKind, LetterKind] = {
    ConsultationKind.THIRD_PARTY: LetterKind.CONSULT_THIRD_PARTY,
    ConsultationKind.CO_MAKER: LetterKind.CONSULT_CO_MAKER,
    ConsultationKind.ORGAN: LetterKind.CONSULT_ORGAN,
}


class Consult(ActForm):
    """Draft a letter that asks one third party or organ."""

    act = Act.CONSULT
    button = "起草征求意见书"
    name = forms.CharField(label="征求对象", max_length=120)
    address = forms.CharField(label="送达地址、联系方式", max_length=200, required=False)
    subject_text = text_field(
        "征求意见的政府信息", help_text="写明名称、文号和具体内容，不写申请人的身份。"
    )
    reason_fields = {"subject": "subject_text"}
    next_steps = (
        "核对草稿后由经办制发并寄送，同时告知申请人",
        "发出的次日起停止计算，答复当日或者满15个工作日恢复",
    )

    @classmethod
    def options(cls, subject: Subject, *, asked: QueryDict) -> Mapping[str, Sequence[Option]]:
        if asked.get("kind") in set(ConsultationKind):
            return {}
        return {
            "先选征求谁的意见": [
                Option(label, f"?kind={kind.value}", SILENCE[kind])
                for kind, label in CONSULTATION_KIND_LABELS.items()
            ]
        }

    def arrange(self) -> None:
        self.kind = ConsultationKind(self.chosen("kind"))
        self.fields.update(
            letter_fields.of_kind(_LETTERS[self.kind], without=frozenset({"subject"}))
        )

    def facts(self) -> Sequence[tuple[str, str]]:
        return (("性质", CONSULTATION_KIND_LABELS[self.kind]), ("不答复的", SILENCE[self.kind]))

    def comparison(self) -> Comparison | None:
        return presenter.consultation(
            what_if.consultation(self.subject.case, today=self.subject.today)
        )

    def perform(self, *, at: datetime) -> str:
        consultations.start(
            self.subject.case.pk,
            kind=self.kind,
            name=self.cleaned_data["name"],
            address=self.cleaned_data["address"],
            subject=self.cleaned_data["subject_text"],
            fields=letter_fields.given(_LETTERS[self.kind], self.cleaned_data),
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "征求意见书已起草，请核对后制发。"


class _OnConsultation(ActForm):
    """An act on one consultation of the case, chosen first where there are several."""

    @classmethod
    def rows(cls, subject: Subject) -> list[Consultation]:
        """Return the consultations the act may concern."""
        waiting = subject.case.consultations.filter(position="", cancelled_at__isnull=True)
        return list(waiting)

    @classmethod
    def options(cls, subject: Subject, *, asked: QueryDict) -> Mapping[str, Sequence[Option]]:
        rows = cls.rows(subject)
        if asked.get("consultation") in {str(row.pk) for row in rows}:
            return {}
        found = [
            Option(
                row.name,
                f"?consultation={row.pk}",
                CONSULTATION_KIND_LABELS[ConsultationKind(row.kind)],
            )
            for row in rows
        ]
        return {"先选征求意见书": found}

    def arrange(self) -> None:
        wanted = self.chosen("consultation")
        self.consultation = next(row for row in self.rows(self.subject) if str(row.pk) == wanted)

    def facts(self) -> Sequence[tuple[str, str]]:
        kind = ConsultationKind(self.consultation.kind)
        last = self.subject.facts.timeline.consult_due.get(str(self.consultation.pk))
        return (
            ("对象", self.consultation.name),
            ("性质", CONSULTATION_KIND_LABELS[kind]),
            ("其期限", f"{last:%Y-%m-%d}" if last else "还没有送达，未起算"),
            ("不答复的", SILENCE[kind]),
        )


class RecordOpinion(_OnConsultation):
    """Record what a consulted party answered, or that it did not."""

    act = Act.RECORD_OPINION
    button = "登记结果"
    position = forms.ChoiceField(
        label="意见",
        widget=forms.RadioSelect,
        choices=[(each.value, label) for each, label in POSITION_LABELS.items()],
    )
    on = day_field("收到答复的日期", help_text="逾期未答复的，填今天。")
    reason = text_field(
        "对方的理由", required=False, help_text="不同意公开的必填；理由是否成立由本机关审查。"
    )
    papers = files_field("书面意见")

    def arrange(self) -> None:
        super().arrange()
        self.fields["on"].initial = self.subject.today

    def perform(self, *, at: datetime) -> str:
        consultations.record_reply(
            self.consultation.pk,
            position=Position(self.cleaned_data["position"]),
            reason=self.cleaned_data["reason"],
            on=self.cleaned_data["on"],
            files=given_files(self.cleaned_data["papers"], kind=PaperKind.OPINION),
            actor=self.subject.actor,
            at=at,
        )
        return f"{self.consultation.name}的意见已登记。"


class TellThirdParty(_OnConsultation):
    """Draft the letter that tells a third party of a disclosure against its will."""

    act = Act.TELL_THIRD_PARTY
    button = "起草公开决定告知书"
    next_steps = (
        "由工作机构负责人签发",
        "送达第三方后，留出几天再向申请人提供，便于第三方寻求救济",
    )

    @classmethod
    def rows(cls, subject: Subject) -> list[Consultation]:
        third_party = ConsultationKind.THIRD_PARTY.value
        return list(subject.case.consultations.filter(kind=third_party, cancelled_at__isnull=True))

    def arrange(self) -> None:
        super().arrange()
        sent = next(
            (
                letter.sent_on.isoformat()
                for letter in self.subject.facts.timeline.consultations
                if letter.id == str(self.consultation.pk)
            ),
            "",
        )
        initial = {"consulted_on": sent, "subject": self.consultation.subject}
        self.fields.update(letter_fields.of_kind(LetterKind.THIRD_PARTY_DECISION, initial=initial))

    def perform(self, *, at: datetime) -> str:
        third_parties.tell_decision(
            self.consultation.pk,
            fields=letter_fields.given(LetterKind.THIRD_PARTY_DECISION, self.cleaned_data),
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return f"告知{self.consultation.name}的公开决定已起草，请送负责人签发。"


class CancelConsultation(_OnConsultation):
    """Call off a consultation whose letter has not gone out."""

    act = Act.CONSULT
    heading = "撤销征求意见"
    button = "撤销"
    reason = text_field("撤销理由")

    def perform(self, *, at: datetime) -> str:
        reason = self.cleaned_data["reason"]
        consultations.cancel(self.consultation.pk, reason=reason, actor=self.subject.actor, at=at)
        return f"对{self.consultation.name}的征求意见已撤销。"
