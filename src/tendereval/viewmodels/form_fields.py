"""Fields of a form: what is shown, how typed text becomes a value, and what is wrong with it.

Nothing here knows a widget; a form asks each field for its text and hands back what was typed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar, cast

from tendereval.domain.exact import decimal_text, money
from tendereval.exchange.cells import read_number
from tendereval.exchange.dates import CellRefusedError, read_date, read_moment
from tendereval.exchange.grid import Cell, CellKind

T = TypeVar("T")
Choices = tuple[tuple[str, str, bool], ...]
"""Value as text, words for people, and whether it may be chosen now."""
_replace = cast("Callable[..., object]", replace)


class Unreadable(Exception):
    """What was typed cannot be read; the sentence stands under the field."""


class Shape(StrEnum):
    """How a field looks."""

    LINE = "line"
    LONG = "long"
    CHOICE = "choice"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class FormField(Generic[T]):
    """One field of a form on a frozen value.

    Attributes:
        name: of the attribute it changes.
        label: what people read above it.
        shown: text of the value.
        put: returns the value changed by what was typed; raises ``Unreadable``.
        width: in letters; 0 takes what there is.
        group: heading over it, said once by its first field.
    """

    name: str
    label: str
    shown: Callable[[T], str]
    put: Callable[[T, str], T]
    shape: Shape = Shape.LINE
    choices: Choices = ()
    hint: str = ""
    optional: bool = False
    width: int = 0
    group: str = ""


def changed(thing: T, name: str, value: object) -> T:
    """Return a frozen value with one attribute changed."""
    return cast("T", _replace(thing, **{name: value}))


def attribute(
    of: type[T],
    name: str,
    label: str,
    show: Callable[[object], str] = str,
    read: Callable[[str], object] = str.strip,
    **more: object,
) -> FormField[T]:
    """Return a field on one attribute; None is shown as nothing.

    Args:
        of: the frozen class that has it.
        name: of the attribute.
        label: over the field.
        show: writes the value.
        read: reads what was typed; raises ``Unreadable``.
        more: further attributes of the field.
    """

    def shown(thing: T) -> str:
        value = getattr(thing, name)
        return "" if value is None else show(value)

    def put(thing: T, text: str) -> T:
        return changed(thing, name, read(text))

    del of
    make = cast("Callable[..., FormField[T]]", FormField)
    return make(name, label, shown, put, **more)


def read_decimal(text: str) -> Fraction | None:
    """Read a number in British notation; blank is none.

    Raises:
        Unreadable: not a number.
    """
    return _read(text, read_number)


def read_amount(text: str) -> Fraction | None:
    """Read an amount of money; blank is none.

    Raises:
        Unreadable: not an amount.
    """
    return _read(text, lambda cell: read_number(cell, is_amount=True))


def read_count(text: str) -> int | None:
    """Read a whole number from 0 up; blank is none.

    Raises:
        Unreadable: anything else.
    """
    value = read_decimal(text)
    if value is not None and (value.denominator != 1 or value < 0):
        raise Unreadable(f"{decimal_text(value)} is not a whole number from 0 up.")
    return None if value is None else int(value)


def read_day(text: str) -> date | None:
    """Read a date such as 23 November 2026; blank is none.

    Raises:
        Unreadable: not a date.
    """
    return _read(text, read_date)


def read_time(text: str) -> datetime | None:
    """Read a date with its time of day; blank is none.

    Raises:
        Unreadable: not a date, or without a time.
    """

    def with_time(cell: Cell) -> datetime:
        moment = read_moment(cell)
        if not moment.has_time:
            raise CellRefusedError("The time of day is missing.", "Write it after the date: 12:00.")
        return moment.at

    return _read(text, with_time)


def _read(text: str, read: Callable[[Cell], T]) -> T | None:
    if not text.strip():
        return None
    try:
        return read(Cell(CellKind.TEXT, text.strip()))
    except CellRefusedError as refused:
        raise Unreadable(f"{refused.wrong} {refused.write}") from None


def show_number(value: object) -> str:
    """Write a number as people type it."""
    return decimal_text(value) if isinstance(value, Fraction) else str(value)


def show_amount(value: object) -> str:
    """Write an amount with its thousands."""
    return money(value) if isinstance(value, Fraction) else str(value)


def show_day(value: object) -> str:
    """Write a date as 23 November 2026."""
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else str(value)


def show_time(value: object) -> str:
    """Write a moment as 23 November 2026 12:00."""
    return f"{show_day(value)} {value:%H:%M}" if isinstance(value, datetime) else str(value)


def choices_of(
    kinds: type[StrEnum],
    blank: str = "Not chosen",
    supported: Sequence[StrEnum] | None = None,
    words: Callable[[StrEnum], str] = str,
) -> Choices:
    """Return the members as choices, after a blank one; what is not supported says so."""
    items: list[tuple[str, str, bool]] = [("", blank, True)] if blank else []
    for one in kinds:
        works = supported is None or one in supported
        items.append(
            (str(one), words(one) if works else f"{words(one)} (not yet supported)", works)
        )
    return tuple(items)


def capital(text: StrEnum) -> str:
    """Return a value with a capital first letter and the rest as it stands (``NHS``)."""
    return text[:1].upper() + text[1:]


def chooser(kinds: type[StrEnum]) -> Callable[[str], StrEnum | None]:
    """Return what reads a choice; blank is none."""
    return lambda text: kinds(text) if text else None


def yes_or_no(text: str) -> bool | None:
    """Read yes, no or blank."""
    return {"yes": True, "no": False}.get(text)


def show_yes_or_no(value: object) -> str:
    """Write yes or no."""
    return "yes" if value else "no"


YES_OR_NO: Choices = (("", "Not said", True), ("yes", "Yes", True), ("no", "No", True))
