"""Quotation marks inside quotation marks: double outside, single within, double again (GB/T 15834-2011, 4.8)."""

from __future__ import annotations

from typing import Final

_CLOSING: Final = {"“": "”", "‘": "’"}
_OTHER: Final = str.maketrans("“”‘’", "‘’“”")


def inside(text: str) -> str:
    """Turn the marks of a text that is set in “ ” to the other kind: “三公” becomes ‘三公’.

    Only marks that open and close count. One that stands alone, such as the apostrophe of O’Neill, and
    straight marks stay what the person typed.
    """
    turned = list(text)
    waiting: list[tuple[str, int]] = []
    for place, mark in enumerate(text):
        if mark in _CLOSING:
            waiting.append((_CLOSING[mark], place))
        elif any(mark == closing for closing, _ in waiting):
            while waiting:
                closing, opened = waiting.pop()
                if closing == mark:
                    turned[opened] = text[opened].translate(_OTHER)
                    turned[place] = mark.translate(_OTHER)
                    break
    return "".join(turned)


def is_open(text: str) -> bool:
    """Tell whether a text ends within “ ”."""
    return text.count("“") > text.count("”")
