"""A pay schedule: typed role by role in a table, or pasted from a spreadsheet."""

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QPlainTextEdit,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.parts.form import LongEdit
from tendereval.ui.screens.public_value_parts.rows_table import ClearDelegate
from tendereval.ui.screens.public_value_parts.side_page import SidePage
from tendereval.ui.widgets.basics import button, field, label
from tendereval.ui.widgets.flow import FlowLayout
from tendereval.ui.widgets.inset_rows import set_in
from tendereval.ui.widgets.table import Index, Table
from tendereval.viewmodels.public_value_pay import CHOICES, PayTable

_WIDTHS: Final = (0, 110, 90, 80, 100, 110, 80, 90, 100)
_LEAST, _MOST, _ROWS, _SHOWN = 180, 380, 12, 12
_UNDER: Final = (
    "One line a role: type over a cell, or press Ctrl+V to paste lines from a spreadsheet. Pay is "
    "in pounds, an hour or a year; hours are a week."
)


class _CellDelegate(ClearDelegate):
    """Writes in a cell: a list where there are few choices, else a line of text."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return what is written with."""
        words = CHOICES.get(index.column())
        if words is None:
            editor = super().createEditor(parent, option, index)
        else:
            editor = QComboBox(parent)
            editor.addItems(list(words))
            editor.activated.connect(lambda _at: self.commitData.emit(editor))
        title = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(str(title))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what stands in the cell."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findText(str(index.data() or ""))))
            return
        super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Keep what was written."""
        if isinstance(editor, QComboBox):
            at = model.index(index.row(), index.column())
            model.setData(at, editor.currentText())
            return
        super().setModelData(editor, model, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Let Enter keep a choice as it keeps text."""
        if (
            isinstance(editor, QComboBox)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        ):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            return True
        return super().eventFilter(editor, event)


class PayGrid(Table):
    """The roles as cells that can be written in.

    Signals:
        pasted: text was pasted.
    """

    pasted = Signal(str)

    def __init__(self, model: PayTable) -> None:
        super().__init__("Pay by role")
        self.setModel(model)
        set_in(self, _CellDelegate(self))
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self.fit)
        model.rowsInserted.connect(self.fit)
        self.fit()

    def follow_theme(self) -> None:
        """Take row heights and widths from the theme."""
        super().follow_theme()
        if self.model() is not None:
            self.fit()

    def fit(self) -> None:
        """Give every column its width, and the table the height of its rows."""
        look, header = theme.current(), self.horizontalHeader()
        taken = sum(look.px(width) for width in _WIDTHS)
        left = max(self.viewport().width() - taken, look.px(_LEAST))
        for number, width in enumerate(_WIDTHS):
            header.resizeSection(number, look.px(width) if width else min(left, look.px(_MOST)))
        one = self.verticalHeader().defaultSectionSize()
        shown = min(self.model().rowCount(), _ROWS)
        bar = look.px(14) if taken + left > self.viewport().width() + 1 else 0
        self.setFixedHeight(shown * one + header.sizeHint().height() + look.px(3) + bar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, clear a cell, or write in it on Enter."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.edit(index)
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and index.isValid():
            self.model().setData(index, "")
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class PayPage(SidePage):
    """Types or pastes the schedule of one bidder and records it."""

    def __init__(self, model: PayTable) -> None:
        super().__init__(narrow=False)
        self.model = model
        self.grid = PayGrid(model)
        self._problems = label(role="problem", wrap=True)
        self._problems.setAccessibleName("What is wrong")
        self.do_it = button("Record the pay schedule", self.record, "primary")
        self.paste = button("Paste from a spreadsheet…", self._on_paste)
        self.take_out = button("Take this role out", self._on_take_out)
        self._pasting = QWidget()
        self._build_pasting(QVBoxLayout(self._pasting))
        box, self.reason = field("Reason", LongEdit(), "Why another schedule counts; it is kept.")
        self._reason_box = box
        row = QWidget()
        flow = FlowLayout(row, gap=12)
        for one in (self.do_it, self.paste, self.take_out):
            flow.addWidget(one)
        for widget in (self.grid, self._problems, self._pasting, box, self.problem, row):
            self.body.addWidget(widget)
        self.grid.pasted.connect(self.take)
        model.typed.connect(self._look)

    def _build_pasting(self, inside: QVBoxLayout) -> None:
        inside.setContentsMargins(0, 0, 0, 0)
        box, self.lines = field("Lines as they were pasted", QPlainTextEdit())
        self.lines.setTabChangesFocus(True)
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._wrong = label(role="problem", wrap=True)
        self.take_lines = button("Take these lines", self._on_take_lines)
        self.drop_lines = button("Let them be", self._close_pasting)
        row = QWidget()
        flow = FlowLayout(row, gap=12)
        flow.addWidget(self.take_lines)
        flow.addWidget(self.drop_lines)
        for widget in (box, self._wrong, row):
            inside.addWidget(widget)
        self._pasting.hide()

    def start(self) -> None:
        """Show the schedule of the bidder, ready to be written in."""
        self.head.say(f"Pay schedule of {self.model.name}", _UNDER)
        self.say_problem("")
        self.reason.clear()
        self._reason_box.setVisible(self.model.needs_reason)
        self._close_pasting()
        self._look()
        self.grid.setCurrentIndex(self.model.index(0, 0))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        found = self.model.problems
        more = f"\nAnd {len(found) - _SHOWN} more." if len(found) > _SHOWN else ""
        self._problems.setText("\n".join(f"⊖  {text}" for text in found[:_SHOWN]) + more)
        self._problems.setVisible(bool(found))
        self.grid.viewport().update()

    def take(self, text: str) -> None:
        """Take pasted lines; where something is wrong they stay to be mended."""
        wrong = self.model.take(text)
        if not wrong and text.strip():
            self._close_pasting()
            self.grid.setFocus()
            return
        if self.lines.toPlainText() != text:
            self.lines.setPlainText(text)
        more = f"\nAnd {len(wrong) - _SHOWN} more." if len(wrong) > _SHOWN else ""
        told = "\n".join(f"⊖  {one}" for one in wrong[:_SHOWN]) + more
        self._wrong.setText(told or "Paste lines here, one a role, with or without a heading.")
        self._pasting.show()
        self.lines.setFocus()

    def _on_paste(self) -> None:
        self.take(QGuiApplication.clipboard().text())

    def _on_take_lines(self) -> None:
        self.take(self.lines.toPlainText())

    def _close_pasting(self) -> None:
        self.lines.clear()
        self._pasting.hide()

    def _on_take_out(self) -> None:
        self.model.clear_line(self.grid.currentIndex().row())
        self.grid.setFocus()

    @property
    def is_changed(self) -> bool:
        """Whether something stands here that is not recorded."""
        return self.model.is_changed

    def record(self) -> None:
        """Record the schedule, or say what is wrong."""
        self.grid.setFocus()  # what is being written in a cell is kept
        problem = self.model.record(self.reason.toPlainText())
        self.say_problem(problem)
        if not problem:
            self.left.emit()
        elif self.model.needs_reason and not self.reason.toPlainText().strip():
            self.reason.setFocus()
