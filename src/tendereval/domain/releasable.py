"""Quiet hints on a releasable rationale: what should not leave the authority; refuses nothing."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tendereval.domain.hints import HintKind, hints
from tendereval.domain.scale import ScoringScale

_SENTENCE_END: Final = frozenset(".!?:\n“")
_SHORTEST_NAME: Final = 3


def releasable_hints(
    text: str,
    *,
    others: Sequence[str] = (),
    people: Sequence[str] = (),
    about_price: bool = False,
) -> tuple[str, ...]:
    """Return one sentence for each thing that stands out.

    Args:
        text: what is to go to the bidder.
        others: names of the other bidders.
        people: names of the panel.
        about_price: whether it may speak of prices and amounts.
    """
    return (*_compares(text, others, about_price=about_price), *_names(text, people))


def _compares(text: str, others: Sequence[str], *, about_price: bool) -> Iterator[str]:
    found = hints(text, ScoringScale(""), None, others=others)
    kinds = {HintKind.COMPARES} if about_price else {HintKind.COMPARES, HintKind.PRICE}
    for hint in found:
        if hint.kind in kinds:
            yield f"“{hint.words}” {hint.what}"


def _names(text: str, people: Sequence[str]) -> Iterator[str]:
    for name in people:
        match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
        words = match[0] if match else _part_named(text, name)
        if words:
            yield f"“{words}” is the name of somebody on the panel. The bidder does not need it."
            return


def _part_named(text: str, name: str) -> str:
    """A first or last name by itself; words that begin a sentence may be no name."""
    for part in name.split():
        if len(part) < _SHORTEST_NAME or not part[0].isupper():
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", text):
            before = text[: match.start()].rstrip(" ")
            if before and before[-1] not in _SENTENCE_END:
                return match[0]
    return ""


_BETWEEN: Final = re.compile(r"[.!?]+[”’\")]*\s+|\n+")


def sentence_at(text: str, position: int) -> str:
    """Return the sentence that a position of a text lies in; the last one behind its end.

    >>> sentence_at("It is clear. It costs 4.5 hours a week.", 14)
    'It costs 4.5 hours a week.'
    """
    ends = [match.end() for match in _BETWEEN.finditer(text)]
    pieces = zip([0, *ends], [*ends, len(text)], strict=True)
    found = [(start, text[start:end].strip()) for start, end in pieces if text[start:end].strip()]
    before = [piece for start, piece in found if start <= position]
    return before[-1] if before else found[0][1] if found else ""
