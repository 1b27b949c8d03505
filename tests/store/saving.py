"""A process that saves without end and says what it has saved, for tests that kill it."""

import sys
from datetime import timedelta
from itertools import count
from pathlib import Path

from tendereval.store import beside_record
from tests.store.tender_files import AT, EVE, Q1, add_score, opened, typed

SIZES = (10, 2_000, 40_000, 400_000)


def scores(path: Path) -> None:
    with opened(path) as file:
        for turn in count():
            say(add_score(file, str(turn % 5), "x" * SIZES[turn % len(SIZES)]))


def typing(path: Path) -> None:
    with opened(path) as file:
        for turn in count(1):
            with file.beside() as change:
                body = f"{turn} " * SIZES[turn % len(SIZES)]
                beside_record.keep_working_text(change, EVE, Q1, typed(body), AT)
            say(turn)


def back_ups(path: Path) -> None:
    with opened(path) as file:
        for turn in count():
            add_score(file, "1", "x" * 400_000)
            say(int(file.back_up(AT + timedelta(seconds=turn)).stat().st_size))


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    {"scores": scores, "typing": typing, "back_ups": back_ups}[sys.argv[1]](Path(sys.argv[2]))
