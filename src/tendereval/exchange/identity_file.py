"""The file that holds a person's own keys: read by nobody else, and never written over.

A JSON text of mode 0600; with a passphrase the same text inside an age passphrase file.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tendereval.domain.packs import ContactCard
from tendereval.exchange.age_header import INTRO
from tendereval.exchange.file_writing import appearing_once, read_bytes
from tendereval.exchange.seal import (
    SecretKeys,
    seal_with_passphrase,
    unseal_with_passphrase,
)
from tendereval.exchange.travel_json import bounded, decode, encode

FORMAT: Final = "tendereval-identity"
_WHAT: Final = "key file"
_LIMIT: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Identity:
    """A person with both pairs of keys."""

    name: str
    email: str
    keys: SecretKeys

    @property
    def card(self) -> ContactCard:
        """What the person hands out."""
        return ContactCard(self.name, self.email, self.keys.public)


@dataclass(frozen=True, slots=True)
class _Kept:
    name: str
    email: str
    secret: str = field(repr=False)
    signing_secret: str = field(repr=False)


def write_identity(path: Path, identity: Identity, passphrase: str = "") -> None:
    """Write a new key file that only its owner may read.

    Args:
        path: in an existing folder.
        identity: whose it is.
        passphrase: what it is to be opened with; blank for none.

    Raises:
        FileExists: there is a file of that name.
        FileProblem: no room, no folder, or no right to write.
    """
    content = identity_text(identity)
    if passphrase.strip():
        content = seal_with_passphrase(content, passphrase)
    with appearing_once(path) as stream:
        stream.write(content)


def read_identity(path: Path, passphrase: str = "") -> Identity:
    """Read a key file.

    Raises:
        PassphraseNeeded: it opens with a passphrase and none was given.
        WrongPassphrase: it opens with another one.
        NewerPack: a newer version of the product wrote it.
        UnreadablePack: not a key file, damaged, or not to be read.
    """
    content = read_bytes(path, _LIMIT, _WHAT)
    if content.startswith(INTRO):
        content = unseal_with_passphrase(content, passphrase)
    return identity_from(content)


def identity_text(identity: Identity) -> bytes:
    """Return the text of a key file; secret."""
    keys = identity.keys
    return encode(FORMAT, _Kept(identity.name, identity.email, keys.secret, keys.signing_secret))


def identity_from(content: bytes) -> Identity:
    """Read the text of a key file.

    Raises:
        NewerPack: a newer version of the product wrote it.
        UnreadablePack: not such a text, or damaged.
    """
    bounded(content, _WHAT, _LIMIT)
    kept = decode(content, FORMAT, _Kept, _WHAT)
    identity = Identity(kept.name, kept.email, SecretKeys(kept.secret, kept.signing_secret))
    identity.keys.public  # noqa: B018 - says when one of them is no key
    return identity
