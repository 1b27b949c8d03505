"""What travels between the lead's laptop and an evaluator's, as frozen values; seals nothing.

A pack goes out to one evaluator, a return comes back. Bidders in both carry the codes of the
pack (``alias_id``), which are not the ids of the tender file where names are hidden.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from tendereval.domain.bidding import Bid, Bidder, Clarification, Place, Response, StoredDocument
from tendereval.domain.evaluation import Declaration, PanelMember, ScoreState
from tendereval.domain.ids import BidderId, PersonId
from tendereval.domain.moderation import AgreedScore
from tendereval.domain.publicvalue.commitments import Commitment, Goal
from tendereval.domain.tender import MethodVersion, TenderDetails


class PackKind(StrEnum):
    """What a pack asks of the evaluator; the value is also the ending of the file."""

    SCOREPACK = "scorepack"
    RECORD = "record"


class ReturnKind(StrEnum):
    """What a return brings."""

    SCORES = "scores"
    DECLARATION = "declaration"
    CONFIRMATION = "confirmation"


class ReturnSource(StrEnum):
    """How scores came back: a signed return, or a workbook that nobody signed."""

    SIGNED = "signed return"
    WORKBOOK = "workbook, unsigned"


class Disposition(StrEnum):
    """What collecting did with a return."""

    MERGED = "merged"
    HELD = "held apart"


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """The open half of a pair of keys.

    Attributes:
        recipient: what files are sealed to, in age's own form (``age1…``).
        signing: what signatures are checked with: 32 bytes of Ed25519 in hexadecimal.
    """

    recipient: str
    signing: str


@dataclass(frozen=True, slots=True)
class ContactCard:
    """What a person hands out so that others can seal to them and know their signature."""

    name: str
    email: str
    keys: PublicKeys


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The newest entry of a record at some moment, signed with the tender's key.

    Attributes:
        seq: number of the entry.
        hash: its hash.
        key: the signing key, hexadecimal.
        signature: Ed25519 over ``signed_head_text``, hexadecimal.
    """

    seq: int
    hash: str
    key: str
    signature: str


