"""The Award and documents screen: decision, approvals, documents."""

from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QDateEdit,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.award import ApprovalOutcome
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import Head, Page, button, field, hairline, label, measured
from tendereval.ui.widgets.choices import Choice
from tendereval.viewmodels.award import AwardViewModel, DocumentRow

_NOBODY = "No award"
_CHOOSE, _NO_AWARD = "choose", "no award"
_MEASURE = 760
_WORDS = {
    ApprovalOutcome.RECOMMENDS: "recommends",
    ApprovalOutcome.APPROVES: "approves",
    ApprovalOutcome.REFUSES: "refuses",
}


class AwardScreen(Page):
    """Shows what an AwardViewModel says."""

    def __init__(self, view_model: AwardViewModel, jobs: JobRunner) -> None:
        super().__init__()
        self._view_model, self._jobs = view_model, jobs
        self._head = Head()
        self.lots = Choice()
        self.lots.setAccessibleName("Lot")
        for lot in view_model.lots:
            self.lots.addItem(f"Lot {lot}", lot)
        self.lots.setVisible(self.lots.count() > 1)
        self.lots.currentIndexChanged.connect(
            lambda number: view_model.choose_lot(self.lots.itemData(number))
        )
        self._head.add_action(self.lots)
        self.column.addWidget(self._head)
        self._build_decision()
        self._build_approvals()
        self._build_documents()
        self.column.addStretch(1)
        view_model.read_again.connect(self.refresh)
        self.refresh()

    def _build_decision(self) -> None:
        self._decision_part = QWidget()
        column = QVBoxLayout(self._decision_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("Decision", "section"))
        self._decision = label(wrap=True)
        self._why = label(role="muted", wrap=True)
        for words in (self._decision, self._why):
            column.addLayout(measured(words, theme.current().px(_MEASURE)))
        self.change = button("Record another decision…", self._on_change, "link")
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self._deciding = QWidget()
        inner = QVBoxLayout(self._deciding)
        inner.setContentsMargins(0, 8, 0, 0)
        who, self.bidder = field("Recommend", Choice())
        who.setMaximumWidth(theme.current().px(420))
        inner.addWidget(who)
        hint = "Why this is the most advantageous tender by the published method."
        why, self.rationale = field("Rationale", QPlainTextEdit(), hint)
        self.rationale.setTabChangesFocus(True)
        self.rationale.setFixedHeight(theme.current().px(160))
        inner.addLayout(measured(why, theme.current().px(_MEASURE)))
        self.decide = button("Record the decision", self._on_decide, "primary")
        inner.addWidget(self.decide, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._deciding)
        self.column.addWidget(self._decision_part)
        self.column.addWidget(hairline())

    def _build_approvals(self) -> None:
        self._approval_part = QWidget()
        column = QVBoxLayout(self._approval_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("Approvals", "section"))
        self._approvals = label(wrap=True)
        self._gaps = label(role="attention", wrap=True)
        column.addWidget(self._approvals)
        column.addWidget(self._gaps)
        self._approving = QWidget()
        grid = QGridLayout(self._approving)
        grid.setContentsMargins(0, 8, 0, 0)
        person, self.person = field("Person", Choice())
        role, self.role = field("Office", QLineEdit())
        word, self.word = field("Word", Choice())
        day, self.day = field("Date", QDateEdit(QDate.currentDate()))
        self.day.setDisplayFormat("d MMMM yyyy")
        self.day.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)
        statement, self.statement = field("Statement", QLineEdit(), optional=True)
        self.word.addItem("Choose…", None)
        for outcome, words in _WORDS.items():
            self.word.addItem(words, outcome)
        for number, box in enumerate((person, role, word, day)):
            grid.addWidget(box, 0, number)
        grid.addWidget(statement, 1, 0, 1, 3)
        self.approve = button("Record", self._on_approve)
        grid.addWidget(self.approve, 1, 3, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self._approving)
        self.close_tender = button("Close the tender", self._view_model.close_tender)
        column.addWidget(self.close_tender, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._approval_part)
        self.column.addWidget(hairline())

    def _build_documents(self) -> None:
        self.column.addWidget(label("Documents", "section"))
        self._documents = QWidget()
        QVBoxLayout(self._documents).setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self._documents)

    def refresh(self) -> None:
        """Show what the view-model says."""
        view = self._view_model
        self._head.say(view.sentence, view.under)
        self._decision_part.setVisible(view.is_open)
        self._approval_part.setVisible(view.is_open)
        self._decision.setText(view.decision_in_words)
        self._why.setText(view.decision.rationale if view.decision else "")
        self._why.setVisible(view.decision is not None)
        self._deciding.setVisible(view.may_decide and view.decision is None)
        self.change.setVisible(view.may_decide and view.decision is not None)
        self._approving.setVisible(view.may_decide and view.decision is not None)
        self._approvals.setText("\n".join(view.approvals) or "Nobody has given a word yet.")
        self._gaps.setText("\n".join(f"△  {gap}" for gap in view.gaps))
        self._gaps.setVisible(bool(view.gaps))
        self.close_tender.setVisible(view.may_decide and view.is_approved)
        self._fill_choices()
        self._fill_documents()

    def _fill_choices(self) -> None:
        chosen = self.bidder.currentData()
        self.bidder.clear()
        self.bidder.addItem("Choose…", _CHOOSE)
        for candidate in self._view_model.candidates:
            self.bidder.addItem(candidate.words, candidate.bidder)
        self.bidder.addItem(_NOBODY, _NO_AWARD)
        self.bidder.setCurrentIndex(max(0, self.bidder.findData(chosen or _CHOOSE)))
        person = self.person.currentData()
        self.person.clear()
        for one, name in self._view_model.people:
            self.person.addItem(name, one)
        self.person.setCurrentIndex(max(0, self.person.findData(person)))

    def _fill_documents(self) -> None:
        column = self._documents.layout()
        if column is None:
            return
        while column.count():
            item = column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in self._view_model.documents:
            column.addWidget(self._document(row))
            column.addWidget(hairline())

    def _document(self, row: DocumentRow) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 4, 0, 4)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(row.title, "strong"))
        words.addWidget(label(row.what, "small", wrap=True))
        line.addLayout(words, 3)
        state = "\n".join(part for part in (row.lacks, row.written) if part)
        line.addWidget(label(state or "Complete", "small", wrap=True), 2)
        write = button("Write…", lambda: self._on_write(row))
        write.setAccessibleName(f"Write the {row.title.lower()}")
        line.addWidget(write)
        return box

    def _on_change(self) -> None:
        self.change.hide()
        self._deciding.show()
        self.bidder.setFocus()

    def _on_decide(self) -> None:
        bidder = self.bidder.currentData()
        if bidder == _CHOOSE:
            self.bidder.setFocus()
            return
        chosen = None if bidder == _NO_AWARD else bidder
        if self._view_model.decide(chosen, self.rationale.toPlainText()):
            self.rationale.clear()
            self._deciding.hide()

    def _on_approve(self) -> None:
        outcome = self.word.currentData()
        if outcome is None:
            self.word.setFocus()
            return
        day = self.day.date().toPython()
        person, role = self.person.currentData(), self.role.text()
        if self._view_model.approve(person, role, outcome, day, self.statement.text()):  # type: ignore[arg-type]  # a date, which the stubs call object
            self.role.clear()
            self.statement.clear()
            self.word.setCurrentIndex(0)

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


def make(view_model: AwardViewModel, jobs: JobRunner) -> AwardScreen:
    """Return the screen of the place ``award``."""
    return AwardScreen(view_model, jobs)
