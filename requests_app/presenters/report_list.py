"""The case list of the reports as its page and its files show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from requests_app.domain.access import ROLE_LABELS, Role
from requests_app.domain.deadline_report import FIGURE_LABELS, Figure
from requests_app.domain.ledger import STATUS_LABELS, Status
from requests_app.models import Case
from requests_app.presenters import desk_dates, people
from requests_app.selectors.report_cases import OVER_A_TIME, Group, Query
from requests_app.selectors.report_rows import CaseRow

HEADS: Final = (
    "编号", "受文机关", "申请人类型", "收到", "原期限", "现期限", "变更", "依据文书号", "办结",
    "用时净/毛（工作日）", "超期：按原期限/按现期限（工作日）", "卡在哪一步", "谁", "停留（工作日）", "原因", "提示",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row: line one and line two of each column of the page."""

    case_id: int
    number: str
    body: str
    applicant_kind: str
    received: str = "—"
    original_due: str = "—"
    due: str = "—"
    changes: int = 0
    grounds: tuple[str, ...] = ()
    closed: str = ""
    net: str = "—"
    gross: str = "—"
    late_original: str = ""
    late: str = ""
    stage: str = ""
    holder: str = ""
    stands: str = ""
    reasons: tuple[str, ...] = ()
    warned: str = ""

    def cells(self) -> tuple[str, ...]:
        """Return the row for a file, one text under each of ``HEADS``."""
        return (
            self.number, self.body, self.applicant_kind, self.received, self.original_due, self.due,
            str(self.changes), "、".join(self.grounds), self.closed, f"{self.net}/{self.gross}",
            f"{self.late_original}/{self.late}", self.stage, self.holder, self.stands,
            "；".join(self.reasons), self.warned,
        )  # fmt: skip


def rows(cases: Iterable[Case], *, details: Mapping[int, CaseRow], today: date) -> list[Row]:
    """Return the rows of a page in its order; a ledger that cannot be read shows only its case."""
    return [_row(case, details.get(case.pk), today=today) for case in cases]


def _row(case: Case, found: CaseRow | None, *, today: date) -> Row:
    if found is None:
        return Row(
            case.pk, case.number, case.body.name, people.kind(case.applicant), stage="台账不能推算"
        )
    open_still = found.closed_on is None

    def day(value: date | None) -> str:
        return desk_dates.short(value, today=today) if value else "—"

    return Row(
        case_id=case.pk,
        number=case.number,
        body=case.body.name,
        applicant_kind=people.kind(case.applicant),
        received=day(found.received_on),
        original_due=day(found.original_due),
        due=day(found.due_on),
        changes=found.changes,
        grounds=found.grounds,
        closed=day(found.closed_on) if found.closed_on else "",
        net="—" if found.net is None else str(found.net),
        gross=str(found.gross),
        late_original=_late(found.late_original),
        late=_late(found.late),
        stage=STATUS_LABELS[found.status],
        holder=_holder(case, status=found.status) if open_still else "",
        stands=str(found.stands) if open_still else "",
        reasons=found.reasons,
        warned=found.warned,
    )


def _late(days: int | None) -> str:
    """Say how late in working days; past the day with no working day gone by has no number."""
    return "" if days is None else f"+{days}" if days else "已过"


def _holder(case: Case, *, status: Status) -> str:
    if status is Status.AWAITING_APPROVAL:
        return ROLE_LABELS[Role.HEAD]
    names = [str(each) for each in (case.department, case.clerk) if each is not None]
    return " ".join(names) or "（未分办）"


def choices(*, past: bool) -> list[tuple[str, str]]:
    """Return the figures a list can be asked for; on a past day only those of that day."""
    return [
        (figure.value, FIGURE_LABELS[figure])
        for figure in Figure
        if not (past and figure in OVER_A_TIME)
    ]


def limits(query: Query, *, departments: Mapping[int, str], clerks: Mapping[int, str]) -> list[str]:
    """Return in words what the list is limited to, for its head and for the stamp of its files."""

    def name(group: Group, names: Mapping[int, str]) -> str:
        return "未定" if group.pk is None else names.get(group.pk, f"#{group.pk}")

    found = []
    if query.department is not None:
        found.append(f"部门：{name(query.department, departments)}")
    if query.clerk is not None:
        found.append(f"经办：{name(query.clerk, clerks)}")
    for word, since, until in (
        (_WHEN.get(query.figure, "收到"), query.since, query.until),
        ("到期", query.due_since, query.due_until),
    ):
        if since and until and since == until:
            found.append(f"{word}：{since}")
        elif since or until:
            found.append(f"{word}：{since or ''} 至 {until or ''}")
    return found


_WHEN: Final = {
    Figure.CLOSED: "办结",
    Figure.LATE_DONE: "办结",
    Figure.YELLOW: "黄牌",
    Figure.RED: "红牌",
}
