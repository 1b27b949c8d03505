"""The results in the award report: tables of scores, marks and totals that can be added up again.

Shows what the ranking worked out; the only sums made here are those of sections, from the same
marks.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from tendereval.domain.criteria_tree import rows_in, weighted_under
from tendereval.domain.exact import finite_places, rounded_text, to_text
from tendereval.domain.ids import CriterionId
from tendereval.domain.marks import exact_sum
from tendereval.domain.ranked import RankedBid, Ranking
from tendereval.domain.tender import AwardCriterion, CriterionKind, Lot, QualityMarks
from tendereval.domain.weights import weight_plan
from tendereval.domain.wording import figures
from tendereval.reports import phrases
from tendereval.reports import wording_publication as p
from tendereval.reports import wording_results as r
from tendereval.reports.award_checks import check_blocks
from tendereval.reports.award_figures import BidColumn, Grid, results_figures
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.award_outcome import order_table, outcome_blocks, price_text, rank_text
from tendereval.reports.award_prices import price_blocks
from tendereval.reports.award_publication import left_out
from tendereval.reports.outline import Block, Cell, Column, HeadGroup, Paragraph, Row, Table, Text
from tendereval.reports.styles import TEXT_WIDTH

_MOST_BIDDERS = 4
_SCORE_WIDTH, _WEIGHT_WIDTH, _TITLE_WIDTH = 32.0, 42.0, 104.0
_FIGURE = 5.2
"""Width of one figure in a table, in points."""


def results_section(g: Gathered, part: Part) -> Iterator[Block]:
    """Yield the results, lot by lot where there are several."""
    for index, lot in enumerate(g.model.method.lots, 1):
        inner = part
        if g.several_lots:
            inner = part.below(index)
            yield inner.heading(g.lot_name(lot), f"results-{lot.ref}")
        ranking = g.rankings.get(lot.ref)
        if ranking is None:
            yield Paragraph(g.refusal())
            continue
        yield Paragraph(_intro(g, ranking))
        if ranking.ranked:
            yield from _tables(g, lot, ranking)
        yield from price_blocks(g, lot, inner.below(1))
        yield from outcome_blocks(g, lot, inner, _not_ranked_tables(g, lot, ranking))
        yield from _re_add(g, ranking, inner.below(5))
        yield from check_blocks(g, lot, inner)


def _intro(g: Gathered, ranking: Ranking) -> str:
    method = g.model.method
    told = [r.RESULTS_OVER_MAXIMUM]
    if method.quality_marks is QualityMarks.RELATIVE_TO_BEST:
        told = [r.RESULTS_RELATIVE]
    elif any(band.percent is not None for scale in method.scales for band in scale.bands):
        told.append(r.RESULTS_PERCENT)
    if method.round_marks_to is None:
        told.append(r.RESULTS_EXACT)
    else:
        told.append(r.RESULTS_ROUNDED.format(places=phrases.in_places(method.round_marks_to)))
    if any(finite_places(mark.mark) is None for bid in ranking.ranked for mark in bid.marks):
        told.append(r.RESULTS_SHOWN)
    if method.round_totals_to is None:
        told.append(r.RESULTS_EXACT_TOTALS)
    else:
        told.append(r.RESULTS_TOTALS.format(places=phrases.in_places(method.round_totals_to)))
    return phrases.sentences(*told, r.RESULTS_INTRO)


def grid_of(g: Gathered, lot: Lot, columns: Sequence[BidColumn]) -> Grid:
    """Work out the sums of sections for the tenders given."""
    rows = rows_in(g.model.method, lot.ref)
    plan = weight_plan(g.model.method, lot.ref)
    sums: dict[CriterionId, tuple[Fraction | None, ...]] = {}
    weights = dict(plan.weights)
    for row in rows.values():
        if row.kind.is_weighted:
            sums[row.ref] = tuple(column.marks.get(row.ref) for column in columns)
        elif row.kind is CriterionKind.SECTION and (below := weighted_under(rows, row)):
            weights[row.ref] = exact_sum(plan.weights[one.ref] for one in below)
            sums[row.ref] = tuple(_sum_of(column, below) for column in columns)
    return Grid(rows, weights, sums)


def _sum_of(column: BidColumn, below: Sequence[AwardCriterion]) -> Fraction | None:
    marks = [column.marks[one.ref] for one in below if one.ref in column.marks]
    return exact_sum(marks) if len(marks) == len(below) else None


def _tables(g: Gathered, lot: Lot, ranking: Ranking) -> Iterator[Block]:
    labels, feet = _feet(g, ranking)
    columns = [
        BidColumn(
            bid.name,
            {m.criterion: to_text(m.points) for m in bid.marks if m.points is not None},
            {m.criterion: m.mark for m in bid.marks},
            foot,
        )
        for bid, foot in zip(ranking.ranked, feet, strict=True)
        if bid.marks
    ]
    grid = grid_of(g, lot, columns)
    tables = list(results_tables(grid, columns, labels, ranking.available))
    if len(tables) > 1 or g.has_unnamed:
        yield order_table(g, ranking)
    if g.has_unnamed:
        yield left_out(p.MARKS)
    yield from tables
    yield from results_figures(g, ranking, grid, columns, _sums(g, ranking))


def _feet(g: Gathered, ranking: Ranking) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return labels and cells of the rows below the sum of marks, per tender."""
    rounds = g.model.method.round_totals_to is not None
    sums = _sums(g, ranking)
    totals = figures([bid.total for bid in ranking.ranked], _total_places(ranking))
    priced = any(bid.price_amount is not None for bid in ranking.ranked)
    labels = (
        *((r.BEFORE_ROUNDING,) if rounds else ()),
        r.TOTAL,
        r.RANK,
        *((r.PRICE_OFFERED,) if priced else ()),
    )
    currency = g.model.details.currency
    feet = [
        (
            *((before,) if rounds else ()),
            total,
            rank_text(bid),
            *((price_text(bid, currency),) if priced else ()),
        )
        for bid, before, total in zip(ranking.ranked, sums, totals, strict=True)
    ]
    return labels, feet


