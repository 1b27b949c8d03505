"""The small tender at stage scoring, and two evaluators' laptops beside the lead's, as folders.

Ben's packs are sealed to his contact card, Cam's with a passphrase.
"""

import io
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from tendereval.cli import main
from tendereval.commands.shell import Shell
from tests.service.builders import (
    AFTER,
    AGREED,
    EXPLANATIONS,
    SCORES,
    Book,
    Desk,
    Result,
    a_desk,
)

PEOPLE = {
    "ana": ("Ana Ames", "ana@x.example"),
    "ben": ("Ben Bell", "ben@x.example"),
    "cam": ("Cam Cole", "cam@x.example"),
    "dot": ("Dot Dean", "dot@x.example"),
}
LEADS = {"Declarations": (("Evaluator", "Interest"), ("Ana Ames", ""), ("Dot Dean", ""))}
TOLD = "copper window meadow"
Ask = Callable[[str, bool], str | None]


@dataclass(slots=True)
class Laptops:
    """One folder that stands for several laptops."""

    desk: Desk

    @property
    def folder(self) -> Path:
        """Where everything lies."""
        return self.desk.folder

    def path(self, name: str) -> Path:
        """Return a file by its name."""
        return self.folder / name

    def key(self, who: str) -> tuple[str, str]:
        """Return the option that names somebody's own keys."""
        return ("--identity", str(self.path(f"{who}.key")))

    def run(self, command: str, *words: str) -> Result:
        """Run a command; words that name a file of the folder become its path."""
        known = {path.name: str(path) for path in self.folder.iterdir()}
        return self.desk.run(command, *(known.get(word, word) for word in words))

    def done(self, command: str, *words: str) -> Result:
        """Run a command that is not refused."""
        result = self.run(command, *words)
        assert (result.status, result.err) == (0, ""), (command, words, result)
        return result

    def refused(self, command: str, *words: str) -> str:
        """Run a command that is refused in three sentences; return them."""
        result = self.run(command, *words)
        assert result.status == 1, (command, words, result)
        assert len(result.err.strip().splitlines()) >= 3, result.err
        assert "Traceback" not in result.err
        return result.err

    def asked(self, ask: Ask, command: str, *words: str) -> Result:
        """Run a command with somebody at the terminal."""
        known = {path.name: str(path) for path in self.folder.iterdir()}
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            line = (command, *(known.get(word, word) for word in words))
            status = main(line, Shell(self.desk.clock, lambda: "the-tender", ask=ask))
        return Result(status, out.getvalue(), err.getvalue())

    def out(self, name: str) -> tuple[str, str]:
        """Return the option that names a file to be written."""
        return ("--out", str(self.path(name)))

    def pack(self, who: str, name: str, *more: str) -> Result:
        """Make a pack for somebody."""
        sealed: Sequence[str] = ()
        if "--record" not in more and "--workbook" not in more and who == "ben":
            sealed = ("--card", "ben.evaluator")
        elif who == "cam":
            sealed = ("--passphrase-file", "told.txt")
        words = (*("--for", PEOPLE[who][1]), *self.out(name), *sealed, *more)
        return self.done("pack", "bench.tender", *words, *self.key("ana"))

    def open_pack(self, who: str, name: str) -> Result:
        """Open a pack on its evaluator's laptop."""
        own = self.key(who) if who == "ben" else ("--passphrase-file", "told.txt")
        return self.done("open-pack", name, *self.out(f"{who}.scoring"), *own)

    def book(self, sheets: Book) -> str:
        """Write a workbook; return its name."""
        return self.desk.book(sheets).name

    def own_scores(self, who: str) -> Book:
        """Return the rows of the small tender's scores that are one evaluator's."""
        name = PEOPLE[who][0]
        return {"Scores": (SCORES[0], *(row for row in SCORES[1:] if row[0] == name))}

    def return_(self, who: str, name: str, *more: str) -> Result:
        """Write a return."""
        return self.done("return", f"{who}.scoring", *self.out(name), *more, *self.key(who))


def laptops(folder: Path, stop: str = "packed") -> Laptops:
    """Return laptops at a stop of the way.

    ``bare`` is stage scoring with keys and cards, ``packed`` has packs for both, ``declared``
    their working files with nothing to declare, ``scored`` every score in them, ``returned``
    their returns, ``collected`` the lead's file with them, ``agreed`` agreed scores to confirm.
    """
    made, now = _made(stop)
    shutil.copytree(made, folder, dirs_exist_ok=True)
    found = Laptops(Desk(folder))
    found.desk.clock.now = now
    return found


_WAY = ("bare", "packed", "declared", "scored", "returned", "collected", "agreed")
_KEPT = tempfile.TemporaryDirectory()


@cache
def _made(stop: str) -> tuple[Path, datetime]:
    folder = Path(_KEPT.name, stop)
    number = _WAY.index(stop)
    if number:
        found = laptops(folder, _WAY[number - 1])
    else:
        folder.mkdir()
        found = Laptops(a_desk(folder, "published"))
        found.desk.clock.now = AFTER
    _step(found, stop)
    return folder, found.desk.clock.now


def _step(found: Laptops, stop: str) -> None:
    if stop in _EACH:
        for who in ("ben", "cam"):
            _EACH[stop](found, who)
    else:
        _ONCE[stop](found)


def _packed(found: Laptops, who: str) -> None:
    found.pack(who, f"{who}-1.scorepack")


def _declared(found: Laptops, who: str) -> None:
    found.open_pack(who, f"{who}-1.scorepack")
    found.done("declare", f"{who}.scoring", "--none")


def _scored(found: Laptops, who: str) -> None:
    found.done("score", f"{who}.scoring", "--from", found.book(found.own_scores(who)))


def _returned(found: Laptops, who: str) -> None:
    found.return_(who, f"{who}.scores")


def _collected(found: Laptops) -> None:
    found.done("collect", "bench.tender", "ben.scores", "cam.scores", *found.key("ana"))


def _agreed(found: Laptops) -> None:
    found.done("stage", "bench.tender", "--to", "moderation", *found.key("ana"))
    book = found.book({"Agreed": AGREED, "Explanations": EXPLANATIONS})
    found.done("import", "bench.tender", "--from", book)


def _bare(found: Laptops) -> None:
    found.desk.enter("scoring")
    found.desk.take_in(LEADS)
    for who, (name, email) in PEOPLE.items():
        words = ("--name", name, "--email", email)
        found.done("identity", "create", *words, *found.out(f"{who}.key"))
        found.done("identity", "card", f"{who}.key", *found.out(f"{who}.evaluator"))
    found.path("told.txt").write_text(f"{TOLD}\n", encoding="utf-8")


_EACH: Mapping[str, Callable[[Laptops, str], None]] = {
    "packed": _packed,
    "declared": _declared,
    "scored": _scored,
    "returned": _returned,
}
_ONCE: Mapping[str, Callable[[Laptops], None]] = {
    "bare": _bare,
    "collected": _collected,
    "agreed": _agreed,
}


def one_object(result: Result) -> dict[str, object]:
    """Return what was printed, which must be one JSON object and nothing else."""
    found, end = json.JSONDecoder().raw_decode(result.out)
    assert result.out[end:] == "\n"
    assert isinstance(found, dict)
    return found


def rows_of(found: Mapping[str, object], name: str = "returns") -> list[dict[str, object]]:
    """Return a list of a printed object."""
    rows = found[name]
    assert isinstance(rows, list)
    return rows
