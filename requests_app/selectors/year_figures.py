"""A year as it stands now: its three tables, what fails, what has changed since it was locked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from requests_app.domain import annual_remedies, annual_report, proactive, report_text, snapshots
from requests_app.domain.annual_remedies import YearProceeding
from requests_app.domain.annual_report import YearCase
from requests_app.domain.report_status import ReportStatus
from requests_app.models import AnnualReport
from requests_app.selectors import fee_accounts, year_cases

FORMAT = 1


@dataclass(frozen=True)
class YearFigures:
    """Every figure of one year, with the cases and proceedings behind them."""

    year: int
    cases: tuple[YearCase, ...]
    proceedings: tuple[YearProceeding, ...]
    proactive: Mapping[str, str]
    fee_cases: int
    fee_fen: int

    @cached_property
    def applications(self) -> annual_report.Cells:
        """Return table 三."""
        return annual_report.tabulate(self.cases)

    @cached_property
    def remedies(self) -> annual_remedies.Cells:
        """Return table 四."""
        return annual_remedies.tabulate(self.proceedings)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Return the figures that the written sections may name."""
        return report_text.figures(
            year=self.year,
            applications=self.applications,
            remedies=self.remedies,
            fee_cases=self.fee_cases,
            fee_fen=self.fee_fen,
        )

    def snapshot(self) -> dict[str, Any]:
        """Return everything as plain data, to be hashed and kept."""
        return {
            "format": FORMAT,
            "year": self.year,
            "table_2": dict(self.proactive),
            "table_3": {
                row.value: {column.value: n for column, n in cells.items()}
                for row, cells in self.applications.items()
            },
            "table_4": {
                kind.value: {cell.value: n for cell, n in cells.items()}
                for kind, cells in self.remedies.items()
            },
            "fees": {"cases": self.fee_cases, "fen": self.fee_fen},
            "cases": snapshots.case_rows(self.cases),
            "proceedings": snapshots.proceeding_rows(self.proceedings),
        }


def live(year: int, *, figures: Mapping[str, str] | None = None) -> YearFigures:
    """Count a year as the cases stand now: four queries, whatever the year holds."""
    takings = fee_accounts.takings(*year_cases.bounds(year))
    return YearFigures(
        year=year,
        cases=year_cases.of_year(year),
        proceedings=year_cases.proceedings_of_year(year),
        proactive=figures or {},
        fee_cases=takings.cases,
        fee_fen=takings.net_fen,
    )


def frozen(report: AnnualReport) -> YearFigures | None:
    """Return a year as it was locked; ``None`` while it is a draft."""
    kept = report.snapshot
    if report.status == ReportStatus.DRAFT or kept is None:
        return None
    return YearFigures(
        year=report.year,
        cases=snapshots.read_cases(kept["cases"]),
        proceedings=snapshots.read_proceedings(kept["proceedings"]),
        proactive=kept["table_2"],
        fee_cases=kept["fees"]["cases"],
        fee_fen=kept["fees"]["fen"],
    )


def locked_before(year: int) -> YearFigures | None:
    """Return last year as it was locked; ``None`` where it is not."""
    report = AnnualReport.objects.filter(year=year - 1).first()
    return None if report is None else frozen(report)


def proactive_before(year: int) -> Mapping[str, str]:
    """Return last year's table 二, as far as it was entered."""
    report = AnnualReport.objects.filter(year=year - 1).only("proactive").first()
    return {} if report is None else report.proactive


def failures(figures: YearFigures) -> tuple[annual_report.Failure, ...]:
    """Check table 三 with what the last year left."""
    last = locked_before(figures.year)
    return annual_report.failures(
        figures.applications, last_year=last.applications if last else None
    )


def changes(report: AnnualReport) -> tuple[snapshots.Change, ...]:
    """Tell what has changed since the year was locked, cell by cell; empty for a draft."""
    then = frozen(report)
    if then is None:
        return ()
    now = live(report.year)
    return (
        *snapshots.case_changes(then.cases, now.cases),
        *snapshots.proceeding_changes(then.proceedings, now.proceedings),
    )


def missing_figures(figures: YearFigures) -> tuple[proactive.Figure, ...]:
    """Return the cells of table 二 that nobody has filled."""
    return proactive.missing(figures.proactive)
