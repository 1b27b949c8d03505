"""The bar under an agreed score: previous and next, how far, dissent or confirm."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.widgets.basics import button, label
from tendereval.viewmodels.confirm import ConfirmViewModel, Word


class AnswerBar(QWidget):
    """Takes the person's word.

    Signals:
        stepped: 1 or -1.
        confirmed, dissent_wanted, end_wanted: what its buttons say.
    """

    stepped = Signal(int)
    confirmed = Signal()
    dissent_wanted = Signal()
    end_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back = button("‹", lambda: self.stepped.emit(-1), "icon")
        self.on = button("›", lambda: self.stepped.emit(1), "icon")
        for one, name in ((self.back, "Previous agreed score"), (self.on, "Next agreed score")):
            one.setAccessibleName(name)
            one.setToolTip(name)
        self.count = label(role="small")
        self.end = button("Go to the return", self.end_wanted.emit, "link")
        self.dissent = button("I dissent…", self.dissent_wanted.emit)
        self.confirm = button("I confirm", self.confirmed.emit, "primary")
        self.confirm.setToolTip("Ctrl+Enter")
        self._answered = self._at_end = False
        self._row = QHBoxLayout(self)
        self._row.setSpacing(10)
        for widget in (self.back, self.on, self.count, self.end):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        for widget in (self.dissent, self.confirm):
            self._row.addWidget(widget)
        theme.changed().connect(self._follow_theme)
        self._follow_theme()

    def _follow_theme(self) -> None:
        look = theme.current()
        self._row.setContentsMargins(look.px(16), look.px(8), look.px(24), look.px(8))
        self.setMinimumHeight(look.px(50))

    def show_state(self, view: ConfirmViewModel) -> None:
        """Show how far it is and what can be said to the one that is shown."""
        item = view.item
        self.count.setText(view.done_line)
        self._answered = view.is_answered
        self.end.setVisible(self._answered and not self._at_end)
        free = item is not None and not item.is_returned
        self.confirm.setEnabled(free)
        self.dissent.setEnabled(free)
        confirmed = item is not None and item.word is Word.CONFIRMED
        self.confirm.setText("Confirmed: next" if confirmed else "I confirm")

    def set_at_end(self, *, end: bool) -> None:
        """Leave the return the only button to press while it is shown."""
        self._at_end = end
        self.confirm.setVisible(not end)
        self.dissent.setVisible(not end)
        self.end.setVisible(self._answered and not end)

    def set_dissenting(self, *, on: bool) -> None:
        """Leave the filled button to the dissent while one is written."""
        self.confirm.setProperty("role", "" if on else "primary")
        self.confirm.style().unpolish(self.confirm)
        self.confirm.style().polish(self.confirm)

    def set_narrow(self, *, narrow: bool) -> None:
        """Stand closer where there is little room."""
        self._row.setSpacing(4 if narrow else 10)
