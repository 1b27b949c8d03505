"""Documents of one bidder: add, open in another program, save a copy, take off its answers."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from tendereval.services.documents_out import safe_name
from tendereval.ui import theme
from tendereval.ui.screens.bid_answers import open_outside
from tendereval.ui.widgets.basics import button, label
from tendereval.ui.widgets.inset_rows import set_in
from tendereval.ui.widgets.table import Table
from tendereval.viewmodels.bid_answers import BidAnswers, DocumentLine

_HEADS, _WIDTHS = ("Document", "Size", "Answers in it"), (80, 150)
_NOTHING = "No documents yet. They come with an imported folder, or add them here one by one."


class DocumentsPart(QWidget):
    """Shows the documents of the bidder that is chosen.

    Attributes:
        pick_files: asks for files and returns their paths.
        pick_target: asks where a copy of that name goes; empty for nowhere.
    """

    def __init__(self, view_model: BidAnswers) -> None:
        super().__init__()
        self._view_model = view_model
        self.pick_files: Callable[[], list[str]] = self._ask_files
        self.pick_target: Callable[[str], str] = self._ask_target
        self._model = QStandardItemModel(self)
        self.table = Table("Documents")
        self.table.setModel(self._model)
        set_in(self.table)
        self._say = label(role="muted", wrap=True)
        self._build()
        self.table.selectionModel().currentRowChanged.connect(lambda _n, _o: self._show_buttons())
        self.table.opened.connect(lambda _index: self._on_open())
        view_model.changed.connect(self.refresh)
        theme.changed().connect(self._set_widths)
        self.refresh()

    def _build(self) -> None:
        self.add = button("Add documents…", self._on_add)
        self.open = button("Open", self._on_open)
        self.save = button("Save a copy…", self._on_save)
        self.take_off = button("Take it off its answers", self._on_take_off)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 16, 24)
        column.setSpacing(12)
        box = QVBoxLayout()
        box.setContentsMargins(12, 0, 0, 0)
        box.addWidget(self._say)
        row = QHBoxLayout()
        for item in (self.add, self.open, self.save, self.take_off):
            row.addWidget(item)
        row.addStretch(1)
        box.addLayout(row)
        column.addLayout(box)
        column.addWidget(self.table, 1)

    @property
    def line(self) -> DocumentLine | None:
        """The document that is chosen in the table."""
        row, lines = self.table.currentIndex().row(), self._view_model.documents
        return lines[row] if 0 <= row < len(lines) else None

    def refresh(self) -> None:
        """Show the documents."""
        lines, at = self._view_model.documents, self.table.currentIndex().row()
        self._model.setRowCount(0)
        self._model.setHorizontalHeaderLabels(list(_HEADS))
        for line in lines:
            texts = (line.document.name, line.size, line.used_for or "–")
            items = [QStandardItem(text) for text in texts]
            for item in items:
                item.setEditable(False)
                item.setToolTip(item.text())
            self._model.appendRow(items)
        self._set_widths()
        self.table.setVisible(bool(lines))
        if lines:
            self.table.selectRow(min(max(at, 0), len(lines) - 1))
        self._show_buttons()

    def _show_buttons(self) -> None:
        line, view = self.line, self._view_model
        self.add.setVisible(view.may_edit)
        self.open.setVisible(line is not None and line.opens)
        self.save.setVisible(line is not None)
        self.take_off.setVisible(view.may_edit and line is not None and bool(line.used_for))
        words = "" if line is not None else _NOTHING if view.may_edit else "No documents."
        if line is not None and not line.opens:
            words = f"{line.document.name} can run or fetch things, so only a copy is saved."
        self._say.setText(words)
        self._say.setVisible(bool(words))

    def _set_widths(self) -> None:
        header = self.table.horizontalHeader()
        if not header.count():
            return
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for number, width in enumerate(_WIDTHS, start=1):
            header.resizeSection(number, theme.current().px(width))

    def _on_add(self) -> None:
        self._view_model.add_documents([Path(name) for name in self.pick_files()])

    def _on_open(self) -> None:
        line = self.line
        if line is not None:
            open_outside(self._view_model, line)

    def _on_save(self) -> None:
        line = self.line
        target = self.pick_target(safe_name(line.document.name)) if line else ""
        if line is not None and target:
            self._view_model.save_copy(line.document, Path(target))

    def _on_take_off(self) -> None:
        line = self.line
        if line is not None:
            self._view_model.take_off(line.document.id)

    def _ask_files(self) -> list[str]:
        return QFileDialog.getOpenFileNames(self, "Choose documents")[0]

    def _ask_target(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self, "Save a copy", name)[0]
