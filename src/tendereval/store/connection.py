"""The one door to SQLite: settings, transactions, and SQLite's errors put into plain words.

SQL that only SQLite understands stays here and in ``tender_file``.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePath
from typing import Final, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, StaticPool
from sqlalchemy.util import LRUCache

from tendereval.domain.errors import (
    Bug,
    DamagedFile,
    DiskFull,
    FileLocked,
    FileProblem,
    ReadOnlyFile,
    TenderEvalError,
    UserFixable,
)
from tendereval.store.content import Unreadable, half_a_character


class FileKind(StrEnum):
    """Which of the two files it is; both have the same tables."""

    TENDER = "tender"
    SCORING = "scoring"


APPLICATION_IDS: Final = {FileKind.TENDER: 0x54454E44, FileKind.SCORING: 0x54454E53}
"""``TEND`` in the header of every tender file, ``TENS`` in that of a working file."""

PAGE_SIZE: Final = 16384
_BUSY_MS: Final = 2000


def connect(path: Path, *, create: bool = False) -> Engine:
    """Return an engine with one connection to the file, set up as every tender file needs it.

    Rollback journal, full synchronisation, foreign keys; each transaction begins with
    ``BEGIN IMMEDIATE``, so that schema changes are atomic and two writers never interleave.

    Args:
        path: the file.
        create: make it when it is not there; else a missing file is an error.
    """
    mode = "rwc" if create else "rw"

    def opened() -> DBAPIConnection:
        raw = sqlite3.connect(
            address(path.absolute(), mode),
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=_BUSY_MS / 1000,
        )
        try:
            for statement in _SETTINGS:
                raw.execute(statement)
        except BaseException:
            raw.close()
            raise
        return cast("DBAPIConnection", raw)

    known = _sql_of_all_files()
    engine = Engine(
        StaticPool(opened, dialect=known.dialect),
        known.dialect,
        known.url,
        execution_options={"compiled_cache": _COMPILED},
        # Texts and names never reach an error message or a log through a statement's parameters.
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


_COMPILED: Final[LRUCache[object, object]] = LRUCache(500)
"""Statements as they were put into SQL for any file; it costs more than most of them take."""


@cache
def _sql_of_all_files() -> Engine:
    # A dialect of each file's own would have each file's statements compiled again.
    engine = create_engine("sqlite://", poolclass=NullPool)
    with engine.connect():  # asks SQLite what it can do
        return engine


_SETTINGS: Final = (
    f"PRAGMA page_size = {PAGE_SIZE}",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    # What is erased (contacts, working text) is overwritten, not only given up.
    "PRAGMA secure_delete = ON",
)


def address(path: PurePath, mode: str) -> str:
    """Return a file as SQLite's URI.

    ``as_uri`` would not do: it puts the server of a network folder (``//server/share``) where
    a host belongs, and SQLite takes no host.

    Args:
        path: absolute.
        mode: ``ro``, ``rw`` or ``rwc``.
    """
    plain = path.as_posix()
    for sign in "%?#":
        plain = plain.replace(sign, f"%{ord(sign):02X}")
    slash = "" if plain.startswith("/") else "/"
    return f"file://{slash}{plain}?mode={mode}"


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def data_version(connection: Connection) -> int:
    """Return a number that changes when another connection, of any program, has committed."""
    return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())


def columns_by_table(connection: Connection) -> dict[str, dict[str, str]]:
    """Return the columns of every table in the file with their declared types."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.exec_driver_sql(
        "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c "
        "WHERE m.type = 'table' ORDER BY m.name, c.cid"
    ):
        found.setdefault(table, {})[column] = kind
    return found


def references(connection: Connection) -> set[tuple[str, str, str, str]]:
    """Return every foreign key in the file: table, column, and the table and column it names."""
    found = connection.exec_driver_sql(
        'SELECT m.name, f."from", f."table", f."to" '
        "FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
    )
    return {(table, column, other, key) for table, column, other, key in found}


