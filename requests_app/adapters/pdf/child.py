"""The renderer: a program of its own that turns the HTML of a letter into a PDF.

Started by `process`, run as a plain file: it imports nothing of the application, knows no secret
and no database, fetches nothing, and can be killed at any moment. It reads one job after the other
from standard input and ends when that closes, so it dies with its parent.
Frames both ways: four bytes of length, then the content. Answers begin with one byte of kind.
"""

import functools
import gc
import io
import json
import os
import re
import resource
import signal
import struct
import sys
import traceback
import xml.etree.ElementTree as ET
from typing import Any, BinaryIO

from isal import isal_zlib

LENGTH = struct.Struct(">I")
READY, PDF, FAILED, OUT_OF_MEMORY, UNAVAILABLE = b"R", b"P", b"F", b"M", b"U"

# PDF/A-3a: archivable, tagged, may carry the case data as an attached file.
VARIANT = "pdf/a-3a"
COMPRESSION = 3
# Our own drawings (seal, code) say by this class that their path is absolute M, L, C and Z alone.
PLAIN_PATH = "plain"
YOUNG_OBJECTS = 20_000  # Python looks each 700, some forty times a letter
_PLAIN_OUTLINE = re.compile(rf'(<path class="{PLAIN_PATH}" d=")([^"]*)')
# All a letter needs of a browser's style sheet; the whole one takes a tenth of a letter's time.
LETTER_LOOK = "letter"
LETTER_BASICS = """
html, body, div, p, h1, h2, h3 { display: block }
head, title, meta { display: none }
"""
TAIL_SECONDS = 5  # the parent's clock rings first; this one is for a parent that is gone

_UA_NAMESPACE = "http://www.aiim.org/pdfua/ns/id/"
_EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
_SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
_PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
# PDF/A allows the mark of PDF/UA only where the file itself describes it.
UA_METADATA = f"""
<rdf:Description rdf:about="" xmlns:pdfuaid="{_UA_NAMESPACE}">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="{_EXTENSION}" xmlns:pdfaSchema="{_SCHEMA}"
 xmlns:pdfaProperty="{_PROPERTY}">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_UA_NAMESPACE}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
""".encode()


