"""A scrolling sheet inside Set-up; its content lines up with the head of the screen."""

from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.widgets.basics import Page

_WIDEST = 660


class Paper(Page):
    """A page whose forms grow no wider than can be read."""

    def __init__(self, left: int = 0, right: int = 16) -> None:
        super().__init__()
        self.column.setContentsMargins(left, 16, right, 24)
        self.content = self.column.parentWidget()
        self._narrow: list[QWidget] = []
        theme.changed().connect(self._fit)

    def add_narrow(self, widget: QWidget) -> None:
        """Add something that is read as a column of text."""
        row = QHBoxLayout()
        row.addWidget(widget, 1)
        row.addStretch(0)
        self.column.addLayout(row)
        self._narrow.append(widget)
        self._fit()

    def _fit(self) -> None:
        for widget in self._narrow:
            widget.setMaximumWidth(theme.current().px(_WIDEST))


def cleared(layout: QLayout) -> None:
    """Take everything out of a layout, its widgets included."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            cleared(inner)
