"""The Award and documents screen: decision, approvals, documents."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from tendereval.ui.dialogs.preview import Preview
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.award_parts.approvals import ApprovalsPart
from tendereval.ui.screens.award_parts.decision import DecisionPart
from tendereval.ui.widgets.basics import Head, Page, button, hairline, label
from tendereval.ui.widgets.choices import Choice
from tendereval.viewmodels.award import AwardViewModel, DocumentRow


class AwardScreen(Page):
    """Shows what an AwardViewModel says."""

    def __init__(self, view_model: AwardViewModel, jobs: JobRunner) -> None:
        super().__init__()
        self._view_model, self._jobs = view_model, jobs
        self._head = Head()
        self.lots = Choice()
        self.lots.setAccessibleName("Lot")
        for lot, words in view_model.lots_in_words:
            self.lots.addItem(words, lot)
        self.lots.setVisible(self.lots.count() > 1)
        self.lots.currentIndexChanged.connect(self._on_lot)
        self._head.add_action(self.lots)
        self.deciding = DecisionPart(view_model)
        self.approving = ApprovalsPart(view_model)
        self._documents = QWidget()
        QVBoxLayout(self._documents).setContentsMargins(0, 0, 0, 0)
        for widget in (self._head, self.deciding, self.approving):
            self.column.addWidget(widget)
        self.column.addWidget(label("Documents", "section"))
        self.column.addWidget(self._documents)
        self.column.addStretch(1)
        self._rows: tuple[DocumentRow, ...] = ()
        view_model.read_again.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the view-model says."""
        view = self._view_model
        self._head.say(view.sentence, view.under)
        self.deciding.refresh()
        self.approving.refresh()
        self._fill_documents()

    def leave(self) -> None:
        """Keep a rationale that is being typed."""
        self.deciding.keep_typing()

    def _on_lot(self, number: int) -> None:
        self.deciding.keep_typing()
        self._view_model.choose_lot(self.lots.itemData(number))

    def _fill_documents(self) -> None:
        column = self._documents.layout()
        if column is None or self._rows == self._view_model.documents:
            return
        self._rows = self._view_model.documents
        while column.count():
            item = column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in self._rows:
            column.addWidget(self._document(row))
            column.addWidget(hairline())

    def _document(self, row: DocumentRow) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(row.title, "strong"))
        state = "\n".join(part for part in (row.lacks, row.written) if part)
        for text in (row.what, state or "Complete."):
            words.addWidget(label(text, "small", wrap=True))
        line.addLayout(words, 1)
        title = row.title.lower()
        if row.ending == ".pdf":
            look = button("Preview", lambda: self.preview(row))
            look.setAccessibleName(f"Preview the {title}")
            line.addWidget(look)
        write = button("Write", lambda: self.write(row, self._view_model.path_beside(row)))
        write.setAccessibleName(f"Write the {title} beside the tender file")
        write.setToolTip("Beside the tender file")
        elsewhere = button("Write elsewhere…", lambda: self._on_write(row), "link")
        elsewhere.setAccessibleName(f"Write the {title} elsewhere")
        line.addWidget(write)
        line.addWidget(elsewhere)
        return box

    def _on_write(self, row: DocumentRow) -> None:
        name = self._view_model.proposed_name(row)
        chosen, _kind = QFileDialog.getSaveFileName(
            self, f"Write the {row.title.lower()}", name, f"*{row.ending}"
        )
        if chosen:
            self.write(row, Path(chosen))

    def write(self, row: DocumentRow, path: Path) -> None:
        """Write a document off the screen's thread."""
        self._jobs.run(
            f"Writing the {row.title.lower()}",
            self._view_model.writing(row.kind, path),
            lambda _path: self._view_model.note_written(),
            self._view_model.refuse,
        )

    def preview(self, row: DocumentRow) -> None:
        """Show a document as it would be written now, made off the screen's thread."""
        self._jobs.run(
            f"Preparing the {row.title.lower()}",
            self._view_model.drawing(row.kind),
            lambda content: self._show_preview(row.title, content),
            self._view_model.refuse,
        )

    def _show_preview(self, title: str, content: object) -> None:
        if isinstance(content, bytes):
            Preview(title, content, self).show()


def make(view_model: AwardViewModel, jobs: JobRunner) -> AwardScreen:
    """Return the screen of the place ``award``."""
    return AwardScreen(view_model, jobs)
