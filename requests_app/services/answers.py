"""Draft the answer: one outcome, chosen once, from which article, letter, remedies and report row follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from requests_app.domain import outcomes, searches
from requests_app.domain import releases as file_rules
from requests_app.domain.access import Act, Actor
from requests_app.domain.articles import ART_30, ART_32, ART_35
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.errors import Reason, refuse_if_any
from requests_app.domain.grounds import Ground
from requests_app.domain.letters import KINDS
from requests_app.domain.matters import ART_41, MATTER_LABELS
from requests_app.domain.outcomes import OUTCOMES, Ending, OutcomeCode
from requests_app.domain.releases import Released
from requests_app.models import Letter
from requests_app.selectors import calendars, consulted, releases
from requests_app.services import case_file, letters
from requests_app.services.case_file import OpenCase


def draft(
    case_id: int,
    *,
    outcome: OutcomeCode,
    fields: Mapping[str, str],
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Letter:
    """Draft the letter of ``outcome``; refuse what the outcome needs and the case does not have.

    Fields of other outcomes are ignored, so that changing the choice loses nothing that was typed.
    """
    with case_file.opened(
        case_id, act=Act.ANSWER, actor=actor, at=at, seen_version=seen_version
    ) as file:
        row = OUTCOMES[outcome]
        known = {field.name for field in KINDS[row.letter_kind].fields}
        given = {name: value for name, value in fields.items() if name in known}
        files = releases.prepared(file.case)
        whole = given | _withheld(row, files, given=given)
        refuse_if_any((
            *file_rules.against(outcome, files, typed=given),
            *outcomes.missing(outcome, given=whole),
            *_against(row, file, given=whole),
        ))  # fmt: skip
        return letters.draft(
            file, kind=row.letter_kind, act=Act.ANSWER, fields=given, outcome=outcome.value
        )


def _withheld(
    row: outcomes.Outcome, files: tuple[Released, ...], *, given: Mapping[str, str]
) -> dict[str, str]:
    if row.code is not OutcomeCode.PARTIAL or not file_rules.places(files):
        return {}  # what was typed is then told by the numbers it was typed under
    return file_rules.withheld(files, typed=given)


def _against(
    row: outcomes.Outcome, file: OpenCase, *, given: Mapping[str, str]
) -> tuple[Reason, ...]:
    """Return what the case's own history says against an outcome."""
    facts = file.facts
    reasons = []
    if row.matter is not facts.matter:
        sentence = f"这件是“{MATTER_LABELS[facts.matter]}”，不能按“{row.label}”答复。"
        reasons.append(Reason("outcome", sentence, ART_41))
    if row.ending is not Ending.ANSWERED:
        reasons.append(Reason("outcome", "视为放弃和撤回不用答复书办理，请用相应的事项。"))
    if row.code is OutcomeCode.STILL_UNCLEAR and not facts.corrected:
        reasons.append(
            Reason("outcome", "申请人还没有补正过，不能按“补正后仍不明确”答复。", ART_30)
        )
    if row.code is OutcomeCode.EXCESSIVE and not facts.reasons_asked:
        reasons.append(
            Reason("outcome", "应当先要求申请人说明理由，才能以理由不合理为由不予处理。", ART_35)
        )
    elif row.code is OutcomeCode.EXCESSIVE and not facts.reasons_given:
        reasons += _reasons_may_still_come(file)
    if row.code is OutcomeCode.NOT_EXIST:
        reasons += searches.against_not_exist(facts.searches)
    # Also where only a part is withheld for the third party's sake.
    grounds = outcomes.grounds_of(row.code, given=given)
    if Ground.THIRD_PARTY in grounds and not consulted.third_party_asked(file.case):
        sentence = "涉及第三方合法权益的，应当先书面征求第三方的意见。"
        reasons.append(Reason("outcome", sentence, ART_32))
    return tuple(reasons)


def _reasons_may_still_come(file: OpenCase) -> list[Reason]:
    """Return why silence cannot be held against the applicant yet; the letter would say it untruly."""
    asked = file.case.letters.filter(
        act=Act.ASK_REASONS.value,
        status__in=[LetterStatus.DISPATCHED.value, LetterStatus.DELIVERED.value],
    )
    letter = asked.select_related("delivery").order_by("pk").last()
    if letter is None or letter.delivery.delivered_on is None:
        sentence = "说明理由通知书还没有送达，申请人也没有说明理由，不能以理由不合理为由不予处理。"
        return [Reason("outcome", sentence, ART_35)]
    last = calendars.current().add(letter.delivery.delivered_on, int(letter.fields["reasons_days"]))
    if file.today > last:
        return []
    sentence = f"申请人说明理由的期限到{last}（含当日）为止，还没有届满，申请人也没有说明理由。"
    return [Reason("outcome", sentence, ART_35)]
