"""P7: keeping one score, as text being typed and as a revision, against a raw durable commit."""

import shutil
from collections.abc import Iterator
from fractions import Fraction
from itertools import count
from pathlib import Path

from tendereval.domain.evaluation import ScoreState
from tendereval.services import scoring
from tendereval.services.tenders import open_tender
from tendereval.store import recording
from tests.bench import plain_sql, sizes
from tests.bench.pairs import Work, percentile, walls
from tests.bench.plain_sql import Row
from tests.bench.sizes import VIA, Size
from tests.bench.table import Line, ms

AIMS = {50: 4.0, 95: 8.0}


class _Copies:
    """One filled tender as three files of the same folder, and five ways to save into them."""

    def __init__(self, folder: Path, size: Size) -> None:
        paths = [folder / f"autosave-{name}.tender" for name in ("tool", "raw", "wal")]
        self._size, self._pool = size, sizes.texts(1900)
        with sizes.create(paths[0], size) as session, session.change("scores recorded") as change:
            recording.add_scores(change, sizes.scores(size, self._pool), sizes.NOW)
        for path in paths[1:]:
            shutil.copyfile(paths[0], path)
        self._person, self._places = sizes.evaluators(size)[0], tuple(sizes.places(size))
        self._session = open_tender(paths[0], "Ada Lead", sizes.now, VIA)
        self._raw, self._wal = plain_sql.opened(paths[1]), plain_sql.opened(paths[2], "WAL")
        self._turns = {name: count() for name in ("raw", "wal", "raw revision", "typed", "entered")}

    def _next(self, name: str) -> tuple[int, str]:
        turn = next(self._turns[name])
        return turn, self._pool[turn % len(self._pool)]

    def _typed_row(self, name: str) -> list[Row]:
        place, moment = self._places[0], sizes.NOW.isoformat()
        text = self._next(name)[1]
        keys = (self._person, "score", place.bidder, place.criterion, "")
        return [(*keys, "4", "draft", text, moment)]

    def raw_typing(self) -> None:
        plain_sql.insert(self._raw, [(plain_sql.WORKING, self._typed_row("raw"))])

    def wal_typing(self) -> None:
        plain_sql.insert(self._wal, [(plain_sql.WORKING, self._typed_row("wal"))])

    def raw_revision(self) -> None:
        turn, text = self._next("raw revision")
        number, seq = self._size.scores + 1 + turn, 3 + turn
        place, revision = self._places[turn % len(self._places)], 2 + turn // len(self._places)
        key = (self._person, place.bidder, place.criterion, "", revision)
        score: Row = (number, seq, *key, "ready", "4", 1, number, sizes.NOW.isoformat())
        texts: list[Row] = [(number, seq, text)]
        pieces: list[tuple[str, list[Row]]] = [
            (plain_sql.TEXT, texts),
            (plain_sql.SCORE, [score]),
            (plain_sql.ENTRY, [plain_sql.entry(seq)]),
        ]
        plain_sql.insert(self._raw, pieces)

    def typing(self) -> None:
        body = self._next("typed")[1]
        text: dict[str, str | None] = {"points": "4", "state": "draft", "body": body}
        scoring.keep_typing(self._session, self._person, "score", self._places[0], text)

    def revision(self) -> None:
        turn, body = self._next("entered")
        place = self._places[turn % len(self._places)]
        entry = scoring.Entry(place, ScoreState.READY, Fraction(4), body)
        scoring.record_score(self._session, self._person, entry)

    def close(self) -> None:
        self._session.file.close()
        self._raw.close()
        self._wal.close()


def autosave(folder: Path, size: Size) -> Iterator[Line]:
    """Measure wall-clock time: what a save costs is mostly the disk's word that it is kept."""
    files = _Copies(folder, size)
    ways: list[Work] = [files.raw_typing, files.typing, files.raw_revision, files.revision]
    raw_typing, typing, raw_revision, revision, wal = walls([*ways, files.wal_typing])
    files.close()
    for share, aim in AIMS.items():
        for what, base, tool, limit in (
            ("autosave of typed text", raw_typing, typing, aim),
            ("a revision with its audit entry", raw_revision, revision, aim),
            ("  typed text against WAL", wal, typing, None),
        ):
            low, high = percentile(base, share), percentile(tool, share)
            goal, told = "P7" if limit else "", f"{what}, p{share}"
            yield Line(goal, told, size.name, ms(low), ms(high), high / low, None, limit)
