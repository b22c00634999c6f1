"""The acts that make a letter: what a letter may name as its occasion, and the database holds it to."""

from __future__ import annotations

from typing import Final

from requests_app.domain.access import Act

LETTER_ACTS: Final = frozenset(
    {
        *(Act.REGISTER, Act.ASK_CORRECTION, Act.CONSULT, Act.TELL_APPLICANT, Act.TELL_THIRD_PARTY),
        *(Act.ASK_REASONS, Act.DELAY, Act.EXTEND, Act.CHARGE_FEE),
        *(Act.ANSWER, Act.CONFIRM_LAPSE, Act.WITHDRAW, Act.WITHDRAW_FEE),
    }
)
