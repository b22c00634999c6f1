"""Put a letter together: the kind's wording, the case's values, the locked remedies.

Preview and issue call the same pure function. What people typed is only ever a value: it is never
read as wording. How the text becomes paper belongs to ``adapters.pdf``; numbers, signatures and
freezing to services.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from requests_app.domain import article_fit, letter_blocks, outcomes, remedies, wording_lines
from requests_app.domain.errors import Reason, Refused, refuse_if_any
from requests_app.domain.forbidden_words import FORBIDDEN
from requests_app.domain.letter_amendments import AMENDMENTS
from requests_app.domain.letter_answers import ANSWERS
from requests_app.domain.letter_steps import STEPS
from requests_app.domain.letter_text import LetterText, Paragraph
from requests_app.domain.letter_types import (
    Addressee,
    Choice,
    Field,
    InputKind,
    Kind,
    LetterKind,
)
from requests_app.domain.outcomes import Ending, Outcome, OutcomeCode
from requests_app.domain.placeholders import (
    CHANNEL_WORDS,
    CONSULTED_WORDS,
    DERIVED,
    PLACEHOLDERS,
    SYSTEM,
    YOU,
    YOU_ALL,
    Placeholder,
)
from requests_app.domain.remedies import RemedyOffice, RemedyVariant
from requests_app.domain.wording_lines import Line
from requests_app.domain.wordings import WORDINGS

__all__ = [
    "CHANNEL_WORDS",
    "CONSULTED_WORDS",
    "KINDS",
    "PLACEHOLDERS",
    "WORDING_VERSION",
    "YOU",
    "YOU_ALL",
    "Addressee",
    "Choice",
    "Field",
    "InputKind",
    "Kind",
    "LetterKind",
    "LetterText",
    "Paragraph",
    "Placeholder",
    "check_wording",
    "compose",
    "outcomes_of",
    "preview_values",
    "remedies_of",
]

KINDS: Final[Mapping[LetterKind, Kind]] = MappingProxyType(
    {kind.code: kind for kind in (*STEPS, *ANSWERS, *AMENDMENTS)}
)

#: Names the built-in wordings; kept with each letter, so that it can be told which words it had.
WORDING_VERSION: Final = hashlib.sha256(
    "\f".join(f"{kind}\n{text}" for kind, text in sorted(WORDINGS.items())).encode()
).hexdigest()[:12]

_EVERY_LETTER_NEEDS: Final = ("issuer", "addressee", "contact_unit", "contact_phone")
#: Of a few cases only: a preview with samples does not show it.
_OCCASIONAL: Final = frozenset(
    {"decision_number", "decision_on", "decision_made_on", "replaced_number"}
)
#: Only the locked block speaks of remedies.
_LOCKED_WORDS: Final = ("申请行政复议", "提起行政诉讼", "向人民法院起诉")
_NUMBERED_ALREADY: Final = re.compile(
    r"[0-9]{1,2}[.．、]|（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、"
)


def compose(
    kind: LetterKind,
    values: Mapping[str, str],
    *,
    wording: str | None = None,
    outcome: OutcomeCode | None = None,
    office: RemedyOffice | None = None,
    served_online: bool = False,
) -> LetterText:
    """Compose a letter, or refuse with the list of everything that is missing or wrong.

    ``values`` are the case's values and the clerk's fields under the names of ``PLACEHOLDERS``;
    dates as ISO text, choices as their code. ``wording`` is the office's own text, None the built-in
    one. ``outcome`` is needed where several outcomes share a kind (the refusals). ``office`` says who
    reviews, for every letter that carries remedies.
    """
    spec = KINDS[kind]
    given = {name: _tidy(value) for name, value in values.items()}
    reasons = list(_unknown(given))
    text = WORDINGS[kind] if wording is None else wording
    if wording is not None:
        reasons += _wording_reasons(spec, wording)
    chosen, found = _choose_outcome(kind, outcome, given=given)
    reasons += found
    filled, found = _fill(spec, given, outcome=chosen)
    reasons += found
    lines = [line for line in wording_lines.read(text) if line.applies(filled)]
    lines = wording_lines.with_locked(lines, filled=filled)
    reasons += _missing(spec, lines, filled=filled, given=given)
    if chosen is not None:
        reasons += _misfits(spec, chosen, lines=lines, filled=filled, given=given)
    block, found = _remedies(spec, chosen, office=office, served_online=served_online)
    reasons += found
    refuse_if_any(tuple(dict.fromkeys(reasons)))
    return LetterText(
        title=spec.title,
        issuer=filled["issuer"],
        number=filled.get("number", ""),
        addressee=filled["addressee"],
        paragraphs=tuple(_paragraphs(lines, filled=filled)),
        remedies=block,
        attachments=tuple(filled.get("attachments", "").splitlines()),
        signer=filled["issuer"],
        dated_on=given.get("dated_on", ""),
        contact=_contact(filled),
    )


def check_wording(kind: LetterKind, text: str) -> None:
    """Refuse a wording that could not be composed or that leaves out what the law demands.

    Names all of it: unknown placeholders, stray braces, words of the repealed regulation, the
    articles and elements of the kind that may not be dropped, and articles of other outcomes.
    """
    refuse_if_any(tuple(_wording_reasons(KINDS[kind], text)))


def outcomes_of(kind: LetterKind) -> tuple[Outcome, ...]:
    """Return the outcomes this kind of letter can tell; none for letters on the way."""
    return tuple(each for each in outcomes.OUTCOMES.values() if each.letter_kind is kind)


def remedies_of(kind: LetterKind) -> RemedyVariant:
    """Return the remedies a kind carries: its own, or those of its outcomes, which agree."""
    own = KINDS[kind].remedies
    return outcomes_of(kind)[0].remedies if own is None else own


def preview_values(kind: LetterKind) -> dict[str, str]:
    """Return a sample for everything a kind may print, for previews of a wording."""
    names = SYSTEM - _OCCASIONAL | {field.name for field in KINDS[kind].fields}
    samples = {name: PLACEHOLDERS[name].sample for name in sorted(names)}
    if KINDS[kind].addressee is Addressee.ORGAN:
        samples |= {"addressee": "金昌市发展和改革委员会", "you": "你单位"}
    return samples


def _tidy(value: str) -> str:
    lines = (line.strip() for line in value.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def _label(spec: Kind, name: str) -> str:
    field = spec.field(name)
    return field.label if field is not None else PLACEHOLDERS[name].label


def _unknown(given: Mapping[str, str]) -> Iterator[Reason]:
    for name in sorted(set(given) - set(PLACEHOLDERS) | set(given) & DERIVED):
        yield Reason("unknown_value", f"没有名为{name}的占位符，不能填入文书。")


def _choose_outcome(
    kind: LetterKind, code: OutcomeCode | None, *, given: Mapping[str, str]
) -> tuple[Outcome | None, list[Reason]]:
    possible = outcomes_of(kind)
    if code is None and len(possible) <= 1:
        chosen = possible[0] if possible else None
    else:
        chosen = next((each for each in possible if each.code is code), None)
        if chosen is None:
            return None, [
                Reason("outcome_does_not_fit", f"请选择与“{KINDS[kind].label}”相符的答复结果。")
            ]
    return chosen, [] if chosen is None else list(outcomes.missing(chosen.code, given=given))


def _fill(
    spec: Kind, given: Mapping[str, str], *, outcome: Outcome | None
) -> tuple[dict[str, str], list[Reason]]:
    """Turn given values into printed ones and add what follows from them."""
    filled: dict[str, str] = {}
    reasons: list[Reason] = []
    for name, value in given.items():
        if name not in PLACEHOLDERS or not value:
            continue
        try:
            filled[name] = _printed(spec, name, value)
        except Refused as refused:
            reasons += refused.reasons
    if outcome is not None:
        if (rule := outcome.ground_rule) is not None:
            filled["ground_article"] = rule.article
            filled["ground_sentence"] = rule.sentence
            filled["ground_consequence"] = rule.consequence
        if outcome.ending is not Ending.WITHDRAWN:
            filled["decided_again"] = letter_blocks.decided_again(filled)
    if mode := filled.get("fee_mode"):
        filled["fee_standard"] = letter_blocks.fee_standard(mode)
    if spec.code is LetterKind.PARTIAL:
        filled["withheld_parts"] = letter_blocks.withheld_parts(filled)
    return filled, reasons


def _printed(spec: Kind, name: str, value: str) -> str:
    field = spec.field(name)
    if PLACEHOLDERS[name].is_date:
        return _printed_date(value, label=_label(spec, name))
    if field is None:
        return value
    if field.choices:
        choice = next((each for each in field.choices if each.code == value), None)
        if choice is None:
            raise Refused.because("not_a_choice", f"“{field.label}”不在可选的范围内。")
        return choice.printed
    if field.input is InputKind.INT and not (
        value.isascii() and value.isdecimal() and int(value) > 0
    ):
        raise Refused.because("not_a_number", f"“{field.label}”须为大于0的整数。")
    return _numbered(value) if field.numbered else value


def _printed_date(value: str, *, label: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise Refused.because(
            "not_a_date", f"“{label}”不是一个日期，请按2026-03-02的样式填写。"
        ) from error
    return f"{day.year}年{day.month}月{day.day}日"


def _numbered(value: str) -> str:
    lines = value.split("\n")
    if len(lines) == 1 or any(_NUMBERED_ALREADY.match(line) for line in lines):
        return value
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def _misfits(
    spec: Kind,
    outcome: Outcome,
    *,
    lines: Iterable[Line],
    filled: Mapping[str, str],
    given: Mapping[str, str],
) -> Iterator[Reason]:
    """Hold the articles of the letter against its outcome: those worded, and those typed."""
    derived = ("ground_article", "ground_sentence")
    authored = "\n".join(
        wording_lines.NAME.sub(
            lambda name: filled.get(name[1], "") if name[1] in derived else "", line.text
        )
        for line in lines
    )
    yield from article_fit.against_authored((outcome,), authored, label=spec.label)
    texts = {InputKind.TEXT, InputKind.TEXTAREA}
    labels = {each.name: each.label for each in spec.fields if each.printed and each.input in texts}
    yield from article_fit.against_typed(
        outcome, given, labels=labels, grounds=outcomes.grounds_of(outcome.code, given=given)
    )


def _missing(
    spec: Kind, lines: Iterable[Line], *, filled: Mapping[str, str], given: Mapping[str, str]
) -> Iterator[Reason]:
    names = [*_EVERY_LETTER_NEEDS, *(field.name for field in spec.fields if field.required)]
    names += [
        name
        for line in lines
        for name in wording_lines.NAME.findall(line.text)
        if name in PLACEHOLDERS
    ]
    for name in dict.fromkeys(names):
        # A value that is there but wrong has its own reason already.
        if not filled.get(name) and not given.get(name):
            yield Reason(f"missing_{name}", f"缺少：{_label(spec, name)}。")


def _wording_reasons(spec: Kind, text: str) -> Iterator[Reason]:
    used = {
        *wording_lines.NAME.findall(text),
        *(name for _, name in wording_lines.CONDITION.findall(text)),
    }
    records = {field.name for field in spec.fields if not field.printed}
    for name in sorted(used - set(PLACEHOLDERS)):
        yield Reason("unknown_placeholder", f"没有名为{name}的占位符。")
    for name in sorted(used & records):
        yield Reason("record_only", f"“{_label(spec, name)}”只在案卷中留存，不能印出。")
    if re.search(
        r"[{}]", wording_lines.NAME.sub("", re.sub(wording_lines.CONDITION.pattern, "", text))
    ):
        yield Reason("stray_brace", "有不成对的花括号，或者占位符的名称写错。")
    for words in spec.must_say:
        if words not in text:
            yield Reason("must_say", f"依照{spec.basis}，文书必须写明：{words}。", spec.basis)
    for words in _LOCKED_WORDS:
        if words in text:
            sentence = f"不能写“{words}”：救济告知由系统按答复结果写入，文本里另写会自相矛盾。"
            yield Reason("locked_words", sentence)
    yield from article_fit.against_authored(
        outcomes_of(spec.code), wording_lines.NAME.sub("", text), label=spec.label
    )
    for word, why in FORBIDDEN.items():
        if word in text:
            yield Reason("forbidden_word", f"不能出现“{word}”：{why}。")


def _remedies(
    spec: Kind, outcome: Outcome | None, *, office: RemedyOffice | None, served_online: bool
) -> tuple[tuple[str, ...], list[Reason]]:
    """Write the locked block; no wording can leave it out or change it."""
    if spec.code is LetterKind.FEE:
        return remedies.FEE_NOTICE_SENTENCES, []
    variant = spec.remedies
    if variant is None:
        if outcome is None:
            return (), []
        variant = outcome.remedies
    try:
        return remedies.paragraph(
            variant,
            office=office or RemedyOffice(review_body="", court=""),
            served_online=served_online,
            document_word=spec.document_word,
        ), []
    except Refused as refused:
        return (), list(refused.reasons)


def _paragraphs(lines: Iterable[Line], *, filled: Mapping[str, str]) -> Iterator[Paragraph]:
    for line in lines:
        text = wording_lines.fill(line.text, filled)
        for part in text.split("\n"):
            yield Paragraph(text=part, style=line.style)


def _contact(filled: Mapping[str, str]) -> str:
    parts = [f"联系单位：{filled['contact_unit']}", f"联系电话：{filled['contact_phone']}"]
    if address := filled.get("contact_address"):
        parts.append(f"地址：{address}")
    return "，".join(parts)
