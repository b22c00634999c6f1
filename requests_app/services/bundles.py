"""Make the bundle of a case (卷宗) for a review, a suit or the archive: one PDF, one ZIP, one manifest.

Everything slow happens outside a transaction; the row, the note in the ledger and the two files come
to be together or not at all. Which papers there are, in which order, is ``selectors.dossiers``; how
pages are bound, ``adapters.pdf.binding``.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from requests_app.adapters import pdf, storage
from requests_app.adapters.pdf import binding
from requests_app.adapters.storage import StorageError
from requests_app.domain import applicants, dossier, dossier_papers
from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.dossier import (
    IDENTITY_CHOICE_LABELS,
    SECTION_LABELS,
    IdentityChoice,
    Item,
    Source,
)
from requests_app.domain.dossier_papers import IndexLine
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.ledger import Entry
from requests_app.domain.letter_types import RECEIPTS
from requests_app.domain.letters import LetterKind
from requests_app.domain.papers import PAPER_KIND_LABELS, PaperKind
from requests_app.domain.sheets import Sheet
from requests_app.domain.working_papers import CaseHead, WorkingPaper
from requests_app.models import Bundle, Case
from requests_app.selectors import cases, dossiers, facts
from requests_app.selectors import working_papers as papers
from requests_app.selectors.dossiers import Dossier
from requests_app.services import access_log, case_file, entries, projections

MAX_SOURCE_BYTES: Final = 300 * 1024 * 1024
MAX_PAGES: Final = 3000
_MAX_STORED_BYTES: Final = 2 * MAX_SOURCE_BYTES
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
class _Bound:
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


@dataclass(frozen=True)
class _Made:
    """The finished files and what the row says of them."""

    pdf: bytes
    zip: bytes
    items: int
    pages: int
    notes: tuple[str, ...]


def make(
    case_id: int, *, identity: IdentityChoice, reason: str, actor: Actor, at: datetime
) -> Bundle:
    """Make and keep the bundle of a case as it stands; note in the ledger who made it.

    Papers of identity are left out, stood for by a page, or, with a reason that is kept, put in.
    A file that cannot be read is named and a page put in its place. Refuses who may not, a case the
    actor does not see, identity without a reason, and files of more than 300 MB or 3,000 pages.
    """
    refuse_if_any(reasons_against(Act.BUNDLE, actor=actor))
    case = _visible(case_id, actor=actor)
    kept = reason.strip()
    if identity is IdentityChoice.FULL:
        refuse_if_any(reasons_against(Act.REVEAL_IDENTITY, actor=actor))
        kept = case_file.require_text(
            kept, code="reason", sentence="放入身份证明原件必须写明理由。"
        )
        # Written down before anything is opened, as for every other look.
        access_log.keep(case.pk, what="身份证明（装入卷宗）", reason=kept, actor=actor, at=at)
    today = case_file.local_day(at)
    found = dossiers.load(case, today=today)
    _refuse_too_large(found)
    made = _make(case, found, identity=identity, actor=actor, at=at, today=today)
    with storage.kept_on_success() as saved:
        for content, suffix in ((made.pdf, "pdf"), (made.zip, "zip")):
            # Sealed: both hold the applicant's contacts, sometimes the identity paper.
            saved.append(
                storage.save(
                    io.BytesIO(content),
                    kind_suffix=suffix,
                    max_bytes=_MAX_STORED_BYTES,
                    sealed=True,
                )
            )
        bound, packed = saved
        bundle = Bundle(
            case=case,
            made_at=at,
            made_by_id=actor.staff,
            identity=identity.value,
            reason=kept,
            missing=[reason.sentence for reason in found.missing],
            notes=list(made.notes),
            items=made.items,
            pages=made.pages,
            pdf_path=bound.path,
            pdf_size=bound.size,
            pdf_sha256=bound.sha256,
            zip_path=packed.path,
            zip_size=packed.size,
            zip_sha256=packed.sha256,
        )
        case_file.refuse_too_long(bundle)
        with transaction.atomic():
            locked = case_file.lock(case.pk, actor=actor)
            bundle.save()
            text = f"制作卷宗：{made.items}件{made.pages}页，身份材料{IDENTITY_CHOICE_LABELS[identity]}。"
            data = {"text": text, "bundle": bundle.pk, "sha256": bound.sha256}
            entries.append(locked, entry=Entry.NOTED, on=today, actor=actor, at=at, data=data)
            projections.refresh(locked, today=today)
    return bundle


def fetch(bundle_id: int, *, packed: bool, actor: Actor, at: datetime) -> tuple[Bundle, bytes]:
    """Return the PDF or the ZIP of a bundle, after writing down who took it."""
    refuse_if_any(reasons_against(Act.BUNDLE, actor=actor))
    bundle = (
        Bundle.objects.filter(pk=bundle_id, case__in=cases.visible_to(actor))
        .select_related("case")
        .first()
    )
    if bundle is None:
        raise Refused.because("no_such_bundle", "没有这份卷宗，或者不属于您的办理范围。")
    if bundle.identity == IdentityChoice.FULL:
        refuse_if_any(reasons_against(Act.REVEAL_IDENTITY, actor=actor))
    path, sha256 = (
        (bundle.zip_path, bundle.zip_sha256) if packed else (bundle.pdf_path, bundle.pdf_sha256)
    )
    what = f"下载卷宗（{'压缩包' if packed else 'PDF'}）"
    reason = bundle.reason or "卷宗制作后下载"
    access_log.keep(bundle.case_id, what=what, reason=reason, actor=actor, at=at)
    return bundle, storage.read_file(path, sha256=sha256)


def _visible(case_id: int, *, actor: Actor) -> Case:
    try:
        return cases.get_visible(actor, case_id=case_id)
    except Case.DoesNotExist:
        raise Refused.because("no_such_case", "没有这件申请，或者不属于您的办理范围。") from None


def _refuse_too_large(found: Dossier) -> None:
    size = sum(row.size for row in found.papers.values())
    size += sum(row.size or 0 for row in found.letters.values())
    if size > MAX_SOURCE_BYTES:
        sentence = f"材料共{size // 1024 // 1024} MB，超过一次装卷的上限（300 MB），请分册整理。"
        raise Refused.because("too_large", sentence)
    pages = sum(row.pages or 1 for row in found.papers.values())
    if pages > MAX_PAGES:
        raise Refused.because("too_many_pages", f"材料共{pages}页，超过一次装卷的上限（3000页）。")


def _make(
    case: Case, found: Dossier, *, identity: IdentityChoice, actor: Actor, at: datetime, today: date
) -> _Made:
    items = dossier.without_identity(found.items, choice=identity)
    top = papers.head(
        case, applicant=applicants.short_name(case.applicant.name, count=case.applicant_count)
    )
    bound = [_bind_item(case, found, item, top=top, today=today) for item in items]
    pages = sum(each.pages for each in bound)
    index = dossier_papers.index(top, lines=_index_lines(bound, issuer=case.body.name))
    cover = dossier_papers.cover(top, closed_on=case.closed_on, items=len(bound), pages=pages)
    file = binding.bind(
        [
            binding.Leaf("", "封面", pdf.render_cover(cover)),
            binding.Leaf("", "卷内目录", pdf.render_sheet(index)),
        ],
        [
            binding.Leaf(SECTION_LABELS[each.item.section], _named(each.item), each.content)
            for each in bound
        ],
        title=f"{case.number} 卷宗",
    )
    manifest = _manifest(case, found, bound, file=file, identity=identity, actor=actor, at=at)
    notes = tuple(f"{_named(each.item)}：{each.note}" for each in bound if each.note)
    return _Made(file, _pack(case, bound, file=file, manifest=manifest), len(bound), pages, notes)


def _bind_item(case: Case, found: Dossier, item: Item, *, top: CaseHead, today: date) -> _Bound:
    if item.source is Source.MADE:
        content = pdf.render_sheet(_sheet(case, found, item, top=top, today=today))
        return _Bound(item, content, binding.count_pages(content))
    if item.source is Source.LETTER:
        letter = found.letters[item.key]
        if LetterKind(letter.kind) in RECEIPTS:
            # The issued file bears the query code, by which anybody could act as the applicant.
            content = pdf.render_letter(letter.text or {}, draft=False)
            pages = binding.count_pages(content)
            return _Bound(item, content, pages, sha256=letter.sha256, remark=_CODE_HIDDEN)
        path, sha256, media_type = letter.path, letter.sha256, "application/pdf"
    else:
        paper = found.papers[item.key]
        path, sha256, media_type = paper.path, paper.sha256, paper.content_type
    original, note = b"", ""
    try:
        original = storage.read_file(path, sha256=sha256)
        content = binding.as_pdf(original, content_type=media_type)
    except StorageError as error:
        note = error.sentence
    except binding.Unbindable as error:
        note = error.sentence
    if note:
        stand_in = dossier_papers.stand_in(top, title=_named(item), why=note, sha256=sha256)
        content = pdf.render_sheet(stand_in)
    suffix = _suffix(path) if original else ""
    return _Bound(item, content, binding.count_pages(content), original, suffix, sha256, note)


def _sheet(case: Case, found: Dossier, item: Item, *, top: CaseHead, today: date) -> Sheet:
    if item.key.startswith("masked:"):
        row = found.papers[item.key.removeprefix("masked:")]
        kind = PAPER_KIND_LABELS[PaperKind(row.kind)]
        masked = case.applicant.identity_masked
        return dossier_papers.masked_identity(top, kind=kind, masked=masked, sha256=row.sha256)
    if item.key == dossiers.SERVICES:
        return papers.services(case, applicant=top.applicant)
    return papers.sheet(case, _MADE[item.key], applicant=top.applicant, today=today)


def _named(item: Item) -> str:
    return f"{item.title}（{item.number}）" if item.number else item.title


def _ranges(bound: list[_Bound]) -> Iterator[tuple[_Bound, int, int]]:
    first = 1
    for each in bound:
        yield each, first, first + each.pages - 1
        first += each.pages


def _index_lines(bound: list[_Bound], *, issuer: str) -> Iterator[IndexLine]:
    for each, first, last in _ranges(bound):
        item = each.item
        span = str(first) if first == last else f"{first}-{last}"
        responsible = issuer if item.source is not Source.PAPER else ""
        yield IndexLine(item.number, item.title, responsible, item.on, span)


def _suffix(path: str) -> str:
    """Return the ending of a stored file: what the scanner found it to be, never what was typed."""
    return path.removesuffix(".sealed").rpartition(".")[2]


def _original_name(place: int, each: _Bound) -> str:
    return f"originals/{place:03d}-{SECTION_LABELS[each.item.section]}.{each.suffix}"


def _manifest(
    case: Case,
    found: Dossier,
    bound: list[_Bound],
    *,
    file: bytes,
    identity: IdentityChoice,
    actor: Actor,
    at: datetime,
) -> dict[str, Any]:
    return {
        "case": case.number,
        "body": case.body.name,
        "made_at": timezone.localtime(at).isoformat(),
        "made_by": actor.name,
        "identity_papers": identity.value,
        "ledger_sha256": facts.ledger_hash(facts.entries(case)),
        "bundle": {"file": f"{case.number}.pdf", "sha256": _sha256(file)},
        "items": [
            {
                "place": place,
                "section": SECTION_LABELS[each.item.section],
                "title": each.item.title,
                "number": each.item.number,
                "date": each.item.on.isoformat(),
                "first_page": first,
                "last_page": last,
                "original": _original_name(place, each) if each.original else "",
                "sha256": each.sha256,
                "note": each.note or each.remark,
            }
            for place, (each, first, last) in enumerate(_ranges(bound), start=1)
        ],
        "missing": [
            {"code": reason.code, "sentence": reason.sentence, "citation": reason.citation}
            for reason in found.missing
        ],
    }


def _pack(case: Case, bound: list[_Bound], *, file: bytes, manifest: Mapping[str, Any]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        listed = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        _add(archive, "manifest.json", listed, compress=True)
        _add(archive, f"{case.number}.pdf", file)
        for place, each in enumerate(bound, start=1):
            if each.original:
                _add(archive, _original_name(place, each), each.original)
    return packed.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, *, compress: bool = False) -> None:
    # Always the same moment: what was made when stands in the manifest.
    entry = zipfile.ZipInfo(name, date_time=_FIRST_MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    archive.writestr(entry, content)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
