"""Sign a letter: draw its number, freeze its text, have its PDF made. All in the act's transaction.

Who may sign, and when, is asked in ``letters``; here is only what signing does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from requests_app.adapters import crypto, pdf, queue
from requests_app.domain import letters as catalogue
from requests_app.domain.access import Act, Actor
from requests_app.domain.case_facts import LetterStatus
from requests_app.domain.errors import Refused
from requests_app.domain.jobs import Job
from requests_app.domain.ledger import Entry
from requests_app.domain.letter_types import RECEIPTS
from requests_app.domain.letters import KINDS, LetterKind
from requests_app.domain.matters import Matter
from requests_app.models import Case, Consultation, Letter
from requests_app.selectors import letter_values, wordings
from requests_app.services import case_file, entries, numbers, query_codes

#: Stands for the query code in the frozen text of a receipt. The code itself is kept nowhere in
#: clear; it is put in when the PDF is drawn, and the PDF is sealed at rest.
QUERY_CODE_MARK: Final = "〔查询码〕"

#: Which receipt confirms a filing.
RECEIPT_OF: Final[Mapping[Matter, LetterKind]] = {
    Matter.DISCLOSURE: LetterKind.RECEIPT,
    Matter.AMENDMENT: LetterKind.AMENDMENT_RECEIPT,
}


def sign(
    letter: Letter,
    *,
    signed_by: int | None,
    at: datetime,
    extra: Mapping[str, str] | None = None,
    may_wait_for_fonts: bool = False,
) -> None:
    """Draw the number, freeze the text and queue the rendering of one letter.

    Refuses what cannot be composed or, unless it may wait for a font, printed; no number is then
    used up.
    """
    kind = KINDS[LetterKind(letter.kind)]
    body = letter.case.body
    letter.number = numbers.draw_letter_number(
        body, series=kind.series, year=case_file.local_day(at).year
    )
    wording = wordings.in_force(kind.code, on=case_file.local_day(at))
    composed = letter_values.compose(
        letter, at=at, number=letter.number, extra=extra, wording=wording
    )
    if not may_wait_for_fonts:
        _refuse_unprintable(composed)
    letter.text = composed.to_dict()
    letter.template_version = wording.name
    letter.verify_code = letter.verify_code or crypto.new_query_code()
    letter.status = LetterStatus.SIGNED.value
    letter.signed_by_id = signed_by
    letter.signed_at = at
    letter.save()
    queue.enqueue_on_commit(Job.RENDER_LETTER, letter_id=letter.pk)


def issue_unasked(
    case: Case,
    *,
    kind: LetterKind,
    act: Act,
    fields: Mapping[str, str],
    actor: Actor,
    at: datetime,
    consultation: Consultation | None = None,
    extra: Mapping[str, str] | None = None,
    replaces: Letter | None = None,
) -> Letter:
    """Sign a letter nobody drafts, because it only repeats a fact: receipt, withdrawal, consultation notice."""
    letter = Letter(
        case=case,
        kind=kind.value,
        act=act.value,
        fields=dict(fields),
        consultation=consultation,
        replaces=replaces,
        drafted_by_id=actor.staff_id,
        drafted_at=at,
    )
    # Nobody is turned away for a rare character in a name: the paper waits for the font.
    sign(letter, signed_by=actor.staff_id, at=at, extra=extra, may_wait_for_fonts=True)
    entries.append(
        case,
        entry=Entry.LETTER_ISSUED,
        on=case_file.local_day(at),
        actor=actor,
        at=at,
        letter=letter,
        data={"kind": kind.value, "number": letter.number},
    )
    return letter


def printable_text(letter: Letter) -> dict[str, Any]:
    """Return the frozen text of a letter as it goes to paper, the query code of a receipt put in."""
    text: dict[str, Any] = letter.text or {}
    if LetterKind(letter.kind) not in RECEIPTS:
        return text
    code = crypto.format_query_code(query_codes.of(letter.case))
    paragraphs = [
        {**each, "text": each["text"].replace(QUERY_CODE_MARK, code)} for each in text["paragraphs"]
    ]
    return {**text, "paragraphs": paragraphs}


def _refuse_unprintable(text: catalogue.LetterText) -> None:
    """Stop a letter with a character no font can print, and name the character."""
    missing = pdf.uncovered("".join(text.all_text()))
    if missing:
        sentence = f"字体中没有这些字，不能制作文书：{'、'.join(missing)}。请安装扩展字库，或者核对是否输入有误。"
        raise Refused.because("missing_glyphs", sentence)
