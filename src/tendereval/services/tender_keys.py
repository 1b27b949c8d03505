"""The tender's own pair of keys: made, unlocked, handed over, and signing the record's head.

The open half lies in the record. The closed half lies beside it, sealed to the lead and to
somebody or something else; it never leaves this module but in memory.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tendereval.domain.errors import (
    KeysNeeded,
    NotForYou,
    OtherKey,
    ReasonNeeded,
    RuleRefusal,
    UnreadablePack,
    UserFixable,
)
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import (
    ContactCard,
    PublicKeys,
    Receipt,
    SignedHead,
    signed_head_text,
)
from tendereval.services.session import Session
from tendereval.store import pack_recording
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import Change

if TYPE_CHECKING:
    from tendereval.exchange.seal import SecretKeys

_LIMIT: Final = 4096


@dataclass(frozen=True, slots=True)
class Made:
    """The tender's keys, at hand.

    Attributes:
        keys: the open half.
        is_new: whether they were made just now.
        recovery: a secret that opens them too, to be printed and locked away; it is told this
            once and kept nowhere. Empty where a colleague's card took its place.
        recovery_words: what the printed secret can be compared by.
    """

    keys: PublicKeys
    is_new: bool = False
    recovery: str = field(default="", repr=False)
    recovery_words: str = ""


def ensure(session: Session, second: PublicKeys | None = None) -> Made:
    """Make the tender's keys where there are none yet; else return those there are.

    Args:
        session: the open tender, with the lead's identity.
        second: a colleague's keys, who can open returns too; None makes a recovery key.

    Raises:
        KeysNeeded: the lead's identity is not at hand.
        RuleRefusal: the second keys are the lead's own.
    """
    from tendereval.exchange import seal, words  # noqa: PLC0415

    with session.reading() as reader:
        known = reader.tender_keys()
    if known is not None:
        return Made(known)
    own = _own(session)
    if second is not None and second.recipient == own.public.recipient:
        raise RuleRefusal(
            "These are your own keys; if they are lost, nobody else can open returns.",
            "Choose a colleague's card, or a recovery key to print.",
        )
    tender = session.new_keys()
    recovery = None if second is not None else session.new_keys()
    other = second or (recovery.public if recovery else None)
    others = () if other is None else (other.recipient,)
    recipients = (own.public.recipient, *others)
    sealed = seal.seal(_closed(tender), recipients)
    ids = {"signing": tender.public.signing}
    with session.change("tender keys made", ids) as change:
        pack_recording.add_tender_key(change, tender.public, " ".join(others))
        pack_recording.keep_sealed_key(change, tender.public.signing, " ".join(recipients), sealed)
    if recovery is None:
        return Made(tender.public, is_new=True)
    return Made(tender.public, True, recovery.secret, words.in_words(recovery.secret.encode(), 8))


def unlocked(session: Session) -> "SecretKeys":
    """Return the tender's keys, opened with the identity at hand.

    Raises:
        KeysNeeded: there are none yet, or they are sealed to others.
    """
    own = _own(session)
    with session.reading() as reader:
        keys, copies = _copies(reader)
    found = _opened(keys, copies, own.secret)
    if found is None:
        raise KeysNeeded(
            "The tender's keys are sealed to somebody else.",
            "Ask who holds them to hand them over to your contact card, or use the printed "
            "recovery key.",
        )
    return found


def hand_over(session: Session, card: ContactCard, reason: str, *, other_key: bool = False) -> None:
    """Let a colleague open the tender's keys from now on, as who was lead could.

    The keys stay the same, so that returns on their way still open. Who hands over could have
    kept a copy: what was opened once cannot be closed.

    Args:
        session: the open tender, with the identity of who can open the keys now.
        card: the colleague's.
        reason: why.
        other_key: take the card though the colleague was known by another key.

    Raises:
        KeysNeeded: the identity at hand does not open them.
        ReasonNeeded: without a reason.
        OtherKey: the colleague is known by another key.
    """
    _check_reason(reason)
    keys = unlocked(session)
    with session.reading() as reader:
        person = _person_of(reader, card.email)
        known = None if person is None else reader.contact_keys().get(person)
    if known is not None and known != card.keys and not other_key:
        raise other_key_refusal(known, card.keys)
    ids = {"recipient": card.keys.recipient} | ({"person": person} if person else {})
    with session.change("tender keys handed over", ids, reason=reason) as change:
        _seal_anew(change, keys, card.keys.recipient, reason)
        if person is not None and known != card.keys:
            pack_recording.add_contact_key(change, person, card.keys, "handed over to this card")


def recover(session: Session, recovery_secret: str, reason: str = "") -> None:
    """Open the tender's keys with the printed key and seal them to the identity at hand.

    Raises:
        KeysNeeded: no identity at hand, or the printed key is of another tender.
        UnreadablePack: the key is not complete.
    """
    from tendereval.exchange import seal  # noqa: PLC0415

    own = _own(session)
    secret = "".join(recovery_secret.split()).upper()
    seal.recipient_of(secret)
    with session.reading() as reader:
        keys, copies = _copies(reader)
    found = _opened(keys, copies, secret)
    if found is None:
        raise KeysNeeded(
            "That key does not open this tender's keys.",
            "Check that it was printed for this tender, and type it again.",
        )
    ids = {"recipient": own.public.recipient}
    why = reason.strip() or "opened with the recovery key"
    with session.change("tender keys recovered", ids, reason=why) as change:
        _seal_anew(change, found, own.public.recipient, why)


def sign_head(session: Session, why: str) -> SignedHead | None:
    """Sign the newest entry of the record, where the keys can be had without asking.

    Args:
        session: the open tender.
        why: what gave rise to it; no names.

    Returns:
        None where nothing was signed: no keys yet, or sealed to somebody else.
    """
    with session.reading() as reader:
        if reader.tender_keys() is None:
            return None
    try:
        keys = unlocked(session.with_identity(session.identity or session.find_identity()))
    except UserFixable:
        return None
    with session.reading() as reader:
        head = head_signed(reader, keys)
    with session.change("record signed", {"seq": str(head.seq)}) as change:
        pack_recording.add_signed_head(change, head, why)
    return head


def head_signed(reader: Reader, keys: "SecretKeys") -> SignedHead:
    """Return the newest entry of the record, signed; records nothing."""
    from tendereval.exchange import seal  # noqa: PLC0415

    head = reader.head()
    text = signed_head_text(reader.tender_id(), head.seq, head.hash)
    return SignedHead(head.seq, head.hash, keys.public.signing, seal.sign(keys, text))


def receipt_for(keys: "SecretKeys", sha256: str) -> Receipt:
    """Return the tender's word that the return of this digest was collected."""
    from tendereval.exchange import seal  # noqa: PLC0415

    return Receipt(sha256, seal.sign(keys, sha256.encode()))


