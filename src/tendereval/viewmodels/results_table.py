"""One lot's marks as a table that anyone can re-add: criteria down, tenders across."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QObject, Qt

from tendereval.domain.exact import finite_places, money, rounded_text, to_text
from tendereval.domain.ids import CriterionId
from tendereval.domain.ranked import CriterionMark, RankedBid, Ranking
from tendereval.domain.tender import AwardCriterion, CriterionKind, Method
from tendereval.viewmodels.rows_model import ROLE_STRONG, Column, RowsModel

Marks = list[dict[CriterionId, CriterionMark]]

LEADING: Final = 3
_MOST_PLACES: Final = 4


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row as shown; ``strong`` for sections, price and total."""

    cells: tuple[str, ...]
    strong: bool = False


def marks_text(value: Fraction) -> str:
    """Write marks with two places, or four where two would not say it exactly."""
    exact = finite_places(value)
    return rounded_text(value, 2 if exact is not None and exact <= 2 else _MOST_PLACES)  # noqa: PLR2004 - two places are what people expect


def weight_text(value: Fraction) -> str:
    """Write marks available without padding, or rounded where they never end."""
    exact = finite_places(value)
    return to_text(value) if exact is not None and exact <= _MOST_PLACES else marks_text(value)


def rank_text(bid: RankedBid) -> str:
    """Write a place in the order; a shared one as ``2 =``."""
    return f"{bid.rank} =" if bid.tied else str(bid.rank)


def result_rows(method: Method, ranking: Ranking, currency: str) -> tuple[ResultRow, ...]:
    """Return the rows of a lot in published order, then total, rank and price.

    Columns: reference, title, weight, then score and marks per ranked tender, best first.
    """
    marks = [{mark.criterion: mark for mark in bid.marks} for bid in ranking.ranked]
    rows = [
        _criterion_row(method, row, marks)
        for row in method.in_lot(ranking.lot)
        if row.kind is CriterionKind.SECTION or row.kind.is_weighted
    ]
    shown = [_total_text(method, bid) for bid in ranking.ranked]
    rows.append(_bid_row("Total", weight_text(ranking.available), shown, strong=True))
    rows.append(_bid_row("Rank", "", [rank_text(bid) for bid in ranking.ranked]))
    amounts = [
        "" if bid.price_amount is None else money(bid.price_amount, currency)
        for bid in ranking.ranked
    ]
    rows.append(_bid_row("Price offered", "", amounts))
    return tuple(rows)


def _total_text(method: Method, bid: RankedBid) -> str:
    if method.round_totals_to is not None:
        return rounded_text(bid.total, method.round_totals_to)
    return marks_text(bid.total)


def _bid_row(name: str, weight: str, values: list[str], *, strong: bool = False) -> ResultRow:
    pairs = [cell for value in values for cell in ("", value)]
    return ResultRow(("", name, weight, *pairs), strong)


def _criterion_row(
    method: Method,
    row: AwardCriterion,
    marks: Marks,
) -> ResultRow:
    if row.kind is CriterionKind.SECTION:
        return _section_row(method, row, marks)
    cells: list[str] = []
    available = ""
    for bid in marks:
        mark = bid[row.ref]
        available = weight_text(mark.available)
        cells += ["" if mark.points is None else to_text(mark.points), marks_text(mark.mark)]
    strong = row.kind is CriterionKind.PRICE
    return ResultRow((row.ref, row.title, available, *cells), strong)


def _section_row(method: Method, section: AwardCriterion, marks: Marks) -> ResultRow:
    under = _refs_under(method, section)
    cells: list[str] = []
    weight = Fraction(0)
    for bid in marks:
        inside = [mark for ref, mark in bid.items() if ref in under]
        weight = sum((mark.available for mark in inside), Fraction(0))
        cells += ["", marks_text(sum((mark.mark for mark in inside), Fraction(0)))]
    return ResultRow(("", section.title, weight_text(weight), *cells), strong=True)


def _refs_under(method: Method, section: AwardCriterion) -> frozenset[str]:
    found = {str(section.ref)}
    for row in method.criteria:
        if row.parent is not None and str(row.parent) in found:
            found.add(str(row.ref))
    return frozenset(found)


def _column(at: int, head: str, names: tuple[str, ...]) -> Column[ResultRow]:
    def in_words(row: ResultRow) -> str:
        """Return a cell as it is read aloud, with whose it is."""
        cell = row.cells[at]
        if at < LEADING or not cell:
            return cell
        bid, is_marks = divmod(at - LEADING, 2)
        what = row.cells[1] if is_marks else f"{row.cells[1]}, score"
        return f"{names[bid]}, {what}: {cell}"

    def text(row: ResultRow) -> str:
        return row.cells[at]

    more = {ROLE_STRONG: lambda row: row.strong, Qt.ItemDataRole.ToolTipRole.value: text}
    return Column(head, text, in_words, right=at >= LEADING - 1, more=more)


def _columns(bids: tuple[RankedBid, ...]) -> list[Column[ResultRow]]:
    names = tuple(bid.name for bid in bids)
    over = [f"{rank_text(bid)}   {bid.name}" for bid in bids]
    heads = ("", "Criterion", "Weight", *[head for name in over for head in ("Score", name)])
    return [_column(at, head, names) for at, head in enumerate(heads)]


class ResultsModel(RowsModel[ResultRow]):
    """The table of one lot's results."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(()), parent)

    def show_ranking(self, method: Method, ranking: Ranking | None, currency: str) -> None:
        """Show a lot's results, or nothing."""
        rows = () if ranking is None else result_rows(method, ranking, currency)
        self.show_rows(rows, _columns(() if ranking is None else ranking.ranked))

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the head of a column, the whole of it as its tool tip: a tender's name."""
        is_tip = role == Qt.ItemDataRole.ToolTipRole
        shown = Qt.ItemDataRole.DisplayRole if is_tip else role
        return super().headerData(section, orientation, shown)
