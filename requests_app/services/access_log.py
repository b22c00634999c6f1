"""Open the papers of a case and what is sensitive, and record who did and why.

个人信息保护法 51, 居民身份证法 19. Every look at a scan comes through here, whatever page shows it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from requests_app.adapters import storage
from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.identity import conceal
from requests_app.domain.letter_types import RECEIPTS
from requests_app.domain.papers import PAPER_KIND_LABELS, SENSITIVE, PaperKind
from requests_app.models import AccessRecord, Applicant, Attachment, CoApplicant, Letter
from requests_app.selectors import cases, letter_files
from requests_app.services import applicants, case_file

_FOR_WORK: Final = "办理需要"
_LONGEST_WHAT: Final = 60


def reveal_identity(case_id: int, *, reason: str, actor: Actor, at: datetime) -> str:
    """Return the identity number in clear, after writing down who asked and why.

    Where several apply together, each number stands behind its name.
    """
    refuse_if_any(reasons_against(Act.REVEAL_IDENTITY, actor=actor))
    kept = case_file.require_text(reason, code="reason", sentence="查看证件号码必须写明理由。")
    case = cases.visible_to(actor).select_related("applicant").filter(pk=case_id).first()
    if case is None:
        raise Refused.because("no_such_case", "没有这件申请，或者不属于您的办理范围。")
    applicant = case.applicant
    if not applicant.identity_sealed:
        raise Refused.because("no_identity", "这件申请没有登记证件号码。")
    with transaction.atomic():
        keep(case_id, what="证件号码", reason=kept, actor=actor, at=at)
        if case.applicant_count == 1:
            return applicants.open_number(applicant)
        everybody: list[Applicant | CoApplicant] = [applicant, *case.co_applicants.all()]
        return "；".join(f"{each.name}　{applicants.open_number(each)}" for each in everybody)


def open_paper(
    attachment_id: int, *, actor: Actor, at: datetime, reason: str = ""
) -> tuple[Attachment, bytes]:
    """Return a paper and its bytes, after writing down who opened it.

    A sensitive one is opened only with a reason, and only by who may see identity numbers.
    """
    attachment = Attachment.objects.filter(
        pk=attachment_id, case__in=cases.visible_to(actor)
    ).first()
    if attachment is None:
        raise Refused.because("no_such_paper", "没有这份材料。")
    if attachment.deleted_at is not None:
        raise Refused.because("deleted", "这份扫描件已经到期删除，登记和SHA-256还在。")
    if PaperKind(attachment.kind) in SENSITIVE:
        refuse_if_any(reasons_against(Act.REVEAL_IDENTITY, actor=actor))
        kept = case_file.require_text(reason, code="reason", sentence="查看身份证明必须写明理由。")
        what = PAPER_KIND_LABELS[PaperKind(attachment.kind)]
    else:
        what, kept = _named(attachment), _FOR_WORK
    keep(attachment.case_id, what=what, reason=kept, actor=actor, at=at)
    return attachment, storage.read_file(attachment.path, sha256=attachment.sha256)


def open_receipt(letter_id: int, *, reason: str, actor: Actor, at: datetime) -> bytes:
    """Return the file of a receipt, after writing down who asked and why.

    It bears the query code, by which anybody could withdraw, correct or fetch in the applicant's
    name; so only who hands receipts over opens it, and never unseen.
    """
    refuse_if_any(reasons_against(Act.REVEAL_IDENTITY, actor=actor))
    kept = case_file.require_text(reason, code="reason", sentence="打开回执必须写明理由。")
    letter = Letter.objects.filter(
        pk=letter_id, kind__in=RECEIPTS, case__in=cases.visible_to(actor)
    ).first()
    if letter is None:
        raise Refused.because("no_such_letter", "没有这份文书。")
    content = letter_files.content(letter)
    keep(letter.case_id, what="登记回执（印有查询码）", reason=kept, actor=actor, at=at)
    return content


def record_print(case_id: int, *, what: str, actor: Actor, at: datetime) -> AccessRecord:
    """Write down that somebody printed ``what``; refuses a case the actor does not see."""
    refuse_if_any(reasons_against(Act.READ_CASE, actor=actor))
    if not cases.visible_to(actor).filter(pk=case_id).exists():
        raise Refused.because("no_such_case", "没有这件申请，或者不属于您的办理范围。")
    return keep(case_id, what=f"打印：{what}", reason=_FOR_WORK, actor=actor, at=at)


def keep(case_id: int, *, what: str, reason: str, actor: Actor, at: datetime) -> AccessRecord:
    """Keep one look at what a case holds: who, what, why, when. The only writer of these records.

    An actor who is no member of staff is the applicant, who has proved nothing or holds the code.
    """
    kept = AccessRecord(case_id=case_id, staff_id=actor.staff_id, what=what, reason=reason, at=at)
    case_file.refuse_too_long(kept)
    kept.save()
    return kept


def _named(attachment: Attachment) -> str:
    """Name an ordinary paper as far as the record holds; a number in a file's name is covered."""
    label = PAPER_KIND_LABELS[PaperKind(attachment.kind)]
    return f"{label}：{conceal(attachment.name)}"[:_LONGEST_WHAT]
