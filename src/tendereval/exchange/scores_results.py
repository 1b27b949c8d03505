"""The sheets ``Prices``, ``Results`` and ``Ranking``: every total a live formula beside its own.

It shows the ranking it is given and decides nothing; the formulas are a second way to it.
"""

from collections.abc import Mapping
from fractions import Fraction

from tendereval.domain.bidding import Place
from tendereval.domain.exact import MAX_PLACES, exact_text, round_half_up
from tendereval.domain.ids import LotId
from tendereval.domain.pricing import as_read
from tendereval.domain.ranked import RankedBid, Ranking
from tendereval.domain.report_model import ReportModel
from tendereval.domain.tender import AwardCriterion, AwardRule, CriterionKind
from tendereval.exchange.formula_book import (
    EXACT,
    MARK,
    MONEY,
    NUMBER,
    SUM,
    VALUE,
    Column,
    Content,
    Formula,
    FormulaBook,
    Sheet,
    in_full,
    label,
)
from tendereval.exchange.scores_matrix import PriceCells, Sources, SumRows, write_matrix
from tendereval.exchange.scores_method import MethodCells

PRICES, RANKING = "Prices", "Ranking"
CHECKED_PLACES = 9
EQUAL, DIFFERENT = "equal", "DIFFERENT"
_SUBMITTED, _READ = 5, 6
_PRICES = (
    Column("Lot", 12),
    Column("Ref", 12),
    Column("Criterion", 32),
    Column("Bidder", 36),
    Column("Price as submitted", 20, MONEY),
    Column("Price as the formula reads it", 20, MONEY),
    Column("Exact price, where no spreadsheet number holds it", 24),
)
_RANKING = (
    Column("Lot", 12),
    Column("Rank", 12, VALUE),
    Column("Bidder", 36),
    Column("Quality marks", 14, MARK),
    Column("Price marks", 14, MARK),
    Column("Total", 16, SUM),
    Column(f"Total to {CHECKED_PLACES} places", 18, EXACT),
    Column("Place of that total", 10, NUMBER),
    Column("Total in the record", 20, EXACT),
    Column("The same, exact", 24),
    Column("Formula and record", 14),
    Column("Sum of prices", 18, MONEY),
    Column("Status", 18),
    Column("Tie, tie-break or reason", 44),
)


def write_results(
    book: FormulaBook,
    model: ReportModel,
    *,
    cells: MethodCells,
    agreed: Mapping[Place, tuple[str, Fraction]],
    titles: Mapping[LotId, str],
) -> None:
    """Fill ``Prices``, the sheets of results and ``Ranking``.

    Args:
        book: has all those sheets.
        model: with at least one ranking.
        cells: where the method stands.
        agreed: where each agreed score stands, and the score.
        titles: of the sheet of results of each lot that has a ranking.
    """
    prices, ranking = book[PRICES], book[RANKING]
    prices.say(
        f"In {label(model.details.currency)}, as submitted. Bids that are not ranked set no lowest "
        "price and are not shown."
    )
    prices.head(_PRICES, keys=4, frozen=4)
    ranking.say(
        "The rank is the record's, with tie margin and tie-breaks; the place of the total is a "
        f"plain formula. The record's total has {MAX_PLACES} places at most; formula and record "
        f"are compared to {CHECKED_PLACES}."
    )
    ranking.head(_RANKING, keys=3, frozen=3)
    first = prices.row, ranking.row
    for lot in model.rankings:
        priced = [row for row in model.method.in_lot(lot.lot) if row.kind is CriterionKind.PRICE]
        offers = {row.ref: _offers(prices, lot, row, cells) for row in priced}
        sheet = book[titles[lot.lot]]
        sums = write_matrix(sheet, model.method, lot, Sources(cells, agreed, offers))
        _order(ranking, lot, sheet, sums)
    prices.filter(first[0], prices.row)
    ranking.filter(first[1], ranking.row)
    _warnings(ranking, model)


def _offers(sheet: Sheet, ranking: Ranking, row: AwardCriterion, cells: MethodCells) -> PriceCells:
    first, zero = sheet.row + 1, cells.zeros[row.ref.casefold()]
    submitted, read = {}, {}
    for bid in ranking.ranked:
        given = next(mark.price for mark in bid.marks if mark.criterion == row.ref)
        price, at = given or Fraction(0), sheet.row + 1
        has_stand_in = as_read(row, Fraction(0)) > 0
        formula = f"=IF(E{at}=0,{zero},E{at})" if has_stand_in else f"=E{at}"
        names = (label(text) for text in (ranking.lot, row.ref, row.title, bid.name))
        sheet.add([*names, price, Formula(formula, as_read(row, price)), in_full(price)])
        submitted[bid.bidder] = sheet.at(_SUBMITTED, at)
        read[bid.bidder] = sheet.at(_READ, at)
    return PriceCells(sheet.area((_READ, first), (_READ, sheet.row)), submitted, read)


def _order(sheet: Sheet, ranking: Ranking, results: Sheet, sums: SumRows) -> None:
    """Write the bids of one lot in order, those without a place last."""
    first, last = sheet.row + 1, sheet.row + len(ranking.ranked)
    for bid in ranking.ranked:
        column = sums.columns[bid.bidder]
        links: list[Content] = [
            Formula(f"={results.at(column, row)}", value)
            for row, value in (
                (sums.quality, bid.quality),
                (sums.price, bid.price_marks),
                (sums.total, bid.total),
            )
        ]
        checks = _checks(ranking, bid, sheet.row + 1, (first, last))
        rank = f"{bid.rank}=" if bid.tied else bid.rank
        told = (bid.price_amount, "assessed", _tie_words(bid))
        sheet.add([ranking.lot, rank, bid.name, *links, *checks, *told])
    for out in ranking.not_ranked:
        sheet.add([ranking.lot, "not ranked", out.name, *[None] * 9, out.status, out.reason])


def _checks(
    ranking: Ranking, bid: RankedBid, at: int, span: tuple[int, int]
) -> tuple[Content, ...]:
    """Return the total rounded, its place, the record's total twice, and whether they agree."""
    first, last = span
    rounded = round_half_up(bid.total, CHECKED_PLACES)
    place: Content = None
    if ranking.award_rule is AwardRule.WEIGHTED_TOTAL:
        totals = [round_half_up(other.total, CHECKED_PLACES) for other in ranking.ranked]
        ahead = sum(total > rounded for total in totals)
        place = Formula(f"=RANK(G{at},G${first}:G${last})", Fraction(ahead + 1))
    check = f'=IF(ROUND(F{at}-I{at},{CHECKED_PLACES})=0,"{EQUAL}","{DIFFERENT}")'
    return (
        Formula(f"=ROUND(F{at},{CHECKED_PLACES})", rounded),
        place,
        round_half_up(bid.total, MAX_PLACES),
        exact_text(bid.total),
        Formula(check, EQUAL),
    )


def _tie_words(bid: RankedBid) -> str:
    if bid.tied:
        return "shares its rank"
    return f"separated by the tie-break “{label(bid.tie_broken_by)}”" if bid.tie_broken_by else ""


def _warnings(sheet: Sheet, model: ReportModel) -> None:
    found = [(lot.lot, one) for lot in model.rankings for one in lot.warnings]
    if found:
        sheet.row += 1
        sheet.say("What to see before relying on it:")
    for lot, warning in found:
        sheet.say(f"Lot {label(lot)}, {warning.code}: {warning.text}")
