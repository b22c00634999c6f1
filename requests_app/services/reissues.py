"""Void a letter that was signed by mistake, also one that has gone out, and begin it anew.

What the letter had entered in the ledger is voided with it, so that dates and status are again what
they would be without it. Its number stays used, its file and the proof of its dispatch are kept, and
the new letter names it. One that nobody signed yet is changed or discarded in ``letters``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from requests_app.domain import ledger, workflow
from requests_app.domain.access import Act, Actor
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.ledger import ENTRY_LABELS, LedgerEntry
from requests_app.domain.letter_types import RECEIPTS
from requests_app.domain.letters import LetterKind
from requests_app.models import Fee, Letter
from requests_app.selectors import facts
from requests_app.services import case_file, entries, letters, signing, undoing
from requests_app.services.case_file import OpenCase

#: Letters nobody drafts: they repeat a fact, and the fact still stands.
_UNASKED: Final = frozenset({Act.REGISTER, Act.TELL_APPLICANT, Act.WITHDRAW, Act.WITHDRAW_FEE})


def reissue(
    letter_id: int,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> Letter:
    """Void a signed letter with its reason, and return the one that takes its place.

    A letter that is drafted comes back as a draft with the same words, to be put right and signed
    like any other; one that only repeats a fact is issued again at once. Refuses while something
    else rests on the old letter, and where the law leaves no room for a new one any more.
    """
    with case_file.opened_letter(
        letter_id, act=Act.REISSUE, actor=actor, at=at, seen_version=seen_version
    ) as (file, letter):
        kept = case_file.require_text(reason, code="reason", sentence="作废重发必须写明理由。")
        _refuse_depended_on(file, letter)
        for entry in reversed(tuple(_journey(file, letter))):
            entries.void_entry(file, seq=entry.seq, reason=kept)
        letters.void(letter, file, reason=kept)
        if Act(letter.act) in _UNASKED:
            return _issue_again(file, letter)
        return _draft_again(file, letter, reason=kept)


def _journey(file: OpenCase, letter: Letter) -> Iterator[LedgerEntry]:
    """Give the standing entries of a letter's dispatch and arrival."""
    for each in ledger.standing(facts.entries(file.case)):
        if each.letter == letter.pk and each.entry in undoing.DISPATCHES | undoing.ARRIVALS:
            yield each


def _refuse_depended_on(file: OpenCase, letter: Letter) -> None:
    """Refuse while entries of others stand on this letter's: those are voided first, knowingly."""
    all_entries = facts.entries(file.case)
    depending = {
        each.seq: each
        for target in _journey(file, letter)
        for each in entries.dependents(all_entries, target=target)
        if each.letter != letter.pk
    }
    if depending:
        names = "、".join(f"{each.on}{ENTRY_LABELS[each.entry]}" for each in depending.values())
        raise Refused.because("depended_on", f"以下事项以它为前提，请先作废：{names}。")


def _issue_again(file: OpenCase, letter: Letter) -> Letter:
    extra = {"query_code": signing.QUERY_CODE_MARK} if LetterKind(letter.kind) in RECEIPTS else None
    return signing.issue_unasked(
        file.case,
        kind=LetterKind(letter.kind),
        act=Act(letter.act),
        fields=letter.fields,
        actor=file.actor,
        at=file.at,
        consultation=letter.consultation,
        extra=extra,
        replaces=letter,
    )


def _draft_again(file: OpenCase, letter: Letter, *, reason: str) -> Letter:
    """Draft the same letter on the case as it is without the old one, under the law's conditions of today."""
    fresh = replace(file, facts=facts.load(file.case, today=file.today))
    verdict = workflow.check(Act(letter.act), facts=fresh.facts, actor=file.actor)
    refuse_if_any(
        tuple(each for each in verdict.reasons if each.code not in verdict.overridable)
        and (
            Reason("reissue", "这份文书作废后，已经不能重新制发，所以没有作废："),
            *verdict.reasons,
        )
    )
    again = letters.draft(
        fresh,
        kind=LetterKind(letter.kind),
        act=Act(letter.act),
        fields=letter.fields,
        outcome=letter.outcome,
        consultation=letter.consultation,
        override_reason=letter.override_reason or (reason if verdict.needs_override else ""),
    )
    again.replaces = letter
    again.save(update_fields=["replaces"])
    _charge_again(fresh, old=letter, new=again)
    return again


def _charge_again(file: OpenCase, *, old: Letter, new: Letter) -> None:
    """Let the bill of a fee notice go over to the new one; the old keeps its own, unpaid."""
    fee = Fee.objects.filter(letter=old).first()
    if fee is None:
        return
    fee.pk, fee.letter, fee.created_at = None, new, file.at
    fee.save(force_insert=True)
    if fee.items is not None:
        file.case.item_count = fee.items
