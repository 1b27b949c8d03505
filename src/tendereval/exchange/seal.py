"""Keys, signatures and seals: who may read a file, and who wrote it.

Sealing is age v1 (age-encryption.org/v1), signing is Ed25519 (RFC 8032); neither is changed
in any way. Age does not say who sealed, so what must be
known to come from somebody is signed as well. Secrets never enter a message or a repr.
"""

import io
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

import pyrage  # type: ignore[import-untyped]  # it has no types
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from pyrage import x25519

from tendereval.domain.errors import (
    NotForYou,
    PassphraseNeeded,
    UnreadablePack,
)
from tendereval.domain.packs import PublicKeys
from tendereval.exchange.age_header import AgeHeader, read_header
from tendereval.exchange.age_passphrase import seal_small, sealed_length, unseal_small
from tendereval.exchange.file_writing import reading, unread
from tendereval.exchange.pipes import Watched, draw, pour
from tendereval.exchange.strong_keys import KEY, is_strong
from tendereval.exchange.travel_json import damaged, too_much
from tendereval.exchange.words import as_told

T = TypeVar("T")

_SECRET_LENGTH: Final = 74
"""Of an age secret in its own form, in ASCII; always the same."""
_OVERHEAD: Final = 128 * 1024
"""More than the header and the tags of any age file within the bounds of this program add."""
_RECIPIENT: Final = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_SIGNATURE: Final = re.compile(r"[0-9a-f]{128}")


@dataclass(frozen=True, slots=True)
class SecretKeys:
    """Both pairs of keys of a person or a tender.

    Attributes:
        secret: opens what is sealed to its public half, in age's own form.
        signing_secret: 32 bytes of Ed25519 in hexadecimal.
    """

    secret: str = field(repr=False)
    signing_secret: str = field(repr=False)

    @property
    def public(self) -> PublicKeys:
        """The open halves.

        Raises:
            UnreadablePack: one of the two is no secret key.
        """
        return PublicKeys(
            recipient_of(self.secret), _signer(self).public_key().public_bytes_raw().hex()
        )


@dataclass(frozen=True, slots=True)
class ToRecipients:
    """Seal to people's keys; any one of them opens it."""

    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithSecrets:
    """Open with one's own keys, whichever fits."""

    secrets: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class WithPassphrase:
    """Seal or open with words that are told by another way."""

    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unlocked:
    """Open the one file whose passphrase was worked through already; see ``unlock``."""

    secret: str = field(repr=False)


Lock = ToRecipients | WithPassphrase
Key = WithSecrets | WithPassphrase | Unlocked


def new_keys() -> SecretKeys:
    """Make both pairs of keys by the system's own randomness."""
    return SecretKeys(
        str(x25519.Identity.generate()), Ed25519PrivateKey.generate().private_bytes_raw().hex()
    )


def recipient_of(secret: str) -> str:
    """Return what is sealed to for a secret to open it.

    Raises:
        UnreadablePack: it is no age secret.
    """
    return str(_identity(secret).to_public())


def are_keys(keys: PublicKeys) -> bool:
    """Whether both open halves have the form of keys, so that one can seal to and check them."""
    if not _RECIPIENT.fullmatch(keys.recipient) or not is_strong(keys.signing):
        return False
    try:
        x25519.Recipient.from_str(keys.recipient)
    except pyrage.RecipientError:
        return False
    return True


def sign(keys: SecretKeys, data: bytes) -> str:
    """Sign some bytes; the same bytes and keys give the same signature.

    Source: RFC 8032, section 5.1.6 (PureEdDSA over edwards25519).
    """
    return _signer(keys).sign(data).hex()


