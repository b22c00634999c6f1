"""Make the electronic file of a case that was put away: one ZIP, made once, frozen by its hash.

Every paper is a PDF of its own, PDF/A where the office drew it or it is a picture; a PDF handed in
is kept byte for byte and told for what it claims. With it go a list to read, a manifest with the
SHA-256 of every part, and the ledger with its chain. The same facts give the same bytes: no moment
of making is written into it. Papers of identity are stood for by a page with their hash; they are
kept sealed elsewhere and deleted on schedule (``scan_deletion``).
"""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F, Q

from requests_app.adapters import pdf, storage
from requests_app.adapters.pdf import binding, preserving
from requests_app.adapters.queue import enqueue_on_commit
from requests_app.domain import applicants, dossier, dossier_papers
from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.archiving import RETENTION_LABELS, Retention
from requests_app.domain.dossier import SECTION_LABELS, IdentityChoice, Item, Source
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.jobs import Job
from requests_app.models import ArchiveFile, ArchiveRecord, Case, Event
from requests_app.selectors import archives, cases, dossiers, integrity
from requests_app.selectors import working_papers as papers
from requests_app.selectors.dossiers import Dossier
from requests_app.services import access_log, case_file, dossier_parts
from requests_app.services.dossier_parts import Bound
from requests_app.services.tally import Tally

logger = logging.getLogger(__name__)

_MAX_BYTES: Final = 600 * 1024 * 1024
_BATCH: Final = 5
#: A claim of a worker that died expires; one that failed is tried again as late.
_CLAIM_LASTS: Final = timedelta(minutes=10)
MOST_TRIES: Final = 20
FORMAT: Final = "jcdisclosure-archive-1"


@dataclass(frozen=True)
class _Part:
    """One paper as it goes into the ZIP."""

    bound: Bound
    name: str
    level: str
    original: str


def owe(record: ArchiveRecord, *, seq: int, at: datetime) -> ArchiveFile:
    """Note that the file of this putting away is owed, and ask for it once that is committed."""
    file = ArchiveFile.objects.create(record=record, seq=seq, owed_at=at)
    enqueue_on_commit(Job.MAKE_ARCHIVE_FILE, archive_file_id=file.pk)
    return file


def make(archive_file_id: int, *, at: datetime) -> bool:
    """Make one file that is owed; tell whether it was made now.

    Claims the row first; whoever comes second finds it taken. What went wrong stands on the row
    and is tried again later. A file that is made is never made again.
    """
    claimed = ArchiveFile.objects.filter(_free(at), pk=archive_file_id, path="").update(
        claimed_at=at, tries=F("tries") + 1
    )
    if not claimed:
        return False
    file = ArchiveFile.objects.select_related("record").get(pk=archive_file_id)
    try:
        _freeze(file, at=at)
    except _Superseded:
        logger.info("archive file %s was made by somebody else", archive_file_id)
        return False
    except (pdf.PdfError, binding.Unbindable, storage.StorageError) as error:
        logger.exception("archive file %s could not be made", archive_file_id)
        sentence = str(error) if isinstance(error, pdf.PdfError) else error.sentence
        ArchiveFile.objects.filter(pk=file.pk).update(problem=sentence[:300])
        return False
    return True


class _Superseded(Exception):
    """Another worker took the claim over and made the file."""


def _freeze(file: ArchiveFile, *, at: datetime) -> None:
    """Make the ZIP and keep it, if the claim is still the own one."""
    packed, parts, pages = _pack(file)
    with storage.kept_on_success() as saved:
        stored = storage.save(
            io.BytesIO(packed), kind_suffix="zip", max_bytes=_MAX_BYTES, sealed=True
        )
        saved.append(stored)
        frozen = ArchiveFile.objects.filter(pk=file.pk, path="", claimed_at=at).update(
            path=stored.path,
            size=stored.size,
            sha256=stored.sha256,
            parts=parts,
            pages=pages,
            made_at=at,
            problem="",
        )
        if not frozen:
            raise _Superseded


def make_due(*, at: datetime) -> Tally:
    """Make the files that are owed, the oldest first; one that fails holds up none of the others."""
    ids = list(
        ArchiveFile.objects.filter(_free(at), path="", tries__lt=MOST_TRIES)
        .order_by("pk")
        .values_list("pk", flat=True)[:_BATCH]
    )
    made = 0
    for archive_file_id in ids:
        try:
            made += make(archive_file_id, at=at)
        except Exception as error:
            logger.exception("archive file %s failed", archive_file_id)
            ArchiveFile.objects.filter(pk=archive_file_id).update(problem=type(error).__name__)
    return Tally(seen=len(ids), changed=made, failed=len(ids) - made)