class Press:
    """WeasyPrint with fonts and style sheets loaded once; a job names the one it is drawn by."""

    def __init__(self, css: dict[str, str]) -> None:
        import pydyf
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher

        class NoFetch(URLFetcher):  # type: ignore[misc]  # weasyprint ships no types
            """Fetch nothing, from nowhere: a letter is complete in itself."""

            def fetch(fetcher, url: str, headers: Any = None) -> Any:  # noqa: N805
                self.wanted.append(url)
                raise ValueError("Nothing is fetched while a letter is drawn.")

        class Ready(pydyf.Object):  # type: ignore[misc]  # pydyf ships no types
            """An object of the file whose bytes stand already."""

            data = b""
            compressible = False

            def __init__(ready, of: Any) -> None:  # noqa: N805
                ready.__dict__.update(of.__dict__)
                ready.data, ready.compressible = of.data, of.compressible

        self._ready = Ready
        self._outlines: list[str] = []
        take_plain_styles_at_once()
        draw_path_at_once(weasyprint.svg.TAGS, outlines=self._outlines)
        self.wanted: list[str] = []
        self._pydyf, self._weasyprint = pydyf, weasyprint
        self._fetcher = NoFetch()
        self._fonts = FontConfiguration()
        self._basics = weasyprint.CSS(string=LETTER_BASICS, font_config=self._fonts)
        self._styles = {
            look: weasyprint.CSS(string=each, font_config=self._fonts, url_fetcher=self._fetcher)
            for look, each in css.items()
        }

    def draw(self, job: dict[str, Any]) -> bytes:
        """Draw one letter; an address that would have to be fetched fails it."""
        self.wanted.clear()
        document = self._parse(job["html"], look=job["look"])
        pdf: bytes = document.write_pdf(
            stylesheets=[self._styles[job["look"]]],
            font_config=self._fonts,
            pdf_variant=VARIANT,
            attachments=[self._attachment(each) for each in job["attachments"]],
            finisher=self._finish,
        )
        if self.wanted:
            raise ValueError(f"The letter asked for {len(self.wanted)} outside file(s).")
        return pdf

    def _parse(self, html: str, *, look: str) -> Any:
        """Read the page; a letter is read as XML, which takes a fifth of the time."""
        html = self._set_aside(html)
        if look != LETTER_LOOK:
            return self._weasyprint.HTML(string=html, url_fetcher=self._fetcher)
        document = self._weasyprint.HTML(string="", url_fetcher=self._fetcher)
        root = ET.fromstring(html)  # noqa: S314 (our own template, no entities)
        wrap = type(document.wrapper_element).from_html_root
        document.wrapper_element = wrap(root, content_language=None)
        document.etree_element = root
        document._ua_stylesheets = lambda *_: [self._basics]  # noqa: SLF001
        return document

    def _set_aside(self, html: str) -> str:
        """Put numbers in the place of our drawings' outlines: they are most of a page's text."""
        self._outlines.clear()

        def number(found: re.Match[str]) -> str:
            self._outlines.append(found[2])
            return f"{found[1]}{len(self._outlines) - 1}"

        return _PLAIN_OUTLINE.sub(number, html)

    def _attachment(self, each: dict[str, str]) -> Any:
        import datetime as dt

        moment = dt.datetime.fromisoformat(each["moment"])
        return self._weasyprint.Attachment(
            string=each["content"],
            name=each["name"],
            description=each["description"],
            relationship="Data",
            created=moment,
            modified=moment,
        )

    def _finish(self, document: Any, pdf: Any) -> None:
        """Mark the file as PDF/UA, compress each stream once and put each object into words once.

        Otherwise pydyf compresses at the highest level, and does all again to hash the file's
        identifier.
        """
        for each in pdf.objects:
            if not isinstance(each, self._pydyf.Stream):
                continue
            content = b"\n".join(
                part if isinstance(part, bytes) else self._to_bytes(part) for part in each.stream
            )
            if each.extra.get("Type") == "/Metadata":
                # Readable without a PDF programme, as archives ask.
                each.stream = [re.sub(rb"(?=</rdf:RDF>)", lambda _: UA_METADATA, content, count=1)]
                each.compress = False
            elif each.compress:
                each.stream = [isal_zlib.compress(content, COMPRESSION)]
                each.extra["Filter"] = "/FlateDecode"
                each.compress = False
        pdf.objects[1:] = [self._ready(each) for each in pdf.objects[1:]]

    def _to_bytes(self, part: Any) -> bytes:
        data: bytes = part.data if isinstance(part, self._pydyf.Object) else str(part).encode()
        return data


def take_plain_styles_at_once() -> None:
    """Give what nobody laid down its inherited or initial value without the questions of the rest.

    A hook into WeasyPrint's computed styles. Without it the values are the same, only slower.
    """
    from weasyprint import css
    from weasyprint.css import computed_values, properties

    ask = css.ComputedStyle.__missing__
    plain = frozenset(
        name
        for name in properties.INITIAL_VALUES.keys()
        - properties.INITIAL_NOT_COMPUTED
        - {"float", "display", "position", "page"}
        if not name.startswith("text_decoration_")
    )
    inherited = plain & properties.INHERITED
    # A side may be laid down by another name, such as margin-inline-start for margin-left.
    other_names = {
        name: frozenset(find(block="ttb", inline=way) for way in ("ltr", "rtl"))
        for name, find in computed_values.PHYSICAL_FUNCTIONS.items()
    }
    none: frozenset[str] = frozenset()

    def missing(style: Any, name: str) -> Any:
        laid_down = style.cascaded
        if name not in plain or name in laid_down:
            return ask(style, name)
        for other in other_names.get(name, none):
            if other in laid_down:
                return ask(style, name)
        parent = style.parent_style
        value = properties.INITIAL_VALUES[name]
        if parent is not None and name in inherited:
            value = parent[name]
        style[name] = value
        return value

    css.ComputedStyle.__missing__ = missing


