"""Legal and secrecy review: ask for it, give the opinion, say how an opinion was met."""

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
from requests_app.domain.letters import KINDS, LetterKind
from requests_app.domain.papers import PaperKind
from requests_app.domain.reviews import (
    REVIEW_KIND_LABELS,
    REVIEW_VERDICT_LABELS,
    ReviewKind,
    ReviewVerdict,
)
from requests_app.models import Review
from requests_app.presenters import reviews as presenter
from requests_app.selectors import reviews as selector
from requests_app.services import reviews


class AskReview(ActForm):
    """Send a draft answer to the reviewers."""

    act = Act.ASK_REVIEW
    button = "送审"
    kinds = forms.MultipleChoiceField(
        label="送哪一种审查",
        choices=[(kind.value, label) for kind, label in REVIEW_KIND_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    question = text_field("请审查什么", required=False, help_text="可以不填；拿不准的写在这里。")
    next_steps = (
        "审查人员在“待我意见”里看到",
        "意见提出以前不能签发；草稿改动以后要重新送审",
        "不同意、要修改的，说明怎样处理以后才能签发",
    )

    def arrange(self) -> None:
        self.letter = selector.unsigned_answer(self.subject.case)
        if self.letter is not None:
            known = selector.of_letter(self.letter, today=self.subject.today)
            self.fields["kinds"].initial = [kind.value for kind in known.required]

    def facts(self) -> Sequence[tuple[str, str]]:
        if self.letter is None:
            return ()
        known = selector.of_letter(self.letter, today=self.subject.today)
        needed = "、".join(
            REVIEW_KIND_LABELS[kind] for kind in ReviewKind if kind in known.required
        )
        label = KINDS[LetterKind(self.letter.kind)].label
        return (("草稿", label), ("签发前必须", needed or "没有，可以自愿送审"))

    def perform(self, *, at: datetime) -> str:
        asked = reviews.ask(
            self.letter.pk if self.letter is not None else 0,
            kinds=[ReviewKind(code) for code in self.cleaned_data["kinds"]],
            question=self.cleaned_data["question"],
            actor=self.subject.actor,
            at=at,
        )
        return f"已送审：{'、'.join(str(row.get_kind_display()) for row in asked)}。"


class _OfOneReview(ActForm):
    """A form about one review, chosen in the address."""

    @classmethod
    def options(cls, subject: Subject, *, asked: QueryDict) -> Mapping[str, Sequence[Option]]:
        rows = [row for row in selector.of_case(subject.case) if cls.fits(row)]
        if any(str(row.pk) == asked.get("review") for row in rows):
            return {}
        return {
            "请选择": [
                Option(
                    REVIEW_KIND_LABELS[ReviewKind(row.kind)],
                    f"?review={row.pk}",
                    KINDS[LetterKind(row.letter.kind)].label,
                )
                for row in rows
            ]
        }

    @classmethod
    def fits(cls, row: Review) -> bool:
        """Tell whether the act can be about this review."""
        raise NotImplementedError(f"{cls.__name__} fits nothing")

    @property
    def review_id(self) -> int:
        """Return which review was chosen."""
        return whole_number(self.chosen("review")) or 0

    def facts(self) -> Sequence[tuple[str, str]]:
        row = selector.of_case(self.subject.case).get(pk=self.review_id)
        return presenter.facts(row)


class GiveReview(_OfOneReview):
    """The reviewer's opinion on a draft."""

    act = Act.GIVE_REVIEW
    button = "提出意见"
    reason_fields: ClassVar[Mapping[str, str]] = {"reasons": "reasons"}
    verdict = forms.ChoiceField(
        label="意见",
        choices=[(code.value, label) for code, label in REVIEW_VERDICT_LABELS.items()],
        widget=forms.RadioSelect,
    )
    reasons = text_field(
        "理由、修改意见",
        required=False,
        rows=6,
        help_text="不同意、要修改的必填：哪一处、依据哪一条、怎样改。",
    )
    papers = files_field("附上的材料")
    next_steps = ("记入案卷和办理单", "草稿或者拟提供的文件以后再改，要重新审查")

    @classmethod
    def fits(cls, row: Review) -> bool:
        return not row.verdict

    def perform(self, *, at: datetime) -> str:
        row = reviews.give(
            self.review_id,
            verdict=ReviewVerdict(self.cleaned_data["verdict"]),
            reasons=self.cleaned_data["reasons"],
            files=given_files(self.cleaned_data["papers"], kind=PaperKind.OPINION),
            actor=self.subject.actor,
            at=at,
        )
        return f"{row.get_kind_display()}意见已记入案卷。"


class AnswerReview(_OfOneReview):
    """Say how an opinion that does not agree was met."""

    act = Act.ANSWER_REVIEW
    button = "记下"
    text = text_field(
        "怎样处理、理由", help_text="采纳的写改了哪里；不采纳的写为什么。记入办理单。"
    )

    @classmethod
    def fits(cls, row: Review) -> bool:
        return row.verdict not in {"", ReviewVerdict.CONSENT.value} and not row.answer

    def perform(self, *, at: datetime) -> str:
        reviews.answer(
            self.review_id, text=self.cleaned_data["text"], actor=self.subject.actor, at=at
        )
        return "对审查意见的处理已记入案卷。"