def _total_places(ranking: Ranking) -> int:
    return phrases.places_of([bid.total for bid in ranking.ranked])


def _sums(g: Gathered, ranking: Ranking) -> tuple[str, ...]:
    """Return the sum of each tender's marks before its total is rounded."""
    sums = [exact_sum(mark.mark for mark in bid.marks) for bid in ranking.ranked]
    wanted = g.model.method.round_totals_to
    texts = [phrases.unrounded_text(value, wanted) for value in sums]
    places = max([len(text.partition(".")[2]) for text in texts], default=phrases.LEAST_PLACES)
    least = phrases.places_of(sums)
    is_short = all(finite_places(value) is not None for value in sums)
    return tuple(rounded_text(value, least if is_short else max(places, least)) for value in sums)


def results_tables(
    grid: Grid, columns: Sequence[BidColumn], labels: tuple[str, ...], available: Fraction
) -> Iterator[Table]:
    """Yield tables of a few tenders each; every one has all criteria, weights and feet.

    Args:
        grid: the rows, with figures in the order of ``columns``.
        columns: the tenders.
        labels: names of the foot rows; the one called ``TOTAL`` is the total.
        available: sum of the weights.
    """
    shown = {ref: grid.shown(ref) for ref in grid.sums}
    cells = [text for texts in shown.values() for text in texts]
    cells += [text for column in columns for text in column.foot[: len(labels) - 1]]
    # A price reaches over two columns, so that only marks and totals set the width of one.
    longest = max((len(text) for text in cells), default=0)
    marks_width = max(38.0, _FIGURE * longest + 9)
    ref_width = _ref_width(grid)
    room = TEXT_WIDTH - ref_width - _WEIGHT_WIDTH - _TITLE_WIDTH
    most = max(1, min(_MOST_BIDDERS, int(room / (_SCORE_WIDTH + marks_width))))
    for group in phrases.parted(range(len(columns)), most):
        title = TEXT_WIDTH - ref_width - _WEIGHT_WIDTH - len(group) * (_SCORE_WIDTH + marks_width)
        heads = [
            Column("Criterion", width=ref_width, muted=True),
            Column("", width=title),
            Column(r.WEIGHT, "right", _WEIGHT_WIDTH, muted=True),
        ]
        for _ in group:
            heads.append(Column(r.SCORE, "right", _SCORE_WIDTH, muted=True))
            heads.append(Column(r.MARKS, "right", marks_width))
        groups = (HeadGroup("", 3), *(HeadGroup(columns[at].name, 2) for at in group))
        body = [*_body(grid, columns, group, shown), *_foot(columns, group, labels, available)]
        yield Table(tuple(heads), tuple(body), groups=groups)


def _ref_width(grid: Grid) -> float:
    longest = max((len(ref) for ref in grid.sums), default=0)
    return min(max(32.0, 6.2 * longest + 8), 70.0)


def _body(
    grid: Grid,
    columns: Sequence[BidColumn],
    group: Sequence[int],
    shown: Mapping[CriterionId, tuple[str, ...]],
) -> Iterator[Row]:
    for row in grid.rows.values():
        if row.ref not in grid.sums:
            continue
        weight = phrases.plain_number(grid.weights[row.ref])
        alone = row.kind is CriterionKind.PRICE and row.parent is None
        is_section = row.kind is CriterionKind.SECTION or alone
        cells: list[Text | Cell] = [Cell(row.title or row.ref, 2)]
        if not is_section:
            cells = [row.ref, row.title]
        cells.append(weight)
        for at in group:
            cells += [columns[at].points.get(row.ref, ""), shown[row.ref][at]]
        yield Row(tuple(cells), "section" if is_section else "body")


