"""Writes the empty set-up workbook: every sheet, guidance above each header, lists to choose from.

The example of each sheet stands above its header row, where reading never looks.
"""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tendereval.domain.errors import Bug
from tendereval.exchange.layout import CERTIFICATES, ITEMS, SHEETS, TENDER, Column, Layout
from tendereval.exchange.public_value_data import schemes
from tendereval.exchange.scales import built_in_scales
from tendereval.exchange.writer import safe_cell, save

HEADER_ROW = 5
LAST_ROW = 1000
_LONGEST_LIST = 255
_LIST_AT = len(CERTIFICATES.columns) + 2
"""Column in which the list of certificates begins, beside the table and without a heading in the
header row, so that it is not read."""
_TITLE = Font(bold=True, size=14)
_GREY = Font(italic=True, color="595959")
_HEADING = Font(bold=True, color="FFFFFF")
_FILL = PatternFill("solid", fgColor="1F3864")
_NEEDED = PatternFill("solid", fgColor="7B2D00")
_TOP = Alignment(vertical="top", wrap_text=True)


def write_template(path: Path) -> None:
    """Write the empty set-up workbook, replacing what is at ``path``.

    Raises:
        FileProblem: the file cannot be written there.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for layout in SHEETS:
        sheet = book.create_sheet(layout.name)
        _guidance(sheet, layout)
        _header(sheet, layout)
        for number, column in enumerate(layout.columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
            _validate(sheet, column, number)
        if layout is TENDER:
            _items(sheet)
        if layout is CERTIFICATES:
            _certificates(sheet)
        _page(sheet, layout)
    save(path, book)


def _guidance(sheet: Worksheet, layout: Layout) -> None:
    _put(sheet, 1, 1, f"{layout.name}: fill in from row {HEADER_ROW + 1}").font = _TITLE
    _put(sheet, 2, 1, layout.guidance)
    example = _put(sheet, 3, 1, "Example of one row (above the headings, so it is not read):")
    example.font = _GREY
    for number, text in enumerate(layout.example, 1):
        cell = _put(sheet, 4, number, text)
        cell.font = _GREY


def _header(sheet: Worksheet, layout: Layout) -> None:
    for number, column in enumerate(layout.columns, 1):
        cell = _put(sheet, HEADER_ROW, number, column.name)
        cell.font = _HEADING
        cell.fill = _NEEDED if number <= layout.required else _FILL
        cell.alignment = _TOP


def _validate(sheet: Worksheet, column: Column, number: int) -> None:
    letter = get_column_letter(number)
    cells = f"{letter}{HEADER_ROW + 1}:{letter}{LAST_ROW}"
    if column.name == "Scale" and sheet.title == "Criteria":
        # Scales of one's own are allowed too, so the list only suggests.
        names = tuple(scale.name for scale in built_in_scales())
        _list(sheet, f'"{",".join(names)}"', cells, strict=False)
    elif column.choices:
        formula = f'"{",".join(column.choices)}"'
        if len(formula) <= _LONGEST_LIST:
            _list(sheet, formula, cells, strict=True)
    elif column.name == "Certificate":
        at, last = get_column_letter(_LIST_AT), HEADER_ROW + len(schemes())
        _list(sheet, f"${at}${HEADER_ROW + 1}:${at}${last}", cells, strict=False)
    elif column.source and column.source != sheet.title:
        listed = f"'{column.source}'!$A${HEADER_ROW + 1}:$A${LAST_ROW}"
        _list(sheet, listed, cells, strict=False)


def _list(sheet: Worksheet, formula: str, cells: str, *, strict: bool) -> None:
    validation = DataValidation(type="list", formula1=formula, allow_blank=True)
    validation.showErrorMessage = strict
    validation.errorTitle = "Not one of the choices"
    validation.error = "Choose one of the list, or leave the cell blank."
    validation.add(cells)
    sheet.add_data_validation(validation)


def _items(sheet: Worksheet) -> None:
    for row, item in enumerate(ITEMS, HEADER_ROW + 1):
        _put(sheet, row, 1, item.name)
        choices = " / ".join(item.choices)
        hint = _put(sheet, row, 3, "; ".join(part for part in (choices, item.hint) if part))
        hint.font = _GREY
        hint.alignment = _TOP
        if item.choices:
            _list(sheet, f'"{",".join(item.choices)}"', f"B{row}", strict=True)


def _certificates(sheet: Worksheet) -> None:
    for number, text in enumerate(("List of certificates", "Name", "Levels"), _LIST_AT):
        _put(sheet, HEADER_ROW - 1, number, text).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = (20, 44, 40)[number - _LIST_AT]
    for row, scheme in enumerate(schemes().values(), HEADER_ROW + 1):
        levels = "; ".join(level.name for level in scheme.levels)
        current = "" if scheme.is_current else f" ({scheme.status})"
        for number, text in enumerate((scheme.id, f"{scheme.name}{current}", levels), _LIST_AT):
            _put(sheet, row, number, text).font = _GREY
    sheet.print_area = f"A1:{get_column_letter(_LIST_AT - 2)}{HEADER_ROW + len(schemes())}"


def _page(sheet: Worksheet, layout: Layout) -> None:
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape" if len(layout.columns) > 3 else "portrait"  # noqa: PLR2004 - few columns
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&A, page &P of &N"


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise Bug(f"a merged cell in a template: row {row}, column {column}")
    return safe_cell(cell, text)
