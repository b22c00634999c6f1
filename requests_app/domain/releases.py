"""What is handed to the applicant with an answer: files, whole or with parts blacked out.

Here is how the register of redactions becomes the withheld parts of a letter, how the files are
listed, and what stands against an answer that hands them over. Which grounds there are stands in
``grounds``, what a withheld part must hold in ``requirements``; the files themselves are kept by
services.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from requests_app.domain.errors import Reason
from requests_app.domain.grounds import GROUNDS, REGULATION, Ground
from requests_app.domain.outcomes import OutcomeCode
from requests_app.domain.withheld_parts import PARTS

ART_37: Final = f"{REGULATION}第三十七条"

#: Answers that hand something over.
HANDING_OVER: Final = frozenset({OutcomeCode.DISCLOSED, OutcomeCode.PARTIAL})


@dataclass(frozen=True)
class Redaction:
    """One place that is blacked out: on which page, what stood there, on which ground, and why."""

    page: int
    what: str
    ground: Ground
    reason: str


@dataclass(frozen=True)
class Released:
    """One file to hand over. ``pages`` are sides of A4 as they are counted for the fee."""

    name: str
    pages: int
    sha256: str
    redacted: bool = False
    redactions: tuple[Redaction, ...] = ()

    @property
    def listed(self) -> str:
        """Return the file as the letter lists it: name, pages, hash."""
        covered = "，部分内容已遮盖" if self.redacted else ""
        return f"{self.name}（{self.pages}页{covered}；SHA-256：{self.sha256}）"


def pages(files: Iterable[Released]) -> int:
    """Return how many pages are handed over (国办函〔2020〕109号 article 5)."""
    return sum(each.pages for each in files)


def attachments(files: Iterable[Released], *, typed: str) -> str:
    """Return the 附件 of a letter, one a line: the files, then what was typed besides."""
    return "\n".join([*(each.listed for each in files), *typed.splitlines()])


def withheld(files: Iterable[Released], *, typed: Mapping[str, str]) -> dict[str, str]:
    """Return the withheld parts of a letter by the names of their fields.

    First those of the register, places with one ground and one reason together; then what was typed
    besides, such as a whole paper that is held back. A part typed as the register has it is one part.
    """
    found = [(words, ground.value, reason) for (ground, reason), words in _grouped(files).items()]
    for part in PARTS:
        told = tuple(typed.get(name, "").strip() for name in part.names)
        if part.begun(typed) and told not in found:
            found.append((told[0], told[1], told[2]))
    blank = {name: "" for part in PARTS if part.begun(typed) for name in part.names}
    return blank | {
        name: value
        for part, told in zip(PARTS, found, strict=False)
        for name, value in zip(part.names, told, strict=True)
    }


def places(files: Iterable[Released]) -> tuple[str, ...]:
    """Return the blacked-out places as the letter will tell them, one for each ground and reason."""
    return tuple(
        f"{words}（{ground_label(ground)}）" for (ground, _), words in _grouped(files).items()
    )


def count_of_parts(files: Iterable[Released], *, typed: Mapping[str, str]) -> int:
    """Return how many parts there would be, also beyond those a letter has room for."""
    own = {(words, ground.value, reason) for (ground, reason), words in _grouped(files).items()}
    others = {
        tuple(typed.get(name, "").strip() for name in part.names)
        for part in PARTS
        if part.begun(typed)
    }
    return len(own | others)


def against(
    outcome: OutcomeCode, files: Sequence[Released], *, typed: Mapping[str, str]
) -> tuple[Reason, ...]:
    """Return what the files say against an outcome, each with its article."""
    if not files:
        return ()
    if outcome not in HANDING_OVER:
        sentence = "这种答复不提供文件；请先移除准备提供的文件，或者改选“予以公开”“部分公开”。"
        return (Reason("released_files", sentence),)
    redacted = [each for each in files if each.redacted]
    if outcome is OutcomeCode.DISCLOSED and redacted:
        names = "、".join(f"“{each.name}”" for each in redacted)
        sentence = f"{names}有遮盖的内容，应当按“部分公开”答复，并逐处写明依据和理由。"
        return (Reason("released_files", sentence, ART_37),)
    reasons = [
        Reason(
            "redaction_missing",
            f"“{each.name}”是遮盖过的文件，还没有登记遮盖了哪里、依据什么、为什么。",
            ART_37,
        )
        for each in redacted
        if not each.redactions
    ]
    if outcome is OutcomeCode.PARTIAL and count_of_parts(files, typed=typed) > len(PARTS):
        sentence = f"不予公开的部分超过{len(PARTS)}处；依据和理由相同的会合并，请把理由写成一样的。"
        reasons.append(Reason("too_many_parts", sentence, ART_37))
    return tuple(reasons)


def check_redaction(
    file: Released, *, page: int, what: str, ground: str, reason: str
) -> tuple[Reason, ...]:
    """Return what is wrong with a redaction: no such page, nothing said, no ground, no reason."""
    reasons = []
    if not file.redacted:
        sentence = "这份文件登记的是全文提供，没有遮盖；遮盖过的，请移除后作为遮盖的文件重新上传。"
        reasons.append(Reason("file", sentence, ART_37))
    if not 1 <= page <= file.pages:
        reasons.append(Reason("page", f"这份文件共{file.pages}页，没有第{page}页。"))
    if not what.strip():
        reasons.append(
            Reason("what", "请写明遮盖的是什么，如“住址”“联系电话”，不写内容本身。", ART_37)
        )
    if ground not in set(Ground):
        reasons.append(Reason("ground", "请选择依据；只有第十四条至第十六条可以不公开。", ART_37))
    if not reason.strip():
        reasons.append(Reason("reason", "请写明理由。", ART_37))
    return tuple(reasons)


def ground_label(ground: Ground) -> str:
    """Name a ground with its article."""
    rule = GROUNDS[ground]
    return f"{rule.label}（{rule.article}）"


def _grouped(files: Iterable[Released]) -> dict[tuple[Ground, str], str]:
    """Join the places with one ground and one reason, file by file, page by page."""
    found: dict[tuple[Ground, str], list[str]] = {}
    for each in files:
        for place in sorted(each.redactions, key=lambda one: one.page):
            told = f"“{each.name}”第{place.page}页的{place.what.strip()}"
            found.setdefault((place.ground, place.reason.strip()), []).append(told)
    return {key: "；".join(words) for key, words in found.items()}
