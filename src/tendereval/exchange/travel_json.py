"""JSON that travels between laptops: written in one way only, read within bounds.

Numbers are exact decimal text, moments carry their offset. Knows no file, no key and no seal.
"""

import gc
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeVar

import msgspec

from tendereval.domain.errors import Bug, ExchangeProblem, NewerPack, UnreadablePack
from tendereval.domain.exact import from_text, to_text

T = TypeVar("T")

MAJOR: Final = 1
MINOR: Final = 0
MAX_BYTES: Final = 64 * 1024 * 1024
MAX_DEPTH: Final = 12
MAX_ITEMS: Final = 2_000_000
"""Members and elements together; far more than any tender needs."""
ASK_AGAIN: Final = "Ask the sender for a fresh copy."
_LONGEST_NUMBER: Final = 64
_HEAD: Final = b'{"content":'
_FIRST_YEAR, _LAST_YEAR = 1970, 9000
_TEXT: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_BRACKET: Final = re.compile(rb"[\[{\]}]")
_BROKEN: Final = (msgspec.MsgspecError, UnicodeError, RecursionError, OverflowError)


class _Envelope(msgspec.Struct, frozen=True):
    """What every kind of file says about itself, around its content."""

    format: str
    major: int
    minor: int
    content: msgspec.Raw


def _encode(value: object) -> object:
    if isinstance(value, Fraction):
        return _decimal(*value.as_integer_ratio())
    raise TypeError(f"no text form for {type(value).__name__}")


@lru_cache(maxsize=4096)
def _decimal(numerator: int, denominator: int) -> str:
    return to_text(Fraction(numerator, denominator))


def _decode(kind: type, value: object) -> object:
    if kind is Fraction and isinstance(value, str):
        return _exact(value)
    raise ValueError(f"not a {kind.__name__}")


@lru_cache(maxsize=4096)
def _exact(text: str) -> Fraction:
    if len(text) > _LONGEST_NUMBER:
        raise ValueError("a number longer than any that is typed")
    try:
        return from_text(text)
    except Bug as error:
        raise ValueError("not an exact number") from error


_ENCODER: Final = msgspec.json.Encoder(enc_hook=_encode, order="sorted")


def encode(file_format: str, content: object, minor: int = MINOR) -> bytes:
    """Write a frozen value: keys sorted, no spaces, UTF-8, every character as itself.

    Args:
        file_format: what kind of file it is for; stands in the text.
        content: a frozen dataclass of the domain.
        minor: of the format, where it has grown since the first version.

    Raises:
        ExchangeProblem: a text in it holds half a character, which UTF-8 cannot write.
    """
    try:
        return _encoded(file_format, content, minor)
    except UnicodeEncodeError as error:
        raise _half_a_character(error) from error


def _encoded(file_format: str, content: object, minor: int) -> bytes:
    inner = msgspec.Raw(_ENCODER.encode(content))
    return _ENCODER.encode(_Envelope(file_format, MAJOR, minor, inner))


def decode(
    data: bytes,
    file_format: str,
    kind: type[T],
    what: str,
    minor: int = MINOR,
    *,
    later: bool = True,
) -> T:
    """Read what ``encode`` wrote, of this version or of an older one.

    Args:
        data: the bytes; anything at all may be in them. ``bounded`` says whether they are
            worth reading; ask it first where the sender is not known.
        file_format: what kind of file is expected.
        kind: the type of the content.
        what: what the reader calls the file (``return``).
        minor: newest minor version of the format that is known.
        later: whether a later minor version is read too, and what it adds left aside.

    Returns:
        The content. Other bytes than ``encode`` would write for it are never accepted.

    Raises:
        NewerPack: a newer version of the product wrote it.
        UnreadablePack: not such a file, damaged, or past a bound.
    """
    # The newest version stands in one frame, so that nothing need be parsed or written twice.
    tail = f',"format":"{file_format}","major":{MAJOR},"minor":{minor}}}'.encode("ascii")
    if data.startswith(_HEAD) and data.endswith(tail):
        return _content(data, (len(_HEAD), len(data) - len(tail)), kind, what)
    try:
        envelope = msgspec.json.decode(data, type=_Envelope)
    except _BROKEN as error:
        raise damaged(what) from error
    if envelope.format != file_format:
        raise UnreadablePack(f"The file is not a {what}.", "Choose another file.")
    if envelope.major > MAJOR or (envelope.minor > minor and not later):
        raise newer(what)
    # What names this version and stands in another frame was not written by it.
    if envelope.major < 1 or envelope.minor < 0 or envelope.minor == minor:
        raise damaged(what)
    try:
        content = _typed(envelope.content, kind)
        again = _written_again(data)
    except _BROKEN as error:
        raise damaged(what) from error
    if again != data:
        raise damaged(what)
    return content


