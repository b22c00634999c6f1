"""补正: ask for it once, take the corrected application in (条例 30)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from requests_app.domain.access import Act, Actor, Role
from requests_app.domain.articles import ART_30
from requests_app.domain.clock import State
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import Entry
from requests_app.domain.letters import LetterKind
from requests_app.models import Event, Letter
from requests_app.selectors import offices
from requests_app.services import case_file, entries, letters, papers
from requests_app.services.papers import FileGiven


def request(
    case_id: int,
    *,
    fields: Mapping[str, str],
    actor: Actor,
    at: datetime,
    override_reason: str = "",
    seen_version: int | None = None,
) -> Letter:
    """Draft the one 补正告知书 of a case, with all points at once.

    Due within 7 working days of receipt; later only with a written reason, which stays on the letter.
    """
    with case_file.opened(
        case_id,
        act=Act.ASK_CORRECTION,
        actor=actor,
        at=at,
        override_reason=override_reason,
        seen_version=seen_version,
    ) as file:
        return letters.draft(
            file,
            kind=LetterKind.CORRECTION,
            act=Act.ASK_CORRECTION,
            fields=fields,
            override_reason=override_reason,
        )


def answer(
    case_id: int,
    *,
    text: str,
    on: date,
    actor: Actor,
    at: datetime,
    files: Sequence[FileGiven] = (),
    justified_reason: str = "",
) -> Event:
    """Take in the corrected application; a new period of 20 working days starts the day after ``on``.

    After the applicant's own period has gone by, an applicant's answer is kept and waits for the
    office to judge the reason; the office's own entry needs that judgement in ``justified_reason``.
    """
    limits = offices.settings(on=case_file.local_day(at))
    with (
        papers.taken_in(files, limits=limits) as taken,
        case_file.opened(case_id, act=Act.ANSWER_CORRECTION, actor=actor, at=at, on=on) as file,
    ):
        kept = case_file.require_text(
            text, code="text", sentence="请写补正的内容。", citation=ART_30
        )
        papers.attach(file.case, taken=taken, actor=actor, at=at, limits=limits)
        late = file.facts.timeline.state is State.ABANDONED
        if late and not justified_reason.strip():
            last = file.facts.timeline.correction_due
            sentence = (
                f"补正期限到{last}（含当日）为止，已经过了。请说明逾期的正当理由，由本机关核实。"
            )
            raise Refused.because("justified_reason", sentence, ART_30)
        data: dict[str, object] = {"text": kept, "reason": justified_reason.strip()}
        if late and Role.APPLICANT in actor.roles:
            entry = Entry.LATE_CORRECTION_OFFERED
        else:
            entry, data = Entry.CORRECTED, {**data, "justified": late}
        return entries.append(file.case, entry=entry, on=on, actor=actor, at=at, data=data)
