"""Send letters out and prove that they arrived; write what that means in law into the ledger.

Which entry a letter's dispatch or arrival makes is one table. "Answered in time" counts the day
of dispatch, and only with its proof; the applicant's own periods count from arrival.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from requests_app.adapters import storage
from requests_app.domain.access import APPLICANT, SYSTEM, Act, Actor
from requests_app.domain.application import WayWanted
from requests_app.domain.articles import ART_33_2
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.delivery import AUTOMATIC, POST, DeliveryWay
from requests_app.domain.errors import Refused
from requests_app.domain.explain import day_words
from requests_app.domain.ledger import Entry, Status
from requests_app.domain.letters import LetterKind
from requests_app.domain.message_texts import MessageEvent
from requests_app.domain.workflow import check_letter
from requests_app.models import Case, Delivery, Letter
from requests_app.selectors import facts, letter_values
from requests_app.services import case_file, entries, messages, signing
from requests_app.services.case_file import OpenCase

#: EMS and registered numbers: two letters, nine digits, two letters (UPU S10); domestic EMS: 13 digits.
_TRACKING: Final = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}|[0-9]{13}")


@dataclass(frozen=True)
class _Meaning:
    """What dispatch and arrival of a letter mean in law, and whom they are told."""

    sent: Entry
    arrived: Entry
    message: MessageEvent | None = None


_MEANINGS: Final[Mapping[Act, _Meaning]] = {
    Act.REGISTER: _Meaning(Entry.LETTER_DISPATCHED, Entry.LETTER_DELIVERED),
    Act.ASK_CORRECTION: _Meaning(
        Entry.CORRECTION_REQUESTED, Entry.CORRECTION_DELIVERED, MessageEvent.CORRECTION
    ),
    Act.CONSULT: _Meaning(Entry.CONSULT_SENT, Entry.CONSULT_DELIVERED),
    Act.EXTEND: _Meaning(
        Entry.EXTENSION_NOTIFIED, Entry.EXTENSION_DELIVERED, MessageEvent.EXTENSION
    ),
    Act.CHARGE_FEE: _Meaning(Entry.FEE_NOTICE, Entry.FEE_NOTICE_DELIVERED, MessageEvent.FEE),
    Act.ASK_REASONS: _Meaning(Entry.REASONS_ASKED, Entry.LETTER_DELIVERED, MessageEvent.REASONS),
    Act.DELAY: _Meaning(Entry.DELAYED, Entry.LETTER_DELIVERED, MessageEvent.EXTENSION),
    Act.ANSWER: _Meaning(Entry.REPLIED, Entry.ANSWER_DELIVERED, MessageEvent.ANSWER),
    Act.CONFIRM_LAPSE: _Meaning(Entry.LAPSED, Entry.LETTER_DELIVERED, MessageEvent.NOTICE),
    Act.WITHDRAW: _Meaning(Entry.LETTER_DISPATCHED, Entry.LETTER_DELIVERED, MessageEvent.NOTICE),
    Act.WITHDRAW_FEE: _Meaning(
        Entry.LETTER_DISPATCHED, Entry.LETTER_DELIVERED, MessageEvent.NOTICE
    ),
    Act.TELL_APPLICANT: _Meaning(
        Entry.LETTER_DISPATCHED, Entry.LETTER_DELIVERED, MessageEvent.NOTICE
    ),
}

_OTHER: Final = _Meaning(Entry.LETTER_DISPATCHED, Entry.LETTER_DELIVERED)

#: What has gone out; nothing else is anybody's to read outside the office.
_OUT: Final = frozenset({LetterStatus.DISPATCHED.value, LetterStatus.DELIVERED.value})

#: The proof a download leaves.
FETCHED: Final = "申请人凭查询码下载"
#: The proof an acknowledgement leaves.
ACKNOWLEDGED: Final = "申请人凭查询码在网上确认收到"

_WAY_OF: Final[Mapping[WayWanted, DeliveryWay | None]] = {
    WayWanted.ONLINE: DeliveryWay.ONLINE,
    WayWanted.EMAIL: DeliveryWay.EMAIL,
    WayWanted.POST: None,
    WayWanted.COLLECT: None,
    WayWanted.READ_ON_SITE: None,
    WayWanted.FAX: None,
}


def dispatch(
    letter_id: int,
    *,
    way: DeliveryWay,
    on: date,
    tracking_number: str = "",
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Delivery:
    """Record that a finished letter went out on ``on``, by post with its number.

    Judged as of ``on``, because a letter posted on the last day may be entered a day later; but
    never before the day its file was made, or a late answer could be made to look in time.
    """
    with case_file.opened_letter(
        letter_id, act=Act.DISPATCH, actor=actor, at=at, on=on, seen_version=seen_version
    ) as (file, letter):
        made_on = case_file.local_day(letter.issued_at) if letter.issued_at else on
        if on < made_on:
            raise Refused.because(
                "dispatched_before_made", f"发出日期不能早于文书制成之日（{made_on}）。"
            )
        if moved_to := _names_a_moved_day(letter, on=on):
            sentence = (
                f"签发以后期限有变动，延长后的最后一天现在是{moved_to}，和告知书写的不一致。"
                "请作废这份告知书，重新起草。"
            )
            raise Refused.because("moved_day", sentence, ART_33_2)
        return _dispatch(file, letter, way=way, on=on, tracking_number=tracking_number)


def dispatch_if_automatic(case: Case, letter: Letter, *, at: datetime) -> Delivery | None:
    """Dispatch a letter to the applicant at once when it goes out on the status page or by e-mail.

    A letter whose time has gone by while it was being made is left for a person to decide.
    """
    way = _automatic_way(case, letter)
    if way is None:
        return None
    today = case_file.local_day(at)
    loaded = facts.load(case, today=today)
    verdict = check_letter(
        Act.DISPATCH, letter=facts.letter_fact(letter), facts=loaded, actor=SYSTEM
    )
    if not verdict.allowed or _names_a_moved_day(letter, on=today):
        return None
    return _dispatch(
        OpenCase(case, loaded, SYSTEM, at), letter, way=way, on=today, tracking_number=""
    )


def confirm(
    letter_id: int,
    *,
    on: date,
    proof: str,
    received_by: str = "",
    actor: Actor,
    at: datetime,
) -> Delivery:
    """Record that a letter arrived on ``on``, and what proves it."""
    with case_file.opened_letter(
        letter_id, act=Act.CONFIRM_DELIVERY, actor=actor, at=at, on=on
    ) as (file, letter):
        kept = case_file.require_text(
            proof, code="proof", sentence="请写明送达凭据，如回执单号、签收照片、下载记录。"
        )
        return _confirm(file, letter, on=on, proof=kept, received_by=received_by)


def fetch(letter_id: int, *, case_id: int, at: datetime) -> bytes:
    """Hand a letter that went out to its applicant; the first fetch is the proof that it arrived.

    ``case_id`` is the case the applicant opened by number and code: a letter of another case, one
    not addressed to the applicant, one that has not gone out or was voided, is not found.
    """
    letter = Letter.objects.filter(pk=letter_id, case_id=case_id, status__in=_OUT).first()
    if letter is None or not for_applicant(letter):
        raise Refused.because("no_such_letter", "没有这份文书，或者它还没有发出。")
    content = storage.read_file(letter.path, sha256=letter.sha256)
    if letter.status == LetterStatus.DISPATCHED:
        prove_fetched(letter, at=at)
    return content


def acknowledge(letter_id: int, *, case_id: int, at: datetime) -> None:
    """Record that the applicant says a letter has arrived, by whatever way it was sent.

    That is the record of its service (ADR 16). Saying so twice is saying so once.
    """
    letter = Letter.objects.filter(pk=letter_id, case_id=case_id, status__in=_OUT).first()
    if letter is None or not for_applicant(letter):
        raise Refused.because("no_such_letter", "没有这份文书，或者它还没有发出。")
    if letter.status == LetterStatus.DISPATCHED:
        prove_fetched(letter, at=at, proof=ACKNOWLEDGED)


def prove_fetched(letter: Letter, *, at: datetime, proof: str = FETCHED) -> None:
    """Record the first fetch; a second one at the same moment finds it recorded.

    The ledger of an archived case takes no more entries; its letters can still be read.
    """
    with transaction.atomic():
        case = case_file.lock(letter.case_id, actor=APPLICANT)
        letter.refresh_from_db()
        if letter.status != LetterStatus.DISPATCHED or case.status == Status.ARCHIVED:
            return
        with case_file.opened_letter(
            letter.pk, act=Act.CONFIRM_DELIVERY, actor=APPLICANT, at=at
        ) as (file, locked):
            _confirm(file, locked, on=file.today, proof=proof, received_by="申请人")


def for_applicant(letter: Letter) -> bool:
    """Tell whether a letter is addressed to the applicant and so may be shown to them."""
    return Act(letter.act) not in {Act.CONSULT, Act.TELL_THIRD_PARTY}


def _automatic_way(case: Case, letter: Letter) -> DeliveryWay | None:
    if not for_applicant(letter):
        return None
    way = _WAY_OF[WayWanted(case.way_wanted)]
    if Act(letter.act) is Act.REGISTER:
        # The receipt is on the page in front of the applicant, whatever way the reply will take.
        return DeliveryWay.ONLINE
    return way if way in AUTOMATIC else None


def _dispatch(
    file: OpenCase, letter: Letter, *, way: DeliveryWay, on: date, tracking_number: str
) -> Delivery:
    _check_way(file.case, letter, way=way)
    number = tracking_number.strip().upper().replace(" ", "")
    if way in POST and not _TRACKING.fullmatch(number):
        sentence = "请填写邮件号：两位字母、九位数字、两位字母，或者十三位数字。公文只能交邮政EMS或者挂号寄递。"
        raise Refused.because("tracking_number", sentence, "《邮政法》第五十五条")
    delivery = Delivery.objects.create(
        letter=letter,
        way=way.value,
        dispatched_on=on,
        dispatched_at=file.at,
        tracking_number=number if way in POST else "",
    )
    letter.status = LetterStatus.DISPATCHED.value
    letter.save(update_fields=["status"])
    meaning = _MEANINGS.get(Act(letter.act), _OTHER)
    _append(
        file,
        letter,
        meaning.sent,
        on=on,
        way=way.value,
        tracking_number=delivery.tracking_number,
        sha256=letter.sha256,  # what went out, told by the ledger itself
        **_legal_data(letter),
    )
    if Act(letter.act) is Act.CONSULT:
        _tell_applicant(file, letter)
    if meaning.message is not None:
        messages.notify(file.case, event=meaning.message, at=file.at, letter=letter)
    return delivery


def _names_a_moved_day(letter: Letter, *, on: date) -> str:
    """Return the new last day if an extension letter, signed before something moved it, names another.

    A consultation or a correction between signature and dispatch moves the day; a letter with the
    old one would be wrong in the one thing it says.
    """
    if Act(letter.act) is not Act.EXTEND or not letter.text:
        return ""
    new_due = letter_values.system_values(letter, today=on).get("new_due_on", "")
    if not new_due:
        return ""
    printed = day_words.full(date.fromisoformat(new_due))
    said = any(printed in paragraph["text"] for paragraph in letter.text["paragraphs"])
    return "" if said else printed


def _check_way(case: Case, letter: Letter, *, way: DeliveryWay) -> None:
    """Refuse a way by which the letter cannot reach the person it is addressed to."""
    if way is DeliveryWay.ONLINE and not for_applicant(letter):
        sentence = "征求意见的对象没有查询码，不能网上送达。请邮寄、当面送交或者用机关公文交换。"
        raise Refused.because("way", sentence)
    if way is DeliveryWay.EMAIL and for_applicant(letter) and not case.applicant.email:
        raise Refused.because("way", "申请人没有留电子邮箱，不能用电子邮件发出。")


def _tell_applicant(file: OpenCase, letter: Letter) -> None:
    """Tell the applicant that somebody is being asked and that this time does not count (条例 33 ¶3).

    Nothing is told where the time does count: after the due date, or in a period that a decision or
    art. 35 has set. The notice would say what is not so.
    """
    consultation = letter.consultation
    if consultation is None:
        message = "a letter of consultation belongs to a consultation"
        raise ValueError(message)
    line = facts.timeline(file.case, today=file.today)
    if not any(each.id == str(consultation.pk) and each.effective for each in line.consultations):
        return
    signing.issue_unasked(
        file.case,
        kind=LetterKind.CONSULT_NOTICE,
        act=Act.TELL_APPLICANT,
        fields={},
        actor=file.actor,
        at=file.at,
        consultation=consultation,
    )


def _legal_data(letter: Letter) -> dict[str, Any]:
    match Act(letter.act):
        case Act.DELAY:
            return {"until": letter.fields["until"]}
        case Act.ASK_CORRECTION:
            return {"days": int(letter.fields["correction_days"])}
        case Act.CONSULT if letter.consultation is not None:
            return {"to": letter.consultation.kind}
    return {"outcome": letter.outcome} if letter.outcome else {}


def _confirm(file: OpenCase, letter: Letter, *, on: date, proof: str, received_by: str) -> Delivery:
    delivery = letter.delivery
    if on < delivery.dispatched_on:
        raise Refused.because(
            "delivered_before_dispatch", f"送达日期不能早于发出日期（{delivery.dispatched_on}）。"
        )
    delivery.delivered_on = on
    delivery.delivered_proof = proof
    delivery.received_by = received_by.strip()
    case_file.refuse_too_long(delivery)
    delivery.save()
    letter.status = LetterStatus.DELIVERED.value
    letter.save(update_fields=["status"])
    meaning = _MEANINGS.get(Act(letter.act), _OTHER)
    _append(file, letter, meaning.arrived, on=on, proof=proof, received_by=delivery.received_by)
    return delivery


def _append(file: OpenCase, letter: Letter, entry: Entry, *, on: date, **data: object) -> None:
    entries.append(
        file.case,
        entry=entry,
        on=on,
        actor=file.actor,
        at=file.at,
        letter=letter,
        ref=str(letter.consultation_id or ""),
        data={"kind": letter.kind, "number": letter.number, **data},
    )
