"""What a file's cells must hold to be believed; says so where they hold something else.

SQLite checks no types, so a damaged or doctored file may bring a blob, a number or nothing
where a text belongs. Knows no tables.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from types import FunctionType
from typing import Final, ParamSpec, TypeVar

import msgspec
from sqlalchemy.exc import MultipleResultsFound, NoResultFound

from tendereval.domain.errors import Bug, ExchangeProblem

C = TypeVar("C")
P = ParamSpec("P")
R = TypeVar("R")


class Unreadable(Exception):
    """A stored value cannot be what was written; ``plain_words`` makes a refusal of it."""


NOT_CONTENT: Final = (
    ValueError,
    KeyError,
    OverflowError,
    RecursionError,
    msgspec.MsgspecError,
    NoResultFound,
    MultipleResultsFound,
    Bug,  # number text that is not exact: files hold nothing else
)
"""What goes wrong while content that is not ours is made into domain values."""


def words(value: object) -> str:
    """Return a cell that must hold a text."""
    if isinstance(value, str):
        return value
    raise ValueError("a text is something else")


def whole(value: object) -> int:
    """Return a cell that must hold a whole number."""
    if isinstance(value, int):
        return value
    raise ValueError("a whole number is something else")


def flag(value: object) -> bool:
    """Return a cell that must hold 0 or 1."""
    if value in (0, 1) and isinstance(value, int):
        return bool(value)
    raise ValueError("a yes or no is something else")


def content(value: object) -> bytes:
    """Return a cell that must hold bytes."""
    if isinstance(value, bytes):
        return value
    raise ValueError("a document's content is something else")


def reads_content(asked: Callable[P, R]) -> Callable[P, R]:
    """Let a function that only makes domain values of stored ones say ``Unreadable``."""

    @wraps(asked)
    def told(*args: P.args, **named: P.kwargs) -> R:
        try:
            return asked(*args, **named)
        except UnicodeEncodeError:
            raise  # the question, not the file, holds half a character
        except NOT_CONTENT as error:
            raise Unreadable(str(error)) from error

    return told


def every_question(cls: type[C]) -> type[C]:
    """Apply ``reads_content`` to each public method of a class of questions to a file."""
    for name, member in _methods(cls):
        setattr(cls, name, reads_content(member))
    return cls


def _methods(cls: type[C]) -> Iterable[tuple[str, FunctionType]]:
    return [
        (name, member)
        for name, member in vars(cls).items()
        if isinstance(member, FunctionType) and not name.startswith("_")
    ]


def half_a_character(error: UnicodeEncodeError) -> ExchangeProblem:
    """Return the refusal of a text with a lone surrogate; UTF-8 has no form for one."""
    before = str(error.object)[max(0, error.start - 20) : error.start]
    where = f"after “{before}”" if before else "at the beginning"
    return ExchangeProblem(
        f"A text holds half of a character ({where}), which cannot be saved.",
        "Delete that spot and type or paste it again.",
    )
