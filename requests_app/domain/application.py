"""What an application is: who may ask, by which channel, in which form; and when it counts as received.

The day of receipt is derived from the channel (条例 31) and never typed. What follows from that day
belongs to ``clock``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.errors import Refused

ART_31: Final = "《政府信息公开条例》第三十一条"


class ApplicantKind(StrEnum):
    """The first branch of the annual report's columns (国办公开办函〔2021〕30号, table 三)."""

    PERSON = "person"
    ORGANISATION = "organisation"


class OrganisationType(StrEnum):
    """The five columns of 法人或其他组织 in table 三 of the annual report."""

    BUSINESS = "business"
    RESEARCH = "research"
    WELFARE = "welfare"
    LEGAL = "legal"
    OTHER = "other"


class Channel(StrEnum):
    """How an application came (条例 29, 31). ``MAIL_UNSIGNED`` is 平信: nobody signed for it."""

    ONLINE = "online"
    COUNTER = "counter"
    MAIL_SIGNED = "mail_signed"
    MAIL_UNSIGNED = "mail_unsigned"
    FAX = "fax"
    ORAL = "oral"


class FormWanted(StrEnum):
    """The carrier the applicant asks for (条例 29(三))."""

    ELECTRONIC = "electronic"
    PAPER = "paper"
    DISC = "disc"
    READING = "reading"


class WayWanted(StrEnum):
    """The way the applicant wants to get information and letters (条例 29(三), 40)."""

    ONLINE = "online"
    EMAIL = "email"
    POST = "post"
    COLLECT = "collect"
    READ_ON_SITE = "read_on_site"
    FAX = "fax"


APPLICANT_KIND_LABELS: Final[Mapping[ApplicantKind, str]] = MappingProxyType(
    {
        ApplicantKind.PERSON: "公民",
        ApplicantKind.ORGANISATION: "法人或者其他组织",
    }
)
ORGANISATION_TYPE_LABELS: Final[Mapping[OrganisationType, str]] = MappingProxyType(
    {
        OrganisationType.BUSINESS: "商业企业",
        OrganisationType.RESEARCH: "科研机构",
        OrganisationType.WELFARE: "社会公益组织",
        OrganisationType.LEGAL: "法律服务机构",
        OrganisationType.OTHER: "其他",
    }
)
CHANNEL_LABELS: Final[Mapping[Channel, str]] = MappingProxyType(
    {
        Channel.ONLINE: "网上提交",
        Channel.COUNTER: "当面提交",
        Channel.MAIL_SIGNED: "邮寄（需签收）",
        Channel.MAIL_UNSIGNED: "邮寄（平信）",
        Channel.FAX: "传真",
        Channel.ORAL: "口头申请，代为填写",
    }
)
FORM_LABELS: Final[Mapping[FormWanted, str]] = MappingProxyType(
    {
        FormWanted.ELECTRONIC: "电子文件",
        FormWanted.PAPER: "纸质",
        FormWanted.DISC: "光盘",
        FormWanted.READING: "查阅、抄录",
    }
)
WAY_LABELS: Final[Mapping[WayWanted, str]] = MappingProxyType(
    {
        WayWanted.ONLINE: "网上查看、下载",
        WayWanted.EMAIL: "电子邮件",
        WayWanted.POST: "邮寄",
        WayWanted.COLLECT: "到办公地点领取",
        WayWanted.READ_ON_SITE: "到查阅点查阅、抄录",
        WayWanted.FAX: "传真",
    }
)

#: Which ways fit which form; the online form shows only these, and the server checks them.
WAYS_FOR_FORM: Final[Mapping[FormWanted, tuple[WayWanted, ...]]] = MappingProxyType(
    {
        FormWanted.ELECTRONIC: (WayWanted.ONLINE, WayWanted.EMAIL),
        FormWanted.PAPER: (WayWanted.POST, WayWanted.COLLECT, WayWanted.FAX),
        FormWanted.DISC: (WayWanted.POST, WayWanted.COLLECT),
        FormWanted.READING: (WayWanted.READ_ON_SITE,),
    }
)


