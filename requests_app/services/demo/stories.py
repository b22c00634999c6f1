"""What happens to each case of the demo: one short story a state, told in working days ago.

The dates are chosen so that every light, every waiting and every ending stands on the desk on the
day the demo is made, whatever day that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from requests_app.services.demo import endings, running
from requests_app.services.demo.office import DemoOffice, Story


def tell(office: DemoOffice) -> Iterator[Story]:
    """Begin every story."""
    for story in _ALL:
        yield story(office)


_ALL: Final = (
    running.fresh,
    running.fresh_by_post,
    running.fresh_by_word_of_mouth,
    running.together,
    running.own_record,
    running.waiting_to_be_signed_for,
    running.sent_back,
    running.at_work,
    running.to_the_government,
    running.soon_due,
    running.nearly_due,
    running.due_today,
    running.overdue,
    running.third_party_asked,
    running.two_asked_at_once,
    running.extended,
    running.extension_waits,
    running.awaiting_correction,
    running.corrected,
    running.lapse_proposed,
    running.lapsed,
    running.awaiting_payment,
    running.paid,
    running.asked_for_reasons,
    endings.answer_waits_for_signature,
    endings.answer_waits_for_post,
    endings.answered_not_yet_delivered,
    endings.disclosed,
    endings.partly,
    endings.refused,
    endings.archived,
    endings.withdrawn,
    endings.sent_twice,
    endings.reopened,
)
