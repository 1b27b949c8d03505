"""The files of a folder and its subfolders, within limits; follows no link and reads no content."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tendereval.domain.errors import FileProblem, UnreadableDocument
from tendereval.services.documents_out import clean_name

MOST_FILES: Final = 4_000
MOST_BYTES: Final = 1024 * 1024 * 1024
LARGEST_FILE: Final = 100 * 1024 * 1024
_DEEPEST: Final = 12
_HIDDEN: Final = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_TEMPORARY: Final = (".tmp", ".temp", ".part", ".crdownload", ".download", ".bak", "~")


@dataclass(frozen=True, slots=True)
class FileFound:
    """One file.

    Attributes:
        location: where it lies.
        shown: its path from the folder that was chosen, with ``/``, every character visible.
        size: in bytes.
    """

    location: Path
    shown: str
    size: int

    @property
    def name(self) -> str:
        """Its name without any folder."""
        return self.shown.rpartition("/")[2]


def walk(folder: Path) -> tuple[tuple[FileFound, ...], tuple[str, ...]]:
    """Return the files of a folder by path, and what was passed over, one sentence each.

    Raises:
        FileProblem: it cannot be read, or holds far more than tenders do.
    """
    passed: Counter[str] = Counter()
    try:
        files = sorted(_files(folder, folder, 0, passed), key=lambda item: item.shown.casefold())
    except OSError as error:
        raise FileProblem(
            f"The folder {clean_name(folder.name)} cannot be read.", "Choose a folder you may read."
        ) from error
    total = sum(item.size for item in files)
    if total > MOST_BYTES:
        raise FileProblem(
            f"The folder holds {total // 1024**2:,} MB, more than {MOST_BYTES // 1024**2:,}.",
            "Choose one bidder's folder at a time.",
        )
    return tuple(files), tuple(_sentence(why, number) for why, number in passed.items())


def _files(folder: Path, top: Path, depth: int, passed: Counter[str]) -> Iterator[FileFound]:
    with os.scandir(folder) as entries:
        inside = list(entries)
    number = 0
    for entry in inside:
        why = _why_not(entry, depth)
        if why:
            passed[why] += 1
        elif entry.is_dir(follow_symlinks=False):
            try:
                deeper = list(_files(Path(entry.path), top, depth + 1, passed))
            except PermissionError:
                passed["that may not be read"] += 1
                continue
            number += len(deeper)
            yield from deeper
        else:
            number += 1
            location = Path(entry.path)
            shown = "/".join(clean_name(part) for part in location.relative_to(top).parts)
            yield FileFound(location, shown, entry.stat(follow_symlinks=False).st_size)
        if number > MOST_FILES:
            raise FileProblem(
                f"The folder holds more than {MOST_FILES:,} files.",
                "Choose one bidder's folder at a time.",
            )


def _why_not(entry: os.DirEntry[str], depth: int) -> str:
    name = entry.name.casefold()
    if name.startswith(".") or name in _HIDDEN:
        return "hidden"
    if name.startswith("~") or name.endswith(_TEMPORARY):
        return "temporary"
    if entry.is_symlink() or not (entry.is_dir() or entry.is_file()):
        return "linked"
    if entry.is_dir():
        return "nested too deep" if depth >= _DEEPEST else ""
    size = entry.stat(follow_symlinks=False).st_size
    if not size:
        return "empty"
    return f"over {LARGEST_FILE // 1024**2} MB" if size > LARGEST_FILE else ""


def _sentence(why: str, number: int) -> str:
    if why in {"hidden", "temporary", "empty", "linked"}:
        return f"{number} {why} file{'s' if number > 1 else ''} passed over."
    return f"{number} file{'s' if number > 1 else ''} {why} passed over."


def read_whole(file: FileFound) -> bytes:
    """Return the bytes of a file, never more than the largest that is taken.

    Raises:
        UnreadableDocument: it cannot be read, or grew beyond the limit.
    """
    try:
        with file.location.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise UnreadableDocument(
            "It cannot be read.", "Close it in other programs and check that you may read it."
        ) from error
    if len(content) > LARGEST_FILE:
        raise UnreadableDocument("It is too large.", "Ask for a smaller copy.")
    return content