@dataclass(frozen=True)
class ReceiptRule:
    """Which day counts as the day of receipt for a channel, and by which item of art. 31."""

    channel: Channel
    sentence: str
    citation: str
    needs_confirmation: bool = False


RECEIPT_RULES: Final[Mapping[Channel, ReceiptRule]] = MappingProxyType({
    rule.channel: rule
    for rule in (
        ReceiptRule(Channel.ONLINE, "网上提交，以双方确认之日为收到之日；本机关以提交成功的页面作出确认。", f"{ART_31}第（三）项"),
        ReceiptRule(Channel.COUNTER, "当面提交，以提交之日为收到之日。", f"{ART_31}第（一）项"),
        ReceiptRule(Channel.ORAL, "口头提出、由工作人员代为填写的，比照当面提交，以提出之日为收到之日。", f"{ART_31}第（一）项"),
        ReceiptRule(Channel.MAIL_SIGNED, "以邮寄方式提交，以行政机关签收之日为收到之日。", f"{ART_31}第（二）项"),
        ReceiptRule(
            Channel.MAIL_UNSIGNED,
            "以平常信函等无需签收的方式提交，应当于收到当日与申请人确认，确认之日为收到之日。",
            f"{ART_31}第（二）项",
            needs_confirmation=True,
        ),
        ReceiptRule(Channel.FAX, "以传真提交，以双方确认之日为收到之日。", f"{ART_31}第（三）项", needs_confirmation=True),
    )
})  # fmt: skip

_OLDEST_DAYS: Final = 366


@dataclass(frozen=True)
class Arrival:
    """How and when an application reached the office.

    ``arrived_on``: handed in, signed for, came off the fax, or submitted online. ``confirmed_on``
    and ``confirmed_how`` are the call or message that confirms it, where the rule asks for one.
    """

    channel: Channel
    arrived_on: date
    confirmed_on: date | None = None
    confirmed_how: str = ""

    def received_on(self, *, today: date) -> date:
        """Derive the day of receipt (条例 31); refuse days that cannot be.

        The office cannot receive tomorrow, cannot confirm before the paper came, and must have
        confirmed unsigned mail and fax before they count.
        """
        rule = RECEIPT_RULES[self.channel]
        if self.arrived_on > today:
            raise Refused.because("arrived_in_future", "收到的日期不能晚于今天。", rule.citation)
        if self.arrived_on < today - timedelta(days=_OLDEST_DAYS):
            raise Refused.because(
                "arrived_long_ago", "收到的日期早于一年前，请核对。", rule.citation
            )
        if not rule.needs_confirmation:
            return self.arrived_on
        if self.confirmed_on is None:
            sentence = f"{rule.sentence}请写明确认的日期和方式（谁、什么时候、怎么确认的）。"
            raise Refused.because("confirmation_missing", sentence, rule.citation)
        if not self.arrived_on <= self.confirmed_on <= today:
            sentence = "确认的日期应当在到达之日以后、今天以前（均含当日）。"
            raise Refused.because("confirmation_out_of_order", sentence, rule.citation)
        return self.confirmed_on


def check_way(form: FormWanted, way: WayWanted, *, email: str, address: str, fax: str) -> None:
    """Refuse a way that does not fit the form, or that lacks the address it needs (条例 29(三)).

    ``fax`` is any number a fax can be sent to.
    """
    citation = "《政府信息公开条例》第二十九条第二款第（三）项"
    if way not in WAYS_FOR_FORM[form]:
        fitting = "、".join(WAY_LABELS[each] for each in WAYS_FOR_FORM[form])
        sentence = f"“{FORM_LABELS[form]}”可以选择的获取方式是：{fitting}。"
        raise Refused.because("way_does_not_fit", sentence, citation)
    if way is WayWanted.EMAIL and not email:
        raise Refused.because("email_missing", "选择电子邮件的，请填写电子邮箱。", citation)
    if way is WayWanted.POST and not address:
        raise Refused.because(
            "address_missing", "选择邮寄的，请填写通信地址，写到门牌号。", citation
        )
    if way is WayWanted.FAX and not fax:
        raise Refused.because("fax_missing", "选择传真的，请填写传真号码。", citation)
