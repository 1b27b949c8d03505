"""Writes workbooks of plain cells, whole or not at all; text never becomes a formula.

Every text that the product puts into a workbook goes through ``safe_cell``.
"""

import errno
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tendereval.domain.errors import Bug, DiskFull, ExchangeProblem, FileProblem, ReadOnlyFile
from tendereval.domain.exact import finite_places, rounded_text
from tendereval.exchange.cells import SIGNIFICANT_DIGITS, quoted

Content = str | int | Fraction | date | bool | None
Rows = Iterable[Sequence[Content]]
MAX_TEXT = 32_767
_LONGEST_TITLE = 31
_HOSTILE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_STARTS_FORMULA = tuple("=+-@\t\r\n")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def safe_text(text: str) -> str:
    r"""Return text as a workbook stores it.

    Control characters and others that a workbook cannot hold become visible escapes
    (``\x07``); line ends, tabs and everything else come back unchanged on reading.

    Raises:
        ExchangeProblem: longer than a cell can hold; ``split_text`` makes parts that fit.
    """
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    text = _HOSTILE.sub(lambda match: _visible(match[0]), text).replace("\r", "_x000D_")
    if utf16_length(text) > MAX_TEXT:
        raise ExchangeProblem(
            f"A text of {len(text):,} characters does not fit in one cell: {quoted(text)}",
            f"Shorten it to {MAX_TEXT:,} characters, or use a document instead.",
        )
    return text


def _visible(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"  # noqa: PLR2004 - two digits


def utf16_length(text: str) -> int:
    """Return the length as Excel counts it: characters beyond the basic plane count twice."""
    return len(text) + sum(character > "\uffff" for character in text)


def split_text(text: str) -> list[str]:
    """Return the text in parts that each fit in one cell, cut at a space where there is one."""
    parts = []
    while _does_not_fit(text):
        cut = MAX_TEXT // 2
        while _does_not_fit(text[:cut]):
            cut //= 2
        space = text.rfind(" ", cut // 2, cut)
        cut = space + 1 if space > 0 else cut
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]


def _does_not_fit(text: str) -> bool:
    try:
        safe_text(text)
    except ExchangeProblem:
        return True
    return False


def safe_cell(cell: Cell, text: str) -> Cell:
    """Put text into a cell so that no program takes it for a formula, an error or a link.

    Raises:
        ExchangeProblem: longer than a cell can hold.
    """
    cell.value = safe_text(text)
    if text:
        # The library would make a formula of "=…" and an error of "#N/A".
        cell.data_type = "s"
    if text.startswith(_STARTS_FORMULA):
        cell.quotePrefix = True
    return cell


def number_cell(cell: Cell, value: Fraction) -> Cell:
    """Put a number into a cell: as a number where Excel can hold it exactly, else as text.

    A number without a finite expansion (1/3) is written with the 15 digits that Excel keeps.
    """
    places = finite_places(value)
    if places is None:
        whole = len(str(abs(int(value))))
        cell.value = Decimal(rounded_text(value, max(0, SIGNIFICANT_DIGITS - whole)))
        return cell
    exact = rounded_text(value, places)
    if len(exact.strip("-0.").replace(".", "")) > SIGNIFICANT_DIGITS:
        return safe_cell(cell, exact)
    cell.value = Decimal(exact)
    return cell


def safe_title(title: str, taken: Iterable[str] = ()) -> str:
    """Return a sheet name that a workbook allows and that none of ``taken`` has."""
    plain = _NOT_IN_TITLE.sub("-", title).strip("' ") or "Sheet"
    others = {other.casefold() for other in taken}
    found, number = plain[:_LONGEST_TITLE], 1
    while found.casefold() in others:
        number += 1
        found = f"{plain[: _LONGEST_TITLE - 5]} ({number})"
    return found


def write_rows(path: Path, sheets: Mapping[str, tuple[Sequence[str], Rows]]) -> None:
    """Write a plain workbook, replacing what is at ``path`` only once it is complete.

    Args:
        path: where to write.
        sheets: by sheet name the headings and the rows; yes and no for truth values.

    Raises:
        ExchangeProblem: a text is longer than a cell can hold.
        FileProblem: the file cannot be written there.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, (header, rows) in sheets.items():
        sheet = book.create_sheet(safe_title(title, book.sheetnames))
        sheet.freeze_panes = "A2"
        for column, text in enumerate(header, 1):
            safe_cell(_at(sheet, 1, column), text).font = Font(bold=True)
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                if value is not None:
                    _fill(_at(sheet, number, column), value)
    save(path, book)


def _at(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise Bug(f"a merged cell in a plain sheet: row {row}, column {column}")
    return cell


def _fill(cell: Cell, value: str | int | Fraction | date) -> None:
    if isinstance(value, bool):
        safe_cell(cell, "yes" if value else "no")
    elif isinstance(value, str):
        safe_cell(cell, value)
    elif isinstance(value, int | Fraction):
        number_cell(cell, Fraction(value))
    else:
        cell.value = value
        cell.number_format = "d mmmm yyyy"


def save(path: Path, book: Workbook) -> None:
    """Save a workbook whole or not at all.

    Raises:
        FileProblem: the file cannot be written there.
    """
    write_whole(path, book.save)


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a file beside ``path`` and put it there once it is complete.

    Raises:
        FileProblem: the file cannot be written there; what was there is still there.
    """
    temporary = None
    try:
        handle, name = tempfile.mkstemp(prefix=".writing-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise _refusal(path, error) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _refusal(path: Path, error: OSError) -> FileProblem:
    if error.errno == errno.ENOSPC:
        return DiskFull(f"There is no room left for {path.name!r}.", "Free some space.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return ReadOnlyFile(
            f"The file {path.name!r} cannot be written there.",
            "Close it in other programs, or choose another folder.",
        )
    return FileProblem(
        f"The file {path.name!r} could not be written ({error.strerror or 'unknown reason'}).",
        "Check that the folder exists, or choose another.",
    )
