"""Two panes side by side; where the window is small or the text large, one with a switch."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabBar, QVBoxLayout, QWidget

from tendereval.ui import theme

_SIDE_BY_SIDE = 860


class TwoPanes(QWidget):
    """A list and what is chosen in it, for example.

    Args:
        left: the first pane, and its name in the switch.
        right: the second pane, and its name.
        sizes: px of each at first.
    """

    def __init__(
        self, left: tuple[str, QWidget], right: tuple[str, QWidget], sizes: tuple[int, int]
    ) -> None:
        super().__init__()
        self._panes = (left[1], right[1])
        self.switch = QTabBar()
        self.switch.setAccessibleName(f"{left[0]} or {right[0]}")
        self.switch.addTab(left[0])
        self.switch.addTab(right[0])
        self.switch.setDrawBase(False)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left[1])
        self.splitter.addWidget(right[1])
        self.splitter.setSizes(list(sizes))
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.switch)
        column.addWidget(self.splitter, 1)
        self.switch.currentChanged.connect(self._arrange)
        theme.changed().connect(self._arrange)
        self._arrange()

    @property
    def is_one(self) -> bool:
        """Whether there is room for one pane only."""
        return self.width() < theme.current().px(_SIDE_BY_SIDE)

    @property
    def panes(self) -> tuple[QWidget, ...]:
        """Both panes, from the left."""
        return self._panes

    def turn_to(self, pane: QWidget) -> None:
        """Show a pane where only one is shown."""
        self.switch.setCurrentIndex(self._panes.index(pane))

    def show_right(self) -> None:
        """Turn to the second pane where only one is shown."""
        self.turn_to(self._panes[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the panes anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        one = self.is_one
        self.switch.setVisible(one)
        for number, pane in enumerate(self._panes):
            pane.setVisible(not one or number == self.switch.currentIndex())
