"""Text as somebody typed or pasted it: what can be seen stays, what cannot be seen goes.

A copy from a chat or a web page brings direction marks, zero-width spaces and control characters
along. Nobody typed them, no letter can print them, and they make two equal texts different, so they
are taken out instead of being complained about. Names are stricter: see ``identity.clean_name``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from requests_app.domain.errors import Reason

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
#: The vowel separator of Mongolian is a format character by class and a letter by use.
_KEPT: Final = frozenset("\n\t\u180e")
_LINE_ENDS: Final = re.compile("\r\n|[\r\u0085\u2028\u2029\v\f]")
_LEAST_DIGITS: Final = 5


def clean(text: str) -> str:
    """Return ``text`` without outer space and without characters nobody can see; line ends are one sign."""
    lined = _LINE_ENDS.sub("\n", text)
    seen = (char for char in lined if char in _KEPT or unicodedata.category(char) not in _UNSEEN)
    return "".join(seen).strip()


def one_line(text: str) -> str:
    """Return ``text`` cleaned and on one line, for fields that have only one."""
    return re.sub(r"[\n\t]+", " ", clean(text))


def check_telephone(field: str, number: str, *, thing: str) -> tuple[Reason, ...]:
    """Return what stands against a telephone or fax number: only that nobody could dial it.

    People add an extension or whose number it is; that helps and stays.
    """
    if not number or sum(char.isdecimal() for char in number) >= _LEAST_DIGITS:
        return ()
    sentence = f"{thing}至少要有{_LEAST_DIGITS}位数字，请再看一遍；没有的空着就行。"
    return (Reason(field, sentence),)
