"""Merging returns against the plainest SQL: attach each file, insert what it holds."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from tendereval.domain.evaluation import Score
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import (
    PackKind,
    ReturnBody,
    ReturnedDeclaration,
    ReturnedScore,
    ReturnKind,
)
from tendereval.exchange import return_file, seal
from tendereval.exchange.identity_file import Identity
from tendereval.exchange.seal import SecretKeys
from tendereval.services import collecting, tender_keys
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.services.tenders import open_tender
from tendereval.store import pack_recording, recording
from tendereval.store.pack_questions import PackMade
from tests.bench import plain_sql, sizes
from tests.bench.pairs import Work, paired
from tests.bench.sizes import VIA, Size
from tests.bench.table import Line, of_pairs

RETURNS: Final = Size("10 × 1,800", 24, 75, 10)
"""Ten evaluators return 18,000 scores together."""
RETURNS_LARGE: Final = Size("10 × 18,000", 120, 150, 10)
_SHARE: Final = """
INSERT INTO long_text (entry, body) SELECT 2, body FROM other.long_text ORDER BY id;
INSERT INTO score (entry, evaluator, bidder, criterion, lot, revision, state, points,
                   method_version, rationale_id, recorded_at)
SELECT 2, evaluator, bidder, criterion, lot, revision, state, points, method_version,
       rationale_id + {before}, recorded_at FROM other.score ORDER BY id"""


class _Returns:
    """A tender without scores, its evaluators' returns, and the same scores as SQLite files."""

    def __init__(self, folder: Path, size: Size) -> None:
        self._folder, self._size = folder, size
        self._empty, self._file = folder / "collect.tender", folder / "collect-tool.tender"
        self._plain = folder / "collect-plain.tender"
        self._lead = Identity("Ada Lead", "", seal.new_keys())
        self._keys: dict[PersonId, SecretKeys] = {
            person: seal.new_keys() for person in sizes.evaluators(size)
        }
        with sizes.create(self._empty, size) as session:
            own = session.with_identity(self._lead)
            tender_keys.ensure(own)
            self._sent = _packs_made(own, size)
            self._recipient = tender_keys.unlocked(own).public.recipient
        pool = sizes.texts(1900)
        every = sizes.scores(size, pool)
        cells = size.cells
        shares = [every[at * cells : (at + 1) * cells] for at in range(size.evaluators)]
        self.returns = [self._written(share, 1) for share in shares]
        self.again = [self._written(share, 2) for share in shares]
        self.files = [_as_file(folder, size, share) for share in shares]

    def _written(self, scores: Sequence[Score], number: int) -> Path:
        """Write one evaluator's return; a second one says the same later."""
        person = scores[0].evaluator
        body = replace(
            self._sent,
            evaluator=person,
            number=number,
            made_at=sizes.NOW + timedelta(hours=number),
            scores=tuple(_returned(score) for score in scores),
            keys=self._keys[person].public,
        )
        path = self._folder / f"{person}-{number}.scores"
        return_file.write_return(
            path, return_file.signed(body, self._keys[person]), self._recipient
        )
        return path

    def fresh(self) -> None:
        """Put both sides back to a tender without scores."""
        for path in self._folder.glob("collect-*"):
            path.unlink()
        shutil.copyfile(self._empty, self._file)
        shutil.copyfile(self._empty, self._plain)

    def baseline(self) -> None:
        connection = plain_sql.opened(self._plain)
        for number, path in enumerate(self.files):
            connection.execute("ATTACH ? AS other", (str(path),))
            connection.execute("BEGIN IMMEDIATE")
            before = number * self._size.cells
            for statement in _SHARE.format(before=before).split(";"):
                connection.execute(statement)
            connection.execute(plain_sql.ENTRY, plain_sql.entry(100 + number))
            connection.execute("COMMIT")
            connection.execute("DETACH other")
        connection.close()

    def tool(self) -> None:
        self._collect(self.returns)

    def same_scores(self) -> None:
        self._collect(self.again)

    def _collect(self, paths: Sequence[Path]) -> None:
        with open_tender(self._file, "Ada Lead", sizes.now, VIA) as opened:
            session = opened.with_identity(self._lead)
            found = collecting.look_at_returns(session, paths)
            assert not found.refused, found.refused[0].refusal
            collecting.collect(session, found)


def _packs_made(session: Session, size: Size) -> ReturnBody:
    """Record a pack for everybody; return what all their returns have in common."""
    with session.change("pack made") as change:
        for person in sizes.evaluators(size):
            made = PackMade(person, 1, PackKind.SCOREPACK, 1, "passphrase", "0" * 64, True, "shown")
            pack_recording.add_pack_made(change, made)
    with session.reading() as reader:
        now, head, keys = situation(reader), reader.head(), reader.tender_keys()
        tender = reader.tender_id()
    assert keys is not None
    return ReturnBody(
        ReturnKind.SCORES,
        tender,
        sizes.LEAD,
        1,
        sizes.NOW,
        1,
        now.versions[-1].fingerprint,
        1,
        sizes.NOW,
        True,
        ReturnedDeclaration("", (), sizes.NOW),
        (),
        (),
        "",
        head.seq,
        head.hash,
        keys,
        "bench",
    )


def _returned(score: Score) -> ReturnedScore:
    return ReturnedScore(
        score.place, score.state, score.points, score.rationale, score.method_version, sizes.NOW
    )


def _as_file(folder: Path, size: Size, scores: Sequence[Score]) -> Path:
    """Keep one evaluator's scores in a file of their own, as a working file has them."""
    path = folder / f"{scores[0].evaluator}.scoring"
    with sizes.create(path, size) as session, session.change("scores recorded") as change:
        recording.add_scores(change, scores, sizes.NOW)
    return path


def merging(folder: Path, size: Size = RETURNS) -> Iterator[Line]:
    """P5 and P6: merge ten returns; the same files again; the same scores in newer returns."""
    case, pairs = _Returns(folder, size), 5 if size is RETURNS else 1
    found = paired(case.baseline, case.tool, pairs=pairs, before=case.fresh)
    yield of_pairs("P5", "look at and merge 10 returns", size.name, found, 2.5)
    again = paired(_first(case), case.tool, pairs=pairs)
    yield of_pairs("P6", "the same 10 files again, against the first time", size.name, again, 0.6)
    newer = paired(_first(case), case.same_scores, pairs=pairs)
    yield of_pairs("", "  newer returns that say the same", size.name, newer, None)
    for path in (*case.returns, *case.again, *case.files):
        path.unlink()


def _first(case: _Returns) -> Work:
    """Return the work of merging into a tender without scores."""

    def work() -> None:
        case.fresh()
        case.tool()

    return work
