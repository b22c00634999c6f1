"""Where the packaged notices come from: title and official address of each, for the record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from requests_app.adapters import calendar_files


@dataclass(frozen=True)
class NoticeSource:
    """The title of a notice and where the government publishes it."""

    title: str
    url: str


@cache
def packaged() -> Mapping[str, NoticeSource]:
    """Return the sources of the packaged notices by number."""
    rows = json.loads((calendar_files.FOLDER / "notices.json").read_text(encoding="utf-8"))
    return MappingProxyType(
        {row["no"]: NoticeSource(row["title"], row["official"]) for row in rows}
    )