def signed_head_text(tender: str, seq: int, head: str) -> bytes:
    """Return the bytes that are signed for one head of one tender's record."""
    return f"{tender}\n{seq}\n{head}\n".encode()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The lead's word that a return was collected.

    Attributes:
        sha256: of the signed body of the return.
        signature: of the tender's key over that digest, hexadecimal.
    """

    sha256: str
    signature: str


def receipt_text(receipt: Receipt) -> str:
    """Write a receipt as the one line that the lead sends to the evaluator."""
    return f"tendereval-receipt 1 {receipt.sha256} {receipt.signature}"


def receipts_in(text: str) -> tuple[Receipt, ...]:
    """Read every receipt in a text (a message with other words in it, broken by its mailer)."""
    found = _RECEIPT.finditer(text)
    return tuple(
        Receipt("".join(one["sha256"].split()), "".join(one["signature"].split())) for one in found
    )


_RECEIPT = re.compile(
    r"tendereval-receipt\s+1\s+(?P<sha256>(?:[0-9a-f]\s*){64})\s(?P<signature>(?:\s*[0-9a-f]){128})"
)


@dataclass(frozen=True, slots=True)
class Alias:
    """What a bidder is called where names are hidden.

    Attributes:
        letters: ``A``, ``B`` … given in an order that says nothing about the bidders.
    """

    bidder: BidderId
    letters: str

    @property
    def name(self) -> str:
        """The name that evaluators see."""
        return f"Bidder {self.letters}"

    @property
    def code(self) -> BidderId:
        """The id that stands for the bidder in packs and returns."""
        return BidderId(f"bidder-{self.letters.casefold()}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything of a pack but the bytes of its documents.

    Attributes:
        kind: to be scored, or agreed scores to be confirmed.
        tender: identity of the tender file.
        number: 1, 2, 3 … per evaluator, over both kinds.
        made_at: when the lead made it; aware.
        details: reference, title, authority and dates only; no money.
        version: the method version in force, cut down to what this evaluator scores (and the
            sections above it); number and fingerprint are those of the whole.
        evaluator: the person's part in the panel.
        name: of the evaluator; ``email`` likewise.
        lead: name of the lead evaluator.
        bidders: by code; names are aliases and nothing else is filled in where names are hidden.
        bids: of those bidders, in the lots this evaluator scores.
        organisations: bidders and subcontractors by their real names, in alphabetical order,
            for the declaration; nothing links them to aliases.
        declaration: the newest one with the lead's decision; bidders by code.
        responses: to what this evaluator scores.
        documents: those that the responses name; names are neutral where names are hidden.
        clarifications: scorable ones at this evaluator's places.
        agreed: what is to be confirmed (kind ``record``), without who was present.
        sent_back: places that are open again since moderation began.
        is_moderated: whether moderation has opened: only ``sent_back`` may be scored.
        names_hidden: whether bidders are aliases in this pack.
        names_revealed: whether they were aliases earlier and are named now: declare anew.
        part_allowed: whether a return that is not complete is taken.
        return_by: when scores are wanted back; None where the lead gave no day.
        message: a few words of the lead to this evaluator.
        keys: of the tender: returns are sealed to them and receipts checked with them.
        head: of the tender's record when the pack was made.
        receipts: for returns of this evaluator that were collected so far.
        goals: of the authority, those on offer, for commitments made from the answers; none in
            a ``record``. Packs of minor version 0 have none.
    """

    kind: PackKind
    tender: str
    number: int
    made_at: datetime
    details: TenderDetails
    version: MethodVersion
    evaluator: PanelMember
    name: str
    email: str
    lead: str
    bidders: tuple[Bidder, ...]
    bids: tuple[Bid, ...]
    organisations: tuple[str, ...]
    declaration: Declaration | None
    responses: tuple[Response, ...]
    documents: tuple[StoredDocument, ...]
    clarifications: tuple[Clarification, ...]
    agreed: tuple[AgreedScore, ...]
    sent_back: tuple[Place, ...]
    is_moderated: bool
    names_hidden: bool
    names_revealed: bool
    part_allowed: bool
    return_by: datetime | None
    message: str
    keys: PublicKeys
    head: SignedHead
    receipts: tuple[Receipt, ...]
    goals: tuple[Goal, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedDeclaration:
    """A declaration of interests on its way back.

    Attributes:
        interest: in the person's own words; empty means "none".
        organisations: names from the pack's list that it concerns.
    """

    interest: str
    organisations: tuple[str, ...]
    declared_at: datetime


@dataclass(frozen=True, slots=True)
class ReturnedScore:
    """One current score of a working file; ``place`` carries the pack's code for the bidder."""

    place: Place
    state: ScoreState
    points: Fraction | None
    rationale: str
    method_version: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ReturnedConfirmation:
    """One person's word on one revision of one agreed score."""

    place: Place
    revision: int
    agrees: bool
    dissent: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ReturnBody:
    """What an evaluator signs and sends back; holds no name, so that names stay erasable.

    Attributes:
        tender: identity of the tender file, from the pack.
        evaluator: the person, from the pack.
        pack: number of the newest pack the working file was brought up to.
        opened_at: when the first pack was opened on the evaluator's laptop.
        method_version: of that pack; ``fingerprint`` is the method's.
        number: 1, 2, 3 … of this working file.
        made_at: later than that of every return made before from the same working file.
        complete: whether nothing that is asked was left out.
        declaration: None only in a return of confirmations.
        scores: every current score of the working file that still applies, drafts included.
        question: a private question to the lead; often empty.
        head_seq: number of the head in that pack; ``head_hash`` its hash.
        keys: of the evaluator; the signature is made with ``keys.signing``.
        app: version of the product that wrote it.
        commitments: made from the answers, withdrawn ones included; ``place`` carries the
            pack's code for the bidder. Returns of minor version 0 have none.
    """

    kind: ReturnKind
    tender: str
    evaluator: PersonId
    pack: int
    opened_at: datetime
    method_version: int
    fingerprint: str
    number: int
    made_at: datetime
    complete: bool
    declaration: ReturnedDeclaration | None
    scores: tuple[ReturnedScore, ...]
    confirmations: tuple[ReturnedConfirmation, ...]
    question: str
    head_seq: int
    head_hash: str
    keys: PublicKeys
    app: str
    commitments: tuple[Commitment, ...] = ()
