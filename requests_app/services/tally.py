"""What a run over many rows did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """How many rows a run looked at, changed, and failed on."""

    seen: int = 0
    changed: int = 0
    failed: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Add up two runs."""
        return Tally(
            self.seen + other.seen, self.changed + other.changed, self.failed + other.failed
        )
