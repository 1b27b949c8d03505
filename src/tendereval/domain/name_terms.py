"""What gives a bidder away in a text: names, short names, register numbers, addresses.

Everything is compared by its letters and figures alone, without case and accents.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tendereval.domain.bidding import Bidder
from tendereval.domain.ids import BidderId


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LEGAL: Final = _listed(
    """
    ltd limited plc llp lp cic cio inc incorporated llc co company companies corp corporation
    gmbh ag sa sarl bv nv oy ab as spa srl pty cyf cyfyngedig ccc
    """
)
_GENERIC: Final = _listed(
    """
    a an and at by for from in of on the to with your our my new old first one two best all
    north south east west northern southern eastern western central upper lower great
    british english scottish welsh irish england scotland wales britain uk united kingdom national
    regional local city county town community communities public private european international
    global world group holdings partners partnership associates association alliance consortium
    trust foundation charity society club institute council authority agency bureau office college
    university school academy centre center network union federation service services solutions
    systems support management consulting consultants consultancy advisers advisors training
    learning education care caring health healthcare medical home homes house housing living
    people person family families young youth children building builders build construction
    contractors contracts engineering engineers electrical mechanical plumbing heating roofing
    scaffolding property properties estates facilities maintenance cleaning catering security
    transport travel logistics bus coach rail road highways waste recycling environment
    environmental energy power water gas green blue red black white grey gold golden silver
    digital data software technology technologies tech it media design designs creative print
    printing food foods fresh farm farms garden gardens landscape landscapes landscaping
    supplies supply products equipment hire sales trade trading industries industrial
    commercial business enterprise enterprises social value quality total premier prime complete
    direct express advanced professional independent specialist specialists project projects
    development developments investment investments finance financial legal capital
    """
)
_MAIL_FOR_ALL: Final = _listed(
    """
    gmail googlemail hotmail outlook live msn yahoo ymail icloud me mac aol btinternet btconnect
    sky talktalk virginmedia ntlworld blueyonder tiscali protonmail proton gmx zoho mail
    """
)
_PARTS: Final = re.compile(
    r"[();/|]|\bt/a\b|\btrading\s+as\b|\bformerly(?:\s+known\s+as)?\b|\bon\s+behalf\s+of\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHES: Final = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}\u02bc`\u00b4]")
_SPECIAL: Final = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "&": "and",
}
_LEAST_NUMBER, _LEAST_SHORT, _LEAST_INITIALS = 5, 4, 3


class Gives(StrEnum):
    """What of a bidder stands in a text; the value is how the lead reads it."""

    NAME = "name"
    SUBCONTRACTOR = "name of a subcontractor"
    NUMBER = "register number"
    ADDRESS = "e-mail or web address"
    SHORT = "short name"
    INITIALS = "initials"


class _Letters(dict[int, str]):
    """For ``str.translate``: what of a character is compared; nothing for most signs."""

    def __missing__(self, code: int) -> str:
        """Work one character out and keep it."""
        plain = unicodedata.normalize("NFKD", chr(code)).casefold()
        kept = "".join(_SPECIAL.get(one, one) for one in plain)
        self[code] = found = "".join(one for one in kept if one.isalnum())
        return found


LETTERS: Final = _Letters()


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for.

    Attributes:
        letters: what is compared, without spaces.
        breaks: where in the letters a new word of it begins.
    """

    bidder: BidderId
    gives: Gives
    letters: str
    breaks: frozenset[int]

    @property
    def is_one_word(self) -> bool:
        """Whether it may be an ordinary word, to be found as a whole word only."""
        return not self.breaks


def letters_of(text: str) -> str:
    """Return what of a text is compared.

    >>> letters_of("Café-Owen & Sons")
    'cafeowenandsons'
    """
    return text.translate(LETTERS)


def terms_of(bidders: Iterable[Bidder]) -> tuple[Term, ...]:
    """Return everything to look for, the bidders' own names first; each set of letters once.

    A register number of fewer than five letters and figures would be found everywhere and is
    left out, as is the domain of an e-mail address at a provider that serves everybody.
    """
    found: dict[str, Term] = {}
    everybody = tuple(bidders)
    for bidder in everybody:
        for term in _names(bidder.id, bidder.name, Gives.NAME):
            found.setdefault(term.letters, term)
    for bidder in everybody:
        for term in _others(bidder):
            found.setdefault(term.letters, term)
    for bidder in everybody:
        for term in _shorter(bidder):
            found.setdefault(term.letters, term)
    return tuple(found.values())


