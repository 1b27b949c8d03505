"""The list behind the ribbon: every answer by name and how far it is."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.widgets.basics import label
from tendereval.ui.widgets.table import RowDelegate
from tendereval.viewmodels.score_queue import Task

_MARKS = {"not scored yet": "○", "draft": "◐", "ready": "●", "cannot score": "⊘"}


class TaskList(QFrame):
    """Opens over the bar; Enter goes to an answer, Escape closes it.

    Signals:
        wanted: the place to go to.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAccessibleName("Answers")
        self.setFrameShape(QFrame.Shape.Box)
        self.list = QListWidget()
        self.list.setAccessibleName("Answers")
        self.list.setItemDelegate(RowDelegate(self.list))
        self._name = label(role="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._name)
        column.addWidget(self.list)
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)

    def open_above(self, widget: QWidget, tasks: tuple[Task, ...], here: Task | None) -> None:
        """Show these answers above a widget, the one that is shown chosen."""
        look = theme.current()
        self.list.clear()
        for task in tasks:
            item = QListWidgetItem(f"{_MARKS.get(str(task.progress), '')}   {task.words}")
            item.setData(Qt.ItemDataRole.UserRole, task.place)
            item.setSizeHint(QSize(0, look.height("row_table_dense")))
            self.list.addItem(item)
            if here is not None and task.place == here.place:
                self.list.setCurrentItem(item)
        count = len(tasks)
        self._name.setText(f"{count} answer{'s' if count != 1 else ''}. Enter opens one.")
        height = min(look.px(440), (count + 2) * look.height("row_table_dense") + look.px(24))
        self.resize(min(look.px(560), widget.window().width() - 32), height)
        corner = widget.mapToGlobal(QPoint(0, 0))
        self.move(corner.x(), corner.y() - self.height() - 4)
        self.show()
        self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def _go(self, item: QListWidgetItem) -> None:
        place = item.data(Qt.ItemDataRole.UserRole)
        self.hide()
        self.wanted.emit(place)
