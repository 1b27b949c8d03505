"""The results of one lot, criteria down and ranked bids across, every mark a live formula."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from openpyxl.utils import get_column_letter

from tendereval.domain.bidding import Place
from tendereval.domain.criteria_tree import Rows, ancestors, rows_in, weighted_under
from tendereval.domain.ids import BidderId, CriterionId
from tendereval.domain.marks import exact_sum
from tendereval.domain.pricing import as_read, zero_rule
from tendereval.domain.ranked import CriterionMark, RankedBid, Ranking
from tendereval.domain.tender import (
    AwardCriterion,
    AwardRule,
    CriterionKind,
    Method,
    PriceFormula,
    QualityMarks,
    WeightMode,
)
from tendereval.domain.weights import WeightPlan, weight_plan
from tendereval.exchange.formula_book import (
    HEADING,
    MARK,
    NUMBER,
    SUM,
    Column,
    Content,
    Formula,
    Sheet,
    added,
    call,
    label,
)
from tendereval.exchange.scores_method import MethodCells, ScaleCells, points_words

_AVAILABLE, _AGAINST, _FIRST, _PER_BID = 4, 5, 7, 3
_D, _E = "$D", "$E"
_PERCENT = Fraction(100)
_MATRIX = (
    Column("Ref", 12),
    Column("Criterion", 32),
    Column("Kind", 26),
    Column("Marks available", 12, MARK),
    Column("Measured against", 14, MARK),
    Column("which is", 24),
)
_OF_BID = (
    Column("Score or price", 14, NUMBER),
    Column("Counts as", 12, NUMBER),
    Column("Mark", 14, MARK),
)


@dataclass(frozen=True, slots=True)
class PriceCells:
    """Where the prices of one criterion in one lot stand.

    Attributes:
        area: all of them, as the formula reads them.
        submitted: each as submitted.
        read: each as the formula reads it.
    """

    area: str
    submitted: Mapping[BidderId, str]
    read: Mapping[BidderId, str]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the formulas of one lot find what they calculate with.

    Attributes:
        agreed: where each agreed score stands, and the score.
        prices: of this lot, by criterion.
    """

    method: MethodCells
    agreed: Mapping[Place, tuple[str, Fraction]]
    prices: Mapping[CriterionId, PriceCells]


@dataclass(frozen=True, slots=True)
class _Lot:
    """What the sheet is written from.

    Attributes:
        rows: the criteria that it shows, by reference in lower case.
        first: the sheet row of the first of them; the others follow one by one.
    """

    method: Method
    ranking: Ranking
    plan: WeightPlan
    sources: Sources
    rows: Rows
    first: int

    def rows_of(self, criteria: Sequence[AwardCriterion]) -> list[int]:
        """Return the sheet rows of some criteria."""
        wanted = {row.ref for row in criteria}
        shown = enumerate(self.rows.values(), self.first)
        return [number for number, row in shown if row.ref in wanted]

    def bids(self) -> Iterator[tuple[int, RankedBid]]:
        """Yield each ranked bid with the column of its marks, best first."""
        for number, bid in enumerate(self.ranking.ranked):
            yield _FIRST + _PER_BID * number + _PER_BID - 1, bid


@dataclass(frozen=True, slots=True)
class SumRows:
    """The sheet rows of the sums beneath the marks; the column of each bid's."""

    quality: int
    price: int
    total: int
    columns: Mapping[BidderId, int]


def write_matrix(sheet: Sheet, method: Method, ranking: Ranking, sources: Sources) -> SumRows:
    """Write the criteria in published order with the marks of the ranked bids, and their sums."""
    sheet.row += 1
    every = rows_in(method, ranking.lot)
    rows = {key: row for key, row in every.items() if row.kind is not CriterionKind.INFORMATION}
    plan = weight_plan(method, ranking.lot)
    case = _Lot(method, ranking, plan, sources, rows, sheet.row + 2)
    for column, bid in case.bids():
        told = f"{bid.rank}{'=' if bid.tied else ''}  {label(bid.name)}"
        for place, text in enumerate((told, "", "")):
            sheet.put(sheet.row, column - 2 + place, text, HEADING)
    sheet.head([*_MATRIX, *_OF_BID * len(ranking.ranked)], frozen=3, above=1)
    for row in rows.values():
        _write(sheet, _row(case, row, sheet.row + 1), is_sum=row.kind is CriterionKind.SECTION)
    return _sums(sheet, case)


