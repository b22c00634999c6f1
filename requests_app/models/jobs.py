"""The record each background run leaves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class JobRun(models.Model):
    """One run of one job: when, what it saw, what it changed, how it ended."""

    job = models.CharField("任务", max_length=40)
    started_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束", null=True, blank=True)
    seen = models.PositiveIntegerField("检查", default=0)
    changed = models.PositiveIntegerField("变更", default=0)
    failed = models.PositiveIntegerField("失败", default=0)
    error = models.TextField("错误", blank=True)

    class Meta:
        verbose_name = "任务记录"
        verbose_name_plural = "任务记录"
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["job", "-started_at"], name="job_last_runs")
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.started_at:%Y-%m-%d %H:%M}"
