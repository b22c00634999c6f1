"""Putting mistakes right: void an entry, correct the day of receipt. Nothing is ever edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.http import QueryDict

from requests_app.admin.acts.form import (
    ActForm,
    Option,
    Subject,
    day_field,
    text_field,
    whole_number,
)
from requests_app.domain import ledger
from requests_app.domain.access import Act
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import ENTRY_LABELS, Entry
from requests_app.presenters import what_if as presenter
from requests_app.presenters.what_if import Comparison
from requests_app.selectors import facts, what_if
from requests_app.services import entries, receipts


class VoidEntry(ActForm):
    """Void an entry that was wrong, after a look at what that changes."""

    act = Act.VOID_EVENT
    button = "作废这一条"
    reason = text_field("作废理由")

    @classmethod
    def options(cls, subject: Subject, *, asked: QueryDict) -> Mapping[str, Sequence[Option]]:
        standing = [
            entry
            for entry in ledger.standing(facts.entries(subject.case))
            if entry.entry is not Entry.RECEIVED and entry.entry not in entries.MADE_BY_A_LETTER
        ]
        if whole_number(asked.get("seq", "")) is not None:
            return {}
        return {
            "先选要作废的事项": [
                Option(f"{entry.on} {ENTRY_LABELS[entry.entry]}", f"?seq={entry.seq}")
                for entry in standing
            ]
        }

    def arrange(self) -> None:
        self.seq = int(self.chosen("seq"))
        self.found: entries.VoidPreview | None = None
        self.against: Refused | None = None
        try:
            self.found = entries.preview_void(
                self.subject.case.pk, seq=self.seq, today=self.subject.today
            )
        except Refused as refusal:
            self.against = refusal

    def facts(self) -> Sequence[tuple[str, str]]:
        if self.found is None:
            return (("不能作废", str(self.against)),)
        depending = "、".join(
            f"{each.on} {ENTRY_LABELS[each.entry]}" for each in self.found.dependents
        )
        entry = self.found.entry
        return (
            ("事项", f"{entry.on} {ENTRY_LABELS[entry.entry]}"),
            ("以它为前提的", f"{depending}，请先作废" if depending else "没有"),
        )

    def comparison(self) -> Comparison | None:
        if self.found is None:
            return None
        return presenter.voiding(self.found.before, self.found.after)

    def perform(self, *, at: datetime) -> str:
        entries.void(
            self.subject.case.pk,
            seq=self.seq,
            reason=self.cleaned_data["reason"],
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "这一条已作废，期限已重新计算。"


class CorrectReceipt(ActForm):
    """Enter the right day of receipt; the wrong one stays readable."""

    act = Act.VOID_EVENT
    heading = "更正收到日期"
    button = "更正收到日期"
    on = day_field(
        "正确的收到日期", help_text="依渠道确定（条例第三十一条），以签收、确认的凭据为准。"
    )
    reason = text_field("更正理由", help_text="写明凭据，以及原来为什么登记错了。")
    next_steps = (
        "原来的收到日期保留可查，不再计算",
        "期限按新的日期重新推算",
        "向申请人重新出具登记回执",
    )

    def facts(self) -> Sequence[tuple[str, str]]:
        return (("现在的收到日期", f"{self.subject.case.received_on:%Y-%m-%d}"),)

    def comparison(self) -> Comparison | None:
        try:
            on = date.fromisoformat(str(self.data.get("on", "")))
            found = what_if.receipt(self.subject.case, on=on, today=self.subject.today)
        except (ValueError, Refused):
            return None  # not a day the clock can take; the form or the service says why
        return presenter.voiding(found.before, found.after)

    def perform(self, *, at: datetime) -> str:
        receipts.correct(
            self.subject.case.pk,
            on=self.cleaned_data["on"],
            reason=self.cleaned_data["reason"],
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "收到日期已更正，期限已重新计算，新的回执正在制作。"
