"""The tools side by side: a title each, and a few words on where it stands."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar

from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring

_PAD, _BETWEEN, _BAR, _ABOVE = 0, 26, 3, 6


class ToolLine(QTabBar):
    """Tabs of two lines; the chosen one has a bar under it.

    Args:
        titles: in order.
    """

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._notes = [""] * len(titles)
        self.setAccessibleName("Tools of public value")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), self.sizePolicy().Policy.Fixed)
        for title in titles:
            self.addTab(title)
        theme.changed().connect(self._fit)
        self._fit()
        theme.watch(self)

    def _fit(self) -> None:
        # Where not all tools fit, the arrows that scroll are as large as any target.
        wide = 2 * theme.current().height("smallest_target")
        self.setStyleSheet(f"QTabBar::scroller {{ width: {wide}px; }}")
        self.updateGeometry()

    def show_notes(self, notes: Sequence[str]) -> None:
        """Show where each tool stands, under its title."""
        if list(notes) == self._notes:
            return
        self._notes = list(notes)
        for number, note in enumerate(notes):
            self.setAccessibleTabName(number, f"{self.tabText(number)}, {note}")
            # A tab is measured again only when its text is set.
            self.setTabText(number, self.tabText(number))
        self.updateGeometry()
        self.update()

    def tabSizeHint(self, number: int) -> QSize:
        """Return the room of both lines."""
        look = theme.current()
        wide = QFontMetrics(look.font("body_strong")).horizontalAdvance(self.tabText(number))
        note = QFontMetrics(look.font("small")).horizontalAdvance(self._notes[number])
        high = look.line_px("body_strong") + look.line_px("small") + look.px(2 * _ABOVE + _BAR)
        return QSize(max(wide, note) + look.px(_BETWEEN), high)

    def minimumTabSizeHint(self, number: int) -> QSize:
        """Return the same: words are not shortened, the line scrolls instead."""
        return self.tabSizeHint(number)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint titles, notes, and the bar under the chosen one."""
        look, painter = theme.current(), QPainter(self)
        for number in range(self.count()):
            self._paint_tab(painter, number)
        if self.hasFocus():
            rect = QRectF(self.tabRect(self.currentIndex()))
            paint_focus_ring(painter, rect.adjusted(0, 0, -look.px(8), 0), self.palette())
        painter.end()

    def _paint_tab(self, painter: QPainter, number: int) -> None:
        look, rect = theme.current(), self.tabRect(number)
        here = number == self.currentIndex()
        left = rect.left() + look.px(4)
        title = QRect(left, rect.top() + look.px(_ABOVE), rect.width(), look.line_px("body_strong"))
        painter.setFont(look.font("body_strong" if here else "body"))
        painter.setPen(look.colour("ink"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(title, flags, self.tabText(number))
        note = title.translated(0, title.height())
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("ink2"))
        painter.drawText(note, flags, self._notes[number])
        if here:
            high = look.px(_BAR)
            wide = rect.width() - look.px(_BETWEEN - 8)
            bar = QRect(left, rect.bottom() - high + 1, wide, high)
            painter.fillRect(bar, look.colour("accent"))
