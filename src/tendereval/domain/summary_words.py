"""Generated words of assessment summaries: about the method and about the addressee's own case.

They name no bidder and no person. The lead may put other words in place of those about price
and of the further reasons.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tendereval.domain.evaluation import describe
from tendereval.domain.exact import decimal_text, finite_places, money, rounded_text, to_text
from tendereval.domain.pricing import as_read, compares_bids, zero_rule
from tendereval.domain.ranked import CriterionMark, RankedBid
from tendereval.domain.scale import ScoringScale
from tendereval.domain.tender import (
    AwardCriterion,
    AwardRule,
    CriterionKind,
    Method,
    PriceFormula,
    QualityMarks,
    TenderDetails,
)
from tendereval.domain.wording import figures

_UNENDING_PLACES = 4
_MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class PriceCase:
    """What the marks of one price rest on.

    Attributes:
        lowest: the lowest price as the formula read it; None where it does not need one, or
            where it is withheld.
        places: decimals that the method rounds marks to.
    """

    criterion: AwardCriterion
    mark: CriterionMark
    lowest: Fraction | None
    places: int | None
    details: TenderDetails


def named(row: AwardCriterion) -> str:
    """Return how to call a criterion (``Q1 Build``)."""
    return f"{row.ref} {row.title}".strip()


def how_assessed(method: Method, row: AwardCriterion, available: Fraction | None) -> str:
    """Return how a criterion is assessed by reference to scores, and which scores there are.

    Args:
        method: the version in force.
        row: an award criterion of it.
        available: marks available in the lot; None for Pass and Fail.

    Source: Procurement Regulations 2024, r.31(3); Procurement (Wales) Regulations 2024, r.32.
    """
    if row.kind.is_pass_or_fail:
        return "Pass or Fail. A tender that fails is disqualified."
    if available is None:
        return ""
    if row.kind is CriterionKind.PRICE:
        return " ".join(_price_rule(row, available))
    return " ".join(_scored(method, row, available))


def _scored(method: Method, row: AwardCriterion, available: Fraction) -> Iterator[str]:
    scale, marks = method.scale_of(row), decimal_text(available)
    yield f"Scored {describe(scale)}."
    if method.quality_marks is QualityMarks.RELATIVE_TO_BEST:
        yield (
            f"Marks = {marks} × share of the scale earned ÷ best share of the scale earned by a "
            "tender that remains."
        )
    else:
        yield f"Marks = {marks} × score ÷ {to_text(scale.maximum)}."
    shares = _percentages(scale)
    if shares:
        yield f"In place of score ÷ {to_text(scale.maximum)} there are published shares: {shares}."
    if row.minimum is not None:
        yield f"A tender with an agreed score below {to_text(row.minimum)} is disqualified."


def _percentages(scale: ScoringScale) -> str:
    return ", ".join(
        f"{to_text(band.points)} earns {decimal_text(band.percent)}%"
        for band in scale.bands
        if band.percent is not None
    )


def _price_rule(row: AwardCriterion, available: Fraction) -> Iterator[str]:
    marks = decimal_text(available)
    if row.formula is PriceFormula.LOWEST_OVER_PRICE:
        yield f"Marks = {marks} × lowest price ÷ price."
    else:
        yield f"Prices earn up to {marks} marks by the published formula “{row.formula}”."
    if compares_bids(row):
        yield (
            "The lowest price is taken from the tenders that remain; tenders that are not ranked "
            "set no lowest price."
        )
    for name, value in row.parameters:
        yield f"Published parameter: {name} = {value}."


def section_text(row: AwardCriterion) -> str:
    """Return what is published about a section, its minimum included."""
    least = (
        f"A tender with less than {to_text(row.minimum)} marks in this section is disqualified."
        if row.minimum is not None
        else ""
    )
    parts = (row.question.strip(), row.guidance.strip(), least)
    return " ".join(part for part in parts if part)


def methodology(method: Method, available: Fraction) -> tuple[str, ...]:
    """Return how scores make the total and what decides; each criterion says its own rule.

    Args:
        method: the version in force.
        available: marks available in the lot.
    """
    return tuple(_methodology(method, available))


def _methodology(method: Method, available: Fraction) -> Iterator[str]:
    if method.award_rule is AwardRule.WEIGHTED_TOTAL:
        yield (
            "Each tender earns marks on every criterion that carries them. Its total is the sum of "
            f"its marks, out of {decimal_text(available)}; the tender with the highest total is "
            "the most advantageous."
        )
    elif method.award_rule is not None:
        yield f"The most advantageous tender is found by the award rule “{method.award_rule}”."
    for name, value in method.award_parameters:
        yield f"Published parameter: {name} = {value}."
    if any(row.kind.is_pass_or_fail or row.minimum is not None for row in method.criteria):
        yield (
            "A tender that fails a requirement or misses a published minimum is not ranked, "
            "whatever its marks."
        )
    yield _rounding("Each mark is", "Marks are", method.round_marks_to)
    yield _rounding("Totals are", "Totals are", method.round_totals_to)
    yield from _ties(method)
    if method.framework_places is not None:
        yield f"Places on the framework: {method.framework_places}."
    if method.lot_cap is not None:
        yield f"Most lots that one supplier may win: {method.lot_cap}."


def _rounding(rounded: str, plain: str, places: int | None) -> str:
    if places is None:
        return f"{plain} not rounded."
    return f"{rounded} rounded to {_decimals(places)}, half up."


def _decimals(places: int) -> str:
    if places == 0:
        return "a whole number"
    return "one decimal place" if places == 1 else f"{places} decimal places"


def _ties(method: Method) -> Iterator[str]:
    if method.tie_margin:
        margin = to_text(method.tie_margin)
        yield f"A tender ties with the best if its total is less than {margin} marks below."
    else:
        yield "Tenders tie if their totals are equal."
    if method.tie_break:
        rules = "; ".join(f"“{rule}”" for rule in method.tie_break)
        yield f"Ties are separated by these published rules, in this order: {rules}."
    else:
        yield "No rule to separate ties is published."


def price_words(case: PriceCase) -> str:
    """Explain the marks of one price from the published formula and the figures.

    Says nothing of whose the lowest price is, unless it is the price explained.
    """
    return " ".join(_price_words(case))


def _price_words(case: PriceCase) -> Iterator[str]:
    row, price = case.criterion, case.mark.price
    if price is None:
        return
    shown = money(price, case.details.currency)
    yield f"The price is {shown}{_vat(case.details)}."
    read = as_read(row, price)
    if read != price:
        yield f"By the published rule it is read as {money(read, case.details.currency)}."
    marks, available = _earned(case), decimal_text(case.mark.available)
    if row.formula is not PriceFormula.LOWEST_OVER_PRICE:
        yield f"By the published formula “{row.formula}” it earns {marks} of {available} marks."
        yield from _lowest(case)
    elif case.lowest is None:
        yield (
            f"Marks = {available} × lowest price ÷ price. It earns {marks} of {available} marks."
        )
    elif case.lowest == 0:
        yield from _nothing(case, read)
    elif read == case.lowest:
        yield (
            "It is the lowest price among the tenders that remained, so that it earns all "
            f"{available} marks."
        )
    else:
        lowest, own = (money(one, case.details.currency) for one in (case.lowest, read))
        yield from _lowest(case)
        yield f"Marks = {available} × lowest price ÷ price = {available} × {lowest} ÷ {own} ="
        yield f"{marks} of {available} marks. Only the lowest price earns all marks."


def _lowest(case: PriceCase) -> Iterator[str]:
    if case.lowest is not None:
        lowest = money(case.lowest, case.details.currency)
        yield f"The lowest price among the tenders that remained is {lowest}."


def _nothing(case: PriceCase, read: Fraction) -> Iterator[str]:
    """Say what a published rule for a price of nothing made of this price."""
    stated = zero_rule(case.criterion) or ""
    yield (
        f"By the published rule “zero={stated}” a price of nothing earns all "
        f"{decimal_text(case.mark.available)} marks and every other price none."
    )
    if read != 0:
        yield "A tender that remained has a price of nothing, so that this one earns no marks."


def _vat(details: TenderDetails) -> str:
    if details.prices_include_vat is None:
        return ""
    return " with VAT" if details.prices_include_vat else " without VAT"


def _earned(case: PriceCase) -> str:
    """Write marks; those that the method rounds with what they were before."""
    mark, unrounded = case.mark.mark, case.mark.unrounded
    if case.places is None:
        return _whole_figure(mark)
    shown = rounded_text(mark, case.places)
    return shown if mark == unrounded else f"{_figure(unrounded, case.places)}, rounded to {shown},"


def _whole_figure(value: Fraction) -> str:
    """Write marks as tables show them; those that go on for long, with how far they are shown."""
    ends = finite_places(value)
    if ends is not None and ends <= _MOST_PLACES:
        return rounded_text(value, max(2, ends))
    shown = rounded_text(value, _UNENDING_PLACES)
    return f"{shown}, shown to {_UNENDING_PLACES} decimal places,"


def _figure(value: Fraction, least: int) -> str:
    """Write a figure before it is rounded; one that goes on for long is cut off, with dots."""
    ends = finite_places(value)
    if ends is not None and ends <= _MOST_PLACES:
        return rounded_text(value, max(2, ends))
    places = max(least + 2, _UNENDING_PLACES)
    cut = Fraction(value.numerator * 10**places // value.denominator, 10**places)
    return f"{rounded_text(cut, places)}…"


def not_awarded_words(
    method: Method, available: Fraction, own: RankedBid, winners: tuple[RankedBid, ...]
) -> str:
    """Say why a ranked tender is not successful; empty where figures alone do not say it.

    Args:
        method: the version in force.
        available: marks available in the lot.
        own: the tender that is not successful.
        winners: those that are, at least one.
    """
    last = max(winners, key=lambda one: one.rank)
    if own.rank <= last.rank:
        return ""
    if method.award_rule is not AwardRule.WEIGHTED_TOTAL:
        return ""
    shown, theirs = figures((own.total, last.total))
    whose = (
        "the successful tender with the lowest total has"
        if winners[1:]
        else ("the successful tender has")
    )
    told = f"Your tender has {shown} of {decimal_text(available)} marks; {whose} {theirs}."
    if own.total >= last.total or _tied(method, own, last):
        rules = "; ".join(f"“{rule}”" for rule in method.tie_break)
        return (
            f"{told} Totals that close tie under the published method. The published rules for "
            f"ties, applied in their order, put the successful tender first: {rules}."
        )
    many = (
        f"the {len(winners)} tenders with the highest totals"
        if winners[1:]
        else ("the tender with the highest total")
    )
    return f"Under the published method {many} {'are' if winners[1:] else 'is'} successful. {told}"


def _tied(method: Method, own: RankedBid, last: RankedBid) -> bool:
    return last.total - own.total < method.tie_margin and bool(
        own.tie_broken_by and last.tie_broken_by
    )


def disqualified_words(reasons: str) -> str:
    """Say why a tender was put out under the published method.

    Args:
        reasons: as the method's own rules gave them; empty where somebody recorded the status.

    Source: Procurement Act 2023, s.23(3); Procurement Regulations 2024, r.31(2).
    """
    if not reasons.strip():
        return ""
    return f"Your tender was disqualified under the published method. {reasons.strip()}"
