"""The file of a case: the guide's order, what stands for identity, what is missing."""

from dataclasses import replace
from datetime import date

import pytest

from requests_app.domain import dossier
from requests_app.domain.application import Channel
from requests_app.domain.dossier import (
    SECTION_LABELS,
    Holding,
    IdentityChoice,
    Item,
    Part,
    Section,
    Source,
)

DAY = date(2026, 3, 2)
WHOLE = Holding(
    channel=Channel.ONLINE,
    identity_verified=False,
    has_agent=False,
    receipt=True,
    unmade=(),
    undelivered=(),
    posted=0,
    proofs=0,
    consultations_without_answer=(),
    answered=True,
    closed_without_answer=False,
    opinions=True,
    kinds=frozenset({Section.IDENTITY}),
    has_envelope=False,
    has_authorisation=False,
)


def item(section, title, *, on=DAY, **more):
    return Item(section, title, on, more.pop("source", Source.PAPER), title, **more)


def test_sections_stand_in_the_order_of_the_guide():
    assert list(SECTION_LABELS.values()) == [
        "申请表（含信封）",
        "证件及其他证明材料",
        "申请人提供的其他材料",
        "接收回执",
        "补正",
        "第三方意见征询",
        "延期、收费等告知",
        "办理单",
        "其他行政机关的协办意见",
        "法律顾问咨询建议书、审查意见",
        "答复书及附件",
        "邮寄单据及签收单据",
        "查阅和借阅记录",
        "期限说明",
    ]


def test_reply_stands_before_request_and_text_before_attachment():
    letter = item(Section.CORRECTION, "补正告知书", on=date(2026, 3, 4))
    reply = item(Section.CORRECTION, "补正材料", on=date(2026, 3, 9), part=Part.REPLY)
    answer = item(Section.ANSWER, "答复书", on=date(2026, 3, 20))
    given = item(Section.ANSWER, "清单", on=date(2026, 3, 19), part=Part.ATTACHMENT)
    form = item(Section.APPLICATION, "申请表")

    arranged = dossier.arrange((given, answer, letter, reply, form))

    assert arranged == (form, reply, letter, answer, given)


def test_matters_of_a_section_stay_together_in_the_order_they_began():
    first = item(Section.THIRD_PARTY, "征询一", on=date(2026, 3, 4), matter="consultation-9")
    second = item(Section.THIRD_PARTY, "征询二", on=date(2026, 3, 5), matter="consultation-2")
    late = item(
        Section.THIRD_PARTY,
        "复函一",
        on=date(2026, 3, 30),
        matter="consultation-9",
        part=Part.REPLY,
    )

    assert dossier.arrange((second, late, first)) == (late, first, second)


def test_order_does_not_hang_on_the_order_of_entry():
    items = [item(Section.OTHER, name) for name in "丙甲乙"]

    assert dossier.arrange(items) == dossier.arrange(reversed(items))


@pytest.mark.parametrize(
    ("choice", "titles"),
    [
        (IdentityChoice.FULL, ["申请表", "身份证"]),
        (IdentityChoice.LEFT_OUT, ["申请表"]),
        (IdentityChoice.MASKED, ["申请表", "身份证（说明页）"]),
    ],
)
def test_identity_goes_in_as_chosen(choice, titles):
    items = (
        item(Section.APPLICATION, "申请表"),
        item(Section.IDENTITY, "身份证", identity=True),
    )

    chosen = dossier.without_identity(items, choice=choice)

    assert [each.title for each in chosen] == titles


def test_masked_identity_is_made_not_read():
    masked = dossier.without_identity(
        (item(Section.IDENTITY, "7", identity=True),), choice=IdentityChoice.MASKED
    )

    assert (masked[0].source, masked[0].key) == (Source.MADE, "masked:7")


def test_nothing_is_missing_in_a_whole_file():
    assert dossier.missing(WHOLE) == ()


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"channel": Channel.COUNTER}, ["application"]),
        ({"channel": Channel.MAIL_SIGNED}, ["application", "envelope"]),
        ({"kinds": frozenset()}, ["identity"]),
        ({"kinds": frozenset(), "identity_verified": True}, []),
        ({"has_agent": True}, ["authorisation"]),
        ({"has_agent": True, "has_authorisation": True}, []),
        ({"receipt": False}, ["receipt"]),
        ({"unmade": ("答复书",)}, ["unmade"]),
        ({"consultations_without_answer": ("甲", "乙")}, ["opinion", "opinion"]),
        ({"undelivered": ("补正告知书",)}, ["delivery"]),
        ({"posted": 2, "proofs": 1}, ["proof"]),
        ({"answered": False}, ["answer"]),
        ({"opinions": False}, ["legal_opinion"]),
        ({"answered": False, "opinions": False, "closed_without_answer": True}, []),
    ],
)
def test_what_the_guide_wants_and_is_not_there_is_named(changes, codes):
    found = dossier.missing(replace(WHOLE, **changes))

    assert [reason.code for reason in found] == codes
    assert {reason.citation for reason in found} <= {"《金昌市政府信息公开指南》二（五）"}
