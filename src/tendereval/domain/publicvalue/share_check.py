"""Reckon what a bid gives to Good Works organisations; exact, for information.

Source: Procurement Act 2023, s.32(4) (supported employment provider): at least 30 per cent
of the workforce of the organisation, of the part that performs the contract, or of the joint
workforce are disabled or disadvantaged, and giving them work is its purpose, wholly or partly.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tendereval.domain.exact import (
    finite_places,
    money,
    places_between,
    round_half_up,
    rounded_text,
)
from tendereval.domain.publicvalue.commitment_check import says
from tendereval.domain.publicvalue.good_works_share import (
    Category,
    Contract,
    Partner,
    Route,
    Workforce,
)
from tendereval.domain.publicvalue.partner_rules import (
    PartnerProblem,
    is_bidder,
    partner_problems,
)

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
        rate = percent(_rate(self.best), beside=LEAST)
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
class Portfolio:
    """The share over several contracts: sums over sums.

    Attributes:
        price: of the contracts that have a share.
        share: committed over price; None where no contract has a share.
        evidenced_share: likewise.
        counted: how many contracts that is.
        left_out: how many have no share; they are not taken for zero.
    """

    price: Fraction
    committed: Fraction
    evidenced: Fraction
    share: Fraction | None
    evidenced_share: Fraction | None
    counted: int
    left_out: int


def percent(share: Fraction, beside: Fraction | None = None) -> str:
    """Return a share as people read it, to two places (``1.25%``).

    Args:
        share: exact.
        beside: what it is compared with; so many places that a difference is seen.
    """
    hundred = share * 100
    places = 2 if beside is None else places_between(hundred, beside * 100)
    return f"{rounded_text(hundred, places)}%"


def thirty_percent_test(workforce: Workforce) -> TestState:
    """Judge one route: at least 30 per cent, exactly 30 passing; unknown for impossible figures."""
    if workforce.workforce < 1 or not 0 <= workforce.disadvantaged <= workforce.workforce:
        return TestState.UNKNOWN
    return TestState.MET if _rate(workforce) >= LEAST else TestState.NOT_MET


def reckon(partners: Sequence[Partner], contract: Contract, target: Fraction) -> ShareFinding:
    """Reckon the share of one bid.

    Args:
        partners: the lines of the bid.
        contract: its price and what is known of it.
        target: the share aimed at (1/100 is one per cent).
    """
    price = contract.price
    usable = price if price is not None and price > 0 else None
    problems = partner_problems(partners, contract)
    found = tuple(
        _reckoned(item, [one for one in problems if one.line == line], contract, usable)
        for line, item in enumerate(partners)
    )
    total = _sum(item.amount for item in found)
    why = _why_no_share(contract, usable, total)
    counting = [item for item in found if item.counts]
    committed = _sum(item.amount for item in counting)
    evidenced = _sum(item.amount for item in counting if item.is_evidenced)
    held = None if why else usable
    return ShareFinding(
        found,
        price,
        committed,
        evidenced,
        _sum(item.amount for item in counting if item.test is TestState.MET),
        sum(item.amount is None for item in counting),
        committed / held if held else None,
        evidenced / held if held else None,
        target,
        max(Fraction(0), target * held - committed) if held else None,
        tuple(_flags(found, contract, usable, total)),
        why,
    )


def portfolio(findings: Iterable[ShareFinding]) -> Portfolio:
    """Return the share over several contracts; those without a share are left out and counted."""
    every = tuple(findings)
    priced = [item for item in every if item.share is not None]
    price = _sum(item.price for item in priced)
    committed = _sum(item.committed for item in priced)
    evidenced = _sum(item.evidenced for item in priced)
    return Portfolio(
        price,
        committed,
        evidenced,
        committed / price if price else None,
        evidenced / price if price else None,
        len(priced),
        len(every) - len(priced),
    )


def _rate(item: Workforce) -> Fraction:
    return Fraction(item.disadvantaged, item.workforce)


def _lines(number: int) -> str:
    return "and 1 line is" if number == 1 else f"and {number} lines are"


def _sum(amounts: Iterable[Fraction | None]) -> Fraction:
    return sum((amount for amount in amounts if amount is not None), Fraction(0))


def _why_no_share(contract: Contract, usable: Fraction | None, total: Fraction) -> str:
    if contract.price is None:
        return contract.why_no_price
    if usable is None:
        return "the price is not above zero"
    if total > usable:
        return "the lines come to more than the price"
    return ""


def _reckoned(
    partner: Partner,
    problems: Sequence[PartnerProblem],
    contract: Contract,
    price: Fraction | None,
) -> PartnerFinding:
    spoilt = {route for problem in problems for route in problem.routes}
    test, best = _tested(partner, spoilt)
    if partner.category is Category.SUPPORTED_EMPLOYMENT:
        qualifies = test is TestState.MET
    else:
        qualifies = partner.purpose is True
    is_whole = all(problem.routes for problem in problems)
    against = _against_price(partner, price)
    flags = (
        *(problem.wrong for problem in problems),
        *((against,) if against else ()),
        *_vat_flags(partner, contract),
        *_partner_flags(partner, test, contract),
    )
    return PartnerFinding(
        partner,
        _amount(partner, price) if is_whole else None,
        test,
        best,
        qualifies and is_whole,
        says(partner.evidence),
        flags,
        against,
    )


def _tested(partner: Partner, spoilt: set[Route]) -> tuple[TestState, Workforce | None]:
    usable = [item for item in partner.tests if item.route not in spoilt]
    best = max(usable, key=_rate, default=None)
    if partner.purpose is False:
        return TestState.NOT_MET, best
    if best is None:
        return TestState.UNKNOWN, None
    state = thirty_percent_test(best)
    met_but_for_purpose = state is TestState.MET and partner.purpose is None
    return (TestState.UNKNOWN if met_but_for_purpose else state), best


def _amount(partner: Partner, price: Fraction | None) -> Fraction | None:
    if partner.amount is not None:
        return partner.amount
    return partner.share * price if partner.share is not None and price is not None else None


def _against_price(partner: Partner, price: Fraction | None) -> str:
    amount, share = partner.amount, partner.share
    if amount is None or share is None or price is None or _agree(amount, share, price):
        return ""
    there, said = percent(amount / price, beside=share), percent(share, beside=amount / price)
    return (
        f"Amount and share disagree: {said} of the price is "
        f"{money(_pence(share * price))}, the amount of {money(amount)} is {there}. The "
        "amount counts."
    )


def _vat_flags(partner: Partner, contract: Contract) -> Iterator[str]:
    if partner.amount is None:
        return
    if partner.includes_vat is None:
        yield "Whether the amount includes VAT is not said: it is taken as prices are."
    elif contract.includes_vat is None:
        yield "Whether prices include VAT is not recorded: amounts and prices may differ in it."


def _agree(amount: Fraction, share: Fraction, price: Fraction) -> bool:
    """Whether both say the same, but for rounding to pence or to the places of the share."""
    if _pence(share * price) == _pence(amount):
        return True
    places = max(2, finite_places(share * 100) or 2)
    return round_half_up(amount / price * 100, places) == round_half_up(share * 100, places)


def _pence(amount: Fraction) -> Fraction:
    return round_half_up(amount, 2)


def _partner_flags(partner: Partner, test: TestState, contract: Contract) -> Iterator[str]:
    if partner.direct and contract.bidder and not is_bidder(partner, contract):
        yield "It is said to be the bidder itself, under another name."
    if partner.category is Category.SUPPORTED_EMPLOYMENT and test is TestState.NOT_MET:
        yield "Offered as a supported employment provider; the 30% test is not met: not counted."
    elif partner.category is Category.SUPPORTED_EMPLOYMENT and not partner.tests:
        yield "The 30% test of s.32(4) has no figures: unknown, and not counted."
    elif partner.purpose is None:
        yield "Whether giving work to disadvantaged people is its purpose is not said: not counted."
    elif partner.category is not Category.SUPPORTED_EMPLOYMENT and partner.purpose is False:
        yield "Giving work to disadvantaged people is not its purpose: not counted."
    elif test is TestState.UNKNOWN and partner.category is Category.SUPPORTED_EMPLOYMENT:
        yield "The 30% test of s.32(4) has no usable figures: unknown, and not counted."
    if not says(partner.evidence):
        yield "Committed, not evidenced."


def _flags(
    found: Sequence[PartnerFinding], contract: Contract, usable: Fraction | None, total: Fraction
) -> Iterator[str]:
    price = contract.price
    if found and price is not None and usable is None:
        yield f"The price is {money(price)}: no share can be reckoned."
    if usable is not None and total > usable:
        yield (
            f"The lines come to {money(total)}, more than the price of {money(usable)}: ask which "
            "is right."
        )
