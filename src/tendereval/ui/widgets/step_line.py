"""The steps of an evaluator's work in one line; a finished one has a tick."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionTab, QTabBar, QWidget

from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring
from tendereval.ui.widgets.band_row import paint_tick


class StepLine(QTabBar):
    """Flat tabs with numbers.

    Signals:
        chosen: the number of a step a person chose, from 0; not emitted by ``show_current``.
    """

    chosen = Signal(int)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self.setAccessibleName("Steps")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self._done = tuple(False for _ in names)
        for name in names:
            self.addTab(name)
        self.currentChanged.connect(self._on_current)
        self._showing = False
        theme.changed().connect(self._say)
        self._say()

    def set_done(self, done: Sequence[bool]) -> None:
        """Show which steps are finished."""
        self._done = tuple(done)
        self._say()

    def set_open(self, is_open: Sequence[bool]) -> None:
        """Let only these steps be chosen."""
        for number, one in enumerate(is_open):
            self.setTabEnabled(number, one)

    def set_shown(self, is_shown: Sequence[bool]) -> None:
        """Show only these steps, counted without the others."""
        for number, one in enumerate(is_shown):
            self.setTabVisible(number, one)
        self._say()

    def show_current(self, number: int) -> None:
        """Show which step is shown."""
        self._showing = True
        self.setCurrentIndex(number)
        self._showing = False

    def initStyleOption(self, option: QStyleOptionTab, number: int) -> None:
        """Leave the focus ring to the whole tab; the style would draw it across the words."""
        super().initStyleOption(option, number)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tabs and, around the one that has the keys, the ring."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            paint_focus_ring(painter, QRectF(self.tabRect(self.currentIndex())), self.palette())
            painter.end()

    def _on_current(self, number: int) -> None:
        if not self._showing:
            self.chosen.emit(number)

    def _say(self) -> None:
        size = theme.current().px(16)
        self.setIconSize(QSize(size, size))
        count = 0
        for number, (name, done) in enumerate(zip(self._names, self._done, strict=True)):
            count += self.isTabVisible(number)
            self.setTabText(number, name if done else f"{count}   {name}")
            self.setTabIcon(number, _tick(size) if done else QIcon())
            self.setAccessibleTabName(number, f"{name}, done" if done else name)


def _tick(size: int) -> QIcon:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_tick(painter, QRectF(0, 0, size, size), size * 0.7)
    painter.end()
    return QIcon(picture)
