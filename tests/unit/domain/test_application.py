"""The day of receipt by channel (条例 31), and which ways fit which form (条例 29)."""

from datetime import date

import pytest

from requests_app.domain.application import (
    CHANNEL_LABELS,
    RECEIPT_RULES,
    WAYS_FOR_FORM,
    Arrival,
    Channel,
    FormWanted,
    WayWanted,
    check_way,
)
from requests_app.domain.errors import Refused

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("arrival", "received_on"),
    [
        (Arrival(Channel.ONLINE, date(2026, 3, 10)), date(2026, 3, 10)),
        (Arrival(Channel.COUNTER, date(2026, 3, 9)), date(2026, 3, 9)),
        (Arrival(Channel.ORAL, date(2026, 3, 9)), date(2026, 3, 9)),
        (
            Arrival(Channel.MAIL_SIGNED, date(2026, 3, 7)),
            date(2026, 3, 7),
        ),  # a Saturday keeps its date
        (
            Arrival(Channel.MAIL_UNSIGNED, date(2026, 3, 6), date(2026, 3, 9), "电话"),
            date(2026, 3, 9),
        ),
        (Arrival(Channel.FAX, date(2026, 3, 10), date(2026, 3, 10), "电话"), date(2026, 3, 10)),
    ],
)
def test_receipt_day_follows_from_the_channel(arrival: Arrival, received_on: date) -> None:
    assert arrival.received_on(today=TODAY) == received_on


@pytest.mark.parametrize(
    ("arrival", "code"),
    [
        (Arrival(Channel.COUNTER, date(2026, 3, 11)), "arrived_in_future"),
        (Arrival(Channel.COUNTER, date(1900, 1, 1)), "arrived_long_ago"),
        (Arrival(Channel.COUNTER, date(9999, 1, 1)), "arrived_in_future"),
        (Arrival(Channel.FAX, date(2026, 3, 9)), "confirmation_missing"),
        (Arrival(Channel.MAIL_UNSIGNED, date(2026, 3, 9), None, "电话"), "confirmation_missing"),
        (
            Arrival(Channel.FAX, date(2026, 3, 9), date(2026, 3, 8), "电话"),
            "confirmation_out_of_order",
        ),
        (
            Arrival(Channel.FAX, date(2026, 3, 9), date(2026, 3, 11), "电话"),
            "confirmation_out_of_order",
        ),
    ],
)
def test_receipt_is_refused_with_the_article(arrival: Arrival, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        arrival.received_on(today=TODAY)

    assert refusal.value.codes == (code,)
    assert refusal.value.reasons[0].citation.startswith("《政府信息公开条例》第三十一条")


def test_every_channel_has_a_rule_and_a_name() -> None:
    assert set(RECEIPT_RULES) == set(Channel) == set(CHANNEL_LABELS)
    assert set(WAYS_FOR_FORM) == set(FormWanted)


def test_a_way_that_fits_passes() -> None:
    assert (
        check_way(FormWanted.PAPER, WayWanted.POST, email="", address="金昌市金川区某路1号", fax="")
        is None
    )


@pytest.mark.parametrize(
    ("form", "way", "code"),
    [
        (FormWanted.ELECTRONIC, WayWanted.POST, "way_does_not_fit"),
        (FormWanted.READING, WayWanted.ONLINE, "way_does_not_fit"),
        (FormWanted.ELECTRONIC, WayWanted.EMAIL, "email_missing"),
        (FormWanted.PAPER, WayWanted.POST, "address_missing"),
        (FormWanted.PAPER, WayWanted.FAX, "fax_missing"),
    ],
)
def test_a_way_that_does_not_fit_is_refused(form: FormWanted, way: WayWanted, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_way(form, way, email="", address="", fax="")

    assert refusal.value.codes == (code,)
