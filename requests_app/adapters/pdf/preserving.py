"""Make a file fit to be kept for decades: pictures become PDF/A-2b, a PDF is told for what it claims.

PDF/A (ISO 19005) asks for embedded fonts, no outside links and no encryption. A PDF that somebody
handed in is kept byte for byte: drawing it anew would change evidence.
"""

from __future__ import annotations

import functools
import io
import re
import zlib
from dataclasses import dataclass
from typing import Final

from requests_app.adapters.pdf import binding

_CLAIM: Final = re.compile(
    rb"pdfaid:(part|conformance)(?:=[\"']|>)\s*([0-9A-Za-z]+)", re.IGNORECASE
)
#: A packet of metadata is some kilobytes.
_LONGEST_PACKET: Final = 1024 * 1024
_NAMESPACE: Final = "http://www.aiim.org/pdfa/ns/id/"
#: Byte 24 to 36 of a colour profile are the moment it was made; fixed, so that bytes repeat.
_PROFILE_MOMENT: Final = (24, bytes([7, 226, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]))


@dataclass(frozen=True)
class Preserved:
    """A file as it goes into an archive; ``level`` is what it claims, such as 2B, or empty."""

    content: bytes
    level: str


def preserve(content: bytes, *, content_type: str) -> Preserved:
    """Return a PDF of ``content`` and the level of PDF/A it claims; Unbindable where it cannot be one."""
    made = binding.as_pdf(content, content_type=content_type)
    if content_type.startswith("image/"):
        return Preserved(_archivable(made), "2B")
    return Preserved(made, claimed(made))


def claimed(content: bytes) -> str:
    """Return the level of PDF/A a PDF says it has, such as 3A; empty where it says none."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            packet = _packet(opened.Root.get("/Metadata"))
    except (pikepdf.PdfError, zlib.error):
        return ""
    found: dict[bytes, bytes] = {name.lower(): value for name, value in _CLAIM.findall(packet)}
    if b"part" not in found:
        return ""
    return (found[b"part"] + found.get(b"conformance", b"")).decode().upper()


def _packet(metadata: object) -> bytes:
    """Return what a PDF says of itself, and no more of it than anybody needs to say.

    The file is a stranger's: what stands there may be no stream, or unpack to gigabytes.
    """
    import pikepdf

    if not isinstance(metadata, pikepdf.Stream):
        return b""
    raw = metadata.read_raw_bytes()
    packing = metadata.get("/Filter")
    if packing is None:
        return raw[:_LONGEST_PACKET]
    if packing in (pikepdf.Name.FlateDecode, pikepdf.Array([pikepdf.Name.FlateDecode])):
        return zlib.decompressobj().decompress(raw, _LONGEST_PACKET)
    return b""


def _archivable(content: bytes) -> bytes:
    """Give a PDF that holds one picture what PDF/A-2b asks for: a colour profile and its mark."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as opened:
        profile = opened.make_stream(_colours())
        profile.N = 3
        opened.Root.OutputIntents = pikepdf.Array(
            [
                opened.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.OutputIntent,
                        S=pikepdf.Name.GTS_PDFA1,
                        OutputConditionIdentifier=pikepdf.String("sRGB"),
                        DestOutputProfile=profile,
                    )
                )
            ]
        )
        with opened.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as mark:
            mark.register_xml_namespace(_NAMESPACE, "pdfaid")
            mark["pdfaid:part"] = "2"
            mark["pdfaid:conformance"] = "B"
        saved = io.BytesIO()
        opened.save(saved, deterministic_id=True)
    return saved.getvalue()


@functools.cache
def _colours() -> bytes:
    """Return the sRGB profile of Pillow, always with the same bytes."""
    from PIL import ImageCms

    raw = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    start, moment = _PROFILE_MOMENT
    return raw[:start] + moment + raw[start + len(moment) :]
