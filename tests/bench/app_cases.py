"""The app without a screen: start, a wide table, a long list, typing, a long document.

Each window is a fresh process, so that the plain one has nothing of ours, no style sheet either.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

import msgspec

from tendereval.app import build_example
from tendereval.reports.outline import Document, PageBreak, Paragraph
from tendereval.reports.pdf import write_pdf
from tendereval.viewmodels.record import RecordModel
from tests.bench import sizes
from tests.bench.pairs import Pairs, paired
from tests.bench.table import Line, ms, of_pairs
from tests.service.builders import a_desk

_GRID: Final = "150x120"
_ROWS: Final = 180_000
_FEWER: Final = 4
PAGES: Final = 200
_HEAVY: Final = frozenset({"reportlab", "openpyxl", "numpy", "pandas"})


class Start(msgspec.Struct, frozen=True):
    """What a process said of its start."""

    cpu: float
    loaded: list[str]


def measured(folder: Path) -> Iterator[Line]:
    """Yield everything that is measured of the app."""
    yield from start(folder)
    yield from grid()
    yield from long_list()
    yield from typing(a_desk(folder, "scoring").file)
    yield from document(folder)


def _said(module: str, *words: str) -> bytes:
    """Run a module as a fresh process and return what it printed."""
    command = [sys.executable, "-m", f"tests.bench.{module}", *words]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=surroundings
    )
    return done.stdout


def _figures(module: str, *words: str) -> dict[str, float]:
    return msgspec.json.decode(_said(module, *words), type=dict[str, float])


def start(folder: Path) -> Iterator[Line]:
    """P16: until the first window is painted, and until the worked example can be used."""
    path = build_example(folder / "example")
    settings = str(folder / "settings.ini")
    ways = (("bare",), ("welcome", settings), ("worked", settings, str(path)))
    rounds = [
        [msgspec.json.decode(_said("app_start", *way), type=Start) for way in ways]
        for _ in range(_FEWER + 2)
    ][1:]
    base, first, usable = (tuple(one.cpu for one in way) for way in zip(*rounds, strict=True))
    yield of_pairs("P16", "start to first paint", "", Pairs(base, first), 1.3)
    yield of_pairs("P16", "start to worked example usable", "", Pairs(base, usable), 3.3)
    for what, at in (("first paint", 1), ("worked example usable", 2)):
        loaded = rounds[0][at].loaded
        named = ", ".join(loaded) or "none"
        heavy = len(_HEAVY.intersection(loaded))
        aim = 0.0 if at == 1 else None
        yield Line("P16", f"heavy imports at {what}: {named}", "", "", "", heavy, None, aim)


def grid() -> Iterator[Line]:
    """P17: our tables against a bare view of a bare model."""
    ways = ("bare", "table", "frozen")
    rounds = [[_figures("app_grid", way) for way in ways] for _ in range(_FEWER)]
    for at, name in ((1, "table"), (2, "table of results")):
        for key, what in (("show", "show"), ("down", "a row down"), ("across", "a column on")):
            found = Pairs(
                tuple(one[0][key] for one in rounds), tuple(one[at][key] for one in rounds)
            )
            yield of_pairs("P17", f"{name}, {what}", _GRID, found, 2.0)


def long_list() -> Iterator[Line]:
    """P18: what a key in the record's filter costs, against filtering a plain list."""
    people, kinds = [f"Evaluator {n}" for n in range(10)], ("score recorded", "score changed")
    rows: list[tuple[str, ...]] = [
        (
            str(number),
            "8 March 2027, 10:30",
            people[number % 10],
            kinds[number % 2],
            f"bidder Bidder {number % 120} Ltd, criterion Q{number % 150}",
            "",
        )
        for number in range(_ROWS)
    ]
    texts = [" ".join(row) for row in rows]
    model = RecordModel()
    model.show_entries(rows)

    def key() -> None:
        model.filter("bidder 7")
        model.values(2)
        model.values(3)

    def plain_filter() -> object:
        return [row for row, text in zip(rows, texts, strict=True) if "Bidder 7" in text]

    def plain_sort() -> object:
        return sorted(rows, key=lambda row: row[2])

    found = paired(plain_filter, key, pairs=_FEWER)
    yield of_pairs("P18", "filter the record by two words", f"{_ROWS:,}", found, 10.0)
    shown = paired(plain_sort, lambda: model.show_entries(rows), pairs=_FEWER)
    yield of_pairs("P18", "read it again, filtered, against a sort", f"{_ROWS:,}", shown, 10.0)
    model.filter("")
    chosen = paired(
        lambda: [row for row in rows if row[2] == people[3]],
        lambda: model.only(2, people[3]),
        pairs=_FEWER,
        before=lambda: model.only(2, ""),
    )
    yield of_pairs("P18", "choose a person", f"{_ROWS:,}", chosen, 10.0)


def typing(path: Path) -> Iterator[Line]:
    """P19: a key in the rationale, autosave included, against a bare field; wall-clock time."""
    rounds = [
        (_figures("app_typing", "bare"), _figures("app_typing", "ours", str(path)))
        for _ in range(_FEWER)
    ]
    for share, aim in ((50, 1.3), (95, 2.0)):
        base, tool = (tuple(one[f"p{share}"] for one in way) for way in zip(*rounds, strict=True))
        yield of_pairs("P19", f"a key in the rationale, p{share}", "", Pairs(base, tool), aim)
    kept = median(tool["kept"] for _base, tool in rounds)
    what = "  keeping it between two keys, p95"
    yield Line("", what, "", "", ms(kept), kept * 1000, unit=" ms")


def document(folder: Path) -> Iterator[Line]:
    """A bidder's document of 200 pages; told in milliseconds of wall-clock time."""
    path = _a_document(folder / "long.pdf")
    rounds = [_figures("app_pdf", str(path)) for _ in range(3)]
    for key, what in (
        ("first", "document, until the first page"),
        ("p50", "document, a scroll step, p50"),
        ("p95", "document, a scroll step, p95"),
        ("jump", "document, a far page until drawn"),
    ):
        took = median(one[key] for one in rounds)
        yield Line("", what, f"{PAGES} pages", "", ms(took), took * 1000, unit=" ms")


def _a_document(path: Path) -> Path:
    """Write a full page of text so many times."""
    pool = sizes.texts(2600)[:PAGES]
    blocks = [block for text in pool for block in (Paragraph(text), PageBreak())]
    write_pdf(Document("Answer", blocks=tuple(blocks[:-1])), path)
    return path
