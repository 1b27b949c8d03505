"""Whose file is it, and which answer? Guesses from folder and file names; a person decides.

Names of bidders and references of questions are looked for as whole words only.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tendereval.domain.bidding import Bidder
from tendereval.domain.ids import BidderId, CriterionId
from tendereval.domain.tender import AwardCriterion
from tendereval.domain.wording import listed

_WORD: Final = re.compile(r"[^\W_]+")
_CAMEL: Final = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-Z])")
_REF: Final = re.compile(r"([^\W\d_]*)[\s_-]*(\d*)(.*)", re.DOTALL)
_LEGAL: Final = frozenset(
    [
        "ltd",
        "limited",
        "plc",
        "llp",
        "lp",
        "cic",
        "cio",
        "inc",
        "llc",
        "co",
        "company",
        "companies",
        "group",
        "holdings",
        "uk",
        "gmbh",
        "sa",
        "bv",
        "the",
        "and",
        "of",
        "ag",
        "cyf",
        "ccc",
    ]
)
_LEAST_LETTERS, _LEAST_INITIALS = 4, 3
_QUESTION_WORDS: Final = r"(?:q|qu|question|cwestiwn)"

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """Where a file seems to belong.

    Attributes:
        bidder: None where no name, or more than one, fits.
        question: None where none, or more than one, fits.
        how: what the guess rests on, one sentence.
    """

    bidder: BidderId | None
    question: CriterionId | None
    how: str


def words_of(name: str) -> Words:
    """Return the words of a name, compared without case; capitals inside a word begin a new one.

    >>> words_of("AlderLtd_Q1 – final")
    ('alder', 'ltd', 'q1', 'final')
    """
    plain = _CAMEL.sub(" ", unicodedata.normalize("NFKC", name))
    return tuple(word.casefold() for word in _WORD.findall(plain))


def guess(parts: Sequence[str], bidders: Iterable[Bidder], rows: Iterable[AwardCriterion]) -> Guess:
    """Guess whose answer to which question a file is.

    Args:
        parts: names of the folders from the top, then the file's own without its ending.
        bidders: whom it may belong to.
        rows: what it may answer.
    """
    found, by = _bidder(parts, tuple(bidders))
    questions, by_title = _questions(parts, tuple(rows))
    names = [item.name for item in found]
    bidder = found[0].id if len(found) == 1 else None
    question = questions[0].ref if len(questions) == 1 else None
    if len(found) > 1:
        return Guess(None, question, f"{len(found)} bidders fit: {listed(names)}. Choose one.")
    if len(questions) > 1:
        refs = listed([row.ref for row in questions])
        return Guess(bidder, None, f"{len(questions)} questions fit: {refs}. Choose one.")
    return Guess(bidder, question, _how(by, question, by_title=by_title))


def _how(by: str, question: CriterionId | None, *, by_title: bool) -> str:
    asked = "question by its title" if by_title else "question by its reference"
    if by and question:
        return f"Bidder by {by}, {asked}."
    if by:
        return f"Bidder by {by}; no question in the name."
    if question:
        return f"{asked.capitalize()}; no bidder in the name. Choose one."
    return "Nothing in the name says whose it is."


def _bidder(parts: Sequence[str], bidders: Sequence[Bidder]) -> tuple[list[Bidder], str]:
    """Return who fits and by what; a name, whole or short, beats one word and initials."""
    spoken = [words_of(part) for part in parts]
    wholes = {item.id: words_of(item.name) for item in bidders}
    shorts = {key: _short(words) for key, words in wholes.items()}
    firsts = {key: _alone(_first(words), key, shorts) for key, words in shorts.items()}
    initials = {key: _initials(words) for key, words in shorts.items()}
    strong = (("its name", wholes), ("a short form of its name", shorts))
    weak = (("the first word of its name", firsts), ("its initials", initials))
    for ways in (strong, weak):
        fitting: dict[BidderId, tuple[Words, str]] = {}
        for by, forms in ways:
            for key, form in forms.items():
                if key not in fitting and _said(form, spoken):
                    fitting[key] = form, by
        # “Alder” is not meant where “Alder Homes” is said.
        own = [
            key
            for key, (form, _) in fitting.items()
            if not any(_within(form, other) for other, _ in fitting.values())
        ]
        if own:
            return [item for item in bidders if item.id in own], fitting[own[0]][1]
    return [], ""


def _within(form: Words, other: Words) -> bool:
    runs = (other[at : at + len(form)] for at in range(len(other) - len(form) + 1))
    return len(form) < len(other) and form in runs


def _short(words: Words) -> Words:
    short = tuple(word for word in words if word not in _LEGAL)
    return short if len("".join(short)) >= _LEAST_LETTERS else words


def _first(words: Words) -> Words:
    return words[:1] if words and len(words[0]) >= _LEAST_LETTERS else ()


def _alone(first: Words, key: BidderId, shorts: dict[BidderId, Words]) -> Words:
    """A first word that another bidder's name holds too says nothing."""
    others = {word for other, words in shorts.items() if other != key for word in words}
    return () if set(first) & others else first


def _initials(words: Words) -> Words:
    letters = "".join(word[0] for word in words)
    return (letters,) if len(letters) >= _LEAST_INITIALS else ()


def _said(form: Words, spoken: Iterable[Words]) -> bool:
    """Whether words stand one after the other, or written as one."""
    if not form:
        return False
    size, joined = len(form), "".join(form)
    for words in spoken:
        runs = (words[at : at + size] for at in range(len(words) - size + 1))
        if form in runs or (len(joined) >= _LEAST_LETTERS and joined in words):
            return True
    return False


def _questions(
    parts: Sequence[str], rows: Sequence[AwardCriterion]
) -> tuple[list[AwardCriterion], bool]:
    """Return the questions that fit, the file's own name first, and whether by title."""
    for part in reversed(parts):
        plain = unicodedata.normalize("NFKC", part)
        found = {row: end for row in rows if (end := _refers(row.ref, plain)) is not None}
        # Q1.a is meant where both Q1 and Q1.a could be read at the same place.
        longest = [
            row
            for row, (start, end) in found.items()
            if not any(s <= start and end < e for s, e in found.values())
        ]
        if longest:
            return longest, False
    spoken = [words_of(parts[-1])] if parts else []
    titled = [row for row in rows if _is_telling(row.title) and _said(words_of(row.title), spoken)]
    return titled, bool(titled)


def _is_telling(title: str) -> bool:
    return len(words_of(title)) > 1


def _refers(ref: str, name: str) -> tuple[int, int] | None:
    """Return where a name refers to a question, as a whole word."""
    match = _REF.fullmatch(ref)
    letters, number, rest = match.groups() if match else (ref, "", "")
    if not number:
        pattern = re.escape(ref)
    else:
        start = _QUESTION_WORDS if letters.casefold() in {"q", ""} else re.escape(letters)
        digits = f"0*{number}{re.escape(rest)}"
        pattern = rf"{start}[\s._-]*{digits}"
        if not letters:  # a bare number says something only where the name begins with it
            pattern = rf"(?:{pattern}|^\s*{digits})"
    found = re.search(rf"(?<![^\W_]){pattern}(?![^\W_])(?!\.\d)", name, re.IGNORECASE)
    return None if found is None else found.span()
