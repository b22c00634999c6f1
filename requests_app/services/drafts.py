"""Keep what a person types and uploads before filing, and turn it into an application.

Everything typed is kept at once, right or wrong, so that no error empties a form. A draft is
deleted when it is filed, discarded, or has not been touched for ``KEPT_FOR``. Its files are looked
into and drawn anew when they come; filing hands them over as they lie.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from requests_app.adapters import crypto, scanner, storage
from requests_app.adapters.storage import StoredFile
from requests_app.domain.errors import Reason, Refused
from requests_app.domain.papers import PaperKind
from requests_app.models import Attachment, DraftFile, FilingDraft, OfficeSettings
from requests_app.selectors import drafts, offices
from requests_app.selectors.drafts import Draft
from requests_app.services import (
    application_checks,
    applications,
    case_file,
    draft_answers,
    filing,
    papers,
)
from requests_app.services.applications import Application
from requests_app.services.draft_answers import PAPER_FIELDS
from requests_app.services.filing import Filed
from requests_app.services.papers import FileGiven, FileTaken
from requests_app.services.tally import Tally

#: Long enough to fetch a paper from home, short enough for data nobody may ever file.
KEPT_FOR: Final = timedelta(days=3)

_MB: Final = 1024 * 1024
_FIELD_OF: Final = {kind: name for name, kind in PAPER_FIELDS.items()}
_GONE: Final = Reason("draft_gone", "填写的内容已经提交过，或者放得太久已被清除。")


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
    refused = _add_all(row, files, limits=limits, at=at)
    draft = drafts.find(row.pk)
    if draft is None:
        raise Refused((_GONE,))
    return Kept(draft, refused, missing(draft, at=at))


def missing(draft: Draft, *, at: datetime) -> tuple[Reason, ...]:
    """Return what stands against filing the draft now; codes name the fields."""
    return application_checks.check(
        applications.tidy(_application(draft)),
        today=case_file.local_day(at),
        identity_paper_required=True,
        reading_point_required=True,
    )


def submit(key: uuid.UUID, *, at: datetime) -> Filed:
    """File the draft as an application and delete it; refuse with a reason for each field.

    Sending the same draft twice, also at the same moment, makes one case: the second waits for the
    first and is given its case.
    """
    with transaction.atomic():
        # Locked, so that no file is removed between being read here and belonging to the case.
        row = FilingDraft.objects.select_for_update().filter(pk=key).first()
        draft = drafts.find(key) if row else None
        if row is None or draft is None:
            if (earlier := filing.filed_before(key)) is not None:
                return earlier
            raise Refused((_GONE,))
        filed = filing.file_online(_application(draft), at=at)
        paths = _delete(row)
    _forget(paths)
    return filed


def make_code(key: uuid.UUID, *, at: datetime) -> str:
    """Return a fresh code that opens the draft on any machine; an earlier one opens nothing any more.

    Only its keyed fingerprint is kept, and only as long as the draft.
    """
    code = crypto.new_query_code()
    changed = FilingDraft.objects.filter(pk=key).update(
        resume_index=crypto.resume_index(code), touched_at=at
    )
    if not changed:
        raise Refused((_GONE,))
    return code


def resume(code: str) -> Draft:
    """Return the draft a code belongs to; refuse a code that belongs to none."""
    row = FilingDraft.objects.filter(resume_index=crypto.resume_index(code)).first()
    draft = drafts.find(row.pk) if row else None
    if draft is None:
        sentence = (
            f"没有找到这个码对应的内容，请核对13位码。填写的内容只保留{KEPT_FOR.days}天，"
            "提交以后也就没有了；已经提交的，请用申请编号和查询码查进度。"
        )
        raise Refused.because("code", sentence)
    return draft


def discard(key: uuid.UUID) -> None:
    """Delete a draft and its files; one that is already gone is fine."""
    with transaction.atomic():
        rows = FilingDraft.objects.select_for_update().filter(pk=key)
        paths = [path for row in rows for path in _delete(row)]
    _forget(paths)


def discard_old(*, at: datetime) -> Tally:
    """Delete every draft that was not touched for ``KEPT_FOR``."""
    old = list(FilingDraft.objects.filter(touched_at__lt=at - KEPT_FOR))
    for row in old:
        discard(row.pk)
    return Tally(seen=len(old), changed=len(old))


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


def _add_all(
    row: FilingDraft, files: Sequence[FileGiven], *, limits: OfficeSettings, at: datetime
) -> tuple[Reason, ...]:
    """Add the files there is room for; those beyond the number are named together, unread."""
    room = max(0, limits.max_files - row.files.count())
    refused = [
        reason for given in files[:room] for reason in _add(row, given, limits=limits, at=at)
    ]
    if beyond := files[room:]:
        more = f"等{len(beyond)}个文件" if len(beyond) > 1 else ""
        sentence = f"“{beyond[0].name}”{more}没有收下：一件申请最多{limits.max_files}个文件。"
        refused.append(Reason(_FIELD_OF[beyond[0].kind], sentence))
    return tuple(refused)


def _add(
    row: FilingDraft, given: FileGiven, *, limits: OfficeSettings, at: datetime
) -> tuple[Reason, ...]:
    field = _FIELD_OF[given.kind]
    try:
        with papers.taken_in([given], limits=limits) as (taken,):
            _keep_file(row, taken, name=given.name, limits=limits, at=at)
    except Refused as refusal:
        return tuple(Reason(field, reason.sentence, reason.citation) for reason in refusal.reasons)
    return ()


def _keep_file(
    row: FilingDraft, taken: FileTaken, *, name: str, limits: OfficeSettings, at: datetime
) -> None:
    with transaction.atomic():
        # Locked: two files that come at once must not both take the last place.
        if not FilingDraft.objects.select_for_update().filter(pk=row.pk).exists():
            raise Refused((_GONE,))
        held = list(row.files.values_list("size", flat=True))
        if len(held) >= limits.max_files:
            sentence = f"“{name}”没有收下：一件申请最多{limits.max_files}个文件。"
            raise Refused.because("files", sentence)
        if sum(held) + taken.stored.size > limits.max_case_mb * _MB:
            sentence = f"一件申请的文件合起来不能超过{limits.max_case_mb} MB。"
            raise Refused.because("files", f"“{name}”没有收下：{sentence}")
        DraftFile.objects.create(
            draft=row,
            kind=taken.kind.value,
            name=taken.name,
            path=taken.stored.path,
            size=taken.stored.size,
            sha256=taken.stored.sha256,
            pages=taken.pages,
            added_at=at,
        )


def _drop(rows: Iterable[DraftFile]) -> None:
    for row in rows:
        row.delete()
        _forget([row.path])


def _delete(row: FilingDraft) -> list[str]:
    """Delete a draft and return where its files lie, to be forgotten once that is sure."""
    paths = [each.path for each in row.files.all()]
    row.delete()
    return paths


def _forget(paths: Sequence[str]) -> None:
    """Delete files whose rows are gone; those a case has taken over stay."""
    adopted = set(Attachment.objects.filter(path__in=paths).values_list("path", flat=True))
    for path in paths:
        if path not in adopted:
            storage.delete(path)


def _application(draft: Draft) -> Application:
    return draft_answers.application(
        draft.key, draft.answers, files=[_taken(row) for row in draft.files]
    )


def _taken(row: DraftFile) -> FileTaken:
    """Return a file of the draft as it was taken in: looked into, drawn anew, kept."""
    return FileTaken(
        kind=PaperKind(row.kind),
        name=row.name,
        content_type=scanner.kind_of(row.name).content_type,
        pages=row.pages,
        stored=StoredFile(path=row.path, size=row.size, sha256=row.sha256),
    )
