"""Append what concerns packs and returns; see ``recording`` for everything else."""

from collections.abc import Sequence

from tendereval.domain.ids import PersonId
from tendereval.domain.packs import (
    Alias,
    Manifest,
    PublicKeys,
    Receipt,
    SignedHead,
)
from tendereval.store import mapping, pack_rows
from tendereval.store.pack_questions import (
    Collected,
    NameDecision,
    PackMade,
    ReturnMade,
)
from tendereval.store.unit_of_work import Change


def add_aliases(change: Change, items: Sequence[Alias]) -> None:
    """Record what bidders are called in packs."""
    change.append_many(
        pack_rows.alias, ({"bidder": item.bidder, "letters": item.letters} for item in items)
    )


def add_names_revealed(change: Change, reason: str) -> None:
    """Record that evaluators learn the names from now on."""
    change.append(pack_rows.names_revealed, {"reason": reason})


def add_name_decision(change: Change, item: NameDecision) -> None:
    """Record what becomes of one place where a name stands."""
    change.append(
        pack_rows.name_decision,
        {
            "subject": item.subject,
            "sha256": item.sha256,
            "start": item.start,
            "words": item.words,
            "redacted": int(item.redacted),
            "reason": item.reason,
        },
    )


def add_tender_key(change: Change, keys: PublicKeys, second: str, reason: str = "") -> None:
    """Record the tender's public keys and who, beside the lead, can open the others.

    Args:
        change: the transaction.
        keys: the open half.
        second: recipients that the closed half is sealed to beside the lead's, separated by
            a blank.
        reason: why they changed or were handed over; empty at first.
    """
    change.append(
        pack_rows.tender_key,
        {
            "recipient": keys.recipient,
            "signing": keys.signing,
            "second": second,
            "reason": reason,
        },
    )


def keep_sealed_key(change: Change, signing: str, sealed_to: str, content: bytes) -> None:
    """Keep the closed half of the tender's keys, beside the record.

    Args:
        change: the transaction.
        signing: the public signing key that they belong to.
        sealed_to: recipients, separated by a blank.
        content: an age stream.
    """
    change.add_beside(
        pack_rows.sealed_key, {"signing": signing, "sealed_to": sealed_to, "content": content}
    )


def add_signed_head(change: Change, head: SignedHead, why: str) -> None:
    """Record a signature over an earlier entry of this record."""
    change.append(
        pack_rows.signed_head,
        {
            "seq": head.seq,
            "hash": head.hash,
            "key": head.key,
            "signature": head.signature,
            "why": why,
        },
    )


def add_contact_key(change: Change, person: PersonId, keys: PublicKeys, how: str) -> None:
    """Record a person's public keys and how they came to be known."""
    change.append(
        pack_rows.contact_key,
        {"person": person, "recipient": keys.recipient, "signing": keys.signing, "how": how},
    )


def add_pack_made(change: Change, item: PackMade) -> None:
    """Record that a pack was made."""
    change.append(
        pack_rows.pack_made,
        {
            "person": item.person,
            "number": item.number,
            "kind": item.kind.value,
            "method_version": item.method_version,
            "sealed_to": item.sealed_to,
            "sha256": item.sha256,
            "part_allowed": int(item.part_allowed),
            "names": item.names,
        },
    )


def add_collected(change: Change, item: Collected, plain: bytes, sealed: bytes | None) -> None:
    """Record a return: what was signed within the record, what arrived beside it."""
    change.append(
        pack_rows.collected,
        {
            "person": item.person,
            "kind": item.kind.value,
            "source": item.source.value,
            "sha256": item.sha256,
            "pack": item.pack,
            "method_version": item.method_version,
            "opened_at": item.opened_at.isoformat(),
            "made_at": item.made_at.isoformat(),
            "complete": int(item.complete),
            "disposition": item.disposition.value,
            "signing": item.signing,
            "question_id": change.append_text(item.question),
            "plain": plain,
        },
    )
    if sealed is not None:
        change.replace(pack_rows.sealed_original, {"sha256": item.sha256, "content": sealed})


def add_held_taken(change: Change, sha256: str, reason: str) -> None:
    """Record that a return held apart is merged after all."""
    change.append(pack_rows.held_taken, {"sha256": sha256, "reason": reason})


def add_pack_opened(change: Change, manifest: Manifest, sha256: str) -> None:
    """Record, in a working file, the pack it was made from or brought up to."""
    change.append(
        pack_rows.pack_opened,
        {
            "number": manifest.number,
            "kind": manifest.kind.value,
            "sha256": sha256,
            "manifest": mapping.to_json(manifest),
        },
    )


def add_return_made(change: Change, item: ReturnMade) -> None:
    """Record, in a working file, a return that was written from it."""
    change.append(
        pack_rows.return_made,
        {
            "kind": item.kind.value,
            "number": item.number,
            "made_at": item.made_at.isoformat(),
            "sha256": item.sha256,
            "complete": int(item.complete),
        },
    )


def add_receipts(change: Change, items: Sequence[Receipt]) -> None:
    """Record, in a working file, the lead's word that returns were collected."""
    change.append_many(
        pack_rows.receipt, ({"sha256": item.sha256, "signature": item.signature} for item in items)
    )
