"""What an uploaded file really is, and whether it may come in.

Here belongs the look into a file before it is kept: its name, its size, its kind, and what hides
inside. Where it is kept is said in ``storage``; which kinds a form takes, by the caller.

A file passes three gates: the ending must be allowed, the first bytes must be those of that kind,
and a reader of that kind must get through it without finding anything that acts by itself. Every
refusal says in plain Chinese what to do instead: behind most of them stands a citizen with a
telephone, not an attacker.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import puremagic

from requests_app.adapters.scanner import images, pdf, word
from requests_app.adapters.scanner.images import strip_image
from requests_app.adapters.scanner.redaction import look_under
from requests_app.adapters.storage import Readable
from requests_app.domain.errors import Refused

__all__ = [
    "IDENTITY_PAPERS",
    "OTHER_MATERIAL",
    "FileKind",
    "Scanned",
    "clean_name",
    "inspect",
    "kind_of",
    "look_under",
    "strip_image",
]

MAX_NAME_LENGTH: Final = 80

_FORBIDDEN_IN_NAMES: Final = re.compile(r'[<>:"|?*]')


class FileKind(StrEnum):
    """The kinds of files this office can take in."""

    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"
    PDF = "pdf"
    DOC = "doc"
    DOCX = "docx"

    @property
    def suffix(self) -> str:
        """The ending under which the kind is stored, without a dot."""
        return "jpg" if self is FileKind.JPEG else self.value

    @property
    def content_type(self) -> str:
        """The media type under which the kind is handed out."""
        return _CONTENT_TYPES[self]

    @property
    def is_image(self) -> bool:
        """Whether ``strip_image`` works on the kind."""
        return self in {FileKind.JPEG, FileKind.PNG, FileKind.HEIC}

    @property
    def kept_as(self) -> FileKind:
        """The kind a file is once ``strip_image`` has drawn it anew."""
        return FileKind.JPEG if self is FileKind.HEIC else self


IDENTITY_PAPERS: Final = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.HEIC, FileKind.PDF})
OTHER_MATERIAL: Final = frozenset(FileKind)

_CONTENT_TYPES: Final[Mapping[FileKind, str]] = MappingProxyType(
    {
        FileKind.JPEG: "image/jpeg",
        FileKind.PNG: "image/png",
        FileKind.HEIC: "image/heic",
        FileKind.PDF: "application/pdf",
        FileKind.DOC: "application/msword",
        FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
_KIND_OF_ENDING: Final[Mapping[str, FileKind]] = MappingProxyType(
    {"jpeg": FileKind.JPEG, "heif": FileKind.HEIC, **{kind.suffix: kind for kind in FileKind}}
)


@dataclass(frozen=True)
class Scanned:
    """A file that may come in: what it is, its safe name, its bytes; ``pages`` only of a PDF."""

    kind: FileKind
    clean_name: str
    pages: int | None
    content: bytes = field(repr=False)

    @property
    def content_type(self) -> str:
        """The media type under which the file is handed out."""
        return self.kind.content_type

    @property
    def size(self) -> int:
        """The size in bytes."""
        return len(self.content)


def inspect(
    upload: Readable, *, name: str, allowed: frozenset[FileKind], max_bytes: int
) -> Scanned:
    """Look into an upload and return what it is, or refuse with the reason.

    ``name`` is what the user's machine called it; ``max_bytes`` bounds what is read at all.
    """
    kind = _kind_by_ending(name, allowed=allowed)
    content = upload.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise Refused.because(
            "file_too_large",
            f"文件超过 {_size_in_words(max_bytes)}，请压缩、分开或降低清晰度后再传。",
        )
    if not content:
        raise Refused.because("file_empty", "文件是空的（0 字节），请重新选择。")
    _check_first_bytes(content, kind=kind)
    pages = _READERS[kind](content)
    return Scanned(
        kind=kind, clean_name=clean_name(name, kind=kind.kept_as), pages=pages, content=content
    )


def clean_name(name: str, *, kind: FileKind) -> str:
    """Make a file name safe to show and to hand out, with the ending of its real kind.

    Folders, control and invisible characters (among them those that turn the reading direction)
    and what file systems forbid are taken out; Chinese stays as it is.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    stem, dot, _ = visible.rpartition(".")
    stem = stem if dot else visible
    stem = " ".join(_FORBIDDEN_IN_NAMES.sub("_", stem).split()).strip(". ")
    return f"{stem[:MAX_NAME_LENGTH] or '未命名'}.{kind.suffix}"


def _kind_by_ending(name: str, *, allowed: frozenset[FileKind]) -> FileKind:
    _, dot, ending = name.strip().lower().rpartition(".")
    kind = _KIND_OF_ENDING.get(ending) if dot else None
    if kind is None or kind not in allowed:
        endings = "、".join(each.suffix for each in FileKind if each in allowed)
        raise Refused.because("file_kind_not_allowed", f"不能接收这种文件，请上传 {endings} 格式。")
    return kind


def kind_of(name: str) -> FileKind:
    """Return the kind of a file under the name ``clean_name`` gave it."""
    return _KIND_OF_ENDING[name.rpartition(".")[2]]


def _size_in_words(size: int) -> str:
    return f"{size // 1024**2} MB" if size >= 1024**2 else f"{size // 1024} KB"


def _check_first_bytes(content: bytes, *, kind: FileKind) -> None:
    if kind is FileKind.DOCX:
        word.check_unlocked(content)
    if kind is FileKind.HEIC and images.is_heic(content):
        return
    try:
        found = {match.extension for match in puremagic.magic_string(content)}
    except puremagic.PureError:  # nothing it knows
        found = set()
    if f".{kind.suffix}" not in found:
        raise Refused.because(
            "file_disguised",
            f"文件名以 .{kind.suffix} 结尾，内容却不是这种文件。请用原来的软件另存后再传。",
        )


_READERS: Final[Mapping[FileKind, Callable[[bytes], int | None]]] = MappingProxyType(
    {
        FileKind.JPEG: images.check,
        FileKind.PNG: images.check,
        FileKind.HEIC: images.check,
        FileKind.PDF: pdf.check,
        FileKind.DOC: word.check_doc,
        FileKind.DOCX: word.check_docx,
    }
)
