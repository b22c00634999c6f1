"""Make the bundle of a case (卷宗) for a review, a suit or the archive: one PDF, one ZIP, one manifest.

Everything slow happens outside a transaction; the row, the note in the ledger and the two files come
to be together or not at all. Which papers there are, in which order, is ``selectors.dossiers``; how
pages are bound, ``adapters.pdf.binding``.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from requests_app.adapters import pdf, storage
from requests_app.adapters.pdf import binding
from requests_app.domain import applicants, dossier, dossier_papers
from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.dossier import (
    IDENTITY_CHOICE_LABELS,
    SECTION_LABELS,
    IdentityChoice,
)
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.ledger import Entry
from requests_app.models import Bundle, Case
from requests_app.selectors import cases, dossiers, facts
from requests_app.selectors import working_papers as papers
from requests_app.selectors.dossiers import Dossier
from requests_app.services import access_log, case_file, dossier_parts, entries, projections
from requests_app.services.dossier_parts import Bound

MAX_SOURCE_BYTES: Final = 300 * 1024 * 1024
MAX_PAGES: Final = 3000
_MAX_STORED_BYTES: Final = 2 * MAX_SOURCE_BYTES


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
    if bundle.deleted_at is not None:
        day = timezone.localtime(bundle.deleted_at).date()
        raise Refused.because("deleted", f"装有身份证明原件的卷宗已于{day}到期删除，登记还在。")
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
    bound = [dossier_parts.bind_item(case, found, item, top=top, today=today) for item in items]
    pages = sum(each.pages for each in bound)
    index = dossier_papers.index(top, lines=dossier_parts.index_lines(bound, issuer=case.body.name))
    cover = dossier_papers.cover(top, closed_on=case.closed_on, items=len(bound), pages=pages)
    file = binding.bind(
        [
            binding.Leaf("", "封面", pdf.render_cover(cover)),
            binding.Leaf("", "卷内目录", pdf.render_sheet(index)),
        ],
        [
            binding.Leaf(
                SECTION_LABELS[each.item.section], dossier_parts.named(each.item), each.content
            )
            for each in bound
        ],
        title=f"{case.number} 卷宗",
    )
    manifest = _manifest(case, found, bound, file=file, identity=identity, actor=actor, at=at)
    notes = tuple(f"{dossier_parts.named(each.item)}：{each.note}" for each in bound if each.note)
    return _Made(file, _pack(case, bound, file=file, manifest=manifest), len(bound), pages, notes)


def _manifest(
    case: Case,
    found: Dossier,
    bound: list[Bound],
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
        "bundle": {"file": f"{case.number}.pdf", "sha256": dossier_parts.sha256_of(file)},
        "items": [
            {
                "place": place,
                "section": SECTION_LABELS[each.item.section],
                "title": each.item.title,
                "number": each.item.number,
                "date": each.item.on.isoformat(),
                "first_page": first,
                "last_page": last,
                "original": dossier_parts.original_name(place, each) if each.original else "",
                "sha256": each.sha256,
                "note": each.note or each.remark,
            }
            for place, (each, first, last) in enumerate(dossier_parts.ranges(bound), start=1)
        ],
        "missing": [
            {"code": reason.code, "sentence": reason.sentence, "citation": reason.citation}
            for reason in found.missing
        ],
    }


def _pack(case: Case, bound: list[Bound], *, file: bytes, manifest: Mapping[str, Any]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        listed = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
        dossier_parts.add_to_zip(archive, "manifest.json", listed, compress=True)
        dossier_parts.add_to_zip(archive, f"{case.number}.pdf", file)
        for place, each in enumerate(bound, start=1):
            if each.original:
                dossier_parts.add_to_zip(
                    archive, dossier_parts.original_name(place, each), each.original
                )
    return packed.getvalue()
