"""Acts that look beyond one case: merge a duplicate, decide on publishing what several asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms

from requests_app.admin.acts.form import ActForm, text_field
from requests_app.domain.access import Act
from requests_app.domain.ledger import OPEN, STATUS_LABELS, Status
from requests_app.selectors import likenesses
from requests_app.services import merging, publication, splitting


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
        for other, why in (*same, *alike):
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


class Split(ActForm):
    """Cut a letter that asks for several things into several cases."""

    act = Act.SPLIT
    heading = "一事一申请：拆成几件"
    button = "拆分"
    next_steps: ClassVar = (
        "拆出的各件有自己的编号、查询码和回执，收到日期与本件相同，互相关联。",
        "扫描件留在本件；来件原来怎么写的，留在台账里。",
    )

    kept = text_field("本件保留", rows=3)
    parts = text_field(
        "拆成另外几件", rows=6, help_text="一项一段，各段之间空一行；每段成为一件申请。"
    )
    reason = text_field("理由", help_text="例如：三项内容不是一回事，由不同部门办理。")

    def arrange(self) -> None:
        """Begin with what the letter says."""
        self.fields["kept"].initial = self.subject.case.description

    def perform(self, *, at: datetime) -> str:
        given = self.cleaned_data
        made = splitting.split(
            self.subject.case.pk,
            kept=given["kept"],
            parts=re.split(r"\n\s*\n", given["parts"].replace("\r\n", "\n")),
            reason=given["reason"],
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        numbers = "、".join(case.number for case in made)
        return f"已拆出{numbers}，查询码印在各件的登记回执上。"


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
