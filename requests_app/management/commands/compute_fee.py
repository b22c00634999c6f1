"""Price requests from the command line: JSON lines in, one JSON result per line out.

Here belong reading a line and writing its answer; what anything costs is `domain.fees`.
Needs no database and no set-up: a fresh clone can run it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand

from requests_app.domain import fees
from requests_app.domain.errors import Refused
from requests_app.management import json_lines


class Command(BaseCommand):
    """Answer every line on standard input; a bad line gets an error and the rest goes on."""

    help = (
        "Read fee cases as JSON lines on standard input (mode item, page or month) and print one "
        "JSON result per line. A bad line gives an error in its place; blank lines are skipped."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        """Price standard input line by line."""
        for answer in answers(json_lines.source()):
            self.stdout.write(json_lines.dump(answer))


def answers(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Price each line that is not blank; never raise for what a line says."""
    return json_lines.answers(lines, by=_price)


def _price(case: dict[str, Any]) -> dict[str, Any]:
    match case.get("mode"):
        case fees.FeeMode.ITEM:
            return {
                "fee": fees.item_fee(
                    json_lines.field(case, "before"), json_lines.field(case, "items")
                )
            }
        case fees.FeeMode.PAGE:
            return {"fee": fees.page_fee(json_lines.field(case, "pages"))}
        case "month":
            monthly = fees.monthly_fees(_receipts(json_lines.field(case, "receipts")))
            return {"fees": list(monthly.fees), "total": monthly.total}
        case None:
            raise Refused.because("mode_missing", "缺少计费方式mode。")
        case _:
            raise Refused.because("mode_unknown", "计费方式mode只能是item、page或month。")


def _receipts(value: Any) -> list[fees.Receipt]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Refused.because("receipts_not_list", "receipts须为对象的列表。")
    return [
        fees.Receipt(
            on=json_lines.day(json_lines.field(item, "date")),
            items=json_lines.field(item, "items"),
            applicant=_applicant(item.get("applicant")),
        )
        for item in value
    ]


def _applicant(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused.because("applicant_not_text", "applicant须为文字。")
    return value
