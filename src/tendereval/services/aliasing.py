"""What bidders are called in packs where names are hidden, and the day they are named.

Aliases are given when scoring begins and never change: a later bidder takes the next letters.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from tendereval.domain.aliases import letters
from tendereval.domain.errors import NotAllowedNow, ReasonNeeded, UserFixable
from tendereval.domain.ids import BidderId
from tendereval.domain.packs import Alias
from tendereval.domain.stages import Stage
from tendereval.services import tender_keys
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import pack_recording
from tendereval.store.unit_of_work import Change

REVEALED: Final = "names revealed"


def assign(session: Session) -> Mapping[BidderId, Alias]:
    """Give an alias to every bidder that has none, where names are hidden; return them all."""
    with session.reading() as reader:
        now = situation(reader)
    if not is_due(now):
        return now.aliases
    key = order_key(session)
    with session.change("aliases given") as change:
        return put_aliases(change, key)


def put_aliases(change: Change, key: bytes) -> Mapping[BidderId, Alias]:
    """Give the aliases that are missing, within the caller's transaction; return them all."""
    known = dict(change.reader.aliases())
    new = given(tuple(item.id for item in change.reader.bidders()), known, key)
    pack_recording.add_aliases(change, new)
    return known | {alias.bidder: alias for alias in new}


def given(
    bidders: tuple[BidderId, ...], known: Mapping[BidderId, Alias], key: bytes
) -> tuple[Alias, ...]:
    """Return aliases for those that have none, in an order only the key's holder can know."""
    missing = (bidder for bidder in bidders if bidder not in known)
    ordered = sorted(missing, key=lambda one: hmac.digest(key, one.encode(), hashlib.sha256))
    return tuple(
        Alias(bidder, letters(number)) for number, bidder in enumerate(ordered, start=len(known))
    )


def order_key(session: Session) -> bytes:
    """Return what decides the order of letters: a secret of the tender.

    That is its signing key or, where that is not at hand, the hash of the record's newest
    entry, which goes to no evaluator because another entry follows at once.
    """
    try:
        return tender_keys.unlocked(session).signing_secret.encode()
    except UserFixable:
        with session.reading() as reader:
            return reader.head().hash.encode()


def is_due(now: Situation) -> bool:
    """Whether names are hidden and a bidder has no alias yet."""
    return now.names_hidden and any(item.id not in now.aliases for item in now.bidders)


def reveal_names(session: Session, reason: str) -> None:
    """Record that evaluators learn the names; packs name bidders and ask for declarations anew.

    Raises:
        NotAllowedNow: names are not hidden, or are known already.
        ReasonNeeded: without a reason.
    """
    with session.reading() as reader:
        now = situation(reader)
    if not now.names_hidden:
        raise NotAllowedNow(
            "Bidders are not hidden from evaluators in this tender.", "Nothing is to be revealed."
        )
    if now.stage is Stage.SET_UP:
        raise NotAllowedNow(
            "The method is not published yet.", "Change “Hide bidder names” in Set-up instead."
        )
    if not reason.strip():
        raise ReasonNeeded(
            "Revealing the bidders' names needs a reason.", "Say why; it is kept and printed."
        )
    with session.change(REVEALED, reason=reason) as change:
        pack_recording.add_names_revealed(change, reason)