@contextmanager
def texts_as_they_are(connection: Connection) -> Iterator[None]:
    """Read also texts that are not UTF-8, so that a check can name the row they stand in."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise Bug("a file is open by another driver")
    raw.text_factory = lambda held: held.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = str


@contextmanager
def plain_words(path: Path, *, known: bool = True) -> Iterator[None]:
    """Turn SQLite's, the system's and the content's errors into sentences.

    A ValueError, KeyError or the like from a caller's own code is left alone: it is no word
    on the file.

    Args:
        path: the file.
        known: whether its tables are known to be ours; SQL that fails on others is no bug.

    Raises:
        FileProblem: the file, its disk or its surroundings are at fault.
        ExchangeProblem: a text to be kept holds half a character.
        Bug: a constraint was broken or the SQL was wrong.
    """
    try:
        yield
    except UserFixable:
        raise
    except (DBAPIError, sqlite3.Error, OSError, Unreadable, UnicodeError, MemoryError) as error:
        said = _said(path, error, known=known)
        if said is None:
            raise
        raise said from error


def _said(path: Path, error: Exception, *, known: bool) -> TenderEvalError | None:
    match error:
        case DBAPIError() | sqlite3.Error() | OSError():
            cause = error.orig if isinstance(error, DBAPIError) else error
            if not known and getattr(cause, "sqlite_errorname", "") == "SQLITE_ERROR":
                return damaged(path, "its tables are not as they were made")
            return _translated(path, cause)
        case Unreadable():
            return damaged(path, "it holds values that cannot be read")
        case UnicodeEncodeError():
            return half_a_character(error)
        case UnicodeDecodeError() if not known:
            # SQLite quotes the damaged definition of a table in its message.
            return damaged(path, "its tables are not as they were made")
        case MemoryError():
            return FileProblem(
                f"{path.name} asks for more memory than this machine has.",
                "Close other programs and open it again; if that does not help, the file is "
                "damaged: open the latest back-up that lies beside it.",
            )
    return None


def damaged(path: Path, how: str) -> DamagedFile:
    """Return the refusal of a file whose content does not hold together."""
    return DamagedFile(
        f"{path.name} is damaged: {how}.",
        "Keep it as it is, and open the latest back-up that lies beside it.",
        "The file was left as it was found.",
    )


_KEPT_BEFORE: Final = "The file is as it was before the last change."


def _translated(path: Path, error: BaseException | None) -> FileProblem | Bug:
    if isinstance(error, OSError) and not isinstance(error, sqlite3.Error):
        return os_problem(_file_meant(path, error), error)
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(_OURS) or isinstance(
        error, (sqlite3.ProgrammingError, sqlite3.InterfaceError)
    ):
        return Bug(f"the store refused a row: {error}")
    problem = _surroundings(path, name)
    if problem is not None:
        return problem
    if isinstance(error, sqlite3.OperationalError) and not name:
        return damaged(path, "it holds a text that cannot be read")
    if isinstance(error, sqlite3.DatabaseError):
        return damaged(path, "its pages do not fit together")
    return Bug(f"the store failed: {error}")


def _file_meant(path: Path, error: OSError) -> Path:
    """Return the file an error is about: the tender's own, or one that was to go into it."""
    named = error.filename
    ours = (path.name, f"{path.stem}.v")
    if isinstance(named, str) and not Path(named).name.startswith(ours):
        return Path(named)
    return path


_OURS: Final = (
    "SQLITE_ERROR",
    "SQLITE_CONSTRAINT",
    "SQLITE_MISUSE",
    "SQLITE_RANGE",
    "SQLITE_MISMATCH",
)


def _surroundings(path: Path, name: str) -> FileProblem | None:
    """Return what SQLite's error name says about the disk and its neighbours."""
    if name.startswith("SQLITE_FULL"):
        return disk_full(path)
    if name.startswith("SQLITE_TOOBIG"):
        return FileProblem(
            f"A text or document is larger than {path.name} can hold (about 1 GB).",
            "Divide it, or keep it outside the file.",
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return FileLocked(
            f"{path.name} is in use by another program.", "Close it there and try again."
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
        return read_only(path)
    if name.startswith("SQLITE_CANTOPEN"):
        return FileProblem(
            f"{path.name} or its folder cannot be opened for writing.",
            "Check that the folder is there and that you may write in it.",
        )
    if name.startswith("SQLITE_IOERR"):
        return FileProblem(
            f"The disk that holds {path.name} did not answer as it should.",
            "Check the disk or the network folder, then open the file again.",
            _KEPT_BEFORE,
        )
    return None


def read_only(path: Path) -> ReadOnlyFile:
    """Return the refusal to write a file or folder that is protected."""
    return ReadOnlyFile(
        f"{path.name} or its folder may not be written.",
        "Copy the file to a folder of your own, or ask for the right to write there.",
    )


def os_problem(path: Path, error: OSError) -> FileProblem:
    """Return what the operating system said about a file, in plain words."""
    match error:
        case FileNotFoundError() if not path.absolute().parent.is_dir():
            return FileProblem(f"There is no folder {path.parent}.", "Check the folder's name.")
        case FileNotFoundError():
            return FileProblem(
                f"There is no file {path.name} in {path.parent}.", "Check the name and the folder."
            )
        case PermissionError():
            return read_only(path)
        case IsADirectoryError():
            return FileProblem(f"{path.name} is a folder.", "Choose a file.")
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return disk_full(path)
    if error.errno == errno.EROFS:
        return read_only(path)
    return FileProblem(
        f"{path.name} cannot be used: {error.strerror or error}.", "Check the file and its folder."
    )


def odd_name(path: Path) -> FileProblem:
    """Return the refusal of a name that no file can have."""
    return FileProblem(
        f"{str(path)!r} cannot be the name of a file: a character in it is not allowed.",
        "Choose another name.",
    )


def disk_full(path: Path) -> DiskFull:
    """Return the refusal of a disk without room."""
    return DiskFull(f"The disk that holds {path.name} is full.", "Free some space.", _KEPT_BEFORE)