def _typed(data: memoryview | msgspec.Raw, kind: type[T]) -> T:
    # Nothing that is read refers back to itself; looking for that among hundreds of thousands
    # of new values would cost as much as reading them.
    collects = gc.isenabled()
    gc.disable()
    try:
        return msgspec.json.decode(data, type=kind, dec_hook=_decode)
    finally:
        if collects:
            gc.enable()


def _content(data: bytes, span: tuple[int, int], kind: type[T], what: str) -> T:
    start, end = span
    try:
        content = _typed(memoryview(data)[start:end], kind)
        again = _ENCODER.encode(content)
    except _BROKEN as error:
        raise damaged(what) from error
    if len(again) != end - start or not data.startswith(again, start):
        raise damaged(what)
    return content


def decode_known(data: bytes, kind: type[T], what: str) -> T:
    """Read bytes that ``decode`` has read before and found to be as they should."""
    try:
        envelope = msgspec.json.decode(data, type=_Envelope)
        return _typed(envelope.content, kind)
    except _BROKEN as error:
        raise damaged(what) from error


def _written_again(data: bytes) -> bytes:
    # An older minor version holds less than this one writes, a later one may hold more.
    bounded(data, "file")
    return _ENCODER.encode(msgspec.json.decode(data))


def bounded(data: bytes, what: str, limit: int = MAX_BYTES) -> None:
    """Refuse a text that would cost far more than it can be worth, before it is read.

    Args:
        data: the bytes, JSON or not.
        what: what the reader calls the file.
        limit: most bytes.

    Raises:
        UnreadablePack: longer than ``limit``, deeper than ``MAX_DEPTH`` or of more than
            ``MAX_ITEMS`` parts.
    """
    if len(data) > limit:
        raise too_much(what)
    bare = _TEXT.sub(b"", data)
    items = bare.count(b",") + bare.count(b"[") + bare.count(b"{")
    if items > MAX_ITEMS or any(depth > MAX_DEPTH for depth in _depths(bare)):
        raise too_much(what)


def _depths(bare: bytes) -> Iterator[int]:
    depth = 0
    for found in _BRACKET.finditer(bare):
        depth += 1 if found[0] in b"[{" else -1
        yield depth


def check_moments(value: object, what: str) -> None:
    """Refuse a moment without its offset, or in a year that nobody works in.

    Args:
        value: frozen dataclasses and tuples of them.
        what: what the reader calls the file.

    Raises:
        UnreadablePack: there is one.
    """
    if isinstance(value, datetime):
        check_moment(value, what)
    elif isinstance(value, tuple):
        for item in value:
            check_moments(item, what)
    elif is_dataclass(value):
        for field in fields(value):
            check_moments(getattr(value, field.name), what)


def check_moment(at: datetime, what: str) -> None:
    """Refuse a moment without its offset, or in a year that nobody works in.

    Raises:
        UnreadablePack: it is one.
    """
    if at.tzinfo is None or not _FIRST_YEAR < at.year < _LAST_YEAR:
        raise damaged(what)


def damaged(what: str) -> UnreadablePack:
    """Return the refusal of a file whose content is not what was written."""
    return UnreadablePack(f"The {what} is damaged or incomplete.", ASK_AGAIN)


def too_much(what: str) -> UnreadablePack:
    """Return the refusal of a file that holds more than the product reads."""
    return UnreadablePack(
        f"The {what} holds far more than a tender needs, so it is not read.", ASK_AGAIN
    )


def newer(what: str) -> NewerPack:
    """Return the refusal of a file of a later major version."""
    return NewerPack(
        f"A newer version of this program made the {what}.",
        "Update the program on this computer, then open it again.",
    )


def _half_a_character(error: UnicodeEncodeError) -> ExchangeProblem:
    before = str(error.object)[max(0, error.start - 20) : error.start]
    where = f"after “{before}”" if before else "at the beginning"
    return ExchangeProblem(
        f"A text holds half of a character ({where}), which cannot be sent.",
        "Delete that spot and type or paste it again.",
    )
