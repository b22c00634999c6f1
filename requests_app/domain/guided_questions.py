"""The seven questions of the guided path as data: wording, answers, article, and where each answer leads.

Seven steps after the practice of the justice departments; the order follows what would end the case
first. Every outcome of table 三 is reached by some answer. How a path is walked stands in ``guided_path``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.access import ACT_LABELS, Act
from requests_app.domain.consultations import ConsultationKind
from requests_app.domain.fees import MEASURE
from requests_app.domain.outcomes import OUTCOMES, Ending, OutcomeCode
from requests_app.domain.requirements import art


class Step(StrEnum):
    """The seven questions, in their order."""

    CORRECT = "correct"
    NATURE = "nature"
    WHOSE = "whose"
    EXISTS = "exists"
    GIVE = "give"
    HOW = "how"
    REPLY = "reply"


class Evidence(StrEnum):
    """What of the case an answer may rest on."""

    SEARCH = "search"
    REVIEW = "review"
    THIRD_PARTY = "third_party"
    ORGAN = "organ"
    PAPER = "paper"

    @property
    def label(self) -> str:
        """Return its name for people."""
        return _EVIDENCE_LABELS[self]


_EVIDENCE_LABELS: Final[Mapping[Evidence, str]] = MappingProxyType(
    {
        Evidence.SEARCH: "检索记录",
        Evidence.REVIEW: "法制、保密审查意见",
        Evidence.THIRD_PARTY: "第三方的意见",
        Evidence.ORGAN: "其他机关的意见",
        Evidence.PAPER: "材料",
    }
)


@dataclass(frozen=True)
class Goal:
    """The end of a path: the act that comes next, the outcome where it ends the case, whom it asks."""

    act: Act
    outcome: OutcomeCode | None = None
    asks: ConsultationKind | None = None

    @property
    def label(self) -> str:
        """Return where the path ends, in words."""
        if self.outcome is None:
            return f"先办“{ACT_LABELS[self.act]}”"
        row = OUTCOMES[self.outcome]
        return f"答复“{row.label}”" if row.ending is Ending.ANSWERED else f"按“{row.label}”办结"


@dataclass(frozen=True)
class After:
    """An answer is offered only after one of these answers to an earlier question."""

    step: Step
    answers: frozenset[str]


@dataclass(frozen=True)
class Choice:
    """One answer: what it says, the article it rests on, and where it leads (a question or an end).

    ``needs`` names the evidence the answer cannot do without.
    """

    label: str
    article: str
    leads_to: Step | None = None
    goal: Goal | None = None
    hint: str = ""
    needs: Evidence | None = None
    after: After | None = None

    def __post_init__(self) -> None:
        if (self.leads_to is None) == (self.goal is None):
            message = f"{self.label}: an answer leads to a question or to an end"
            raise ValueError(message)


@dataclass(frozen=True)
class Question:
    """One question: its short name, its wording, what to look at, and its answers."""

    step: Step
    short: str
    wording: str
    look_at: str
    article: str
    choices: Mapping[str, Choice]


def _answer(code: OutcomeCode) -> Goal:
    ending = OUTCOMES[code].ending
    acts = {
        Ending.ANSWERED: Act.ANSWER,
        Ending.LAPSED: Act.CONFIRM_LAPSE,
        Ending.WITHDRAWN: Act.WITHDRAW,
    }
    return Goal(acts[ending], code)


def _refusal(
    code: OutcomeCode, label: str, *, hint: str = "", needs: Evidence | None = None
) -> Choice:
    """Return the answer that withholds on one ground; its article is the ground's own."""
    return Choice(label, OUTCOMES[code].articles[0], goal=_answer(code), hint=hint, needs=needs)


_O = OutcomeCode
_WHOLE: Final = After(Step.GIVE, frozenset({"all", "public_interest"}))
_PART: Final = After(Step.GIVE, frozenset({"part"}))

