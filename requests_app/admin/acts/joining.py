"""Acts that look beyond one case: merge a duplicate, decide on publishing what several asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms

from requests_app.admin.acts.form import ActForm, text_field
from requests_app.domain.access import Act
from requests_app.domain.ledger import OPEN, STATUS_LABELS, Status
from requests_app.selectors import likenesses
from requests_app.services import merging, publication


class Merge(ActForm):
    """End a duplicate; the case received first goes on."""

    act = Act.MERGE
    heading = "并入先收到的同一申请"
    button = "并入，本件办结"
    next_steps: ClassVar = (
        "本件以“已并入另一件”办结，不再计算期限，不计入年度报告。",
        "申请人用先收到的那一件的编号和查询码看进展；两件的材料都保留，互相关联。",
    )
    reason_fields: ClassVar[Mapping[str, str]] = {"letters_waiting": "into"}

    into = forms.ChoiceField(label="并入哪一件")
    reason = text_field("理由", help_text="例如：同一申请先网上提交、后又邮寄。")

    def arrange(self) -> None:
        """Offer the open cases of the same person, and those the text says are the same."""
        case, person = self.subject.case, self.subject.actor
        found: dict[int, str] = {}
        alike = [(each.case, f"相似{each.percent}%") for each in likenesses.of(case, actor=person)]
        same = [(each, "同一申请人") for each in likenesses.same_applicant(case, actor=person)]
        for other, why in (*alike, *same):
            if Status(other.status) in OPEN and other.pk not in found:
                words = f"{other.number}　{STATUS_LABELS[Status(other.status)]}　{why}　{other.description[:40]}"
                found[other.pk] = words
        field: Any = self.fields["into"]
        field.choices = [("", "请选择"), *((str(pk), words) for pk, words in found.items())]

    def perform(self, *, at: datetime) -> str:
        given = self.cleaned_data
        merging.merge(
            self.subject.case.pk,
            into_id=int(given["into"]),
            reason=given["reason"],
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return f"{self.subject.case.number}已并入，不再单独办理。"


class DecidePublication(ActForm):
    """Record whether what several people asked for is published unasked (条例 44 ¶1)."""

    act = Act.DECIDE_PUBLICATION
    heading = "决定是否主动公开"
    button = "登记决定"

    publish = forms.ChoiceField(
        label="决定",
        choices=[("yes", "转为主动公开"), ("no", "暂不主动公开")],
        widget=forms.RadioSelect,
    )
    reason = text_field(
        "理由", help_text="可以公开的，为什么公开、由谁在哪里公开；不公开的，为什么。"
    )

    def perform(self, *, at: datetime) -> str:
        given = self.cleaned_data
        publication.decide(
            self.subject.case.pk,
            publish=given["publish"] == "yes",
            reason=given["reason"],
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "决定已登记。"
