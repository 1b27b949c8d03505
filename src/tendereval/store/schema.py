"""File versions: which one a file has, which one is today's, and getting from one to the other."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text

from tendereval.store import rows
from tendereval.store.connection import APPLICATION_ID

MAJOR: Final = 1
MINOR: Final = 0
HEAD: Final = "0001"
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


def create(connection: Connection) -> None:
    """Make today's tables in an empty file, within the caller's transaction."""
    rows.METADATA.create_all(connection)
    for statement in rows.triggers():
        connection.execute(text(statement))
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
    stamp(connection, MAJOR, MINOR)


def stamp(connection: Connection, major: int, minor: int) -> None:
    """Write whose file it is and its version into the header."""
    connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
    connection.execute(text(f"PRAGMA user_version = {packed(major, minor)}"))


def migrate(connection: Connection, scripts: Path = MIGRATIONS, to: str = "head") -> None:
    """Bring the tables up to a revision, within the caller's transaction.

    Each migration sets the header's version itself as its last step.
    """
    # Alembic costs a fifth of a second to import and is needed once a year.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def missing_parts(connection: Connection) -> tuple[str, ...]:
    """Return the tables and triggers that a file of today's version should have and has not."""
    found = {
        name
        for (name,) in connection.execute(
            text("SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')")
        )
    }
    wanted = {table.name for table in rows.METADATA.sorted_tables}
    wanted |= {statement.split()[2] for statement in rows.triggers()}
    return tuple(sorted(wanted - found))
