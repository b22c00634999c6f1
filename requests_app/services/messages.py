"""Messages owed to people: promise one inside the act, send it once afterwards.

A row is the promise; its key makes it one however often the act or a job is repeated. Sending
claims the row first, so two workers never send the same one, and happens outside any transaction.
The words stand in ``domain.message_texts``.
"""

from __future__ import annotations

import logging
import re
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import F

from requests_app.adapters import crypto, mailer, queue, sms, storage
from requests_app.adapters.outgoing import DeliveryFailed
from requests_app.domain import access, message_texts
from requests_app.domain.access import Act, Actor
from requests_app.domain.application import WayWanted
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.identity import conceal
from requests_app.domain.jobs import Job
from requests_app.domain.matters import Matter
from requests_app.domain.message_texts import CaseWords, MessageEvent, OfficeWords
from requests_app.models import Applicant, Case, CodeRecovery, Letter, Message, OfficeSettings
from requests_app.models.messages import MessageChannel, MessageStatus
from requests_app.selectors import facts, offices, releases
from requests_app.services.case_file import local_day
from requests_app.services.tally import Tally

logger = logging.getLogger(__name__)

#: Waits before the second, third … try; after the last the message is given up, visibly.
BACKOFF: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)
MAX_ATTEMPTS: Final = len(BACKOFF) + 1
#: Longer than any server may take: whoever claimed it before then has died.
STUCK_AFTER: Final = timedelta(minutes=10)
BATCH: Final = 200
#: Most mail servers refuse more; a larger letter is fetched from the site.
MAX_ATTACHED_BYTES: Final = 15 * 1024 * 1024

_WHAT: Final = {Matter.DISCLOSURE: "政府信息公开申请", Matter.AMENDMENT: "更正政府信息申请"}
#: What has gone out and still stands.
_OUT: Final = frozenset({LetterStatus.DISPATCHED.value, LetterStatus.DELIVERED.value})
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")


def owe(
    case: Case | None,
    *,
    key: str,
    channel: MessageChannel,
    to: str,
    subject: str,
    body: str,
    at: datetime,
    letter: Letter | None = None,
) -> Message:
    """Promise one message from ``at`` on, inside the caller's transaction; ask a worker to send it.

    The same ``key`` again returns the first promise unchanged.
    """
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "case": case,
            "letter": letter,
            "channel": channel.value,
            "to": to,
            "subject": subject,
            "body": body,
            "due_at": at,
        },
    )
    if created:
        queue.enqueue_on_commit(Job.SEND_MESSAGE, message_id=message.pk)
    return message


def notify(
    case: Case, *, event: MessageEvent, at: datetime, letter: Letter | None = None
) -> Message | None:
    """Promise the applicant word of ``event``: by e-mail where there is one, else by short message.

    Returns nothing for an applicant who gave neither; the letter then travels by post alone. Call
    it after the act's entry is in the ledger: the dates are read from there.
    """
    reached = _reach(case.applicant)
    if reached is None:
        return None
    channel, to = reached
    today = local_day(at)
    line = facts.timeline(case, today=today)
    words = CaseWords(
        number=case.number,
        received_on=case.received_on,
        what=_WHAT[Matter(case.matter)],
        link=settings.PUBLIC_BASE_URL,
        due_on=line.due,
        correction_due_on=line.correction_due,
        payment_due_on=line.payment_due,
    )
    key = ":".join([event.value, str(case.pk), *([str(letter.pk)] if letter else [])])
    if channel is MessageChannel.SMS:
        text = message_texts.sms(event, case=words)
        return owe(
            case, key=key, channel=channel, to=to, subject="", body=text, at=at, letter=letter
        )
    office = office_words(offices.settings(on=today))
    mail = message_texts.mail(event, case=words, office=office)
    return owe(
        case, key=key, channel=channel, to=to, subject=mail.subject, body=mail.body, at=at, letter=letter
    )  # fmt: skip


def office_words(found: OfficeSettings) -> OfficeWords:
    """Return how messages sign under these settings."""
    return OfficeWords(name=found.office_name, phone=found.phone)


def send(message_id: int, *, at: datetime) -> bool:
    """Send one message that is due; tell whether it went out now.

    Claims the row first; whoever comes second finds it taken and does nothing. A failure that may
    pass is tried again later, five times in all; any other marks the row failed.
    """
    claimed = Message.objects.filter(
        pk=message_id, status=MessageStatus.DUE, due_at__lte=at
    ).update(status=MessageStatus.SENDING, claimed_at=at, attempts=F("attempts") + 1)
    if not claimed:
        return False
    message = Message.objects.select_related("case", "letter").get(pk=message_id)
    try:
        _hand_on(message, text=_with_code(message, at=at))
    except DeliveryFailed as error:
        _put_off(message, error=str(error), retryable=error.retryable, at=at)
        return False
    except storage.StorageError as error:
        logger.exception("attachment of message %s not readable", message.pk)
        _put_off(message, error=type(error).__name__, retryable=True, at=at)
        return False
    # Only over the own claim: a claim given up on and taken again is somebody else's.
    return bool(
        Message.objects.filter(pk=message.pk, status=MessageStatus.SENDING, claimed_at=at).update(
            status=MessageStatus.SENT, sent_at=at, error=""
        )
    )


