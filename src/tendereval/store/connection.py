"""The one door to SQLite: settings, transactions, and SQLite's errors put into plain words.

SQL that only SQLite understands stays here and in ``tender_file``.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from tendereval.domain.errors import (
    Bug,
    DamagedFile,
    DiskFull,
    FileLocked,
    FileProblem,
    ReadOnlyFile,
    UserFixable,
)

APPLICATION_ID: Final = 0x54454E44
"""``TEND`` in the header of every tender file."""

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

    def opened() -> sqlite3.Connection:
        return sqlite3.connect(
            f"{path.resolve().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=_BUSY_MS / 1000,
        )

    engine = create_engine("sqlite://", creator=opened, poolclass=StaticPool)
    event.listen(engine, "connect", _settings)
    event.listen(engine, "begin", _begin)
    return engine


def _settings(raw: sqlite3.Connection, _record: object) -> None:
    for statement in (
        f"PRAGMA page_size = {PAGE_SIZE}",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA trusted_schema = OFF",
        "PRAGMA cell_size_check = ON",
    ):
        raw.execute(statement)


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn SQLite's and the content's errors into sentences; what is ours stays a Bug.

    Raises:
        FileProblem: the file, its disk or its surroundings are at fault.
        Bug: a constraint was broken or the SQL was wrong.
    """
    try:
        yield
    except UserFixable:
        raise
    except DBAPIError as error:
        raise _translated(path, error.orig) from error
    except (sqlite3.Error, OSError) as error:
        raise _translated(path, error) from error
    except (ValueError, KeyError, msgspec.MsgspecError) as error:
        raise damaged(path, "it holds values that cannot be read") from error


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
        return os_problem(path, error)
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_CONSTRAINT", "SQLITE_MISUSE", "SQLITE_RANGE")):
        return Bug(f"the store refused a row: {error}")
    problem = _surroundings(path, name)
    if problem is not None:
        return problem
    if isinstance(error, sqlite3.DatabaseError):
        return damaged(path, "its pages do not fit together")
    return Bug(f"the store failed: {error}")


def _surroundings(path: Path, name: str) -> FileProblem | None:
    """Return what SQLite's error name says about the disk and its neighbours."""
    if name.startswith("SQLITE_FULL"):
        return DiskFull(
            f"The disk that holds {path.name} is full.", "Free some space.", _KEPT_BEFORE
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
    match type(error).__name__:
        case "FileNotFoundError":
            return FileProblem(
                f"There is no file {path.name} in {path.parent}.", "Check the name and the folder."
            )
        case "PermissionError":
            return read_only(path)
        case "IsADirectoryError":
            return FileProblem(f"{path.name} is a folder.", "Choose a file.")
    if error.errno == 28:  # noqa: PLR2004 - ENOSPC, the same number on every system we run on
        return DiskFull(
            f"The disk that holds {path.name} is full.", "Free some space.", _KEPT_BEFORE
        )
    return FileProblem(
        f"{path.name} cannot be used: {error.strerror or error}.", "Check the file and its folder."
    )
