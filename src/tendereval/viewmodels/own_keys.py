"""The person's own keys on this computer: made silently at first use, shown as a card."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tendereval.domain.errors import KeysNeeded, PassphraseNeeded, UserFixable, WrongPassphrase
from tendereval.exchange.contact_card import write_card
from tendereval.exchange.identity_file import Identity
from tendereval.exchange.words import fingerprint
from tendereval.services import identities
from tendereval.services.progress import Progress

_LEAST: Final = 12


def own_or_new(name: str, email: str, passphrase: str = "") -> Identity:
    """Return the person's identity; where there is none yet, make it without a question.

    Args:
        name: as the lead's pack calls the person; stands on the card of a new identity.
        email: likewise.
        passphrase: what opens the identity, where it has one.

    Raises:
        PassphraseNeeded: the identity opens with a passphrase and none was given.
        WrongPassphrase: it opens with another one.
    """
    return identities.own_identity(passphrase=passphrase) or identities.make_own_identity(
        name, email
    )


@dataclass(frozen=True, slots=True)
class Card:
    """An identity as it is shown.

    Attributes:
        words: the fingerprint, to be compared by phone.
        protected: whether it opens with a passphrase.
    """

    name: str
    email: str
    words: str
    protected: bool


class OwnIdentityViewModel:
    """The person's own identity; commands return what was refused, or nothing when done."""

    def __init__(self) -> None:
        self._identity: Identity | None = None
        self._protected = False
        self.refused: UserFixable | None = None
        self.look()

    @property
    def card(self) -> Card | None:
        """The identity; None while there is none, or it is locked."""
        found = self._identity
        if found is None:
            return None
        words = fingerprint(found.card.keys)
        return Card(found.name, found.email, words, self._protected)

    @property
    def is_locked(self) -> bool:
        """Whether there is an identity that opens with a passphrase not given yet."""
        return isinstance(self.refused, PassphraseNeeded | WrongPassphrase)

    @property
    def may_make(self) -> bool:
        """Whether there is none, so that one can be made."""
        return self._identity is None and self.refused is None

    def look(self, passphrase: str = "") -> str:
        """Read the identity, with its passphrase where it has one."""
        self.refused = None
        try:
            self._identity = identities.own_identity(passphrase=passphrase)
        except UserFixable as refusal:
            self.refused = refusal
            if isinstance(refusal, PassphraseNeeded):
                self._protected = True
                return ""
            return in_words(refusal)
        return ""

    def make(self, name: str, email: str) -> str:
        """Make the identity."""
        name, email = name.strip(), email.strip()
        if not name:
            return "Write your name; it stands on the card."
        if "@" not in email:
            return "Write your e-mail; the lead finds you by it."
        return self._tried(lambda: identities.make_own_identity(name, email))

    def _tried(self, work: Callable[[], Identity]) -> str:
        try:
            self._identity = work()
        except UserFixable as refusal:
            return in_words(refusal)
        return ""

    def protect(self, passphrase: str, again: str) -> str:
        """Let the keys open with a passphrase from now on, typed twice."""
        identity = self._identity
        if identity is None:
            return "There is no identity to protect yet."
        if passphrase != again:
            return "The two are not the same. Type them again."
        if len(passphrase.strip()) < _LEAST:
            return f"That is too short. Use at least {_LEAST} characters, best several words."
        refused = self._tried(lambda: identities.protect_own_identity(passphrase))
        self._protected = self._protected or not refused
        return refused

    @property
    def proposed(self) -> str:
        """A name for the file of the card."""
        name = "-".join(re.findall(r"[^\W_]+", self._identity.name if self._identity else ""))
        return f"{name or 'me'}.evaluator"

    def refusal_of(self, error: Exception) -> str:
        """Return why the card was not written; what is no refusal goes on as a bug."""
        if not isinstance(error, UserFixable):
            raise error
        return in_words(error)

    def saving(self, path: Path) -> Callable[[Progress], Path]:
        """Return the job that writes the contact card; a missing ending is added."""
        path = path if path.suffix == ".evaluator" else path.with_name(f"{path.name}.evaluator")
        identity = self._identity
        if identity is None:
            raise KeysNeeded("There is no identity to make a card of.", "Make it first.")

        def save(_progress: Progress) -> Path:
            write_card(path, identity)
            return path

        return save


def in_words(refusal: UserFixable) -> str:
    """Return a refusal as one line."""
    return f"{refusal.happened} {refusal.do}"
