"""Identity papers and names: what a number or a name must look like, and how little of it to show.

Checks help a person find a slip; they prove nobody's identity (条例 29 asks for 身份证明). A sentence
here says which part to look at again, never "invalid", and never repeats a digit: sentences end up
in pages and logs. Sealing and indexing of numbers belong to ``adapters``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from requests_app.domain.errors import Reason, Refused, refuse_if_any

GB_11643: Final = "GB 11643-1999《公民身份号码》"
GB_32100: Final = "GB 32100-2015《法人和其他组织统一社会信用代码编码规则》"
ART_29: Final = "《政府信息公开条例》第二十九条第二款第（一）项"
PIPL_31: Final = "《个人信息保护法》第三十一条"


class IdKind(StrEnum):
    """The papers a person may show. Only the resident card has a number that can be checked."""

    RESIDENT_CARD = "resident_card"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    HMT_RESIDENCE = "hmt_residence"
    FOREIGN_RESIDENCE = "foreign_residence"
    MILITARY = "military"
    CREDIT_CODE = "credit_code"
    OTHER = "other"


ID_KIND_LABELS: Final[Mapping[IdKind, str]] = MappingProxyType(
    {
        IdKind.RESIDENT_CARD: "居民身份证",
        IdKind.PASSPORT: "护照",
        IdKind.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
        IdKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
        IdKind.HMT_RESIDENCE: "港澳台居民居住证",
        IdKind.FOREIGN_RESIDENCE: "外国人永久居留身份证",
        IdKind.MILITARY: "军官证、士兵证",
        IdKind.CREDIT_CODE: "统一社会信用代码",
        IdKind.OTHER: "其他有效证件",
    }
)

#: What a natural person may choose; ``CREDIT_CODE`` is for organisations.
PERSON_ID_KINDS: Final = tuple(kind for kind in IdKind if kind is not IdKind.CREDIT_CODE)


@dataclass(frozen=True)
class PaperShape:
    """How the number of another paper may look: its characters and its length, nothing more."""

    pattern: re.Pattern[str]
    sentence: str


# Issuing states change their papers more often than this file changes: the shapes are wide on purpose.
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_SHAPES: Final[Mapping[IdKind, PaperShape]] = MappingProxyType(
    {
        IdKind.PASSPORT: PaperShape(
            re.compile(r"[0-9A-Z]{5,15}"),
            "护照号码一般为5至15位数字或字母，请对照护照资料页看一看位数。",
        ),
        IdKind.HK_MACAO_PERMIT: PaperShape(
            re.compile(r"[0-9A-Z]{8,12}"),
            "通行证号码一般为一个字母加8位或10位数字，请对照证件正面看一看位数。",
        ),
        IdKind.TAIWAN_PERMIT: PaperShape(
            re.compile(r"[0-9A-Z()]{8,14}"), "通行证号码一般为8位数字，请对照证件正面看一看位数。"
        ),
        IdKind.HMT_RESIDENCE: PaperShape(
            re.compile(r"[0-9]{17}[0-9X]"), "居住证号码为18位，请对照证件看一看位数和最后一位。"
        ),
        IdKind.FOREIGN_RESIDENCE: PaperShape(
            re.compile(r"[0-9A-Z]{15}|[0-9]{17}[0-9X]"),
            "永久居留身份证号码为15位或18位，请对照证件看一看位数。",
        ),
        IdKind.MILITARY: PaperShape(
            re.compile(rf"[0-9A-Z{_HAN}]{{4,24}}"),
            "请照证件上的样子填写编号，例如“某字第0000000号”，4至24个字。",
        ),
        IdKind.OTHER: PaperShape(
            re.compile(rf"[0-9A-Z{_HAN}()〔〕./]{{2,40}}"),
            "请照证件上的样子填写号码，2至40个字，只用汉字、字母和数字。",
        ),
    }
)

_RESIDENT_LENGTH: Final = 18
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_OLDEST_BIRTH_YEAR: Final = 1800
_OLD_RESIDENT_LENGTH: Final = 15
_ADULT_FROM_YEARS: Final = 14

_CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_LENGTH: Final = 18

_LONGEST_NAME: Final = 120
_IDEOGRAPHIC_PLANES: Final = range(0x20000, 0x40000)
# The dots people type between the parts of a transliterated name; GB 18030 sorts show U+00B7.
_DOTS: Final = str.maketrans(dict.fromkeys("•‧∙⋅・･", "·"))


def normalise_number(number: str) -> str:
    """Return the number with full-width characters made narrow, spaces and hyphens gone, letters upper."""
    narrow = "".join(
        chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char for char in number
    )
    return re.sub(r"[\s\u3000\-‐-―]+", "", narrow).upper()


def check_identity(kind: IdKind, number: str, *, today: date) -> str:
    """Return the normalised number of a paper, or refuse, saying which part to look at again.

    The resident card is checked by GB 11643 (length, characters, birth date not after ``today``,
    check character). Other papers are accepted as type and number; only length and characters are
    looked at. A credit code is never refused: its slips are warnings (see ``check_credit_code``).
    """
    found = normalise_number(number)
    if not found:
        raise Refused.because("id_missing", f"请填写{ID_KIND_LABELS[kind]}的号码。", ART_29)
    if kind is IdKind.CREDIT_CODE:
        return found
    if kind is IdKind.RESIDENT_CARD:
        refuse_if_any(tuple(_resident_reasons(found, today=today)))
        return found
    shape = _SHAPES[kind]
    if not shape.pattern.fullmatch(found):
        raise Refused.because("id_shape", shape.sentence)
    return found


def birth_date(number: str) -> date:
    """Return the date of birth in positions 7 to 14 of a resident card number.

    Refuses a number without a real date there.
    """
    found = normalise_number(number)
    born = _birth_date(found) if len(found) == _RESIDENT_LENGTH else None
    if born is None:
        raise Refused.because("id_birth_date", _BIRTH_SENTENCE, GB_11643)
    return born


#: Papers whose 18-digit number carries the day of birth in the places of the resident card.
_NUMBERS_WITH_BIRTH: Final = frozenset(
    {IdKind.RESIDENT_CARD, IdKind.HMT_RESIDENCE, IdKind.FOREIGN_RESIDENCE}
)


def born_on(kind: IdKind, number: str) -> date | None:
    """Return the day of birth that the number of a paper carries; ``None`` where it carries none."""
    found = normalise_number(number)
    if kind not in _NUMBERS_WITH_BIRTH or len(found) != _RESIDENT_LENGTH:
        return None
    return _birth_date(found)


def is_under_14(born: date, *, today: date) -> bool:
    """Tell whether someone born on ``born`` is not yet 14, so that a guardian must consent (PIPL 31)."""
    birthday_passed = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (0 if birthday_passed else 1) < _ADULT_FROM_YEARS


def check_credit_code(code: str) -> tuple[Reason, ...]:
    """Return what looks wrong in a unified social credit code, as warnings only.

    A real registered code is known to fail the check character of GB 32100, so nobody is turned
    away for one.
    """
    found = normalise_number(code)
    if len(found) != _CREDIT_LENGTH:
        sentence = f"统一社会信用代码一般为18位，现在是{len(found)}位，请看一看有没有漏写或者多写。"
        return (Reason("credit_length", sentence, GB_32100),)
    strange = [place for place, char in enumerate(found, start=1) if char not in _CREDIT_ALPHABET]
    if strange:
        places = "、".join(str(place) for place in strange)
        sentence = (
            f"第{places}位不在编码使用的数字和字母之内（不用I、O、S、V、Z），请看一看这几位。"
        )
        return (Reason("credit_characters", sentence, GB_32100),)
    reasons = []
    if not found[2:8].isdecimal():
        sentence = "第3至8位是登记机关所在地的代码，一般都是数字，请看一看这6位。"
        reasons.append(Reason("credit_region", sentence, GB_32100))
    total = sum(
        _CREDIT_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(found[:17])
    )
    # The outer remainder makes 31 − 0 a 0, which many published checks forget.
    if _CREDIT_ALPHABET[(31 - total % 31) % 31] != found[17]:
        sentence = "最后一位与前面17位对不上，请对照证照逐位看一看。核对无误的可以继续。"
        reasons.append(Reason("credit_check", sentence, GB_32100))
    return tuple(reasons)


def mask(number: str) -> str:
    """Return the number with at most the first 6 and last 4 characters shown, fewer when it is short."""
    length = len(number)
    head, tail = next((shown for least, shown in _SHOWN if length >= least), (0, 0))
    return number[:head] + "*" * (length - head - tail) + number[length - tail :]


_SHOWN: Final = ((18, (6, 4)), (12, (4, 3)), (8, (2, 2)), (5, (1, 1)))


def clean_name(name: str) -> str:
    """Return a name as it will be printed, or refuse characters that no name has.

    Outer spaces go, inner runs become one, the dot of transliterated names becomes ·. Rare
    characters of any extension stay as they are. Refuses control, direction and zero-width
    characters, which make two different names look alike, and characters of private fonts,
    which print as something else elsewhere.
    """
    stripped = name.strip().translate(_DOTS)
    if not stripped:
        raise Refused.because("name_missing", "请填写姓名或者名称。", ART_29)
    refuse_if_any(tuple(_name_reasons(stripped)))
    return re.sub(r" +", " ", re.sub(r"[\u3000\u00a0\u2000-\u200a\u202f\u205f]", " ", stripped))


_BIRTH_SENTENCE: Final = "第7至14位是出生年月日，现在写的这一天不存在，请看一看这8位。"


def _resident_reasons(number: str, *, today: date) -> Iterator[Reason]:
    if len(number) == _OLD_RESIDENT_LENGTH and number.isdecimal():
        yield Reason(
            "id_old_card", "15位号码是旧式身份证的，请填写现在18位的公民身份号码。", GB_11643
        )
        return
    if len(number) != _RESIDENT_LENGTH:
        sentence = f"身份证号码是18位，现在是{len(number)}位，请看一看有没有漏写或者多写。"
        yield Reason("id_length", sentence, GB_11643)
        return
    strange = [place for place, char in enumerate(number[:17], start=1) if char not in "0123456789"]
    if number[17] not in "0123456789X":
        strange.append(18)
    if strange:
        places = "、".join(str(place) for place in strange)
        sentence = f"第{places}位应当是数字（只有最后一位可以是X），请看一看。"
        yield Reason("id_characters", sentence, GB_11643)
        return
    born = _birth_date(number)
    if born is None:
        yield Reason("id_birth_date", _BIRTH_SENTENCE, GB_11643)
    elif born > today:
        sentence = "第7至14位是出生年月日，现在写的日期晚于今天，请看一看这8位。"
        yield Reason("id_birth_future", sentence, GB_11643)
    remainder = (
        sum(int(char) * weight for char, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11
    )
    if _CHECKS[remainder] != number[17]:
        sentence = (
            "最后一位与前面17位对不上，多半是其中一位写错或者两位写反了，请对照证件逐位看一看。"
        )
        yield Reason("id_check", sentence, GB_11643)


def _birth_date(number: str) -> date | None:
    digits = number[6:14]
    if not (digits.isascii() and digits.isdecimal()):
        return None
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return born if born.year >= _OLDEST_BIRTH_YEAR else None


def _name_reasons(name: str) -> Iterator[Reason]:
    if len(name) > _LONGEST_NAME:
        yield Reason(
            "name_too_long", f"姓名或者名称最长{_LONGEST_NAME}个字，现在是{len(name)}个字。", ART_29
        )
    for place, char in enumerate(name, start=1):
        category = unicodedata.category(char)
        # Python's tables lag behind: an unassigned code point of the ideographic planes is a rare
        # character newer than they are (GB 18030-2022), not a mistake.
        if category in {"Cc", "Cf", "Zl", "Zp", "Cs"} or (
            category == "Cn" and ord(char) not in _IDEOGRAPHIC_PLANES
        ):
            sentence = f"第{place}个字是看不见的控制字符，多半是复制时带进来的，请删去后重新输入。"
            yield Reason("name_invisible", sentence)
        elif category == "Co":
            sentence = f"第{place}个字是自造字，换一台机器就显示不对，请用输入法重新输入；打不出来的请与我们联系。"
            yield Reason("name_private_character", sentence)


#: A resident's number inside running text: area, a possible day of birth, order, check.
_IN_TEXT: Final = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}(?:1[89]|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
    r"(?![0-9])"
)


def conceal(text: str) -> str:
    """Mask every resident's number that somebody wrote into a text or a file name."""
    return _IN_TEXT.sub(lambda found: mask(found.group()), text)
