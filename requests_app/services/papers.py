"""Take files in: look into each, keep it privately, attach it to its case.

Scanning and writing to disk happen before the case is locked, because both take time; ``taken_in``
removes the files again when the act that brought them fails.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q, Sum

from requests_app.adapters import scanner, storage
from requests_app.adapters.storage import Readable, StoredFile
from requests_app.domain.access import Actor
from requests_app.domain.errors import Reason, Refused
from requests_app.domain.papers import MARKED, SENSITIVE, PaperKind
from requests_app.models import Attachment, Case, OfficeSettings

_MB: Final = 1024 * 1024


@dataclass(frozen=True)
class FileGiven:
    """A file as somebody handed it in: what it is for, its name, its bytes."""

    kind: PaperKind
    name: str
    content: Readable


@dataclass(frozen=True)
class FileTaken:
    """A file that was looked into and kept, not yet attached to a case."""

    kind: PaperKind
    name: str
    content_type: str
    pages: int | None
    stored: StoredFile


@contextmanager
def taken_in(
    files: Sequence[FileGiven | FileTaken], *, limits: OfficeSettings
) -> Iterator[tuple[FileTaken, ...]]:
    """Scan and store ``files``; refuse all of them with the reasons of each bad one.

    Leaves nothing on disk when a file is refused or the block raises. A file that was taken in
    before is passed on as it is, and stays whatever happens.
    """
    if len(files) > limits.max_files:
        raise Refused.because(
            "files", f"一次最多上传{limits.max_files}个文件，请合并或者分次提交。"
        )
    with storage.kept_on_success() as saved:
        taken: list[FileTaken] = []
        reasons: list[Reason] = []
        for given in files:
            if isinstance(given, FileTaken):
                taken.append(given)
                continue
            try:
                kept = _take(given, limits=limits)
            except Refused as refusal:
                reasons += [
                    Reason("files", f"“{given.name}”：{each.sentence}") for each in refusal.reasons
                ]
                continue
            saved.append(kept.stored)
            taken.append(kept)
        if reasons:
            raise Refused(tuple(reasons))
        yield tuple(taken)


def _take(given: FileGiven, *, limits: OfficeSettings) -> FileTaken:
    sensitive = given.kind in SENSITIVE
    allowed = scanner.IDENTITY_PAPERS if sensitive else scanner.OTHER_MATERIAL
    max_bytes = limits.max_file_mb * _MB
    found = scanner.inspect(given.content, name=given.name, allowed=allowed, max_bytes=max_bytes)
    content, kind = found.content, found.kind.kept_as
    if found.kind.is_image:
        # Photographs tell where and with which device they were taken; nobody asked for that.
        content = scanner.strip_image(
            content,
            max_side=limits.max_image_side,
            mark=limits.identity_watermark if given.kind in MARKED else "",
        )
    stored = storage.save(
        io.BytesIO(content), kind_suffix=kind.suffix, max_bytes=max_bytes, sealed=sensitive
    )
    return FileTaken(given.kind, found.clean_name, kind.content_type, found.pages, stored)


def attach(
    case: Case, *, taken: Sequence[FileTaken], actor: Actor, at: datetime, limits: OfficeSettings
) -> list[Attachment]:
    """Attach taken files to a locked case; refuse what would exceed the case's limits.

    What the office hands over is counted apart from what the applicant handed in.
    """
    handed_over = all(each.kind is PaperKind.RELEASED for each in taken)
    alike = Q(kind=PaperKind.RELEASED.value) if handed_over else ~Q(kind=PaperKind.RELEASED.value)
    held = case.attachments.filter(alike).aggregate(count=Count("pk"), size=Sum("size"))
    total = (held["size"] or 0) + sum(each.stored.size for each in taken)
    if taken and held["count"] + len(taken) > limits.max_files:
        raise Refused.because("files", f"一件申请最多{limits.max_files}个文件。")
    if taken and total > limits.max_case_mb * _MB:
        raise Refused.because("files", f"一件申请的文件总量不能超过{limits.max_case_mb} MB。")
    return Attachment.objects.bulk_create(
        Attachment(
            case=case,
            kind=each.kind.value,
            name=each.name,
            path=each.stored.path,
            content_type=each.content_type,
            size=each.stored.size,
            sha256=each.stored.sha256,
            pages=each.pages,
            added_at=at,
            added_by_id=actor.staff_id,
        )
        for each in taken
    )
