"""Open a case for one act: lock, load facts, check; on the way out, refresh what is derived.

Every service that changes a case goes through ``opened``. It is the one place where a row is
locked and where the domain is asked, so no act can slip past either.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from requests_app.domain import workflow
from requests_app.domain.access import SYSTEM, Act, Actor
from requests_app.domain.case_facts import CaseFacts
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.models import Case, Letter
from requests_app.selectors import cases, facts, reviews
from requests_app.services import projections


class Conflict(Refused):
    """Somebody else changed the case since the page was opened; nothing was written."""


@dataclass(frozen=True)
class OpenCase:
    """A locked case, its facts, and who does what to it when."""

    case: Case
    facts: CaseFacts
    actor: Actor
    at: datetime

    @property
    def today(self) -> date:
        """Return the day of the act in the office's time zone."""
        return local_day(self.at)


def local_day(at: datetime) -> date:
    """Return the day ``at`` falls on in the office's time zone (Asia/Shanghai)."""
    return timezone.localtime(at).date()


def lock(case_id: int, *, actor: Actor, seen_version: int | None = None) -> Case:
    """Lock and return a case; refuse when it is not the actor's or has changed since it was seen."""
    visible = Case.objects.all() if actor is SYSTEM else cases.visible_to(actor)
    try:
        case = visible.select_for_update().get(pk=case_id)
    except Case.DoesNotExist:
        raise Refused.because("no_such_case", "没有这件申请，或者不属于您的办理范围。") from None
    if seen_version is not None and case.version != seen_version:
        raise Conflict.because(
            "conflict", "这件申请刚被他人办理过，请看最新情况后再办。您填写的内容还在。"
        )
    return case


@contextmanager
def opened(
    case_id: int,
    *,
    act: Act,
    actor: Actor,
    at: datetime,
    on: date | None = None,
    override_reason: str = "",
    seen_version: int | None = None,
) -> Iterator[OpenCase]:
    """Open a case for ``act``, judged as of ``on`` (the day of ``at`` unless it is recorded later).

    Refuses with every reason against the act. A reason that a written explanation overcomes is
    passed when ``override_reason`` is given.
    """
    with transaction.atomic():
        case = lock(case_id, actor=actor, seen_version=seen_version)
        day = on or local_day(at)
        check_day(day, case=case, today=local_day(at))
        loaded = facts.load(case, today=day)
        verdict = workflow.check(act, facts=loaded, actor=actor)
        if not (verdict.needs_override and override_reason.strip()):
            refuse_if_any(verdict.reasons)
        yield OpenCase(case, loaded, actor, at)
        projections.refresh(case, today=local_day(at), by_machine=actor is SYSTEM)


@contextmanager
def opened_letter(
    letter_id: int,
    *,
    act: Act,
    actor: Actor,
    at: datetime,
    on: date | None = None,
    seen_version: int | None = None,
) -> Iterator[tuple[OpenCase, Letter]]:
    """Open a letter's case for an act on that letter, judged as of ``on``."""
    with transaction.atomic():
        try:
            case_id = Letter.objects.values_list("case_id", flat=True).get(pk=letter_id)
        except Letter.DoesNotExist:
            raise Refused.because("no_such_letter", "没有这份文书。") from None
        case = lock(case_id, actor=actor, seen_version=seen_version)
        letter = Letter.objects.select_related("consultation").get(pk=letter_id)
        day = on or local_day(at)
        check_day(day, case=case, today=local_day(at))
        loaded = facts.load(case, today=day)
        verdict = workflow.check_letter(
            act, letter=reviews.letter_fact(letter, today=day), facts=loaded, actor=actor
        )
        refuse_if_any(verdict.reasons)
        yield OpenCase(case, loaded, actor, at), letter
        projections.refresh(case, today=local_day(at), by_machine=actor is SYSTEM)


def check_day(day: date, *, case: Case, today: date) -> None:
    """Refuse a day that cannot be: after today, or before the application was received."""
    if day > today:
        raise Refused.because("day_in_future", f"日期{day}晚于今天，不能登记还没有发生的事。")
    if day < case.received_on:
        raise Refused.because(
            "day_before_receipt", f"日期{day}早于收到申请之日（{case.received_on}）。"
        )


def require_text(value: str, *, code: str, sentence: str, citation: str = "") -> str:
    """Return ``value`` without outer spaces; refuse when nothing is left."""
    kept = value.strip()
    refuse_if_any(() if kept else (Reason(code, sentence, citation),))
    return kept


def refuse_too_long(*rows: models.Model | None) -> None:
    """Refuse texts longer than their column, and the one character no database keeps.

    PostgreSQL would answer either with an error page; SQLite would take what later moves nowhere.
    """
    refuse_if_any(
        tuple(
            reason
            for row in rows
            if row is not None
            for field in row._meta.concrete_fields
            for reason in _about_text(field, value=getattr(row, field.attname))
        )
    )


def _about_text(field: models.Field[Any, Any], *, value: object) -> tuple[Reason, ...]:
    if "\\u0000" in json.dumps(value, default=str):
        return (Reason(field.name, f"“{field.verbose_name}”里有不能保存的控制字符，请删去再填。"),)
    longest = field.max_length
    if longest is None or not isinstance(value, str) or len(value) <= longest:
        return ()
    sentence = f"“{field.verbose_name}”最多{longest}字，现在是{len(value)}字。"
    return (Reason(field.name, sentence),)
