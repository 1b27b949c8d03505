"""Reads the sheets of a workbook into cells as stored; what a cell means is decided in ``cells``.

The file's own digits are kept as text, so that no number passes through binary floating point.
"""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from tendereval.exchange.package import Package, open_package, parse, relations, too_much

MAX_CELLS = 2_000_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_BUILT_IN = {9: "0%", 10: "0.00%", 2: "0.00", 1: "0", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss"}
_BUILT_IN |= dict.fromkeys([*range(14, 18), *range(27, 37), *range(50, 59)], "dd/mm/yyyy")
_BUILT_IN |= dict.fromkeys(range(18, 22), "h:mm") | {22: "dd/mm/yyyy h:mm"}


class CellKind(Enum):
    """What is stored in a cell."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    ERROR = "error"
    ISO_DATE = "date"
    UNCALCULATED = "formula without a stored result"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not blank.

    Attributes:
        text: the stored text; for a number its digits as the file writes them.
        format: the number format code; meaningful for numbers.
        is_1904: whether date serials count from 1904.
        merged_rows: how many rows a merged cell covers; 1 for any other.
    """

    kind: CellKind
    text: str
    format: str = "General"
    is_1904: bool = False
    merged_rows: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: row number to column number to cell, both from 1; blank cells are absent."""

    name: str
    hidden: bool
    rows: Mapping[int, Mapping[int, Cell]]
    merges: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as read.

    Attributes:
        names: every sheet's name in the workbook's order.
        grids: those that were wanted, in the same order.
    """

    names: tuple[str, ...]
    grids: tuple[Grid, ...]


@dataclass(slots=True)
class _Shared:
    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    is_1904: bool = False
    cells: int = 0


def read_book(path: Path, wanted: Container[str] | None = None) -> Book:
    """Read the sheets named in ``wanted``; all of them where it is None.

    Raises:
        UnreadableWorkbook: the file is no workbook, is protected, damaged or too large.
    """
    with open_package(path) as package:
        shared = _Shared()
        listed = _listed_sheets(package, shared)
        parts = relations(package.archive, package.workbook)
        for target, kind in parts.values():
            if kind == "sharedStrings":
                shared.strings = _strings(package, target)
            elif kind == "styles":
                shared.formats = _formats(package, target)
        grids = []
        for name, key, hidden in listed:
            target, kind = parts.get(key, ("", ""))
            if kind == "worksheet" and (wanted is None or name in wanted):
                grids.append(_SheetReader(shared).read(package, target, name, hidden=hidden))
        return Book(tuple(name for name, _, _ in listed), tuple(grids))


def _listed_sheets(package: Package, shared: _Shared) -> list[tuple[str, str, bool]]:
    found: list[tuple[str, str, bool]] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            found.append((attributes.get("name", ""), attributes.get("id", ""), hidden))
        elif name == "workbookPr":
            shared.is_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}

    parse(package.archive, package.workbook, start)
    return found


