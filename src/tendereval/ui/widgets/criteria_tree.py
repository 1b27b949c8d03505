"""The criteria tree: references, titles, bars of weight; moved by mouse or by Alt and arrows."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from tendereval.domain.method_editing import Way
from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring
from tendereval.viewmodels.criteria_tree_model import (
    CRITERION,
    SCALE,
    WEIGHT,
    WORDS,
    CriteriaTreeModel,
)

Index = QModelIndex | QPersistentModelIndex
_NARROW = 520
_INDENT, _BAR_WIDTH, _BAR_HEIGHT, _PAD = 22, 72, 6, 4
_WAYS = {
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
    Qt.Key.Key_Left: Way.OUT,
    Qt.Key.Key_Right: Way.IN,
}


class CriterionDelegate(QStyledItemDelegate):
    """Paints one cell: hairline, tint of the chosen row, the bar before a weight."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        look, rect = theme.current(), QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, look.colour("tint" if selected else "paper"))
        strong = bool(index.data(CriteriaTreeModel.IS_SECTION))
        inner = rect.adjusted(look.px(_PAD), 0, -look.px(_PAD), 0)
        if index.column() == CRITERION:
            self._paint_title(painter, inner, index, strong=strong)
        else:
            font = "body_strong" if strong and index.column() == WEIGHT else "body"
            painter.setFont(look.font(font))
            is_weight = index.column() == WEIGHT
            painter.setPen(look.colour("ink" if is_weight else "ink2"))
            side = index.data(Qt.ItemDataRole.TextAlignmentRole)
            painter.drawText(inner, Qt.AlignmentFlag(side), str(index.data()))
        if index.column() == WEIGHT:
            self._paint_bar(painter, inner, index, strong=strong)
        painter.setPen(QPen(look.colour("edge" if look.is_high_contrast else "line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, QRectF(rect), option.palette)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, index: Index, *, strong: bool) -> None:
        look = theme.current()
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("ink2"))
        ref = str(index.data(CriteriaTreeModel.REF))
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(ref, Qt.TextElideMode.ElideRight, rect.width() // 2)
        painter.drawText(rect, side, shown)
        beside = max(metrics.horizontalAdvance(shown) + look.px(10), look.px(34))
        room = rect.adjusted(beside, 0, 0, 0)
        painter.setFont(look.font("body_strong" if strong else "body"))
        painter.setPen(look.colour("ink"))
        title = str(index.data(CriteriaTreeModel.TITLE))
        fits = QFontMetrics(painter.font()).elidedText(
            title, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, side, fits)

    def _paint_bar(self, painter: QPainter, rect: QRect, index: Index, *, strong: bool) -> None:
        share, look = index.data(CriteriaTreeModel.SHARE), theme.current()
        width, height = look.px(_BAR_WIDTH), look.px(_BAR_HEIGHT)
        if not isinstance(share, float) or rect.width() < width + look.px(56):
            return
        top = rect.center().y() - height // 2 + 1
        painter.fillRect(QRect(rect.left(), top, width, height), look.colour("sunken"))
        part = QRect(rect.left(), top, round(width * min(share, 1.0)), height)
        painter.fillRect(part, look.colour("edge" if strong else "accent"))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row of a tree."""
        return QSize(theme.current().px(40), theme.current().height("row_tree"))


class CriteriaTree(QTreeView):
    """Shows the criteria; asks for moves and says which row is chosen.

    Signals:
        chosen: the reference of the current row; empty where there is none.
        shifted: a reference and the ``Way`` it is to go by one step.
        remove_wanted: a reference.
        menu_wanted: a reference (empty beside the rows) and a place on the screen.
    """

    chosen = Signal(str)
    shifted = Signal(str, object)
    remove_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, model: CriteriaTreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._folded: set[str] = set()
        self._wanted = ""
        self.setAccessibleName("Criteria")
        self.setAccessibleDescription("Alt and the arrow keys move the chosen row.")
        self.setModel(model)
        self.setItemDelegate(CriterionDelegate(self))
        self.setUniformRowHeights(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        theme.changed().connect(self.follow_theme)
        self._lay_out_columns()
        self.follow_theme()
        self.expandAll()

    def _lay_out_columns(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(CRITERION, QHeaderView.ResizeMode.Stretch)

    def follow_theme(self) -> None:
        """Take indent and widths from the theme."""
        look = theme.current()
        self.setIndentation(look.px(_INDENT))
        self._fit_columns()
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the title its room: in a narrow tree only the weight stands beside it."""
        self._fit_columns()
        super().resizeEvent(event)

    def _fit_columns(self) -> None:
        look = theme.current()
        narrow = self.width() < look.px(_NARROW)
        for column, width in ((SCALE, 52), (WORDS, 50), (WEIGHT, 96 if narrow else 156)):
            self.setColumnWidth(column, look.px(width))
        for column in (SCALE, WORDS):
            self.setColumnHidden(column, narrow)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the whole width of a row, with the bar of a chosen one at its left."""
        look = theme.current()
        selected = self.selectionModel().isSelected(index)
        painter.fillRect(option.rect, look.colour("tint" if selected else "paper"))
        super().drawRow(painter, option, index)
        rect = option.rect
        painter.setPen(QPen(look.colour("edge" if look.is_high_contrast else "line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected:
            painter.fillRect(QRect(0, rect.top(), 3, rect.height()), look.colour("accent"))

    def _on_current(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.ref(index))

    @property
    def ref(self) -> str:
        """The reference of the chosen row."""
        return self._model.ref(self.currentIndex())

    def choose(self, ref: str) -> None:
        """Choose a row and bring it into sight."""
        index = self._model.index_of(ref)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move a row with Alt and arrows, remove it with Delete."""
        way = _WAYS.get(Qt.Key(event.key()))
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if self.ref and alt and way is not None:
            self.shifted.emit(self.ref, way)
            event.accept()
        elif self.ref and event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit(self.ref)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _on_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        self.menu_wanted.emit(self._model.ref(index), self.viewport().mapToGlobal(at))

    def _remember(self) -> None:
        self._wanted = self.ref
        self._folded = {ref for ref in self._sections() if not self._is_open(ref)}

    def _is_open(self, ref: str) -> bool:
        return self.isExpanded(self._model.index_of(ref))

    def _sections(self) -> list[str]:
        found: list[str] = []
        waiting = [self._model.index(row, 0) for row in range(self._model.rowCount())]
        while waiting:
            index = waiting.pop()
            rows = self._model.rowCount(index)
            if rows:
                found.append(self._model.ref(index))
                waiting += [self._model.index(row, 0, index) for row in range(rows)]
        return found

    def _recall(self) -> None:
        self.expandAll()
        for ref in self._folded:
            self.collapse(self._model.index_of(ref))
        self.choose(self._wanted)
        if not self.currentIndex().isValid():
            self.chosen.emit("")
