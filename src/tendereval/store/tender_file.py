"""One tender file: recognise, create, open, lock, read, change, close.

Knows nothing of what a change means; services do.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Final, Self
from weakref import WeakSet

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from tendereval.domain.errors import (
    Bug,
    ChangedUnderneath,
    FileExists,
    FileProblem,
)
from tendereval.store import audit, backup, header, lock, schema
from tendereval.store.audit import Occasion
from tendereval.store.connection import (
    FileKind,
    connect,
    damaged,
    data_version,
    odd_name,
    os_problem,
    plain_words,
    read_only,
)
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import Change

_DISK: Final = ("SQLITE_FULL", "SQLITE_IOERR")


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening a file brought to light and the record should hold.

    Attributes:
        taken_over_from: whose stale lock was taken over, in words; empty when none was.
        migrated_from: the file version before migrating; empty when it was today's.
        backup: the copy made before migrating.
    """

    taken_over_from: str = ""
    migrated_from: str = ""
    backup: Path | None = None


def identify(path: Path) -> tuple[int, int]:
    """Return the file version of a tender file from its header, without opening it.

    Raises:
        FileProblem: it is not there or may not be read.
        NotATenderFile: it is some other kind of file.
        NewerFile: a newer version of the product wrote it.
    """
    known = _open_here(path)
    if known is not None:
        # Closing a second handle on it would drop SQLite's locks, which are the process's.
        return known.version
    return header.file_version(path)


def kind_of(path: Path) -> FileKind | None:
    """Return which of our files this is; None for any other, and where there is none."""
    known = _open_here(path)
    return known.kind if known is not None else header.file_kind(path)


class TenderFile:
    """An open tender file; a context manager that closes it.

    Make one with ``create`` or ``open``. Several threads may share it: they take turns.
    """

    def __init__(
        self,
        path: Path,
        engine: Engine,
        holder: lock.Holder | None,
        opened: Opened,
        kind: FileKind = FileKind.TENDER,
    ) -> None:
        self.path = path
        self.kind = kind
        self.opened = opened
        self._engine = engine
        self._holder = holder
        self._place = _place_on_disk(path)
        self._closed = False
        self._head: str | None = None
        # One connection, one transaction at a time: a job and the screen wait for each other.
        self._turn = RLock()
        self._seen: int | None = None
        self.version = (schema.MAJOR, schema.MINOR)
        _OPEN.add(self)

    @classmethod
    def create(cls, path: Path, holder: lock.Holder, kind: FileKind = FileKind.TENDER) -> Self:
        """Make an empty file, of a tender or for an evaluator's work, and keep it locked.

        Raises:
            FileExists: something of that name is there.
            FileProblem: the folder is not there or may not be written.
        """
        _refuse_taken(path)
        lock.acquire(path, holder)
        engine = connect(path, create=True)
        made = False
        try:
            with plain_words(path):
                made = _made_empty(path)
                with _transaction(engine, reading=False) as connection:
                    schema.create(connection, kind)
        except BaseException:
            engine.dispose()
            if made:
                path.unlink(missing_ok=True)
            _give_back(path, holder)
            raise
        return cls(path, engine, holder, Opened(), kind)

    @classmethod
    def open(
        cls, path: Path, holder: lock.Holder | None, at: datetime, *, take_over: bool = False
    ) -> Self:
        """Open an existing tender file.

        Args:
            path: the file.
            holder: who will write to it; None opens it for reading only, without a lock.
            at: the moment, for the name of a back-up.
            take_over: take the lock even from a holder that may still be at work.

        Raises:
            FileProblem: not a tender file, damaged, newer, locked, or not to be written.
        """
        version = identify(path)
        if holder is not None and not _may_write(path):
            raise read_only(path)
        earlier = None if holder is None else lock.acquire(path, holder, take_over=take_over)
        engine = connect(path)
        try:
            with plain_words(path, known=False):
                if holder is not None:
                    _check_pages(path, engine)
                opened = _brought_up_to_date(path, engine, version, at, writing=holder is not None)
                with _transaction(engine, reading=True) as connection:
                    head = _checked_head(path, connection)
                    seen, version = data_version(connection), schema.version(connection)
                    kind = schema.kind(connection)
        except BaseException:
            engine.dispose()
            if holder is not None:
                _give_back(path, holder)
            raise
        words = "" if earlier is None else lock.in_words(earlier)
        file = cls(path, engine, holder, replace(opened, taken_over_from=words), kind)
        file._head, file._seen, file.version = head, seen, version
        return file

    def __enter__(self) -> Self:
        """Return the file itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file and give its lock back."""
        self._closed = True
        _OPEN.discard(self)
        self._engine.dispose()
        if self._holder is not None:
            _give_back(self.path, self._holder)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Give a consistent view of the file for the length of the block."""
        self._refuse_if_closed()
        with (
            self._turn,
            plain_words(self.path),
            _transaction(self._engine, reading=True) as connection,
        ):
            yield Reader(connection)

    @contextmanager
    def change(self, occasion: Occasion) -> Iterator[Change]:
        """Make one change: all of the block and its audit entry, or nothing.

        Raises:
            ChangedUnderneath: the file on disk is no longer the one that was opened.
            FileProblem: the disk or the file stands in the way; nothing was changed.
        """
        with self._turn, self._writing() as connection:
            before = audit.head(connection)
            self._refuse_if_changed(before.hash if before else "")
            change = Change(connection, before.seq + 1 if before else 1)
            yield change
            entry = audit.append(connection, occasion, change.rows_sha256(), before)
        self._head = entry.hash

    @contextmanager
    def beside(self) -> Iterator[Change]:
        """Write to the tables beside the record only (text still being typed, the register)."""
        with self._turn, self._writing() as connection:
            yield Change(connection, -1)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        self._refuse_if_closed()
        if self._holder is None:
            raise read_only(self.path)
        if _place_on_disk(self.path) != self._place:
            raise self._changed()
        with plain_words(self.path):
            try:
                with _transaction(self._engine, reading=False) as connection:
                    self._refuse_if_written_elsewhere(connection)
                    yield connection
            except DBAPIError as error:
                if getattr(error.orig, "sqlite_errorname", "").startswith(_DISK):
                    # A failing disk may move SQLite's count too; the head is still compared.
                    self._seen = None
                raise

    def is_at(self, place: tuple[int, int]) -> bool:
        """Whether it is the open file at this place on disk."""
        return not self._closed and self._place == place

    def _refuse_if_closed(self) -> None:
        # SQLAlchemy would open the file again by itself, without the lock.
        if self._closed:
            raise Bug("a tender file is used after it was closed")

    def _refuse_if_written_elsewhere(self, connection: Connection) -> None:
        version = data_version(connection)
        if self._seen not in {None, version}:
            raise self._changed()
        self._seen = version

    def _refuse_if_changed(self, head: str) -> None:
        if self._head is not None and head != self._head:
            raise self._changed()
        self._head = head

    def _changed(self) -> ChangedUnderneath:
        return ChangedUnderneath(
            f"{self.path.name} was replaced or changed by another program while it was open here.",
            "Close it, open it again and look at what changed before you go on.",
            "Your last change was not saved; everything before it is.",
        )

    def back_up(self, at: datetime) -> Path:
        """Copy the file beside itself, dated; the last five copies are kept."""
        return backup.back_up(self.path, schema.in_words(self.version), at)

    def copy_to(self, target: Path) -> Path:
        """Copy the file as it stands to another place."""
        self._refuse_if_closed()
        with self._turn:
            return backup.copy_to(self.path, target)

    def integrity_faults(self) -> tuple[str, ...]:
        """Return what SQLite's own full check finds wrong; empty when all is well."""
        with (
            self._turn,
            plain_words(self.path),
            _transaction(self._engine, reading=True) as connection,
        ):
            found = [row[0] for row in connection.execute(text("PRAGMA integrity_check"))]
            loose = connection.execute(text("PRAGMA foreign_key_check")).first()
        faults = [] if found == ["ok"] else [str(line) for line in found]
        return tuple(faults + (["A row refers to one that is not there."] if loose else []))