def _foot(
    columns: Sequence[BidColumn],
    group: Sequence[int],
    labels: tuple[str, ...],
    available: Fraction,
) -> Iterator[Row]:
    for index, label in enumerate(labels):
        is_total = label == r.TOTAL
        weight = phrases.plain_number(available) if is_total else ""
        values = (Cell(columns[at].foot[index], 2) for at in group)
        yield Row((Cell(label, 2), weight, *values), "total" if is_total else "body")


def _not_ranked_tables(g: Gathered, lot: Lot, ranking: Ranking) -> list[Table]:
    """Return the agreed scores of tenders that fell out, as far as any were agreed."""
    agreed = {(item.place.bidder, item.place.criterion): item.points for item in g.model.agreed}
    rows = rows_in(g.model.method, lot.ref)
    scored = [row for row in rows.values() if row.kind.is_scored]
    columns = []
    for bid in ranking.not_ranked:
        points = {
            row.ref: agreed[bid.bidder, row.ref]
            for row in scored
            if (bid.bidder, row.ref) in agreed
        }
        if points:
            texts = {ref: to_text(value) for ref, value in points.items()}
            columns.append(BidColumn(bid.name, texts, _marks(g, lot, points)))
    if not columns:
        return []
    grid = grid_of(g, lot, columns)
    quality = {
        ref: sums for ref, sums in grid.sums.items() if any(value is not None for value in sums)
    }
    kept = {row.ref for row in scored} | set(quality)
    partial = Grid(grid.rows, grid.weights, {ref: s for ref, s in grid.sums.items() if ref in kept})
    return list(results_tables(partial, columns, (), ranking.available))


def _marks(
    g: Gathered, lot: Lot, points: Mapping[CriterionId, Fraction]
) -> dict[CriterionId, Fraction]:
    """Return the marks of agreed scores where they hang on no other tender."""
    method = g.model.method
    if method.quality_marks is QualityMarks.RELATIVE_TO_BEST:
        return {}
    weights = weight_plan(method, lot.ref).weights
    rows = {row.ref: row for row in method.criteria}
    found = {
        ref: weights[ref] * method.scale_of(rows[ref]).share(value) for ref, value in points.items()
    }
    places = method.round_marks_to
    if places is None:
        return found
    return {ref: phrases.rounded(value, places) for ref, value in found.items()}


def _re_add(g: Gathered, ranking: Ranking, part: Part) -> Iterator[Block]:
    """Yield the sums of every ranked tender, from the same figures as the table."""
    told_of = [bid for bid in ranking.ranked if bid.marks]
    if not told_of:
        return
    lot = next(lot for lot in g.model.method.lots if lot.ref == ranking.lot)
    columns = [BidColumn(b.name, {}, {m.criterion: m.mark for m in b.marks}) for b in told_of]
    grid = grid_of(g, lot, columns)
    tops = [grid.shown(row.ref) for row in grid.top()]
    totals = figures([bid.total for bid in told_of], _total_places(ranking))
    yield part.heading(r.RE_ADD)
    places = g.model.method.round_totals_to
    rounds = places is not None
    told = r.RE_ADD_ROUNDED.format(places=phrases.in_places(places)) if places is not None else ""
    yield Paragraph(phrases.sentences(r.RE_ADD_INTRO, told, _example(g, told_of[0])))
    rows = []
    sums = dict(zip(ranking.ranked, _sums(g, ranking), strict=True))
    for at, (bid, before) in enumerate((bid, sums[bid]) for bid in told_of):
        parts = " + ".join(texts[at] for texts in tops)
        rows.append(Row((bid.name, parts, *((before,) if rounds else ()), totals[at])))
    columns_shown = (
        Column(r.SUBMITTED_BY, width=2),
        Column(r.ADDED, width=3),
        *((Column(r.BEFORE_ROUNDING, "right", width=1.6),) if rounds else ()),
        Column(r.TOTAL, "right", width=0.9),
    )
    yield Table(columns_shown, tuple(rows))
    if g.has_unnamed:
        yield left_out(p.SUMS)


def _example(g: Gathered, bid: RankedBid) -> str:
    """Return how one agreed score became marks, as a sum to type into a calculator."""
    method = g.model.method
    rows = {row.ref: row for row in method.criteria}
    for mark in bid.marks:
        if mark.points is not None:
            worked = phrases.worked_marks(method, rows[mark.criterion], mark)
            return r.RE_ADD_EXAMPLE.format(ref=mark.criterion, name=bid.name, sum=worked)
    return ""
