"""The period and the end: extend, delay, answer, withdraw, reopen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django import forms
from django.http import QueryDict

from requests_app.admin.acts import letter_fields
from requests_app.admin.acts.form import (
    ActForm,
    Option,
    Subject,
    day_field,
    text_field,
    whole_number,
)
from requests_app.domain import releases as file_rules
from requests_app.domain.access import Act
from requests_app.domain.articles import shortened
from requests_app.domain.conditions import MAX_EXTENSION_WORKING_DAYS
from requests_app.domain.errors import Reason
from requests_app.domain.letters import KINDS, LetterKind
from requests_app.domain.matters import Matter
from requests_app.domain.outcomes import OUTCOMES, Ending, Outcome, OutcomeCode
from requests_app.domain.remedies import REMEDY_LABELS
from requests_app.domain.report_rows import REPORT_GROUP_LABELS, REPORT_ROWS, ReportRow
from requests_app.presenters import what_if as presenter
from requests_app.presenters.what_if import Comparison
from requests_app.selectors import guided_paths, releases, searches, what_if
from requests_app.services import answers, closings, extensions, reasons

_GROUPS: Final[Mapping[str, tuple[OutcomeCode, ...]]] = {
    "公开": (OutcomeCode.DISCLOSED, OutcomeCode.PARTIAL, OutcomeCode.ALREADY_PUBLIC, OutcomeCode.PUBLICATION),
    "不予公开": (
        OutcomeCode.CLASSIFIED, OutcomeCode.BANNED, OutcomeCode.SAFETY, OutcomeCode.THIRD_PARTY,
        OutcomeCode.INTERNAL, OutcomeCode.PROCESS, OutcomeCode.ENFORCEMENT,
    ),
    "无法提供": (
        OutcomeCode.NOT_EXIST, OutcomeCode.NOT_OURS, OutcomeCode.NEEDS_PROCESSING, OutcomeCode.STILL_UNCLEAR,
        OutcomeCode.OTHER_LAW,
    ),
    "不予处理及其他": (
        OutcomeCode.PETITION, OutcomeCode.REPEATED, OutcomeCode.EXCESSIVE, OutcomeCode.RECONFIRMATION,
        OutcomeCode.OTHER,
    ),
}  # fmt: skip
#: What an application to put an own record right is answered with (条例 41).
_AMENDMENT_GROUPS: Final[Mapping[str, tuple[OutcomeCode, ...]]] = {
    "本机关有权更正": (OutcomeCode.AMENDED, OutcomeCode.AMENDMENT_REFUSED),
    "本机关无权更正": (OutcomeCode.AMENDMENT_PASSED_ON, OutcomeCode.AMENDMENT_ELSEWHERE),
}
_GROUPS_OF: Final[Mapping[Matter, Mapping[str, tuple[OutcomeCode, ...]]]] = {
    Matter.DISCLOSURE: _GROUPS,
    Matter.AMENDMENT: _AMENDMENT_GROUPS,
}


class Extend(ActForm):
    """Draft the extension notice."""

    act = Act.EXTEND
    button = "起草延期告知书"
    next_steps = (
        "送工作机构负责人签发，取得文号",
        "文件制成后发出；线上获取的自动告知",
        "在原期限当日以前告知申请人，期限才延长；迟了不生效",
    )

    def arrange(self) -> None:
        most = MAX_EXTENSION_WORKING_DAYS
        initial = {"days": self.asked.get("days", str(most))}
        self.fields.update(letter_fields.of_kind(LetterKind.EXTENSION, initial=initial))

    def comparison(self) -> Comparison | None:
        days = whole_number(self.data.get("days") or self.fields["days"].initial) or 0
        if not 1 <= days <= MAX_EXTENSION_WORKING_DAYS:
            return None
        found = what_if.extension(self.subject.case, days=days, today=self.subject.today)
        return presenter.extension(found, days=days)

    def perform(self, *, at: datetime) -> str:
        extensions.request(
            self.subject.case.pk,
            days=self.cleaned_data["days"],
            reason=self.cleaned_data["reason"],
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "延期告知书已起草，请送负责人签发。"


class Delay(ActForm):
    """Draft the notice of a later day under article 35."""

    act = Act.DELAY
    button = "起草延迟答复告知书"
    next_steps = ("由工作机构负责人签发", "在答复期限内告知申请人才有效")

    def arrange(self) -> None:
        self.fields.update(letter_fields.of_kind(LetterKind.DELAY))

    def perform(self, *, at: datetime) -> str:
        reasons.delay(
            self.subject.case.pk,
            until=self.cleaned_data["until"],
            fields=letter_fields.given(LetterKind.DELAY, self.cleaned_data),
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "延迟答复告知书已起草，请送负责人签发。"


class Answer(ActForm):
    """Draft the answer of one outcome."""

    act = Act.ANSWER
    button = "起草答复"
    next_steps = (
        "送工作机构负责人签发，取得文号",
        "文件制成后发出，期限以发出为止",
        "登记送达凭据",
    )

    @classmethod
    def options(cls, subject: Subject, *, asked: QueryDict) -> Mapping[str, Sequence[Option]]:
        if asked.get("outcome") in _answers(subject.facts.matter):
            return {}
        return {
            heading: [
                Option(
                    OUTCOMES[code].label,
                    f"?outcome={code.value}",
                    _articles(OUTCOMES[code]),
                )
                for code in codes
            ]
            for heading, codes in _GROUPS_OF[subject.facts.matter].items()
        }

    def arrange(self) -> None:
        self.outcome = OUTCOMES[OutcomeCode(self.chosen("outcome"))]
        self.fields.update(letter_fields.of_outcome(self.outcome))
        files = releases.prepared(self.subject.case)
        if self.outcome.code in file_rules.HANDING_OVER and files:
            self.fields["provided"].initial = "\n".join(each.name for each in files)
            self.fields["page_count"].initial = file_rules.pages(files)
            letter_fields.relax_parts(self.fields, files)
        if self.outcome.matter is Matter.AMENDMENT:
            # As the applicant wrote them; the clerk may shorten, the file keeps the whole.
            self.fields["record_name"].initial = self.subject.case.document_name
            self.fields["wrong_content"].initial = self.subject.case.description

        if self.outcome.code is OutcomeCode.NOT_EXIST:
            # What the log says; the clerk may put it into better words.
            for name, value in searches.quote(self.subject.case).items():
                self.fields[name].initial = value

    def remarks(self) -> Sequence[Reason]:
        return guided_paths.against_outcome(self.subject.case, self.outcome.code.value)

    def facts(self) -> Sequence[tuple[str, str]]:
        row = self.outcome
        shown = [
            ("结果", row.label),
            ("条款", _articles(row)),
            ("文书", KINDS[row.letter_kind].title),
            ("救济", REMEDY_LABELS[row.remedies]),
            ("年报计入", _report_row(row.report_row)),
            ("留存要求", "；".join(need.label for need in row.required_fields) or "无"),
        ]
        files = releases.prepared(self.subject.case)
        shown += [("提供的文件", each.listed) for each in files]
        shown += [("登记的遮盖", told) for told in file_rules.places(files)]
        if row.discretionary:
            shown.append(("注意", "第十六条是“可以不予公开”，理由要写明为什么不公开。"))
        return shown

    def perform(self, *, at: datetime) -> str:
        answers.draft(
            self.subject.case.pk,
            outcome=self.outcome.code,
            fields=letter_fields.given(self.outcome.letter_kind, self.cleaned_data),
            actor=self.subject.actor,
            at=at,
            seen_version=self.seen,
        )
        return "答复已起草，请核对后送负责人签发。"


def _answers(matter: Matter) -> frozenset[str]:
    """Return the outcomes by which a case of this type can be answered."""
    return frozenset(
        code.value
        for code, row in OUTCOMES.items()
        if row.ending is Ending.ANSWERED and row.matter is matter
    )


def _articles(row: Outcome) -> str:
    """Name the articles of an outcome, the regulation by its short name."""
    return "、".join(shortened(article) for article in row.articles)


def _report_row(row: ReportRow | None) -> str:
    if row is None:
        return "不计入（表三只计公开申请）"
    line = next(line for line in REPORT_ROWS if line.row is row)
    return f"{REPORT_GROUP_LABELS[line.group]} {line.label}"


class Withdraw(ActForm):
    """Record the applicant's withdrawal."""

    act = Act.WITHDRAW
    button = "登记撤回"
    on = day_field("撤回日期")
    reason = text_field("怎样表示的", help_text="书面、电话或者当面；谁接的，怎样核实身份。")
    next_steps = ("没有发出的文书作废", "自动制发撤回申请确认书")

    def arrange(self) -> None:
        self.fields["on"].initial = self.subject.today

    def perform(self, *, at: datetime) -> str:
        closings.withdraw(
            self.subject.case.pk,
            on=self.cleaned_data["on"],
            reason=self.cleaned_data["reason"],
            actor=self.subject.actor,
            at=at,
        )
        return "撤回已登记，确认书正在制作。"


