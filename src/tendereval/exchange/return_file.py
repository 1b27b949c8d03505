"""Returns on their way back: what an evaluator signs, and how it is sealed to the tender.

The plain bytes are one line with key and signature and then the body; they are what is kept,
so that the signature can be checked years later without any secret. Whose key it is, and
whether the return is welcome, is decided elsewhere.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from tendereval.domain.errors import BadSignature, ExchangeProblem, UnreadablePack
from tendereval.domain.packs import ReturnBody
from tendereval.domain.publicvalue.commitments import Commitment
from tendereval.exchange.file_writing import appearing, read_bytes
from tendereval.exchange.seal import SecretKeys, are_keys, is_signed, seal, sign, unseal
from tendereval.exchange.travel_json import (
    MAX_BYTES,
    check_moment,
    damaged,
    decode,
    decode_known,
    encode,
    newer,
    too_much,
)

FORMAT: Final = "tendereval-return"
MINOR: Final = 1
"""1 brought commitments; returns of 0 are read as having none."""
MAX_SCORES: Final = 200_000
MAX_COMMITMENTS: Final = 5_000
MAX_TEXT: Final = 100_000
"""Characters of one text."""
_MAX_NUMBER: Final = 2**31
_SEALED_OVERHEAD: Final = 1 << 20
_TEXTS_OF_A_SCORE: Final = 20
_TEXTS_OF_A_COMMITMENT: Final = 250
_OTHER_TEXTS: Final = 50_000
_WHAT: Final = "return"
_LINE: Final = re.compile(rb"tendereval-return ([1-9][0-9]{0,8}) ([0-9a-f]{64}) ([0-9a-f]{128})")
_LONGEST_LINE: Final = 300


def body_json(body: ReturnBody) -> bytes:
    """Return the canonical bytes of a return's body: sorted keys, no spaces, UTF-8.

    Raises:
        ExchangeProblem: a text in it cannot be written or is too long, or it is all too much.
    """
    data = encode(FORMAT, body, MINOR)
    for text in _texts(body):
        if len(text) > MAX_TEXT:
            raise ExchangeProblem(
                f"A text is longer than {MAX_TEXT:,} characters: “{text[:40]}…”.",
                "Shorten it; a rationale says why in a few sentences.",
            )
    if len(data) > MAX_BYTES - _LONGEST_LINE or _holds_too_much(body):
        raise ExchangeProblem(
            "The scores, rationales and commitments are more than one return may hold.",
            "Shorten the rationales, or ask the lead to divide the questions.",
        )
    return data


def signed(body: ReturnBody, keys: SecretKeys) -> bytes:
    """Return the plain bytes of a return: a line with key and signature, then the body.

    Args:
        body: what is returned; ``body.keys`` are the open halves of ``keys``.
        keys: of the evaluator.
    """
    data = body_json(body)
    key, signature = keys.public.signing, sign(keys, _to_sign(data))
    return f"{FORMAT} 1 {key} {signature}\n".encode("ascii") + data


def read_signed(plain: bytes) -> tuple[ReturnBody, str, str]:
    """Check the plain bytes of a return and read them; anything at all may be in them.

    Returns:
        The body, the SHA-256 of its bytes in lower-case hexadecimal, and the signing key.

    Raises:
        BadSignature: the bytes are not those that were signed, or not by the key they name.
        NewerPack: a newer version of the product wrote them.
        UnreadablePack: not a return, damaged, or past a bound.
    """
    if len(plain) > MAX_BYTES:
        raise too_much(_WHAT)
    end = plain.find(b"\n", 0, _LONGEST_LINE)
    found = _LINE.fullmatch(plain, 0, max(end, 0))
    if found is None:
        raise UnreadablePack(f"The file is not a {_WHAT}.", "Choose another file.")
    if int(found[1]) > 1:
        raise newer(_WHAT)
    key = found[2].decode("ascii")
    data = plain[end + 1 :]
    if not is_signed(key, _to_sign(data), found[3].decode("ascii")):
        raise _bad_signature()
    _check_size(data)
    body = decode(data, FORMAT, ReturnBody, _WHAT, MINOR)
    _check_content(body)
    if body.keys.signing != key:
        raise _bad_signature()
    return body, hashlib.sha256(data).hexdigest(), key


def read_known(plain: bytes) -> ReturnBody:
    """Read the plain bytes of a return that ``read_signed`` has checked before, bit for bit."""
    return decode_known(plain[plain.index(b"\n") + 1 :], ReturnBody, _WHAT)


def write_return(path: Path, plain: bytes, recipient: str) -> None:
    """Seal a return to the tender's key; an older file of that name is replaced.

    Raises:
        FileProblem: no room, no folder, or no right to write. An older file is still there.
        UnreadablePack: the recipient is no key.
    """
    sealed = seal(plain, [recipient])
    with appearing(path) as stream:
        stream.write(sealed)


def read_return(path: Path, secrets: Sequence[str]) -> tuple[bytes, bytes]:
    """Open a sealed return.

    Args:
        path: the file; anything at all may be in it.
        secrets: the tender's.

    Returns:
        The sealed bytes as they are in the file, and the plain bytes for ``read_signed``.

    Raises:
        NotForYou: sealed to another tender's key.
        UnreadablePack: not a return, damaged, cut short or too large.
    """
    sealed = read_bytes(path, MAX_BYTES + _SEALED_OVERHEAD, _WHAT)
    return sealed, unseal(sealed, secrets, MAX_BYTES)


def _to_sign(data: bytes) -> bytes:
    return b"tendereval return 1\n" + data


def _bad_signature() -> BadSignature:
    return BadSignature(
        "The return is not what its evaluator signed: it was altered on its way.",
        "Ask the evaluator to send it again.",
    )


def _check_size(data: bytes) -> None:
    """Refuse a body that would take far more memory than it is worth, before it is read.

    Every score has one rationale, every confirmation one dissent and every commitment one
    word on what would happen anyway; a body of this program
    has a certain number of texts for each, and marks of quotation tell how many texts there
    are. Types bound the rest: ``decode`` reads no deeper than they go.
    """
    parts, marks = data.count(b'"rationale":'), data.count(b'"')
    if parts <= MAX_SCORES and marks // 2 <= _OTHER_TEXTS + parts * _TEXTS_OF_A_SCORE:
        # Few enough even if every mark were one: the rest need not be counted.
        return
    parts += data.count(b'"dissent":')
    promises = data.count(b'"anyway":')
    texts = (marks - data.count(b'\\"')) // 2
    most = _OTHER_TEXTS + parts * _TEXTS_OF_A_SCORE + promises * _TEXTS_OF_A_COMMITMENT
    if parts > MAX_SCORES or promises > MAX_COMMITMENTS or texts > most:
        raise too_much(_WHAT)


def _check_content(body: ReturnBody) -> None:
    if _holds_too_much(body) or max(map(len, _texts(body))) > MAX_TEXT:
        raise too_much(_WHAT)
    if not all(0 <= number < _MAX_NUMBER for number in _numbers(body)) or not are_keys(body.keys):
        raise damaged(_WHAT)
    for at in _moments(body):
        check_moment(at, _WHAT)


def _holds_too_much(body: ReturnBody) -> bool:
    parts = len(body.scores) + len(body.confirmations)
    return parts > MAX_SCORES or len(body.commitments) > MAX_COMMITMENTS


def _texts(body: ReturnBody) -> Iterator[str]:
    yield from (body.tender, body.evaluator, body.fingerprint, body.question)
    yield from (body.head_hash, body.app)
    if body.declaration is not None:
        yield body.declaration.interest
        yield from body.declaration.organisations
    yield from [item.rationale for item in body.scores]
    yield from [item.dissent for item in body.confirmations]
    for item in body.commitments:
        yield from _texts_of(item)
    places = [item.place for item in body.scores]
    places += [item.place for item in body.confirmations]
    places += [item.place for item in body.commitments]
    yield from [place.bidder for place in places]
    yield from [place.criterion for place in places]
    yield from [place.lot or "" for place in places]


def _texts_of(item: Commitment) -> Iterator[str]:
    yield from (item.id, item.quote.words, item.quote.page, item.who, item.what, item.unit)
    yield from (item.evidence, item.baseline, item.anyway, item.owner, item.withdrawn)
    yield from (*item.goals, *item.sdg_targets)


def _numbers(body: ReturnBody) -> Iterator[int]:
    yield from (body.pack, body.method_version, body.number, body.head_seq)
    yield from (score.method_version for score in body.scores)
    yield from (confirmation.revision for confirmation in body.confirmations)


def _moments(body: ReturnBody) -> Iterator[datetime]:
    yield from (body.opened_at, body.made_at)
    if body.declaration is not None:
        yield body.declaration.declared_at
    yield from (score.recorded_at for score in body.scores)
    yield from (confirmation.recorded_at for confirmation in body.confirmations)
