"""What every command shares: the clock, who is at work, what is asked, how results are printed."""

import argparse
import getpass
import json
import sys
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tendereval.services import tenders
from tendereval.services.session import Clock, Session

if TYPE_CHECKING:
    from tendereval.exchange.seal import SecretKeys

VIA = "command line"
Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


def _now() -> datetime:
    return datetime.now().astimezone()


def _new_id() -> str:
    return str(uuid.uuid4())


def _asked(prompt: str, hidden: bool) -> str | None:  # noqa: FBT001 - as ``Shell.ask`` is called
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    if hidden:
        return getpass.getpass(prompt)
    # Standard output is for results: a question there would spoil a JSON object.
    sys.stderr.write(prompt)
    sys.stderr.flush()
    return sys.stdin.readline().strip()


@dataclass(frozen=True, slots=True)
class Shell:
    """Where time, identities, keys and answers come from; tests and the example give their own.

    Attributes:
        clock: gives the moment.
        new_id: gives an identity never given before.
        new_keys: gives keys never given before; None is the machine's own chance.
        ask: asks the person at the terminal, hiding what is typed where told; None where there
            is no terminal.
    """

    clock: Clock = _now
    new_id: Callable[[], str] = _new_id
    new_keys: "Callable[[], SecretKeys] | None" = None
    ask: Callable[[str, bool], str | None] = _asked

    def open(self, args: argparse.Namespace) -> Session:
        """Open the file of a command for work."""
        session = tenders.open_tender(
            Path(args.file),
            args.by or "",
            self.clock,
            VIA,
            take_over=args.take_over,
            trying=getattr(args, "dry_run", False),
            known_only=getattr(args, "known_only", False),
        )
        return self.equipped(session)

    def equipped(self, session: Session) -> Session:
        """Return a session that takes new keys from where this shell does; tell what it found."""
        for line in session.told:
            complain(line)
        return session if self.new_keys is None else replace(session, new_keys=self.new_keys)

    def keys(self) -> "SecretKeys":
        """Return new keys."""
        from tendereval.exchange import seal  # noqa: PLC0415 - most commands need none

        return (self.new_keys or seal.new_keys)()

    def look(self, args: argparse.Namespace) -> Session:
        """Open the file of a command for reading."""
        return tenders.look_at_tender(Path(args.file), self.clock, VIA)

    def user(self) -> str:
        """Return the name of the person at the machine, as the system knows it."""
        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return "an unnamed user"


def say(line: str = "") -> None:
    """Print one line of the result."""
    print(line)


def say_json(value: Mapping[str, Json]) -> None:
    """Print the one JSON object of a command."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def complain(text: str) -> None:
    """Print a refusal where refusals go."""
    print(text, file=sys.stderr)


def table(rows: list[list[str]], right: frozenset[int] = frozenset()) -> list[str]:
    """Lay out rows of text in columns; the first row is the heads.

    Args:
        rows: all of one length.
        right: numbers of the columns set to the right.
    """
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return lines
