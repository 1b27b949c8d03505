"""Published scales: which points may be given and what share of the weight they earn."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """One published step of a scale.

    Attributes:
        points: what is recorded.
        label: one or two words (``Good``); may be empty.
        descriptor: the published wording; may be empty.
        percent: share of the weight it earns, 0 to 100; None means points over the maximum.
    """

    points: Fraction
    label: str = ""
    descriptor: str = ""
    percent: Fraction | None = None


@dataclass(frozen=True, slots=True)
class PointRange:
    """Evenly spaced values from ``lowest`` to ``highest`` inclusive, ``step`` apart."""

    lowest: Fraction
    highest: Fraction
    step: Fraction = Fraction(1)

    def __contains__(self, points: Fraction) -> bool:
        """Whether the value is one of the range."""
        inside = self.lowest <= points <= self.highest
        return inside and (points - self.lowest) % self.step == 0


@dataclass(frozen=True, slots=True)
class ScoringScale:
    """A published scale: single bands, ranges, or both.

    Attributes:
        name: as criteria refer to it (``0-5``).
        bands: in ascending order of points.
        ranges: values without wording of their own.
    """

    name: str
    bands: tuple[ScoreBand, ...] = ()
    ranges: tuple[PointRange, ...] = ()

    def __contains__(self, points: Fraction) -> bool:
        """Whether the value may be given."""
        return any(band.points == points for band in self.bands) or any(
            points in span for span in self.ranges
        )

    @property
    def maximum(self) -> Fraction:
        """The highest value that may be given; 0 for an empty scale."""
        values = [band.points for band in self.bands] + [span.highest for span in self.ranges]
        return max(values, default=Fraction(0))

    def band(self, points: Fraction) -> ScoreBand | None:
        """Return the band with exactly these points, if it has wording."""
        return next((band for band in self.bands if band.points == points), None)

    def share(self, points: Fraction) -> Fraction:
        """Return the share of the weight these points earn, 0 to 1.

        The band's published percentage where it has one, else points over the maximum.
        """
        band = self.band(points)
        if band is not None and band.percent is not None:
            return band.percent / 100
        return points / self.maximum


PASS, FAIL = Fraction(1), Fraction(0)
PASS_OR_FAIL = ScoringScale(
    "pass/fail",
    (
        ScoreBand(FAIL, "Fail", "What is asked for is not met or not shown."),
        ScoreBand(PASS, "Pass", "What is asked for is met and shown."),
    ),
)
