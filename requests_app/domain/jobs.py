"""The jobs that run behind the pages: their names, what each does, and when it is owed.

Here belong the names and the facts of the schedule. The work itself is a service; ``tasks``
registers one task per job under its name; the page of jobs in the docs is made from ``JOBS``.
A job only hurries what rows already say, so a lost or doubled one changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

OFFICE_ZONE: Final = ZoneInfo("Asia/Shanghai")


class Job(StrEnum):
    """The stable name of each job, which is also the name of its task."""

    RENDER_LETTER = "render_letter"
    SEND_MESSAGE = "send_message"
    SWEEP = "sweep"
    FLAG_DUE = "flag_due"
    PROPOSE_LAPSES = "propose_lapses"
    VERIFY_PROJECTIONS = "verify_projections"
    SEAL_LEDGERS = "seal_ledgers"
    WARN_CALENDAR = "warn_calendar"
    DISCARD_DRAFTS = "discard_drafts"
    ESCALATE = "escalate"
    MAKE_ARCHIVE_FILE = "make_archive_file"
    DELETE_SCANS = "delete_scans"


@dataclass(frozen=True)
class JobSpec:
    """What one job does and when it is owed.

    A job is either asked for, with the ids named in ``ids``; or periodic, ``every`` so often or
    once a day from ``at`` on (time of the office). A machine that was off at that hour owes the
    job as soon as it is back.
    """

    job: Job
    label: str
    ids: tuple[str, ...] = ()
    every: timedelta | None = None
    at: time | None = None

    def __post_init__(self) -> None:
        if sum((bool(self.ids), self.every is not None, self.at is not None)) != 1:
            raise ValueError(f"{self.job}: a job has ids, an interval or an hour, and only one")

    @property
    def periodic(self) -> bool:
        """Whether the job comes round by itself."""
        return not self.ids

    @property
    def schedule(self) -> str:
        """When it runs, in Chinese, for people."""
        if self.every is not None:
            return f"每 {int(self.every.total_seconds())} 秒"
        if self.at is not None:
            return f"每天 {self.at:%H:%M} 起一次"
        return "随办理动作触发"


JOBS: Final[Mapping[Job, JobSpec]] = MappingProxyType(
    {
        spec.job: spec
        for spec in (
            JobSpec(Job.RENDER_LETTER, "生成文书 PDF", ids=("letter_id",)),
            JobSpec(Job.SEND_MESSAGE, "发送通知", ids=("message_id",)),
            JobSpec(Job.SWEEP, "补做未完成的文书、通知和到点的任务", every=timedelta(seconds=2)),
            JobSpec(Job.FLAG_DUE, "标出当日到期和已经逾期的件", at=time(0, 5)),
            JobSpec(Job.PROPOSE_LAPSES, "列出逾期未补正、未缴费的待确认件", at=time(0, 15)),
            JobSpec(Job.VERIFY_PROJECTIONS, "核对期限与台账是否一致", at=time(2, 0)),
            JobSpec(Job.SEAL_LEDGERS, "核验台账有没有被改动并封存", at=time(2, 30)),
            JobSpec(Job.WARN_CALENDAR, "提醒导入下一年度放假安排", at=time(7, 30)),
            JobSpec(Job.DISCARD_DRAFTS, "清除无人提交的申请草稿", at=time(3, 0)),
            JobSpec(Job.MAKE_ARCHIVE_FILE, "制作电子档案", ids=("archive_file_id",)),
            JobSpec(Job.DELETE_SCANS, "按期删除身份证明等敏感扫描件", at=time(3, 30)),
            JobSpec(
                Job.ESCALATE, "催办、督办：列出应发的提醒，每人每个工作日发一份", at=time(8, 30)
            ),
        )
    }
)


def is_owed(job: Job, *, last_ran_at: datetime | None, at: datetime) -> bool:
    """Say whether a periodic job should run at ``at``, having last run at ``last_ran_at``.

    Both are aware moments. Missed days are owed once, not once each: every run looks at all rows.
    A job that is asked for by id is never owed.
    """
    spec = JOBS[job]
    if spec.every is not None:
        return last_ran_at is None or at - last_ran_at >= spec.every
    if spec.at is not None:
        return last_ran_at is None or last_ran_at < _latest_slot(spec.at, at=at)
    return False


def _latest_slot(hour: time, *, at: datetime) -> datetime:
    local = at.astimezone(OFFICE_ZONE)
    slot = datetime.combine(local.date(), hour, tzinfo=OFFICE_ZONE)
    return slot if slot <= local else slot - timedelta(days=1)
