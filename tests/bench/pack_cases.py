"""Making and opening a pack with many documents: time against age alone, and memory."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from tendereval.domain.bidding import Response
from tendereval.exchange import seal
from tendereval.exchange.identity_file import Identity, write_identity
from tendereval.services import tender_keys
from tendereval.store import recording
from tests.bench import sizes
from tests.bench.pairs import Pairs
from tests.bench.sizes import Size
from tests.bench.table import Line, mb, of_pairs

_PLACES: Final = Size("packs", 25, 2, 1)
_DOCUMENT: Final = 4_000_000
MANY: Final = 50
FEW: Final = 10
_ROUNDS: Final = 2


@dataclass(frozen=True, slots=True)
class Run:
    """What one process told."""

    cpu: float
    before: int
    peak: int

    @property
    def beyond(self) -> int:
        """Memory above what was there before the work."""
        return self.peak - self.before


def _prepared(folder: Path, documents: int) -> Path:
    """Make a tender with so many documents of four megabytes, and as many plain bytes."""
    place = folder / f"packs-{documents}"
    place.mkdir()
    lead = Identity("Ada Lead", "", seal.new_keys())
    write_identity(place / "lead.key", lead)
    write_identity(place / "own.key", Identity("Evaluator 1", "", seal.new_keys()))
    with sizes.create(place / "packs.tender", _PLACES) as session:
        tender_keys.ensure(session.with_identity(lead))
        with session.change("answers recorded") as change:
            responses = []
            for number, at in enumerate(islice(sizes.places(_PLACES), documents)):
                content = os.urandom(_DOCUMENT)
                kept = recording.add_document(
                    change, at.bidder, f"{number}.pdf", content, "application/pdf"
                )
                responses.append(Response(at, sizes.words(300), kept))
            recording.add_responses(change, responses)
    (place / "bytes").write_bytes(os.urandom(_DOCUMENT) * documents)
    return place


def _run(way: str, lock: str, folder: Path) -> Run:
    command = [sys.executable, "-m", "tests.bench.pack_once", way, lock, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Run(**json.loads(done.stdout))


def _cleared(folder: Path) -> None:
    for name in ("one.scorepack", "own.scoring", "bytes.age", "bytes.back"):
        (folder / name).unlink(missing_ok=True)


def _rounds(folder: Path, lock: str) -> list[tuple[Run, Run, Run, Run]]:
    """Seal, make, unseal and open in turn, each in a process of its own."""
    found = []
    for _ in range(_ROUNDS):
        _cleared(folder)
        found.append(
            (
                _run("seal", lock, folder),
                _run("make", lock, folder),
                _run("unseal", lock, folder),
                _run("open", lock, folder),
            )
        )
    return found


def packs(folder: Path) -> Iterator[Line]:
    """Packs of 200 MB of documents; memory is held against a pack of 40 MB."""
    many, few = _prepared(folder, MANY), _prepared(folder, FEW)
    size = f"{MANY * _DOCUMENT // 1_000_000} MB"
    for lock in ("card", "passphrase"):
        rounds = _rounds(many, lock)
        _cleared(few)
        small = {name: _run(name, lock, few).beyond for name in ("make", "open")}
        for name, base, tool in (("make", 0, 1), ("open", 2, 3)):
            found = Pairs(
                tuple(run[base].cpu for run in rounds), tuple(run[tool].cpu for run in rounds)
            )
            what = f"{name} a pack ({lock}), against age alone"
            yield of_pairs("", what, size, found, None)
            low = small[name]
            high = min(run[tool].beyond for run in rounds)
            flat = f"  peak memory, against {FEW * _DOCUMENT // 1_000_000} MB of documents"
            yield Line("pack", flat, size, mb(low), mb(high), high / low, None, 1.25)
    shutil.rmtree(many)
    shutil.rmtree(few)
