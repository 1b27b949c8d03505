"""Pictures of the results: scores per criterion and how totals build up, where they help.

A picture shows figures of the tables beside it; where it would be longer than they are, it is
left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tendereval.domain.criteria_tree import Rows
from tendereval.domain.exact import decimal_text, rounded_text
from tendereval.domain.ids import BidderId, CriterionId
from tendereval.domain.ranked import Ranking
from tendereval.domain.tender import AwardCriterion
from tendereval.reports import phrases
from tendereval.reports import wording_results as r
from tendereval.reports.award_decision import shown_totals
from tendereval.reports.award_gather import Gathered
from tendereval.reports.charts_ranking import BuiltTotal, MarksPart, ranking_build_up
from tendereval.reports.charts_scores import ScoredCriterion, scores_per_criterion
from tendereval.reports.outline import Figure

_LEAST_TENDERS: Final = 2
"""One bar has nothing to be compared with."""
_MOST_TENDERS: Final = 12
_MOST_BARS: Final = 120
_MOST_PARTS: Final = 12


@dataclass(frozen=True, slots=True)
class BidColumn:
    """What the table of a lot shows of one tender.

    Attributes:
        points: agreed score per question, as shown.
        marks: exact marks per criterion, after the method's own rounding of marks.
        foot: cells below the table's body, one per row label.
    """

    name: str
    points: Mapping[CriterionId, str]
    marks: Mapping[CriterionId, Fraction]
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a lot's table, with the marks of every tender as they are shown.

    Attributes:
        rows: criteria of the lot.
        weights: marks available per weighted criterion.
        sums: marks per row and tender: a criterion's own, a section's sum, None where unknown.
    """

    rows: Rows
    weights: Mapping[CriterionId, Fraction]
    sums: Mapping[CriterionId, tuple[Fraction | None, ...]]

    def shown(self, ref: CriterionId) -> tuple[str, ...]:
        """Return the figures of one row, all with the same number of places."""
        values = self.sums[ref]
        places = phrases.places_of([value for value in values if value is not None])
        return tuple("–" if value is None else rounded_text(value, places) for value in values)

    def top(self) -> Iterator[AwardCriterion]:
        """Yield the rows that add up to the total: sections at the top and what stands alone."""
        for row in self.rows.values():
            if row.parent is None and row.ref in self.sums:
                yield row


def results_figures(
    g: Gathered,
    ranking: Ranking,
    grid: Grid,
    columns: Sequence[BidColumn],
    sums: Sequence[str],
) -> Iterator[Figure]:
    """Yield the pictures that stand below the tables of a lot.

    Args:
        g: the report.
        ranking: of the lot.
        grid: the rows, with marks in the order of ``columns``.
        columns: the tenders that are told of in full.
        sums: of the marks of every ranked tender, before the method rounds totals.
    """
    if not _LEAST_TENDERS <= len(columns) <= _MOST_TENDERS:
        return
    told = [bid for bid in ranking.ranked if bid.marks]
    awarded = _awarded(g, ranking)
    marked = next((at for at, bid in enumerate(told) if bid.bidder in awarded), None)
    is_rounded = g.model.method.round_totals_to is not None
    texts = sums if is_rounded else shown_totals(ranking)
    totals = [text for bid, text in zip(ranking.ranked, texts, strict=True) if bid.marks]
    form = r.BUILT_PICTURE_UNROUNDED if is_rounded else r.BUILT_PICTURE
    caption = form.format(available=phrases.plain_number(ranking.available))
    yield from _build_up(grid, columns, totals, marked, caption)
    yield from _scores(g, ranking, columns, marked)


def _awarded(g: Gathered, ranking: Ranking) -> tuple[BidderId, ...]:
    decision = g.decision(ranking.lot)
    return decision.bidders if decision else ()


def _build_up(
    grid: Grid,
    columns: Sequence[BidColumn],
    totals: Sequence[str],
    marked: int | None,
    caption: str,
) -> Iterator[Figure]:
    top = list(grid.top())
    if not _LEAST_TENDERS <= len(top) <= _MOST_PARTS:
        return
    shown = [grid.shown(row.ref) for row in top]
    built = [
        BuiltTotal(
            column.name,
            tuple(grid.sums[row.ref][at] or Fraction(0) for row in top),
            tuple(texts[at] for texts in shown),
            totals[at],
        )
        for at, column in enumerate(columns)
    ]
    parts = [MarksPart(row.title or row.ref, grid.weights[row.ref]) for row in top]
    yield from ranking_build_up(parts, built, marked=marked, caption=caption)


def _scores(
    g: Gathered, ranking: Ranking, columns: Sequence[BidColumn], marked: int | None
) -> Iterator[Figure]:
    """Yield one picture per section and scale, so that every bar of one has the same end."""
    method = g.model.method
    scored = [row for row in method.in_lot(ranking.lot) if row.kind.is_scored]
    if len(scored) * len(columns) > _MOST_BARS:
        return
    points = [
        {mark.criterion: mark.points for mark in bid.marks} for bid in ranking.ranked if bid.marks
    ]
    grouped: dict[tuple[CriterionId | None, Fraction], list[AwardCriterion]] = {}
    for row in scored:
        grouped.setdefault((row.parent, method.scale_of(row).maximum), []).append(row)
    titles = {row.ref: row.title or row.ref for row in method.criteria}
    names = [column.name for column in columns]
    for (parent, highest), rows in grouped.items():
        if highest > 0:
            criteria = [
                ScoredCriterion(row.ref, row.title, tuple(one.get(row.ref) for one in points))
                for row in rows
            ]
            section = titles.get(parent, "") if parent is not None else ""
            form = r.SCORES_PICTURE_IN if section else r.SCORES_PICTURE
            caption = form.format(section=section, highest=decimal_text(highest))
            yield from scores_per_criterion(
                criteria, names, highest, marked=marked, caption=caption
            )
