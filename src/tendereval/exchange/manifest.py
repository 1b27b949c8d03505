"""The manifest of a pack as text, and what must hold in it before anybody uses it."""

import re
from collections.abc import Iterator
from dataclasses import fields, make_dataclass
from typing import Any, Final

from tendereval.domain.errors import ExchangeProblem
from tendereval.domain.packs import Manifest
from tendereval.exchange.seal import are_keys
from tendereval.exchange.travel_json import (
    MAX_BYTES,
    bounded,
    check_moments,
    damaged,
    decode,
    encode,
)

FORMAT: Final = "tendereval-pack"
MINOR: Final = 1
"""1 brought goals; packs of 0 are read as having none, and packs without any are still of 0."""
MAX_DOCUMENT: Final = 1 << 30
"""Most bytes of one document: a tender file holds no larger one."""
_WHAT: Final = "pack"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_FIELDS: Final = tuple((one.name, one.type) for one in fields(Manifest) if one.name != "goals")
_First: Final = make_dataclass("_First", _FIELDS, frozen=True, slots=True)
"""What a manifest of minor version 0 holds."""
_END_OF_FIRST: Final = b',"minor":0}'


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the canonical text of a manifest in UTF-8.

    Raises:
        ExchangeProblem: a text in it cannot be written, or all of it is more than is read.
    """
    # A pack that needs nothing new is one of the first version still, to the byte.
    text = encode(FORMAT, manifest, MINOR) if manifest.goals else encode(FORMAT, _first(manifest))
    if len(text) > MAX_BYTES:
        raise ExchangeProblem(
            "The answers for this evaluator are more text than one pack may hold (64 MB).",
            "Divide the questions or lots among more evaluators.",
        )
    return text


def _first(manifest: Manifest) -> object:
    return _First(*_values(manifest))


def _values(manifest: object) -> Iterator[Any]:
    """Return what a manifest of the first version holds, in order."""
    return (getattr(manifest, name) for name, _ in _FIELDS)


def manifest_json(manifest: Manifest) -> str:
    """Return the canonical text of a manifest; raises what ``manifest_bytes`` raises."""
    return manifest_bytes(manifest).decode()


def manifest_from(text: str | bytes) -> Manifest:
    """Read the text of a manifest; anything at all may be in it.

    Raises:
        NewerPack: a newer version of the product made it.
        UnreadablePack: not a manifest, damaged, past a bound, or its parts contradict.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    bounded(data, _WHAT)
    if data.endswith(_END_OF_FIRST):
        manifest = Manifest(*_values(decode(data, FORMAT, _First, _WHAT)))
    else:
        manifest = decode(data, FORMAT, Manifest, _WHAT, MINOR)
    check_moments(manifest, _WHAT)
    if not holds_together(manifest):
        raise damaged(_WHAT)
    return manifest


def holds_together(manifest: Manifest) -> bool:
    """Whether every bidder and document that it names is in it, and its keys are keys."""
    bidders = {bidder.id for bidder in manifest.bidders}
    named = {response.document for response in manifest.responses} - {None}
    places = [response.place for response in manifest.responses]
    places += [clarification.place for clarification in manifest.clarifications]
    places += [agreed.place for agreed in manifest.agreed]
    places += manifest.sent_back
    sizes = {(document.id, document.size) for document in manifest.documents}
    documents = {document.id for document in manifest.documents}
    return (
        len(bidders) == len(manifest.bidders)
        and named <= documents
        and len(sizes) == len(documents)
        and all(_DIGEST.fullmatch(found) and 0 <= size <= MAX_DOCUMENT for found, size in sizes)
        and bidders.issuperset(place.bidder for place in places)
        and bidders.issuperset(bid.bidder for bid in manifest.bids)
        and bidders.issuperset(document.bidder for document in manifest.documents)
        and are_keys(manifest.keys)
    )
