"""Keep what a person types and uploads before filing, and turn it into an application.

Everything typed is kept at once, right or wrong, so that no error empties a form. A draft is
deleted when it is filed, discarded, or has not been touched for ``KEPT_FOR``.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from requests_app.adapters import crypto, storage
from requests_app.domain.application import ApplicantKind, FormWanted, OrganisationType, WayWanted
from requests_app.domain.errors import Reason, Refused
from requests_app.domain.identity import IdKind
from requests_app.domain.papers import PaperKind
from requests_app.models import DraftFile, FilingDraft, OfficeSettings
from requests_app.selectors import drafts, offices
from requests_app.selectors.drafts import Draft
from requests_app.services import applications, case_file, filing, papers
from requests_app.services.applications import ART_29, AgentGiven, ApplicantGiven, Application
from requests_app.services.filing import Filed
from requests_app.services.papers import FileGiven
from requests_app.services.tally import Tally

#: Long enough to fetch a paper from home, short enough for data nobody may ever file.
KEPT_FOR: Final = timedelta(days=3)

_MB: Final = 1024 * 1024

#: The uploads of the form, by the name of their field.
PAPER_FIELDS: Final[Mapping[str, PaperKind]] = {
    "identity_paper": PaperKind.IDENTITY,
    "agent_paper": PaperKind.AUTHORISATION,
    "papers": PaperKind.OTHER,
}
_FIELD_OF: Final = {kind: name for name, kind in PAPER_FIELDS.items()}


@dataclass(frozen=True)
class Kept:
    """A draft as it now is; why a file was turned away; and what still stands against filing it.

    The code of each reason is the name of the field it belongs to.
    """

    draft: Draft
    refused_files: tuple[Reason, ...]
    missing: tuple[Reason, ...]


def keep(
    key: uuid.UUID | None,
    *,
    answers: Mapping[str, str],
    at: datetime,
    files: Sequence[FileGiven] = (),
    remove: int | None = None,
) -> Kept:
    """Keep ``answers`` and ``files``, and drop the file ``remove``; begin a draft when there is none.

    Answers to other steps stay as they were. A file that cannot come in is named in the result;
    the answers and the other files are kept all the same.
    """
    limits = offices.settings(on=case_file.local_day(at))
    row = _touched(key, answers=answers, at=at)
    if remove is not None:
        _drop(row.files.filter(pk=remove))
    refused = tuple(reason for given in files for reason in _add(row, given, limits=limits, at=at))
    draft = drafts.find(row.pk)
    if draft is None:
        raise Refused.because("draft_gone", "刚才填写的内容没有保存下来，请再试一次。")
    return Kept(draft, refused, missing(draft, at=at))


def missing(draft: Draft, *, at: datetime) -> tuple[Reason, ...]:
    """Return what stands against filing the draft now; codes name the fields."""
    given = [FileGiven(PaperKind(row.kind), row.name, _NoContent()) for row in draft.files]
    application = _application(draft, files=given)
    today = case_file.local_day(at)
    found = applications.check(application, today=today, identity_paper_required=True)
    if application.way_wanted is WayWanted.FAX and not application.applicant.phone.strip():
        sentence = "选择传真的，请回到第一步，在“手机或者电话”里填写传真号码。"
        found = (*found, Reason("way_wanted", sentence, ART_29))
    return found


def submit(key: uuid.UUID, *, at: datetime) -> Filed:
    """File the draft as an application and delete it; refuse with a reason for each field.

    Sending the same draft twice, also at the same moment, makes one case (``filing.file_online``).
    """
    draft = drafts.find(key)
    if draft is None:
        raise Refused.because("draft_gone", "填写的内容已经提交过，或者放得太久已被清除。")
    with ExitStack() as opened:
        given = [
            FileGiven(
                PaperKind(row.kind), row.name, opened.enter_context(storage.open_file(row.path))
            )
            for row in draft.files
        ]
        filed = filing.file_online(_application(draft, files=given), at=at)
    discard(key)
    return filed


def discard(key: uuid.UUID) -> None:
    """Delete a draft and its files; one that is already gone is fine."""
    for row in FilingDraft.objects.filter(pk=key):
        _delete(row)


def discard_old(*, at: datetime) -> Tally:
    """Delete every draft that was not touched for ``KEPT_FOR``."""
    old = list(FilingDraft.objects.filter(touched_at__lt=at - KEPT_FOR))
    for row in old:
        _delete(row)
    return Tally(seen=len(old), changed=len(old))


class _NoContent:
    """Stands for a file that is already kept, where only its kind is asked for."""

    def read(self, _size: int = -1, /) -> bytes:
        return b""


def _touched(key: uuid.UUID | None, *, answers: Mapping[str, str], at: datetime) -> FilingDraft:
    with transaction.atomic():
        row = FilingDraft.objects.select_for_update().filter(pk=key).first() if key else None
        if row is None:
            row = FilingDraft(started_at=at)
        try:
            before = drafts.open_answers(row)
        except crypto.SealError:
            before = {}
        packed = json.dumps({**before, **answers}, ensure_ascii=False)
        row.answers_sealed = crypto.seal(packed, bound_to=drafts.binding(row))
        row.touched_at = at
        row.save()
    return row


def _add(
    row: FilingDraft, given: FileGiven, *, limits: OfficeSettings, at: datetime
) -> tuple[Reason, ...]:
    field = _FIELD_OF[given.kind]
    held = list(row.files.all())
    if len(held) >= limits.max_files:
        sentence = f"“{given.name}”没有收下：一件申请最多{limits.max_files}个文件。"
        return (Reason(field, sentence),)
    try:
        with papers.taken_in([given], limits=limits) as (taken,):
            if sum(each.size for each in held) + taken.stored.size > limits.max_case_mb * _MB:
                sentence = f"一件申请的文件合起来不能超过{limits.max_case_mb} MB。"
                raise Refused.because("files", f"“{given.name}”没有收下：{sentence}")
            DraftFile.objects.create(
                draft=row,
                kind=taken.kind.value,
                name=taken.name,
                path=taken.stored.path,
                size=taken.stored.size,
                sha256=taken.stored.sha256,
                added_at=at,
            )
    except Refused as refusal:
        return tuple(Reason(field, reason.sentence, reason.citation) for reason in refusal.reasons)
    return ()


def _drop(rows: Iterable[DraftFile]) -> None:
    for row in rows:
        row.delete()
        storage.delete(row.path)


def _delete(row: FilingDraft) -> None:
    paths = [each.path for each in row.files.all()]
    row.delete()
    for path in paths:
        storage.delete(path)


def _application(draft: Draft, *, files: Sequence[FileGiven]) -> Application:
    """Build the application the answers make; what is not answered yet is left empty.

    Form and way have no empty value, so until step three is answered they stand as the two that
    need nothing further; the form itself asks for a choice.
    """
    answers = draft.answers
    kind = ApplicantKind(answers.get("kind") or ApplicantKind.PERSON)
    return Application(
        applicant=_applicant(kind, answers),
        agent=_agent(answers, files=files),
        description=answers.get("description", ""),
        document_name=answers.get("document_name", ""),
        document_number=answers.get("document_number", ""),
        body_code=answers.get("body_code", ""),
        form_wanted=FormWanted(answers.get("form_wanted") or FormWanted.ELECTRONIC),
        way_wanted=WayWanted(answers.get("way_wanted") or WayWanted.ONLINE),
        accepts_other_form=bool(answers.get("accepts_other_form")),
        idempotency_key=draft.key,
        files=files,
    )


def _applicant(kind: ApplicantKind, answers: Mapping[str, str]) -> ApplicantGiven:
    organisation = kind is ApplicantKind.ORGANISATION
    code = answers.get("credit_code", "")
    paper = answers.get("identity_kind", "")
    if organisation:
        identity_kind = IdKind.CREDIT_CODE if code.strip() else None
    else:
        identity_kind = IdKind(paper) if paper else None
    organisation_type = answers.get("organisation_type", "")
    return ApplicantGiven(
        kind=kind,
        name=answers.get("name", ""),
        identity_kind=identity_kind,
        identity_number=code if organisation else answers.get("identity_number", ""),
        organisation_type=OrganisationType(organisation_type) if organisation_type else None,
        representative=answers.get("representative", ""),
        contact_person=answers.get("contact_person", ""),
        phone=answers.get("phone", ""),
        email=answers.get("email", ""),
        address=answers.get("address", ""),
        postcode=answers.get("postcode", ""),
        needs_help=bool(answers.get("needs_help")),
    )


def _agent(answers: Mapping[str, str], *, files: Sequence[FileGiven]) -> AgentGiven | None:
    named = (
        answers.get("agent_name", "").strip() or answers.get("agent_identity_number", "").strip()
    )
    if not named and not any(given.kind is PaperKind.AUTHORISATION for given in files):
        return None
    return AgentGiven(
        name=answers.get("agent_name", ""),
        identity_kind=IdKind(answers.get("agent_identity_kind") or IdKind.RESIDENT_CARD),
        identity_number=answers.get("agent_identity_number", ""),
        phone=answers.get("agent_phone", ""),
    )
