"""Who may do what: roles, the actor, and the table role × act.

The table is the rule. Pages and services both ask it; nobody keeps a second list.
Four eyes (who drafted may not approve) need the case's facts and live in ``workflow``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from requests_app.domain.errors import Reason


class Role(StrEnum):
    """What a person may be in this office. One person may be several."""

    CLERK = "clerk"
    HANDLER = "handler"
    REVIEWER = "reviewer"
    HEAD = "head"
    SUPERVISOR = "supervisor"
    ARCHIVIST = "archivist"
    ADMINISTRATOR = "administrator"
    APPLICANT = "applicant"
    SYSTEM = "system"


ROLE_LABELS: Final[dict[Role, str]] = {
    Role.CLERK: "经办",
    Role.HANDLER: "部门承办",
    Role.REVIEWER: "法制、保密审查",
    Role.HEAD: "工作机构负责人",
    Role.SUPERVISOR: "监督",
    Role.ARCHIVIST: "档案",
    Role.ADMINISTRATOR: "系统管理",
    Role.APPLICANT: "申请人",
    Role.SYSTEM: "系统",
}

STAFF_ROLES: Final = (
    Role.CLERK,
    Role.HANDLER,
    Role.REVIEWER,
    Role.HEAD,
    Role.SUPERVISOR,
    Role.ARCHIVIST,
    Role.ADMINISTRATOR,
)


class Act(StrEnum):
    """Everything that can be done to a case, to the wordings of its letters, and to the reports."""

    FILE = "file"
    REGISTER = "register"
    CHANGE_BODY = "change_body"
    ASSIGN = "assign"
    SIGN_FOR = "sign_for"
    SEND_BACK = "send_back"
    GIVE_OPINION = "give_opinion"
    RECORD_SEARCH = "record_search"
    ASK_DEPARTMENT = "ask_department"
    SIGN_INQUIRY = "sign_inquiry"
    REPLY_INQUIRY = "reply_inquiry"
    RETURN_INQUIRY = "return_inquiry"
    HAND_OVER = "hand_over"
    GUIDE = "guide"
    ASK_REVIEW = "ask_review"
    GIVE_REVIEW = "give_review"
    ANSWER_REVIEW = "answer_review"
    ASK_CORRECTION = "ask_correction"
    ANSWER_CORRECTION = "answer_correction"
    CONSULT = "consult"
    TELL_APPLICANT = "tell_applicant"
    RECORD_OPINION = "record_opinion"
    TELL_THIRD_PARTY = "tell_third_party"
    EXTEND = "extend"
    CHARGE_FEE = "charge_fee"
    RECORD_PAYMENT = "record_payment"
    RECORD_EXTRA = "record_extra"
    WITHDRAW_FEE = "withdraw_fee"
    REFUND_FEE = "refund_fee"
    PREPARE_RELEASE = "prepare_release"
    ASK_REASONS = "ask_reasons"
    GIVE_REASONS = "give_reasons"
    DELAY = "delay"
    ANSWER = "answer"
    CONFIRM_LAPSE = "confirm_lapse"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN_DRAFT = "return_draft"
    DISCARD_DRAFT = "discard_draft"
    DISPATCH = "dispatch"
    CONFIRM_DELIVERY = "confirm_delivery"
    VOID_EVENT = "void_event"
    NOTE = "note"
    MERGE = "merge"
    SPLIT = "split"
    DECIDE_PUBLICATION = "decide_publication"
    IMPORT_CASES = "import_cases"
    ARCHIVE = "archive"
    PROPOSE_LAPSE = "propose_lapse"
    BUNDLE = "bundle"
    READ_CASE = "read_case"
    REVEAL_IDENTITY = "reveal_identity"
    REISSUE = "reissue"
    PROPOSE_WORDING = "propose_wording"
    APPROVE_WORDING = "approve_wording"
    READ_REPORTS = "read_reports"
    LEAD_PROCEEDING = "lead_proceeding"
    DRAFT_REPORT = "draft_report"
    CLOSE_PERIOD = "close_period"
    PUBLISH_REPORT = "publish_report"
    READ_ANNUAL = "read_annual"
    PROVE_PAYMENT = "prove_payment"
    RATE = "rate"
    SUGGEST_PUBLICATION = "suggest_publication"
    DECIDE_SUGGESTION = "decide_suggestion"
    REISSUE_CODE = "reissue_code"
    EXPLAIN_LATE = "explain_late"
    SUPERVISE = "supervise"
    REPLY_SUPERVISION = "reply_supervision"
    SET_ESCALATION = "set_escalation"
    RECORD_ORGANISATION = "record_organisation"
    LEND = "lend"
    ADD_PAPERS = "add_papers"


ACT_LABELS: Final[dict[Act, str]] = {
    Act.FILE: "网上提交",
    Act.REGISTER: "登记来件",
    Act.CHANGE_BODY: "更正受文机关",
    Act.ASSIGN: "分办",
    Act.SIGN_FOR: "签收",
    Act.SEND_BACK: "退回",
    Act.GIVE_OPINION: "提出部门意见",
    Act.RECORD_SEARCH: "登记检索记录",
    Act.ASK_DEPARTMENT: "请部门协办",
    Act.SIGN_INQUIRY: "签收协办",
    Act.REPLY_INQUIRY: "回复协办",
    Act.RETURN_INQUIRY: "退回协办",
    Act.HAND_OVER: "移交案件",
    Act.GUIDE: "按七步判断",
    Act.ASK_REVIEW: "送法制、保密审查",
    Act.GIVE_REVIEW: "提出审查意见",
    Act.ANSWER_REVIEW: "说明对审查意见的处理",
    Act.ASK_CORRECTION: "告知补正",
    Act.ANSWER_CORRECTION: "登记补正材料",
    Act.CONSULT: "征求意见",
    Act.TELL_APPLICANT: "告知申请人正在征求意见",
    Act.RECORD_OPINION: "登记征求意见结果",
    Act.TELL_THIRD_PARTY: "将公开决定告知第三方",
    Act.EXTEND: "延长答复期限",
    Act.CHARGE_FEE: "收取信息处理费",
    Act.RECORD_PAYMENT: "登记缴费",
    Act.RECORD_EXTRA: "登记多收的款项",
    Act.WITHDRAW_FEE: "撤销收费通知",
    Act.REFUND_FEE: "登记退费",
    Act.PREPARE_RELEASE: "准备提供的文件",
    Act.ASK_REASONS: "要求说明理由",
    Act.GIVE_REASONS: "登记说明的理由",
    Act.DELAY: "确定延迟答复期限",
    Act.ANSWER: "起草答复",
    Act.CONFIRM_LAPSE: "确认视为放弃",
    Act.WITHDRAW: "登记撤回",
    Act.REOPEN: "依复议决定或判决重新办理",
    Act.SUBMIT: "送签、制发",
    Act.APPROVE: "签发",
    Act.RETURN_DRAFT: "退回修改",
    Act.DISCARD_DRAFT: "作废草稿",
    Act.DISPATCH: "发出文书",
    Act.CONFIRM_DELIVERY: "登记送达",
    Act.VOID_EVENT: "作废事项",
    Act.NOTE: "记备注",
    Act.MERGE: "并入另一件",
    Act.SPLIT: "拆成几件",
    Act.DECIDE_PUBLICATION: "决定是否主动公开",
    Act.IMPORT_CASES: "导入旧台账",
    Act.ARCHIVE: "归档",
    Act.PROPOSE_LAPSE: "提示可能视为放弃",
    Act.BUNDLE: "制作卷宗",
    Act.READ_CASE: "查看申请",
    Act.REVEAL_IDENTITY: "查看证件号码",
    Act.REISSUE: "作废重发",
    Act.PROPOSE_WORDING: "修改文书文本",
    Act.APPROVE_WORDING: "批准文书文本",
    Act.READ_REPORTS: "查看报表",
    Act.LEAD_PROCEEDING: "登记、办理复议和诉讼",
    Act.DRAFT_REPORT: "编写年度报告",
    Act.CLOSE_PERIOD: "锁定统计期、年度",
    Act.PUBLISH_REPORT: "发布年度报告",
    Act.READ_ANNUAL: "查看年度报告和统计期",
    Act.PROVE_PAYMENT: "提交缴费凭证",
    Act.RATE: "评价",
    Act.SUGGEST_PUBLICATION: "建议主动公开",
    Act.DECIDE_SUGGESTION: "答复主动公开的建议",
    Act.REISSUE_CODE: "核验身份后重发查询码",
    Act.EXPLAIN_LATE: "说明超期原因",
    Act.SUPERVISE: "发督办单",
    Act.REPLY_SUPERVISION: "登记督办反馈",
    Act.SET_ESCALATION: "设置催办督办",
    Act.RECORD_ORGANISATION: "补记单位性质",
    Act.LEND: "登记案卷查阅、借阅",
    Act.ADD_PAPERS: "补充材料",
}

# The clerk does the case work and signs nothing; the head approves and
# drafts nothing; supervisor and administrator do no case acts; the administrator sees no identity.
_CASE_WORK: Final = frozenset({
    Act.REGISTER, Act.CHANGE_BODY, Act.ASSIGN, Act.SEND_BACK, Act.ASK_CORRECTION,
    Act.ANSWER_CORRECTION, Act.CONSULT, Act.TELL_APPLICANT, Act.RECORD_OPINION, Act.TELL_THIRD_PARTY, Act.EXTEND, Act.CHARGE_FEE,
    Act.RECORD_PAYMENT, Act.RECORD_EXTRA, Act.WITHDRAW_FEE, Act.REFUND_FEE, Act.PREPARE_RELEASE,
    Act.ASK_REASONS, Act.GIVE_REASONS, Act.DELAY, Act.ANSWER,
    Act.CONFIRM_LAPSE, Act.WITHDRAW, Act.REOPEN, Act.SUBMIT, Act.DISCARD_DRAFT, Act.DISPATCH,
    Act.CONFIRM_DELIVERY, Act.VOID_EVENT, Act.NOTE, Act.ARCHIVE, Act.READ_CASE,
    Act.REVEAL_IDENTITY, Act.REISSUE, Act.BUNDLE, Act.READ_REPORTS,
    Act.LEAD_PROCEEDING, Act.READ_ANNUAL,
    Act.MERGE, Act.SPLIT, Act.DECIDE_PUBLICATION, Act.IMPORT_CASES, Act.REISSUE_CODE,
    Act.EXPLAIN_LATE, Act.REPLY_SUPERVISION, Act.RECORD_SEARCH,
    Act.ASK_REVIEW, Act.ANSWER_REVIEW, Act.RECORD_ORGANISATION,
    Act.LEND, Act.ADD_PAPERS, Act.ASK_DEPARTMENT, Act.HAND_OVER,
    Act.GUIDE,
})  # fmt: skip

ALLOWED: Final[dict[Role, frozenset[Act]]] = {
    Role.CLERK: _CASE_WORK,
    Role.HANDLER: frozenset({
        Act.SIGN_FOR, Act.SEND_BACK, Act.GIVE_OPINION, Act.NOTE, Act.READ_CASE, Act.READ_REPORTS,
        Act.EXPLAIN_LATE, Act.REPLY_SUPERVISION, Act.RECORD_SEARCH,
        Act.SIGN_INQUIRY, Act.REPLY_INQUIRY, Act.RETURN_INQUIRY,
    }),
    Role.REVIEWER: frozenset({
        Act.GIVE_OPINION, Act.GIVE_REVIEW, Act.NOTE, Act.READ_CASE, Act.PROPOSE_WORDING, Act.BUNDLE,
        Act.LEAD_PROCEEDING, Act.READ_ANNUAL,
    }),
    Role.HEAD: frozenset({
        Act.APPROVE, Act.RETURN_DRAFT, Act.ASSIGN, Act.NOTE, Act.READ_CASE, Act.APPROVE_WORDING,
        Act.READ_REPORTS, Act.PUBLISH_REPORT, Act.DECIDE_SUGGESTION, Act.READ_ANNUAL,
        Act.EXPLAIN_LATE, Act.SUPERVISE, Act.REPLY_SUPERVISION, Act.HAND_OVER,
    }),
    Role.SUPERVISOR: frozenset({
        Act.READ_CASE, Act.NOTE, Act.READ_REPORTS, Act.DRAFT_REPORT, Act.CLOSE_PERIOD,
        Act.SUPERVISE, Act.REPLY_SUPERVISION, Act.SET_ESCALATION, Act.READ_ANNUAL,
        Act.RECORD_ORGANISATION,
    }),
    Role.ARCHIVIST: frozenset({
        Act.ARCHIVE, Act.READ_CASE, Act.BUNDLE, Act.LEND, Act.ADD_PAPERS,
    }),
    Role.ADMINISTRATOR: frozenset({Act.PROPOSE_WORDING, Act.SET_ESCALATION}),
    Role.APPLICANT: frozenset({
        Act.FILE, Act.ANSWER_CORRECTION, Act.GIVE_REASONS, Act.WITHDRAW, Act.CONFIRM_DELIVERY, Act.READ_CASE,
        Act.PROVE_PAYMENT, Act.RATE, Act.SUGGEST_PUBLICATION,
    }),
    Role.SYSTEM: frozenset({Act.PROPOSE_LAPSE, Act.DISPATCH}),
}  # fmt: skip


@dataclass(frozen=True)
class Actor:
    """Who acts: a member of staff, the applicant of one case, or the system itself."""

    roles: frozenset[Role]
    name: str
    staff_id: int | None = None
    department_id: int | None = None

    def __post_init__(self) -> None:
        nobody = self.staff_id is None
        if (self.roles & set(STAFF_ROLES) and nobody) or (
            self.roles - set(STAFF_ROLES) and not nobody
        ):
            message = "a staff role and a staff id go together"
            raise ValueError(message)

    def may(self, act: Act) -> bool:
        """Tell whether any of the actor's roles allows ``act``."""
        return any(act in ALLOWED[role] for role in self.roles)

    @property
    def staff(self) -> int:
        """Return the id of the member of staff; the applicant and the system have none."""
        if self.staff_id is None:
            message = f"{self.name} is no member of staff"
            raise ValueError(message)
        return self.staff_id

    @property
    def confined_to_department(self) -> bool:
        """Tell whether the actor sees only the cases of the own department."""
        return self.roles <= {Role.HANDLER}


APPLICANT: Final = Actor(roles=frozenset({Role.APPLICANT}), name="申请人")
SYSTEM: Final = Actor(roles=frozenset({Role.SYSTEM}), name="系统")


def reasons_against(act: Act, *, actor: Actor) -> tuple[Reason, ...]:
    """Return why ``actor`` may not do ``act`` by role; empty when allowed."""
    if actor.may(act):
        return ()
    who = "、".join(ROLE_LABELS[role] for role, acts in ALLOWED.items() if act in acts)
    return (Reason("role", f"“{ACT_LABELS[act]}”由{who}办理，您现在的岗位不能办理。"),)