_OPEN: Final[WeakSet[TenderFile]] = WeakSet()
"""The files that this process has open."""


def _open_here(path: Path) -> TenderFile | None:
    place = _place_on_disk(path)
    return next((file for file in tuple(_OPEN) if place and file.is_at(place)), None)


@contextmanager
def _transaction(engine: Engine, *, reading: bool) -> Iterator[Connection]:
    with engine.connect().execution_options(reading=reading) as connection, connection.begin():
        yield connection


def _place_on_disk(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _refuse_taken(path: Path) -> None:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise os_problem(path, error) from error
    except ValueError as error:
        raise odd_name(path) from error
    raise FileExists(f"{path.name} is there already.", "Choose another name.")


def _made_empty(path: Path) -> bool:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise FileExists(f"{path.name} is there already.", "Choose another name.") from error
    return True


def _give_back(path: Path, holder: lock.Holder) -> None:
    with suppress(OSError):
        lock.release(path, holder)


def _checked_head(path: Path, connection: Connection) -> str:
    gaps = schema.missing_parts(connection)
    if gaps:
        raise damaged(path, f"parts of it are missing ({', '.join(gaps[:3])})")
    head = audit.head(connection)
    if head is None:
        raise FileProblem(
            f"{path.name} holds no tender: making it was interrupted.",
            "Delete it and make it again.",
        )
    return head.hash


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _check_pages(path: Path, engine: Engine) -> None:
    with _transaction(engine, reading=True) as connection:
        found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
    if found != "ok":
        raise damaged(path, "its pages do not fit together")


def _brought_up_to_date(
    path: Path, engine: Engine, version: tuple[int, int], at: datetime, *, writing: bool
) -> Opened:
    if version >= (schema.MAJOR, schema.MINOR):
        # A newer minor version only adds what this one can leave alone.
        return Opened()
    if not writing:
        raise FileProblem(
            f"{path.name} was written by an older version of tendereval (file version "
            f"{schema.in_words(version)}).",
            "Open it for work once: it is backed up and brought up to date.",
        )
    copy = backup.back_up(path, schema.in_words(version), at)
    with plain_words(path), _transaction(engine, reading=False) as connection:
        schema.migrate(connection)
    return Opened(migrated_from=schema.in_words(version), backup=copy)
