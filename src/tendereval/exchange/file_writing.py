"""Files that travel appear whole or not at all; says in plain words what the disk refuses."""

import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from tendereval.domain.errors import (
    DiskFull,
    FileExists,
    FileProblem,
    ReadOnlyFile,
    UnreadablePack,
)

_PREFIX: Final = ".writing-"
_BESIDE: Final = re.compile(re.escape(_PREFIX) + "[0-9a-f]{16}")
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
    with plain_words(path), _partial(path, _EVERYBODY) as (partial, stream):
        yield stream
        _finish(stream)
        partial.replace(path)
        _settle(path.parent)


@contextmanager
def appearing_once(path: Path) -> Iterator[BinaryIO]:
    """Write a new file that only its owner may read, never over another one.

    Raises:
        FileExists: there is a file of that name.
        FileProblem: no room, no folder, or no right to write.
    """
    refuse_taken(path)
    with plain_words(path), _partial(path, _OWNER_ONLY) as (partial, stream):
        yield stream
        _finish(stream)
        put_once(partial, path)


@contextmanager
def appearing_folder(folder: Path) -> Iterator[Path]:
    """Fill a new folder beside its place and put it there once it is complete.

    Raises:
        FileExists: there is something of that name.
        FileProblem: no room, no folder above it, or no right to write.
    """
    refuse_taken(folder)
    with _filling(folder, folder.parent) as making:
        yield making
        put_once(making, folder)


@contextmanager
def appearing_in(folder: Path) -> Iterator[Path]:
    """Fill a folder that is put into another one, file by file, once all are complete.

    What is there already is never replaced; where one file cannot be put there none is.

    Args:
        folder: where the files go; made where it is missing, with those above it.

    Raises:
        FileExists: something in it has the name of one of the files.
        FileProblem: no room, or no right to write.
    """
    with plain_words(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with _filling(folder, folder) as making:
        yield making
        put_all_once((item, folder / item.name) for item in sorted(making.iterdir()))


@contextmanager
def ensured_folder(folder: Path) -> Iterator[None]:
    """Make a folder where it is missing; whatever fails takes it away again.

    Raises:
        FileProblem: no folder above it, or no right to write.
    """
    is_new = not folder.exists()
    if is_new:
        with plain_words(folder):
            folder.mkdir()
    try:
        yield
    except BaseException:
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise


@contextmanager
def _filling(told: Path, above: Path) -> Iterator[Path]:
    making = beside(above / "_")
    with plain_words(told):
        making.mkdir()
    try:
        yield making
    finally:
        shutil.rmtree(making, ignore_errors=True)


def beside(path: Path) -> Path:
    """Return a name beside a place, for what is not complete yet; nothing has it."""
    return path.with_name(f"{_PREFIX}{secrets.token_hex(8)}")


def is_beside(partial: Path, path: Path) -> bool:
    """Whether a name is one that ``beside`` gives for a place."""
    return partial.parent == path.parent and bool(_BESIDE.fullmatch(partial.name))


def put_once(partial: Path, path: Path) -> None:
    """Give a file or folder that is complete its name, never over another one.

    Where it has that name beside the temporary one, because it was stopped there, only the
    temporary one goes.

    Raises:
        FileExists: something of that name has come to be there.
        FileProblem: the folder does not take it.
    """
    with plain_words(path):
        if partial.is_dir():
            refuse_taken(path)
            partial.rename(path)
        else:
            _put_file(partial, path)
        _settle(path.parent)


def put_all_once(pairs: Iterable[tuple[Path, Path]]) -> None:
    """Give several files or folders their names, all or none; see ``put_once``."""
    shown: list[tuple[Path, Path]] = []
    try:
        for partial, path in pairs:
            put_once(partial, path)
            shown.append((partial, path))
    except BaseException:
        take_back(shown)
        raise


def take_back(shown: Iterable[tuple[Path, Path]]) -> None:
    """Give what has its name the temporary one again, where that is still possible."""
    for partial, path in shown:
        with suppress(OSError):
            partial.parent.mkdir(exist_ok=True)
            path.rename(partial)


def _put_file(partial: Path, path: Path) -> None:
    try:
        path.hardlink_to(partial)
    except FileExistsError:
        if not path.samefile(partial):
            raise _exists(path) from None
        partial.unlink()
    except OSError:  # a disk that knows no second name for a file
        refuse_taken(path)
        partial.replace(path)
    else:
        partial.unlink()


def remove(partial: Path) -> None:
    """Remove a file or folder that is not wanted any more; one that stays is no fault."""
    if partial.is_dir():
        shutil.rmtree(partial, ignore_errors=True)
    else:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def refuse_taken(*paths: Path) -> None:
    """Refuse names that something has already.

    Raises:
        FileExists: one of them has.
    """
    for path in paths:
        if path.exists() or path.is_symlink():
            raise _exists(path)


@contextmanager
def _partial(path: Path, mode: int) -> Iterator[tuple[Path, BinaryIO]]:
    partial = beside(path)
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


def _settle(folder: Path) -> None:
    """Let a new name last through a power cut, where the system can flush a folder."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Say in plain words what the disk refuses about a path.

    Raises:
        FileProblem: in place of any error of the system.
    """
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
        f"There is {'a folder' if path.is_dir() else 'a file'} {path.name} already.",
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
        raise unread(path.name or str(path), error) from error
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
