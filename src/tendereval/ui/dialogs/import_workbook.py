"""Taking a workbook into an open tender: what it would bring, or what is wrong with it."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tendereval.domain.errors import WorkbookProblems
from tendereval.services.importing import ImportReport
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import button, field, label
from tendereval.ui.widgets.problem_table import ProblemTable
from tendereval.viewmodels.workbook_import import WorkbookImportViewModel, in_words


class ImportWorkbook(QDialog):
    """Looks into the workbook at once; imports only when the person says so."""

    def __init__(
        self,
        view_model: WorkbookImportViewModel,
        jobs: JobRunner,
        workbook: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._view_model, self._jobs, self._workbook = view_model, jobs, workbook
        self.setWindowTitle("Import a workbook")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(workbook.name, "section", wrap=True))
        self.words = label("Looking into the workbook…", wrap=True)
        column.addWidget(self.words)
        self.problems = ProblemTable()
        column.addWidget(self.problems, 1)
        hint = "Asked for where the workbook changes something that is recorded already."
        self._reason_box, self.reason = field("Reason", QLineEdit(), hint, optional=True)
        column.addWidget(self._reason_box)
        column.addStretch(0)
        column.addLayout(self._buttons())
        self.problems.hide()
        self.resize(theme.current().px(640), theme.current().px(280))
        self.look()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.again = button("Look again", self.look)
        self.take = button("Import it", self._on_take)
        self.keep = button("Change nothing", self.reject)
        self.keep.setDefault(True)
        row.addWidget(self.again)
        row.addStretch(1)
        row.addWidget(self.take)
        row.addWidget(self.keep)
        return row

    def look(self) -> None:
        """Tell what the workbook would bring."""
        self.take.setEnabled(False)
        self.words.setText("Looking into the workbook…")
        job = self._view_model.trying(self._workbook, self.reason.text())
        self._jobs.run("Looking into the workbook", job, self._on_tried, self._on_failed)

    def _on_tried(self, report: object) -> None:
        if isinstance(report, ImportReport):
            self.problems.hide()
            self.words.setText(in_words(report))
            self.take.setEnabled(bool(report.brought))

    def _on_failed(self, error: Exception) -> None:
        refusal = self._view_model.refuse(error)
        self.take.setEnabled(False)
        if not isinstance(refusal, WorkbookProblems):
            self.words.setText(f"⊖  {refusal.happened} {refusal.kept} {refusal.do}")
            return
        number = len(refusal.problems)
        count = "one problem" if number == 1 else f"{number} problems"
        self.words.setText(
            f"⊖  The workbook has {count}. Nothing was changed. Mend the cells below in the "
            "workbook, save it and look again."
        )
        self.problems.show_problems(refusal.problems)
        self.problems.show()
        look = theme.current()
        self.resize(max(self.width(), look.px(960)), max(self.height(), look.px(520)))

    def _on_take(self) -> None:
        self.take.setEnabled(False)
        job = self._view_model.importing(self._workbook, self.reason.text())
        self._jobs.run("Taking the workbook in", job, self._on_taken, self._on_failed)

    def _on_taken(self, _report: object) -> None:
        self._view_model.note_imported()
        self.accept()