def _others(bidder: Bidder) -> Iterator[Term]:
    for name in bidder.subcontractors:
        yield from _names(bidder.id, name, Gives.SUBCONTRACTOR)
    yield from _numbers(bidder)
    for address in re.split(r"[\s,;]+", bidder.email):
        yield from _addresses(bidder.id, address)


def _term(bidder: BidderId, gives: Gives, words: Iterable[str]) -> Iterator[Term]:
    letters, breaks = "", set()
    for word in words:
        if letters:
            breaks.add(len(letters))
        letters += letters_of(word)
    if letters:
        yield Term(bidder, gives, letters, frozenset(breaks - {len(letters)}))


def _names(bidder: BidderId, name: str, gives: Gives) -> Iterator[Term]:
    """Yield a name, the names it consists of, and each without "and"."""
    for part in dict.fromkeys((name, *_PARTS.split(name))):
        words = core_words(part)
        if part != name and len(letters_of("".join(words))) < _LEAST_SHORT:
            continue
        yield from _term(bidder, gives, words)
        if "and" in words[1:-1]:
            yield from _term(bidder, gives, (word for word in words if word != "and"))


def core_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without its legal form and a "The" at its head.

    >>> core_words("The Borset Bench & Table Co. Ltd")
    ('borset', 'bench', 'and', 'table')
    """
    plain = _APOSTROPHES.sub("", name).replace("&", " and ")
    plain = re.sub(r"\b(?:[^\W\d_]\.){2,}", lambda found: found[0].replace(".", ""), plain)
    every = [word.casefold() for word in _WORD.findall(plain)]
    words = every[1:] if every[:1] == ["the"] and len(every) > 1 else list(every)
    while len(words) > 1 and words[-1] in _LEGAL | {"and"}:
        words.pop()
    return tuple(words if words and words[0] not in _LEGAL else every)


def _shorter(bidder: Bidder) -> Iterator[Term]:
    """Yield what people call an organisation for short, where that is no ordinary word."""
    words = core_words(bidder.name)
    for length in range(1, len(words)):
        if words[length - 1] not in _GENERIC and not words[length - 1].isdecimal():
            if len(letters_of("".join(words[:length]))) >= _LEAST_SHORT:
                yield from _term(bidder.id, Gives.SHORT, words[:length])
            break
    every = [word.casefold() for word in _WORD.findall(_APOSTROPHES.sub("", bidder.name))]
    for said in (words, every):
        initials = "".join(word[0] for word in said if word not in {"and", "the", "of", "for"})
        if len(initials) >= _LEAST_INITIALS:
            yield from _term(bidder.id, Gives.INITIALS, (initials,))


def _numbers(bidder: Bidder) -> Iterator[Term]:
    """Yield a register number, alone and with the name of its register before it."""
    whole = bidder.identifier.strip()
    for number in dict.fromkeys((whole, *re.split(r"[\s:,;]+", whole), whole.split("-")[-1])):
        letters = letters_of(number)
        if len(letters) >= _LEAST_NUMBER and any(one.isdecimal() for one in letters):
            yield Term(bidder.id, Gives.NUMBER, letters, frozenset(range(1, len(letters))))
            bare = letters.lstrip("0")
            if len(bare) >= _LEAST_NUMBER:
                yield Term(bidder.id, Gives.NUMBER, bare, frozenset(range(1, len(bare))))


def _addresses(bidder: BidderId, address: str) -> Iterator[Term]:
    user, at, domain = address.rpartition("@")
    labels = [label for label in domain.split(".") if label]
    if not at or not labels:
        return
    yield from _term(bidder, Gives.ADDRESS, _WORD.findall(f"{user}.{domain}"))
    if labels[0].casefold() in _MAIL_FOR_ALL or len(labels) == 1:
        return
    yield from _term(bidder, Gives.ADDRESS, _WORD.findall(domain))
    own = max(labels[:-1], key=len)
    if len(letters_of(own)) >= _LEAST_SHORT and own.casefold() not in _GENERIC:
        yield from _term(bidder, Gives.ADDRESS, _WORD.findall(own))
