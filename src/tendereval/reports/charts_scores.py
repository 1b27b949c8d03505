"""A chart of agreed scores: for each criterion one bar per tender, with the score beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tendereval.domain.exact import decimal_text
from tendereval.reports import charts_layout as lay
from tendereval.reports import phrases
from tendereval.reports import wording_charts as w
from tendereval.reports.outline import Figure
from tendereval.reports.shapes import Bar, Shape, Words

_NAME_WIDTH: Final = 138.0
_BAR_LEFT: Final = 148.0
_BAR_WIDTH: Final = 262.0
_BAR_HEIGHT: Final = 8.0
_ROW_GAP: Final = 2.0
_GROUP_GAP: Final = 10.0
_HEAD_GAP: Final = 2.0


@dataclass(frozen=True, slots=True)
class ScoredCriterion:
    """What every tender was given on one criterion.

    Attributes:
        ref: as published, such as ``Q1``.
        scores: one per tender, in the order of the tenders; None where none was agreed.
    """

    ref: str
    title: str
    scores: tuple[Fraction | None, ...]


def scores_per_criterion(
    criteria: Sequence[ScoredCriterion],
    bidders: Sequence[str],
    highest: Fraction,
    *,
    marked: int | None = None,
    caption: str = "",
) -> tuple[Figure, ...]:
    """Draw grouped bars, over as many pictures as it takes.

    Args:
        criteria: with one score per tender.
        bidders: names, in the order to be shown.
        highest: score at the end of every bar's track, above nought.
        marked: the tender set in bold and in the accent colour, such as the winner's.
        caption: by default what the wording says.
    """
    if not criteria or not bidders:
        return ()
    chart = _Chart(tuple(bidders), highest, marked)
    drawn = []
    for part in lay.packed(range(len(bidders)), chart.row_height, lay.TALLEST - 60):
        body = sum(map(chart.row_height, part))

        def height(row: ScoredCriterion, body: float = body) -> float:
            return chart.head_height(row) + body + _GROUP_GAP

        for run in lay.packed(criteria, height, lay.TALLEST):
            total = sum(map(height, run)) - _GROUP_GAP
            shapes = tuple(chart.shapes(run, part))
            drawn.append(lay.Drawn(total, shapes, chart.words(run, part)))
    text = caption or w.SCORES_CAPTION.format(highest=decimal_text(highest))
    return lay.numbered(text, drawn)


@dataclass(frozen=True, slots=True)
class _Chart:
    bidders: tuple[str, ...]
    highest: Fraction
    marked: int | None

    def names(self, at: int) -> tuple[str, ...]:
        return lay.wrapped(self.bidders[at], _NAME_WIDTH, bold=at == self.marked, most=2)

    def row_height(self, at: int) -> float:
        return len(self.names(at)) * lay.LEADING + _ROW_GAP

    def head(self, row: ScoredCriterion) -> tuple[str, ...]:
        return lay.wrapped(f"{row.ref}  {row.title}".strip(), lay.WIDTH, bold=True)

    def head_height(self, row: ScoredCriterion) -> float:
        return len(self.head(row)) * lay.LEADING + _HEAD_GAP

    def shapes(self, run: Sequence[ScoredCriterion], part: Sequence[int]) -> list[Shape]:
        found: list[Shape] = []
        y = 0.0
        for row in run:
            found += lay.set_lines(self.head(row), 0.0, y, bold=True)
            y += self.head_height(row)
            for at in part:
                found += self._row(at, row.scores[at], y)
                y += self.row_height(at)
            y += _GROUP_GAP
        return found

    def _row(self, at: int, score: Fraction | None, y: float) -> list[Shape]:
        is_marked = at == self.marked
        found = lay.set_lines(self.names(at), 0.0, y, bold=is_marked)
        top = y + (lay.LEADING - _BAR_HEIGHT) / 2
        found.append(Bar(_BAR_LEFT, top, _BAR_WIDTH, _BAR_HEIGHT, "grey-4"))
        x = _BAR_LEFT + _BAR_WIDTH + 6
        baseline = y + 0.5 * (lay.LEADING + 0.69 * lay.SIZE)
        if score is None:
            found.append(Words(x, baseline, w.NO_SCORE, colour="muted"))
            return found
        width = _BAR_WIDTH * float(min(score / self.highest, Fraction(1)))
        if width > 0:
            fill = "accent" if is_marked else "grey-2"
            found.append(Bar(_BAR_LEFT, top, width, _BAR_HEIGHT, fill))
        found.append(Words(x, baseline, decimal_text(score), bold=is_marked))
        return found

    def words(self, run: Sequence[ScoredCriterion], part: Sequence[int]) -> str:
        """Say what a picture shows: every score of a few, else the highest and the lowest."""
        shown = w.SCORES_SHOWN.format(
            highest=decimal_text(self.highest),
            bidders=lay.few([self.bidders[at] for at in part], w.SEVERAL_TENDERS),
            criteria=lay.few([row.ref for row in run], w.SEVERAL_CRITERIA),
        )
        tell = self._all if len(run) * len(part) <= lay.MOST_WORDS else self._extremes
        return phrases.sentences(shown, phrases.ended("; ".join(tell(row, part) for row in run)))

    def _all(self, row: ScoredCriterion, part: Sequence[int]) -> str:
        scores = ", ".join(f"{self.bidders[at]} {_text(row.scores[at])}" for at in part)
        return w.SCORES_OF.format(ref=row.ref, scores=scores)

    def _extremes(self, row: ScoredCriterion, part: Sequence[int]) -> str:
        given = {at: score for at in part if (score := row.scores[at]) is not None}
        if not given:
            return w.SCORES_OF.format(ref=row.ref, scores=w.NO_SCORE)
        best = max(given.values())
        first = [self.bidders[at] for at, score in given.items() if score == best]
        return w.SCORES_EXTREMES.format(
            ref=row.ref,
            highest=decimal_text(best),
            names=lay.few(first, w.SEVERAL_TENDERS),
            lowest=decimal_text(min(given.values())),
        )


def _text(score: Fraction | None) -> str:
    return w.NO_SCORE if score is None else decimal_text(score)