def is_signed(key: str, data: bytes, signature: str) -> bool:
    """Whether a signature over some bytes was made with the secret half of a key.

    Args:
        key: 32 bytes of Ed25519, lower-case hexadecimal.
        data: what was signed.
        signature: 64 bytes, lower-case hexadecimal.

    Returns:
        False also for rubbish, and for keys of small order, which prove nothing.

    Source: RFC 8032, section 5.1.7.
    """
    if not is_strong(key) or not _SIGNATURE.fullmatch(signature):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature), data
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """Seal some bytes to people's keys; any one of them opens it.

    Raises:
        UnreadablePack: a recipient is no age key.
    """
    return bytes(pyrage.encrypt(data, _recipients(recipients)))


def unseal(sealed: bytes, secrets: Sequence[str], limit: int) -> bytes:
    """Open what ``seal`` made.

    Args:
        sealed: an age file in its binary form; anything at all may be in it.
        secrets: keys to try.
        limit: most bytes it may open to.

    Raises:
        NotForYou: sealed to other keys.
        PassphraseNeeded: it opens with a passphrase, not with keys.
        UnreadablePack: not an age file, damaged, cut short or too large.
    """
    if len(sealed) > limit + _OVERHEAD:
        raise too_much("file")
    header = read_header(io.BytesIO(sealed))
    if header.needs_passphrase:
        raise passphrase_needed()
    try:
        plain = bytes(pyrage.decrypt(sealed, [_identity(secret) for secret in secrets]))
    except pyrage.DecryptError as error:
        raise _refusal(error) from error
    if len(plain) > limit:
        raise too_much("file")
    return plain


def seal_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """Seal a few bytes with a passphrase; takes about a second of work on purpose.

    Raises:
        PassphraseNeeded: it is blank.
    """
    if not passphrase.strip():
        raise passphrase_needed()
    return seal_small(data, _spoken(passphrase))


def unseal_with_passphrase(sealed: bytes, passphrase: str) -> bytes:
    """Open what ``seal_with_passphrase`` made; for small files only.

    Raises:
        PassphraseNeeded: none was given.
        WrongPassphrase: it does not open the file.
        UnreadablePack: damaged or cut short.
    """
    if not passphrase.strip():
        raise passphrase_needed()
    return unseal_small(sealed, _spoken(passphrase))


def seal_stream(write_plain: Callable[[BinaryIO], None], target: BinaryIO, lock: Lock) -> None:
    """Seal a stream of any length, memory flat.

    Args:
        write_plain: writes the content; runs on the caller's thread.
        target: takes the sealed bytes. When anything fails, what it took is worth nothing.
        lock: whom to seal to. With a passphrase, a small part that the passphrase opens comes
            first; it holds a fresh secret, to which the stream behind it is sealed.

    Raises:
        UnreadablePack: a recipient is no age key.
        OSError: of the target.
    """
    if isinstance(lock, WithPassphrase):
        inner = x25519.Identity.generate()
        target.write(seal_with_passphrase(str(inner).encode("ascii"), lock.passphrase))
        recipients = [inner.to_public()]
    else:
        recipients = _recipients(lock.recipients)

    def take(source: Watched) -> None:
        sink = Watched(target)
        try:
            pyrage.encrypt_io(source, sink, recipients)
        except pyrage.EncryptError as error:
            raise sink.error or source.error or error from error

    pour(write_plain, take)


def unseal_stream(source: BinaryIO, key: Key, read_plain: Callable[[BinaryIO], T]) -> T:
    """Open a sealed stream of any length, memory flat.

    Args:
        source: the sealed bytes, from where it stands; can seek.
        key: what opens it.
        read_plain: reads the content; runs on the caller's thread. What it reads is genuine
            so far, but whether that is all shows only at the end: it must leave nothing behind
            that counts before this function returns.

    Returns:
        What ``read_plain`` returned, and only if the stream was genuine to its last byte.

    Raises:
        NotForYou: sealed to other keys, or opened by keys where a passphrase was given.
        PassphraseNeeded: it opens with a passphrase and none was given.
        WrongPassphrase: it opens with another one.
        UnreadablePack: not an age file, damaged, cut short, or the disk does not give it.
    """
    start = source.tell()
    header = read_header(source)
    if header.needs_passphrase:
        secrets = [_inner(source, header, key)]
        start = source.tell()
        if read_header(source).needs_passphrase:
            raise damaged("file")
    elif isinstance(key, WithPassphrase):
        raise NotForYou(
            "The file does not open with a passphrase; it is sealed to a person's own keys.",
            "Open it on the computer, and as the person, whose contact card it was made for.",
        )
    else:
        own = (key.secret,) if isinstance(key, Unlocked) else key.secrets
        secrets = [_identity(secret) for secret in own]
    source.seek(start)

    def give(target: Watched) -> None:
        sealed = Watched(source)
        try:
            pyrage.decrypt_io(sealed, target, secrets)
        except pyrage.DecryptError as error:
            raise _cause(sealed, target) or _refusal(error) from error
        except OSError as error:  # also how a chunk that is not genuine is told
            raise _cause(sealed, target) or damaged("file") from error

    return draw(give, read_plain)


