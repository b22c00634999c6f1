"""Give a lost query code back: by a one-time code to the contact the case knows, or at the counter.

What is asked from outside is answered in the same words whether the case exists or not. The
one-time code is derived and kept nowhere in clear; every step is written into the access log. A
new query code voids the old one (ADR 7).
"""

from __future__ import annotations

import hmac
import re
import unicodedata
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Q

from requests_app.adapters import crypto
from requests_app.domain import message_texts
from requests_app.domain.access import APPLICANT, Act, Actor
from requests_app.domain.errors import Refused
from requests_app.models import Case, CodeRecovery
from requests_app.models.messages import MessageChannel
from requests_app.selectors import offices
from requests_app.services import access_log, case_file, messages, query_codes

VALID_FOR: Final = timedelta(minutes=10)
MAX_ATTEMPTS: Final = 5
PER_HOUR: Final = 3
PER_DAY: Final = 6

_WRONG: Final = "验证码不对，或者已经过了时间。请核对，或者重新获取。"


@dataclass(frozen=True)
class Recovered:
    """The case and its new query code, to be shown once."""

    case: Case
    query_code: str = field(repr=False)


def ask(*, number: str, contact: str, at: datetime) -> uuid.UUID | None:
    """Send a one-time code if ``contact`` stands in the application; return the key of the attempt.

    The first applicant's mail or mobile; or the mobile of one who applies together, of the guardian
    or of the agent, each of whom may follow the case.

    None where there is nobody to send to, or the case has had enough codes for now; the caller
    says the same either way.
    """
    with transaction.atomic():
        found = _find(number=number, contact=contact)
        if found is None:
            return None
        case, channel, to = found
        locked = Case.objects.select_for_update().get(pk=case.pk)
        if not _may_send(locked, at=at):
            _record(locked, what="找回查询码", reason="次数过多，没有发送验证码", at=at)
            return None
        key = uuid.uuid4()
        office = messages.office_words(offices.settings(on=case_file.local_day(at)))
        minutes = VALID_FOR // timedelta(minutes=1)
        mail = message_texts.one_time_code(minutes=minutes, office=office)
        sms = channel is MessageChannel.SMS
        message = messages.owe(
            locked,
            key=f"code_recovery:{key}",
            channel=channel,
            to=to,
            subject="" if sms else mail.subject,
            body=message_texts.one_time_code_sms(minutes=minutes) if sms else mail.body,
            at=at,
        )
        CodeRecovery.objects.create(
            case=locked, key=key, message=message, asked_at=at, expires_at=at + VALID_FOR
        )
        _record(locked, what="找回查询码", reason="向登记的联系方式发送验证码", at=at)
        return key


def redeem(key: uuid.UUID | None, *, typed: str, at: datetime) -> Recovered:
    """Exchange the right one-time code for a new query code; the old one is void from now.

    Refuses, always in the same words, what is wrong, used, too late or tried too often; each
    wrong try counts, also when somebody tries many at once.
    """
    plain = unicodedata.normalize("NFKC", typed)  # full-width digits are digits too
    digits = "".join(each for each in plain if each in "0123456789")
    attempt = key or uuid.UUID(int=0)  # nobody's
    claimed = CodeRecovery.objects.filter(
        key=attempt, used_at__isnull=True, expires_at__gte=at, attempts__lt=MAX_ATTEMPTS
    ).update(attempts=F("attempts") + 1)
    # Compared also where there is nothing to compare with, so that time tells nothing.
    right = hmac.compare_digest(crypto.one_time_code(attempt), digits)
    if not claimed or not right:
        if (tried := CodeRecovery.objects.filter(key=attempt).first()) is not None:
            _record(tried.case, what="找回查询码", reason="验证码不对或者已经失效", at=at)
        raise Refused.because("code", _WRONG)
    with transaction.atomic():
        recovery = CodeRecovery.objects.select_for_update().get(key=attempt)
        if recovery.used_at is not None:
            raise Refused.because("code", _WRONG)
        recovery.used_at = at
        recovery.save(update_fields=["used_at"])
        case = Case.objects.select_for_update().get(pk=recovery.case_id)
        code = query_codes.replace(case)
        _record(case, what="找回查询码", reason="验证码相符，换发新的查询码", at=at)
        return Recovered(case, code)


def reissue_at_counter(case_id: int, *, reason: str, actor: Actor, at: datetime) -> Recovered:
    """Give a new query code to whoever showed their papers at the counter, with the reason kept."""
    with case_file.opened(case_id, act=Act.REISSUE_CODE, actor=actor, at=at) as file:
        kept = case_file.require_text(
            reason, code="reason", sentence="请写明怎样核验的身份、谁来办的。"
        )
        access_log.keep(file.case.pk, what="重发查询码", reason=kept, actor=actor, at=at)
        return Recovered(file.case, query_codes.replace(file.case))


def _find(*, number: str, contact: str) -> tuple[Case, MessageChannel, str] | None:
    typed = number.strip()
    candidates = Case.objects.filter(Q(number=typed) | Q(former_number=typed))
    people = candidates.select_related("applicant", "guardian", "agent")
    for case in people.prefetch_related("co_applicants"):
        if (reached := _reached(case, contact=contact)) is not None:
            return (case, *reached)
    return None


def _reached(case: Case, *, contact: str) -> tuple[MessageChannel, str] | None:
    """Return the way to who asks if ``contact`` is one the case was filed with."""
    email = case.applicant.email
    if "@" in contact:
        same = email.casefold() == contact.strip().casefold()
        return (MessageChannel.EMAIL, email) if email and same else None
    typed = messages.mobile_number(re.sub(r"[^\d+]", "", contact))
    known = {messages.mobile_number(phone) for phone in _phones(case)}
    return (MessageChannel.SMS, typed) if typed and typed in known else None


def _phones(case: Case) -> Iterator[str]:
    """Give the telephones of everybody who may follow the case."""
    yield case.applicant.phone
    for partner in case.co_applicants.all():
        yield partner.phone
    for other in (case.guardian, case.agent):
        if other is not None:
            yield other.phone


def _may_send(case: Case, *, at: datetime) -> bool:
    sent = CodeRecovery.objects.filter(case=case)
    return (
        sent.filter(asked_at__gt=at - timedelta(hours=1)).count() < PER_HOUR
        and sent.filter(asked_at__gt=at - timedelta(days=1)).count() < PER_DAY
    )


def _record(case: Case, *, what: str, reason: str, at: datetime) -> None:
    access_log.keep(case.pk, what=what, reason=reason, actor=APPLICANT, at=at)
