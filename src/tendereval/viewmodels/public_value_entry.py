"""One piece of typing on the Public value screen: its fields, what it teaches, how it is recorded.

Nothing is recorded before the button is pressed; a refusal leaves everything as it was typed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from tendereval.domain.exact import decimal_text
from tendereval.viewmodels.form_fields import (
    FormField,
    Shape,
    Unreadable,
    read_decimal,
)

Typed = Mapping[str, str]
"""What stands in the fields, by their names."""

REASON: Final = "reason"
_HUNDRED: Final = 100


def _teaches_nothing(_typed: Typed) -> tuple[str, ...]:
    return ()


def _offers_nothing(_typed: Typed) -> Mapping[str, tuple[str, ...]]:
    return {}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page with fields and one button.

    Attributes:
        verb: on the button.
        record: takes what was typed; raises ``UserFixable`` or ``Unreadable``.
        teaches: sentences that follow from what stands in the fields.
        offers: words to choose from while typing, by field.
    """

    title: str
    under: str
    fields: tuple[FormField[Typed], ...]
    shown: Typed
    verb: str
    record: Callable[[Typed], object]
    teaches: Callable[[Typed], tuple[str, ...]] = _teaches_nothing
    offers: Callable[[Typed], Mapping[str, tuple[str, ...]]] = field(default=_offers_nothing)


def typed_field(
    name: str,
    label: str,
    read: Callable[[str], object] = str.strip,
    **more: object,
) -> FormField[Typed]:
    """Return a field kept as it was typed, once it can be read.

    Args:
        name: under which its text is kept.
        label: over the field.
        read: raises ``Unreadable``.
        more: further attributes of the field.
    """

    def put(typed: Typed, text: str) -> Typed:
        read(text)
        return {**typed, name: text}

    make: Callable[..., FormField[Typed]] = FormField
    return make(name, label, lambda typed: typed.get(name, ""), put, **more)


def long_field(
    name: str, label: str, hint: str = "", *, optional: bool = False
) -> FormField[Typed]:
    """Return a field of several lines."""
    return typed_field(name, label, shape=Shape.LONG, hint=hint, optional=optional)


def reason_field(
    *, optional: bool = False, hint: str = "It is kept in the record."
) -> FormField[Typed]:
    """Return the field for why."""
    return long_field(REASON, "Reason", hint, optional=optional)


def read_percent(text: str) -> Fraction | None:
    """Read a share written as ``1`` or ``1%``; blank is none.

    Raises:
        Unreadable: not a number.
    """
    found = read_decimal(text.strip().removesuffix("%"))
    return None if found is None else found / _HUNDRED


def show_percent(share: Fraction | None) -> str:
    """Write a share as ``1%``; none as nothing."""
    return "" if share is None else f"{decimal_text(share * _HUNDRED)}%"


def must_be_said(text: str, what: str) -> str:
    """Return a text that is not blank.

    Raises:
        Unreadable: it is.
    """
    if not text.strip():
        raise Unreadable(f"{what} is missing.")
    return text.strip()
