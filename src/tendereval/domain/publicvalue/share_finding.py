"""What is found of the share that a bid gives to Good Works organisations, in words.

Reckons nothing: ``share_check`` does.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tendereval.domain.exact import money, places_between, rounded_text
from tendereval.domain.ids import LotId
from tendereval.domain.publicvalue.good_works_share import Partner, Workforce

LEAST: Final = Fraction(30, 100)
"""The share of the workforce that s.32(4) asks for; exactly so much passes."""


class TestState(StrEnum):
    """The outcome of the 30 per cent test."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PartnerFinding:
    """What is reckoned of one partner.

    Attributes:
        amount: pounds over the whole contract, exact; None where it cannot be told.
        test: the 30 per cent test, by whichever route is best.
        best: the route it was met or came nearest by; None without usable figures.
        counts: whether it counts towards the share.
        is_evidenced: whether something proves it.
        flags: what the reader must see, one sentence each.
        against_price: that amount and share disagree; empty where they agree. Also a flag.
    """

    partner: Partner
    amount: Fraction | None
    test: TestState
    best: Workforce | None
    counts: bool
    is_evidenced: bool
    flags: tuple[str, ...]
    against_price: str = ""

    @property
    def test_words(self) -> str:
        """The 30 per cent test in words, with the figures it rests on."""
        if self.best is None:
            return f"30% test of s.32(4): {self.test}."
        rate = percent(rate_of(self.best), beside=LEAST)
        figures = f"{self.best.disadvantaged} of {self.best.workforce} in {self.best.route}, {rate}"
        return f"30% test of s.32(4): {self.test} ({figures})."


@dataclass(frozen=True, slots=True)
class ShareFinding:
    """What is reckoned of one bid.

    Attributes:
        price: the contract price; None while it is out of sight or missing.
        committed: pounds that qualify; ``evidenced`` is the part that is proved and
            ``tested`` the part that goes to partners which meet the test of s.32(4).
        open_lines: lines that qualify and whose pounds cannot be told.
        share: committed over price, exact; None where ``why_no_share`` says why.
        evidenced_share: likewise.
        target: the share aimed at.
        gap: pounds missing to the target, never below zero; None without a share.
        flags: of the whole, one sentence each.
        why_no_share: empty where there is one.
        by_lot: the same for each lot, where the bid is for several; else empty.
    """

    partners: tuple[PartnerFinding, ...]
    price: Fraction | None
    committed: Fraction
    evidenced: Fraction
    tested: Fraction
    open_lines: int
    share: Fraction | None
    evidenced_share: Fraction | None
    target: Fraction
    gap: Fraction | None
    flags: tuple[str, ...]
    why_no_share: str = ""
    by_lot: tuple["LotShare", ...] = ()

    @property
    def sentence(self) -> str:
        """The finding in one sentence."""
        if not self.partners:
            return "The bid names no Good Works organisation."
        if self.share is None:
            more = f", {_lines(self.open_lines)} given as a share" if self.open_lines else ""
            return (
                f"{money(self.committed)} is committed to Good Works organisations{more}; what "
                f"that is of the price cannot be told: {self.why_no_share}."
            )
        proved = self.evidenced_share or Fraction(0)
        reached = "reaches" if self.share >= self.target else "misses"
        return (
            f"{percent(self.share, beside=self.target)} of the price is committed to Good Works "
            f"organisations, which {reached} the target of {percent(self.target)}; "
            f"{percent(proved, beside=self.target)} is evidenced."
        )


@dataclass(frozen=True, slots=True)
class LotShare:
    """What is reckoned of one lot of a bid for several.

    Attributes:
        finding: of the lines of this lot, and of those that give a share of every lot's price.
        undivided: pounds that qualify and are given for all lots together; what of them goes to
            this lot is not known.
    """

    lot: LotId
    finding: ShareFinding
    undivided: Fraction

    @property
    def sentence(self) -> str:
        """The finding in one sentence."""
        found, left = self.finding, ""
        if self.undivided:
            left = f"; {money(self.undivided)} is given for all lots together and not divided"
        if found.share is None:
            if not found.partners and not left:
                return f"Lot {self.lot}: no Good Works organisation is named for it."
            return (
                f"Lot {self.lot}: {money(found.committed)} is committed to Good Works "
                f"organisations; what that is of its price cannot be told: {found.why_no_share}"
                f"{left}."
            )
        least = "at least " if self.undivided else ""
        if found.share >= found.target:
            reached = f", which reaches the target of {percent(found.target)}"
        else:
            target = f"the target of {percent(found.target)}"
            open_ = f", so that it is not known whether {target} is reached"
            reached = open_ if self.undivided else f", which misses {target}"
        said, proved = (
            percent(one, beside=found.target)
            for one in (found.share, found.evidenced_share or Fraction(0))
        )
        return (
            f"Lot {self.lot}: {least}{said} of its price is committed to Good Works organisations"
            f"{left}{reached}; {least}{proved} is evidenced."
        )


def percent(share: Fraction, beside: Fraction | None = None) -> str:
    """Return a share as people read it, to two places (``1.25%``).

    Args:
        share: exact.
        beside: what it is compared with; so many places that a difference is seen.
    """
    hundred = share * 100
    places = 2 if beside is None else places_between(hundred, beside * 100)
    return f"{rounded_text(hundred, places)}%"


def rate_of(item: Workforce) -> Fraction:
    """Return the share of a workforce that is disabled or disadvantaged, exact."""
    return Fraction(item.disadvantaged, item.workforce)


def _lines(number: int) -> str:
    return "and 1 line is" if number == 1 else f"and {number} lines are"
