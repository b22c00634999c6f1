"""Background runs as pages show them: in words a supervisor understands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from requests_app.domain.jobs import JOBS, Job
from requests_app.models import JobRun
from requests_app.presenters import dates
from requests_app.selectors.job_health import JobStanding

_LABELS = {job.value: spec.label for job, spec in JOBS.items()}


@dataclass(frozen=True)
class RunRow:
    """One run: what, when, how long, what it did, and a sentence where it went wrong."""

    label: str
    started: str
    took: str
    seen: int
    changed: int
    failed: int
    sentence: str
    bad: bool


@dataclass(frozen=True)
class StandingRow:
    """One periodic job: its schedule, last run, and whether it is missing."""

    label: str
    schedule: str
    last: str
    last_well: str
    sentence: str
    missing: bool
    bad: bool
    never: bool


def runs(found: Iterable[JobRun]) -> list[RunRow]:
    """Return runs as lines, in the order given."""
    return [
        RunRow(
            label=_LABELS.get(run.job, run.job),
            started=dates.minute(run.started_at),
            took=_took(run),
            seen=run.seen,
            changed=run.changed,
            failed=run.failed,
            sentence=_sentence(run.error, failed=run.failed, ended=run.ended_at is not None),
            bad=bool(run.error or run.failed or run.ended_at is None),
        )
        for run in found
    ]


def standings(found: Iterable[JobStanding]) -> list[StandingRow]:
    """Return how each periodic job stands, as lines."""
    return [
        StandingRow(
            label=each.label,
            schedule=JOBS[each.job].schedule,
            last=dates.minute(each.last_started_at) if each.last_started_at else "还没有运行过",
            last_well=dates.minute(each.last_ended_well_at) if each.last_ended_well_at else "—",
            sentence=_sentence(each.last_error, failed=each.last_failed, ended=True),
            missing=each.missing,
            bad=bool(each.last_error or each.last_failed),
            never=each.last_ended_well_at is None,
        )
        for each in found
    ]


@dataclass(frozen=True)
class Summary:
    """All periodic jobs in one sentence, and whether something is wrong."""

    words: str
    bad: bool


def summary(found: Iterable[JobStanding]) -> Summary:
    """Return how the periodic jobs stand in one sentence; the page of the jobs has the rest."""
    rows = standings(found)
    missing = "、".join(row.label for row in rows if row.missing)
    failed = "、".join(row.label for row in rows if row.bad and not row.missing)
    parts = [f"漏跑：{missing}"] if missing else []
    parts += [f"最近一次有失败：{failed}"] if failed else []
    if parts:
        return Summary("；".join(parts) + "。", bad=True)
    never = sum(row.never for row in rows)
    waiting = f"，其中{never}项还没有到第一次运行的时间" if never else ""
    return Summary(f"{len(rows)}项后台任务正常{waiting}。", bad=False)


def banner(missing: Iterable[Job]) -> str:
    """Return the sentence of the banner; empty while nothing is missing."""
    names = "、".join(f"“{JOBS[job].label}”" for job in missing)
    if not names:
        return ""
    return (
        f"后台任务超过26小时没有正常运行：{names}。页面上的灯和期限不受影响，"
        "但提醒、核对会停；恢复运行后一次补齐。"
    )


def _took(run: JobRun) -> str:
    if run.ended_at is None:
        return "没有结束"
    seconds = (run.ended_at - run.started_at).total_seconds()
    return "不到1秒" if seconds < 1 else f"{seconds:.0f}秒"


def _sentence(error: str, *, failed: int, ended: bool) -> str:
    if error:
        return f"运行中断：{error}。十五分钟后自动重试，详情见日志。"
    if not ended:
        return "没有结束：正在运行，或者随进程中断；十五分钟后自动重试。"
    if failed:
        return f"{failed}条没有处理成功，其余不受影响；详情见日志。"
    return ""