def draw_path_at_once(tags: dict[str, Any], *, outlines: list[str]) -> None:
    """Take the paths of seal and code over as they are: parsing them took a third of a letter's time.

    Such a path names the place of its outline in `outlines`.

    A hook into WeasyPrint's table of SVG tags. Without it the same paths are drawn, only slower.
    """
    parse = tags["path"]

    def path(svg: Any, node: Any, font_size: float) -> None:
        if node.get("class") != PLAIN_PATH:
            parse(svg, node, font_size)
            return
        svg.stream.stream.append(operators(outlines[int(node.get("d"))]))

    tags["path"] = path


@functools.lru_cache(maxsize=8)
def operators(outline: str) -> bytes:
    """Turn "M 1 2 L 3 4 Z" into the same in PDF: "1 2 m 3 4 l h"."""
    parts = re.findall(r"([MLCZ])([^MLCZ]*)", outline)
    names = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    return " ".join(f"{points.strip()} {names[letter]}" for letter, points in parts).encode()


def missing_library(error: OSError) -> str:
    """Read the name of the library out of cffi's complaint."""
    found = re.search(r"'([^']+)'", str(error))
    return found.group(1) if found else str(error)


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Set up, say so, then draw one job after the other until the source closes."""
    start = _read(source)
    if start is None:
        return
    settings = json.loads(start)
    resource.setrlimit(resource.RLIMIT_AS, (settings["memory_bytes"],) * 2)
    try:
        from weasyprint.text.ffi import harfbuzz_subset

        if harfbuzz_subset is None:
            _write(sink, UNAVAILABLE, b"libharfbuzz-subset")
            return
        press = Press(settings["css"])
        # What lives as long as the process is not to be searched for rubbish, the rest less often.
        gc.freeze()
        gc.set_threshold(YOUNG_OBJECTS)
    except ImportError as error:
        _write(sink, UNAVAILABLE, str(error.name or error).encode())
        return
    except OSError as error:
        _write(sink, UNAVAILABLE, missing_library(error).encode())
        return
    _write(sink, READY, b"")
    try:
        while (frame := _read(source)) is not None:
            signal.setitimer(signal.ITIMER_REAL, settings["seconds"] + TAIL_SECONDS)
            try:
                kind, content = PDF, press.draw(json.loads(frame))
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 (the parent logs it, its caller records it)
                kind, content = FAILED, _trace(error)
            signal.setitimer(signal.ITIMER_REAL, 0)
            _write(sink, kind, content)
    except MemoryError:
        _write(sink, OUT_OF_MEMORY, b"")  # what is left of this process is not to be trusted


def _trace(error: Exception) -> bytes:
    """Tell where it failed without the error's own words: they may quote the letter."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{os.path.basename(each.filename)}:{each.lineno} {each.name}" for each in frames]  # noqa: PTH119
    return f"{type(error).__name__} at {' < '.join(reversed(places))}".encode()


def _read(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = source.read(length)
    return body if len(body) == length else None


def _write(sink: BinaryIO, kind: bytes, content: bytes) -> None:
    sink.write(LENGTH.pack(len(content) + 1) + kind + content)
    sink.flush()


def main() -> None:
    """Keep standard output for answers: WeasyPrint prints a banner when a library is missing."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = io.StringIO()
    try:
        serve(sys.stdin.buffer, sink)
    except BrokenPipeError:
        os._exit(0)  # the parent is gone and nobody waits for the answer


if __name__ == "__main__":
    main()
