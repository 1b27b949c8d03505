"""Every document: what it still lacks, to look at, to write, and all of them at once."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from tendereval.services.reporting_documents import SUMMARIES
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.award_parts.logo import LogoRow
from tendereval.ui.widgets.basics import Head, Page, button, hairline, label
from tendereval.ui.widgets.flow import FlowLayout
from tendereval.ui.widgets.job_row import JobRow
from tendereval.viewmodels.award import AwardViewModel
from tendereval.viewmodels.award_documents import DocumentRow, Lack


class DocumentsPage(Page):
    """Shows the documents part of an AwardViewModel.

    Attributes:
        pick_folder: asks where the set goes; empty for nowhere.

    Signals:
        drawn: the title and the content of a document to look at.
        part_wanted: the part of this screen where something is mended.
    """

    drawn = Signal(str, object)
    part_wanted = Signal(str)

    def __init__(self, view_model: AwardViewModel, jobs: JobRunner) -> None:
        super().__init__()
        self._view_model, self._jobs = view_model, jobs
        self.pick_folder: Callable[[], str] = self._ask_folder
        self.head = Head()
        self.write_all = button("Write all…", self._on_write_all, "primary")
        self.write_all.setToolTip("Every document into a new folder: all, or none")
        self.head.add_action(self.write_all)
        self.told = label(wrap=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._rows: tuple[DocumentRow, ...] = ()
        self.logo = LogoRow(view_model.documents.logo)
        for widget in (self.head, JobRow(jobs), self.told, self._list, self.logo):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show what the view-model says."""
        part = self._view_model.documents
        self.head.say(part.sentence, part.under)
        told = part.told
        self.told.setText("\n".join((f"✓  {told[0]}", *told[1:])) if told else "")
        self.told.setVisible(bool(told))
        self.logo.refresh()
        if self._rows != part.rows:
            self._rows = part.rows
            self._fill()

    def _fill(self) -> None:
        column = self._list.layout()
        had = self._focused_name()
        while column is not None and column.count():
            item = column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in self._rows:
            if column is not None:
                column.addWidget(self._document(row))
                column.addWidget(hairline())
        self._focus_named(had)

    def _focused_name(self) -> str:
        held: QWidget | None = self.focusWidget()
        if held is None or not self._list.isAncestorOf(held):
            return ""
        return held.accessibleName()

    def _focus_named(self, name: str) -> None:
        """Give the keys back to the control that had them before the list was made anew."""
        for one in self._list.findChildren(QWidget) if name else ():
            if one.accessibleName() == name and not one.isHidden():
                one.setFocus()
                return

    def _document(self, row: DocumentRow) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(row.title, "strong", wrap=True))
        for text in (row.what, " ".join(part for part in (row.state, row.written) if part)):
            if text:
                words.addWidget(label(text, "small", wrap=True))
        for lack in row.lacks:
            words.addWidget(self._lack(lack, row.title))
        for remark in row.remarks:
            words.addWidget(label(f"△  {remark}", "small", wrap=True))
        line.addLayout(words, 3)
        line.addWidget(self._buttons(row), 2)
        return box

    def _lack(self, lack: Lack, title: str) -> QWidget:
        if not lack.place:
            return label(f"△  {lack.words}", "small", wrap=True)
        found = button(f"△  {lack.words}  ›", partial(self._go, lack), "link")
        found.setProperty("flush", True)
        found.setAccessibleName(f"{title}: {lack.words} Go there")
        return found

    def _go(self, lack: Lack) -> None:
        if lack.place == "award":
            self.part_wanted.emit(lack.part)
        else:
            self._view_model.go(lack.place)

    def _buttons(self, row: DocumentRow) -> QWidget:
        box, title = QWidget(), row.title.lower()
        flow = FlowLayout(box, gap=8)
        made = []
        if row.ending == ".pdf" and not row.stops:
            look = button("Preview", lambda: self.preview(row))
            look.setAccessibleName(f"Preview the {title}")
            made.append(look)
        if row.kind == SUMMARIES and not row.stops:
            look = button("Preview…", partial(self.part_wanted.emit, "summaries"))
            look.setAccessibleName("Preview the assessment summaries, one by one")
            made.append(look)
        write = button("Write", lambda: self.write(row, self._path(row)))
        write.setAccessibleName(f"Write the {title} beside the tender file")
        write.setToolTip("Beside the tender file")
        elsewhere = button("Write elsewhere…", lambda: self._on_write(row), "link")
        elsewhere.setAccessibleName(f"Write the {title} elsewhere")
        elsewhere.setMinimumHeight(write.sizeHint().height())
        writing = [write, elsewhere]
        if row.workbook:
            path = self._view_model.documents.path_beside
            book = button("Write workbook", lambda: self.write(row, path(row, row.workbook)))
            book.setAccessibleName(f"Write the {title} as a workbook beside the tender file")
            book.setToolTip("A spreadsheet to go on working in, beside the tender file")
            writing.insert(1, book)
        for one in writing:
            one.setEnabled(not row.stops)
        flow.show_widgets([*made, *writing])
        return box

    def _path(self, row: DocumentRow) -> Path:
        return self._view_model.documents.path_beside(row)

    def _on_write(self, row: DocumentRow) -> None:
        part, title = self._view_model.documents, f"Write the {row.title.lower()}"
        if row.kind == SUMMARIES:
            folder = self.pick_folder()
            if folder:
                self.write(row, Path(folder) / part.path_beside(row).name)
            return
        name = part.proposed_name(row)
        kinds = ";;".join(f"*{ending}" for ending in (row.ending, row.workbook) if ending)
        chosen, _kind = QFileDialog.getSaveFileName(self, title, name, kinds)
        if chosen:
            self.write(row, Path(chosen))

    def write(self, row: DocumentRow, path: Path) -> None:
        """Write a document off the screen's thread."""
        self._jobs.run(
            f"Writing the {row.title.lower()}",
            self._view_model.documents.writing(row.kind, path),
            lambda _done: self._view_model.note_written(),
            self._view_model.refuse,
        )

    def preview(self, row: DocumentRow) -> None:
        """Show a document as it would be written now, made off the screen's thread."""
        self._jobs.run(
            f"Preparing the {row.title.lower()}",
            self._view_model.documents.drawing(row.kind),
            lambda content: self.drawn.emit(row.title, content),
            self._view_model.refuse,
        )

    def _on_write_all(self) -> None:
        parent = self.pick_folder()
        if parent:
            self.write_set(Path(parent))

    def write_set(self, parent: Path) -> None:
        """Write every document into a new folder, all or none, off the screen's thread."""
        part = self._view_model.documents
        self._jobs.run(
            "Writing all documents",
            part.writing_all(part.folder_in(parent)),
            self._view_model.note_written,
            self._view_model.refuse,
        )

    def _ask_folder(self) -> str:
        where = str(self._view_model.documents.folder_of_file)
        return QFileDialog.getExistingDirectory(self, "Where the new folder goes", where)
