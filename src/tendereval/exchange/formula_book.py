"""A workbook whose live formulas carry their values; the same content gives the same bytes.

It knows cells and rows, nothing of tenders. Formulas are built from coordinates only: what a
user typed is never part of one.
"""

import hashlib
import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from tendereval.domain.errors import Bug
from tendereval.domain.exact import exact_text, finite_places, rounded_text
from tendereval.exchange.cells import SIGNIFICANT_DIGITS
from tendereval.exchange.dates import LONDON
from tendereval.exchange.writer import number_cell, safe_cell, safe_text, split_text, write_whole

LABEL_LENGTH = 240
SHORTENED = "… (shortened)"
_SURE_TO_FIT = 4_000
"""Escapes make a character seven at most, so this many always fit."""
_LINE = 120
_MOST_ARGUMENTS = 200
_EPOCH = (1980, 1, 1, 0, 0, 0)
_EMPTY_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>([^<]*)</f><v(?: ?/>|></v>)')

TEXT, NUMBER, MARK, MONEY, MOMENT = "Text", "Figure", "Mark", "Money", "Moment"
EXACT, VALUE, DAY = "Mark in full", "Value", "Day"
TITLE, HEADING, NOTE, SUM = "Sheet title", "Heading", "Note", "Sum of marks"
_OF_FIGURES = frozenset({NUMBER, MARK, EXACT, MONEY, MOMENT, DAY})
_MARK_FORMAT, _EXACT_FORMAT = "0.00####", "0.00##########"
_LINE_PT, _HIGHEST_PT = 15, 405
_WIDEST_PAGE = 260
"""In characters; a wider table goes on more than one page, so that it can be read."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula and what it comes to.

    Attributes:
        text: with its ``=``; coordinates, functions and numbers only.
        value: kept beside it, for programs that show a workbook without calculating.
    """

    text: str
    value: Fraction | str


Content = str | int | Fraction | date | Formula | None
"""A ``datetime`` is a date with its time of day."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: heading, width in characters, style of its figures."""

    name: str
    width: int = 14
    style: str = TEXT


class FormulaBook:
    """A workbook in the making.

    Args:
        titles: of all sheets, in order, fit for a workbook and all different.
        made_at: what the file's properties say; never the clock.
        name: of the document.
    """

    def __init__(self, titles: Iterable[str], made_at: datetime, name: str) -> None:
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        for style in _styles():
            self._book.add_named_style(style)
        self._sheets = {title: Sheet(self._book.create_sheet(title)) for title in titles}
        properties = self._book.properties
        properties.created = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties.modified = properties.created
        properties.creator, properties.language = "tendereval", "en-GB"
        properties.title = safe_text(label(name))
        self._book.calculation.fullCalcOnLoad = True

    def __getitem__(self, title: str) -> "Sheet":
        """Return a sheet."""
        return self._sheets[title]

    def save(self, path: Path) -> str:
        """Write the workbook whole or not at all and return the SHA-256 (hex) of its bytes.

        Raises:
            FileProblem: the file cannot be written there.
        """
        loose = BytesIO()
        ExcelWriter(self._book, ZipFile(loose, "w", ZIP_STORED)).save()
        data = _packed(loose, [sheet.values for sheet in self._sheets.values()])
        write_whole(path, lambda temporary: _keep(temporary, data))
        return hashlib.sha256(data).hexdigest()


