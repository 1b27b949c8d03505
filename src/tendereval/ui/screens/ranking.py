"""The Price and ranking screen: prices, the table that re-adds, ties, warnings."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHeaderView,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import Head, Page, button, hairline, label
from tendereval.ui.widgets.choices import Choice
from tendereval.ui.widgets.table import Table
from tendereval.viewmodels.ranking import PriceLine, RankingViewModel
from tendereval.viewmodels.results_table import LEADING

_REF, _WEIGHT, _SCORE, _MARKS, _LEAST_TITLE = 52, 64, 48, 156, 240


class PriceField(QLineEdit):
    """One price; kept when it is left, and shown as the file returned it."""

    def __init__(self, line: PriceLine, view_model: RankingViewModel) -> None:
        super().__init__(line.text)
        self._line, self._view_model = line, view_model
        self.setAccessibleName(f"Price of {line.name}")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setReadOnly(not view_model.may_enter_prices)
        self.editingFinished.connect(self._keep)

    def _keep(self) -> None:
        if self.text().strip() and self.text() != self._line.text:
            self._view_model.enter_price(self._line.place, self.text())


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
        self.table = Table("Marks by criterion and tender")
        self._waiting = label(role="muted", wrap=True)
        self._prices = QWidget()
        self._notes = QWidget()
        self._build()
        view_model.read_again.connect(self.refresh)
        theme.changed().connect(self.set_widths)
        self.refresh()

    def _build(self) -> None:
        for action in (self.lots, self.open_button, self.award_button):
            self._head.add_action(action)
        for lot in self._view_model.lots:
            self.lots.addItem(f"Lot {lot}", lot)
        self.lots.setVisible(self.lots.count() > 1)
        self.lots.currentIndexChanged.connect(
            lambda number: self._view_model.choose_lot(self.lots.itemData(number))
        )
        self.table.setModel(self._view_model.results)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QVBoxLayout(self._notes).setContentsMargins(0, 0, 0, 0)
        form = QFormLayout(self._prices)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(24)
        self._prices_head = label("Prices", "section")
        self._table_head = label("Marks", "section")
        for widget in (
            self._head,
            self._waiting,
            self._table_head,
            self.table,
            self._notes,
            hairline(),
            self._prices_head,
            self._prices,
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
        self._fill_notes()
        self._fill_prices()
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
            column.addWidget(label("Tenders not ranked", "section"))
        for text in self._view_model.not_ranked:
            column.addWidget(label(text, wrap=True))

    def _fill_prices(self) -> None:
        form = self._prices.layout()
        held = self.focusWidget()
        name = held.accessibleName() if isinstance(held, PriceField) else ""
        _empty(self._prices)
        lines = self._view_model.prices
        self._prices_head.setVisible(bool(lines))
        if not isinstance(form, QFormLayout):
            return
        for line in lines:
            field = PriceField(line, self._view_model)
            field.setFixedWidth(theme.current().px(180))
            form.addRow(label(line.name), field)
            if field.accessibleName() == name:
                field.setFocus()

    def set_widths(self) -> None:
        """Give the table the height of its rows and its columns room for their figures."""
        look, model = theme.current(), self._view_model.results
        header = self.table.horizontalHeader()
        for number in range(model.columnCount()):
            if number == 1:
                continue
            width = {0: _REF, LEADING - 1: _WEIGHT}.get(number, _MARKS)
            if number >= LEADING and (number - LEADING) % 2 == 0:
                width = _SCORE
            header.resizeSection(number, look.px(width))
        header.setMinimumSectionSize(look.px(40))
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        taken = sum(header.sectionSize(n) for n in range(model.columnCount()) if n != 1)
        room = self.viewport().width() - look.px(64) - taken
        header.resizeSection(1, max(room, look.px(_LEAST_TITLE)))
        rows = model.rowCount() * look.height("row_table")
        self.table.setFixedHeight(rows + header.sizeHint().height() + look.px(14))

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the table once the screen has its size."""
        super().showEvent(event)
        self.set_widths()

    def _on_open(self) -> None:
        self._view_model.open_prices()

    def show_item(self, what: object) -> None:
        """Bring a price field into view by the bidder's name."""
        for field in self._prices.findChildren(PriceField):
            if str(what) in field.accessibleName():
                field.setFocus()
                self.ensureWidgetVisible(field)


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
