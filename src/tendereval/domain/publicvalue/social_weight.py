"""How the weight of social value in a published method stands against the least one."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tendereval.domain.exact import decimal_text
from tendereval.domain.ids import LotId
from tendereval.domain.publicvalue.models import ModelChoice
from tendereval.domain.tender import AwardCriterion, AwardRule, CriterionKind, Method
from tendereval.domain.weight_shares import weight_shares

_ABSOLUTE: Final = frozenset(
    {
        AwardRule.PRICE_PER_QUALITY_POINT,
        AwardRule.QUALITY_PER_POUND,
        AwardRule.WEIGHTED_VALUE_FOR_MONEY,
    }
)


@dataclass(frozen=True, slots=True)
class WeightFinding:
    """How the weight of social value stands against the least one.

    Attributes:
        weight: per cent of the marks that count for it, exact; None where nothing is weighed.
        of: what it is a share of, in words.
        is_enough: None where no least weight is laid down or it is unknown.
        sentence: the finding.
    """

    weight: Fraction | None
    of: str
    is_enough: bool | None
    sentence: str


def social_value_weight(method: Method, lot: LotId, choice: ModelChoice) -> WeightFinding:
    """Compare a lot's weight of social value with the least one; a warning, never a refusal.

    With an absolute rule (price per quality point and its like) the share is of the marks
    other than price; else of all marks.
    """
    by_ref = weight_shares(method, lot).by_ref
    leaves = {
        row: by_ref[row.ref.casefold()]
        for row in method.in_lot(lot)
        if row.kind.is_weighted and row.ref.casefold() in by_ref
    }
    absolute = method.award_rule in _ABSOLUTE
    prices = (row.kind is CriterionKind.PRICE and marks > 0 for row, marks in leaves.items())
    of = "all marks" if any(prices) and not absolute else "the marks other than price"
    whole = sum(
        (
            marks
            for row, marks in leaves.items()
            if not (absolute and row.kind is CriterionKind.PRICE)
        ),
        Fraction(0),
    )
    if not whole:
        return WeightFinding(None, of, None, "Nothing is weighed yet.")
    social = sum((marks for row, marks in leaves.items() if _is_social(row)), Fraction(0))
    weight = social * 100 / whole
    shown = f"Social value has {_percent(weight)} of {of}"
    if choice.least_weight is None:
        return WeightFinding(weight, of, None, f"{shown}. {choice.because}")
    enough = weight >= choice.least_weight
    rest = "enough" if enough else "below the least weight"
    least = _percent(choice.least_weight)
    title = choice.model.known_as if choice.model else "the model"
    return WeightFinding(weight, of, enough, f"{shown}: {rest} ({title} asks for {least}).")


def _percent(share: Fraction) -> str:
    """Write a share; one with more than two places is cut, so that none looks larger than it is."""
    if (share * 100).denominator == 1:
        return f"{decimal_text(share)}%"
    return f"about {decimal_text(Fraction(int(share * 100), 100))}%"


def _is_social(row: AwardCriterion) -> bool:
    return row.kind is CriterionKind.SOCIAL_VALUE or (
        row.kind.is_scored and bool(row.model_criterion.strip())
    )
