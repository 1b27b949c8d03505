"""Prices in rows, entered one after the other by keyboard; what is wrong stays in its field."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from tendereval.domain.bidding import Place
from tendereval.ui import theme
from tendereval.ui.widgets.basics import label
from tendereval.viewmodels.ranking import PriceLine

_FIELD, _NAME = 160, 420


class PriceField(QLineEdit):
    """One price, and the sentence under it; kept when it is left, shown as the file returned it.

    Args:
        line: whose price.
        enter: records it and says what is wrong with it.
    """

    def __init__(self, line: PriceLine, enter: Callable[[Place, str], str]) -> None:
        super().__init__(line.text)
        self._line, self._enter = line, enter
        self.problem = label(role="problem", wrap=True)
        self.problem.hide()
        self.setAccessibleName(f"Price of {line.name}")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.follow_theme()
        self.editingFinished.connect(self._keep)

    def follow_theme(self) -> None:
        """Take the width from the theme."""
        self.setFixedWidth(theme.current().px(_FIELD))

    def show_line(self, line: PriceLine) -> None:
        """Show what the file holds, but not over something that it refused."""
        changed, self._line = line.text != self._line.text, line
        if changed or not self.problem.text():
            self.setText(line.text)
            self._say("")

    def _keep(self) -> None:
        typed = self.text().strip()
        if not typed or typed == self._line.text:
            self.setText(self._line.text)
            self._say("")
        else:
            self._say(self._enter(self._line.place, typed))

    def _say(self, problem: str) -> None:
        self.problem.setText(f"⊖  {problem}" if problem else "")
        self.problem.setVisible(bool(problem))
        self.setAccessibleDescription(problem)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the price, so that typing replaces it."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()


class PriceRows(QWidget):
    """A row per bidder; Enter records a price and goes to the next field."""

    def __init__(self, enter: Callable[[Place, str], str]) -> None:
        super().__init__()
        self._enter = enter
        self.fields: dict[Place, PriceField] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 2)

    def show_lines(self, lines: Sequence[PriceLine], *, may_enter: bool) -> None:
        """Show these prices; fields that are there already stay, with what is typed in them."""
        if [line.place for line in lines] != list(self.fields):
            self._rebuild(lines)
        for line in lines:
            self.fields[line.place].setReadOnly(not may_enter)
            self.fields[line.place].show_line(line)

    def _rebuild(self, lines: Sequence[PriceLine]) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.fields = {line.place: PriceField(line, self._enter) for line in lines}
        for row, line in enumerate(lines):
            # A label with a buddy takes an ampersand for the mark of a key.
            field, name = self.fields[line.place], label(line.name.replace("&", "&&"), wrap=True)
            name.setMaximumWidth(theme.current().px(_NAME))
            name.setBuddy(field)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(field, row, 1)
            self._grid.addWidget(field.problem, row, 2)
            field.returnPressed.connect(lambda at=row: self.go_to_row(at + 1))

    def go_to_row(self, row: int) -> None:
        """Put the focus on a field, where there is one."""
        fields = list(self.fields.values())
        if row < len(fields):
            fields[row].setFocus(Qt.FocusReason.TabFocusReason)
