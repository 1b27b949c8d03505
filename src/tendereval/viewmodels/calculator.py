"""A calculator for made-up prices: the marks by the real rule; nothing of it is in the file."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from tendereval.domain.errors import UserFixable
from tendereval.domain.exact import decimal_text, money, rounded_text
from tendereval.domain.price_trial import SampleBid, try_prices
from tendereval.domain.ranked import RankedBid, Ranking
from tendereval.domain.tender import CriterionKind
from tendereval.viewmodels.form_fields import Unreadable, read_amount, read_decimal
from tendereval.viewmodels.setup import SetupViewModel

Index = QModelIndex | QPersistentModelIndex
BIDDER, PRICE, QUALITY, PRICE_MARKS, QUALITY_MARKS, TOTAL, RANK = range(7)
_HEADS = ("Sample", "Price", "Quality, %", "For price", "For quality", "Total", "Rank")
_NOWHERE = QModelIndex()
_FEWEST: Final = 2
_MOST: Final = 12
_HUNDRED: Final = 100
_OF_INTEREST: Final = frozenset({"rank-reversal", "zero-price", "tie", "close-result", "weights"})


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What the rule makes of the samples.

    Attributes:
        ranking: None where the rule refuses them or they are incomplete.
        refused: why, in words.
        warnings: a sentence each.
    """

    ranking: Ranking | None = None
    refused: str = ""
    warnings: tuple[str, ...] = ()


class Calculator(QAbstractTableModel):
    """Samples in rows; the first three columns are typed, the others worked out.

    Signals:
        worked_out: results and warnings are to be read again.
        refused: what is wrong with what was typed, in words.
    """

    worked_out = Signal()
    INK = Qt.ItemDataRole.UserRole + 100
    refused = Signal(str)

    def __init__(self, setup: SetupViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._setup = setup
        self._typed: list[tuple[str, Fraction | None, Fraction | None]] = [
            (f"Bid {letter}", None, None) for letter in "ABC"
        ]
        self.criterion = ""
        self.result = TrialResult()
        self._work_out()
        setup.changed.connect(self._work_out)

    @property
    def criteria(self) -> tuple[str, ...]:
        """References of the price criteria."""
        rows = self._setup.method.criteria
        return tuple(row.ref for row in rows if row.kind is CriterionKind.PRICE)

    def choose(self, ref: str) -> None:
        """Try another price criterion."""
        self.criterion = ref
        self._work_out()

    def add(self) -> None:
        """Add a sample."""
        at = len(self._typed)
        if at < _MOST:
            self.beginInsertRows(QModelIndex(), at, at)
            self._typed.append((f"Bid {chr(ord('A') + at)}", None, None))
            self.endInsertRows()

    def remove(self, row: int) -> None:
        """Take a sample out; two stay."""
        if len(self._typed) > _FEWEST and 0 <= row < len(self._typed):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._typed[row]
            self.endRemoveRows()
            self._work_out()

    def _work_out(self) -> None:
        if self.criterion not in self.criteria:
            self.criterion = self.criteria[0] if self.criteria else ""
        self.result = self._result()
        if self._typed:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._typed) - 1, RANK))
        self.worked_out.emit()

    def _result(self) -> TrialResult:
        samples = [
            SampleBid(name, price, Fraction(_HUNDRED) if quality is None else quality)
            for name, price, quality in self._typed
            if price is not None
        ]
        if len(samples) < _FEWEST or not self.criterion:
            return TrialResult()
        currency = self._setup.details.currency
        try:
            ranking = try_prices(self._setup.method, self.criterion, samples, currency)
        except UserFixable as refusal:
            return TrialResult(refused=f"{refusal.happened} {refusal.do}")
        told = (one.text for one in ranking.warnings if one.code in _OF_INTEREST)
        return TrialResult(ranking, "", tuple(told))

    def _ranked(self, row: int) -> RankedBid | None:
        if self.result.ranking is None or self._typed[row][1] is None:
            return None
        priced = [at for at, typed in enumerate(self._typed) if typed[1] is not None]
        wanted = f"sample-{priced.index(row)}"
        return next((one for one in self.result.ranking.ranked if one.bidder == wanted), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of samples."""
        return 0 if parent.isValid() else len(self._typed)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heads."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(_HEADS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what was typed, or what the rule makes of it."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == self.INK:
            blank = not self._typed_text(index.row(), index.column())
            return "ink2" if blank and index.column() <= QUALITY else None
        if role == Qt.ItemDataRole.EditRole:
            return self._typed_text(index.row(), index.column())
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() <= QUALITY:
            return self._typed_text(index.row(), index.column()) or "type it"
        ranked = self._ranked(index.row())
        return "" if ranked is None else _shown(ranked, index.column())

    def _typed_text(self, row: int, column: int) -> str:
        name, price, quality = self._typed[row]
        if column == PRICE:
            return "" if price is None else money(price, self._setup.details.currency)
        if column == QUALITY:
            return decimal_text(Fraction(_HUNDRED) if quality is None else quality)
        return name

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell is typed."""
        flags = super().flags(index)
        typed = index.isValid() and index.column() <= QUALITY
        return flags | Qt.ItemFlag.ItemIsEditable if typed else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a sample and work everything out again."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() > QUALITY:
            return False
        name, price, quality = self._typed[index.row()]
        text = str(value).strip()
        try:
            if index.column() == PRICE:
                price = read_amount(text)
            elif index.column() == QUALITY:
                quality = _percent(text)
            else:
                name = text or name
        except Unreadable as problem:
            self.refused.emit(str(problem))
            return False
        self._typed[index.row()] = (name, price, quality)
        self._work_out()
        return True


def _percent(text: str) -> Fraction | None:
    value = read_decimal(text)
    if value is not None and not 0 <= value <= _HUNDRED:
        raise Unreadable("Quality is a share of the quality marks, from 0 to 100.")
    if value is not None and (value * _HUNDRED).denominator != 1:
        raise Unreadable("Two decimal places are enough here.")
    return value


def _shown(ranked: RankedBid, column: int) -> str:
    if column == RANK:
        return f"{ranked.rank}{'=' if ranked.tied else ''}"
    value = {
        PRICE_MARKS: ranked.price_marks,
        QUALITY_MARKS: ranked.quality,
        TOTAL: ranked.total,
    }[column]
    return rounded_text(value, 2)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == BIDDER else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
