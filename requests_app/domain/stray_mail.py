"""Mail that is no application: a question, a complaint, an e-mail to a box that takes none.

It gets no case number, no period and no place in table 三; it gets an entry in a register of its
own and a pointer to where it belongs, the same day (条例 28, 39).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class StrayWay(StrEnum):
    """How it came."""

    EMAIL = "email"
    POST = "post"
    FAX = "fax"
    PHONE = "phone"
    COUNTER = "counter"


class StrayKind(StrEnum):
    """What it turned out to be."""

    EMAIL_APPLICATION = "email_application"
    QUESTION = "question"
    PETITION = "petition"
    MISADDRESSED = "misaddressed"
    OTHER = "other"


STRAY_WAY_LABELS: Final[Mapping[StrayWay, str]] = MappingProxyType(
    {
        StrayWay.EMAIL: "电子邮件",
        StrayWay.POST: "邮寄",
        StrayWay.FAX: "传真",
        StrayWay.PHONE: "电话",
        StrayWay.COUNTER: "来访",
    }
)
STRAY_KIND_LABELS: Final[Mapping[StrayKind, str]] = MappingProxyType(
    {
        StrayKind.EMAIL_APPLICATION: "发到邮箱的申请",
        StrayKind.QUESTION: "咨询",
        StrayKind.PETITION: "信访、投诉、举报",
        StrayKind.MISADDRESSED: "寄错、发错机关",
        StrayKind.OTHER: "其他",
    }
)

#: What the sender is told unless the clerk writes something better. ``{}`` names of the guide.
POINTERS: Final[Mapping[StrayKind, str]] = MappingProxyType(
    {
        StrayKind.EMAIL_APPLICATION: "本机关的邮箱不接收政府信息公开申请。请在网上提交（{website}），"
        "或者当面、邮寄、传真提交。地址：{address}（邮编{postcode}），传真：{fax}，电话：{phone}。",
        StrayKind.QUESTION: "您咨询的事项，请拨打{phone}（{office_hours}）。"
        "需要获取政府信息的，可以在{website}提交申请。",
        StrayKind.PETITION: "您反映的是信访、投诉、举报事项，不作为政府信息公开申请办理，请通过相应渠道提出；"
        "需要获取政府信息的，可以另行提交申请：{website}。",
        StrayKind.MISADDRESSED: "您的来件不是给本机关的，请向负责的机关提出。"
        "需要向本机关申请公开政府信息的，可以在{website}提交，或者拨打{phone}。",
        StrayKind.OTHER: "您的来件收到。需要获取政府信息的，可以在{website}提交申请，或者拨打{phone}。",
    }
)
