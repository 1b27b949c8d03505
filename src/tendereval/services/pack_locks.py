"""Whom a pack is sealed to: a person's card, the key the person is known by, or a passphrase."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tendereval.domain.errors import RuleRefusal
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import ContactCard, PublicKeys
from tendereval.services.situation import Situation
from tendereval.services.tender_keys import other_key_refusal

if TYPE_CHECKING:
    from tendereval.exchange.seal import Lock
    from tendereval.services.packing import PackOrder

BY_TELLING: Final = "passphrase"
_SHORTEST: Final = 8


@dataclass(frozen=True, slots=True)
class Sealing:
    """How one pack is sealed.

    Attributes:
        to: a recipient, or ``passphrase``, as the record has it.
        words: of the key, to be compared by phone; empty with a passphrase.
        fresh: keys that the person is known by from now on; None where nothing is new.
        how: how they came to be known.
    """

    lock: "Lock" = field(repr=False)
    to: str
    words: str = ""
    fresh: PublicKeys | None = None
    how: str = ""


def sealing_for(now: Situation, order: "PackOrder", known: PublicKeys | None) -> Sealing:
    """Return how a pack is sealed.

    Args:
        now: the situation.
        order: with a card, a passphrase, or neither: then the known key serves.
        known: keys that the person is known by.

    Raises:
        RuleRefusal: nothing to seal with, both, a short passphrase, or a card of somebody else.
        OtherKey: the card's keys are not those the person is known by.
    """
    from tendereval.exchange import seal, words  # noqa: PLC0415

    phrase = order.passphrase.strip()
    if order.card is not None and phrase:
        raise RuleRefusal(
            "A pack is sealed to a card or with a passphrase, not with both.",
            "Leave one of them out.",
        )
    if phrase:
        if len(phrase) < _SHORTEST:
            raise RuleRefusal(
                "That passphrase is too short.",
                "Use the proposed one, or several words of your own.",
            )
        return Sealing(seal.WithPassphrase(phrase), BY_TELLING)
    if order.card is not None:
        how = _accepted(now, order, order.card, known)
        keys = order.card.keys
        fresh = keys if keys != known else None
    elif known is not None:
        keys, fresh, how = known, None, ""
    else:
        raise RuleRefusal(
            f"There is nothing to seal the pack for {now.name(order.person)} with.",
            "Give the person's contact card, or a passphrase that you tell by another way.",
        )
    lock = seal.ToRecipients((keys.recipient,))
    return Sealing(lock, keys.recipient, words.fingerprint(keys), fresh, how)


def is_card_of(now: Situation, person: PersonId, card: ContactCard) -> bool:
    """Whether a card carries the e-mail address that the panel has for a person."""
    known = now.people.get(person)
    email = known.email.strip().casefold() if known else ""
    return bool(email) and card.email.strip().casefold() == email


def _accepted(
    now: Situation, order: "PackOrder", card: ContactCard, known: PublicKeys | None
) -> str:
    """Return how a card came to be taken for the person's; refuse one that is not."""
    same, who = is_card_of(now, order.person, card), now.name(order.person)
    if card.keys == known:
        return "card"
    if not same and not order.is_theirs:
        raise RuleRefusal(
            f"The card is of {card.email.strip() or 'nobody with an e-mail address'}, which is not "
            f"the address that the panel has for {who}.",
            "Choose the person's own card, or confirm that this one is theirs.",
        )
    if known is not None and not order.reason.strip():
        raise other_key_refusal(known, card.keys)
    how = "card" if same else "card, taken as theirs by the lead"
    return how if known is None else f"another {how}: {order.reason.strip()}"
