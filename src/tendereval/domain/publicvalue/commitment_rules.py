"""What may be recorded as a commitment at all; what is merely weak is flagged, not refused."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from tendereval.domain.bidding import Response
from tendereval.domain.errors import RuleRefusal
from tendereval.domain.exact import MAX_PLACES, finite_places
from tendereval.domain.publicvalue.commitments import Quote

_MOST_DIGITS: Final = 15


@dataclass(frozen=True, slots=True)
class Parts:
    """What a person writes about a promise; every part may be blank.

    See ``Commitment`` for what each holds.
    """

    who: str = ""
    what: str = ""
    how_many: Fraction | None = None
    unit: str = ""
    by_when: date | None = None
    evidence: str = ""
    baseline: str = ""
    anyway: str = ""
    goals: tuple[str, ...] = ()
    sdg_targets: tuple[str, ...] = ()


def quote_at(text: str, start: int, end: int) -> Quote:
    """Return the words between two characters of an answer, without blanks at either end.

    Args:
        text: of the answer, as it is stored.
        start: first character, from 0.
        end: the one after the last.
    """
    low, high = sorted((max(0, start), max(0, end)))
    words = text[low:high]
    return Quote(words.strip(), low + len(words) - len(words.lstrip()))


def check_quote(quote: Quote, answer: Response, where: str) -> None:
    """Refuse words that the answer does not hold.

    Args:
        quote: the words; with a page they come from the answer's document, which is cited by
            page and not searched.
        answer: as it is stored.
        where: the place in words.

    Raises:
        RuleRefusal: no words, other words than stand there, no page, or no document.
    """
    if not quote.words.strip():
        raise RuleRefusal("No words are selected.", "Select the words that promise something.")
    if answer.late:
        raise RuleRefusal(
            f"{where}: the answer arrived after answers were locked.",
            "Take commitments from what was submitted in time.",
        )
    if quote.page.strip():
        if answer.document is None:
            raise RuleRefusal(
                f"{where}: no document belongs to the answer.", "Select words of the answer itself."
            )
        return
    end = quote.start + len(quote.words)
    if quote.start >= 0 and answer.text[quote.start : end] == quote.words:
        return
    if quote.words in answer.text:
        raise RuleRefusal(
            f"{where}: “{_short(quote.words)}” does not stand at that spot of the answer.",
            "Select the words again.",
        )
    if answer.document is not None:
        raise RuleRefusal(
            f"{where}: the typed answer does not say “{_short(quote.words)}”.",
            "Name the page of the document that says it.",
        )
    raise RuleRefusal(
        f"{where}: the answer does not say “{_short(quote.words)}”.", "Select words of the answer."
    )


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else f"{line[:57]}…"  # noqa: PLR2004 - as much as a line holds


def check_number(number: Fraction | None, what: str) -> None:
    """Refuse a number that cannot be kept as it is.

    Args:
        number: None is not known.
        what: what it is, at the start of a sentence (``The number``).

    Raises:
        RuleRefusal: below zero, without a finite decimal form, or longer than anybody needs.
    """
    if number is None:
        return
    if number < 0:
        raise RuleRefusal(f"{what} is below zero.", "Write a number from 0 up.")
    places = finite_places(number)
    if places is None or places > MAX_PLACES:
        raise RuleRefusal(
            f"{what} cannot be written out in {MAX_PLACES} decimal places.",
            "Round it as the answer does.",
        )
    if number >= 10**_MOST_DIGITS:
        raise RuleRefusal(
            f"{what} has more than {_MOST_DIGITS} digits.", "Use a larger unit, such as £m."
        )
