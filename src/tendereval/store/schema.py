"""File versions: which one a file has, which one is today's, and getting from one to the other."""

from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text

from tendereval.store import rows
from tendereval.store.columns import METADATA
from tendereval.store.connection import APPLICATION_IDS, FileKind, columns_by_table, references
from tendereval.store.content import Unreadable

MAJOR: Final = 1
MINOR: Final = 1
HEAD: Final = "0002"
"""The newest Alembic revision, which files of today's version carry."""

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_THOUSAND: Final = 1000


def packed(major: int, minor: int) -> int:
    """Return major and minor as the one number of SQLite's ``user_version``."""
    return major * _THOUSAND + minor


def unpacked(user_version: int) -> tuple[int, int]:
    """Return major and minor from SQLite's ``user_version``."""
    return divmod(user_version, _THOUSAND)


def in_words(version: tuple[int, int]) -> str:
    """Return a file version as people read it (``1.0``)."""
    return f"{version[0]}.{version[1]}"


def create(connection: Connection, kind: FileKind = FileKind.TENDER) -> None:
    """Make today's tables in an empty file of this kind, within the caller's transaction."""
    METADATA.create_all(connection)
    for statement in rows.triggers():
        connection.execute(text(statement))
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
    stamp(connection, MAJOR, MINOR, kind)


def stamp(connection: Connection, major: int, minor: int, kind: FileKind = FileKind.TENDER) -> None:
    """Write whose file it is and its version into the header."""
    connection.execute(text(f"PRAGMA application_id = {APPLICATION_IDS[kind]}"))
    connection.execute(text(f"PRAGMA user_version = {packed(major, minor)}"))


def migrate(connection: Connection, scripts: Path | None = None, to: str = "head") -> None:
    """Bring the tables up to a revision, within the caller's transaction.

    Each migration sets the header's version itself as its last step.

    Args:
        connection: within a transaction.
        scripts: folder of the migrations; ``MIGRATIONS`` unless told.
        to: the revision.

    Raises:
        Unreadable: the file names a revision that does not exist, or its version number does
            not belong to its tables.
    """
    # Alembic costs a fifth of a second to import and is needed once a year.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts or MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise Unreadable(str(error)) from error
    if version(connection) != (MAJOR, MINOR):
        raise Unreadable("the version in the header is not that of the tables")


def version(connection: Connection) -> tuple[int, int]:
    """Return the file version that the header has within this transaction."""
    return unpacked(connection.execute(text("PRAGMA user_version")).scalar_one())


def kind(connection: Connection) -> FileKind:
    """Return which of the two files it is.

    Raises:
        Unreadable: it is neither.
    """
    own = connection.execute(text("PRAGMA application_id")).scalar_one()
    for found, known in APPLICATION_IDS.items():
        if known == own:
            return found
    raise Unreadable("the header is not that of a file of ours")


def missing_parts(connection: Connection) -> tuple[str, ...]:
    """Return what a file of today's version should have and has not, by name.

    Tables, columns of their type, references and triggers: damage to a definition would
    otherwise come to light only while something is written.
    """
    columns = columns_by_table(connection)
    triggers = text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    found = {
        *((table, name, kind) for table, held in columns.items() for name, kind in held.items()),
        *references(connection),
        *((sql,) for sql in connection.execute(triggers).scalars()),
    }
    return tuple(sorted({name for part, name in _wanted() if part not in found}))


@cache
def _wanted() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return each part as the file describes it, with its name."""
    every = [column for table in METADATA.sorted_tables for column in table.columns]
    named = {column: (column.table.name, column.name) for column in every}
    return (
        *((named[column] + (str(column.type),), ".".join(named[column])) for column in every),
        *(
            (named[column] + (key.column.table.name, key.column.name), ".".join(named[column]))
            for column in every
            for key in column.foreign_keys
        ),
        *(((statement,), statement.split()[2]) for statement in rows.triggers()),
    )
