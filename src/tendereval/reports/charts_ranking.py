"""A chart of how marks add up to the totals that decide, one stacked bar per tender."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Final

from tendereval.domain.exact import decimal_text
from tendereval.reports import charts_layout as lay
from tendereval.reports import phrases
from tendereval.reports import wording_charts as w
from tendereval.reports.fonts import text_width
from tendereval.reports.outline import Figure
from tendereval.reports.shapes import Bar, Line, Shape, Words

_FILLS: Final = (("grey-1", "paper"), ("grey-3", "ink"), ("grey-2", "ink"), ("grey-4", "ink"))
"""Neighbours differ in tone; the second colour is that of the figure inside."""
_BAR: Final = 15.0
_GAP: Final = 12.0
_TOTAL_WIDTH: Final = 70.0
_NAME_SIZE: Final = 10.0
_SWATCH: Final = 8.0
_KEY_GAP: Final = 14.0
_SUM_SIZE: Final = 8.5


@dataclass(frozen=True, slots=True)
class MarksPart:
    """A criterion or section whose marks are one piece of every bar."""

    name: str
    available: Fraction


@dataclass(frozen=True, slots=True)
class BuiltTotal:
    """The total of one tender and what it is made of.

    Attributes:
        name: as shown, with its rank if that is to be shown.
        marks: one per part; their sum is the length of the bar.
        shown: the same marks as the tables beside the chart show them.
        total: as the tables show it.
    """

    name: str
    marks: tuple[Fraction, ...]
    shown: tuple[str, ...]
    total: str


def ranking_build_up(
    parts: Sequence[MarksPart],
    totals: Sequence[BuiltTotal],
    *,
    marked: int | None = None,
    caption: str = "",
) -> tuple[Figure, ...]:
    """Draw stacked bars, over as many pictures as it takes.

    Args:
        parts: from left to right.
        totals: in the order to be shown, each with one mark per part.
        marked: the tender whose total is set in the accent colour.
        caption: by default what the wording says.
    """
    if not parts or not totals:
        return ()
    available = sum((part.available for part in parts), Fraction(0))
    longest = max([available, *(sum(total.marks, Fraction(0)) for total in totals)])
    chart = _Chart(tuple(parts), longest or Fraction(1), marked)
    key, key_height = chart.key()
    drawn = []
    rows = list(enumerate(totals))
    for run in lay.packed(rows, chart.height, lay.TALLEST - key_height):
        height = key_height + sum(map(chart.height, run)) - _GAP
        shapes = (*key, *chart.shapes(run, key_height))
        drawn.append(lay.Drawn(height, shapes, chart.words([total for _, total in run])))
    text = caption or w.BUILT_CAPTION.format(available=decimal_text(available))
    return lay.numbered(text, drawn)


@dataclass(frozen=True, slots=True)
class _Chart:
    parts: tuple[MarksPart, ...]
    longest: Fraction
    marked: int | None

    def key(self) -> tuple[list[Shape], float]:
        """Name the parts in the order of the bars; give the height this takes."""
        found: list[Shape] = []
        x = y = 0.0
        for at, part in enumerate(self.parts):
            fill, _ = _FILLS[at % len(_FILLS)]
            words = w.BUILT_PART.format(name=part.name, available=decimal_text(part.available))
            lines = lay.wrapped(words, lay.WIDTH - _SWATCH - 5, most=1)
            width = _SWATCH + 5 + text_width(lines[0], lay.SIZE)
            if x and x + width > lay.WIDTH:
                x, y = 0.0, y + lay.LEADING + 2
            top = y + (lay.LEADING - _SWATCH) / 2
            found.append(Bar(x + 0.5, top, _SWATCH, _SWATCH, fill, "edge"))
            found += lay.set_lines(lines, x + _SWATCH + 5, y)
            x += width + _KEY_GAP
        return found, y + lay.LEADING + 12

    def _name(self, row: tuple[int, BuiltTotal]) -> tuple[str, ...]:
        return lay.wrapped(row[1].name, lay.WIDTH - _TOTAL_WIDTH, size=_NAME_SIZE, bold=True)

    def _sum(self, total: BuiltTotal) -> tuple[str, ...]:
        text = f"{' + '.join(total.shown)} = {total.total}"
        return lay.wrapped(text, lay.WIDTH, size=_SUM_SIZE, most=len(text))

    def height(self, row: tuple[int, BuiltTotal]) -> float:
        """Give the height of one tender's name, bar and sum with the gap below."""
        lines = len(self._name(row)) + len(self._sum(row[1]))
        return lines * lay.LEADING + _BAR + 4 + _GAP

    def shapes(self, run: Sequence[tuple[int, BuiltTotal]], top: float) -> list[Shape]:
        found: list[Shape] = []
        y = top
        for row in run:
            at, total = row
            colour = "accent" if at == self.marked else "ink"
            name = self._name(row)
            found += lay.set_lines(name, 0.0, y, size=_NAME_SIZE, bold=True, colour=colour)
            baseline = y + 0.5 * (lay.LEADING + 0.69 * _NAME_SIZE)
            found.append(Words(lay.WIDTH, baseline, total.total, 11.0, True, colour, "right"))
            bar = y + len(name) * lay.LEADING + 1
            found += self._bar(total, bar)
            found += lay.set_lines(
                self._sum(total), 0.0, bar + _BAR + 2, size=_SUM_SIZE, colour="muted"
            )
            y += self.height(row)
        return found

    def _bar(self, total: BuiltTotal, y: float) -> list[Shape]:
        middle = y + _BAR / 2
        found: list[Shape] = [Line(0.0, middle, lay.WIDTH, middle)]
        edges = [
            lay.WIDTH * float(share / self.longest)
            for share in accumulate(total.marks, initial=Fraction(0))
        ]
        for at, shown in enumerate(total.shown):
            fill, ink = _FILLS[at % len(_FILLS)]
            left, width = edges[at], edges[at + 1] - edges[at]
            if width <= 0:
                continue
            found.append(Bar(left, y, width, _BAR, fill, "paper"))
            if text_width(shown, lay.SIZE) + 4 <= width:
                x, baseline = left + width / 2, middle + 0.345 * lay.SIZE
                found.append(Words(x, baseline, shown, colour=ink, anchor="middle"))
        return found

    def words(self, totals: Sequence[BuiltTotal]) -> str:
        """Say what a picture shows: every sum of a few tenders, else the totals."""
        shown = w.BUILT_SHOWN.format(
            parts=lay.few([part.name for part in self.parts], w.SEVERAL_CRITERIA),
            bidders=lay.few([total.name for total in totals], w.SEVERAL_TENDERS),
        )
        if len(totals) * len(self.parts) <= lay.MOST_WORDS:
            told = "; ".join(
                w.BUILT_SUM.format(
                    name=total.name, sum=f"{' + '.join(total.shown)} = {total.total}"
                )
                for total in totals
            )
            return phrases.sentences(shown, phrases.ended(told))
        told = "; ".join(w.BUILT_TOTAL.format(name=t.name, total=t.total) for t in totals)
        return phrases.sentences(shown, w.BUILT_TOTALS.format(totals=told))
