"""Keys and passphrases as everyday words that people can compare or tell by phone.

Source: the English word list of Bitcoin's BIP-39: 2,048 words, told apart by four letters.
"""

import hashlib
import re
import secrets
from functools import cache
from typing import Final

from tendereval import resources
from tendereval.domain.packs import PublicKeys

_WORDS: Final = 2048
_BITS: Final = 11
_FINGERPRINT: Final = 8
_PASSPHRASE: Final = 6
_BETWEEN: Final = re.compile(r"[\s,;.\-‐‑–—]+")


def fingerprint(keys: PublicKeys) -> str:
    """Return eight words that stand for both open keys: 88 bits of their SHA-256."""
    return in_words(f"{keys.recipient}\n{keys.signing}\n".encode(), _FINGERPRINT)


def in_words(data: bytes, count: int) -> str:
    """Return words that stand for some bytes: eleven bits of their SHA-256 a word.

    Args:
        data: anything.
        count: how many words, 23 at most.
    """
    number = int.from_bytes(hashlib.sha256(data).digest())
    words = _words()
    shifts = (256 - _BITS * (position + 1) for position in range(count))
    return " ".join(words[number >> shift & _WORDS - 1] for shift in shifts)


def propose_passphrase() -> str:
    """Return six words by chance, joined by hyphens: 66 bits, and scrypt's work on top."""
    return "-".join(secrets.choice(_words()) for _ in range(_PASSPHRASE))


def as_told(passphrase: str) -> str:
    """Return a passphrase of listed words the way it was proposed.

    Told by phone and typed by hand it may come with blanks, commas or capitals. A passphrase
    of other words than those of the list is returned as it is.
    """
    typed = [word for word in _BETWEEN.split(passphrase.casefold()) if word]
    if len(typed) > 1 and _known().issuperset(typed):
        return "-".join(typed)
    return passphrase


@cache
def _words() -> tuple[str, ...]:
    text = resources.path("words/words.txt").read_text(encoding="utf-8")
    return tuple(text.split())


@cache
def _known() -> frozenset[str]:
    return frozenset(_words())
