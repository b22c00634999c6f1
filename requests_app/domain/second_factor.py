"""What a signed-in session of a member of staff still owes: a code, a device to give codes, or nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

#: Under this name a session keeps its standing.
SESSION_KEY: Final = "second_factor"

#: How many codes for the day the telephone is lost.
RECOVERY_CODES: Final = 10


class Standing(StrEnum):
    """How a session stands."""

    NONE = "none"
    SET_UP = "set_up"
    ASK = "ask"
    GIVEN = "given"


def standing(*, has_device: bool, required: bool) -> Standing:
    """Return what a person owes who has just given the password."""
    if has_device:
        return Standing.ASK
    return Standing.SET_UP if required else Standing.NONE
