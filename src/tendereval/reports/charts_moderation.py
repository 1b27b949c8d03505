"""A chart of how individual scores became the agreed score, one row for each of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from tendereval.domain.exact import decimal_text
from tendereval.reports import charts_layout as lay
from tendereval.reports import phrases
from tendereval.reports import wording_charts as w
from tendereval.reports.fonts import text_width
from tendereval.reports.outline import Figure
from tendereval.reports.shapes import Bar, Dot, Line, Path, Shape, Words

_LABEL_WIDTH: Final = 142.0
_AXIS_LEFT: Final = 160.0
_AXIS_RIGHT: Final = 322.0
_LIST_LEFT: Final = 340.0
_LIST_WIDTH: Final = 70.0
_HEAD: Final = 18.0
_ROW: Final = 29.0
_CENTRE: Final = 9.5
_LARGE, _SMALL = 6.4, 3.2
_RANGE: Final = 3.0
_MOST_LINES: Final = 12
_STRIDES: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Judged:
    """What one agreed score came from.

    Attributes:
        label: whose answer to what.
        individual: scores before moderation, in any order.
        agreed: None where none was agreed.
    """

    label: str
    individual: tuple[Fraction, ...]
    agreed: Fraction | None


def individual_to_agreed(
    rows: Sequence[Judged], scale: Sequence[Fraction], *, caption: str = ""
) -> tuple[Figure, ...]:
    """Draw discs for individual scores and a triangle for the agreed one.

    Args:
        rows: top to bottom; parted over pictures where they are many.
        scale: the published points, at least one.
        caption: by default what the wording says.
    """
    if not rows or not scale:
        return ()
    given = [score for row in rows for score in (*row.individual, row.agreed) if score is not None]
    chart = _Chart(tuple(sorted({*scale})), min([*scale, *given]), max([*scale, *given]))
    drawn = []
    for run in lay.packed(rows, _height, lay.TALLEST - _HEAD):
        total = _HEAD + sum(map(_height, run))
        drawn.append(lay.Drawn(total, tuple(chart.shapes(run, total)), chart.words(run)))
    return lay.numbered(caption or w.JUDGED_CAPTION, drawn)


def _label(row: Judged) -> tuple[str, ...]:
    return lay.wrapped(row.label, _LABEL_WIDTH)


def _listed(row: Judged) -> tuple[str, ...]:
    text = ", ".join(decimal_text(score) for score in sorted(row.individual))
    return lay.wrapped(text or w.NO_SCORE, _LIST_WIDTH, most=_MOST_LINES)


def _height(row: Judged) -> float:
    return max(_ROW, max(len(_label(row)), len(_listed(row))) * lay.LEADING + 8)


@dataclass(frozen=True, slots=True)
class _Chart:
    scale: tuple[Fraction, ...]
    lowest: Fraction
    highest: Fraction

    def x(self, score: Fraction) -> float:
        span = self.highest - self.lowest
        share = float((score - self.lowest) / span) if span else 0.5
        return _AXIS_LEFT + share * (_AXIS_RIGHT - _AXIS_LEFT)

    def shapes(self, run: Sequence[Judged], height: float) -> list[Shape]:
        found = self._head(height)
        y = _HEAD
        for row in run:
            found += self._row(row, y)
            y += _height(row)
            found.append(Line(0.0, y, lay.WIDTH, y))
        return found

    def _head(self, height: float) -> list[Shape]:
        found: list[Shape] = []
        for point in self.scale[:: self._stride()]:
            x = self.x(point)
            found.append(Line(x, _HEAD, x, height, colour="line"))
            found.append(Words(x, 10.0, decimal_text(point), colour="muted", anchor="middle"))
        found.append(Words(_LIST_LEFT, 10.0, w.INDIVIDUAL, colour="muted"))
        found.append(Words(lay.WIDTH, 10.0, w.AGREED, colour="muted", anchor="right"))
        found.append(Line(0.0, _HEAD - 2, lay.WIDTH, _HEAD - 2, 0.75, "edge"))
        return found

    def _stride(self) -> int:
        """Leave out points of a fine scale until their figures keep apart."""
        for stride in _STRIDES:
            points = self.scale[::stride]
            widest = max(text_width(decimal_text(point), lay.SIZE) for point in points)
            gaps = [self.x(high) - self.x(low) for low, high in pairwise(points)]
            if min(gaps, default=lay.WIDTH) >= widest + 5:
                return stride
        return len(self.scale)

    def _row(self, row: Judged, y: float) -> list[Shape]:
        found = lay.set_lines(_label(row), 0.0, y + 3)
        centre = y + _CENTRE
        counts = sorted(Counter(row.individual).items())
        if counts[1:]:
            left, right = self.x(counts[0][0]), self.x(counts[-1][0])
            found.append(Bar(left, centre - _RANGE / 2, right - left, _RANGE, "grey-3"))
        gaps = [self.x(high) - self.x(low) for (low, _), (high, _) in pairwise(counts)]
        is_large = min(gaps, default=lay.WIDTH) >= 2 * _LARGE + 1
        for score, count in counts:
            x = self.x(score)
            found.append(Dot(x, centre, _LARGE if is_large else _SMALL, "grey-1", "paper"))
            if is_large:
                found.append(
                    Words(x, centre + 2.9, str(count), 8.0, colour="paper", anchor="middle")
                )
        found += lay.set_lines(_listed(row), _LIST_LEFT, y + 3)
        return [*found, *self._agreed(row, y)]

    def _agreed(self, row: Judged, y: float) -> list[Shape]:
        baseline = y + 3 + 0.5 * (lay.LEADING + 0.69 * lay.SIZE)
        if row.agreed is None:
            text, colour = w.NOT_AGREED, "muted"
            return [Words(lay.WIDTH, baseline, text, colour=colour, anchor="right")]
        x, tip = self.x(row.agreed), y + _CENTRE + _LARGE + 1.5
        triangle = ((x, tip), (x + 4.8, tip + 8), (x - 4.8, tip + 8))
        text = decimal_text(row.agreed)
        return [
            Path((triangle,), "accent"),
            Words(lay.WIDTH, baseline, text, 11.0, bold=True, colour="accent", anchor="right"),
        ]

    def words(self, run: Sequence[Judged]) -> str:
        """Say what a picture shows: every row of a few, else how many stayed in the range."""
        shown = w.JUDGED_SHOWN.format(
            lowest=decimal_text(self.lowest),
            highest=decimal_text(self.highest),
            rows=lay.few([row.label for row in run], w.SEVERAL_ROWS),
        )
        if sum(len(row.individual) + 1 for row in run) <= lay.MOST_WORDS:
            told = "; ".join(map(_told, run))
        else:
            within = [_is_within(row) for row in run if row.individual and row.agreed is not None]
            told = w.JUDGED_SAME.format(within=sum(within), all=len(within))
        return phrases.sentences(shown, phrases.capital(phrases.ended(told)))


def _is_within(row: Judged) -> bool:
    if row.agreed is None or not row.individual:
        return False
    return min(row.individual) <= row.agreed <= max(row.individual)


def _told(row: Judged) -> str:
    individual, agreed = w.NO_INDIVIDUAL, w.NOT_AGREED
    if row.individual:
        scores = phrases.names(decimal_text(score) for score in sorted(row.individual))
        individual = w.JUDGED_INDIVIDUAL.format(scores=scores)
    if row.agreed is not None:
        agreed = w.JUDGED_AGREED.format(score=decimal_text(row.agreed))
    return w.JUDGED_ROW.format(label=row.label, individual=individual, agreed=agreed)
