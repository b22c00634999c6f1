"""What a kind of letter is made of: its code, its fields, to whom it goes.

The kinds themselves stand in ``letter_steps`` (letters on the way), ``letter_answers`` (letters
that end a case) and ``letter_amendments`` (a person's own record); ``letters`` joins them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from requests_app.domain.numbering import Series
from requests_app.domain.remedies import DocumentWord, RemedyVariant


class LetterKind(StrEnum):
    """The code of a letter kind, as stored."""

    RECEIPT = "receipt"
    CORRECTION = "correction"
    EXTENSION = "extension"
    CONSULT_THIRD_PARTY = "consult_third_party"
    CONSULT_NOTICE = "consult_notice"
    CONSULT_CO_MAKER = "consult_co_maker"
    CONSULT_ORGAN = "consult_organ"
    THIRD_PARTY_DECISION = "third_party_decision"
    REASONS = "reasons"
    DELAY = "delay"
    FEE = "fee"
    FEE_WITHDRAWAL = "fee_withdrawal"
    ALREADY_PUBLIC = "already_public"
    DISCLOSED = "disclosed"
    PARTIAL = "partial"
    WITHHELD = "withheld"
    NOT_EXIST = "not_exist"
    NOT_OURS = "not_ours"
    REPEATED = "repeated"
    OTHER_LAW = "other_law"
    NEEDS_PROCESSING = "needs_processing"
    PETITION = "petition"
    PUBLICATION = "publication"
    EXCESSIVE = "excessive"
    RECONFIRMATION = "reconfirmation"
    STILL_UNCLEAR = "still_unclear"
    OTHER_ANSWER = "other_answer"
    LAPSE_CORRECTION = "lapse_correction"
    LAPSE_FEE = "lapse_fee"
    WITHDRAWAL = "withdrawal"
    AMENDMENT_RECEIPT = "amendment_receipt"
    AMENDED = "amended"
    AMENDMENT_REFUSED = "amendment_refused"
    AMENDMENT_PASSED_ON = "amendment_passed_on"


#: Drawn at filing, with the query code in it: sealed at rest, each reading by staff written down.
RECEIPTS: Final = frozenset({LetterKind.RECEIPT, LetterKind.AMENDMENT_RECEIPT})


class Addressee(StrEnum):
    """To whom a kind of letter goes."""

    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"
    ORGAN = "organ"


class InputKind(StrEnum):
    """How the desk asks for a field. Dates travel as ISO text, choices as their code."""

    TEXT = "text"
    TEXTAREA = "textarea"
    DATE = "date"
    INT = "int"
    CHOICE = "choice"


@dataclass(frozen=True)
class Choice:
    """One option: the stored code, the label in the form, and what the letter prints for it."""

    code: str
    label: str
    printed: str


@dataclass(frozen=True)
class Field:
    """One thing the clerk fills in.

    ``printed`` False: kept with the letter as a record, never part of its words (密级, who searched).
    ``numbered``: each line of the text becomes a numbered point. ``computed``: a service fills it in;
    the form does not ask.
    """

    name: str
    label: str
    help: str = ""
    input: InputKind = InputKind.TEXT
    required: bool = True
    choices: tuple[Choice, ...] = ()
    printed: bool = True
    numbered: bool = False
    computed: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of letter.

    ``remedies`` is None where the outcome decides. ``must_say`` are the words the law makes
    indispensable: a wording of the office's own may change everything but these.
    ``needs_approval``: signed off by the head of the working body; otherwise the clerk (or the
    system) issues it.
    """

    code: LetterKind
    label: str
    title: str
    series: Series
    basis: str
    addressee: Addressee
    needs_approval: bool
    document_word: DocumentWord
    remedies: RemedyVariant | None
    fields: tuple[Field, ...]
    must_say: tuple[str, ...]

    def field(self, name: str) -> Field | None:
        """Return the field of that name, if the kind has it."""
        return next((field for field in self.fields if field.name == name), None)
