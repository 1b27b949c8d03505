"""Set-up, part Scales: the published steps with their wording, edited in place."""

from functools import partial

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.parts.form import FieldBox
from tendereval.ui.widgets.basics import button, label
from tendereval.ui.widgets.table import RowDelegate, Table
from tendereval.ui.widgets.two_panes import TwoPanes
from tendereval.viewmodels.form_fields import FormField, Shape
from tendereval.viewmodels.scales_model import DESCRIPTOR, LABEL, BandsModel, ScalesViewModel

Index = QModelIndex | QPersistentModelIndex


class LineDelegate(RowDelegate):
    """A line of a list, as high as the theme says."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a line of a list."""
        return (
            super().sizeHint(option, index).expandedTo(QSize(0, theme.current().height("row_list")))
        )


class WordingDelegate(RowDelegate):
    """Edits published wording in several lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Leave room above and below the wording."""
        return super().sizeHint(option, index) + QSize(0, theme.current().px(14))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field of several lines for wording, else the usual one."""
        if index.column() != DESCRIPTOR:
            return super().createEditor(parent, option, index)
        editor = QPlainTextEdit(parent)
        editor.setTabChangesFocus(True)
        editor.setAccessibleName("Published wording")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the wording."""
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(str(index.data(Qt.ItemDataRole.EditRole)))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the wording over."""
        if isinstance(editor, QPlainTextEdit):
            at = model.index(index.row(), index.column())
            model.setData(at, editor.toPlainText(), Qt.ItemDataRole.EditRole)
        else:
            super().setModelData(editor, model, index)


class BandTable(Table):
    """The steps of a scale; F2, Enter or a double click edits a cell, Delete removes a step."""

    def __init__(self, model: BandsModel) -> None:
        super().__init__("Steps of the scale")
        self.setModel(model)
        self.setItemDelegate(WordingDelegate(self))
        self.setWordWrap(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(DESCRIPTOR, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        theme.changed().connect(self._widths)
        self._widths()

    def _widths(self) -> None:
        look = theme.current()
        for column, width in ((0, 64), (LABEL, 130), (DESCRIPTOR + 1, 150)):
            self.setColumnWidth(column, look.px(width))
        self.verticalHeader().setMinimumSectionSize(look.height("row_list"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit the current cell on Enter."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and self.currentIndex().isValid():
            self.edit(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)


class ScalesPart(QWidget):
    """The scales at the left, the chosen one at the right."""

    def __init__(self, scales: ScalesViewModel) -> None:
        super().__init__()
        self._scales = scales
        self._names = QStringListModel(self)
        self._list = QListView()
        self._bands = BandsModel(scales, self)
        self.table = BandTable(self._bands)
        self._used = label(role="small", wrap=True)
        self._problem = label(role="problem", wrap=True)
        self._buttons: list[QPushButton] = []
        self._stack = QStackedWidget()
        panes = TwoPanes(("Scales", self._left()), ("The scale", self._right()), (230, 800))
        self._stack.addWidget(panes)
        self._stack.addWidget(self._empty())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        scales.changed.connect(self.refresh)
        scales.refused.connect(self._say)
        self.refresh()

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 16, 16, 8)
        self._list.setModel(self._names)
        self._list.setAccessibleName("Scales")
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setItemDelegate(LineDelegate(self._list))
        self._list.selectionModel().currentChanged.connect(
            lambda index: self._scales.choose(str(index.data() or ""))
        )
        column.addWidget(self._list, 1)
        for text, on in (("+  Copy a built-in scale…", self._on_copy), ("+  Own scale", self._add)):
            one = button(text, on, "link")
            self._buttons.append(one)
            column.addWidget(one)
        left.setMinimumWidth(180)
        left.setMaximumWidth(360)
        return left

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(24, 16, 16, 8)
        column.setSpacing(10)
        self.name = FieldBox(_text_field("name", "Name of the scale", 30))
        self.name.left.connect(self._on_name)
        self.ranges = FieldBox(
            _text_field(
                "ranges",
                "Further values without wording",
                0,
                "One range a line, such as 0 to 100 step 1. Leave it blank where every value has "
                "its own wording above.",
                Shape.LONG,
            )
        )
        self.ranges.left.connect(self._on_ranges)
        column.addWidget(self.name)
        column.addWidget(self._used)
        column.addWidget(self.table, 1)
        column.addWidget(self._problem)
        row = QHBoxLayout()
        for text, on in (
            ("+  Step", self._scales.add_band),
            ("Remove the step", self._on_remove_band),
            ("Remove the scale", self._scales.remove),
        ):
            one = button(text, on, "link")
            self._buttons.append(one)
            row.addWidget(one)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.ranges)
        return right

    def _empty(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 24, 32, 24)
        column.setSpacing(8)
        column.addWidget(label("No scale yet", "section"))
        how = (
            "A scale says which scores may be given and what each means, in the words that you "
            "publish. Copy a built-in one and change its wording, or write your own."
        )
        column.addWidget(label(how, "muted", wrap=True))
        row = QHBoxLayout()
        self._copy_first = button("Copy a built-in scale…", self._on_copy, "primary")
        row.addWidget(self._copy_first)
        row.addWidget(button("Write your own", self._add))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return box

    def refresh(self) -> None:
        """Show what the file holds."""
        names = list(self._scales.names)
        editing = self._scales.setup.can_edit_method
        self._stack.setCurrentIndex(0 if names or not editing else 1)
        if self._names.stringList() != names:
            self._names.setStringList(names)
        if self._scales.chosen in names:
            self._list.setCurrentIndex(self._names.index(names.index(self._scales.chosen), 0))
        self.name.show_text(self._scales.chosen)
        self.ranges.show_text(self._scales.range_text)
        self._used.setText(self._scales.used_in_words)
        self._say("")
        for box in (self.name, self.ranges):
            box.allow(editing=editing)
        for one in self._buttons:
            one.setVisible(editing)

    def _say(self, problem: str) -> None:
        self._problem.setText(f"⊖  {problem}" if problem else "")
        self._problem.setVisible(bool(problem))

    def _on_name(self, text: str) -> None:
        self.name.show_problem(self._scales.rename(text))

    def _on_ranges(self, text: str) -> None:
        self.ranges.show_problem(self._scales.put_ranges(text))

    def _on_copy(self) -> None:
        menu = QMenu(self)
        for scale in self._scales.to_copy:
            steps = f"{len(scale.bands)} steps"
            menu.addAction(f"{scale.name}  ({steps})", partial(self._scales.copy, scale.name))
        under = self.sender()
        at = under if isinstance(under, QWidget) else self
        menu.exec(at.mapToGlobal(at.rect().bottomLeft()))

    def _add(self) -> None:
        self._scales.add()
        self.name.editor.setFocus()

    def _on_remove_band(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self._scales.remove_band(self._bands.place(index.row()))

    def show_what(self, what: str) -> None:
        """Show a scale."""
        if what:
            self._scales.choose(what)

    def leave(self) -> None:
        """Keep what is typed."""
        self.name.leave()
        self.ranges.leave()


def _text_field(
    name: str, words: str, width: int, hint: str = "", shape: Shape = Shape.LINE
) -> FormField[str]:
    return FormField(name, words, str, lambda _old, new: new, shape, hint=hint, width=width)
