"""Verify a tender file: integrity, record, documents and every total a second time."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from tendereval.domain.errors import UserFixable
from tendereval.domain.method_text import canonical_text
from tendereval.domain.recomputation import disagreements
from tendereval.domain.record import sha256_text
from tendereval.domain.stages import Stage
from tendereval.services import bids, ranking
from tendereval.services.checking_signatures import head_faults, return_faults
from tendereval.services.readiness import award_gaps, missing_for
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store.repository import Reader


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found.

    Attributes:
        faults: what is wrong with the file, its record or its totals; empty when all is well.
        open_points: what still stands between this file and an award; not a fault.
        entries: length of the record.
        head: hash of the newest entry.
        totals: how many totals were worked out a second time.
    """

    stage: Stage
    faults: tuple[str, ...]
    open_points: tuple[str, ...]
    entries: int
    head: str
    totals: int


def check_tender(session: Session) -> CheckReport:
    """Verify everything that can be verified from the file alone.

    Database pages and references; the chain of the record and the rows each entry covers; the
    fingerprint of each method version; the SHA-256 of each document; answers against their
    lock; every signature of the tender over its record and of evaluators over their returns;
    every total by a second path.
    """
    faults = list(session.file.integrity_faults())
    with session.reading() as reader:
        now = situation(reader)
        faults += reader.record_faults()
        faults += _method_faults(reader, now)
        faults += _document_faults(reader)
        faults += _lock_faults(reader)
        faults += _register_faults(reader)
        faults += head_faults(reader)
        faults += return_faults(reader)
        arithmetic, totals = _arithmetic(reader, now)
        head = reader.head()
        open_points = _open_points(reader, now, session)
    return CheckReport(now.stage, (*faults, *arithmetic), open_points, head.seq, head.hash, totals)


def _method_faults(reader: Reader, now: Situation) -> Iterator[str]:
    methods = {version.number: version.method for version in now.versions}
    for number, text, fingerprint in reader.method_texts():
        if sha256_text(text) != fingerprint or canonical_text(methods[number]) != text:
            yield f"Version {number} of the method does not match its fingerprint."


def _document_faults(reader: Reader) -> Iterator[str]:
    for document in reader.documents():
        if hashlib.sha256(reader.document_content(document.id)).hexdigest() != document.id:
            yield f"The document {document.name} is not the one that was kept."


def _lock_faults(reader: Reader) -> Iterator[str]:
    locked = reader.answers_lock()
    if locked is not None and locked != bids.answers_digest(reader):
        yield "Answers or documents differ from those locked at the deadline."


def _register_faults(reader: Reader) -> Iterator[str]:
    """Yield the documents whose record is no longer in the chain: its end was cut off."""
    hashes = {entry.hash for entry in reader.entries()}
    for made in reader.documents_made():
        if made["head"] not in hashes:
            yield (
                f"{made['name']} was written from a record that is no longer whole: entries after "
                "it was made are missing or were replaced."
            )


def _arithmetic(reader: Reader, now: Situation) -> tuple[list[str], int]:
    faults: list[str] = []
    totals = 0
    if now.stage.position < Stage.PRICE.position:
        return faults, totals
    for lot in now.method.lots:
        inputs = ranking.bid_inputs(reader, now, lot.ref)
        try:
            first = ranking.rank(reader, now, lot.ref)
        except UserFixable:
            # Unfinished or refused: nothing is computed, so nothing can differ.
            continue
        totals += len(first.ranked)
        faults += disagreements(first, now.method, inputs)
    return faults, totals


def _open_points(reader: Reader, now: Situation, session: Session) -> tuple[str, ...]:
    following = now.stage.following
    points = [] if following is None else list(missing_for(reader, now, following, session.clock()))
    if now.stage.position >= Stage.PRICE.position and now.stage is not Stage.CLOSED:
        points += award_gaps(reader, now)
    return tuple(dict.fromkeys(points))