def fetch(archive_file_id: int, *, actor: Actor, at: datetime) -> tuple[ArchiveFile, bytes]:
    """Return a file that is made, after writing down who took it."""
    refuse_if_any(reasons_against(Act.ARCHIVE, actor=actor))
    file = (
        ArchiveFile.objects.filter(pk=archive_file_id, record__case__in=cases.visible_to(actor))
        .select_related("record__case")
        .first()
    )
    if file is None or not file.path:
        raise Refused.because("no_such_file", "没有这份电子档案，或者还没有制成。")
    access_log.keep(file.record.case_id, what="下载电子档案", reason="档案管理", actor=actor, at=at)
    return file, storage.read_file(file.path, sha256=file.sha256)


def _free(at: datetime) -> Q:
    return Q(claimed_at__isnull=True) | Q(claimed_at__lt=at - _CLAIM_LASTS)


def _pack(file: ArchiveFile) -> tuple[bytes, int, int]:
    """Return the ZIP, how many papers are in it, and their pages."""
    record = file.record
    case = Case.objects.select_related(
        "applicant", "agent", "guardian", "body", "clerk", "department"
    ).get(pk=record.case_id)
    today = case_file.local_day(file.owed_at)
    found = dossiers.load(case, today=today)
    items = dossier.without_identity(found.items, choice=IdentityChoice.MASKED)
    name = applicants.short_name(case.applicant.name, count=case.applicant_count)
    top = papers.head(case, applicant=name)
    parts = [
        _part(place, found, item, dossier_parts.bind_item(case, found, item, top=top, today=today))
        for place, item in enumerate(items, start=1)
    ]
    bound = [each.bound for each in parts]
    pages = sum(each.pages for each in bound)
    index = pdf.render_sheet(
        dossier_papers.index(top, lines=dossier_parts.index_lines(bound, issuer=case.body.name))
    )
    events = list(case.events.filter(seq__lte=file.seq).order_by("seq"))
    ledger = _json({"case": case.number, "entries": [integrity.exported(each) for each in events]})
    manifest = _manifest(file, case=case, parts=parts, index=index, ledger=ledger, head=events[-1])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        dossier_parts.add_to_zip(archive, "manifest.json", _json(manifest), compress=True)
        dossier_parts.add_to_zip(archive, "目录.pdf", index)
        dossier_parts.add_to_zip(archive, "ledger.json", ledger, compress=True)
        for each in parts:
            dossier_parts.add_to_zip(archive, each.name, each.bound.content)
            if each.original:
                dossier_parts.add_to_zip(archive, each.original, each.bound.original)
    return packed.getvalue(), len(parts), pages


def _part(place: int, found: Dossier, item: Item, bound: Bound) -> _Part:
    """Make one paper fit for keeping; an original goes along only where the PDF is not the same."""
    content, original = bound.content, ""
    if item.source is Source.PAPER and bound.original and not bound.note:
        content_type = found.papers[item.key].content_type
        kept = preserving.preserve(bound.original, content_type=content_type)
        content, level = kept.content, kept.level
    else:
        level = preserving.claimed(content)
    if bound.original and content != bound.original:
        original = dossier_parts.original_name(place, bound)
    bound = Bound(
        item, content, bound.pages, bound.original, bound.suffix, bound.sha256, bound.note, bound.remark,
    )  # fmt: skip
    return _Part(bound, f"parts/{place:03d}-{SECTION_LABELS[item.section]}.pdf", level, original)


def _manifest(
    file: ArchiveFile,
    *,
    case: Case,
    parts: Sequence[_Part],
    index: bytes,
    ledger: bytes,
    head: Event,
) -> dict[str, Any]:
    record = file.record
    standing = archives.settings(case.body, on=record.archived_on)
    return {
        "format": FORMAT,
        "file_number": record.number,
        "case": case.number,
        "body": case.body.name,
        "year": record.year,
        "retention": RETENTION_LABELS[Retention(record.retention)],
        "kept_to": record.kept_to.isoformat() if record.kept_to else "",
        "retention_approved": {
            "by": standing.approved_by,
            "number": standing.approval_number,
            "on": standing.approved_on.isoformat() if standing.approved_on else "",
        },
        "document_number": record.document_number,
        "received_on": case.received_on.isoformat(),
        "archived_on": case_file.local_day(file.owed_at).isoformat(),
        "identity_papers": IdentityChoice.MASKED.value,
        "missing": list(head.data.get("missing", [])),
        "explanation": str(head.data.get("reason", "")),
        "index": {"file": "目录.pdf", "sha256": dossier_parts.sha256_of(index)},
        "ledger": {
            "file": "ledger.json",
            "sha256": dossier_parts.sha256_of(ledger),
            "entries": file.seq,
            "chain_head": head.chain,
        },
        "parts": [_described(place, each) for place, each in enumerate(parts, start=1)],
    }


def _described(place: int, part: _Part) -> Mapping[str, Any]:
    bound, item = part.bound, part.bound.item
    return {
        "place": place,
        "section": SECTION_LABELS[item.section],
        "title": item.title,
        "number": item.number,
        "date": item.on.isoformat(),
        "pages": bound.pages,
        "file": part.name,
        "sha256": dossier_parts.sha256_of(bound.content),
        "pdf_a": part.level,
        "original": part.original,
        "original_sha256": bound.sha256,
        "note": bound.note or bound.remark,
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
