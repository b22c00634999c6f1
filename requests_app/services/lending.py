"""Keep the reading and lending log of the files that were put away (公开指南二（五）)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from requests_app.domain import archiving
from requests_app.domain.access import Act, Actor, reasons_against
from requests_app.domain.archiving import LENDING_KIND_LABELS, LendingKind
from requests_app.domain.errors import Refused, refuse_if_any
from requests_app.domain.ledger import Entry
from requests_app.models import Case, Lending
from requests_app.selectors import archives, cases
from requests_app.services import case_file, entries, projections


def lend(
    case_id: int,
    *,
    kind: LendingKind,
    person: str,
    unit: str,
    purpose: str,
    out_on: date,
    due_on: date | None,
    actor: Actor,
    at: datetime,
) -> Lending:
    """Note who reads a file in the archive or takes it away, why, and until when; and in the ledger.

    Refuses a case that was not put away, a file that is out, days that cannot be, and blanks.
    """
    refuse_if_any(reasons_against(Act.LEND, actor=actor))
    today = case_file.local_day(at)
    with transaction.atomic():
        case = case_file.lock(case_id, actor=actor)
        record = archives.record_of(case)
        if record is None:
            raise Refused.because("not_archived", "这件申请还没有归档，案卷在经办人手里。")
        reader = case_file.require_text(person, code="person", sentence="请写明查阅、借阅人。")
        place = case_file.require_text(
            unit, code="unit", sentence="请写明查阅、借阅人的单位、科室。"
        )
        why = case_file.require_text(purpose, code="purpose", sentence="查阅、借阅必须写明事由。")
        back = due_on if kind is LendingKind.LENDING else None
        refuse_if_any(archiving.against_lending(kind, out_on=out_on, due_on=back, today=today))
        if out_on < record.archived_on:
            raise Refused.because("out_on", f"日期不能早于归档日期（{record.archived_on}）。")
        _refuse_out(case)
        row = Lending(
            record=record,
            kind=kind.value,
            person=reader,
            unit=place,
            purpose=why,
            out_on=out_on,
            due_on=back,
            recorded_at=at,
            recorded_by_id=actor.staff,
            # What is read in the archive stays there.
            returned_on=out_on if kind is LendingKind.READING else None,
            returned_to_id=actor.staff if kind is LendingKind.READING else None,
        )
        case_file.refuse_too_long(row)
        row.save()
        words = f"{LENDING_KIND_LABELS[kind]}：{reader}（{place}）"
        until = f"，应于{back}归还" if back else ""
        _note(case, text=f"{words}{until}", reason=why, actor=actor, at=at)
        return row


def give_back(lending_id: int, *, on: date, note: str, actor: Actor, at: datetime) -> Lending:
    """Note that a file came back, when, and in what state; refuses one that is not out."""
    refuse_if_any(reasons_against(Act.LEND, actor=actor))
    with transaction.atomic():
        found = Lending.objects.filter(
            pk=lending_id, record__case__in=cases.visible_to(actor)
        ).select_related("record")
        row = found.first()
        if row is None:
            raise Refused.because("no_such_lending", "没有这条借阅登记。")
        case = case_file.lock(row.record.case_id, actor=actor)
        row = found.get()  # again, behind the lock: somebody may have noted it meanwhile
        if row.returned_on is not None:
            raise Refused.because("returned", f"已于{row.returned_on}登记归还。")
        if on > case_file.local_day(at):
            raise Refused.because("on", "归还日期不能晚于今天。")
        if on < row.out_on:
            raise Refused.because("on", f"归还日期不能早于借出日期（{row.out_on}）。")
        row.returned_on, row.returned_to_id, row.return_note = on, actor.staff, note.strip()
        case_file.refuse_too_long(row)
        row.save(update_fields=["returned_on", "returned_to", "return_note"])
        late = archiving.overdue_days(due_on=row.due_on, returned_on=None, today=on)
        overdue = f"，超期{late}天" if late else ""
        _note(
            case, text=f"案卷归还：{row.person}{overdue}", reason=note.strip(), actor=actor, at=at
        )
        return row


def _refuse_out(case: Case) -> None:
    out = (
        archives.lendings_of(case)
        .filter(kind=LendingKind.LENDING.value, returned_on__isnull=True)
        .first()
    )
    if out is not None:
        sentence = f"案卷现在由{out.person}（{out.unit}）借出，应于{out.due_on}归还，归还后再登记。"
        raise Refused.because("out", sentence)


def _note(case: Case, *, text: str, reason: str, actor: Actor, at: datetime) -> None:
    today = case_file.local_day(at)
    data = {"text": text, **({"reason": reason} if reason else {})}
    entries.append(case, entry=Entry.NOTED, on=today, actor=actor, at=at, data=data)
    projections.refresh(case, today=today)
