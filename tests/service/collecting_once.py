"""A process that collects returns once it is told to, for tests that kill it while it does."""

import sys
from pathlib import Path

from tendereval.exchange.identity_file import read_identity
from tendereval.services import collecting, tenders
from tests.service.builders import AFTER, TickingClock


def main() -> None:
    file, key, *returns = (Path(name) for name in sys.argv[1:])
    clock = TickingClock(AFTER.replace(day=20))
    with tenders.open_tender(file, "", clock, "command line") as opened:
        session = opened.with_identity(read_identity(key))
        found = collecting.look_at_returns(session, returns)
        say("looked")
        collecting.collect(session, found)
        say("collected")


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