def send_due(*, at: datetime) -> Tally:
    """Send every message that is due, the oldest first, after taking back what got stuck."""
    failed = _take_back(at=at)
    ids = list(
        Message.objects.filter(status=MessageStatus.DUE, due_at__lte=at)
        .order_by("due_at", "pk")
        .values_list("pk", flat=True)[:BATCH]
    )
    sent = 0
    for message_id in ids:
        try:
            went = send(message_id, at=at)
        except Exception as error:  # one bad message never holds up the others
            logger.exception("message %s could not be sent", message_id)
            message = Message.objects.get(pk=message_id)
            _put_off(message, error=type(error).__name__, retryable=True, at=at)
            went = False
        sent += went
        failed += not went
    return Tally(seen=len(ids), changed=sent, failed=failed)


def try_again(message_id: int, *, actor: Actor, at: datetime) -> None:
    """Owe a failed message once more, with all its tries; refuse one that has not failed."""
    refuse_if_any(access.reasons_against(Act.DISPATCH, actor=actor))
    claimed = Message.objects.filter(
        pk=message_id, status=MessageStatus.FAILED, case__isnull=False
    ).update(status=MessageStatus.DUE, due_at=at, attempts=0, error="")
    if not claimed:
        raise Refused.because("not_failed", "这条通知没有失败，或者已经在重发。")
    queue.enqueue_on_commit(Job.SEND_MESSAGE, message_id=message_id)


def _reach(applicant: Applicant) -> tuple[MessageChannel, str] | None:
    if applicant.email:
        return MessageChannel.EMAIL, applicant.email
    if mobile := mobile_number(applicant.phone):
        return MessageChannel.SMS, mobile
    return None


def mobile_number(phone: str) -> str:
    """Return a mainland mobile number as digits; empty for any other telephone."""
    digits = re.sub(r"[\s-]", "", phone).removeprefix("+86")
    return digits if _MOBILE.fullmatch(digits) else ""


def _with_code(message: Message, *, at: datetime) -> str:
    """Return the words as they go out: the one-time code stands in no row, only on the way.

    One whose time has run out is not sent any more.
    """
    recovery = CodeRecovery.objects.filter(message=message).first()
    if recovery is None:
        return message.body
    if recovery.expires_at <= at:
        raise DeliveryFailed("the one-time code ran out before it was sent", retryable=False)
    code = crypto.one_time_code(recovery.key)
    return message.body.replace(message_texts.ONE_TIME_CODE_MARK, code)


def _hand_on(message: Message, *, text: str) -> None:
    if message.channel == MessageChannel.SMS:
        sms.send(sms.OutgoingSms(key=message.key, to=message.to, text=text))
        return
    mailer.send(
        mailer.OutgoingMail(
            key=message.key,
            to=message.to,
            subject=message.subject,
            text=text,
            attachments=_attachments(message),
        )
    )


def _attachments(message: Message) -> tuple[mailer.MailAttachment, ...]:
    """Attach the letter only for who chose e-mail as the way to get information (条例 40).

    One voided, or taken back, since the message was owed is no longer handed to anybody.
    """
    letter, case = message.letter, message.case
    if letter is None or case is None or not letter.path or case.way_wanted != WayWanted.EMAIL:
        return ()
    files = [
        (f"{letter.number}.pdf", "application/pdf", letter.path, letter.sha256, letter.size or 0)
    ]
    if letter.status not in _OUT:
        return ()
    if letter.act == Act.ANSWER:
        # Only what its signature released; a file prepared since goes with the next answer.
        papers = (row.attachment for row in releases.rows_of(letter))
        files += [
            (conceal(each.name), each.content_type, each.path, each.sha256, each.size)
            for each in papers
        ]
    if sum(size for *_, size in files) > MAX_ATTACHED_BYTES:
        return ()
    return tuple(
        mailer.MailAttachment(name, content_type, storage.read_file(path, sha256=sha256))
        for name, content_type, path, sha256, _ in files
    )


def _put_off(message: Message, *, error: str, retryable: bool, at: datetime) -> None:
    """Plan the next try, or give the message up; both stand on its row."""
    again = retryable and message.attempts < MAX_ATTEMPTS
    changes: dict[str, object] = {"status": MessageStatus.FAILED, "error": error[:300]}
    if again:
        changes |= {"status": MessageStatus.DUE, "due_at": at + BACKOFF[message.attempts - 1]}
    Message.objects.filter(pk=message.pk, status=MessageStatus.SENDING).update(**changes)
    logger.warning("message %s not sent (%s), attempt %s", message.pk, error, message.attempts)


def _take_back(*, at: datetime) -> int:
    """Free the claims of workers that died; return how many messages were given up.

    What died between sending and saying so is sent again: under the same key, so that mail
    readers and gateways can tell.
    """
    stuck = Message.objects.filter(status=MessageStatus.SENDING, claimed_at__lt=at - STUCK_AFTER)
    given_up = stuck.filter(attempts__gte=MAX_ATTEMPTS).update(
        status=MessageStatus.FAILED, error="no answer from the worker"
    )
    stuck.update(status=MessageStatus.DUE, due_at=at)
    return given_up
