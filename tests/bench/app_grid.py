"""Show and scroll a table of 150 x 120; a fresh process.

``bare`` is Qt's own table of precomputed texts; ``table`` is the table of our lists; ``frozen``
is the table of results, whose first columns stay in sight.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView

from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.ranked import CriterionMark, RankedBid, Ranking
from tendereval.domain.tender import AwardRule, Method
from tendereval.ui import theme
from tendereval.ui.widgets.frozen_table import FrozenTable
from tendereval.ui.widgets.table import Table
from tendereval.viewmodels.results_table import LEADING, ResultsModel
from tests.builders import a_criterion, a_method

ROWS, COLUMNS = 150, 120
ROW_PX, COLUMN_PX = 32, 80
STEPS = 60
Index = QModelIndex | QPersistentModelIndex


class Plain(QAbstractTableModel):
    """Precomputed texts and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self._cells = [
            [f"{row * column / 7:.2f}" for column in range(COLUMNS)] for row in range(ROWS)
        ]
        self._display = int(Qt.ItemDataRole.DisplayRole)
        self._nowhere = QModelIndex()

    def rowCount(self, _parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return ROWS

    def columnCount(self, _parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return COLUMNS

    def data(self, index: Index, role: int = 0) -> object:
        if role == self._display:
            return self._cells[index.row()][index.column()]
        return None


def bare() -> QTableView:
    view = QTableView()
    view.setModel(Plain())
    view.model().setParent(view)
    return view


def ours(name: str) -> QTableView:
    """Return a table of marks: criteria down, two columns for each tender."""
    theme.load_fonts()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Theme())
    method, ranking = results()
    view = FrozenTable("Marks", LEADING) if name == "frozen" else Table("Marks")
    model = ResultsModel(view)
    model.show_ranking(method, ranking, "GBP")
    assert model.rowCount() >= ROWS
    assert model.columnCount() >= COLUMNS
    view.setModel(model)
    return view


def results() -> tuple[Method, Ranking]:
    """Return marks of 59 tenders on 147 questions; with total, rank and price 150 rows."""
    weight = Fraction(100, ROWS - 3)
    refs = [CriterionId(f"Q{number}") for number in range(1, ROWS - 2)]
    method = a_method(*(a_criterion(ref, weight) for ref in refs))
    bids = tuple(_bid(number, refs, weight) for number in range(1, (COLUMNS - LEADING) // 2 + 2))
    lot, rule = LotId("1"), AwardRule.WEIGHTED_TOTAL
    return method, Ranking(lot, rule, Fraction(100), bids, (), (), (), ())


def _bid(number: int, refs: list[CriterionId], weight: Fraction) -> RankedBid:
    marks = tuple(
        CriterionMark(ref, points, None, weight, weight * points / 5, weight * points / 5)
        for at, ref in enumerate(refs)
        for points in (Fraction(2 + (at + number) % 4),)
    )
    total, price = sum((mark.mark for mark in marks), Fraction(0)), Fraction(1_000_000 + number)
    name = f"Bidder {number} Ltd"
    bidder = BidderId(f"b-{number}")
    return RankedBid(
        number,
        False,
        bidder,
        name,
        marks,
        total,
        Fraction(0),
        price,
        total,
        total,
    )


def spent(work: Callable[[], object]) -> float:
    """Return the CPU seconds of some work and the painting that it asks for."""
    start = time.process_time()
    work()
    QApplication.processEvents()
    return time.process_time() - start


def main() -> None:
    app = QApplication([])
    view = bare() if sys.argv[1] == "bare" else ours(sys.argv[1])
    view.verticalHeader().setDefaultSectionSize(ROW_PX)
    view.horizontalHeader().setDefaultSectionSize(COLUMN_PX)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.resize(1280, 800)
    show = spent(view.show)
    down, across = view.verticalScrollBar(), view.horizontalScrollBar()
    steps = [spent(lambda at=at: down.setValue(at * ROW_PX)) for at in range(1, STEPS)]  # type: ignore[misc]  # bound early
    asides = [spent(lambda at=at: across.setValue(at * COLUMN_PX)) for at in range(1, STEPS)]  # type: ignore[misc]  # bound early
    told = {"show": show, "down": median(steps), "across": median(asides)}
    print(json.dumps(told))
    sys.stdout.flush()
    view.deleteLater()
    del app
    os._exit(0)


if __name__ == "__main__":
    main()
