"""Dated back-ups beside a tender file; the last five are kept."""

import re
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from tendereval.store.connection import address, plain_words

KEPT_BACKUPS: Final = 5


def back_up(path: Path, version: str, at: datetime) -> Path:
    """Copy a tender file beside itself as ``NAME.vVERSION.DATE.tender``.

    Args:
        path: the file.
        version: its file version, major.minor.
        at: the moment that the name carries.

    Returns:
        Where the copy lies. Older back-ups of the file beyond the last five are removed.

    Raises:
        FileProblem: no room, or the folder may not be written.
    """
    stamp = at.strftime("%Y-%m-%dT%H%M%S")
    target = path.with_name(f"{path.stem}.v{version}.{stamp}{path.suffix}")
    with plain_words(path):
        _clear(path)
        try:
            _copy(path, target)
        except BaseException:
            _clear(path)
            raise
        for old in backups(path)[:-KEPT_BACKUPS]:
            old.unlink(missing_ok=True)
    return target


def copy_to(path: Path, target: Path) -> Path:
    """Copy a tender file to another place; what was there stays until the copy is whole.

    Raises:
        FileProblem: no room, or the folder may not be written.
    """
    with plain_words(target):
        try:
            _copy(path, target)
        except BaseException:
            for ending in (".part", ".part-journal"):
                target.with_name(f"{target.name}{ending}").unlink(missing_ok=True)
            raise
    return target


def _copy(path: Path, target: Path) -> None:
    partial = target.with_name(f"{target.name}.part")
    with (
        closing(sqlite3.connect(address(path.absolute(), "ro"), uri=True)) as source,
        closing(sqlite3.connect(address(partial.absolute(), "rwc"), uri=True)) as copy,
    ):
        source.backup(copy)
    partial.replace(target)


def _clear(path: Path) -> None:
    """Remove what a back-up that was cut short left behind, its journal included."""
    for item in _named(path, r"\.part(?:-journal)?"):
        item.unlink(missing_ok=True)


def backups(path: Path) -> list[Path]:
    """Return the back-ups of a file, oldest first."""
    return _named(path)


def _named(path: Path, ending: str = "") -> list[Path]:
    name = re.compile(
        re.escape(path.stem)
        + r"\.v\d+\.\d+\.(\d{4}-\d\d-\d\dT\d{6})"
        + re.escape(path.suffix)
        + ending
    )
    found = [
        (match[1], item) for item in path.parent.iterdir() if (match := name.fullmatch(item.name))
    ]
    return [item for _stamp, item in sorted(found)]
