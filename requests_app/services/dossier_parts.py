"""Get the papers of a case's file ready to be bound: pages, originals, hashes, and what stands in.

Shared by the bundle for a dispute (``bundles``) and the electronic file of the archive
(``archive_files``). Which papers there are, and in which order, is ``selectors.dossiers``.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils import timezone

from requests_app.adapters import pdf, storage
from requests_app.adapters.pdf import binding
from requests_app.adapters.storage import StorageError
from requests_app.domain import dossier_papers
from requests_app.domain.dossier import SECTION_LABELS, Item, Source
from requests_app.domain.dossier_papers import IndexLine
from requests_app.domain.letter_types import RECEIPTS
from requests_app.domain.letters import LetterKind
from requests_app.domain.papers import PAPER_KIND_LABELS, PaperKind
from requests_app.domain.sheets import Sheet
from requests_app.domain.working_papers import CaseHead, WorkingPaper
from requests_app.models import Case
from requests_app.selectors import dossiers
from requests_app.selectors import working_papers as papers
from requests_app.selectors.dossiers import Dossier

_MADE: Final[Mapping[str, WorkingPaper]] = {
    dossiers.APPLICATION: WorkingPaper.APPLICATION,
    dossiers.APPROVAL_SLIP: WorkingPaper.APPROVAL_SLIP,
    dossiers.SEARCH_RECORD: WorkingPaper.SEARCH_RECORD,
    dossiers.ACCESS_LOG: WorkingPaper.ACCESS_LOG,
    dossiers.DEADLINE: WorkingPaper.DEADLINE,
}
_CODE_HIDDEN: Final = "隐去查询码的重印件；原件由本机关保存。"
_FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Bound:
    """One item ready to be bound: its pages, and its original for the ZIP with the hash on record.

    ``note`` says why a page stands for it; ``remark`` what else the manifest must tell.
    """

    item: Item
    content: bytes
    pages: int
    original: bytes = b""
    suffix: str = ""
    sha256: str = ""
    note: str = ""
    remark: str = ""


def bind_item(case: Case, found: Dossier, item: Item, *, top: CaseHead, today: date) -> Bound:
    """Draw one paper, or read it and make it a PDF; a page stands in for what cannot be bound."""
    if item.source is Source.MADE:
        content = pdf.render_sheet(_sheet(case, found, item, top=top, today=today))
        return Bound(item, content, binding.count_pages(content))
    if item.source is Source.LETTER:
        letter = found.letters[item.key]
        if LetterKind(letter.kind) in RECEIPTS:
            # The issued file bears the query code, by which anybody could act as the applicant.
            content = pdf.render_letter(letter.text or {}, draft=False)
            pages = binding.count_pages(content)
            return Bound(item, content, pages, sha256=letter.sha256, remark=_CODE_HIDDEN)
        path, sha256, media_type = letter.path, letter.sha256, "application/pdf"
    else:
        paper = found.papers[item.key]
        path, sha256, media_type = paper.path, paper.sha256, paper.content_type
        if paper.deleted_at is not None:
            day = timezone.localtime(paper.deleted_at).date()
            return _stand_in(item, top=top, why=f"扫描件已于{day}到期删除。", sha256=sha256)
    original, note = b"", ""
    try:
        original = storage.read_file(path, sha256=sha256)
        content = binding.as_pdf(original, content_type=media_type)
    except StorageError as error:
        note = error.sentence
    except binding.Unbindable as error:
        note = error.sentence
    suffix = _suffix(path) if original else ""
    if note:
        return replace(
            _stand_in(item, top=top, why=note, sha256=sha256), original=original, suffix=suffix
        )
    return Bound(item, content, binding.count_pages(content), original, suffix, sha256)


def _stand_in(item: Item, *, top: CaseHead, why: str, sha256: str) -> Bound:
    sheet = dossier_papers.stand_in(top, title=named(item), why=why, sha256=sha256)
    content = pdf.render_sheet(sheet)
    return Bound(item, content, binding.count_pages(content), sha256=sha256, note=why)


def _sheet(case: Case, found: Dossier, item: Item, *, top: CaseHead, today: date) -> Sheet:
    if item.key.startswith("masked:"):
        row = found.papers[item.key.removeprefix("masked:")]
        kind = PAPER_KIND_LABELS[PaperKind(row.kind)]
        masked = case.applicant.identity_masked
        return dossier_papers.masked_identity(top, kind=kind, masked=masked, sha256=row.sha256)
    if item.key == dossiers.SERVICES:
        return papers.services(case, applicant=top.applicant)
    return papers.sheet(case, _MADE[item.key], applicant=top.applicant, today=today)


def named(item: Item) -> str:
    """Name a paper with its number, where it has one."""
    return f"{item.title}（{item.number}）" if item.number else item.title


def ranges(bound: Iterable[Bound]) -> Iterator[tuple[Bound, int, int]]:
    """Give each part with its first and last page, counted through the whole file from 1."""
    first = 1
    for each in bound:
        yield each, first, first + each.pages - 1
        first += each.pages


def index_lines(bound: Iterable[Bound], *, issuer: str) -> Iterator[IndexLine]:
    """Give the lines of the 卷内目录."""
    for each, first, last in ranges(bound):
        item = each.item
        span = str(first) if first == last else f"{first}-{last}"
        responsible = issuer if item.source is not Source.PAPER else ""
        yield IndexLine(item.number, item.title, responsible, item.on, span)


def _suffix(path: str) -> str:
    """Return the ending of a stored file: what the scanner found it to be, never what was typed."""
    return path.removesuffix(".sealed").rpartition(".")[2]


def original_name(place: int, each: Bound) -> str:
    """Name an original inside a ZIP: by its place and its section, never by what was typed."""
    return f"originals/{place:03d}-{SECTION_LABELS[each.item.section]}.{each.suffix}"


def add_to_zip(
    archive: zipfile.ZipFile, name: str, content: bytes, *, compress: bool = False
) -> None:
    """Put one file into a ZIP so that the same content always gives the same bytes."""
    # Always the same moment: what was made when stands in the manifest.
    entry = zipfile.ZipInfo(name, date_time=_FIRST_MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    archive.writestr(entry, content)


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