class Reopen(ActForm):
    """Open the case again after a review decision or judgment."""

    act = Act.REOPEN
    button = "重新办理"
    on = day_field("决定书、判决书送达本机关的日期")
    decision = forms.CharField(label="决定书、判决书文号", max_length=120)
    decided_on = day_field(
        "决定书、判决书的日期", help_text="写在决定书、判决书上的日期；再次答复时印出。"
    )
    days = forms.IntegerField(
        label="决定的期限（工作日）",
        required=False,
        min_value=1,
        help_text="按天数写的填这里；没有写期限的都不填，按20个工作日。",
    )
    until = day_field("决定的期限（日期）", required=False, help_text="按日期写的填这里。")

    def arrange(self) -> None:
        # What the page of the review or suit already knows comes along in the address.
        self.fields["on"].initial = self.chosen("on") or self.subject.today
        self.fields["decision"].initial = self.chosen("decision")
        self.fields["days"].initial = self.chosen("days")

    def perform(self, *, at: datetime) -> str:
        closings.reopen(
            self.subject.case.pk,
            on=self.cleaned_data["on"],
            decision=self.cleaned_data["decision"],
            decided_on=self.cleaned_data["decided_on"],
            days=self.cleaned_data["days"],
            until=self.cleaned_data["until"],
            actor=self.subject.actor,
            at=at,
        )
        return "已重新办理，新的期限已经开始计算。"
