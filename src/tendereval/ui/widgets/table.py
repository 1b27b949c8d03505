"""Tables and lists in the house's grammar: hairlines, one bar for the selected row, no grid."""

from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QFont, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring

Index = QModelIndex | QPersistentModelIndex
_SELECTED: Final = QStyle.StateFlag.State_Selected.value
_FOCUSED: Final = QStyle.StateFlag.State_HasFocus.value
_STYLED: Final = frozenset({QEvent.Type.Polish, QEvent.Type.StyleChange})


def let_scroll(view: QAbstractItemView) -> None:
    """Let a view move what is painted when it scrolls, not paint all of it again.

    Qt does so only where the background is the view's own; a style sheet takes it away each
    time that the view gets its style.
    """
    view.viewport().setAutoFillBackground(True)


class RowDelegate(QStyledItemDelegate):
    """Paints a row: hairline below, tint and a 3 px bar where selected; text keeps its colour.

    A model may say that a row is set in semibold (``ROLE_STRONG``), name a colour role
    (``ROLE_INK``) and give alignment through ``TextAlignmentRole``.
    """

    ROLE_INK = Qt.ItemDataRole.UserRole + 100
    ROLE_STRONG = Qt.ItemDataRole.UserRole + 101

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        look = theme.current()
        # Flags as plain numbers: a cell is painted by the hundred.
        state = option.state.value
        selected, focused = state & _SELECTED, state & _FOCUSED
        rect, ground = QRect(option.rect), look.colour("tint" if selected else "paper")
        painter.save()
        painter.fillRect(rect, ground)
        ink = index.data(self.ROLE_INK)
        inner = QStyleOptionViewItem(option)
        if selected or focused:
            inner.state = QStyle.StateFlag(state & ~(_SELECTED | _FOCUSED))
        inner.backgroundBrush = QBrush(ground)
        if isinstance(ink, str):
            inner.palette.setColor(QPalette.ColorRole.Text, look.colour(ink))
        if index.data(self.ROLE_STRONG):
            inner.font.setWeight(QFont.Weight.DemiBold)
        super().paint(painter, inner, index)
        painter.setPen(QPen(look.colour("edge" if look.is_high_contrast else "line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected and index.column() == 0:
            painter.fillRect(
                QRect(rect.left(), rect.top(), 3, rect.height()), look.colour("accent")
            )
        if focused:
            paint_focus_ring(painter, QRectF(rect), inner.palette)
        painter.restore()


class Table(QTableView):
    """A table whose rows are selected whole; Enter or a double click opens one.

    Signals:
        opened: the index of the row that was opened.
    """

    opened = Signal(QModelIndex)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.doubleClicked.connect(self.opened)
        theme.changed().connect(self.follow_theme)
        self.follow_theme()

    def follow_theme(self) -> None:
        """Take row heights from the theme."""
        self.verticalHeader().setDefaultSectionSize(theme.current().height("row_table"))

    def event(self, event: QEvent) -> bool:
        """Scroll by moving what is painted, whichever style was given."""
        done = super().event(event)
        if event.type() in _STYLED:
            let_scroll(self)
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current row on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)
