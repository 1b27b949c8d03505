"""Turns one cell into a value, exactly; what could mean two things is refused, never guessed."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from difflib import get_close_matches
from fractions import Fraction

from tendereval.domain.exact import decimal_text, finite_places, to_text
from tendereval.exchange.dates import CellRefusedError, bare_format
from tendereval.exchange.grid import Cell, CellKind

SIGNIFICANT_DIGITS = 15
"""What Excel keeps and shows; anything after it is noise of its binary arithmetic."""
_LARGEST_EXPONENT = 24
_BRITISH = re.compile(
    r"([+-]?)(£?) ?([+-]?)((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)"
    r"(e[+-]?[0-9]{1,3})? ?(%?)",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SHOWN_PLACES = re.compile(r"0(?:\.(0+))?")
WRITE_NUMBER = "Write a plain number such as 12.5."
WRITE_AMOUNT = "Write an amount such as 1250.50 or £1,250.50."


def quoted(text: str) -> str:
    """Return text between quotation marks, shortened to one line for a message."""
    short = " ".join(text.split())
    return f"“{short[:60]}…”" if len(short) > 61 else f"“{short}”"  # noqa: PLR2004 - one line


def key(text: str) -> str:
    """Return what names and references are compared by: trimmed, without case."""
    return text.strip().casefold()


def listed(options: Sequence[str], last: str = "or") -> str:
    """Return the options in words (``a, b or c``)."""
    if len(options) < 2:  # noqa: PLR2004 - two are joined by a word, fewer are not
        return "".join(options)
    return f"{', '.join(options[:-1])} {last} {options[-1]}"


def near(text: str, options: Sequence[str]) -> str:
    """Return the option that the text was probably meant to be, or nothing."""
    by_key = {key(option): option for option in options}
    found = get_close_matches(key(text), by_key, n=1, cutoff=0.7)
    return by_key[found[0]] if found else ""


def check_stored(cell: Cell) -> None:
    """Refuse what no column can take: errors and formulas without a stored result."""
    if cell.kind is CellKind.UNCALCULATED:
        raise CellRefusedError(
            "This is a formula and no result of it is stored.",
            "Open the workbook in Excel or LibreOffice and save it, or type the value.",
        )
    if cell.kind is CellKind.ERROR:
        raise CellRefusedError(f"This cell shows the error {cell.text}.", "Type the value instead.")


def read_text(cell: Cell, *, trimmed: bool = True) -> str:
    """Return the cell as text.

    Args:
        cell: as stored.
        trimmed: False keeps the spaces around long text; blank text is empty either way.

    Raises:
        CellRefusedError: an error, a date (a reference such as 1-2 that became one), or text
            with control characters.
    """
    check_stored(cell)
    if cell.kind is CellKind.DATE:
        raise CellRefusedError(
            "This is a date where text belongs.",
            "Set the cell's format to Text and type it again.",
        )
    if cell.kind is CellKind.NUMBER:
        return _shown(cell)
    if not cell.text.strip():
        return ""
    text = cell.text.strip() if trimmed else cell.text
    control = _CONTROL.search(text)
    if control:
        raise CellRefusedError(
            f"The text holds a control character (U+{ord(control[0]):04X}).",
            "Type the text again without it.",
        )
    return text


def _shown(cell: Cell) -> str:
    value = stored_number(cell)
    if "%" in bare_format(cell.format):
        return decimal_text(value * 100) + "%"
    match = _SHOWN_PLACES.fullmatch(bare_format(cell.format))
    places = finite_places(value) or 0
    if match and match[1] and len(match[1]) > places:
        return to_text(value) + ("" if places else ".") + "0" * (len(match[1]) - places)
    return to_text(value)


def stored_number(cell: Cell) -> Fraction:
    """Return a number cell's value as stored, at most 15 significant digits where not whole.

    Raises:
        CellRefusedError: not a finite number, or far too large to be meant.
    """
    try:
        value = Decimal(cell.text)
    except InvalidOperation:
        raise CellRefusedError(f"{quoted(cell.text)} is not a number.", WRITE_NUMBER) from None
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
        if value == 0:
            return Fraction(0)
        raise CellRefusedError(f"{quoted(cell.text)} is not a usable number.", WRITE_NUMBER)
    if not cell.text.lstrip("+-").isdigit():
        value = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_EVEN).plus(value)
    return Fraction(value)


def read_number(cell: Cell, *, is_amount: bool = False) -> Fraction:
    """Return the number in a cell, exactly; a percentage counts as shown (40% is 40).

    Args:
        cell: as stored.
        is_amount: whether it is money or a quantity, where a percentage makes no sense.

    Raises:
        CellRefusedError: not a number, or one that could mean two.
    """
    check_stored(cell)
    write = WRITE_AMOUNT if is_amount else WRITE_NUMBER
    if cell.kind is CellKind.NUMBER:
        return _from_number(cell, write, is_amount=is_amount)
    if cell.kind is CellKind.DATE:
        raise CellRefusedError("This is a date or a time where a number belongs.", write)
    if cell.kind is CellKind.BOOLEAN:
        raise CellRefusedError(f"{cell.text} is not a number.", write)
    return _from_british(cell.text, write, is_amount=is_amount)


def _from_number(cell: Cell, write: str, *, is_amount: bool) -> Fraction:
    value = stored_number(cell)
    if "%" not in bare_format(cell.format):
        return value
    if is_amount:
        raise CellRefusedError("This is a percentage where an amount belongs.", write)
    return value * 100


def _from_british(text: str, write: str, *, is_amount: bool) -> Fraction:
    match = _BRITISH.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-"))
    if match is None or (match[1] and match[3]) or (match[3] and not match[2]):
        raise CellRefusedError(f"{quoted(text)} is not a number in British notation.", write)
    if match[6] and (is_amount or match[2]):
        raise CellRefusedError(f"{quoted(text)} is a percentage where an amount belongs.", write)
    number = Decimal(match[4].replace(",", "") + (match[5] or ""))
    if number and abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise CellRefusedError(f"{quoted(text)} is not a usable number.", write)
    value = Fraction(number)
    return -value if "-" in (match[1], match[3]) else value


def read_whole(cell: Cell, lowest: int, highest: int) -> int:
    """Return a whole number between two bounds, both included.

    Raises:
        CellRefusedError: anything else.
    """
    write = f"Write a whole number from {lowest} to {highest}."
    try:
        value = read_number(cell)
    except CellRefusedError as refused:
        raise CellRefusedError(refused.wrong, write) from None
    if value.denominator != 1 or not lowest <= value <= highest:
        raise CellRefusedError(f"{decimal_text(value)} is not allowed here.", write)
    return int(value)


def read_yes_no(cell: Cell) -> bool:
    """Return whether the cell says yes.

    Raises:
        CellRefusedError: neither yes nor no.
    """
    check_stored(cell)
    text = key(cell.text) if cell.kind in {CellKind.TEXT, CellKind.BOOLEAN} else ""
    if text in {"yes", "y", "true"}:
        return True
    if text in {"no", "n", "false"}:
        return False
    raise CellRefusedError(f"{quoted(cell.text)} is neither yes nor no.", "Write yes or no.")


def choose(text: str, options: Sequence[str]) -> str:
    """Return the option that the text names, compared without case, in its own spelling.

    Raises:
        CellRefusedError: none of them; the refusal lists them and the nearest.
    """
    for option in options:
        if key(text) == key(option):
            return option
    meant = near(text, options)
    hint = f" Did you mean {meant}?" if meant else ""
    raise CellRefusedError(
        f"{quoted(text)} is not one of the choices.{hint}", f"Write {listed(options)}."
    )
