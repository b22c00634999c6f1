"""The look inside an uploaded PDF: nothing in it may act, hide or be locked.

Here belongs what ``scanner`` wants to know of a PDF that came from outside. Drawing our own
letters is the business of ``adapters.pdf``.
"""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Final, TypeGuard

from requests_app.domain.errors import Reason, Refused, refuse_if_any

if TYPE_CHECKING:
    import pikepdf

MAX_OBJECTS: Final = 200_000
# The most that one packed stream may unpack to; the streams we unpack hold structure, not pictures.
MAX_UNPACKED_BYTES: Final = 64 * 1024 * 1024

_ACTS_BY_ITSELF: Final = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition"}
)
_RICH_MEDIA: Final = frozenset({"/RichMedia", "/Movie", "/Screen", "/3D"})

_ENCRYPTED: Final = Reason(
    "file_encrypted", "PDF 设有密码或权限限制，请取消后再传，或打印后扫描上传。"
)
_DAMAGED: Final = Reason("file_damaged", "PDF 已损坏或没有传完整，请重新导出后再传。")
_TOO_COMPLEX: Final = Reason("pdf_too_complex", "PDF 结构过于复杂，请打印后扫描，再传扫描件。")
_ACTIVE: Final = Reason(
    "pdf_active_content", "PDF 里有脚本、表单提交或自动动作，请用“打印为 PDF”另存后再传。"
)
_ATTACHED: Final = Reason(
    "pdf_has_attachments", "PDF 里夹带了附件，请把附件取出，每个文件单独上传。"
)


def check(content: bytes) -> int:
    """Return the number of pages, or refuse a PDF that is locked, damaged, active or a container."""
    library = _library()
    try:
        with library.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise Refused((_ENCRYPTED,))
            if len(pdf.objects) > MAX_OBJECTS:
                raise Refused((_TOO_COMPLEX,))
            active = False
            attached = zipfile.is_zipfile(io.BytesIO(content))  # one file that is two
            for found in _dictionaries(pdf):
                active = active or _is_active(found)
                attached = attached or "/EF" in found or "/EmbeddedFiles" in found
            pages = len(pdf.pages)
    except library.PasswordError as error:
        raise Refused((_ENCRYPTED,)) from error
    except library.DataDecodingError as error:
        raise Refused((_TOO_COMPLEX,)) from error
    except (library.PdfError, ValueError, TypeError, RecursionError) as error:
        raise Refused((_DAMAGED,)) from error
    if pages == 0:
        raise Refused((_DAMAGED,))
    refuse_if_any((*((_ACTIVE,) if active else ()), *((_ATTACHED,) if attached else ())))
    return pages


@functools.cache
def _library() -> ModuleType:
    """Load pikepdf when the first PDF comes, with a bound on what a stream may unpack to.

    The bound holds for the whole process, and is meant to: an object stream of 200 KB that
    unpacks to gigabytes would otherwise be unpacked while the file is opened.
    """
    import pikepdf
    import pikepdf.settings

    pikepdf.settings.set_qpdf_limits(flate_max_memory=MAX_UNPACKED_BYTES)
    return pikepdf


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every dictionary of the file: those with a number, and those written inside others."""
    library = _library()
    pending: list[pikepdf.Object] = [pdf.trailer, *pdf.objects]
    while pending:
        item = pending.pop()
        if isinstance(item, library.Stream):
            if item.stream_dict.get("/Type") == "/ObjStm":
                # One that cannot be unpacked hides its objects from us, not from other readers.
                item.read_bytes()
            item = item.stream_dict
        if isinstance(item, library.Dictionary):
            yield item
            children = [child for _, child in item.items()]
        elif isinstance(item, library.Array):
            children = list(item)
        else:
            continue
        pending.extend(
            child
            for child in children
            if isinstance(child, library.Object) and not child.is_indirect
        )


def _is_dictionary(item: object) -> TypeGuard[pikepdf.Dictionary]:
    return isinstance(item, _library().Dictionary)


def _calls_an_address(actions: pikepdf.Dictionary) -> bool:
    return any(_is_dictionary(each) and each.get("/S") == "/URI" for _, each in actions.items())


def _is_active(found: pikepdf.Dictionary) -> bool:
    opening, others = found.get("/OpenAction"), found.get("/AA")
    return (
        "/JS" in found
        or "/XFA" in found
        # A link waits for a click; an address called at opening tells its owner who reads and when.
        or (_is_dictionary(opening) and opening.get("/S") == "/URI")
        or (_is_dictionary(others) and _calls_an_address(others))
        or found.get("/S") in _ACTS_BY_ITSELF
        or found.get("/Subtype") in _RICH_MEDIA
    )
