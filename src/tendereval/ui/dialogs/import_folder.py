"""A folder coming in: every file with where it goes, put right in the table, then brought in."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import Head, button, label
from tendereval.ui.widgets.inset_rows import InsetDelegate, set_in
from tendereval.ui.widgets.table import Index, Table
from tendereval.viewmodels.folder_import import FILE, HOW, WHAT, FilesModel, FolderImport

_WIDTHS = (250, 150, 180, 150)
_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2})


class ChoiceDelegate(InsetDelegate):
    """Lets a place be chosen in the cell, from what the model offers."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a list of choices that opens at once."""
        editor = QComboBox(parent)
        for value, words in index.data(FilesModel.CHOICES) or ():
            editor.addItem(words, value)
        editor.setAccessibleName(str(index.data()))
        editor.activated.connect(lambda _at: self._on_chosen(editor))
        return editor

    def _on_chosen(self, editor: QComboBox) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what is chosen now, and the choices."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))
            editor.showPopup()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())


class FilesTable(Table):
    """The files; Enter, space or a click on a chosen cell opens its choices."""

    def __init__(self) -> None:
        super().__init__("Files of the folder")
        set_in(self, ChoiceDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.SelectedClicked | triggers.DoubleClicked)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the choices of the cell."""
        index = self.currentIndex()
        editable = Qt.ItemFlag.ItemIsEditable
        if event.key() in _KEYS and index.isValid() and index.flags() & editable:
            self.edit(index)
            event.accept()
            return
        super().keyPressEvent(event)


class FolderDialog(QDialog):
    """Shows what a FolderImport says; the safe button is the default."""

    def __init__(self, view_model: FolderImport, jobs: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._view_model, self._jobs = view_model, jobs
        self._is_bringing = False
        self.setWindowTitle("Import a folder")
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._head = Head()
        self.table = FilesTable()
        self.table.setModel(view_model.files)
        self._row = label(role="compact", wrap=True)
        self._waits = label(role="attention", wrap=True)
        self._build()
        self.resize(1080, 700)
        self.table.selectionModel().currentChanged.connect(lambda _n, _o: self._show_row())
        view_model.files.corrected.connect(self.refresh)
        view_model.brought.connect(self._on_over)
        view_model.brought.connect(self.accept)
        view_model.failed.connect(self._on_over)
        jobs.progressed.connect(self._on_progress)
        theme.changed().connect(self._set_widths)

    def _build(self) -> None:
        hint = "Bidder and question are proposed from the names. Choose in the table to correct."
        self.bring = button("Bring the files in", self._on_bring)
        self.leave_it = button("Leave it", self.reject)
        self.leave_it.setDefault(True)
        self.show_first = button("Show it", self._on_show_first, "link")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._head)
        column.addWidget(label(hint, "small", wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self._row)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._waits, 1)
        row.addWidget(self.show_first)
        row.addWidget(self.leave_it)
        row.addWidget(self.bring)
        column.addLayout(row)
        self._set_widths()

    def _set_widths(self) -> None:
        header = self.table.horizontalHeader()
        for number, width in enumerate(_WIDTHS):
            header.resizeSection(number, theme.current().px(width))
        header.setSectionResizeMode(HOW, QHeaderView.ResizeMode.Stretch)

    def show_folder(self) -> None:
        """Show the files of the folder that was looked through."""
        self.refresh()
        self.open()
        self.table.setFocus()
        if self._view_model.files.rowCount():
            self.table.setCurrentIndex(self._view_model.files.index(0, 0))

    def refresh(self) -> None:
        """Show what goes in and what stands in the way."""
        view = self._view_model
        self._head.say(view.sentence, view.under)
        waits = view.waits_for
        self._waits.setText(f"△  {waits}" if waits else "")
        self.bring.setEnabled(view.may_be_brought)
        self.show_first.setVisible(view.files.first_conflict.isValid())
        self._show_row()

    def _show_row(self) -> None:
        index = self.table.currentIndex()
        files = self._view_model.files
        words = [str(files.index(index.row(), at).data()) for at in (FILE, WHAT, HOW)]
        self._row.setText(f"{words[0]} ({words[1]}): {words[2]}" if index.isValid() else "")

    def _on_show_first(self) -> None:
        index: QModelIndex = self._view_model.files.first_conflict
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self.table.setFocus()

    def _on_over(self) -> None:
        self._is_bringing = False
        self.refresh()

    def _on_progress(self, done: int, total: int, text: str) -> None:
        if self.isVisible():
            self._waits.setText(f"{text} {done:,} of {total:,}")

    def reject(self) -> None:
        """Leave the folder; files that are coming in just now are taken back."""
        if self._is_bringing:
            self._jobs.cancel()
        super().reject()

    def _on_bring(self) -> None:
        self._is_bringing = True
        self.bring.setEnabled(False)
        view = self._view_model
        self._jobs.run("Bringing files in:", view.bring(), view.on_brought, view.on_failed)
