"""How prices become marks: one function per published formula; a formula not here is refused."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tendereval.domain.errors import MethodIncomplete, NotSupported, Undefined
from tendereval.domain.exact import money
from tendereval.domain.ids import BidderId
from tendereval.domain.tender import AwardCriterion, PriceFormula

_AMOUNT = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
ZERO_FORMS = "“zero=refuse”, “zero=full marks” or an amount such as “zero=0.01”"


@dataclass(frozen=True, slots=True)
class Offer:
    """One bid's price for one price criterion.

    Attributes:
        name: the bidder's, for sentences.
        amount: as submitted, exact.
    """

    bidder: BidderId
    name: str
    amount: Fraction


Formula = Callable[[Fraction, Sequence[Fraction], Mapping[str, str]], tuple[Fraction, ...]]
"""Weight, prices and parameters by name; gives marks in the order of the prices."""


@dataclass(frozen=True, slots=True)
class PriceRule:
    """What the product knows about one price formula.

    Attributes:
        marks: the formula; prices that it gets are never negative.
        parameters: compulsory ones, beside ``zero``.
        divides_by_price: whether a price of nothing has no answer without a ``zero`` rule.
        compares_bids: whether a mark depends on the lowest of the other prices.
    """

    marks: Formula
    parameters: tuple[str, ...] = ()
    divides_by_price: bool = True
    compares_bids: bool = True


def lowest_over_price(
    weight: Fraction,
    prices: Sequence[Fraction],
    _parameters: Mapping[str, str],
) -> tuple[Fraction, ...]:
    """Give the weight times the lowest price over the price; the lowest gets all of it.

    Args:
        weight: marks available.
        prices: of every bid that remains, above 0.

    Source: gov.uk guidance for digital outcomes buyers (15,000, 10,000 and 30,000 give 0.667,
        1 and 0.333); impactbids.com, "The quality imperative" (100, 105 and 108 of 40 marks).

    >>> marks = lowest_over_price(Fraction(40), [Fraction(p) for p in (100, 105, 108)], {})
    >>> [str(mark) for mark in marks]
    ['40', '800/21', '1000/27']
    >>> [str(mark) for mark in lowest_over_price(Fraction(5), [Fraction(1)], {})]
    ['5']
    >>> lowest_over_price(Fraction(5), [], {})
    ()
    """
    lowest = min(prices, default=Fraction(0))
    return tuple(weight * lowest / price for price in prices)


RULES: Mapping[PriceFormula, PriceRule] = {
    PriceFormula.LOWEST_OVER_PRICE: PriceRule(lowest_over_price),
}
"""The formulas that can be computed; a new one is a function and a line here."""


def rule_of(criterion: AwardCriterion) -> PriceRule:
    """Return the rule of a price criterion.

    Raises:
        NotSupported: the formula is known by name only.
        MethodIncomplete: no formula is chosen, or its parameters are not in order.
    """
    if criterion.formula is not None and criterion.formula not in RULES:
        raise NotSupported(_not_yet(criterion), "Choose another formula, or rank it elsewhere.")
    problems = formula_problems(criterion)
    if criterion.formula is None or problems:
        raise MethodIncomplete(problems, "Prices cannot be marked")
    return RULES[criterion.formula]


def formula_problems(criterion: AwardCriterion) -> tuple[str, ...]:
    """Return a sentence for everything a price criterion lacks before it can be used."""
    if criterion.formula is None:
        return (f"{criterion.ref} has no price formula.",)
    if criterion.formula not in RULES:
        return (_not_yet(criterion),)
    rule = RULES[criterion.formula]
    names = [name.strip().casefold() for name, _ in criterion.parameters]
    lacking = [name for name in rule.parameters if name not in names]
    unknown = [name for name in names if name not in {*rule.parameters, "zero"}]
    twice = sorted({name for name in names if names.count(name) > 1})
    told = f"The formula “{criterion.formula}” of {criterion.ref}"
    problems = [f"{told} needs the parameter “{name}”." for name in lacking]
    problems += [f"{told} has no parameter “{name}”." for name in unknown]
    problems += [f"{told} states “{name}” more than once." for name in twice]
    zero = zero_rule(criterion)
    if zero is not None and zero not in {"refuse", "full marks"} and not _amount(zero):
        problems.append(f"{told} has “zero={zero}”; write {ZERO_FORMS}.")
    return tuple(problems)


def _not_yet(criterion: AwardCriterion) -> str:
    return f"The price formula “{criterion.formula}” of {criterion.ref} is not yet supported."


def zero_rule(criterion: AwardCriterion) -> str | None:
    """Return what the method says about a price of nothing, in lower case, or None."""
    stated = (value for name, value in criterion.parameters if name.strip().casefold() == "zero")
    text = next(stated, None)
    return None if text is None else " ".join(text.casefold().split())


def needs_zero_rule(criterion: AwardCriterion) -> bool:
    """Whether a price of nothing could not be marked as the method stands."""
    rule = RULES.get(criterion.formula) if criterion.formula else None
    return rule is not None and rule.divides_by_price and zero_rule(criterion) is None


def compares_bids(criterion: AwardCriterion) -> bool:
    """Whether its marks are measured against the lowest of the prices."""
    rule = RULES.get(criterion.formula) if criterion.formula else None
    return rule is not None and rule.compares_bids


def _amount(text: str) -> Fraction | None:
    """Read an amount above nothing in British notation; None for anything else."""
    if not _AMOUNT.fullmatch(text):
        return None
    return Fraction(text.lstrip("£ ").replace(",", "")) or None


def as_read(criterion: AwardCriterion, amount: Fraction) -> Fraction:
    """Return the price as the formula reads it: an amount may stand in for nothing."""
    if amount == 0 and (zero := zero_rule(criterion)) is not None:
        return _amount(zero) or amount
    return amount


def price_marks(
    criterion: AwardCriterion, weight: Fraction, offers: Sequence[Offer], currency: str = "GBP"
) -> tuple[Fraction, ...]:
    """Mark the prices of the bids that remain, by the criterion's published formula.

    Args:
        criterion: a price criterion.
        weight: marks available for it in the lot.
        offers: one per remaining bid; eliminated bids must not be among them, since they
            would set the lowest price.
        currency: for sentences.

    Returns:
        Exact marks in the order of ``offers``.

    Raises:
        Undefined: a price is negative, or is nothing and the method gives that no meaning.
        NotSupported: the formula cannot be computed yet.
        MethodIncomplete: the formula or its parameters are not in order.

    Source: the formula published in the tender's own documents; Bevan Brittan 2019 and Boxxe v
        Secretary of State for Justice [2023] EWHC 533 (TCC) on a price of nothing.
    """
    rule = rule_of(criterion)
    _refuse_unanswerable(criterion, rule, offers, currency)
    amounts = [as_read(criterion, offer.amount) for offer in offers]
    if rule.divides_by_price and 0 in amounts:
        return tuple(Fraction(0) if amount else weight for amount in amounts)
    return rule.marks(weight, amounts, _by_name(criterion))


def _by_name(criterion: AwardCriterion) -> dict[str, str]:
    return {name.strip().casefold(): value for name, value in criterion.parameters}


def _refuse_unanswerable(
    criterion: AwardCriterion, rule: PriceRule, offers: Sequence[Offer], currency: str
) -> None:
    negative = [offer for offer in offers if offer.amount < 0]
    if negative:
        told = ", ".join(f"{one.name} {money(one.amount, currency)}" for one in negative)
        raise Undefined(
            f"A price for {criterion.ref} is below nothing: {told}.", "Check it against the bid."
        )
    nothing = [offer.name for offer in offers if offer.amount == 0]
    zero = zero_rule(criterion)
    if nothing and rule.divides_by_price and zero in {None, "refuse"}:
        said = (
            f"does not say what that means: {ZERO_FORMS}"
            if zero is None
            else "refuses that (“zero=refuse”)"
        )
        raise Undefined(
            f"The marks for {criterion.ref} are undefined: the price of {', '.join(nothing)} is "
            f"nothing, and the published method {said}.",
            "Take advice before going on; no rule is chosen for you.",
        )
