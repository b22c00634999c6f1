"""What a stranger's PDF says of itself and draws: read within bounds, whatever stands there."""

import io
import zlib

import pikepdf
import pytest

from requests_app.adapters.pdf import preserving
from requests_app.adapters.scanner import redaction

CLAIM = (
    b"<rdf xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/' pdfaid:part='3' pdfaid:conformance='A'/>"
)


def saved(made):
    drawn = io.BytesIO()
    made.save(drawn, fix_metadata_version=False)
    return drawn.getvalue()


def one_page():
    made = pikepdf.new()
    made.add_blank_page(page_size=(595, 842))
    return made


@pytest.mark.parametrize(
    ("metadata", "level"),
    [
        (3, ""),
        (pikepdf.Name.Odd, ""),
        (pikepdf.Dictionary(Odd=1), ""),
        ((CLAIM, None), "3A"),
        ((zlib.compress(CLAIM), pikepdf.Name.FlateDecode), "3A"),
        ((zlib.compress(CLAIM), pikepdf.Array([pikepdf.Name.FlateDecode])), "3A"),
        ((b"not packed at all", pikepdf.Name.FlateDecode), ""),
        ((CLAIM, pikepdf.Name.LZWDecode), ""),
        ((zlib.compress(b"\0" * 50_000_000 + CLAIM), pikepdf.Name.FlateDecode), ""),
    ],
    ids=["number", "name", "dictionary", "plain", "packed", "packed once", "broken", "odd", "bomb"],
)
def test_the_level_a_pdf_claims_is_read_within_bounds(metadata, level):
    made = one_page()
    if isinstance(metadata, tuple):
        content, packing = metadata
        stream = made.make_stream(b"")
        stream.write(content, filter=packing)
        metadata = stream
    made.Root.Metadata = metadata

    assert preserving.claimed(saved(made)) == level


def nested(*, wide, deep, font):
    """Return a PDF whose forms each draw all forms of the next layer; the last may name a font."""
    made = one_page()
    below = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pikepdf.Dictionary())) if font else None
    for _ in range(deep):
        layer = {}
        for place in range(wide):
            form = made.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
            if below is not None:
                form.Resources = below
            layer[f"/X{place}"] = form
        below = pikepdf.Dictionary(XObject=pikepdf.Dictionary(layer))
    for _ in range(2):
        made.pages[-1].obj.Resources = below
        made.add_blank_page(page_size=(595, 842))
    return saved(made)


@pytest.mark.parametrize(("font", "pages"), [(True, 2), (False, 0)])
def test_forms_drawn_by_forms_are_looked_at_once_each(font, pages):
    content = nested(wide=40, deep=6, font=font)  # 40 to the sixth ways down

    assert redaction.look_under(content).text_pages == pages
