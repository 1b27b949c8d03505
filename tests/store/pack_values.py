"""One or two of each thing about packs and returns that a file can keep."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from fractions import Fraction

from tendereval.domain.bidding import Bid, Bidder, Clarification, Place, Response, StoredDocument
from tendereval.domain.evaluation import Declaration, InterestOutcome, PanelMember, Role
from tendereval.domain.ids import BidderId, CriterionId, DocumentId, LotId, PersonId
from tendereval.domain.method_text import fingerprint
from tendereval.domain.moderation import AgreedScore, Explanation
from tendereval.domain.packs import (
    Alias,
    Disposition,
    Manifest,
    PackKind,
    PublicKeys,
    Receipt,
    ReturnKind,
    ReturnSource,
    SignedHead,
)
from tendereval.domain.tender import MethodVersion, TenderDetails, VersionKind
from tendereval.store import pack_recording
from tendereval.store.pack_questions import Collected, NameDecision, PackMade, ReturnMade
from tendereval.store.unit_of_work import Change
from tests.builders import a_criterion, a_method

AT = datetime(2027, 6, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
EVE = PersonId("p-2")
ACME, BEST = BidderId("b-1"), BidderId("b-2")
HIDDEN = Place(BidderId("bidder-a"), CriterionId("Q1"))
FIRST_KEYS = PublicKeys("age1first", "a1" * 32)
KEYS = PublicKeys("age1tender", "b2" * 32)
EVES = PublicKeys("age1eve", "c3" * 32)
SEALED, PLAIN, KEY = b"age\0sealed", b"tendereval-return 1 \xff{}", b"age\0key"


@dataclass(frozen=True, slots=True)
class PackValues:
    """What the tables about packs and returns hold in one file."""

    aliases: tuple[Alias, ...]
    revealed: str
    decisions: tuple[NameDecision, ...]
    keys: tuple[tuple[PublicKeys, str, str], ...]
    heads: tuple[SignedHead, ...]
    made: tuple[PackMade, ...]
    collected: tuple[Collected, ...]
    manifest: Manifest
    returned: tuple[ReturnMade, ...]
    receipts: tuple[Receipt, ...]


def pack_values(text: str = "Because the answer says so.") -> PackValues:
    """Make the values; ``text`` stands wherever a person writes freely."""
    return PackValues(
        (Alias(ACME, "B"), Alias(BEST, "A")),
        text,
        (
            NameDecision("answer b-1 Q1", "d4" * 32, 0, text, redacted=True, reason=text),
            NameDecision("answer b-1 Q1", "d4" * 32, 17, "Acme", redacted=False),
        ),
        ((FIRST_KEYS, "age1recovery", ""), (KEYS, "age1recovery age1lead", text)),
        (SignedHead(1, "e5" * 32, KEYS.signing, "f6" * 64),),
        (
            PackMade(EVE, 1, PackKind.SCOREPACK, 1, "passphrase", "01" * 32, False, "hidden", AT),
            PackMade(EVE, 3, PackKind.RECORD, 2, "age1eve", "02" * 32, True, "revealed", AT),
        ),
        _collected(text),
        manifest(text),
        (ReturnMade(ReturnKind.SCORES, 1, AT, "03" * 32, complete=False),),
        (Receipt("03" * 32, "07" * 64), Receipt("04" * 32, "08" * 64)),
    )


def _collected(text: str) -> tuple[Collected, ...]:
    return (
        Collected(
            EVE, ReturnKind.SCORES, ReturnSource.SIGNED, "03" * 32, 1, 1, AT, AT, True,
            Disposition.HELD, EVES.signing, text, AT, text or "taken", 2,
        ),
        Collected(
            EVE, ReturnKind.CONFIRMATION, ReturnSource.WORKBOOK, "04" * 32, 2, 1, AT,
            AT + timedelta(seconds=1), False, Disposition.MERGED, "", "", AT, "", 2,
        ),
    )  # fmt: skip


def manifest(text: str = "Because the answer says so.") -> Manifest:
    """Make the manifest of a pack in which nothing is left out."""
    method = a_method(a_criterion("Q1", 40), a_criterion("Q2", "20.5", lot="1"))
    lot = LotId("1")
    document = DocumentId("09" * 32)
    return Manifest(
        PackKind.SCOREPACK,
        "t-1",
        2,
        AT,
        TenderDetails("T1", text, "Borsetshire"),
        MethodVersion(1, VersionKind.PUBLISHED, method, fingerprint(method), AT, text, None),
        PanelMember(
            EVE, Role.EVALUATOR, "Evaluator 1", frozenset({CriterionId("Q1")}), frozenset({lot})
        ),
        # Not the name that erasing takes out of a tender file: a working file keeps its packs.
        "E. Valuator",
        "e.valuator@council.example",
        "L. Lead",
        (Bidder(HIDDEN.bidder, "Bidder A"),),
        (Bid(HIDDEN.bidder, lot),),
        ("Acme & Sons <Ltd>", text),
        Declaration(
            EVE, text, (HIDDEN.bidder,), InterestOutcome.REMOVED_FOR_BIDDERS, text,
            frozenset({HIDDEN.bidder}),
        ),
        (Response(HIDDEN, text, document, "12–14", late=True),),
        (StoredDocument(document, HIDDEN.bidder, "document-1.pdf", 9, "application/pdf"),),
        (Clarification(HIDDEN, text, text, AT, scorable=True, reason=text),),
        (AgreedScore(HIDDEN, Fraction("3.75"), text, text, (Explanation("a", text),), (), 1),),
        (HIDDEN,),
        True,
        True,
        False,
        True,
        AT + timedelta(days=9),
        text,
        KEYS,
        SignedHead(1, "e5" * 32, KEYS.signing, "f6" * 64),
        (Receipt("03" * 32, "07" * 64),),
    )  # fmt: skip


def record_packs(change: Change, values: PackValues) -> None:
    """Record all of it in one change, and keep beside the record what lies there."""
    pack_recording.add_aliases(change, values.aliases)
    pack_recording.add_names_revealed(change, values.revealed)
    for decision in values.decisions:
        pack_recording.add_name_decision(change, decision)
    for keys, second, reason in values.keys:
        pack_recording.add_tender_key(change, keys, second, reason)
        pack_recording.keep_sealed_key(change, keys.signing, second, KEY + second.encode())
    for head in values.heads:
        pack_recording.add_signed_head(change, head, "pack made")
    pack_recording.add_contact_key(change, EVE, FIRST_KEYS, "contact card")
    pack_recording.add_contact_key(change, EVE, EVES, "accepted by the lead")
    for pack in values.made:
        pack_recording.add_pack_made(change, pack)
    for item, sealed in zip(values.collected, (SEALED, None), strict=True):
        pack_recording.add_collected(change, item, PLAIN + item.sha256.encode(), sealed)
        if item.taken:
            pack_recording.add_held_taken(change, item.sha256, item.taken)
    pack_recording.add_pack_opened(change, values.manifest, "02" * 32)
    for made in values.returned:
        pack_recording.add_return_made(change, made)
    pack_recording.add_receipts(change, values.receipts)
