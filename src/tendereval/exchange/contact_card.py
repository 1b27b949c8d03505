"""Contact cards: what a person hands out so that others can seal to them; holds no secret.

A card is signed with its own key. That shows that it is whole and that its owner has the key;
that the owner is who the name says is for people to compare, in the words of the fingerprint.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tendereval.domain.errors import BadSignature
from tendereval.domain.packs import ContactCard
from tendereval.exchange.file_writing import appearing, read_bytes
from tendereval.exchange.identity_file import Identity
from tendereval.exchange.seal import are_keys, is_signed, sign
from tendereval.exchange.travel_json import bounded, damaged, decode, encode

FORMAT: Final = "tendereval-card"
_WHAT: Final = "contact card"
_LIMIT: Final = 64 * 1024
_LONGEST: Final = 1000


@dataclass(frozen=True, slots=True)
class _Signed:
    card: ContactCard
    signature: str


def write_card(path: Path, identity: Identity) -> None:
    """Write a person's contact card; an older one of that name is replaced.

    Raises:
        FileProblem: no room, no folder, or no right to write.
    """
    with appearing(path) as stream:
        stream.write(card_text(identity))


def read_card(path: Path) -> ContactCard:
    """Read a contact card and check that it is whole.

    Raises:
        BadSignature: it was altered, or its owner lacks the key.
        NewerPack: a newer version of the product wrote it.
        UnreadablePack: not a contact card, damaged, or not to be read.
    """
    return card_from(read_bytes(path, _LIMIT, _WHAT))


def card_text(identity: Identity) -> bytes:
    """Return the content of a person's contact card."""
    card = identity.card
    return encode(FORMAT, _Signed(card, sign(identity.keys, _to_sign(card))))


def card_from(content: bytes) -> ContactCard:
    """Read the content of a contact card; raises what ``read_card`` raises."""
    bounded(content, _WHAT, _LIMIT)
    # What a later version adds would be signed as well, and not be known here.
    found = decode(content, FORMAT, _Signed, _WHAT, later=False)
    card = found.card
    if not are_keys(card.keys) or max(len(card.name), len(card.email)) > _LONGEST:
        raise damaged(_WHAT)
    if not is_signed(card.keys.signing, _to_sign(card), found.signature):
        raise BadSignature(
            "The contact card was altered since it was made.",
            "Ask the person for a fresh one, and compare its words by phone.",
        )
    return card


def _to_sign(card: ContactCard) -> bytes:
    return b"tendereval card 1\n" + encode(FORMAT, card)
