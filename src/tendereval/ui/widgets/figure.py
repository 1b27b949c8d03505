"""Reads a figure as a person types it; exact, never a float."""

import re
from fractions import Fraction

_FIGURE = re.compile(r"\d{1,6}([.,]\d{1,6})?|[.,]\d{1,6}|\d{0,6}½")


def read_figure(text: str) -> Fraction | None:
    """Return the number typed (``3``, ``2.5``, ``2½``), or None where it is none."""
    typed = text.strip()
    if not _FIGURE.fullmatch(typed):
        return None
    if typed.endswith("½"):
        return Fraction(typed[:-1] or "0") + Fraction(1, 2)
    return Fraction(typed.replace(",", "."))
