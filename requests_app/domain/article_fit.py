"""Hold a letter to its outcome: the articles it rests on, and none of another outcome.

Two texts are held against the table of ``outcomes``: what the office worded, which must cite the
outcome's own articles, and what the clerk typed as reasons, which may not contradict them. Only
articles of the disclosure regulation count; other laws are cited freely. A clause that says that an
article does not apply cites nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from requests_app.domain.errors import Reason
from requests_app.domain.grounds import GROUNDS, REGULATION, Ground
from requests_app.domain.outcomes import OUTCOMES, Outcome, OutcomeCode

_NUMERAL: Final = "[一二三四五六七八九十百]+"
_TOKEN: Final = re.compile(
    rf"《(?P<law>[^《》]*)》|(?P<measure>〔[0-9]{{4}}〕[0-9]+号)"
    rf"|(?P<bare>[\u4e00-\u9fff]{0, 30}?(?:法|法典|条例|办法|规定|解释|细则))(?=第{_NUMERAL}条)"
    rf"|第(?P<article>{_NUMERAL})条|第(?P<paragraph>{_NUMERAL})款|第[（(](?P<item>{_NUMERAL})[）)]项"
    r"|(?P<stop>[。；\n])"
)
_OURS_BARE: Final = re.compile(r"(?:^|公开|本|该|据|照|按|于|和|及|了|用)条例$")
_CLAUSE: Final = re.compile(r"[，。；\n]")
_DENIED: Final = re.compile(r"不属于|不适用|不涉及|不符合|并非|不是|无关")
_DIGITS: Final = {digit: number for number, digit in enumerate("一二三四五六七八九", start=1)}

#: Articles that say something of every case; citing them decides nothing.
_NEUTRAL: Final = frozenset({2, 10, 29, 30, 40})
#: Cited only where it applies: the form given is not the form asked for.
_AS_NEEDED: Final = frozenset({40})
#: What people are quoted with, or papers are called; no reason of the office's own.
_QUOTED: Final = frozenset({
    "applicant_reasons", "position_summary", "provided", "attachments", "publication", "earlier_number",
})  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """An article of the regulation, with paragraph and item where they are named."""

    article: int
    paragraph: int | None = None
    item: int | None = None

    def covers(self, other: Citation) -> bool:
        """Tell whether both can mean the same place: what one leaves open fits anything."""
        return (
            self.article == other.article
            and (None in {self.paragraph, other.paragraph} or self.paragraph == other.paragraph)
            and (None in {self.item, other.item} or self.item == other.item)
        )

    def __str__(self) -> str:
        words = f"第{_chinese(self.article)}条"
        if self.paragraph is not None:
            words += f"第{_chinese(self.paragraph)}款"
        return words + (f"第（{_chinese(self.item)}）项" if self.item is not None else "")


def citations(text: str) -> tuple[Citation, ...]:
    """Read which places of the regulation a text cites, in order, each once.

    An article without the name of a law is the regulation's; one that follows the name of another
    law, up to the end of the sentence, is not.
    """
    found: list[Citation] = []
    ours = True
    for token in _TOKEN.finditer(text):
        if token["law"] is not None:
            ours = token["law"].endswith("政府信息公开条例")
        elif token["measure"]:
            ours = False
        elif token["bare"]:
            ours = bool(_OURS_BARE.search(token["bare"]))
        elif token["stop"]:
            ours = True
        elif ours:
            _add(found, token)
    return tuple(dict.fromkeys(found))


def _add(found: list[Citation], token: re.Match[str]) -> None:
    if token["article"]:
        found.append(Citation(_number(token["article"])))
    elif not found:
        return
    elif token["paragraph"]:
        paragraph, last = _number(token["paragraph"]), found[-1]
        if last.paragraph is None and last.item is None:
            found[-1] = Citation(last.article, paragraph)
        else:
            found.append(Citation(last.article, paragraph))
    else:
        item, last = _number(token["item"]), found[-1]
        if last.item is None:
            found[-1] = Citation(last.article, last.paragraph, item)
        else:
            found.append(Citation(last.article, last.paragraph, item))


def against_authored(outcomes: Collection[Outcome], text: str, *, label: str) -> Iterator[Reason]:
    """Give what stands against the office's own words for these outcomes of one kind of letter.

    Where a kind tells several outcomes, only what they share may be written out; the rest comes by
    placeholder.
    """
    if not outcomes:
        return
    shared = _shared(outcomes)
    cited = citations(text)
    for wanted in shared:
        if wanted.article not in _AS_NEEDED and not any(wanted == each for each in cited):
            sentence = f"“{label}”的文书必须引用{REGULATION}{wanted}。"
            yield Reason("article_missing", sentence, f"{REGULATION}{wanted}")
    for each in _foreign(cited, allowed=_allowed(outcomes, shared=shared)):
        yield Reason("article_unfit", f"文本引用了条例{each}，与“{label}”的依据不符。")


def against_typed(
    outcome: Outcome,
    typed: Mapping[str, str],
    *,
    labels: Mapping[str, str],
    grounds: Iterable[Ground],
) -> Iterator[Reason]:
    """Give what stands against the reasons typed for an outcome, field by field."""
    allowed = [
        *_allowed((outcome,), shared=_own(outcome)),
        *(place for ground in grounds for place in citations(GROUNDS[ground].article)),
    ]
    for name, label in labels.items():
        if name in _QUOTED or (name.startswith("withheld") and "reason" not in name):
            continue
        clauses = _CLAUSE.split(typed.get(name, ""))
        said = "，".join(each for each in clauses if not _DENIED.search(each))
        for each in _foreign(citations(said), allowed=allowed):
            sentence = (
                f"“{label}”引用了条例{each}，与所选结果“{outcome.label}”的依据不符；"
                "请改写，或者选择相应的答复结果。"
            )
            yield Reason("article_unfit", sentence)


def _own(outcome: Outcome) -> tuple[Citation, ...]:
    return tuple(place for article in outcome.articles for place in citations(article))


def _shared(outcomes: Collection[Outcome]) -> tuple[Citation, ...]:
    first, *others = [_own(each) for each in outcomes]
    return tuple(place for place in first if all(place in other for other in others))


def _allowed(outcomes: Collection[Outcome], *, shared: tuple[Citation, ...]) -> list[Citation]:
    """Return what may be cited; a partial disclosure may also say why a part cannot be provided.

    区分处理的只计这一情形 (国办公开办函〔2021〕30号): what is not there, or not ours, stands in the same letter.
    """
    if any(each.code is OutcomeCode.PARTIAL for each in outcomes):
        return [*shared, Citation(36), Citation(38), Citation(39)]
    return list(shared)


def _foreign(cited: Iterable[Citation], *, allowed: Collection[Citation]) -> Iterator[Citation]:
    """Give the places that decide another outcome."""
    for each in cited:
        decides = any(place.covers(each) for place in _DECIDING)
        if decides and not any(place.covers(each) for place in allowed):
            yield each


def _number(numeral: str) -> int:
    """Read a Chinese numeral below one hundred."""
    tens, ten, units = numeral.rpartition("十")
    if not ten:
        return _DIGITS.get(numeral, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(units, 0)


def _chinese(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{digits[tens]}十")
    return head + (digits[units] if units else "")


_DECIDING: Final = tuple(
    dict.fromkeys(
        place
        for outcome in OUTCOMES.values()
        for place in _own(outcome)
        if place.article not in _NEUTRAL
    )
)
