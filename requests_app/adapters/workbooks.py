"""Workbooks (XLSX), by openpyxl: the only door to it.

Text is always text: what a citizen typed after an equals sign is never a formula. The same workbook
gives the same bytes, since no clock is read. openpyxl is loaded with the first file.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

from requests_app.domain.workbooks import Workbook, WorkCell, Worksheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet as Paper

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_LONG_AGO: Final = dt.datetime(1980, 1, 1)  # noqa: DTZ001 (ZIP knows no earlier moment and no zone)
#: What XML cannot hold; Excel would call the file damaged.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST: Final = 32_000
_NAME_CHARACTERS: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME: Final = 31
_A4: Final = 9


def write(book: Workbook) -> bytes:
    """Return the workbook as a file."""
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for sheet in book.sheets:
        paper = made.create_sheet(_NAME_CHARACTERS.sub(" ", sheet.name)[:_LONGEST_NAME])
        _fill(paper, sheet)
    if book.stamp:
        lines = tuple((WorkCell(line),) for line in (book.title, *book.stamp))
        _fill(made.create_sheet("说明"), Worksheet("说明", lines, (100,), landscape=False))
    properties = made.properties
    properties.title, properties.creator = book.title, book.author
    properties.created = properties.modified = _LONG_AGO
    written = io.BytesIO()
    made.save(written)
    return _without_moments(written.getvalue())


def _fill(paper: Paper, sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    thin = Side(style="thin", color="808080")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    bold, shade = Font(bold=True), PatternFill("solid", fgColor="E8EDF5")
    taken: set[tuple[int, int]] = set()
    for line, cells in enumerate(sheet.rows, start=1):
        column = 1
        for cell in cells:
            while (line, column) in taken:
                column += 1
            place = paper.cell(row=line, column=column)
            _put(place, cell)
            place.alignment = Alignment(
                wrap_text=True,
                vertical="center",
                horizontal="center" if cell.head else None,
            )
            if cell.head:
                place.font, place.fill = bold, shade
            for below in range(cell.rows):
                for beside in range(cell.columns):
                    taken.add((line + below, column + beside))
                    paper.cell(row=line + below, column=column + beside).border = box
            if cell.rows > 1 or cell.columns > 1:
                paper.merge_cells(
                    start_row=line,
                    end_row=line + cell.rows - 1,
                    start_column=column,
                    end_column=column + cell.columns - 1,
                )
            column += cell.columns
    for number, width in enumerate(sheet.widths, start=1):
        paper.column_dimensions[get_column_letter(number)].width = width
    if sheet.repeat:
        paper.freeze_panes = f"A{sheet.repeat + 1}"
        paper.print_title_rows = f"1:{sheet.repeat}"
    setup = paper.page_setup
    setup.paperSize, setup.fitToWidth, setup.fitToHeight = _A4, 1, 0
    setup.orientation = "landscape" if sheet.landscape else "portrait"
    paper.sheet_properties.pageSetUpPr.fitToPage = True


def _put(place: object, cell: WorkCell) -> None:
    from openpyxl.cell.cell import Cell

    if not isinstance(
        place, Cell
    ):  # pragma: no cover (a cell that begins nothing is never written)
        return
    if isinstance(cell.value, str):
        place.value = _CONTROLS.sub("", cell.value)[:_LONGEST]
        # openpyxl takes a text that begins with an equals sign for a formula.
        place.data_type = "s"
        return
    place.value = cell.value
    if isinstance(cell.value, dt.date):
        place.number_format = "yyyy-mm-dd"


def _without_moments(file: bytes) -> bytes:
    """Pack the parts again, each with the same moment, so that the same figures give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.infolist():
            fresh = zipfile.ZipInfo(part.filename, date_time=_LONG_AGO.timetuple()[:6])
            fresh.compress_type = zipfile.ZIP_DEFLATED
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                # openpyxl writes the moment of saving over ``modified``.
                content = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", content
                )
            new.writestr(fresh, content)
    return packed.getvalue()
