"""Every place in a text where a bidder stands; decides nothing about it and changes no text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tendereval.domain.ids import BidderId
from tendereval.domain.name_terms import LETTERS, Gives, Term, letters_of

REMOVED: Final = "[name removed]"
_JOINED: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\ufffe\x02'\u2019\u02bc`\u00b4]*")
"""What stands inside a word without parting it: soft hyphens as documents keep them too."""
_HYPHEN: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\ufffe\x02]*[-\u2010\u2011]\\s{0,40}")
_SPACES: Final = re.compile(r"\s{1,40}")
_WIDEST_GAP, _WIDEST_SPLIT = 40, 3
_ADDRESS: Final = re.compile(r"@|://|^www\.|\.[a-z]{2,24}(?=$|[/:?#.,;)\]>\"'])", re.IGNORECASE)
_LONGEST_RUN: Final = 300
_AROUND: Final = "()[]{}<>\"'“”‘’,;:.!?"
_LEGAL_FORM: Final = re.compile(
    r"(?:[\s,.(\-_]{0,4}(?:(?:&|and)\s{0,2})?"
    r"(?:ltd|limited|plc|p\.l\.c|llp|l\.l\.p|lp|cic|c\.i\.c|cio|co|company|inc|llc|gmbh|cyf|"
    r"cyfyngedig|ccc)(?![\w-])(?-i:\.(?=[,;)]|\s[a-z]))?\)?)+",
    re.IGNORECASE,
)
_SURE_LETTERS, _SURE_IN_ADDRESS, _TINY = 10, 4, 2


@dataclass(frozen=True, slots=True)
class Found:
    """One place in a text where a bidder stands.

    Attributes:
        start: first character, from 0.
        words: as they stand there.
        bidder: whose; for the lead's eyes only.
    """

    start: int
    words: str
    bidder: BidderId
    gives: Gives

    @property
    def end(self) -> int:
        """The character behind the words."""
        return self.start + len(self.words)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with its letters, and where each letter stands in it."""

    whole: str
    letters: str
    at: Sequence[int]

    def end(self, letter: int) -> int:
        """Return the character behind a letter and the accents that stand on it."""
        found = self.at[letter] + 1
        while found < len(self.whole) and unicodedata.combining(self.whole[found]):
            found += 1
        return found


def find_names(text: str, terms: Iterable[Term]) -> tuple[Found, ...]:
    """Return every place where one of the terms stands, in order; places never overlap.

    Case, accents, spaces, hyphens and line ends between and within words do not count, nor
    whether a legal form follows. A name of one word counts only as a whole word, but for
    addresses of web pages and e-mail.

    Args:
        text: any.
        terms: see ``name_terms.terms_of``; of places that overlap the first term names it.
    """
    letters = letters_of(text)
    standing = [term for term in terms if term.letters in letters]
    if not standing:
        return ()
    at = [place for place, one in enumerate(text) for _ in LETTERS[ord(one)]]
    whole = _Text(text, letters, at)
    every = [found for term in standing for found in _places(whole, term)]
    return tuple(_apart(text, sorted(every, key=lambda one: (one.start, -one.end))))


def _places(text: _Text, term: Term) -> Iterator[Found]:
    first = text.letters.find(term.letters)
    while first >= 0:
        span = _span(text, term, first)
        if span is not None:
            start, end = span
            yield Found(start, text.whole[start:end], term.bidder, term.gives)
        first = text.letters.find(term.letters, first + 1)


def _span(text: _Text, term: Term, first: int) -> tuple[int, int] | None:
    """Return where the term stands whose letters begin here; None where they only happen to."""
    last = first + len(term.letters) - 1
    start, end = text.at[first], text.end(last)
    if _is_within_character(text, first, last):
        return None
    run = _address_around(text.whole, start, end)
    if run is not None and len(term.letters) >= _SURE_IN_ADDRESS:
        return (min(start, run[0]), max(end, run[1])) if _holds(text, term, first) else None
    if not (_is_looked_like(text.whole[start:end], term) and _holds(text, term, first)):
        return None
    if not _stands_alone(text.whole, start, end, term):
        return None
    form = _LEGAL_FORM.match(text.whole, end)
    if len(term.letters) == 1 and form is None:
        return None
    names = term.gives in {Gives.NAME, Gives.SUBCONTRACTOR, Gives.SHORT}
    return start, form.end() if form and names else end


