"""Small age files that a passphrase opens; one chunk, one person's words.

The format is age v1 and any age tool reads and writes it. The steps are taken here, with the
parts from cryptography, because pyrage's own measure the work by this machine, which may come
to gigabytes of memory on the next one, and stop every other thread meanwhile.

Source: the age v1 format (age-encryption.org/v1; C2SP, age.md), recipient type scrypt.
"""

import io
import re
import secrets
from base64 import b64decode, b64encode
from hmac import compare_digest
from hmac import digest as hmac_digest
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tendereval.domain.errors import Bug, WrongPassphrase
from tendereval.exchange.age_header import INTRO, read_header
from tendereval.exchange.travel_json import damaged

WORK: Final = 18
"""Power of two of scrypt's work: 256 MB of memory and about a second."""
CHUNK: Final = 64 * 1024
"""Most bytes that one such file holds here."""
_BLOCK_SIZE: Final = 8
_SALT: Final = 16
_NONCE: Final = 16
_TAG: Final = 16
_FILE_KEY: Final = 16
_NO_NONCE: Final = bytes(12)
_LAST_CHUNK: Final = bytes(11) + b"\x01"
_HEADER: Final = re.compile(
    re.escape(INTRO)
    + rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n"
    + rb"--- ([A-Za-z0-9+/]{43})\n"
)


def sealed_length(length: int) -> int:
    """Return how many bytes follow the header of a file that holds so many."""
    return _NONCE + length + _TAG


def seal_small(data: bytes, passphrase: str) -> bytes:
    """Seal a few bytes with a passphrase; takes about a second of work on purpose."""
    if len(data) > CHUNK:
        raise Bug(f"{len(data)} bytes in one chunk")
    file_key, salt = secrets.token_bytes(_FILE_KEY), secrets.token_bytes(_SALT)
    wrapped = ChaCha20Poly1305(_wrap_key(passphrase, salt, WORK)).encrypt(_NO_NONCE, file_key, None)
    head = INTRO + b"-> scrypt %s %d\n%s\n---" % (_to_base64(salt), WORK, _to_base64(wrapped))
    nonce = secrets.token_bytes(_NONCE)
    chunk = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).encrypt(_LAST_CHUNK, data, None)
    return head + b" " + _to_base64(_code(file_key, head)) + b"\n" + nonce + chunk


def unseal_small(sealed: bytes, passphrase: str) -> bytes:
    """Open what ``seal_small`` or another age tool made.

    Raises:
        WrongPassphrase: the passphrase does not open it.
        UnreadablePack: not such a file, damaged or cut short, or more work than is done for a
            stranger.
    """
    header = read_header(io.BytesIO(sealed)).raw
    payload = sealed[len(header) :]
    found = _HEADER.fullmatch(header)
    if found is None or not sealed_length(0) <= len(payload) <= sealed_length(CHUNK):
        raise damaged("file")
    salt, wrapped, code = (_from_base64(found[group]) for group in (1, 3, 4))
    try:
        file_key = ChaCha20Poly1305(_wrap_key(passphrase, salt, int(found[2]))).decrypt(
            _NO_NONCE, wrapped, None
        )
    except InvalidTag as error:
        raise WrongPassphrase(
            "The passphrase does not open the file.",
            "Check it with the person who told it to you, and type it again.",
        ) from error
    if not compare_digest(code, _code(file_key, header[: -len(b" \n") - len(found[4])])):
        raise damaged("file")
    try:
        return ChaCha20Poly1305(_derived(file_key, payload[:_NONCE], b"payload")).decrypt(
            _LAST_CHUNK, payload[_NONCE:], None
        )
    except InvalidTag as error:
        raise damaged("file") from error


def _wrap_key(passphrase: str, salt: bytes, work: int) -> bytes:
    salted = b"age-encryption.org/v1/scrypt" + salt
    kdf = Scrypt(salt=salted, length=32, n=1 << work, r=_BLOCK_SIZE, p=1)
    return kdf.derive(passphrase.encode("utf-8", "surrogatepass"))


def _derived(file_key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=purpose).derive(file_key)


def _code(file_key: bytes, head: bytes) -> bytes:
    return hmac_digest(_derived(file_key, b"", b"header"), head, "sha256")


def _to_base64(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _from_base64(text: bytes) -> bytes:
    data = b64decode(text + b"=" * (-len(text) % 4))
    if _to_base64(data) != text:  # spare bits that say nothing must be zero
        raise damaged("file")
    return data