def unlock(path: Path, key: Key) -> Key:
    """Work through the passphrase of a file, so that it can be opened more than once.

    Args:
        path: what ``seal_stream`` wrote; anything at all may be in it.
        key: what opens it.

    Returns:
        What opens the same file at once; the key itself where no passphrase opens the file.

    Raises:
        PassphraseNeeded: none was given.
        WrongPassphrase: it opens with another one.
        UnreadablePack: not an age file, damaged, cut short, or the disk does not give it.
    """
    with reading(path) as source:
        header = read_header(source)
        if header.needs_passphrase and not isinstance(key, Unlocked):
            return Unlocked(str(_inner(source, header, key)))
    return key


def needs_passphrase(path: Path) -> bool:
    """Whether a passphrase opens the file, and not somebody's keys.

    Raises:
        UnreadablePack: not a sealed file, or it cannot be read.
    """
    with reading(path) as source:
        return read_header(source).needs_passphrase


def passphrase_needed() -> PassphraseNeeded:
    """Return the refusal to open a file without its passphrase."""
    return PassphraseNeeded(
        "The file opens with a passphrase.", "Type the one that its sender told you."
    )


def _cause(source: Watched, target: Watched) -> UnreadablePack | OSError | None:
    """Return what a stream itself met, if anything."""
    return target.error if source.error is None else unread("The file", source.error)


def _refusal(error: Exception) -> UnreadablePack | NotForYou:
    if str(error) == "No matching keys found":
        return NotForYou(
            "The file is sealed for somebody else.",
            "Ask its sender to make it for your own contact card.",
        )
    return damaged("file")


def _spoken(passphrase: str) -> str:
    return as_told(unicodedata.normalize("NFC", passphrase.strip()))


def _inner(source: BinaryIO, header: AgeHeader, key: Key) -> x25519.Identity:
    """Return the key of a stream from the part before it, and leave the source behind that."""
    part = header.raw + source.read(sealed_length(_SECRET_LENGTH))
    if isinstance(key, Unlocked):
        return _identity(key.secret)
    spoken = key.passphrase if isinstance(key, WithPassphrase) else ""
    try:
        return _identity(unseal_with_passphrase(part, spoken).decode("ascii"))
    except UnicodeDecodeError as error:
        raise damaged("file") from error


def _identity(secret: str) -> x25519.Identity:
    try:
        return x25519.Identity.from_str("".join(secret.split()).upper())
    except pyrage.IdentityError:
        raise UnreadablePack(
            "The secret key is not complete, or not a secret key.",
            "Compare it with its original, character by character.",
        ) from None


def _recipients(keys: Sequence[str]) -> list[x25519.Recipient]:
    try:
        return [x25519.Recipient.from_str(key) for key in keys]
    except pyrage.RecipientError as error:
        raise UnreadablePack(
            "The key to seal to is not complete, or not a key.",
            "Ask the person for a fresh contact card.",
        ) from error


def _signer(keys: SecretKeys) -> Ed25519PrivateKey:
    if not KEY.fullmatch(keys.signing_secret):
        raise UnreadablePack("The signing key is not complete.", "Restore it from its original.")
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(keys.signing_secret))