def _is_within_character(text: _Text, first: int, last: int) -> bool:
    """Whether the letters begin or end within a character that stands for several."""
    before = first > 0 and text.at[first - 1] == text.at[first]
    after = last + 1 < len(text.at) and text.at[last + 1] == text.at[last]
    return before or after


def _is_looked_like(words: str, term: Term) -> bool:
    """Whether short forms are written as names are, with capitals."""
    if term.gives is Gives.INITIALS:
        return not any(one.islower() for one in words)
    if term.gives is Gives.SHORT:
        return not words[:1].islower()
    return len(term.letters) > _TINY or not words[:1].islower()


def _holds(text: _Text, term: Term, first: int) -> bool:
    """Whether what stands between the letters may stand there."""
    gaps = [
        text.whole[text.end(first + number - 1) : text.at[first + number]]
        if text.at[first + number] != text.at[first + number - 1]
        else ""
        for number in range(1, len(term.letters))
    ]
    if gaps and all(len(gap) == 1 and gap.isspace() for gap in gaps):
        return True  # s p a c e d out
    return all(
        _may_part(gap) if number in term.breaks else _may_join(gap, term)
        for number, gap in enumerate(gaps, 1)
    )


def _may_part(gap: str) -> bool:
    return len(gap) <= _WIDEST_GAP and "\n\n" not in gap.replace("\r", "").replace(" ", "")


def _may_join(gap: str, term: Term) -> bool:
    if _JOINED.fullmatch(gap) or _HYPHEN.fullmatch(gap):
        return True
    is_split = len(gap) <= _WIDEST_SPLIT and _SPACES.fullmatch(gap) is not None
    return is_split and len(term.letters) >= _SURE_LETTERS


def _stands_alone(text: str, start: int, end: int, term: Term) -> bool:
    if not term.is_one_word and term.gives is not Gives.NUMBER:
        if len(term.letters) >= _SURE_LETTERS:
            return True
        if text[end : end + 1].casefold() == "s" and _is_edge(text, end + 1):
            end += 1
    return _is_edge(text, start) and _is_edge(text, end)


def _is_edge(text: str, at: int) -> bool:
    """Whether a word begins or ends between two characters: also in NorthStar and Star2024."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if unicodedata.combining(before):
        before = "x"
    if not (before.isalnum() and after.isalnum()):
        return True
    return before.isdecimal() != after.isdecimal() or (before.islower() and after.isupper())


def _address_around(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the e-mail or web address, or file name, that the words are part of."""
    left = start
    while left > 0 and not text[left - 1].isspace() and start - left < _LONGEST_RUN:
        left -= 1
    right = end
    while right < len(text) and not text[right].isspace() and right - end < _LONGEST_RUN:
        right += 1
    run = text[left:right]
    if any(one.isspace() for one in run) or _ADDRESS.search(run.rstrip(_AROUND)) is None:
        return None
    left += len(run) - len(run.lstrip(_AROUND))
    right -= len(run) - len(run.rstrip(_AROUND))
    return left, right


def _apart(text: str, every: Iterable[Found]) -> Iterator[Found]:
    """Join places that overlap, so that each character is in one place at most."""
    held: Found | None = None
    for found in every:
        if held is None or found.start >= held.end:
            if held is not None:
                yield held
            held = found
        elif found.end > held.end:
            held = Found(held.start, text[held.start : found.end], held.bidder, held.gives)
    if held is not None:
        yield held


def without(text: str, places: Iterable[tuple[int, str]]) -> str:
    """Return a text with the words at these places left out.

    Args:
        text: that they were found in.
        places: first character and words of each; one that does not stand there is passed over.
    """
    standing = sorted((at, at + len(words)) for at, words in places if text[at:].startswith(words))
    kept, done = [], 0
    for start, end in standing:
        if end <= done:
            continue
        if start >= done:
            kept += [text[done:start], REMOVED]
        done = end
    return "".join((*kept, text[done:]))
