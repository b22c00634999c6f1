"""Take in papers that came after the application: the return slip of a letter, a scan made later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Refused
from requests_app.domain.ledger import Entry
from requests_app.domain.papers import ADDED_LATER, PAPER_KIND_LABELS, PaperKind
from requests_app.models import Attachment
from requests_app.selectors import offices
from requests_app.services import case_file, entries, papers
from requests_app.services.papers import FileGiven


def add(
    case_id: int, *, files: Sequence[FileGiven], note: str = "", actor: Actor, at: datetime
) -> list[Attachment]:
    """Attach papers to a case and say so in its ledger; all of them or none.

    Refuses a case that was put away, no file at all, a kind that comes by an act of its own, and
    what ``papers`` refuses of a file, with its name.
    """
    if not files:
        raise Refused.because("files", "请至少选一个文件。")
    strange = sorted(
        {PAPER_KIND_LABELS[each.kind] for each in files if each.kind not in ADDED_LATER}
    )
    if strange:
        raise Refused.because("kind", f"“{'、'.join(strange)}”不在这里补充。")
    limits = offices.settings(on=case_file.local_day(at))
    with (
        papers.taken_in(files, limits=limits) as taken,
        case_file.opened(case_id, act=Act.ADD_PAPERS, actor=actor, at=at) as file,
    ):
        kept = papers.attach(file.case, taken=taken, actor=actor, at=at, limits=limits)
        data = {"text": f"补充材料：{_counted(taken)}", **_with(note)}
        entries.append(file.case, entry=Entry.NOTED, on=file.today, actor=actor, at=at, data=data)
        return kept


def _counted(taken: Sequence[papers.FileTaken]) -> str:
    counts: dict[PaperKind, int] = {}
    for each in taken:
        counts[each.kind] = counts.get(each.kind, 0) + 1
    return "、".join(f"{PAPER_KIND_LABELS[kind]}{count}份" for kind, count in counts.items())


def _with(note: str) -> dict[str, str]:
    kept = note.strip()
    return {"reason": kept} if kept else {}
