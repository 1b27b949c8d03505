"""Files that travel appear whole or not at all; says in plain words what the disk refuses."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from tendereval.domain.errors import (
    DiskFull,
    FileExists,
    FileProblem,
    ReadOnlyFile,
    UnreadablePack,
)

_NEW: Final = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
_OWNER_ONLY: Final = 0o600
_EVERYBODY: Final = 0o666  # less what the machine's own mask takes away


@contextmanager
def appearing(path: Path) -> Iterator[BinaryIO]:
    """Write a file beside its place and put it there once it is complete.

    Args:
        path: in an existing folder; an older file is replaced.

    Raises:
        FileProblem: no room, no folder, or no right to write. An older file is still there.
    """
    with _plain_words(path), _partial(path, _EVERYBODY) as (partial, stream):
        yield stream
        _finish(stream)
        partial.replace(path)


@contextmanager
def appearing_once(path: Path) -> Iterator[BinaryIO]:
    """Write a new file that only its owner may read, never over another one.

    Raises:
        FileExists: there is a file of that name.
        FileProblem: no room, no folder, or no right to write.
    """
    if _is_there(path):
        raise _exists(path)
    with _plain_words(path), _partial(path, _OWNER_ONLY) as (partial, stream):
        yield stream
        _finish(stream)
        _put(partial, path)


def _put(partial: Path, path: Path) -> None:
    try:
        path.hardlink_to(partial)
    except FileExistsError:
        raise _exists(path) from None
    except OSError:  # a disk that knows no second name for a file
        if _is_there(path):
            raise _exists(path) from None
        partial.replace(path)
    else:
        partial.unlink()


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


@contextmanager
def _partial(path: Path, mode: int) -> Iterator[tuple[Path, BinaryIO]]:
    partial = path.with_name(f".writing-{secrets.token_hex(8)}")
    number = os.open(partial, _NEW, mode)
    try:
        with os.fdopen(number, "wb") as stream:
            yield partial, stream
    finally:
        partial.unlink(missing_ok=True)


def _finish(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())
    stream.close()  # an open file is not renamed on every system


@contextmanager
def _plain_words(path: Path) -> Iterator[None]:
    if "\0" in str(path):
        raise FileProblem("No file can have that name.", "Choose another name.")
    try:
        yield
    except OSError as error:
        raise _problem(path, error) from error


def _problem(path: Path, error: OSError) -> FileProblem:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return DiskFull(
            f"There is no room for {path.name}.", "Make room on the disk, or choose another."
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return ReadOnlyFile(
            f"The folder {path.parent} may not be written.", "Choose a folder of your own."
        )
    if not path.absolute().parent.is_dir():
        return FileProblem(f"There is no folder {path.parent}.", "Check the folder's name.")
    return FileProblem(
        f"{path.name} cannot be written: {error.strerror or error}.",
        "Check its name and its folder, or choose another.",
    )


def _exists(path: Path) -> FileExists:
    return FileExists(
        f"There is a file {path.name} already.",
        "Choose another name.",
        "It was left as it is.",
    )


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """Open a file that came from outside.

    Raises:
        UnreadablePack: it is not there, not a file, or the disk does not give it.
    """
    with _opened(path) as stream:
        yield stream


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise UnreadablePack(
            f"There is no file {path.name} there.", "Check the folder and the name."
        ) from error
    except OSError as error:
        raise unread(path.name, error) from error
    except ValueError as error:
        raise UnreadablePack("No file can have that name.", "Check the name.") from error


def unread(name: str, error: OSError) -> UnreadablePack:
    """Return the refusal of a file that the disk does not give."""
    return UnreadablePack(
        f"{name} cannot be read ({error.strerror or error}).",
        "Check that it is a file, that you may read it and that no other program holds it.",
    )


def read_bytes(path: Path, limit: int, what: str) -> bytes:
    """Return the bytes of a file that came from outside.

    Args:
        path: the file.
        limit: most bytes.
        what: what the reader calls it.

    Raises:
        UnreadablePack: it cannot be read, or is longer.
    """
    with reading(path) as stream:
        try:
            data = stream.read(limit + 1)
        except OSError as error:
            raise unread(path.name, error) from error
    if len(data) > limit:
        raise UnreadablePack(
            f"The {what} {path.name} is far larger than any {what} is.", "Choose another file."
        )
    return data
