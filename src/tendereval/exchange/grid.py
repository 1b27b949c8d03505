"""Reads the sheets of a workbook into cells as stored; what a cell means is decided in ``cells``.

openpyxl does the reading. It hands out binary numbers: their shortest decimal text is what the
file's digits say, up to the 15 digits that Excel keeps.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast
from xml.parsers import expat

from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import is_timedelta_format
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.cell_range import CellRange

from tendereval.exchange.package import open_package, too_much

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MAX_CELLS = 2_000_000
_LAST_ROW = 1_048_576
_STORED_AS = {"b", "d", "e", "inlineStr", "n", "s", "str"}
_EAST_ASIAN_DATES = {*range(27, 37), *range(50, 59)}
"""Built-in number formats that show dates, which openpyxl does not know."""


class CellKind(Enum):
    """What is stored in a cell."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    ERROR = "error"
    DATE = "date, time or duration"
    UNCALCULATED = "formula without a stored result"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not blank.

    Attributes:
        text: the stored text; for a number its shortest decimal text, for a date ISO 8601.
        format: the number format code; meaningful for numbers and dates.
        merged_rows: how many rows a merged cell covers; 1 for any other.
    """

    kind: CellKind
    text: str
    format: str = "General"
    merged_rows: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: row number to column number to cell, both from 1; blank cells are absent."""

    name: str
    hidden: bool
    rows: Mapping[int, Mapping[int, Cell]]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as read.

    Attributes:
        names: every sheet's name in the workbook's order.
        grids: those that were wanted, in the same order.
    """

    names: tuple[str, ...]
    grids: tuple[Grid, ...]


def read_book(path: Path, wanted: Container[str] | None = None) -> Book:
    """Read the sheets named in ``wanted``; all of them where it is None.

    Raises:
        UnreadableWorkbook: the file is no workbook, is protected, damaged or too large.
    """
    with open_package(path) as stream:
        reader = _reader(stream)
        names = [sheet.name for sheet in reader.parser.sheets]
        if reader.wb.sheetnames != names or len(set(names)) < len(names):
            raise ValueError("a sheet is listed twice, or openpyxl passed it over")
        worksheets = {sheet.title: sheet for sheet in reader.wb.worksheets}
        grids, room = [], MAX_CELLS
        for listed, relation in reader.parser.find_sheets():
            sheet = worksheets.get(listed.name)
            if sheet is not None and (wanted is None or listed.name in wanted):
                with reader.archive.open(relation.target) as part:
                    outline = _Outline(part, room)
                room -= outline.cells
                # The library's types know this list's other kind of sheet only.
                grids.append(_grid(cast("ReadOnlyWorksheet", sheet), outline))
        return Book(tuple(names), tuple(grids))


def _reader(stream: BinaryIO) -> ExcelReader:
    """Do what ``load_workbook`` does, but keep its list of parts and pass over what says nothing.

    It would refuse good sheets for the sake of an odd author, colour scheme or print area.
    """
    reader = ExcelReader(stream, read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    reader.read_worksheets()
    return reader


class _Outline:
    """What openpyxl's reading of large sheets keeps quiet about, from the tags alone.

    It has no merged areas, shows a formula that was never calculated as a blank cell, and passes
    over rows and cells that are out of order: hence their number.

    Attributes:
        cells: how many cells are stored, blank ones too.
        pending: row and column of the formulas without a stored result.
        merges: the merged areas.
    """

    def __init__(self, part: IO[bytes], room: int) -> None:
        self.cells = 0
        self.pending: set[tuple[int, int]] = set()
        self.merges: list[CellRange] = []
        self._room = room
        self._row = self._column = 0
        self._is_text = False
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.ParseFile(part)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._begin_cell(attributes)
        elif name == "f":
            self.pending.add((self._row, self._column))
        elif name == "v" and self._is_text:
            self.pending.discard((self._row, self._column))  # calculated, to an empty text
        elif name == "row":
            self._row, self._column = int(float(attributes.get("r", self._row + 1))), 0
            if self._row > _LAST_ROW:
                raise ValueError(f"row {self._row}")
        elif name == "mergeCell":
            self.merges.append(CellRange(attributes["ref"]))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self.cells += 1
        if self.cells > self._room:
            raise too_much()
        kind, place = attributes.get("t", "n"), attributes.get("r")
        if kind not in _STORED_AS:
            raise ValueError(f"cell type {kind}")
        at = coordinate_to_tuple(place) if place else (self._row, self._column + 1)
        self._row, self._column = at
        self._is_text = kind == "str"


def _grid(sheet: "ReadOnlyWorksheet", outline: _Outline) -> Grid:
    sheet.reset_dimensions()  # the size that the file states may be too small
    rows: dict[int, dict[int, Cell]] = {}
    seen = 0
    for row in cast("Iterable[Sequence[ReadOnlyCell | EmptyCell]]", sheet.rows):
        for stored in row:
            if isinstance(stored, EmptyCell):
                continue
            seen += 1
            cell = _cell(stored, is_pending=(stored.row, stored.column) in outline.pending)
            if cell is not None:
                rows.setdefault(stored.row, {})[stored.column] = cell
    if seen < outline.cells:
        raise ValueError(f"openpyxl passed over {outline.cells - seen} cells")
    for area in outline.merges:
        _spread(rows, area)
    return Grid(sheet.title, sheet.sheet_state != "visible", rows)


def _cell(stored: ReadOnlyCell, *, is_pending: bool) -> Cell | None:
    value = stored.value
    if value is None or value == "":
        return Cell(CellKind.UNCALCULATED, "") if is_pending else None
    if isinstance(value, str):
        return Cell(CellKind.ERROR if stored.data_type == "e" else CellKind.TEXT, _plain(value))
    if isinstance(value, bool):
        return Cell(CellKind.BOOLEAN, str(value).upper())
    if isinstance(value, int | float) and not _is_date(stored):
        return Cell(CellKind.NUMBER, repr(value), stored.number_format)
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return Cell(CellKind.DATE, text, stored.number_format)


def _is_date(stored: ReadOnlyCell) -> bool:
    """Whether a cell shows a date that openpyxl takes for a plain number."""
    is_duration = is_timedelta_format(stored.number_format)  # [HH], as LibreOffice writes it
    return is_duration or stored.style_array.numFmtId in _EAST_ASIAN_DATES


def _plain(text: str) -> str:
    """Undo the escapes that workbooks use for characters XML cannot hold (``_x000D_``)."""
    if "_x" not in text:
        return text
    return unescape(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _spread(rows: Mapping[int, dict[int, Cell]], area: CellRange) -> None:
    """Let a cell merged over several rows stand in each of those that hold anything at all."""
    cell = rows.get(area.min_row, {}).get(area.min_col)
    if cell is None or area.max_row == area.min_row:
        return
    spread = replace(cell, merged_rows=area.max_row - area.min_row + 1)
    for number, cells in rows.items():
        if area.min_row <= number <= area.max_row:
            cells[area.min_col] = spread
