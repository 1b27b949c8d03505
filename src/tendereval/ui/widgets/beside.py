"""A page with something beside it, which goes below where there is little room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.widgets.basics import Page, hairline

_NARROW_PX = 1000
_LEFT, _RIGHT, _NARROW = (104, 48, 72, 40), (48, 56, 56, 40), (32, 24, 32, 24)


class BesidePage(Page):
    """One paper with two columns: ``main`` at the left, ``side`` at the right or below."""

    def __init__(self) -> None:
        super().__init__()
        self.column.setContentsMargins(0, 0, 0, 0)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(0)
        self._left, self._right = QWidget(), QWidget()
        self.main, self.side = QVBoxLayout(self._left), QVBoxLayout(self._right)
        self._line = hairline(vertical=True)
        self._row.addWidget(self._left, 5)
        self._row.addWidget(self._line)
        self._row.addWidget(self._right, 3)
        self.column.addLayout(self._row, 1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed().connect(self._arrange)
        self._arrange()

    @property
    def is_narrow(self) -> bool:
        """Whether one column stands below the other."""
        return self.width() < theme.current().px(_NARROW_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the side below where there is little room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow, ways = self.is_narrow, QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._line.setVisible(not narrow)
        self.main.setContentsMargins(*(_NARROW if narrow else _LEFT))
        self.side.setContentsMargins(*(_NARROW if narrow else _RIGHT))
