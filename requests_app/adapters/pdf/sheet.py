"""A letter's text laid out as values for the template: broken lines, sizes, printed date.

User text travels as template values only and is escaped there; it never becomes markup.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from requests_app.adapters.pdf import fonts, lines, text
from requests_app.adapters.pdf.errors import MissingGlyphs
from requests_app.adapters.pdf.marks import Marks, draw_code

LOOK = "letter"  # the style sheet it is drawn by
PARAGRAPH_STYLES = frozenset({"body", "h1", "h2", "list"})
# The red mark is as large as its length allows within the 170 mm of the red rules (in points).
MARK_SIZES = (36, 32, 28, 24, 20, 16)
MARK_ROOM_POINTS = 482
MARK_TRACKING = 0.08
# A title is 22 pt: 156 mm hold twenty characters.
TITLE_LINE = 20_000
# 附件： and the name after it; names that run on stand below their own first character.
ATTACHMENT_LINE = lines.LINE - 6 * lines.CELL
# Half of the seal's 42 mm and a millimetre of air, in 1/1000 em of 16 pt.
HALF_SEAL = 3_900
# From here on the name of the office is too wide to stand centred over the date.
SIGNER_OVERHANG_CELLS = 8
EMPTY_DATE = "\u3000\u3000年\u3000月\u3000日"
# A date is as wide as it has digits; the office stands centred over it.
_DATES = {
    "date-6": "2000年1月1日",
    "date-7": "2000年1月10日",
    "date-8": "2000年10月10日",
    "date-empty": EMPTY_DATE,
}

_BODY_EM_THOUSANDTHS = lines.SQUEEZE


def letter_html(letter: Mapping[str, Any], *, draft: bool, marks: Marks) -> str:
    """Lay out one letter as HTML.

    Refuses with MissingGlyphs, naming every character that no installed font can draw, and with
    ValueError where the letter's own shape is wrong: a programming error, not a person's.
    """
    letter = _cleaned(letter)
    if not draft and not (letter["number"] and letter["dated_on"]):
        raise ValueError("An issued letter has a number and a date.")
    context = _context(letter, draft=draft) | _drawn(marks)
    html = render_to_string("letters/letter.html", context)
    missing = text.uncovered("".join(_words(letter)) + context["date"])
    if missing:
        raise MissingGlyphs(tuple(missing))
    return html


def stylesheet() -> str:
    """Give the style sheet of all letters, with one class for each amount of spreading."""
    spreads = [
        {"name": f"x{amount}", "em": _letter_spacing(amount)}
        for amount in range(1, lines.MAX_SPREAD + 1)
    ]
    return render_to_string(
        "letters/letter.css",
        {
            "families": fonts.family_lists(),
            "spreads": spreads,
            "marks": MARK_SIZES,
            "dates": [{"name": name, "em": _date_em(date)} for name, date in _DATES.items()],
            "tracking": _letter_spacing(0),
        },
    )


def created_on(letter: Mapping[str, Any]) -> dt.date | None:
    """Give the letter's date, or None while it has none."""
    return dt.date.fromisoformat(letter["dated_on"]) if letter["dated_on"] else None


