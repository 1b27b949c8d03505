"""Reckon what a bid gives to Good Works organisations; exact, for information.

Source: Procurement Act 2023, s.32(4) (supported employment provider): at least 30 per cent
of the workforce of the organisation, of the part that performs the contract, or of the joint
workforce are disabled or disadvantaged, and giving them work is its purpose, wholly or partly.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from tendereval.domain.exact import finite_places, money, round_half_up
from tendereval.domain.publicvalue.commitment_check import says
from tendereval.domain.publicvalue.good_works_share import (
    Category,
    Contract,
    LotOfBid,
    Partner,
    Route,
    Workforce,
)
from tendereval.domain.publicvalue.partner_rules import (
    PartnerProblem,
    is_bidder,
    partner_problems,
)
from tendereval.domain.publicvalue.share_finding import (
    LEAST,
    LotShare,
    PartnerFinding,
    ShareFinding,
    TestState,
    percent,
    rate_of,
)


def thirty_percent_test(workforce: Workforce) -> TestState:
    """Judge one route: at least 30 per cent, exactly 30 passing; unknown for impossible figures."""
    if workforce.workforce < 1 or not 0 <= workforce.disadvantaged <= workforce.workforce:
        return TestState.UNKNOWN
    return TestState.MET if rate_of(workforce) >= LEAST else TestState.NOT_MET


def reckon(partners: Sequence[Partner], contract: Contract, target: Fraction) -> ShareFinding:
    """Reckon the share of one bid.

    Args:
        partners: the lines of the bid.
        contract: its price and what is known of it.
        target: the share aimed at (1/100 is one per cent).
    """
    usable = _usable(contract.price)
    problems = partner_problems(partners, contract)
    found = tuple(
        _reckoned(item, [one for one in problems if one.line == line], contract)
        for line, item in enumerate(partners)
    )
    total = _sum(item.amount for item in found if _is_of_price(item.partner, contract))
    why = _why_no_share(contract, usable, total)
    counting = [item for item in found if item.counts]
    committed = _sum(item.amount for item in counting)
    evidenced = _sum(item.amount for item in counting if item.is_evidenced)
    held = None if why else usable
    return ShareFinding(
        found,
        contract.price,
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
        _by_lot(partners, found, contract, target),
    )


def _usable(price: Fraction | None) -> Fraction | None:
    return price if price is not None and price > 0 else None


def _is_of_price(partner: Partner, contract: Contract) -> bool:
    """Whether the price of the bid holds the line: its lot is one of those assessed."""
    return (
        partner.lot is None
        or not contract.assessed
        or partner.lot in {one.lot for one in contract.assessed}
    )


def _by_lot(
    partners: Sequence[Partner],
    found: Sequence[PartnerFinding],
    contract: Contract,
    target: Fraction,
) -> tuple[LotShare, ...]:
    if len(contract.assessed) < 2:  # noqa: PLR2004 - one lot is the whole bid
        return ()
    shared = [item for item in found if item.partner.lot is None and item.counts]
    undivided = _sum(item.partner.amount for item in shared)

    def reckoned(one: LotOfBid) -> LotShare:
        mine = [
            item
            for item in partners
            if item.lot == one.lot or (item.lot is None and item.amount is None)
        ]
        why = contract.why_no_price if contract.price is None else "its price is missing"
        alone = replace(contract, price=one.price, why_no_price=why, lots=(one,))
        return LotShare(one.lot, reckon(mine, alone, target), undivided)

    return tuple(reckoned(one) for one in contract.assessed)


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
) -> PartnerFinding:
    price = _usable(contract.price_of(partner.lot))
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
        *_lot_flags(partner, contract),
    )
    return PartnerFinding(
        partner,
        _amount(partner, price) if is_whole else None,
        test,
        best,
        qualifies and is_whole and _is_of_price(partner, contract),
        says(partner.evidence),
        flags,
        against,
    )


def _tested(partner: Partner, spoilt: set[Route]) -> tuple[TestState, Workforce | None]:
    usable = [item for item in partner.tests if item.route not in spoilt]
    best = max(usable, key=rate_of, default=None)
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


def _lot_flags(partner: Partner, contract: Contract) -> Iterator[str]:
    if not _is_of_price(partner, contract):
        yield f"The bid for lot {partner.lot} is not assessed: not counted."


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
