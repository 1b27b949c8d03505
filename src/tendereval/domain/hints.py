"""Quiet hints on a rationale: what stands out, why, and how to mend it.

A hint is shown and forgotten: it refuses nothing, is never kept and never counted. Quoted
evidence is the bidder's wording and is not looked at.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tendereval.domain.evidence import split_rationale
from tendereval.domain.scale import ScoreBand, ScoringScale


class HintKind(StrEnum):
    """What a hint is about."""

    EMPTY = "empty"
    COMPARES = "compares"
    PRICE = "price"
    OUTSIDE = "outside"
    REPEATS = "repeats"
    OTHER_BAND = "other band"


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint.

    Attributes:
        words: those in the rationale that it is about; may be empty.
        what: what it is and why that matters, one or two sentences.
        how: how to put it instead.
    """

    kind: HintKind
    words: str
    what: str
    how: str


_OTHERS: Final = (
    r"(?:the\s+|all\s+|any\s+|most\s+)*"
    r"(?:others?\b|rest\b|competitors?\b|rivals?\b|bidders?\b|competing\b)"
    r"(?:\s+(?:bidders?|tenders?|answers?|suppliers?|responses?|companies|firms))?"
)
_COMPARES: Final = re.compile(
    rf"\b(?:\w+er|better|worse|less|more\s+\w+)\s+than\s+{_OTHERS}"
    rf"|\b(?:compared\s+(?:with|to)|unlike|in\s+contrast\s+to|as\s+\w+\s+as)\s+{_OTHERS}"
    r"|\b(?:the\s+)?(?:best|worst|strongest|weakest|widest|most\s+\w+)\s+(?:of|among|out\s+of)\s+"
    r"(?:the|all)\b"
    r"|\bthe\s+other\s+(?:bidders?|tenders?|answers?|suppliers?|responses?)\b",
    re.IGNORECASE,
)
_PRICE: Final = re.compile(
    r"£\s?\d[\d,.]*|\b(?:prices?|priced|pricing|cheap(?:er|est|ly)?|expensive|costly|"
    r"value\s+for\s+money|affordable)\b",
    re.IGNORECASE,
)
_OUTSIDE: Final = re.compile(
    r"\b(?:(?:in|from)\s+(?:my|our)\s+(?:own\s+)?experience|(?:I|we)\s+know\s+(?:them|they|that|from"
    r"|this)|(?:their|its|the)\s+website|incumbent|reputation|I(?:\s+have)?\s+heard|well\s+known"
    r"|(?:current|existing|present|last|previous|earlier)\s+(?:contract|contractor|supplier|provider)"
    r"|in\s+the\s+(?:press|news|papers)|(?:searched|looked\s+up|found)\s+online|google\w*)\b",
    re.IGNORECASE,
)
_TAKEN_BACK: Final = re.compile(
    r"\b(?:not|no|nor|never|short\s+of|less\s+than|rather\s+than|than|nearly|almost|hardly|from)"
    r"\s+(?:an?\s+|quite\s+|yet\s+|so\s+)?$",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SMALL: Final = frozenset(
    _WORD.findall(
        "a an and are as at be been but by for from has have i in is it its of on or so that the "
        "their there they this to was were with would answer response bidder tender it's"
    )
)
_OWN_WORDS_AT_LEAST: Final = 3
_SHORTEST_LABEL: Final = 4
_EVERYDAY: Final = frozenset({"none", "some", "most", "full", "pass", "fail"})
"""Labels that any sentence may hold."""


def hints(
    rationale: str,
    scale: ScoringScale,
    points: Fraction | None,
    *,
    question: str = "",
    others: Sequence[str] = (),
) -> tuple[Hint, ...]:
    """Return what stands out in a rationale, the weightiest first.

    Args:
        rationale: with its evidence, which is left alone.
        scale: the published scale.
        points: the score given; None where there is none yet.
        question: question and guidance; words that stand there need no hint.
        others: names of the other bidders, as the evaluator sees them.
    """
    words = split_rationale(rationale)[1]
    if not words.strip():
        return tuple(_empty(points))
    found = (
        *_compares(words, others),
        *_price(words, question),
        *_outside(words, question),
        *_repeats(words, scale),
        *_other_band(words, scale, points),
    )
    return tuple(found)


def _empty(points: Fraction | None) -> Iterator[Hint]:
    if points is not None:
        yield Hint(
            HintKind.EMPTY,
            "",
            "There are no words of your own yet. A score counts through its rationale.",
            "Say what in the answer decided the score, and what kept it from the next band up.",
        )


def _compares(words: str, others: Sequence[str]) -> Iterator[Hint]:
    names = [rf"\b{re.escape(name)}(?!\w)" for name in others if name.strip()]
    named = re.search("|".join(names), words, re.IGNORECASE) if names else None
    match = _COMPARES.search(words) or named
    if match:
        yield Hint(
            HintKind.COMPARES,
            match[0],
            "compares with another bidder. Each answer is scored against the published wording.",
            "Say how far this answer meets the wording of its band, as if it were the only one.",
        )


def _price(words: str, question: str) -> Iterator[Hint]:
    match = _unless_asked(_PRICE, words, question)
    if match:
        yield Hint(
            HintKind.PRICE,
            match[0],
            "mentions price. Quality is scored without it; price has a criterion of its own.",
            "Leave it out, and say what the answer offers.",
        )


def _outside(words: str, question: str) -> Iterator[Hint]:
    match = _unless_asked(_OUTSIDE, words, question)
    if match:
        yield Hint(
            HintKind.OUTSIDE,
            match[0],
            "may draw on something outside the tender. Only what was submitted can be scored.",
            "Rest on words of the answer: select them and press Ctrl+E.",
        )


def _unless_asked(pattern: re.Pattern[str], words: str, question: str) -> re.Match[str] | None:
    asked = question.casefold()
    return next((m for m in pattern.finditer(words) if m[0].casefold() not in asked), None)


def _repeats(words: str, scale: ScoringScale) -> Iterator[Hint]:
    own = _content(words)
    for band in scale.bands:
        published = _content(f"{band.label} {band.descriptor}")
        if published and own <= published | _SMALL:
            few = len(own) < _OWN_WORDS_AT_LEAST and not own & _content(band.descriptor)
            named = band.label if few else ""
            yield Hint(
                HintKind.REPEATS,
                named,
                "The words only repeat the published band. They do not show why it fits.",
                "Name what in the answer meets that wording, with the paragraph it stands in.",
            )
            return


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if word not in _SMALL)


def _other_band(words: str, scale: ScoringScale, points: Fraction | None) -> Iterator[Hint]:
    own = None if points is None else scale.band(points)
    if own is None or (own.label and _says(words, own)):
        return
    for band in scale.bands:
        match = _says(words, band) if band is not own else None
        if match:
            yield Hint(
                HintKind.OTHER_BAND,
                match[0],
                f"is the word for another band than the one you chose ({own.label}).",
                "Check that score and words say the same.",
            )
            return


def _says(words: str, band: ScoreBand) -> re.Match[str] | None:
    if len(band.label) < _SHORTEST_LABEL or band.label.casefold() in _EVERYDAY:
        return None
    found = re.finditer(rf"\b{re.escape(band.label)}\b", words, re.IGNORECASE)
    return next((match for match in found if not _TAKEN_BACK.search(words[: match.start()])), None)
