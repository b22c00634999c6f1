"""The files of an answer: for the desk with their redactions, for the applicant with what may be fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from requests_app.models import ReleasedFile
from requests_app.selectors import offices
from requests_app.selectors import releases as files_of


@dataclass(frozen=True)
class PlaceRow:
    """One blacked-out place."""

    redaction_id: int
    where: str
    ground: str
    reason: str


@dataclass(frozen=True)
class FileRow:
    """One file as the desk sees it; ``open`` while it may still be changed."""

    file_id: int
    paper_id: int
    name: str
    pages: int
    kind: str
    sha256: str
    state: str
    tone: str
    open: bool
    redacted: bool
    missing: bool
    warning: str
    places: tuple[PlaceRow, ...]


@dataclass(frozen=True)
class Fetchable:
    """One file as its applicant sees it; ``ready`` until its time online has gone by."""

    file_id: int
    name: str
    note: str
    ready: bool
    sha256: str


def for_desk(rows: Iterable[ReleasedFile]) -> tuple[FileRow, ...]:
    """Return the files of a case for the clerk."""
    return tuple(_desk_row(row) for row in rows)


def pages(rows: Iterable[FileRow]) -> int:
    """Return how many pages are being prepared or were handed over last."""
    rows = tuple(rows)
    open_ones = [row.pages for row in rows if row.open]
    return sum(open_ones) if open_ones else sum(row.pages for row in rows)


def for_applicant(rows: Sequence[ReleasedFile], *, today: date) -> tuple[Fetchable, ...]:
    """Return the files an applicant may fetch, each with its pages and its last day online."""
    if not rows:
        return ()
    days = offices.settings(on=today).release_online_days
    return tuple(
        _fetchable(row, today=today, until=files_of.kept_until(row, days=days)) for row in rows
    )


def _desk_row(row: ReleasedFile) -> FileRow:
    loose = row.letter is None
    places = tuple(
        PlaceRow(each.pk, f"第{each.page}页 {each.what}", each.get_ground_display(), each.reason)
        for each in row.redactions.all()
    )
    return FileRow(
        file_id=row.pk,
        paper_id=row.attachment_id,
        name=row.attachment.name,
        pages=row.pages,
        kind="遮盖" if row.redacted else "全文",
        sha256=row.attachment.sha256,
        state="准备中" if row.letter is None else f"{row.letter.number} {_state(row)}",
        tone="b" if loose else "",
        open=loose,
        redacted=row.redacted,
        missing=row.redacted and not places,
        warning=row.warning,
        places=places,
    )


def _state(row: ReleasedFile) -> str:
    return row.letter.get_status_display() if row.letter else ""


def _fetchable(row: ReleasedFile, *, today: date, until: date | None) -> Fetchable:
    ready = until is None or today <= until
    parts = [f"{row.pages} 页", _size(row.attachment.size)]
    if row.redacted:
        parts.append("有遮盖，依据写在答复书里")
    if until is not None:
        parts.append(
            f"网上保留到 {until}" if ready else f"网上保留到 {until}，已经过了，需要请联系我们"
        )
    return Fetchable(row.pk, row.attachment.name, "　".join(parts), ready, row.attachment.sha256)


def _size(size: int) -> str:
    return f"{max(1, round(size / 1024))}\u00a0KB"
