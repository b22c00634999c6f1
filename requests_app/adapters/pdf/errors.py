"""What can go wrong when a letter is drawn. The sentences are Chinese, for the people at the desk."""

import unicodedata
from enum import StrEnum


class PdfError(Exception):
    """No letter was drawn; nothing half done is left behind."""


class PdfUnavailable(PdfError):
    """Letters cannot be drawn on this machine: `library` is missing, `remedy` says what to type."""

    def __init__(self, library: str, *, remedy: str) -> None:
        super().__init__(f"本机暂不能生成信函：缺少{library}。{remedy}")
        self.library = library
        self.remedy = remedy


class Failure(StrEnum):
    """How a drawing failed."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"
    ERROR = "error"


_FAILURES = {
    Failure.TIME: "生成信函超过时限，已中止；请检查正文是否过长。",
    Failure.MEMORY: "生成信函超过内存上限，已中止；请检查正文是否过长。",
    Failure.CRASH: "生成信函的程序意外退出，请重试。",
    Failure.ERROR: "生成信函时出错，请联系系统管理员。",
}


class RenderFailed(PdfError):
    """One letter could not be drawn; `detail` is for the log, without words of the letter."""

    def __init__(self, failure: Failure, *, detail: str = "") -> None:
        super().__init__(_FAILURES[failure])
        self.failure = failure
        self.detail = detail


class MissingGlyphs(PdfError):
    """The letter has characters that no installed font can draw; it must not go out with boxes."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        named = "、".join(f"{_visible(each)}（U+{ord(each):04X}）" for each in characters)
        super().__init__(
            f"字库中没有以下字符，信函不能生成：{named}。请核对文字，或安装生僻字字库。"
        )
        self.characters = characters


def _visible(character: str) -> str:
    # A mark or an unassigned code point would be invisible, or stick to its neighbour.
    return character if unicodedata.category(character)[0] in "LNSP" else "□"
