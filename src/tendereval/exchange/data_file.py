"""A file of dated facts as it travels: what it says of itself, its checksum, its version.

Knows no dataset; what a file must hold is said in ``public_value_data``.
"""

import hashlib
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from tendereval.domain.errors import ExchangeProblem, NewerPack

T = TypeVar("T")

SCHEMA: Final = 1
LARGEST: Final = 4 * 1024 * 1024
"""No data file is longer, in bytes."""

_LONGEST_CHECKSUM: Final = 1024


class DataHead(msgspec.Struct, frozen=True):
    """What a data file says of itself: schema, version, what it is, when it was gathered."""

    schema: int
    version: str
    dataset: str = ""
    retrieved: str = ""


def head(text: str) -> DataHead:
    """Return what a data file says of itself.

    Raises:
        ExchangeProblem: it is no data file of ours.
        NewerPack: a newer version of the product wrote it.
    """
    found = decoded(text, DataHead)
    if found.schema > SCHEMA:
        raise NewerPack(
            "The data file was made for a newer version of tendereval.",
            "Bring tendereval up to date, then import it.",
        )
    if not found.version.strip():
        raise no_data("it does not say its version")
    version_key(found.version)
    return found


def version_key(version: str) -> tuple[date, str]:
    """Return what versions are compared by: their day, and whatever follows it.

    Raises:
        ExchangeProblem: the version does not begin with a day (``2026-11-23``).
    """
    try:
        return date.fromisoformat(version[:10]), version[10:]
    except ValueError as error:
        raise no_data(f"its version {version[:40]!r} does not begin with a day") from error


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 (hex) by which a data file is known."""
    return hashlib.sha256(data).hexdigest()


def read_pack(path: Path) -> tuple[str, str]:
    """Return a data file's text and its SHA-256.

    Raises:
        ExchangeProblem: it cannot be read, is too large or is no text.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise ExchangeProblem(
            f"{path.name} cannot be read: {error.strerror or error}.", "Choose another file."
        ) from error
    if len(data) > LARGEST:
        raise no_data("it is larger than any data file is")
    try:
        return data.decode("utf-8"), sha256_of(data)
    except UnicodeDecodeError as error:
        raise no_data("it is no text") from error


def checksum_beside(path: Path) -> str:
    """Return the checksum in a file ``NAME.sha256`` beside a data file; empty where none is."""
    beside = path.with_name(f"{path.name}.sha256")
    try:
        with beside.open("rb") as stream:
            found = stream.read(_LONGEST_CHECKSUM).decode("utf-8", "replace").split()
    except OSError:
        return ""
    return found[0] if found else ""


def decoded(text: str, kind: type[T]) -> T:
    """Return a file's text as a typed value.

    Raises:
        ExchangeProblem: it does not fit the type.
    """
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > LARGEST:
        raise no_data("it is larger than any data file is")
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise no_data(str(error).rstrip(".")) from error


def no_data(why: str) -> ExchangeProblem:
    """Return the refusal of a file, which says why."""
    return ExchangeProblem(
        f"This is not a data file that can be used: {why}.",
        "Import a data file for tendereval, unaltered.",
    )
