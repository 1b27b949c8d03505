"""Run one command and be killed at a point of it, as by a power cut: never by a timer.

Used as a program: the moment, the point, and the words of the command.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

from tendereval.cli import main
from tendereval.commands.shell import Shell
from tendereval.exchange import file_writing, pack_file, return_file, scoring_workbook
from tendereval.services import pack_arrival
from tendereval.services.handing_out import HandingOut

P = ParamSpec("P")
R = TypeVar("R")


def die(*_given: object) -> None:
    """End without another word."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_after(work: Callable[P, R]) -> Callable[P, R]:
    """Return the same work, which is the last that is done."""

    def done(*args: P.args, **more: P.kwargs) -> R:
        result = work(*args, **more)
        die()
        return result

    return done


def _when_written() -> None:
    pack_file.write_pack = die_after(pack_file.write_pack)
    return_file.write_return = die_after(return_file.write_return)
    scoring_workbook.write_scoring_workbook = die_after(scoring_workbook.write_scoring_workbook)


def _when_kept() -> None:
    setattr(file_writing, "put_once", die)  # noqa: B010 - it does not return


def _when_linked() -> None:
    setattr(Path, "hardlink_to", die_after(Path.hardlink_to))  # noqa: B010 - a method


def _when_named() -> None:
    file_writing.put_once = die_after(file_writing.put_once)


def _when_recorded() -> None:
    setattr(HandingOut, "record", die_after(HandingOut.record))  # noqa: B010 - a method


def _when_filled() -> None:
    setattr(pack_arrival, "_put_documents", die_after(pack_arrival._put_documents))  # noqa: B010 - so that
    # what a pack brings is there, and not committed


POINTS = {
    "written": _when_written,
    "kept": _when_kept,
    "linked": _when_linked,
    "named": _when_named,
    "recorded": _when_recorded,
    "filled": _when_filled,
}


if __name__ == "__main__":
    moment, point, *words = sys.argv[1:]
    POINTS[point]()
    at = datetime.fromisoformat(moment)
    sys.exit(main(words, Shell(lambda: at)))