_QUESTIONS: Final = (
    Question(
        Step.CORRECT,
        "补不补",
        "申请的手续和内容齐不齐、明不明确？",
        "申请表、身份证明、补正告知书和补正的内容",
        art("第二十九条、第三十条"),
        {
            "clear": Choice(
                "齐全、明确，不用补正", art("第二十九条第二款"), leads_to=Step.NATURE
            ),
            "ask": Choice(
                "不齐全或者不明确，告知一次补正",
                art("第三十条"),
                goal=Goal(Act.ASK_CORRECTION),
                hint="收到之日起7个工作日内，一次告知补正的事项、方式和期限",
            ),
            "still_unclear": Choice(
                "补正过，内容仍不明确",
                art("第三十条"),
                goal=_answer(_O.STILL_UNCLEAR),
                hint="只在补正以后",
            ),
            "lapsed": Choice(
                "逾期没有补正，没有正当理由",
                art("第三十条"),
                goal=_answer(_O.LAPSED_CORRECTION),
                hint="先核实有没有正当理由",
            ),
            "withdrawn": Choice(
                "申请人撤回了申请",
                "",
                goal=_answer(_O.WITHDRAWN),
                hint="依据是申请人自己的表示，写明怎样核实",
            ),
        },
    ),
    Question(
        Step.NATURE,
        "是不是",
        "申请人要的是不是政府信息：一份已经存在的记录，而不是要办事、要解释、要答复诉求？",
        "申请内容，同一申请人以前的申请和答复",
        art("第二条"),
        {
            "yes": Choice("是，要的是政府信息", art("第二条"), leads_to=Step.WHOSE),
            "petition": Choice(
                "是信访、投诉、举报等活动",
                art("第三十九条第一款"),
                goal=_answer(_O.PETITION),
                hint="告知不作为政府信息公开申请处理，可以告知通过相应渠道提出",
            ),
            "publication": Choice(
                "要求提供政府公报、报刊、书籍等公开出版物",
                art("第三十九条第二款"),
                goal=_answer(_O.PUBLICATION),
            ),
            "other_law": Choice(
                "工商、不动产登记资料等，法律、行政法规对获取有特别规定",
                art("第三十六条第（七）项"),
                goal=_answer(_O.OTHER_LAW),
            ),
            "repeated": Choice(
                "同一申请人重复申请，以前已经答复",
                art("第三十六条第（六）项"),
                goal=_answer(_O.REPEATED),
                hint="依据写明前一次答复的日期和文号",
            ),
            "reconfirm": Choice(
                "要求确认或者重新出具已经获取的信息",
                art("第二条"),
                goal=_answer(_O.RECONFIRMATION),
            ),
            "too_many": Choice(
                "数量、频次明显超过合理范围，先要求说明理由",
                art("第三十五条"),
                goal=Goal(Act.ASK_REASONS),
            ),
            "unreasonable": Choice(
                "已经要求说明理由，理由不合理",
                art("第三十五条"),
                goal=_answer(_O.EXCESSIVE),
            ),
            "delay": Choice(
                "理由合理，但不能按期答复",
                art("第三十五条"),
                goal=Goal(Act.DELAY),
                hint="确定延迟答复的合理期限并告知申请人",
            ),
            "other": Choice(
                "都不是，另作处理",
                art("第三十六条"),
                goal=_answer(_O.OTHER),
                hint="少用；答复书里要写明处理的依据",
            ),
        },
    ),
    Question(
        Step.WHOSE,
        "谁负责",
        "这项信息由本机关负责公开吗？",
        "谁制作的、谁保存的；机构改革后谁承接了职能",
        art("第十条"),
        {
            "ours": Choice("由本机关制作或者保存，本机关负责", art("第十条"), leads_to=Step.EXISTS),
            "not_ours": Choice(
                "不由本机关负责公开",
                art("第三十六条第（五）项"),
                goal=_answer(_O.NOT_OURS),
                hint="能够确定负责公开的机关的，告知名称、联系方式",
            ),
        },
    ),
    Question(
        Step.EXISTS,
        "有没有",
        "查到了吗？是不是现成的？",
        "检索记录：谁、在哪里、用什么关键词、哪天查的",
        art("第三十六条、第三十八条"),
        {
            "found": Choice("查到了，现成的", art("第三十八条"), leads_to=Step.GIVE),
            "public": Choice(
                "查到了，已经主动公开",
                art("第三十六条第（一）项"),
                goal=_answer(_O.ALREADY_PUBLIC),
                hint="依据写明网址、公报期号或者查阅点",
            ),
            "search": Choice(
                "还没有检索，先检索", art("第三十六条第（四）项"), goal=Goal(Act.RECORD_SEARCH)
            ),
            "not_exist": Choice(
                "检索过，不存在",
                art("第三十六条第（四）项"),
                goal=_answer(_O.NOT_EXIST),
                needs=Evidence.SEARCH,
            ),
            "making": Choice(
                "没有现成的，需要加工、分析",
                art("第三十八条"),
                goal=_answer(_O.NEEDS_PROCESSING),
            ),
        },
    ),
    Question(
        Step.GIVE,
        "给不给",
        "能不能公开？有不应当公开的，能不能区分处理？",
        "保密审查、法制审核，第三方和其他机关的意见",
        art("第十三条"),
        {
            "all": Choice(
                "可以全部公开",
                art("第十三条"),
                leads_to=Step.HOW,
                hint="以公开为常态；第三方同意公开的，把意见选进依据",
            ),
            "part": Choice(
                "一部分不应当公开，能够区分处理", art("第三十七条"), leads_to=Step.HOW
            ),
            "public_interest": Choice(
                "涉及第三方，不公开会对公共利益造成重大影响，公开",
                art("第十五条"),
                leads_to=Step.HOW,
                needs=Evidence.THIRD_PARTY,
            ),
            "ask_third": Choice(
                "公开可能损害第三方合法权益，先征求意见",
                art("第三十二条"),
                goal=Goal(Act.CONSULT, asks=ConsultationKind.THIRD_PARTY),
            ),
            "ask_organ": Choice(
                "几个机关共同制作，本机关牵头，征求其他机关意见",
                art("第三十四条"),
                goal=Goal(Act.CONSULT, asks=ConsultationKind.CO_MAKER),
            ),
            "ask_other": Choice(
                "公开涉及其他机关，先协商、确认",
                art("第十一条"),
                goal=Goal(Act.CONSULT, asks=ConsultationKind.ORGAN),
            ),
            "classified": _refusal(_O.CLASSIFIED, "属于国家秘密"),
            "banned": _refusal(_O.BANNED, "其他法律、行政法规禁止公开"),
            "safety": _refusal(_O.SAFETY, "公开可能危及国家、公共、经济安全或者社会稳定"),
            "third_party": _refusal(
                _O.THIRD_PARTY,
                "损害第三方合法权益，征求意见以后决定不公开",
                hint="第三方不同意且有合理理由的；逾期不答复的，由本机关决定",
                needs=Evidence.THIRD_PARTY,
            ),
            "internal": _refusal(
                _O.INTERNAL, "内部事务信息，不予公开", hint="“可以不予公开”，写明为什么不公开"
            ),
            "process": _refusal(
                _O.PROCESS, "过程性信息，不予公开", hint="“可以不予公开”，写明为什么不公开"
            ),
            "enforcement": _refusal(
                _O.ENFORCEMENT, "行政执法案卷信息，不予公开", hint="“可以不予公开”，写明为什么不公开"
            ),
        },
    ),
    Question(
        Step.HOW,
        "怎么给",
        "按什么形式提供？收不收费？",
        "申请人要求的形式和途径，页数，本月件数",
        art("第四十条、第四十二条"),
        {
            "as_asked": Choice("按申请人要求的形式提供", art("第四十条"), leads_to=Step.REPLY),
            "other_form": Choice(
                "按要求的形式会危及载体安全或者成本过高，用其他形式",
                art("第四十条"),
                leads_to=Step.REPLY,
                hint="电子数据以及其他适当形式，或者安排查阅、抄录",
            ),
            "fee": Choice(
                "数量、频次明显超过合理范围，先收信息处理费",
                art("第四十二条"),
                goal=Goal(Act.CHARGE_FEE),
                hint="先看缩小范围、查阅等办法",
            ),
            "fee_lapsed": Choice(
                "已通知缴费，逾期没有缴", MEASURE, goal=_answer(_O.LAPSED_FEE)
            ),
        },
    ),
    Question(
        Step.REPLY,
        "怎么答",
        "现在能答复吗？答复什么？",
        "期限、审查意见、要提供的文件",
        art("第三十三条、第三十六条"),
        {
            "disclosed": Choice(
                "予以公开，提供信息",
                art("第三十六条第（二）项"),
                goal=_answer(_O.DISCLOSED),
                after=_WHOLE,
            ),
            "partial": Choice(
                "部分公开，写明不予公开的部分和理由",
                art("第三十七条"),
                goal=_answer(_O.PARTIAL),
                after=_PART,
            ),
            "extend": Choice(
                "期限内不能答复，先延期",
                art("第三十三条第二款"),
                goal=Goal(Act.EXTEND),
                hint="最长20个工作日，工作机构负责人同意，并在期限内告知申请人",
            ),
        },
    ),
)  # fmt: skip

QUESTIONS: Final[Mapping[Step, Question]] = MappingProxyType(
    {question.step: question for question in _QUESTIONS}
)
