"""Collecting returns: a look at every file in words, then one button that takes all in or none."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.errors import UserFixable
from tendereval.services.collecting import Verdict
from tendereval.services.progress import Cancelled
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.panel_parts.flow_page import FlowPage, flow_of, row_of
from tendereval.ui.widgets.basics import button, empty_state, field, label
from tendereval.ui.widgets.fitted_table import FittedTable
from tendereval.viewmodels.panel_collecting import FILE, VERDICT, Collecting

_WIDTHS, _ROWS = (0, 160, 220, 60, 80, 80), 8


class KeyPart(QWidget):
    """A return signed with another key than the one known: compare the words, then say why."""

    def __init__(self, on_accept: Callable[[str], object]) -> None:
        super().__init__()
        self._on_accept = on_accept
        self.words = label(role="large", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box, self.reason = field("How you made sure that it is the person’s own", QLineEdit())
        self.accept = button("Accept the new key", lambda: self._on_accept(self.reason.text()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("Words of the key in the file, to compare by phone", "small"))
        column.addWidget(self.words)
        column.addWidget(box)
        column.addLayout(row_of(self.accept))
        self.reason.textChanged.connect(lambda text: self.accept.setEnabled(bool(text.strip())))
        self.accept.setEnabled(False)


class ReceiptsPart(QWidget):
    """What goes back to the evaluators once their returns are in."""

    def __init__(self, view_model: Collecting) -> None:
        super().__init__()
        self._view_model = view_model
        self.pick_file: Callable[[str], str] = self._ask_file
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Receipts")
        self.copy = button("Copy", self._on_copy)
        self.save = button("Save…", self._on_save)
        self.said = label(role="small", wrap=True)
        hint = (
            "Send each person their receipt. With it, the app offers to remove the working file. "
            "Receipts also travel in the next pack."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("Receipts", "section"))
        column.addWidget(label(hint, wrap=True))
        column.addWidget(self.text, 1)
        column.addLayout(row_of(self.copy, self.save))
        column.addWidget(self.said)

    def refresh(self) -> None:
        """Show the receipts."""
        self.text.setPlainText(self._view_model.receipts_text)
        self.said.clear()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._view_model.receipts_text)
        self.said.setText("✓  Copied.")

    def _on_save(self) -> None:
        chosen = self.pick_file("receipts.txt")
        if chosen and self._view_model.save_receipts(Path(chosen)):
            self.said.setText(f"✓  Saved as {Path(chosen).name}.")

    def _ask_file(self, proposed: str) -> str:
        return QFileDialog.getSaveFileName(self, "Save the receipts", proposed, "Text (*.txt)")[0]


class CollectPage(FlowPage):
    """One round of returns.

    Attributes:
        pick_files: asks for files and returns their paths.
    """

    def __init__(self, view_model: Collecting, jobs: JobRunner) -> None:
        super().__init__(jobs, view_model.unlock)
        self._view_model = view_model
        self.pick_files: Callable[[], list[str]] = self._ask_files
        self.table = FittedTable("Files looked at", view_model.files, _WIDTHS, rows=_ROWS)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName("What the chosen file would do")
        self.key = KeyPart(self._on_accept_key)
        hint = "Recorded with the return. A newer return stays kept."
        self.insist_box, self.insist = field("Why an older return is taken", QLineEdit(), hint)
        self.add = button("Choose more files…", self.choose)
        self.leave_out = button("Leave this file out", self._on_leave_out)
        self.leave_refused = button("Leave out what is refused", self._on_leave_refused)
        self.take = button("Take in", self._on_take, "primary")
        self._waits = label(role="small", wrap=True)
        self.passed_over = label(role="small", wrap=True)
        self.receipts = ReceiptsPart(view_model)
        self._looking = QWidget()
        self._empty = empty_state(
            "Returns go here",
            "Drop .scores files or scoring workbooks anywhere on this window, one or many, or a "
            "folder of them. You see what each would do before anything is taken in.",
            ("Choose files…", self.choose),
        )
        self._build()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.insist.textChanged.connect(lambda _text: self._wait())
        view_model.changed.connect(self.refresh)
        view_model.refused_here.connect(self.refuse)

    def _build(self) -> None:
        inside = QVBoxLayout(self._looking)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(self.table)
        inside.addWidget(self.words, 1)
        inside.addWidget(self.key)
        inside.addWidget(self.insist_box)
        inside.addWidget(flow_of(self.add, self.leave_out, self.leave_refused))
        row = row_of(self.take)
        row.insertWidget(1, self._waits, 1)
        inside.addLayout(row)
        self.body.addWidget(self.passed_over)
        self.body.addWidget(self._empty)
        self.body.addWidget(self._looking, 1)
        self.body.addWidget(self.receipts, 1)

    def start(self, paths: Sequence[Path] = ()) -> None:
        """Look at some returns beside those that are looked at already."""
        self.clear_problem()
        if self._view_model.done is not None:
            self._view_model.clear()
        self.refresh()
        if paths:
            self._look(lambda: self._view_model.look(paths))
        elif not self._view_model.has_files:
            for start in self._empty.findChildren(QPushButton):
                start.setFocus()

    def choose(self) -> None:
        """Ask for files and look at them."""
        chosen = self.pick_files()
        if chosen:
            self.start([Path(name) for name in chosen])

    def _look(self, job: Callable[[], Callable[..., object]]) -> None:
        try:
            work = job()
        except UserFixable as refusal:
            self.refuse(refusal)
            return
        self.work("Looking at returns", work, self._on_looked, self._on_look_failed)

    def unlocked(self) -> None:
        """Look at the files now."""
        if self._view_model.paths:
            self._look(self._view_model.look_again)

    def _on_looked(self, found: object) -> None:
        self._view_model.on_looked(found)
        reports = self._view_model.files.rows
        bad = (n for n, item in enumerate(reports) if item.verdict is not Verdict.MERGED)
        if reports:
            self.table.selectRow(next(bad, 0))
            self.table.setFocus()

    def _on_look_failed(self, refusal: UserFixable) -> None:
        self._view_model.forget_last()
        self.refresh()
        if not isinstance(refusal, Cancelled):
            self.refuse(refusal)

    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_row()

    def _show_row(self) -> None:
        view, row = self._view_model, self.table.currentIndex().row()
        reports = view.files.rows
        report = reports[row] if 0 <= row < len(reports) else None
        self.words.setPlainText(view.in_words(row))
        self.leave_out.setEnabled(report is not None)
        other = report is not None and view.is_other_key(report)
        self.key.setVisible(other)
        if other and report is not None:
            self.key.words.setText(view.key_words(report))

    def refresh(self) -> None:
        """Show what the view-model says."""
        view = self._view_model
        self.head.say(view.sentence, view.under)
        self.passed_over.setText(view.passed_over)
        self.passed_over.setVisible(bool(view.passed_over) and view.done is None)
        self._empty.setVisible(not view.has_files and view.done is None and not self.is_working)
        self._looking.setVisible(view.has_files and view.done is None)
        self.receipts.setVisible(view.done is not None)
        if view.done is not None:
            self.receipts.refresh()
        self.insist_box.setVisible(view.needs_reason)
        refused = view.collection.refused if view.collection else ()
        self.leave_refused.setVisible(bool(refused) and len(view.files.rows) > 1)
        self._show_row()
        self._wait()

    def _wait(self) -> None:
        waits = self._view_model.waits_for(self.insist.text())
        self._waits.setText(waits)
        self.take.setText(self._view_model.verb)
        self.take.setEnabled(self._view_model.has_files and not waits)

    def _on_leave_out(self) -> None:
        self._view_model.leave_out(self.table.currentIndex().row())
        if self._view_model.files.rows:
            self.table.setCurrentIndex(self._view_model.files.index(0, FILE))

    def _on_leave_refused(self) -> None:
        self._view_model.leave_out_refused()
        if self._view_model.files.rows:
            self.table.setCurrentIndex(self._view_model.files.index(0, VERDICT))

    def _on_accept_key(self, reason: str) -> None:
        if self._view_model.accept_key(self.table.currentIndex().row(), reason):
            self.key.reason.clear()
            self._look(self._view_model.look_again)

    def _on_take(self) -> None:
        job = self._view_model.take(self.insist.text())
        self.work("Taking returns in", job, self._on_taken)

    def _on_taken(self, result: object) -> None:
        self.insist.clear()
        self._view_model.on_taken(result)
        self.receipts.copy.setFocus()

    def go_back(self) -> None:
        """Leave the page, whatever is on it; files looked at are forgotten."""
        super().go_back()
        self._view_model.clear()
        self.clear_problem()

    def _ask_files(self) -> list[str]:
        return QFileDialog.getOpenFileNames(
            self, "Choose returns", filter="Returns and workbooks (*.scores *.xlsx)"
        )[0]
