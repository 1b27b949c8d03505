"""The agenda: every response, largest share of the marks at stake first, with filters."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from tendereval.domain.bidding import Place
from tendereval.ui import theme
from tendereval.ui.widgets.basics import Head, button, field, label
from tendereval.ui.widgets.choices import Choice, Tick
from tendereval.ui.widgets.inset_rows import set_in
from tendereval.ui.widgets.table import Table
from tendereval.viewmodels.moderation import ModerationViewModel

_WIDTHS = {0: 60, 2: 240, 3: 180, 4: 120}
_LEAST_QUESTION = 240
_SIDE = 32
_ORDER = (
    "Ordered by how far scores differ, times the published weight of the question. Enter opens "
    "a response."
)


class AgendaPage(QWidget):
    """The list that the meeting works through."""

    def __init__(self, view_model: ModerationViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.head = Head()
        self.begin = button("Open the next one", self._on_begin, "primary")
        self.prices = button("Open prices…", view_model.want_prices, "primary")
        self.only_open = Tick("Not yet agreed only")
        self._question_box, self.question = field("Question", Choice())
        self._bidder_box, self.bidder = field("Bidder", Choice())
        self._none = label("No response passes these filters.", "muted")
        self.table = Table("Agenda")
        self.table.setModel(view_model.agenda)
        set_in(self.table)
        self.table.opened.connect(self._on_opened)
        self._build()
        self.only_open.toggled.connect(lambda on: self._filter(only_open=on))
        self.question.activated.connect(
            lambda number: self._filter(ref=self.question.itemData(number))
        )
        self.bidder.activated.connect(
            lambda number: self._filter(bidder=self.bidder.itemData(number))
        )
        theme.changed().connect(self.set_widths)

    def _build(self) -> None:
        self.head.add_action(self.begin)
        self.head.add_action(self.prices)
        filters = QHBoxLayout()
        filters.setSpacing(16)
        filters.addWidget(self._question_box, 2)
        filters.addWidget(self._bidder_box, 2)
        filters.addWidget(self.only_open, 1, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 20, _SIDE, 24)
        column.setSpacing(16)
        column.addWidget(self.head)
        column.addLayout(filters)
        column.addWidget(self.table, 1)
        column.addWidget(self._none)
        self.set_widths()

    def set_widths(self) -> None:
        """Give columns the width of what goes in; the question takes the rest."""
        header, look = self.table.horizontalHeader(), theme.current()
        for number, width in _WIDTHS.items():
            header.resizeSection(number, look.px(width))
        taken = look.px(sum(_WIDTHS.values()))
        left = self.width() - 2 * _SIDE - self.table.verticalScrollBar().sizeHint().width() - taken
        header.resizeSection(1, max(left, look.px(_LEAST_QUESTION)))
        # As high as the fields beside it, so that the words stand on one line.
        self.only_open.setMinimumHeight(look.height("field"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the question what room there is."""
        super().resizeEvent(event)
        self.set_widths()

    def refresh(self) -> None:
        """Show how far the agenda is."""
        view = self._view_model
        done = view.all_confirmed
        self.head.say(*self._words(done=done))
        self.prices.setVisible(done)
        waiting = bool(view.agenda.every) and view.counts[0] < view.counts[2]
        self.begin.setVisible(not done and waiting)
        self._fill(self.question, "Every question", view.questions, view.agenda.ref)
        self._fill(self.bidder, "Every bidder", view.bidders, view.agenda.bidder)
        self._none.setVisible(not view.agenda.rows)
        self._show_here()

    def _words(self, *, done: bool) -> tuple[str, str]:
        agreed, confirmed, every = self._view_model.counts
        if not every:
            return "There is nothing to moderate", "No bid is assessed, or no question is judged."
        if done:
            return "Every agreed score is confirmed", "Prices can be opened. " + _ORDER
        if agreed == every:
            waiting = every - confirmed
            if not waiting:
                return f"All {every} responses are agreed and confirmed", _ORDER
            await_it = "1 awaits" if waiting == 1 else f"{waiting} await"
            return f"All {every} responses are agreed; {await_it} confirmation", _ORDER
        return f"{agreed} of {every} responses are agreed, {confirmed} confirmed", _ORDER

    @staticmethod
    def _fill(
        combo: QComboBox, first: str, found: tuple[tuple[str, str], ...], chosen: str
    ) -> None:
        if combo.count() != len(found) + 1:
            combo.clear()
            combo.addItem(first, "")
            for key, words in found:
                combo.addItem(words, key)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))

    def _filter(
        self, *, only_open: bool | None = None, ref: str | None = None, bidder: str | None = None
    ) -> None:
        self._view_model.agenda.filter(only_open=only_open, ref=ref, bidder=bidder)
        self._none.setVisible(not self._view_model.agenda.rows)

    def _show_here(self) -> None:
        here = self._view_model.row
        for number, row in enumerate(self._view_model.agenda.rows):
            if here is None or row.number == here.number:
                self.table.setCurrentIndex(self._view_model.agenda.index(number, 0))
                return

    def take_focus(self) -> None:
        """Put the keys into the list."""
        self._show_here()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, index: QModelIndex) -> None:
        self.go_to(self._view_model.agenda.rows[index.row()].place)

    def _on_begin(self) -> None:
        self._view_model.go_to_next_open()
        self._view_model.opened.emit()

    def go_to(self, place: Place) -> None:
        """Open a response."""
        self._view_model.go_to(place)
        self._view_model.opened.emit()
