"""Delete sensitive scans when their time has run out (个人信息保护法 19, 47); the ledger keeps that it was.

The office sets how many months after the closing. What goes is the file; the row stays with its
SHA-256, and an entry of the ledger names each file with its hash. Entries are never deleted. A
bundle that holds the originals of identity papers goes with them. While a review or a suit is open
nothing goes: it may be asked for as evidence.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from requests_app.adapters import storage
from requests_app.domain import archiving
from requests_app.domain.access import SYSTEM
from requests_app.domain.dossier import IdentityChoice
from requests_app.domain.ledger import Entry
from requests_app.domain.papers import PAPER_KIND_LABELS, SENSITIVE, PaperKind
from requests_app.models import ArchiveSettings, Attachment, Bundle, Case, IssuingBody, Proceeding
from requests_app.selectors import archives
from requests_app.services import case_file, entries, projections
from requests_app.services.tally import Tally

logger = logging.getLogger(__name__)

_RULE: Final = "《个人信息保护法》第十九条、第四十七条"
_SENSITIVE: Final = tuple(kind.value for kind in SENSITIVE)


def delete_due(*, at: datetime) -> Tally:
    """Delete what is due in every case, each by itself, and the files an earlier run left behind.

    What is seen are cases with something due; what is changed, those it went from.
    """
    done = failed = 0
    due = list(_due(at=at))
    for case_id, settings in due:
        try:
            done += _delete(case_id, settings=settings, at=at)
        except Exception:
            logger.exception("scans of case %s could not be deleted", case_id)
            failed += 1
    return Tally(seen=len(due), changed=done, failed=failed + _remove_files())


def _due(*, at: datetime) -> Iterator[tuple[int, ArchiveSettings]]:
    today = case_file.local_day(at)
    open_dispute = Proceeding.objects.filter(case=OuterRef("pk"), voided_at__isnull=True, result="")
    for body in IssuingBody.objects.order_by("pk"):
        settings = archives.settings(body, on=today)
        if settings.identity_scan_months is None:
            continue
        held = Attachment.objects.filter(
            case=OuterRef("pk"), kind__in=_SENSITIVE, deleted_at__isnull=True
        )
        found = Case.objects.filter(
            Exists(held), ~Exists(open_dispute), body=body, closed_on__isnull=False
        ).order_by("pk")
        months = settings.identity_scan_months
        for case_id, closed_on in found.values_list("pk", "closed_on"):
            if closed_on and archiving.scans_due_on(closed_on, months=months) <= today:
                yield case_id, settings


@transaction.atomic
def _delete(case_id: int, *, settings: ArchiveSettings, at: datetime) -> bool:
    """Mark the scans of one case as deleted and say so in its ledger; the files go after the commit."""
    case = case_file.lock(case_id, actor=SYSTEM)
    disputed = case.proceedings.filter(voided_at__isnull=True, result="").exists()
    if case.closed_on is None or disputed:
        return False  # opened again, or disputed, since the list was read
    scans = list(
        case.attachments.select_for_update().filter(kind__in=_SENSITIVE, deleted_at__isnull=True)
    )
    if not scans:
        return False
    bundles = list(case.bundles.filter(identity=IdentityChoice.FULL, deleted_at__isnull=True))
    data = _told(scans, bundles=bundles, months=settings.identity_scan_months)
    today = case_file.local_day(at)
    entries.append(case, entry=Entry.NOTED, on=today, actor=SYSTEM, at=at, data=data)
    Attachment.objects.filter(pk__in=[row.pk for row in scans]).update(deleted_at=at)
    Bundle.objects.filter(pk__in=[row.pk for row in bundles]).update(deleted_at=at)
    projections.refresh(case, today=today, by_machine=True)
    return True


def _told(
    scans: Iterable[Attachment], *, bundles: Iterable[Bundle], months: int | None
) -> dict[str, Any]:
    scans, bundles = list(scans), list(bundles)
    counts: dict[str, int] = {}
    for row in scans:
        label = PAPER_KIND_LABELS[PaperKind(row.kind)]
        counts[label] = counts.get(label, 0) + 1
    words = [f"{label}{count}份" for label, count in counts.items()]
    if bundles:
        words.append(f"装有原件的卷宗{len(bundles)}份")
    return {
        "text": f"到期删除敏感扫描件：{'、'.join(words)}",
        "reason": f"办结已满{months}个月（{_RULE}）；登记和SHA-256保留",
        "deleted": [
            {"paper": row.pk, "type": row.kind, "size": row.size, "sha256": row.sha256}
            for row in scans
        ],
        "deleted_bundles": [
            {"bundle": row.pk, "pdf_sha256": row.pdf_sha256, "zip_sha256": row.zip_sha256}
            for row in bundles
        ],
    }


def _remove_files() -> int:
    """Remove the files of what is marked deleted; return how many could not be. Safe at any time.

    After the commit, and again at every run: a machine that stopped in between leaves none behind.
    """
    failed = 0
    for row in Attachment.objects.filter(~Q(path=""), deleted_at__isnull=False):
        if _removed(row.path):
            Attachment.objects.filter(pk=row.pk).update(path="")
        else:
            failed += 1
    for bundle in Bundle.objects.filter(~Q(pdf_path="", zip_path=""), deleted_at__isnull=False):
        if _removed(bundle.pdf_path, bundle.zip_path):
            Bundle.objects.filter(pk=bundle.pk).update(pdf_path="", zip_path="")
        else:
            failed += 1
    return failed


def _removed(*paths: str) -> bool:
    try:
        for path in paths:
            storage.delete(path)
    except storage.StorageError:
        logger.exception("a file whose time ran out is still there")
        return False
    return True