def _keep(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _styles() -> Iterable[NamedStyle]:
    top = Alignment(vertical="top")
    grey = Font(italic=True, color="595959")
    white, blue = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F3864")
    wrapped = Alignment(vertical="top", wrap_text=True)
    left = Alignment(horizontal="left", vertical="top", wrap_text=True)
    yield NamedStyle(TEXT, alignment=wrapped)
    yield NamedStyle(NUMBER, alignment=top)
    yield NamedStyle(MARK, alignment=top, number_format=_MARK_FORMAT)
    yield NamedStyle(EXACT, alignment=top, number_format=_EXACT_FORMAT)
    yield NamedStyle(VALUE, alignment=left)
    yield NamedStyle(MONEY, alignment=top, number_format="#,##0.00##########")
    yield NamedStyle(MOMENT, alignment=left, number_format="d mmmm yyyy hh:mm")
    yield NamedStyle(DAY, alignment=left, number_format="d mmmm yyyy")
    yield NamedStyle(TITLE, font=Font(bold=True, size=14))
    yield NamedStyle(HEADING, font=white, fill=blue, alignment=wrapped)
    yield NamedStyle(NOTE, font=grey)
    yield NamedStyle(SUM, font=Font(bold=True), alignment=top, number_format=_MARK_FORMAT)


def label(text: str) -> str:
    """Return a name short enough to be repeated; what is cut off stands in full elsewhere."""
    return text if len(text) <= LABEL_LENGTH else text[:LABEL_LENGTH] + SHORTENED


class Sheet:
    """One sheet, written from the top down.

    Attributes:
        values: what each formula comes to, by coordinate.
        row: the last row written.
    """

    def __init__(self, worksheet: Worksheet) -> None:
        self._sheet = worksheet
        self.values: dict[str, str | Fraction] = {}
        self.row = 0
        self._columns: tuple[Column, ...] = ()
        self._keys = 0

    def say(self, text: str, style: str = NOTE) -> None:
        """Write sentences on rows of their own, broken where a line gets long."""
        for line in wrap(text, _LINE) or [""]:
            self.row += 1
            self.put(self.row, 1, line, style)

    def head(
        self, columns: Sequence[Column], *, keys: int = 0, frozen: int = 0, above: int = 0
    ) -> None:
        """Begin the sheet's table: headings that stay in sight and on every printed page.

        Args:
            columns: in order.
            keys: how many of the first are repeated where a row goes on below.
            frozen: how many of the first stay in sight sideways.
            above: rows above the headings that belong to them.
        """
        self.row += 1
        self._columns, self._keys = tuple(columns), keys
        for number, column in enumerate(columns, 1):
            self.put(self.row, number, column.name, HEADING)
            self._sheet.column_dimensions[get_column_letter(number)].width = column.width
        self._set_height([column.name for column in columns])
        self._sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{self.row + 1}"
        self._sheet.print_title_rows = f"{self.row - above}:{self.row}"
        if frozen:
            self._sheet.print_title_cols = f"A:{get_column_letter(frozen)}"
        self._print(sum(column.width for column in columns))

    def _print(self, width: int) -> None:
        sheet = self._sheet
        sheet.page_setup.orientation = "landscape" if width > 90 else "portrait"  # noqa: PLR2004 - A4
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = -(-width // _WIDEST_PAGE), 0
        if sheet.sheet_properties.pageSetUpPr is not None:
            sheet.sheet_properties.pageSetUpPr.fitToPage = True
        if sheet.oddFooter is not None:
            sheet.oddFooter.center.text = "&A, page &P of &N"

    def _set_height(self, contents: Sequence[Content]) -> None:
        """Make the row as high as its longest text: not every program does so by itself."""
        lines = max(
            (
                sum(1 + len(line) // column.width for line in text.split("\n"))
                for text, column in zip(contents, self._columns, strict=False)
                if isinstance(text, str) and (len(text) >= column.width or "\n" in text)
            ),
            default=1,
        )
        if lines > 1:
            self._sheet.row_dimensions[self.row].height = min(_LINE_PT * lines, _HIGHEST_PT)

    def add(self, values: Sequence[Content]) -> int:
        """Write one row of the table and return its number.

        A text that no cell can hold goes on in the rows below, which repeat the keys and say
        behind the last column which part they are.
        """
        keys = [label(one) if isinstance(one, str) else one for one in values[: self._keys]]
        parts = [_parts(one) for one in (*keys, *values[self._keys :])]
        first, deepest = self.row + 1, max(len(part) for part in parts)
        for turn in range(deepest):
            self.row += 1
            for number, part in enumerate(parts, 1):
                repeated = turn if number > self._keys else 0
                if repeated < len(part):
                    self.put(self.row, number, part[repeated], self._columns[number - 1].style)
            self._set_height([part[min(turn, len(part) - 1)] for part in parts])
            if deepest > 1:
                going_on = f"part {turn + 1} of {deepest}"
                told = "goes on in the row below" if turn + 1 < deepest else "ends here"
                self.put(self.row, len(self._columns) + 1, f"{going_on}, {told}")
        return first

    def put(self, row: int, column: int, content: Content, style: str = TEXT) -> None:
        """Fill one cell; None leaves it empty."""
        if content is None:
            return
        cell = self._sheet.cell(row, column)
        if not isinstance(cell, Cell):
            raise Bug(f"a merged cell in a plain sheet: row {row}, column {column}")
        is_text = isinstance(content, str)
        cell.style = TEXT if is_text and style in _OF_FIGURES else style
        if isinstance(content, str):
            safe_cell(cell, content)
        elif isinstance(content, Formula):
            cell.value = content.text
            self.values[cell.coordinate] = content.value
        elif isinstance(content, datetime):
            cell.value = content.astimezone(LONDON).replace(tzinfo=None, microsecond=0)
            cell.style = MOMENT
        elif isinstance(content, date):
            cell.value, cell.style = content, DAY
        else:
            _number(cell, Fraction(content))

    def filter(self, first: int, last: int) -> None:
        """Offer to filter the table between two rows, headings first."""
        self._sheet.auto_filter.ref = f"A{first}:{get_column_letter(len(self._columns))}{last}"

    def at(self, column: int, row: int) -> str:
        """Return how other sheets refer to a cell."""
        return f"{quote_sheetname(self._sheet.title)}!${get_column_letter(column)}${row}"

    def area(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        """Return how other sheets refer to the cells between two, each as column and row."""
        return f"{self.at(*first)}:${get_column_letter(last[0])}${last[1]}"


def _parts(content: Content) -> Sequence[Content]:
    if isinstance(content, str) and len(content) > _SURE_TO_FIT:
        return split_text(content)
    return (content,)


def _number(cell: Cell, value: Fraction) -> None:
    """Put in the nearest number a spreadsheet has; formulas need a number and never a text."""
    number_cell(cell, value)
    if cell.data_type == "s":
        cell.quotePrefix = False
        number_cell(cell, Fraction(shown(value)))


def shown(value: Fraction) -> str:
    """Return the decimal text of the nearest number that a spreadsheet can hold."""
    whole = len(str(abs(int(value))))
    places = max(0, SIGNIFICANT_DIGITS - whole)
    finite = finite_places(value)
    text = rounded_text(value, places if finite is None else min(finite, places))
    digits = text.lstrip("-").replace(".", "")
    if "." not in text and len(digits) > SIGNIFICANT_DIGITS:
        cut = len(digits) - SIGNIFICANT_DIGITS
        return rounded_text(Fraction(int(text), 10**cut), 0) + "0" * cut
    return text


def in_full(value: Fraction) -> str | None:
    """Return the exact text of a number that no spreadsheet number holds, else None."""
    if Fraction(shown(value)) == value:
        return None
    places = finite_places(value)
    return exact_text(value) if places is None else rounded_text(value, places)


def added(column: int, rows: Iterable[int]) -> str:
    """Return the ``SUM`` over some rows of one column, neighbours taken together."""
    letter = get_column_letter(column)
    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and spans[-1][1] == row - 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return call(
        "SUM",
        [
            f"{letter}{first}" if first == last else f"{letter}{first}:{letter}{last}"
            for first, last in spans
        ],
    )


def call(function: str, arguments: Sequence[str]) -> str:
    """Return a call of ``SUM``, ``MIN`` or ``MAX``, nested where there are too many arguments."""
    while len(arguments) > _MOST_ARGUMENTS:
        starts = range(0, len(arguments), _MOST_ARGUMENTS)
        groups = [arguments[start : start + _MOST_ARGUMENTS] for start in starts]
        arguments = [f"{function}({','.join(group)})" for group in groups]
    return f"{function}({','.join(arguments)})"


def _packed(loose: BytesIO, sheets: Sequence[Mapping[str, str | Fraction]]) -> bytes:
    """Return the archive with the values of its formulas, and with no time of writing in it."""
    of_sheet = {f"xl/worksheets/sheet{at}.xml": one for at, one in enumerate(sheets, 1)}
    packed = BytesIO()
    with ZipFile(loose) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name in of_sheet:
                data = _with_values(data, of_sheet[name])
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            target.writestr(entry, data)
    return packed.getvalue()


def _with_values(data: bytes, values: Mapping[str, str | Fraction]) -> bytes:
    def fill(match: re.Match[bytes]) -> bytes:
        value = values[match[1].decode()]
        kind = b' t="str"' if isinstance(value, str) else b""
        text = html.escape(value if isinstance(value, str) else shown(value), quote=False).encode()
        return b'<c r="%b"%b%b><f>%b</f><v>%b</v>' % (match[1], match[2], kind, match[3], text)

    return _EMPTY_FORMULA.sub(fill, data)