def _write(sheet: Sheet, cells: Sequence[Content], *, is_sum: bool) -> None:
    sheet.add(cells)
    if is_sum:
        for column, content in enumerate(cells, 1):
            sheet.put(sheet.row, column, content, SUM)


def _row(case: _Lot, row: AwardCriterion, at: int) -> list[Content]:
    names: list[Content] = [label(row.ref), label(row.title), row.kind]
    if row.kind is CriterionKind.SECTION:
        return [*names, *_section(case, row)]
    if row.kind.is_pass_or_fail:
        return [*names, None, None, None, *_verdicts(case, row)]
    available = Formula(_weight(case, row), case.plan.weights[row.ref])
    return [*names, available, *_against(case, row, at), *_marked(case, row, at)]


def _section(case: _Lot, section: AwardCriterion) -> Iterator[Content]:
    """Yield the sums of a section: marks available, and for each bid its marks."""
    below = weighted_under(case.rows, section)
    if below:
        rows, refs = case.rows_of(below), {row.ref for row in below}
        available = exact_sum(case.plan.weights[row.ref] for row in below)
        yield Formula(f"={added(_AVAILABLE, rows)}", available)
        yield from (None, "sum of its criteria")
        for column, bid in case.bids():
            got = exact_sum(mark.mark for mark in bid.marks if mark.criterion in refs)
            yield from (None, None, Formula(f"={added(column, rows)}", got))


def _verdicts(case: _Lot, row: AwardCriterion) -> Iterator[Content]:
    for _, bid in case.bids():
        _, points = case.sources.agreed.get(_place(case, row, bid), ("", None))
        yield from (None if points is None else points_words(points, row), None, None)


def _place(case: _Lot, row: AwardCriterion, bid: RankedBid) -> Place:
    return Place(bid.bidder, row.ref, row.lot and case.ranking.lot)


def _weight(case: _Lot, row: AwardCriterion) -> str:
    """Return the formula of the marks available: shares multiply down the tree."""
    chain = [row]
    if case.method.weights_are is WeightMode.OF_PARENT:
        chain += ancestors(case.rows, row)
    product = "*".join(case.sources.method.weights[one.ref.casefold()] for one in chain)
    return f"={product}" + (f"/{100 ** (len(chain) - 1)}" if len(chain) > 1 else "")


def _against(case: _Lot, row: AwardCriterion, at: int) -> tuple[Content, str]:
    """Return what a mark is measured against, and what that is in words."""
    bids = tuple(case.bids())
    if row.kind is CriterionKind.PRICE:
        if row.formula is not PriceFormula.LOWEST_OVER_PRICE or not bids:
            return None, "as the record has it"
        lowest = min(as_read(row, _mark(bid, row).price or Fraction(0)) for _, bid in bids)
        area = case.sources.prices[row.ref].area
        return Formula(f"=MIN({area})", lowest), "lowest of the ranked bids"
    if case.method.quality_marks is QualityMarks.RELATIVE_TO_BEST:
        best = max((_counts_as(case, row, bid) for _, bid in bids), default=None)
        cells = [f"{get_column_letter(column - 1)}{at}" for column, _ in bids]
        found = None if best is None else Formula(f"={call('MAX', cells)}", best)
        return found, "best of the ranked bids"
    if _scale(case, row).has_percents:
        return _PERCENT, "per cent"
    maximum = case.method.scale_of(row).maximum
    cell = case.sources.method.maxima[row.ref.casefold()]
    return Formula(f"={cell}", maximum), "maximum of the scale"


def _mark(bid: RankedBid, row: AwardCriterion) -> CriterionMark:
    return next(mark for mark in bid.marks if mark.criterion == row.ref)


def _scale(case: _Lot, row: AwardCriterion) -> ScaleCells:
    return case.sources.method.scales[case.method.scale_of(row).name.casefold()]


def _counts_as(case: _Lot, row: AwardCriterion, bid: RankedBid) -> Fraction:
    """Return the score, or the percentage that it earns where the scale publishes any."""
    points = _mark(bid, row).points or Fraction(0)
    if _scale(case, row).has_percents:
        return _PERCENT * case.method.scale_of(row).share(points)
    return points


