"""How far evaluators of one answer differ; shown to people, never turned into a score."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tendereval.domain.bidding import Place


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The distance between individual scores of one place.

    Attributes:
        lowest: lowest points given; None when nobody scored.
        highest: highest points given; None when nobody scored.
        scorers: how many gave points.
    """

    place: Place
    lowest: Fraction | None
    highest: Fraction | None
    scorers: int

    @property
    def spread(self) -> Fraction:
        """Highest less lowest; 0 with fewer than two scores."""
        if self.lowest is None or self.highest is None:
            return Fraction(0)
        return self.highest - self.lowest


def disagreement(place: Place, points: Sequence[Fraction]) -> Disagreement:
    """Measure one place from the points that were given; order does not matter."""
    return Disagreement(place, min(points, default=None), max(points, default=None), len(points))


def agenda_order(
    found: Sequence[tuple[Disagreement, Fraction, Fraction]],
) -> tuple[Disagreement, ...]:
    """Order places for a moderation meeting: largest share of the marks at stake first.

    Args:
        found: disagreement, the scale's maximum and the question's published weight.

    Returns:
        Ordered by spread over maximum times weight; equal ones in the order given.
    """

    def at_stake(item: tuple[Disagreement, Fraction, Fraction]) -> Fraction:
        between, maximum, weight = item
        return between.spread / maximum * weight if maximum else Fraction(0)

    return tuple(item[0] for item in sorted(found, key=at_stake, reverse=True))
