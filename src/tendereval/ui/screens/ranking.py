"""The Price and ranking screen: prices, the table that re-adds, ties, warnings."""

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.dialogs.confirm import Confirm
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import Head, Page, button, hairline, label
from tendereval.ui.widgets.choices import Choice
from tendereval.ui.widgets.frozen_table import FrozenTable
from tendereval.ui.widgets.price_rows import PriceRows
from tendereval.viewmodels.ranking import RankingViewModel
from tendereval.viewmodels.results_table import LEADING

_REF, _WEIGHT, _SCORE, _MARKS, _WIDE_MARKS = 52, 60, 46, 112, 170
_MARGIN = 32
_TITLE, _LEAST_TITLE, _FROZEN = 250, 90, 0.55
_ABOVE_TABLE, _LEAST_TABLE, _MANY_ROWS = 150, 240, 40


class RankingScreen(Page):
    """Shows what a RankingViewModel says."""

    def __init__(self, view_model: RankingViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._head = Head()
        self.lots = Choice()
        self.lots.setAccessibleName("Lot")
        self.open_button = button("Open prices…", self._on_open, "primary")
        self.award_button = button("Prepare the award", view_model.close_ranking, "primary")
        self.table = FrozenTable("Marks by criterion and tender", LEADING)
        self._waiting = label(role="muted", wrap=True)
        self.prices = PriceRows(view_model.enter_price)
        self._note = label(role="small", wrap=True)
        self._notes = QWidget()
        self._build()
        view_model.read_again.connect(self.refresh)
        theme.changed().connect(self.set_widths)
        self.refresh()

    def _build(self) -> None:
        for action in (self.lots, self.open_button, self.award_button):
            self._head.add_action(action)
        for lot, words in self._view_model.lots_in_words:
            self.lots.addItem(words, lot)
        self.lots.setVisible(self.lots.count() > 1)
        self.lots.currentIndexChanged.connect(
            lambda number: self._view_model.choose_lot(self.lots.itemData(number))
        )
        self.table.setModel(self._view_model.results)
        QVBoxLayout(self._notes).setContentsMargins(0, 0, 0, 0)
        self._prices_head = label("Prices", "section")
        self._table_head = label("Marks", "section")
        self._line = hairline()
        for widget in (
            self._head,
            self._waiting,
            self._table_head,
            self.table,
            self._note,
            self._notes,
            self._line,
            self._prices_head,
            self.prices,
        ):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show what the view-model says."""
        view = self._view_model
        self._head.say(view.sentence, view.under)
        self.open_button.setVisible(not view.is_open)
        self.open_button.setEnabled(not view.closed_because)
        self.award_button.setVisible(view.may_enter_prices)
        self.award_button.setEnabled(view.can_close)
        points = "\n".join(f"–  {point}" for point in view.closed_because[:12])
        more = len(view.closed_because) - 12
        self._waiting.setText(points + (f"\n–  and {more} more" if more > 0 else ""))
        self._waiting.setVisible(bool(points))
        ranked = view.results.rowCount() > 0
        self.table.setVisible(ranked)
        self._table_head.setVisible(ranked)
        self._note.setVisible(ranked)
        self._note.setText(view.note)
        self._line.setVisible(ranked)
        self._prices_head.setVisible(bool(view.prices))
        self.prices.show_lines(view.prices, may_enter=view.may_enter_prices)
        self._fill_notes()
        self.set_widths()

    def _fill_notes(self) -> None:
        column = self._notes.layout()
        if column is None:
            return
        _empty(self._notes)
        for text in self._view_model.warnings:
            line = label(f"△  {text}", "attention", wrap=True)
            line.setAccessibleName(f"Warning: {text}")
            column.addWidget(line)
        if self._view_model.not_ranked:
            head = label("Tenders not ranked", "section")
            head.setContentsMargins(0, theme.current().px(12), 0, 0)
            column.addWidget(head)
        for name, reason in self._view_model.not_ranked:
            column.addWidget(label(name, "strong", wrap=True))
            column.addWidget(label(reason, wrap=True))

    def set_widths(self) -> None:
        """Give the table the height of its rows and its columns room for their figures."""
        look, model = theme.current(), self._view_model.results
        header = self.table.horizontalHeader()
        header.setMinimumSectionSize(look.px(40))
        room = self.viewport().width() - 2 * _MARGIN - look.px(2)
        marks = self._marks_width(room, (model.columnCount() - LEADING) // 2)
        for number in range(model.columnCount()):
            width = {0: look.px(_REF), LEADING - 1: look.px(_WEIGHT)}.get(number, marks)
            if number >= LEADING and (number - LEADING) % 2 == 0:
                width = look.px(_SCORE)
            if number != 1:
                header.resizeSection(number, width)
        taken = sum(header.sectionSize(n) for n in range(model.columnCount()) if n != 1)
        least = self._least_title(room)
        header.resizeSection(1, max(room - taken, least))
        self._set_height(is_wide=taken + least > room)
        self.table.place_frozen()

    def _set_height(self, *, is_wide: bool) -> None:
        """Give the table all its rows; one that scrolls sideways keeps its bar in sight."""
        look, model = theme.current(), self._view_model.results
        rows = model.rowCount() * look.height("row_table")
        whole = rows + self.table.horizontalHeader().sizeHint().height() + look.px(14)
        most = max(self.viewport().height() - look.px(_ABOVE_TABLE), look.px(_LEAST_TABLE))
        within = is_wide or model.rowCount() > _MANY_ROWS
        self.table.setFixedHeight(min(whole, most) if within else whole)

    @staticmethod
    def _least_title(room: int) -> int:
        """Return the least width of titles: with a small window they leave room for marks."""
        look = theme.current()
        beside = look.px(_REF + _WEIGHT)
        return max(look.px(_LEAST_TITLE), min(look.px(_TITLE), int(room * _FROZEN) - beside))

    @staticmethod
    def _marks_width(room: int, bids: int) -> int:
        """Return the width of a tender's marks: its name where there is room, else its figures."""
        look = theme.current()
        left = room - look.px(_REF + _TITLE + _WEIGHT) - bids * look.px(_SCORE)
        return max(look.px(_MARKS), min(look.px(_WIDE_MARKS), left // max(1, bids)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the table to the window."""
        super().resizeEvent(event)
        self.set_widths()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the table once the screen has its size."""
        super().showEvent(event)
        self.set_widths()

    def _on_open(self) -> None:
        question = Confirm(
            "Open prices",
            "Open prices. Agreed scores are closed from then on.",
            "Prices are asked for and the ranking can be seen. The record says who opened them "
            "and when; it cannot be undone without a trace.",
            verb="Open prices",
            safe="Not yet",
            parent=self,
        )
        if question.exec() == Confirm.DialogCode.Accepted and self._view_model.open_prices():
            self.prices.go_to_row(0)
        question.deleteLater()

    def show_item(self, what: object) -> None:
        """Bring a price field into view by the bidder's id."""
        for place, field in self.prices.fields.items():
            if place.bidder == what:
                field.setFocus()
                self.ensureWidgetVisible(field)
                return


def _empty(box: QWidget) -> None:
    column = box.layout()
    while column is not None and column.count():
        item = column.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def make(view_model: RankingViewModel, _jobs: JobRunner) -> RankingScreen:
    """Return the screen of the place ``ranking``."""
    return RankingScreen(view_model)
