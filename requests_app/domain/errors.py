"""How the office says no: one exception, with reasons people can read.

Here belong the reason and the refusal. Which act is refused, and when, is decided beside the rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Reason:
    """One reason for a refusal or a warning.

    ``code`` is stable and for programs; ``sentence`` is Chinese and for people;
    ``citation`` names the article the reason rests on, empty where none does.
    """

    code: str
    sentence: str
    citation: str = ""

    def __str__(self) -> str:
        return f"{self.sentence}（{self.citation}）" if self.citation else self.sentence


class Refused(Exception):
    """What was asked cannot be done; nothing was changed. Carries every reason found."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        if not reasons:
            message = "a refusal needs at least one reason"
            raise ValueError(message)
        super().__init__("；".join(str(reason) for reason in reasons))
        self.reasons = reasons

    @classmethod
    def because(cls, code: str, sentence: str, citation: str = "") -> Self:
        """Refuse for a single reason."""
        return cls((Reason(code, sentence, citation),))

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the stable codes, in the order the reasons were found."""
        return tuple(reason.code for reason in self.reasons)


def refuse_if_any(reasons: tuple[Reason, ...]) -> None:
    """Raise ``Refused`` with all of ``reasons``; do nothing when there are none."""
    if reasons:
        raise Refused(reasons)
