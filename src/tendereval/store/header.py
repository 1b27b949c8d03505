"""Recognise a tender file by the first hundred bytes, before anything opens it."""

from pathlib import Path
from typing import Final

from tendereval.domain.errors import FileProblem, NewerFile, NotATenderFile
from tendereval.store import schema
from tendereval.store.connection import APPLICATION_IDS, FileKind, damaged, odd_name, os_problem

_MAGIC: Final = b"SQLite format 3\0"
_HEADER: Final = 100
_ROLLBACK_JOURNAL: Final = bytes((1, 1))


def file_version(path: Path) -> tuple[int, int]:
    """Return major and minor version of a tender file.

    Raises:
        FileProblem: it is not there or may not be read.
        NotATenderFile: it is some other kind of file.
        NewerFile: a newer version of the product wrote it.
        DamagedFile: the header contradicts itself.
    """
    head = _header(path)
    if not head:
        raise NotATenderFile(
            f"{path.name} is empty.", "If making it was interrupted, delete it and make it again."
        )
    if len(head) < _HEADER or not head.startswith(_MAGIC):
        raise NotATenderFile(
            f"{path.name} is not a tender file.", "Choose a file made by tendereval."
        )
    if int.from_bytes(head[68:72]) not in APPLICATION_IDS.values():
        raise NotATenderFile(
            f"{path.name} is a database of another program.", "Choose a file made by tendereval."
        )
    version = schema.unpacked(int.from_bytes(head[60:64], signed=True))
    if version[0] > schema.MAJOR:
        raise NewerFile(
            f"{path.name} was written by a newer version of tendereval (file version "
            f"{schema.in_words(version)}; this one reads up to {schema.MAJOR}).",
            "Open it with the newer version.",
        )
    if version[0] < 1:
        raise damaged(path, "its header names a file version that never was")
    if head[18:20] != _ROLLBACK_JOURNAL:
        # In that mode the newest changes may lie in a second file that was not copied along.
        raise damaged(path, "another program changed the way it is saved")
    return version


def file_kind(path: Path) -> FileKind | None:
    """Return which of our files it says it is; None for any other, and where none is there."""
    try:
        head = _header(path)
    except FileProblem:
        return None
    own = int.from_bytes(head[68:72]) if head.startswith(_MAGIC) else 0
    return next((kind for kind, known in APPLICATION_IDS.items() if known == own), None)


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEADER)
    except OSError as error:
        raise os_problem(path, error) from error
    except ValueError as error:
        raise odd_name(path) from error
