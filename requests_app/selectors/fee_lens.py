"""Read what a fee would be charged on: the month's items of who applies, the pages to hand over."""

from __future__ import annotations

from dataclasses import dataclass

from requests_app.domain import releases as file_rules
from requests_app.domain.application import FormWanted
from requests_app.domain.fees import BY_PAGE, FeeMode
from requests_app.models import Case
from requests_app.selectors import fee_counts, releases
from requests_app.selectors.fee_counts import MonthCount


@dataclass(frozen=True)
class Suggested:
    """The counts of a case, and the method they speak for.

    ``pages`` are those of the files prepared to be handed over; none are by page for who reads on site.
    """

    counts: tuple[MonthCount, ...]
    items_before: int
    items: int
    pages: int
    reads_on_site: bool

    @property
    def mode(self) -> FeeMode:
        """Return by page where the prepared pages go beyond what is free, else by item; never both."""
        beyond = self.pages > BY_PAGE.bands[0].last and not self.reads_on_site
        return FeeMode.PAGE if beyond else FeeMode.ITEM


def suggested(case: Case) -> Suggested:
    """Read the counts of a case; what a fee comes to is worked out in ``domain.fees``."""
    return Suggested(
        counts=fee_counts.of_applicants(case),
        items_before=fee_counts.items_before(case),
        items=case.item_count,
        pages=file_rules.pages(releases.prepared(case)),
        reads_on_site=case.form_wanted == FormWanted.READING.value,
    )