def other_key_refusal(known: PublicKeys, shown: PublicKeys) -> OtherKey:
    """Return the refusal of a key that is not the one a person is known by."""
    from tendereval.exchange import words  # noqa: PLC0415

    return OtherKey(
        f"This person is known by the key “{words.fingerprint(known)}”; this one is "
        f"“{words.fingerprint(shown)}”.",
        "Compare the words by phone. If the person has new keys, accept them with a reason.",
    )


def _own(session: Session) -> "SecretKeys":
    if session.identity is None:
        raise KeysNeeded(
            "Your own keys are not at hand.",
            "Open the tender with your identity, or give its file and passphrase.",
        )
    return session.identity.keys


def _copies(reader: Reader) -> tuple[PublicKeys, tuple[bytes, ...]]:
    keys = reader.tender_keys()
    if keys is None:
        raise KeysNeeded("The tender has no keys yet.", "Make them; the first pack asks for it.")
    return keys, tuple(content for _, content in reader.sealed_keys(keys.signing))


def _opened(keys: PublicKeys, copies: Sequence[bytes], secret: str) -> "SecretKeys | None":
    """Return the closed half from the first copy that opens and fits the open half."""
    from tendereval.exchange import seal  # noqa: PLC0415

    for sealed in copies:
        try:
            found = _from_closed(seal.unseal(sealed, (secret,), _LIMIT))
            # Copies lie beside the record: one that was put there may hold other keys.
            if found.public == keys:
                return found
        except (NotForYou, UnreadablePack, ValueError, KeyError, TypeError):
            continue
    return None


def _closed(keys: "SecretKeys") -> bytes:
    """Write both secrets down, to be sealed at once."""
    whole = {"secret": keys.secret, "signing_secret": keys.signing_secret}
    return json.dumps(whole, sort_keys=True).encode()


def _from_closed(plain: bytes) -> "SecretKeys":
    from tendereval.exchange import seal  # noqa: PLC0415

    whole = json.loads(plain)
    return seal.SecretKeys(str(whole["secret"]), str(whole["signing_secret"]))


def _seal_anew(change: Change, keys: "SecretKeys", recipient: str, reason: str) -> None:
    """Seal the closed half to somebody new and to whom it was sealed to beside the lead."""
    from tendereval.exchange import seal  # noqa: PLC0415

    public = keys.public
    second = next(
        second
        for known, second, _, _ in reversed(change.reader.tender_key_history())
        if known == public
    )
    recipients = tuple(dict.fromkeys((recipient, *second.split())))
    pack_recording.add_tender_key(change, public, second, reason)
    sealed = seal.seal(_closed(keys), recipients)
    pack_recording.keep_sealed_key(change, public.signing, " ".join(recipients), sealed)


def _person_of(reader: Reader, email: str) -> PersonId | None:
    wanted = email.strip().casefold()
    found = (one.id for one in reader.people().values() if one.email.casefold() == wanted)
    return next(found, None) if wanted else None


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonNeeded("Handing the keys over needs a reason.", "Say why; it is kept.")
