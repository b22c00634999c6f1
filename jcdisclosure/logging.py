"""How a log line looks, and what never stands in one.

Identity numbers (18 characters, GB 11643, and the older 15 digits) and query codes are blotted out
here, in the finished line, whatever logger, message, argument or traceback brought them. This is
the last net: code must not log them in the first place.
"""

import json
import logging
import re
from datetime import UTC, datetime

# A character more on either side makes it something else (a hash, a longer number).
_EDGE, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_IDENTITY_NUMBER = re.compile(rf"{_EDGE}(?:\d{{17}}[\dXx]|\d{{15}}){_END}")
# Base32 without I, L, O and U, plain or in groups of 4, 5 and 4.
_BASE32 = "[0-9A-HJKMNP-TV-Z]"
_QUERY_CODE = re.compile(
    rf"{_EDGE}{_BASE32}{{4}}-?{_BASE32}{{5}}-?{_BASE32}{{4}}{_END}", re.IGNORECASE
)
_OWN = frozenset(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {
    "message",
    "asctime",
    "request",
}


def scrub(text: str) -> str:
    """Blot out identity numbers and query codes."""
    return _QUERY_CODE.sub(_blot_code, _IDENTITY_NUMBER.sub("[id]", text))


def _blot_code(found: re.Match[str]) -> str:
    code = found.group()
    # Thirteen digits are a time in milliseconds; thirteen small letters are a word.
    harmless = code.isdecimal() or (code.isalpha() and code.islower())
    return code if harmless else "[code]"


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


def configuration(*, style: str, level: str) -> dict[str, object]:
    """Describe the log to Django: everything to standard error, in one style, from one level."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonFormatter}, "text": {"()": TextFormatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": style}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Replace Django's own handlers, so that nothing is written unscrubbed.
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            # A line for every tick would bury the others; a task that fails is an ERROR.
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            # fontTools tells of every table it keeps; WeasyPrint of every CSS rule it does not know.
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
        },
    }
