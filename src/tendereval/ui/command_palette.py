"""Ctrl+K: find any command of the menus, and any place, by words."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QMenuBar,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.widgets.basics import field, label
from tendereval.ui.widgets.places import PlaceDelegate

_NOTE: Final = Qt.ItemDataRole.UserRole
_ACTION: Final = Qt.ItemDataRole.UserRole + 1
_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}


def commands(bar: QMenuBar) -> Iterator[tuple[str, QAction]]:
    """Yield every command of a menu bar with its menus before it (``View › Full screen``)."""
    for top in bar.actions():
        menu = top.menu()
        if isinstance(menu, QMenu):
            yield from _inside(menu, _plain(top.text()))


def _inside(menu: QMenu, before: str) -> Iterator[tuple[str, QAction]]:
    for action in menu.actions():
        inner = action.menu()
        words = f"{before} › {_plain(action.text())}"
        if isinstance(inner, QMenu):
            yield from _inside(inner, words)
        elif not action.isSeparator():
            yield words, action


def _plain(text: str) -> str:
    return text.replace("&", "")


class CommandPalette(QDialog):
    """Type words, choose with the arrows, Enter does it; what is off now is shown and stays off."""

    def __init__(self, bar: QMenuBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Find a command or a place")
        self._commands = tuple(commands(bar))
        self.chosen: QAction | None = None
        box, self.words = field("Find a command or a place", QLineEdit())
        self.list = QListWidget()
        self.list.setAccessibleName("Commands")
        self.list.setItemDelegate(PlaceDelegate(self.list))
        self.list.setProperty("role", "places")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = label("No command has all of these words. Try fewer.", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(box)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        self.words.installEventFilter(self)
        self.words.textChanged.connect(self._look)
        self.words.returnPressed.connect(self._take)
        self.list.itemClicked.connect(lambda _item: self._take())
        self.resize(theme.current().px(560), theme.current().px(440))
        self._look()

    def _look(self) -> None:
        wanted = self.words.text().casefold().split()
        self.list.clear()
        for text, action in self._commands:
            if all(word in text.casefold() for word in wanted):
                self._add(text, action)
        rows = [self.list.item(row) for row in range(self.list.count())]
        first = next((one for one in rows if one.flags() & Qt.ItemFlag.ItemIsEnabled), None)
        if first is not None:
            self.list.setCurrentItem(first)
        self.words.setAccessibleDescription(first.text() if first else "Nothing found")
        self._nothing.setVisible(not rows)

    def _add(self, text: str, action: QAction) -> None:
        item = QListWidgetItem(text)
        item.setData(_ACTION, action)
        item.setData(_NOTE, action.shortcut().toString() if action.isEnabled() else "not now")
        item.setSizeHint(QSize(0, theme.current().height("row_table")))
        if not action.isEnabled():
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def _move(self, step: int) -> None:
        """Go on to the nearest command that can be done now, at least so many lines away."""
        last, way = self.list.count() - 1, 1 if step > 0 else -1
        row = min(max(self.list.currentRow() + step, 0), max(last, 0))
        while 0 <= row <= last:
            if self.list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.list.setCurrentRow(row)
                self.words.setAccessibleDescription(self.list.item(row).text())
                return
            row += way

    def _take(self) -> None:
        for item in self.list.selectedItems():
            self.chosen = item.data(_ACTION)
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while the words keep the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._move(step)
                return True
        return super().eventFilter(watched, event)


def find_command(bar: QMenuBar, parent: QWidget) -> None:
    """Let the person choose a command and do it, after the window is gone again."""
    palette = CommandPalette(bar, parent)
    if palette.exec() and palette.chosen is not None:
        palette.chosen.trigger()
    palette.deleteLater()
