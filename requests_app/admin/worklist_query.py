"""What the address of the work list asks for, read and written in one place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.http import QueryDict
from django.utils.http import urlencode

from requests_app.admin.acts.form import whole_number
from requests_app.domain.application import ApplicantKind, Channel, OrganisationType
from requests_app.domain.ledger import Status
from requests_app.domain.lights import Light
from requests_app.selectors.worklist_flags import Flag
from requests_app.selectors.worklists import Query, Tab

Code = TypeVar("Code", bound=StrEnum)

_KINDS = {each.value for each in (*ApplicantKind, *OrganisationType)}


def read(asked: QueryDict) -> Query:
    """Return what was asked for; what makes no sense is left out."""
    kind = asked.get("kind", "")
    return Query(
        tab=_known(Tab, asked.get("tab")) or Tab.LIVE,
        # PostgreSQL refuses to look for the one character it never keeps.
        words=asked.get("q", "").replace("\0", "").strip()[:80],
        department_id=whole_number(asked.get("department", "")),
        clerk_id=whole_number(asked.get("clerk", "")),
        channel=_known(Channel, asked.get("channel")) or "",
        applicant_kind=kind if kind in _KINDS else "",
        status=_known(Status, asked.get("status")) or "",
        received_from=_day(asked.get("received_from")),
        received_to=_day(asked.get("received_to")),
        due_from=_day(asked.get("due_from")),
        due_to=_day(asked.get("due_to")),
        light=_known(Light, asked.get("light")),
        flag=_known(Flag, asked.get("flag")),
        after=asked.get("after", "")[:60],
    )


def values(query: Query) -> Mapping[str, str]:
    """Return a query as the parameters of an address; without the place in it."""
    asked: dict[str, object] = {
        "tab": query.tab.value,
        "q": query.words,
        "department": query.department_id,
        "clerk": query.clerk_id,
        "channel": query.channel,
        "kind": query.applicant_kind,
        "status": query.status,
        "received_from": query.received_from,
        "received_to": query.received_to,
        "due_from": query.due_from,
        "due_to": query.due_to,
        "light": query.light and query.light.value,
        "flag": query.flag and query.flag.value,
    }
    return {name: str(value) for name, value in asked.items() if value}


def link(query: Query, **changes: str) -> str:
    """Return the address of the list as asked for, with some things changed; back to page one."""
    asked = {**values(query), **changes}
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def _known(codes: type[Code], typed: str | None) -> Code | None:
    return codes(typed) if typed in set(codes) else None


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed or "")
    except ValueError:
        return None
