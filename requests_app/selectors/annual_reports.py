"""Read annual reports: those that were published, for everybody, and their frozen files."""

from __future__ import annotations

from django.db.models import QuerySet

from requests_app.adapters import storage
from requests_app.domain.report_status import ReportFileKind, ReportStatus
from requests_app.models import AnnualReport, AnnualReportFile


def published() -> QuerySet[AnnualReport]:
    """Return the published reports, newest year first, each with its files (``report.files.all()``)."""
    found = AnnualReport.objects.filter(status=ReportStatus.PUBLISHED.value)
    # The snapshot names cases; a list that is open to all never loads it.
    return found.defer("snapshot").prefetch_related("files").order_by("-year")


def published_file(year: int, kind: ReportFileKind) -> tuple[AnnualReportFile, bytes]:
    """Return one file of a published report as it was published.

    Raises ``AnnualReportFile.DoesNotExist`` where there is none, ``storage.StorageError`` when it
    can no longer be read or is not what was published.
    """
    file = AnnualReportFile.objects.select_related("report").get(
        report__year=year, report__status=ReportStatus.PUBLISHED.value, kind=kind.value
    )
    return file, storage.read_file(file.path, sha256=file.sha256)
