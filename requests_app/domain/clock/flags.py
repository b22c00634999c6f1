"""What can be wrong with an event: flags, and where in the ledger they were found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from requests_app.domain.clock.events import Event


class Flag(StrEnum):
    """Everything the clock remarks on. A flagged event had no effect unless its flag says so."""

    CORRECTION_LATE = "correction_late"
    CORRECTION_NOT_AVAILABLE = "correction_not_available"
    CORRECTION_REPEATED = "correction_repeated"
    CORRECTION_AFTER_DUE = "correction_after_due"
    CORRECTION_UNDELIVERED = "correction_undelivered"
    CORRECTED_LATE = "corrected_late"
    CORRECTED_LATE_JUSTIFIED = "corrected_late_justified"
    EXTRA_CORRECTION_IGNORED = "extra_correction_ignored"

    PAUSE_NOT_APPLICABLE = "pause_not_applicable"
    CONSULT_AFTER_DUE = "consult_after_due"
    CONSULT_REPEATED = "consult_repeated"
    CONSULT_UNDELIVERED = "consult_undelivered"
    CONSULT_REPLY_LATE = "consult_reply_late"

    EXTENSION_NO_RUNNING_PERIOD = "extension_no_running_period"
    EXTENSION_NOT_APPLICABLE = "extension_not_applicable"
    EXTENSION_AFTER_DUE = "extension_after_due"
    EXTENSION_REPEATED = "extension_repeated"
    EXTENSION_NOT_DECIDED = "extension_not_decided"
    EXTENSION_NOT_NOTIFIED = "extension_not_notified"
    EXTENSION_CAPPED = "extension_capped"
    EXTENSION_LAPSED_ON_RESTART = "extension_lapsed_on_restart"

    FEE_NOTICE_NOT_AVAILABLE = "fee_notice_not_available"
    FEE_NOTICE_REPEATED = "fee_notice_repeated"
    FEE_NOTICE_AFTER_DUE = "fee_notice_after_due"
    FEE_NOTICE_UNDELIVERED = "fee_notice_undelivered"
    PAYMENT_LATE = "payment_late"
    PAYMENT_UNEXPECTED = "payment_unexpected"

    DELAY_NOT_AVAILABLE = "delay_not_available"
    DELAY_AFTER_DUE = "delay_after_due"
    DELAY_NOT_LATER = "delay_not_later"

    EVENT_AFTER_CLOSE = "event_after_close"
    OVERDUE_BEFORE_WITHDRAWAL = "overdue_before_withdrawal"


@dataclass(frozen=True, slots=True)
class Fault:
    """A flag and the event it was found on."""

    flag: Flag
    event: Event
