"""Which assessed bids have no place in the ranking, and why; overrides nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tendereval.domain.bidding import BidStatus
from tendereval.domain.criteria_tree import Rows, ancestors, rows_in, weighted_under
from tendereval.domain.errors import Undefined
from tendereval.domain.exact import decimal_text
from tendereval.domain.ids import CriterionId
from tendereval.domain.marks import Column, LotMethod, exact_sum, quality_column
from tendereval.domain.ranked import BidInput, NotRanked, RankingWarning
from tendereval.domain.scale import FAIL
from tendereval.domain.tender import AwardCriterion, CriterionKind, Method, QualityMarks
from tendereval.domain.wording import figures

Columns = Mapping[CriterionId, Column]
"""Marks by criterion and bidder."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground on which a bid falls out.

    Attributes:
        below_minimum: whether a published minimum was missed, and not a Fail given.
    """

    status: BidStatus
    text: str
    below_minimum: bool = False


def minimum_problems(method: Method) -> tuple[str, ...]:
    """Return a sentence for each published minimum that cannot be applied as it stands."""
    return tuple(
        text for row in method.criteria if (text := _minimum_problem(method, row)) is not None
    )


def _minimum_problem(method: Method, row: AwardCriterion) -> str | None:
    if row.minimum is None:
        return None
    told = f"{row.ref} has the minimum {decimal_text(row.minimum)}"
    if row.kind.is_scored:
        scale = method.scale_of(row)
        steps_stand = all(span.step > 0 for span in scale.ranges)
        return None if steps_stand and row.minimum in scale else f"{told}, not on its scale."
    if row.kind is not CriterionKind.SECTION:
        return f"{told}; only questions and sections have one."
    if row.minimum < 0:
        return f"{told}; a minimum is not below 0."
    if any(_holds_a_price(rows_in(method, lot.ref), row) for lot in method.lots):
        return f"{told}, and a price criterion under it; minimums are about quality only."
    return None


def _holds_a_price(rows: Rows, section: AwardCriterion) -> bool:
    return any(row.kind is CriterionKind.PRICE for row in weighted_under(rows, section))


def grounds(rows: Sequence[AwardCriterion], bid: BidInput) -> tuple[Ground, ...]:
    """Return why a bid falls out on its agreed scores alone, in published order.

    Args:
        rows: the criteria with a verdict or a minimum.
        bid: what is not agreed yet does not count against it.

    Source: Procurement Act 2023, s.19(3)(a) (conditions of participation) and s.23(3)
        (criteria whose failure disqualifies).
    """
    found = ((row, bid.points.get(row.ref)) for row in rows)
    return tuple(
        ground
        for row, points in found
        if points is not None and (ground := _ground(row, points)) is not None
    )


def _ground(row: AwardCriterion, points: Fraction) -> Ground | None:
    told = f"{row.ref} ({row.title})" if row.title else row.ref
    if row.kind is CriterionKind.CONDITION_OF_PARTICIPATION and points == FAIL:
        return Ground(BidStatus.CONDITION_NOT_MET, f"Fail on condition of participation {told}.")
    if row.kind is CriterionKind.REQUIREMENT and points == FAIL:
        return Ground(BidStatus.DISQUALIFIED, f"Fail on requirement {told}.")
    if row.kind.is_scored and row.minimum is not None and points < row.minimum:
        text = f"Scored {decimal_text(points)} for {told}; the minimum is "
        return Ground(BidStatus.DISQUALIFIED, f"{text}{decimal_text(row.minimum)}.", True)
    return None


def with_grounds(case: LotMethod) -> tuple[AwardCriterion, ...]:
    """Return the criteria of a lot that can put a bid out on agreed scores alone."""
    return tuple(
        row
        for row in case.rows.values()
        if row.kind.is_pass_or_fail or (row.kind.is_scored and row.minimum is not None)
    )


def section_grounds(case: LotMethod, columns: Columns, bid: BidInput) -> tuple[Ground, ...]:
    """Return the sections whose published minimum the bid's marks do not reach."""
    found: list[Ground] = []
    for section in _sections(case):
        got = _section_marks(case, columns, section, bid)
        if section.minimum is not None and got < section.minimum:
            told = f"{section.ref} ({section.title})" if section.title else section.ref
            shown, least = figures((got, section.minimum))
            text = f"Got {shown} marks in section {told}; the minimum is {least}."
            found.append(Ground(BidStatus.DISQUALIFIED, text, True))
    return tuple(found)


def _sections(case: LotMethod) -> tuple[AwardCriterion, ...]:
    return tuple(
        row
        for row in case.rows.values()
        if row.kind is CriterionKind.SECTION and row.minimum is not None
    )


def _section_marks(
    case: LotMethod, columns: Columns, section: AwardCriterion, bid: BidInput
) -> Fraction:
    return exact_sum(
        columns[row.ref][bid.bidder].mark
        for row in case.scored
        if any(above is section for above in ancestors(case.rows, row))
    )


def check_uncontested(
    case: LotMethod, fallen: Sequence[BidInput], remaining: Sequence[BidInput]
) -> None:
    """Refuse an elimination that only holds because another eliminated bid was the best.

    Raises:
        Undefined: marks are relative to the best, and measured against the bids that remain
            one of the fallen would reach the minimum after all.
    """
    if case.method.quality_marks is not QualityMarks.RELATIVE_TO_BEST:
        return
    for bid in fallen:
        field = (*remaining, bid)
        columns = {row.ref: quality_column(case, row, field) for row in case.scored}
        if not section_grounds(case, columns, bid):
            raise Undefined(
                f"Whether {bid.name} reaches the minimum of a section depends on which other "
                "eliminated bid its marks are measured against, and the published method does "
                "not say.",
                "Take advice before going on; no rule is chosen for you.",
            )


def put_out(bid: BidInput, found: Sequence[Ground]) -> NotRanked:
    """Return the entry of a bid that falls out; a failed condition outweighs the rest."""
    statuses = {ground.status for ground in found}
    condition = BidStatus.CONDITION_NOT_MET
    status = condition if condition in statuses else BidStatus.DISQUALIFIED
    return NotRanked(bid.bidder, bid.name, status, " ".join(ground.text for ground in found))


def minimum_warnings(bid: BidInput, found: Sequence[Ground]) -> tuple[RankingWarning, ...]:
    """Return the warning of a bid that missed a published minimum."""
    missed = " ".join(ground.text for ground in found if ground.below_minimum)
    if not missed:
        return ()
    return (RankingWarning("below-minimum", f"{bid.name} is not ranked. {missed}"),)
