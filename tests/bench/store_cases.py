"""Opening, the moderation grid, ranking and bulk import, against bare sqlite3."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from tendereval.domain.ids import LotId
from tendereval.domain.ranking import rank_lot
from tendereval.services.ranking import bid_inputs
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.services.tenders import look_at_tender, open_tender
from tendereval.store import recording
from tendereval.store.lock import this_process
from tendereval.store.mapping import number_text
from tendereval.store.tender_file import TenderFile
from tests.bench import plain_sql, sizes
from tests.bench.pairs import PAIRS, paired
from tests.bench.plain_sql import Row
from tests.bench.sizes import VIA, Size
from tests.bench.table import Line, mb, of_pairs


def grid(path: Path, size: Size) -> Iterator[Line]:
    """P1: open a file and read everything that the moderation grid shows."""

    def tool() -> None:
        with look_at_tender(path, sizes.now, VIA) as session, session.reading() as reader:
            situation(reader)
            reader.disagreements()
            reader.agreed_points()
            reader.sent_back()

    found = paired(
        lambda: plain_sql.every_row(path, plain_sql.GRID, plain_sql.GRID_AGREED), tool, times=3
    )
    large = size.scores > sizes.M.scores
    yield of_pairs("P1", "open, moderation grid", size.name, found, 1.5 if large else 2.5)
    if not large:
        extra = [tool - base for base, tool in zip(found.baseline, found.tool, strict=True)]
        beyond = sorted(extra)[len(extra) // 2] * 1000
        yield Line("P1", "  time beyond the baseline", size.name, "", "", beyond, None, 5.0, " ms")
    blind = paired(lambda: plain_sql.every_row(path, plain_sql.GRID_BLIND), tool, times=3)
    yield of_pairs("", "  against a GROUP BY blind to revisions", size.name, blind, None)


def opening(path: Path, size: Size) -> Iterator[Line]:
    """Open a file for writing, its pages checked."""
    holder = this_process("bench", sizes.NOW.isoformat())

    def tool() -> None:
        TenderFile.open(path, holder, sizes.NOW).close()

    found = paired(lambda: plain_sql.every_row(path, "PRAGMA quick_check(1)"), tool)
    yield of_pairs("", "open for writing (quick_check)", size.name, found, None)


def ranking(path: Path, size: Size) -> Iterator[Line]:
    """P9: rank exactly, with ties, from agreed scores and prices."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TEMP TABLE weight (criterion TEXT PRIMARY KEY, weight REAL)")
    weights = [(str(row.ref), float(row.weight or 0)) for row in sizes.method(size).criteria]
    connection.executemany("INSERT INTO temp.weight VALUES (?, ?)", weights)
    lot = LotId("1")
    with look_at_tender(path, sizes.now, VIA) as session, session.reading() as reader:
        now = situation(reader)

        def tool() -> None:
            rank_lot(now.method, lot, bid_inputs(reader, now, lot))

        agreed = paired(lambda: connection.execute(plain_sql.TOTALS).fetchall(), tool, times=3)
        every = paired(
            lambda: connection.execute(plain_sql.TOTALS_OF_SCORES).fetchall(), tool, times=3
        )
    connection.close()
    yield of_pairs("P9", "rank exactly, against SQL over agreed", size.name, agreed, 2.0)
    yield of_pairs("", "  against SQL over individual scores", size.name, every, None)


class _Import:
    """Fresh files to import into, and the rows in the form each side wants them."""

    def __init__(self, folder: Path, size: Size, pool: Sequence[str]) -> None:
        self._empty, self._file = folder / "empty.tender", folder / "import.tender"
        self._empty.unlink(missing_ok=True)
        sizes.create(self._empty, size).file.close()
        self._session: Session | None = None
        self._connection: sqlite3.Connection | None = None
        self.scores = sizes.scores(size, pool)
        moment = sizes.NOW.isoformat()
        self._texts: list[Row] = [
            (number, 2, score.rationale) for number, score in enumerate(self.scores, start=1)
        ]
        self._rows: list[Row] = [
            (
                number,
                2,
                score.evaluator,
                score.place.bidder,
                score.place.criterion,
                "",
                1,
                "ready",
                number_text(score.points),
                1,
                number,
                moment,
            )
            for number, score in enumerate(self.scores, start=1)
        ]

    def fresh(self) -> None:
        """Open a fresh file for each side; only one of them is then used."""
        self.close()
        shutil.copyfile(self._empty, self._file)
        tool = self._file.with_name("import-tool.tender")
        shutil.copyfile(self._empty, tool)
        self._connection = plain_sql.opened(self._file)
        self._session = open_tender(tool, "Ada Lead", sizes.now, VIA)

    def baseline(self) -> None:
        assert self._connection is not None
        pieces = [
            (plain_sql.TEXT, self._texts),
            (plain_sql.SCORE, self._rows),
            (plain_sql.ENTRY, [plain_sql.entry(2)]),
        ]
        plain_sql.insert(self._connection, pieces)

    def tool(self) -> None:
        assert self._session is not None
        with self._session.change("scores recorded") as change:
            recording.add_scores(change, self.scores, sizes.NOW)

    def size_of_file(self) -> int:
        """Return the size of the file that the tool has just filled."""
        assert self._session is not None
        return self._session.file.path.stat().st_size

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._session is not None:
            self._session.file.close()


def importing(folder: Path, size: Size) -> Iterator[Line]:
    """P4 and P8: import every score of a tender at once, and how large the file gets."""
    pairs = PAIRS if size.scores <= sizes.M.scores else 3
    for mean in (1900, 2500):
        pool = sizes.texts(mean)
        case = _Import(folder, size, pool)
        if mean == 1900:
            found = paired(case.baseline, case.tool, pairs=pairs, before=case.fresh)
            yield of_pairs("P4", f"import {size.scores:,} scores", size.name, found, 1.8)
        else:
            case.fresh()
            case.tool()
        stored = sum(len(score.rationale.encode()) for score in case.scores)
        kept = case.size_of_file()
        case.close()
        what = f"file over text of {stored / len(case.scores) / 1000:.2f} kB mean"
        yield Line("P8", what, size.name, mb(stored), mb(kept), kept / stored, None, 1.25)