class _StringReader:
    """Collects the shared strings, rich text joined, pronunciation guides left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._inside = self._phonetic = False

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._pieces.clear()
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._inside = not self._phonetic

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append(unescape("".join(self._pieces)))
        elif name == "rPh":
            self._phonetic = False
        elif name == "t":
            self._inside = False

    def text(self, data: str) -> None:
        if self._inside:
            self._pieces.append(data)


def _strings(package: Package, part: str) -> list[str]:
    reader = _StringReader()
    parse(package.archive, part, reader.start, reader.end, reader.text)
    return reader.found


def _formats(package: Package, part: str) -> list[str]:
    own: dict[int, str] = {}
    found: list[str] = []
    inside = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = True
        elif name == "numFmt":
            own.setdefault(int(attributes["numFmtId"]), attributes.get("formatCode", ""))
        elif name == "xf" and inside:
            key = int(attributes.get("numFmtId", "0"))
            found.append(own.get(key) or _BUILT_IN.get(key, "General"))

    def end(name: str) -> None:
        nonlocal inside
        if name == "cellXfs":
            inside = False

    parse(package.archive, part, start, end)
    return found


def unescape(text: str) -> str:
    """Undo the escapes that workbooks use for characters XML cannot hold (``_x000D_``)."""
    return _ESCAPED.sub(_unescaped, text) if "_x" in text else text


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    is_surrogate = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - the surrogate block of Unicode
    return match[0] if is_surrogate else chr(code)


class _SheetReader:
    """Collects the cells of one sheet from the parser's events.

    A cell merged over several rows stands in each of those that hold anything at all.
    """

    def __init__(self, shared: _Shared) -> None:
        self._shared = shared
        self._rows: dict[int, dict[int, Cell]] = {}
        self._merges: list[tuple[int, int, int, int]] = []
        self._row = self._column = 0
        self._attributes: Mapping[str, str] = {}
        self._pieces: list[str] = []
        self._in_cell = self._collecting = self._has_formula = self._has_value = False
        self._phonetic = False

    def read(self, package: Package, part: str, name: str, *, hidden: bool) -> Grid:
        """Read the part and return its cells, merged areas spread down their rows."""
        parse(package.archive, part, self._start, self._end, self._text)
        for first, left, last, _right in self._merges:
            self._spread(first, left, last)
        return Grid(name, hidden, self._rows, tuple(self._merges))

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._in_cell, self._attributes = True, attributes
            self._has_formula = self._has_value = self._collecting = False
            self._pieces = []
            self._place(attributes.get("r"))
        elif name == "row":
            self._row = int(attributes.get("r") or self._row + 1)
            self._column = 0
        elif name == "mergeCell":
            self._merges.append(_area(attributes.get("ref", "")))
        elif self._in_cell:
            self._start_inside(name)

    def _start_inside(self, name: str) -> None:
        if name == "f":
            self._has_formula = True
        elif name == "v":
            self._has_value = True
            self._collecting = self._attributes.get("t") != "inlineStr"
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._collecting = not self._phonetic

    def _end(self, name: str) -> None:
        if name == "c":
            self._in_cell = False
            self._keep()
        elif name in {"v", "t"}:
            self._collecting = False
        elif name == "rPh":
            self._phonetic = False

    def _text(self, data: str) -> None:
        if self._collecting:
            self._pieces.append(data)

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
        else:
            self._row, self._column = _coordinates(reference)

    def _keep(self) -> None:
        cell = self._cell("".join(self._pieces), self._attributes.get("t", "n"))
        if cell is None:
            return
        self._shared.cells += 1
        if self._shared.cells > MAX_CELLS:
            raise too_much()
        self._rows.setdefault(self._row, {})[self._column] = cell

    def _cell(self, stored: str, kind: str) -> Cell | None:
        if self._has_formula and not stored and not (kind == "str" and self._has_value):
            return Cell(CellKind.UNCALCULATED, "")
        if kind == "s" and stored:
            stored = self._shared.strings[int(stored)]
        elif kind in {"str", "inlineStr"}:
            stored = unescape(stored)
        if not stored:
            return None
        if kind in {"s", "str", "inlineStr"}:
            return Cell(CellKind.TEXT, stored)
        if kind == "b":
            return Cell(CellKind.BOOLEAN, "TRUE" if stored.strip() in {"1", "true"} else "FALSE")
        if kind in {"e", "d"}:
            return Cell(CellKind.ERROR if kind == "e" else CellKind.ISO_DATE, stored.strip())
        return Cell(CellKind.NUMBER, stored.strip(), self._format(), self._shared.is_1904)

    def _format(self) -> str:
        style = int(self._attributes.get("s", "0"))
        formats = self._shared.formats
        return formats[style] if style < len(formats) else "General"

    def _spread(self, first: int, left: int, last: int) -> None:
        cell = self._rows.get(first, {}).get(left)
        if cell is None or last == first:
            return
        spread = replace(cell, merged_rows=last - first + 1)
        for row, cells in self._rows.items():
            if first <= row <= last:
                cells[left] = spread


def _coordinates(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(f"not a cell reference: {reference!r}")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _area(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    top, left = _coordinates(first)
    bottom, right = _coordinates(last or first)
    return top, left, bottom, right
