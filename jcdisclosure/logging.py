"""How a log line looks, and what never stands in one.

Identity numbers (18 characters, GB 11643, and the older 15 digits) and query codes are blotted out
here, in the finished line, whatever logger, message, argument or traceback brought them. This is
the last net: code must not log them in the first place.
"""

import json
import logging
import re
from datetime import UTC, datetime

# Digits next to the number would make it something else (a hash, a long id), so edges are checked.
_SCRUBBED = (
    (re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])"), "[id]"),
    (re.compile(r"(?<![0-9A-Za-z])\d{15}(?![0-9A-Za-z])"), "[id]"),
    # Query codes: 13 characters of base32 without look-alikes, also written in groups.
    (
        re.compile(
            r"(?<![0-9A-Za-z])(?=[A-Z]*-?\d|\d*-?[A-Z])(?:[2-9A-HJ-NP-Z]-?){12}[2-9A-HJ-NP-Z](?![0-9A-Za-z])"
        ),
        "[code]",
    ),
)
_OWN = frozenset(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {
    "message",
    "asctime",
    "request",
}


def scrub(text: str) -> str:
    """Blot out identity numbers and query codes."""
    for pattern, blot in _SCRUBBED:
        text = pattern.sub(blot, text)
    return text


class TextFormatter(logging.Formatter):
    """Plain lines for people, scrubbed."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object for each line, scrubbed, with what the caller gave as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in record.__dict__.items() if key not in _OWN}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return scrub(json.dumps(line, ensure_ascii=False, default=str))
