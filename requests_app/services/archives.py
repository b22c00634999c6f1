"""Put a case away: judge the guide's list, draw the file number, owe the electronic file (条例 45)."""

from __future__ import annotations

from datetime import datetime

from requests_app.domain import archiving
from requests_app.domain.access import Act, Actor
from requests_app.domain.archiving import FileNumber
from requests_app.domain.articles import ART_45
from requests_app.domain.case_facts import UNDER_WAY, LetterStatus
from requests_app.domain.dossier import GUIDE
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.ledger import Entry
from requests_app.models import ArchiveRecord, Case, Event
from requests_app.selectors import archives
from requests_app.selectors.archives import Standing
from requests_app.services import archive_files, case_file, entries, numbers
from requests_app.services.case_file import OpenCase

_CLOSING = (Act.ANSWER, Act.CONFIRM_LAPSE, Act.WITHDRAW)
_OUT = (LetterStatus.DISPATCHED, LetterStatus.DELIVERED)


def put_away(
    case_id: int,
    *,
    actor: Actor,
    at: datetime,
    explanation: str = "",
    seen_version: int | None = None,
) -> Event:
    """Put a finished case away with a file number, and owe its electronic file.

    Refused while a letter still waits to go out, and where a paper of the guide's list is lacking
    that must be there, each named; unless it is explained where it is or why there is none, which
    stays in the ledger.
    """
    with case_file.opened(
        case_id, act=Act.ARCHIVE, actor=actor, at=at, seen_version=seen_version
    ) as file:
        waiting = file.case.letters.filter(status__in=[status.value for status in UNDER_WAY])
        if waiting.exists():
            raise Refused.because("letters_waiting", "还有文书没有发出，处理完再归档。", ART_45)
        found = archives.standing(file.case, today=file.today)
        why = explanation.strip()
        _refuse_incomplete(found, explained=bool(why))
        record = _register(file, found=found)
        lacking = [reason.sentence for reason in found.missing]
        event = entries.append(
            file.case,
            entry=Entry.ARCHIVED,
            on=file.today,
            actor=actor,
            at=at,
            data={
                "file_number": record.number,
                "retention": record.retention,
                "missing": lacking,
                **({"reason": why} if why else {}),
            },
        )
        archive_files.owe(record, seq=event.seq, at=at)
        return event


def _refuse_incomplete(found: Standing, *, explained: bool) -> None:
    lacking = found.compulsory
    if lacking and not explained:
        sentence = "补齐以上材料再归档；确实没有的，写明原因和去向。"
        raise Refused((*lacking, Reason("explanation", sentence, GUIDE)))


def _register(file: OpenCase, *, found: Standing) -> ArchiveRecord:
    """Draw the number, or keep the one the case has where year and period are still the same.

    The year is that of the closing: what goes back and forth over a new year belongs to its reply.
    """
    case, settings = file.case, found.settings
    year = (case.closed_on or file.today).year
    retention = settings.retention(found.kind)
    held = archives.record_of(case)
    if held is not None and (held.year, held.retention) == (year, retention):
        return held
    refuse_if_any(
        archiving.against_codes(
            fonds=settings.fonds_number,
            category=settings.category_code,
            unit=settings.unit_code,
        )
    )
    item = numbers.draw_archive_item(case.body, retention=retention, year=year)
    number = FileNumber(
        settings.fonds_number, settings.category_code, year, retention, settings.unit_code, item
    )
    _refuse_taken(str(number))
    return ArchiveRecord.objects.create(
        case=case,
        number=str(number),
        kind=found.kind.value,
        year=year,
        retention=retention.value,
        item=item,
        kept_to=archiving.kept_until(year, retention),
        document_number=_document_number(case),
        archived_on=file.today,
        archived_by_id=file.actor.staff,
    )


def _refuse_taken(number: str) -> None:
    if ArchiveRecord.objects.filter(number=number).exists():
        sentence = (
            f"档号{number}已经用过：同一全宗里各机关的机构（问题）代码不能相同，请改档案设置。"
        )
        raise Refused.because("file_number", sentence, archiving.DA_T_22)


def _document_number(case: Case) -> str:
    """Return the 文号 under which the case ended, by which the paper file is bound."""
    letters = case.letters.filter(
        act__in=[act.value for act in _CLOSING], status__in=[status.value for status in _OUT]
    )
    return letters.order_by("-signed_at", "-pk").values_list("number", flat=True).first() or ""
