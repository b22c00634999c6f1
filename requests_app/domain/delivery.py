"""How letters travel, and what proves that they went out and arrived."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class DeliveryWay(StrEnum):
    """How a letter goes out. Private couriers may not carry official letters (邮政法 55)."""

    ONLINE = "online"
    EMAIL = "email"
    EMS = "ems"
    REGISTERED = "registered"
    COUNTER = "counter"
    FAX = "fax"
    INTERNAL = "internal"


DELIVERY_WAY_LABELS: Final[Mapping[DeliveryWay, str]] = MappingProxyType(
    {
        DeliveryWay.ONLINE: "网上查看、下载",
        DeliveryWay.EMAIL: "电子邮件",
        DeliveryWay.EMS: "邮政EMS",
        DeliveryWay.REGISTERED: "挂号信",
        DeliveryWay.COUNTER: "当面领取",
        DeliveryWay.FAX: "传真",
        DeliveryWay.INTERNAL: "机关公文交换",
    }
)

#: The carriers of official letters; both print a number that must be kept.
POST: Final = frozenset({DeliveryWay.EMS, DeliveryWay.REGISTERED})

#: A letter that is on the status page at once needs no hand: it is dispatched when its file exists.
AUTOMATIC: Final = frozenset({DeliveryWay.ONLINE, DeliveryWay.EMAIL})
