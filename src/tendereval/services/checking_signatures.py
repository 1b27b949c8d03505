"""Verify what was signed, by the tender and by evaluators, from the file alone.

No secret is needed for it, and none is used.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tendereval.domain.bidding import Place
from tendereval.domain.errors import UserFixable
from tendereval.domain.evaluation import Score
from tendereval.domain.ids import BidderId
from tendereval.domain.packs import (
    Disposition,
    ReturnBody,
    ReturnedScore,
    ReturnSource,
    signed_head_text,
)
from tendereval.services.collecting_report import day_and_time
from tendereval.store.pack_questions import Collected
from tendereval.store.repository import Reader


def head_faults(reader: Reader) -> tuple[str, ...]:
    """Return what is wrong with the signed heads of the record, in words; none is well.

    A record that was rewritten from some entry on has other hashes from there on, which no
    longer are those that were signed.
    """
    return tuple(_head_faults(reader))


def _head_faults(reader: Reader) -> Iterator[str]:
    from tendereval.exchange import seal  # noqa: PLC0415

    heads = reader.signed_heads()
    if not heads:
        return
    tender, known = reader.tender_id(), {keys.signing for keys, *_ in reader.tender_key_history()}
    hashes = {entry.seq: entry.hash for entry in reader.entries()}
    for head in heads:
        text = signed_head_text(tender, head.seq, head.hash)
        if head.key not in known:
            yield f"Entry {head.seq} was signed with a key that is not the tender's."
        elif not seal.is_signed(head.key, text, head.signature):
            yield f"The signature over entry {head.seq} of the record is not genuine."
        if hashes.get(head.seq) != head.hash:
            yield (
                f"Entry {head.seq} of the record is not the one that was signed: the record was "
                "rewritten afterwards."
            )


def return_faults(reader: Reader) -> tuple[str, ...]:
    """Return what is wrong with the returns that were collected, in words; none is well.

    Each is what its evaluator signed, and says what the record says of it; each score and each
    confirmation of a return that was merged stands in the record. A workbook has no signature:
    only its bytes are compared.
    """
    every = reader.collected()
    if not every:
        return ()
    labels = {member.person: member.label for member in reader.panel()}
    judged = _Judged(reader)
    faults: list[str] = []
    for item in every:
        whose = f"The return of {labels.get(item.person, 'somebody off the panel')}"
        name = f"{whose} of {day_and_time(item.made_at)}"
        faults += (f"{name} {fault}" for fault in _return_faults(reader, item, judged))
    return tuple(faults)


class _Judged:
    """Every score and confirmation of a file, to be looked up by what a return says."""

    def __init__(self, reader: Reader) -> None:
        self._codes: Mapping[BidderId, BidderId] = {
            alias.code: bidder for bidder, alias in reader.aliases().items()
        }
        self._scores = {
            (item.evaluator, item.place, _said(item)) for item in reader.score_history()
        }
        self._words = {(item.person, item.place, item.revision) for item in reader.confirmations()}
        self.tender = reader.tender_id()

    def _place(self, given: Place) -> Place:
        return replace(given, bidder=self._codes.get(given.bidder, given.bidder))

    def holds(self, body: ReturnBody) -> bool:
        """Whether everything that a return brought stands in the record."""
        person = body.evaluator
        return all(
            (person, self._place(item.place), _said(item)) in self._scores for item in body.scores
        ) and all(
            (person, self._place(item.place), item.revision) in self._words
            for item in body.confirmations
        )


def _said(score: Score | ReturnedScore) -> tuple[object, ...]:
    return score.state, score.points, score.rationale, score.method_version


def _return_faults(reader: Reader, item: Collected, judged: _Judged) -> Iterator[str]:
    plain = reader.collected_plain(item.sha256)
    if item.source is ReturnSource.WORKBOOK:
        if hashlib.sha256(plain).hexdigest() != item.sha256:
            yield "is not the workbook that was collected."
        return
    from tendereval.exchange import return_file  # noqa: PLC0415

    try:
        body, sha256, signing = return_file.read_signed(plain)
    except UserFixable:
        yield "no longer is what was signed."
        return
    if (sha256, signing) != (item.sha256, item.signing) or not _is_as_recorded(body, item):
        yield "is not recorded as it was signed."
    if body.tender != judged.tender:
        yield "belongs to another tender."
    merged = item.disposition is Disposition.MERGED or bool(item.taken)
    if merged and not judged.holds(body):
        yield "was merged, and not everything in it stands in the record."


def _is_as_recorded(body: ReturnBody, item: Collected) -> bool:
    signed = (body.evaluator, body.kind, body.pack, body.method_version, body.complete)
    recorded = (item.person, item.kind, item.pack, item.method_version, item.complete)
    moments = (body.opened_at, body.made_at, body.question)
    return signed == recorded and moments == (item.opened_at, item.made_at, item.question)
