"""The agenda: every response, largest share of the marks at stake first, with filters."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from tendereval.domain.bidding import Place
from tendereval.ui import theme
from tendereval.ui.widgets.basics import Head, button, field, label
from tendereval.ui.widgets.table import Table
from tendereval.viewmodels.moderation import ModerationViewModel

_WIDTHS = {0: 52, 2: 230, 3: 210, 4: 104}
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
        self.only_open = QCheckBox("Not yet agreed")
        self._question_box, self.question = field("Question", QComboBox())
        self._bidder_box, self.bidder = field("Bidder", QComboBox())
        self._none = label("No response passes these filters.", "muted")
        self.table = Table("Agenda")
        self.table.setModel(view_model.agenda)
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
        column.setContentsMargins(32, 20, 32, 24)
        column.setSpacing(16)
        column.addWidget(self.head)
        column.addLayout(filters)
        column.addWidget(self.table, 1)
        column.addWidget(self._none)
        for combo in (self.question, self.bidder):
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        self.set_widths()

    def set_widths(self) -> None:
        """Give columns the width of what goes in; the question takes the rest."""
        header = self.table.horizontalHeader()
        for number, width in _WIDTHS.items():
            header.resizeSection(number, theme.current().px(width))
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

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
        self._none.setVisible(not view.agenda.shown)
        self._show_here()

    def _words(self, *, done: bool) -> tuple[str, str]:
        agreed, confirmed, every = self._view_model.counts
        if not every:
            return "There is nothing to moderate", "No bid is assessed, or no question is judged."
        if done:
            return "Every agreed score is confirmed", "Prices can be opened. " + _ORDER
        if agreed == every:
            waiting = every - confirmed
            return f"All {every} responses are agreed; {waiting} await confirmation", _ORDER
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
        self._none.setVisible(not self._view_model.agenda.shown)

    def _show_here(self) -> None:
        here = self._view_model.row
        for number, row in enumerate(self._view_model.agenda.shown):
            if here is None or row.number == here.number:
                self.table.setCurrentIndex(self._view_model.agenda.index(number, 0))
                return

    def take_focus(self) -> None:
        """Put the keys into the list."""
        self._show_here()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, index: QModelIndex) -> None:
        self.go_to(self._view_model.agenda.shown[index.row()].place)

    def _on_begin(self) -> None:
        self._view_model.go_to_next_open()
        self._view_model.opened.emit()

    def go_to(self, place: Place) -> None:
        """Open a response."""
        self._view_model.go_to(place)
        self._view_model.opened.emit()
