"""A new tender: empty, from a workbook, or the worked example to look around in."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.errors import UserFixable, WorkbookProblems
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import button, field, label
from tendereval.ui.widgets.problem_table import ProblemTable
from tendereval.viewmodels.welcome import WelcomeViewModel

EMPTY, WORKBOOK, EXAMPLE = 0, 1, 2
_WAYS: Final = (
    ("Empty", "You write the method in Set-up, step by step."),
    ("From a workbook", "Criteria, scales, panel and bidders come from an .xlsx file."),
    ("The worked example", "A finished, made-up tender to look around in."),
)
_VERBS: Final = ("Make the tender…", "Make the tender…", "Choose a folder…")


class NewTender(QDialog):
    """Three ways to begin; accepted once a file is open.

    What is called ``ask_…`` asks the person for a place; it may be replaced.
    """

    def __init__(
        self, view_model: WelcomeViewModel, jobs: JobRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._view_model, self._jobs = view_model, jobs
        self._workbook: Path | None = None
        self.ask_path: Callable[[str], str] = self._ask_path
        self.ask_workbook: Callable[[], str] = self._ask_workbook
        self.ask_template: Callable[[], str] = self._ask_template
        self.ask_folder: Callable[[], str] = self._ask_folder
        self.setWindowTitle("New tender")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(label("How do you want to begin?", "section"))
        column.addLayout(self._make_ways())
        self._stack = QStackedWidget()
        for page in (self._make_empty(), self._make_from_workbook(), self._make_example()):
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)
        self.wrong = label(role="problem", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        column.addLayout(self._make_buttons())
        self.resize(theme.current().px(640), theme.current().px(520))
        self.choose(EMPTY)

    def _make_ways(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        self.ways = QButtonGroup(self)
        for number, (name, what) in enumerate(_WAYS):
            way = QRadioButton(f"{name}: {what[0].lower()}{what[1:]}")
            way.setEnabled(number != EXAMPLE or self._view_model.has_example)
            self.ways.addButton(way, number)
            column.addWidget(way)
        self.ways.idClicked.connect(self.choose)
        return column

    def _make_empty(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        reference, self.reference = field("Reference", QLineEdit(), "As on the tender notice.")
        title, self.title = field("Title", QLineEdit())
        name, self.name = field(
            "Your name", QLineEdit(), "The record says who made the file. You join the panel later."
        )
        email, self.email = field("Your e-mail", QLineEdit(), optional=True)
        self.reference.setMaximumWidth(theme.current().px(220))
        self.name.setMaximumWidth(theme.current().px(320))
        self.email.setMaximumWidth(theme.current().px(320))
        for box in (reference, title, name, email):
            column.addWidget(box)
        column.addStretch(1)
        for one in (self.reference, self.title, self.name):
            one.textChanged.connect(lambda _text: self._look())
        return page

    def _make_from_workbook(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        row = QHBoxLayout()
        row.addWidget(button("Choose a workbook…", self._on_choose_workbook))
        self._again = button("Look again", self._try_workbook, "link")
        self._again.hide()
        row.addWidget(self._again)
        row.addStretch(1)
        row.addWidget(button("Write an empty workbook…", self._on_template, "link"))
        column.addLayout(row)
        self.found = label(
            "No workbook yet? Write an empty one: it holds guidance, drop-downs and an example.",
            "muted",
            wrap=True,
        )
        column.addWidget(self.found)
        self.problems = ProblemTable()
        self.problems.hide()
        column.addWidget(self.problems, 1)
        column.addStretch(0)
        return page

    def _make_example(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            label(
                "Cleaning and caretaking of libraries: five tenders, seven people, from the "
                "method to the award report. It is copied to a folder that you choose, with the "
                "workbooks it was made from. Change what you like in it.",
                wrap=True,
            )
        )
        column.addStretch(1)
        return page

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.cancel = button("Cancel", self.reject)
        self.make = button(_VERBS[EMPTY], self._on_make, "primary")
        row.addWidget(self.cancel)
        row.addWidget(self.make)
        return row

    def choose(self, way: int) -> None:
        """Show what one way to begin asks for."""
        self.ways.button(way).setChecked(True)
        self._stack.setCurrentIndex(way)
        self.make.setText(_VERBS[way])
        self.wrong.hide()
        self._ready = way != WORKBOOK
        self._look()
        if way == WORKBOOK and self._workbook is not None:
            self._try_workbook()

    def _look(self) -> None:
        written = all(one.text().strip() for one in (self.reference, self.title, self.name))
        self.make.setEnabled(self._ready and (written or self._stack.currentIndex() != EMPTY))

    def _on_choose_workbook(self) -> None:
        chosen = self.ask_workbook()
        if chosen:
            self._workbook = Path(chosen)
            self._try_workbook()

    def _on_template(self) -> None:
        chosen = self.ask_template()
        if chosen:
            path = Path(chosen)
            path = path if path.suffix == ".xlsx" else path.with_name(f"{path.name}.xlsx")
            job = self._view_model.writing_template(path)
            self._run("Writing an empty workbook", job, self._on_written)

    def _on_written(self, path: object) -> None:
        self.found.setText(f"Written: {path}. Fill it in, save it, then choose it here.")

    def _try_workbook(self) -> None:
        if self._workbook is None:
            return
        self._ready = False
        self._look()
        self.found.setText(f"Looking into {self._workbook.name}…")
        self._run("Looking into the workbook", self._view_model.trying(self._workbook), self._tried)

    def _tried(self, report: object) -> None:
        brought: dict[str, int] = getattr(report, "brought", {})
        counts = ", ".join(f"{number:,} {name}" for name, number in brought.items() if number)
        notes: tuple[str, ...] = getattr(report, "notes", ())
        name = self._workbook.name if self._workbook else ""
        self.found.setText("\n".join((f"{name} holds {counts or 'an empty method'}.", *notes)))
        self.problems.hide()
        self._again.hide()
        self._ready = True
        self._look()

    def _run(self, text: str, job: Callable[..., object], then: Callable[[object], None]) -> None:
        self.wrong.hide()
        self._jobs.run(text, job, then, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserFixable):
            raise error
        if isinstance(error, WorkbookProblems):
            self._show_problems(error)
        else:
            self._refuse(error)
        self._look()

    def _show_problems(self, refusal: WorkbookProblems) -> None:
        number = len(refusal.problems)
        count = "one problem" if number == 1 else f"{number} problems"
        self.found.setText(
            f"⊖  The workbook has {count}, and nothing was made. Mend the cells below, save the "
            "workbook and look again."
        )
        self.problems.show_problems(refusal.problems)
        self.problems.show()
        look = theme.current()
        self.resize(max(self.width(), look.px(960)), max(self.height(), look.px(600)))
        self._again.show()

    def _refuse(self, refusal: UserFixable) -> None:
        self.wrong.setText(f"⊖  {refusal.happened} {refusal.kept} {refusal.do}")
        self.wrong.show()

    def _on_make(self) -> None:
        way = self._stack.currentIndex()
        (self._make_it_empty, self._make_it_from_workbook, self._build_example)[way]()

    def _make_it_empty(self) -> None:
        from tendereval.viewmodels.tender_files import Beginning  # noqa: PLC0415 - heavy

        path = self._where(self.reference.text())
        if path is None:
            return
        texts = (self.reference.text(), self.title.text(), self.name.text(), self.email.text())
        refusal = self._view_model.make_empty(path, Beginning(*texts))
        if refusal is None:
            self.accept()
        else:
            self._refuse(refusal)

    def _make_it_from_workbook(self) -> None:
        path = self._where(self._workbook.stem) if self._workbook else None
        if path is not None and self._workbook is not None:
            job = self._view_model.making(path, self._workbook)
            self._run("Making the tender", job, self._made)

    def _made(self, session: object) -> None:
        self.accept()
        self._view_model.take(session)

    def _build_example(self) -> None:
        chosen = self.ask_folder()
        if chosen:
            self.make.setEnabled(False)
            self.make.setText("Building the example…")
            job = self._view_model.building_example(Path(chosen) / "tendereval example")
            self._run("Building the worked example", job, self._built)

    def _built(self, path: object) -> None:
        self.accept()
        if isinstance(path, Path):
            self._view_model.open(path)

    def _where(self, stem: str) -> Path | None:
        plain = "".join(one if one.isalnum() or one in "-_ ." else "-" for one in stem.strip())
        chosen = self.ask_path(f"{plain or 'tender'}.tender")
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix == ".tender" else path.with_name(f"{path.name}.tender")

    def _ask_path(self, proposed: str) -> str:
        # The service refuses a name that is taken, so the dialog need not ask.
        return QFileDialog.getSaveFileName(
            self, "Where to keep the tender", proposed, "Tender files (*.tender)"
        )[0]

    def _ask_workbook(self) -> str:
        return QFileDialog.getOpenFileName(self, "Choose a workbook", "", "Workbooks (*.xlsx)")[0]

    def _ask_template(self) -> str:
        return QFileDialog.getSaveFileName(
            self, "Where to write the empty workbook", "tender.xlsx", "Workbooks (*.xlsx)"
        )[0]

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, "Where to keep the worked example")
