"""What an application asks for: one catalogue for the online form and for the form on paper.

Only what 条例 29 lists, and what helps to find and hand over the information. Nothing asks what the
information is for, nor where anybody works. How a field is typed belongs to ``public.forms``, how it
is drawn to ``application_form``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Group(StrEnum):
    """The parts of an application, in the order of both forms."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PARTNERS = "partners"
    GUARDIAN = "guardian"
    CONTACT = "contact"
    AGENT = "agent"
    INFORMATION = "information"
    FORM = "form"


GROUP_LABELS: Final[Mapping[Group, str]] = MappingProxyType(
    {
        Group.PERSON: "申请人为公民的",
        Group.ORGANISATION: "申请人为法人或者其他组织的",
        Group.PARTNERS: "共同申请人（几个人一起申请的填写，写不下另附纸）",
        Group.GUARDIAN: "监护人（申请人不满14周岁的填写）",
        Group.CONTACT: "联系方式（一起申请的，写第一个申请人的）",
        Group.AGENT: "代理人（有代理人的填写）",
        Group.INFORMATION: "所需政府信息",
        Group.FORM: "形式和获取方式",
    }
)


@dataclass(frozen=True)
class FormField:
    """One thing the application asks. ``paper`` is its label on paper where that must be shorter."""

    name: str
    label: str
    group: Group
    required: bool = False
    paper: str = ""

    @property
    def on_paper(self) -> str:
        """Return the label on the printed form; what is required bears a star."""
        return (self.paper or self.label) + ("＊" if self.required else "")


_ALL: Final = (
    FormField("name", "姓名或者单位名称", Group.PERSON, required=True, paper="姓名"),
    FormField("identity_number", "证件号码", Group.PERSON, required=True),
    FormField("identity_kind", "证件类型", Group.PERSON, required=True),
    FormField("organisation_name", "单位名称", Group.ORGANISATION, required=True),
    FormField("credit_code", "统一社会信用代码", Group.ORGANISATION, paper="统一社会\n信用代码"),
    FormField("organisation_type", "单位性质", Group.ORGANISATION),
    FormField(
        "representative",
        "法定代表人或者负责人",
        Group.ORGANISATION,
        required=True,
        paper="法定代表人\n或者负责人",
    ),
    FormField("contact_person", "联系人", Group.ORGANISATION, required=True),
    FormField("partners", "共同申请人", Group.PARTNERS, paper="姓名（名称）\n证件类型\n证件号码"),
    FormField("guardian_name", "监护人姓名", Group.GUARDIAN, paper="姓名"),
    FormField("guardian_phone", "监护人电话", Group.GUARDIAN, paper="电话"),
    FormField("guardian_identity_kind", "监护人证件类型", Group.GUARDIAN, paper="证件类型"),
    FormField("guardian_identity_number", "监护人证件号码", Group.GUARDIAN, paper="证件号码"),
    FormField("guardian_relation", "与申请人的关系", Group.GUARDIAN, paper="关系"),
    FormField(
        "guardian_consent",
        "我是监护人，同意为办理这份申请处理孩子的个人信息",
        Group.GUARDIAN,
        paper="监护人同意",
    ),
    FormField("phone", "手机或者电话", Group.CONTACT, paper="电话"),
    FormField("email", "电子邮箱", Group.CONTACT),
    FormField("address", "通信地址", Group.CONTACT),
    FormField("postcode", "邮政编码", Group.CONTACT),
    FormField("help_wanted", "需要什么帮助", Group.CONTACT),
    FormField("needs_help", "阅读或者书写有困难，需要帮助", Group.CONTACT, paper="需要帮助"),
    FormField("agent_name", "代理人姓名", Group.AGENT, paper="姓名"),
    FormField("agent_phone", "代理人电话", Group.AGENT, paper="电话"),
    FormField("agent_identity_kind", "代理人证件类型", Group.AGENT, paper="证件类型"),
    FormField("agent_identity_number", "代理人证件号码", Group.AGENT, paper="证件号码"),
    FormField("body_code", "向谁申请", Group.INFORMATION, paper="向谁申请"),
    FormField(
        "description",
        "要哪些文件、哪些内容",
        Group.INFORMATION,
        required=True,
        paper="要哪些文件、\n哪些内容",
    ),
    FormField("document_name", "文件名称", Group.INFORMATION),
    FormField("document_number", "文号", Group.INFORMATION),
    FormField("document_year", "年份", Group.INFORMATION),
    FormField("form_wanted", "要什么样的", Group.FORM, required=True),
    FormField("way_wanted", "怎么拿到", Group.FORM, required=True),
    FormField("reading_point", "到哪里看", Group.FORM, paper="查阅点"),
    FormField("fax", "传真号码", Group.FORM, paper="传真"),
    FormField(
        "accepts_other_form", "这样做不到的时候，可以换一种方式", Group.FORM, paper="换一种方式"
    ),
)

FIELDS: Final[Mapping[str, FormField]] = MappingProxyType({field.name: field for field in _ALL})


def partner_field(place: int, name: str) -> str:
    """Return the name of a field of one who applies together with the first; places begin at 2."""
    return f"partner_{place}_{name}"


def label(name: str) -> str:
    """Return the label of a field as the online form prints it."""
    return FIELDS[name].label
