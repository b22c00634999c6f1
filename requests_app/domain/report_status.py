"""The life of an annual report and of a statistical period, and in which files a report is given out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ReportStatus(StrEnum):
    """A draft follows the cases; from ``LOCKED`` on its figures are frozen; ``PUBLISHED`` is for all."""

    DRAFT = "draft"
    LOCKED = "locked"
    PUBLISHED = "published"


REPORT_STATUS_LABELS: Final[Mapping[ReportStatus, str]] = MappingProxyType(
    {
        ReportStatus.DRAFT: "未锁定，随案件更新",
        ReportStatus.LOCKED: "数据已锁定，待发布",
        ReportStatus.PUBLISHED: "已发布",
    }
)


class ReportFileKind(StrEnum):
    """In which form a report is given out; the value is the ending of its file."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"


REPORT_FILE_LABELS: Final[Mapping[ReportFileKind, str]] = MappingProxyType(
    {
        ReportFileKind.HTML: "网页（HTML）",
        ReportFileKind.PDF: "PDF",
        ReportFileKind.DOCX: "Word（DOCX）",
        ReportFileKind.XLSX: "数据表（XLSX）",
    }
)

REPORT_MEDIA_TYPES: Final[Mapping[ReportFileKind, str]] = MappingProxyType(
    {
        ReportFileKind.HTML: "text/html; charset=utf-8",
        ReportFileKind.PDF: "application/pdf",
        ReportFileKind.DOCX: (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        ),
        ReportFileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)


class PeriodKind(StrEnum):
    """How long a statistical period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


PERIOD_KIND_LABELS: Final[Mapping[PeriodKind, str]] = MappingProxyType(
    {PeriodKind.MONTH: "月", PeriodKind.QUARTER: "季度", PeriodKind.YEAR: "年"}
)
