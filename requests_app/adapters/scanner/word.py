"""The look inside an uploaded Word file, without unpacking it.

Here belongs what ``scanner`` wants to know of .doc and .docx: no macros, no embedded programs, no
parts fetched from elsewhere, no archive that explodes, no password.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from requests_app.domain.errors import Reason, Refused

MAX_ENTRIES: Final = 5_000
MAX_UNPACKED_BYTES: Final = 100 * 1024 * 1024
MAX_RATIO: Final = 200  # packed text of a real document shrinks to a tenth or a twentieth

_OLE_HEADER: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_XML_BYTES: Final = 4 * 1024 * 1024
_ACTIVE_TYPES: Final = ("vbaproject", "macroenabled", "activex", "oleobject")

_DAMAGED: Final = Reason("file_damaged", "Word 文件已损坏或没有传完整，请重新保存后再传。")
_ENCRYPTED: Final = Reason("file_encrypted", "Word 文件设有密码，请取消密码后再传。")
_MACRO: Final = Reason("word_active_content", "Word 文件里有宏或嵌入的程序，请另存为 PDF 后再传。")
_REMOTE: Final = Reason(
    "word_remote_content", "Word 文件会从网上加载模板或内容，请另存为 PDF 后再传。"
)
_BOMB: Final = Reason("word_too_large_inside", "Word 文件解开后过大，请另存为 PDF 后再传。")


def check_unlocked(content: bytes) -> None:
    """Refuse a .docx under a password: Word keeps those in the older container."""
    if content.startswith(_OLE_HEADER) and _has_entry(content, "EncryptedPackage"):
        raise Refused((_ENCRYPTED,))


def check_doc(content: bytes) -> None:
    """Refuse a .doc that is none, or that holds macros or a packed program.

    Names of entries stand in the container as UTF-16, never cut, so that a search finds them all.
    """
    if not content.startswith(_OLE_HEADER) or not _has_entry(content, "WordDocument"):
        raise Refused((_DAMAGED,))
    if _has_entry(content, "_VBA_PROJECT") or _has_entry(content, "\x01Ole10Native"):
        raise Refused((_MACRO,))


def check_docx(content: bytes) -> None:
    """Refuse a .docx that is none, explodes, runs something or fetches something."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_directory(archive.infolist())
            _check_types(archive)
            _check_relations(archive)
    # LookupError: a part that is not there, an encoding nobody knows. NotImplementedError: a way of
    # packing that no Word file uses.
    except (
        zipfile.BadZipFile,
        zlib.error,
        LookupError,
        expat.ExpatError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise Refused((_DAMAGED,)) from error


def _has_entry(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in content


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        raise Refused((_BOMB,))
    if unpacked > MAX_RATIO * max(packed, 1):
        raise Refused((_BOMB,))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused((_ENCRYPTED,))
    names = [entry.filename for entry in entries]
    if "word/document.xml" not in names:
        raise Refused((_DAMAGED,))
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise Refused((_DAMAGED,))
    if len({name.lower() for name in names}) < len(names):
        # Of two parts under one name we would read the one and Word perhaps the other.
        raise Refused((_DAMAGED,))
    if any("vbaproject" in name.lower() for name in names):
        raise Refused((_MACRO,))


def _check_types(archive: zipfile.ZipFile) -> None:
    """The declared type decides what Word runs, whatever the part is called."""
    for element in _elements(archive, "[Content_Types].xml"):
        declared = element.get("ContentType", "").lower()
        if any(mark in declared for mark in _ACTIVE_TYPES):
            raise Refused((_MACRO,))


def _check_relations(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if not name.endswith(".rels"):
            continue
        for element in _elements(archive, name):
            outside = element.get("TargetMode", "").lower() == "external"
            if outside and not element.get("Type", "").endswith("/hyperlink"):
                raise Refused((_REMOTE,))


def _elements(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    """The attributes of every element of one small part, read by a real parser.

    A search in the text could be fooled by another encoding or by character references.
    """
    with archive.open(name) as part:
        xml = part.read(_MAX_XML_BYTES + 1)
    if len(xml) > _MAX_XML_BYTES:
        raise Refused((_BOMB,))
    found: list[dict[str, str]] = []

    def keep(_name: str, attributes: dict[str, str]) -> None:
        found.append(attributes)

    def refuse(*_declaration: object) -> None:
        raise Refused((_DAMAGED,))

    parser = expat.ParserCreate()
    parser.StartElementHandler = keep
    parser.StartDoctypeDeclHandler = refuse  # no Word file has one; entities could explode
    parser.Parse(xml, True)  # noqa: FBT003
    return iter(found)
