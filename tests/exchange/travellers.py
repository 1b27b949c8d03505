"""Small typed builders of what travels between laptops; each default is the plainest value."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from tendereval.domain.bidding import Bidder, Place, Response, StoredDocument
from tendereval.domain.evaluation import PanelMember, Role, ScoreState
from tendereval.domain.ids import BidderId, CriterionId, DocumentId, LotId, PersonId
from tendereval.domain.packs import (
    Manifest,
    PackKind,
    ReturnBody,
    ReturnedConfirmation,
    ReturnedDeclaration,
    ReturnedScore,
    ReturnKind,
    SignedHead,
)
from tendereval.domain.tender import MethodVersion, VersionKind
from tendereval.exchange import seal
from tendereval.exchange.identity_file import Identity
from tendereval.exchange.pack_file import read_pack, write_pack
from tests.builders import a_criterion, a_method, a_tender_details

NOON = datetime(2027, 6, 1, 11, tzinfo=UTC)
TENDER, ANN, STRANGER = seal.new_keys(), seal.new_keys(), seal.new_keys()
TO_ANN = seal.ToRecipients((ANN.public.recipient,))
AS_ANN = seal.WithSecrets((ANN.secret,))
A = BidderId("bidder-a")
IDENTITY = Identity("Ann Ódhran", "ann@borsetshire.example", ANN)


def a_document(content: bytes, name: str = "answer.pdf") -> StoredDocument:
    """Describe a document of these bytes."""
    digest = hashlib.sha256(content).hexdigest()
    return StoredDocument(DocumentId(digest), A, name, len(content), "application/pdf")


def a_manifest(*documents: StoredDocument, text: str = "We will.") -> Manifest:
    """Make the manifest of a pack with one question and one bidder."""
    method = a_method(replace(a_criterion("Q1", "100"), minimum=Fraction(5, 2)))
    return Manifest(
        kind=PackKind.SCOREPACK,
        tender="t-1",
        number=1,
        made_at=NOON,
        details=a_tender_details(),
        version=MethodVersion(1, VersionKind.PUBLISHED, method, "f" * 64, NOON),
        evaluator=PanelMember(
            PersonId("p-1"), Role.EVALUATOR, "Evaluator 1", frozenset({CriterionId("Q1")})
        ),
        name="Ann",
        email="ann@borsetshire.example",
        lead="Lee",
        bidders=(Bidder(A, "Bidder A"),),
        bids=(),
        organisations=("Alder Ltd", "Beech plc"),
        declaration=None,
        responses=(Response(Place(A, CriterionId("Q1")), text),),
        documents=documents,
        clarifications=(),
        agreed=(),
        sent_back=(),
        is_moderated=False,
        names_hidden=True,
        names_revealed=False,
        part_allowed=False,
        return_by=None,
        message="",
        keys=TENDER.public,
        head=SignedHead(7, "a" * 64, TENDER.public.signing, "b" * 128),
        receipts=(),
    )


def a_score(number: int = 1, rationale: str = "It says how.") -> ReturnedScore:
    """Make a score of 3.5 for one question."""
    place = Place(A, CriterionId(f"Q{number}"), LotId("1"))
    return ReturnedScore(place, ScoreState.READY, Fraction(7, 2), rationale, 1, NOON)


def a_confirmation(dissent: str = "") -> ReturnedConfirmation:
    """Make a word on an agreed score."""
    place = Place(A, CriterionId("Q1"))
    return ReturnedConfirmation(place, 1, not dissent, dissent, NOON)


def a_body(*scores: ReturnedScore, question: str = "") -> ReturnBody:
    """Make the body of Ann's first return."""
    return ReturnBody(
        kind=ReturnKind.SCORES,
        tender="t-1",
        evaluator=PersonId("p-1"),
        pack=1,
        opened_at=NOON,
        method_version=1,
        fingerprint="f" * 64,
        number=1,
        made_at=NOON,
        complete=True,
        declaration=ReturnedDeclaration("", (), NOON),
        scores=scores or (a_score(),),
        confirmations=(),
        question=question,
        head_seq=7,
        head_hash="a" * 64,
        keys=ANN.public,
        app="1.0",
    )


def make_pack(path: Path, *contents: bytes, lock: seal.Lock = TO_ANN) -> Manifest:
    """Write a pack that holds documents of these bytes."""
    manifest = a_manifest(*(a_document(content) for content in contents))
    kept = {hashlib.sha256(content).hexdigest(): content for content in contents}
    write_pack(path, manifest, lambda document: kept[document], lock)
    return manifest


Opened = tuple[Manifest, tuple[tuple[StoredDocument, bytes], ...]]


def open_pack(path: Path, key: seal.Key = AS_ANN) -> Opened:
    """Read everything in a pack."""

    def take(manifest: Manifest, found: Iterator[tuple[StoredDocument, bytes]]) -> Opened:
        return manifest, tuple(found)

    return read_pack(path, key, take)
