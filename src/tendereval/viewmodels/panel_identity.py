"""The lead's own keys at hand: found on this computer, or made silently at first need."""

from pathlib import Path

from tendereval.domain.errors import UserFixable
from tendereval.services import identities
from tendereval.services.session import Session
from tendereval.viewmodels.session_view_model import SessionViewModel

PLACE: Path | None = None
"""The folder of the key file; None is the keyring, or the person's own data folder."""


def with_own_keys(
    desk: SessionViewModel, passphrase: str = "", place: Path | None = None
) -> Session:
    """Return the session with the keys of whoever is at this computer.

    Args:
        desk: the open file; it has the keys at hand from then on.
        passphrase: what opens the key file, where it has one.
        place: the folder of the key file; ``PLACE`` where not told.

    Raises:
        PassphraseNeeded: the keys lie in a file that opens with a passphrase.
        WrongPassphrase: it opens with another one.
        KeysNeeded: the keyring that keeps them does not give them.
    """
    session = desk.session
    if session.identity is not None:
        return session
    folder = place or PLACE
    identity = identities.own_identity(folder, passphrase)
    if identity is None:
        person = desk.now.people.get(session.actor.person)
        name = person.name if person else desk.now.name(session.actor.person)
        identity = identities.make_own_identity(name, person.email if person else "", folder)
    desk.know_identity(identity)
    return desk.session


def unlock(desk: SessionViewModel, passphrase: str) -> UserFixable | None:
    """Have the lead's own keys at hand by their passphrase, and return what was refused."""
    try:
        with_own_keys(desk, passphrase)
    except UserFixable as refusal:
        return refusal
    return None