def _letter_spacing(spread: int) -> str:
    """Write a spacing in em that stays what it is when WeasyPrint drops what follows 1/1000 em."""
    thousandths = _BODY_EM_THOUSANDTHS + spread
    beyond = 0.05 if thousandths > 0 else -0.05 if thousandths < 0 else 0.0
    return f"{(thousandths + beyond) / 1000:.5f}em"


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return text.clean(value).strip()
    if isinstance(value, Mapping):
        return {key: _cleaned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    return value


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _words(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)


def _context(letter: Mapping[str, Any], *, draft: bool) -> dict[str, Any]:
    width = text.metrics().width
    signer, date = letter["signer"], _printed_date(letter["dated_on"])
    overhang = lines.measure_cells(signer, width=width) - lines.measure_cells(date, width=width)
    return {
        "draft": draft,
        "title": letter["title"].replace("\n", ""),
        "title_lines": lines.balance(letter["title"], width=width, line=TITLE_LINE),
        "issuer": letter["issuer"].replace("\n", ""),
        "mark_size": _mark_size(letter["issuer"]),
        "number": "" if draft else letter["number"],
        "addressee": lines.break_lines(_with_colon(letter["addressee"]), width=width, indent=0),
        "paragraphs": list(_paragraphs(letter)),
        "attachments": list(_attachments(letter["attachments"])),
        "signer": signer.replace("\n", ""),
        "signer_is_wide": overhang > SIGNER_OVERHANG_CELLS,
        "date": date,
        "date_width": _date_width(date),
        "dated_on": letter["dated_on"],
        "contact": lines.break_lines(
            _in_brackets(letter["contact"]),
            width=width,
            indent=lines.INDENT + _beside_seal(date),
        ),
    }


def _beside_seal(date: str) -> int:
    """Give what the seal on the date, drawn or stamped, takes from the line below, in 1/1000 em.

    The second line below the date is clear of it.
    """
    right_of_date = 4 * lines.CELL
    half_date = lines.measure_cells(date, width=text.metrics().width) * lines.CELL / 2
    return round(right_of_date + half_date) + HALF_SEAL


def _drawn(marks: Marks) -> dict[str, Any]:
    """Give the drawings as markup: they are made or checked in `marks`, never typed."""
    return {
        "seal": mark_safe(marks.seal),  # noqa: S308
        "code_drawing": mark_safe(draw_code(marks.scan_url)) if marks.scan_url else "",  # noqa: S308
        "scan_words": marks.scan_words,
        "verify_code": marks.verify_code,
    }


def _mark_size(issuer: str) -> int:
    room = MARK_ROOM_POINTS / (max(1, len(issuer)) * (1 + MARK_TRACKING))
    return next((size for size in MARK_SIZES if size <= room), MARK_SIZES[-1])


def _printed_date(dated_on: str) -> str:
    if not dated_on:
        return EMPTY_DATE
    day = dt.date.fromisoformat(dated_on)
    return f"{day.year}年{day.month}月{day.day}日"


def _date_width(date: str) -> str:
    """Name the class that is as wide as this date."""
    digits = sum(character.isdigit() for character in date)
    return f"date-{digits or 'empty'}"


def _date_em(date: str) -> str:
    cells = lines.measure_cells(date, width=text.metrics().width)
    return f"{cells * lines.CELL / 1000:.4f}em"


def _with_colon(addressee: str) -> str:
    return addressee if not addressee or addressee.endswith("：") else f"{addressee}："


def _in_brackets(contact: str) -> str:
    return contact if not contact or contact.startswith("（") else f"（{contact}）"


def _paragraphs(letter: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for paragraph in letter["paragraphs"]:
        if paragraph["style"] not in PARAGRAPH_STYLES:
            raise ValueError(f"Unknown style of a paragraph: {paragraph['style']}")
        yield from _rows(paragraph["text"], style=paragraph["style"])
    for remedy in letter["remedies"]:
        yield from _rows(remedy, style="body")


def _rows(written: str, *, style: str) -> Iterator[dict[str, Any]]:
    """Lay out one paragraph; a line end inside begins a new one, typed indents are dropped."""
    for part in written.split("\n"):
        if part.strip():
            broken = lines.break_lines(part.strip(), width=text.metrics().width)
            yield {"style": style, "lines": broken}


def _attachments(names: list[str]) -> Iterator[dict[str, Any]]:
    """Lay out the 附件 note: numbered where there are several, no mark after a name."""
    for number, name in enumerate(names, start=1):
        label = f"{number}." if len(names) > 1 else ""
        broken = lines.break_lines(
            name.rstrip("。；"), width=text.metrics().width, line=ATTACHMENT_LINE, indent=0
        )
        yield {"label": label, "lines": broken}
