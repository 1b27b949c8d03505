"""How a scoring workbook looks: its styles, its cells to fill in, its pages; knows no tender."""

from collections.abc import Sequence
from typing import Final, Literal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tendereval.domain.errors import Bug
from tendereval.exchange.writer import safe_cell

TITLE, HEADING, TEXT, STRONG, NOTE, FILL_IN, CHOOSE, LINK = (
    *("Sheet title", "Heading", "Text", "Strong", "Note"),
    *("Fill in", "Choose", "Link"),
)
_DARK, _GREY, _LINE_COLOUR = "1F3864", "595959", "BFBFBF"
_TO_FILL: Final = PatternFill("solid", fgColor="FFF6D6")
_MIDDLE: Final = PatternFill("solid", fgColor=_DARK)
LINE_PT: Final = 14.5
HIGHEST_PT: Final = 405
_A4, _A3 = "9", "8"
_WIDE: Final = 130
_MARGIN: Final = 0.4


def styles() -> Sequence[NamedStyle]:
    """Return the named styles of the workbook."""
    line = Side(style="thin", color=_LINE_COLOUR)
    box = Border(left=line, right=line, top=line, bottom=line)
    wrapped = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
    middle = Alignment(horizontal="center", vertical="top", wrap_text=True)
    level = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    plain, free = _font(), Protection(locked=False)
    white = _font(bold=True, color="FFFFFF")
    return (
        NamedStyle(TITLE, font=_font(size=16, bold=True, color=_DARK)),
        NamedStyle(NOTE, font=_font(color=_GREY)),
        NamedStyle(HEADING, font=white, fill=_MIDDLE, alignment=level, border=box),
        NamedStyle(TEXT, font=plain, alignment=wrapped, border=box),
        NamedStyle(STRONG, font=_font(bold=True), alignment=wrapped, border=box),
        # As text, so that what is typed is neither a date nor a formula.
        NamedStyle(*(FILL_IN, plain, _TO_FILL, box, wrapped, "@"), protection=free),
        NamedStyle(*(CHOOSE, _font(size=12, bold=True), _TO_FILL, box, middle), protection=free),
        NamedStyle(LINK, font=_font(underline="single", color="0563C1"), alignment=wrapped),
    )


def _font(
    size: int = 11,
    *,
    bold: bool = False,
    color: str = "000000",
    underline: Literal["single"] | None = None,
) -> Font:
    return Font(name="Calibri", size=size, bold=bold, color=color, underline=underline)


def new_book(titles: Sequence[str]) -> tuple[Workbook, dict[str, Worksheet]]:
    """Return a workbook with these sheets and the styles."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in styles():
        book.add_named_style(style)
    return book, {title: book.create_sheet(title) for title in titles}


def put(sheet: Worksheet, row: int, column: int, text: str | int, style: str) -> Cell:
    """Fill one cell with text that is never a formula, or with a number."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise Bug(f"a merged cell in a plain sheet: row {row}, column {column}")
    cell.style = style
    if isinstance(text, str):
        safe_cell(cell, text)
    else:
        cell.value = text
    return cell


def widths(sheet: Worksheet, *columns: int) -> None:
    """Set the widths of the columns in characters, from the first on."""
    for number, width in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def lines_of(text: str, width: int) -> int:
    """Return about how many lines a text takes in a column."""
    return sum(1 + max(0, len(line) - 1) // max(1, width - 1) for line in text.split("\n"))


def height(sheet: Worksheet, row: int, lines: int, least: int = 1) -> None:
    """Make a row as high as its longest text: not every program does so by itself."""
    high = LINE_PT * max(lines, least) + 4
    sheet.row_dimensions[row].height = min(high, HIGHEST_PT)


def finish(sheet: Worksheet, *, heading: int = 0, frozen: str = "", width: int = 100) -> None:
    """Protect a sheet but for what is to be filled in, and lay out its pages.

    Columns may be widened, rows hidden, filtered and made higher; there is no password.

    Args:
        sheet: written.
        heading: its row of headings, repeated on every page; 0 where there is none.
        frozen: the first cell that scrolls.
        width: of all columns together, in characters.
    """
    guard = sheet.protection
    guard.sheet = True
    guard.formatCells = guard.formatColumns = guard.formatRows = False
    guard.sort = guard.autoFilter = False
    sheet.freeze_panes = frozen or None
    sheet.sheet_view.showGridLines = False
    page = sheet.page_setup
    page.orientation = "landscape" if width > _WIDE else "portrait"
    page.paperSize = _A3 if width > _WIDE else _A4
    page.fitToWidth, page.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = _MARGIN
    if heading:
        sheet.print_title_rows = f"{heading}:{heading}"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&A, page &P of &N"