def _marked(case: _Lot, row: AwardCriterion, at: int) -> Iterator[Content]:
    """Yield score or price, what it counts as, and the mark, for each ranked bid."""
    cells_of = _priced if row.kind is CriterionKind.PRICE else _scored
    for column, bid in case.bids():
        given, counts = (f"{get_column_letter(column - back)}{at}" for back in (2, 1))
        yield from cells_of(case, row, bid, given)
        mark, formula = _mark(bid, row), _mark_formula(row, at, counts)
        if formula and case.method.round_marks_to is not None:
            formula = f"ROUND({formula},{case.sources.method.round_marks})"
        yield Formula(f"={formula}", mark.mark) if formula else mark.mark


def _mark_formula(row: AwardCriterion, at: int, counts: str) -> str:
    """Return the mark before rounding; nothing for a price formula not known here."""
    if row.kind is not CriterionKind.PRICE:
        return f"{_D}{at}*{counts}/{_E}{at}"
    if row.formula is not PriceFormula.LOWEST_OVER_PRICE:
        return ""
    ordinary = f"{_D}{at}*{_E}{at}/{counts}"
    if zero_rule(row) == "full marks":
        return f"IF({_E}{at}=0,IF({counts}=0,{_D}{at},0),{ordinary})"
    return ordinary


def _scored(case: _Lot, row: AwardCriterion, bid: RankedBid, given: str) -> Iterator[Content]:
    points = _mark(bid, row).points or Fraction(0)
    cell, agreed = case.sources.agreed.get(_place(case, row, bid), ("", None))
    yield Formula(f"={cell}", points) if cell and agreed == points else points
    scale, formula = _scale(case, row), f"={given}"
    if scale.has_percents:
        found = f"VLOOKUP({given},{scale.lookup},{scale.column},FALSE)"
        share = f"100*{given}/{case.sources.method.maxima[row.ref.casefold()]}"
        has_ranges = bool(case.method.scale_of(row).ranges)
        formula = f"=IFERROR({found},{share})" if has_ranges else f"={found}"
    yield Formula(formula, _counts_as(case, row, bid))


def _priced(case: _Lot, row: AwardCriterion, bid: RankedBid, _given: str) -> Iterator[Content]:
    price, cells = _mark(bid, row).price or Fraction(0), case.sources.prices[row.ref]
    yield Formula(f"={cells.submitted[bid.bidder]}", price)
    yield Formula(f"={cells.read[bid.bidder]}", as_read(row, price))


def _sums(sheet: Sheet, case: _Lot) -> SumRows:
    leaves = [row for row in case.rows.values() if row.kind.is_weighted]
    scored = case.rows_of([row for row in leaves if row.kind.is_scored])
    priced = case.rows_of([row for row in leaves if not row.kind.is_scored])
    every = case.rows_of(leaves)
    available = Formula(f"={added(_AVAILABLE, every)}", case.ranking.available)
    rounded = "" if case.method.round_totals_to is None else ", rounded as published"
    quality = _sum_row(
        sheet,
        ("Quality marks", None, ""),
        [_sum(bid.quality, column, scored) for column, bid in case.bids()],
    )
    price = _sum_row(
        sheet,
        ("Price marks", None, ""),
        [_sum(bid.price_marks, column, priced) for column, bid in case.bids()],
    )
    total = _sum_row(
        sheet,
        ("Total", available, f"sum of all criteria{rounded}"),
        [_total(case, column, bid, every) for column, bid in case.bids()],
    )
    return SumRows(quality, price, total, {bid.bidder: column for column, bid in case.bids()})


def _sum_row(sheet: Sheet, head: tuple[str, Content, str], sums: Sequence[Content]) -> int:
    name, available, told = head
    cells: list[Content] = [name, None, None, available, None, told]
    for content in sums:
        cells += [None, None, content]
    _write(sheet, cells, is_sum=True)
    return sheet.row


def _sum(value: Fraction, column: int, rows: Sequence[int]) -> Content:
    return Formula(f"={added(column, rows)}", value) if rows else value


def _total(case: _Lot, column: int, bid: RankedBid, rows: Sequence[int]) -> Content:
    if case.ranking.award_rule is not AwardRule.WEIGHTED_TOTAL:
        return bid.total
    formula = added(column, rows)
    if case.method.round_totals_to is not None:
        formula = f"ROUND({formula},{case.sources.method.round_totals})"
    return Formula(f"={formula}", bid.total)
