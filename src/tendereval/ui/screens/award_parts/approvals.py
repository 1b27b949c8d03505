"""The words given on the award decision, the form for another, and closing the tender."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from tendereval.domain.award import ApprovalOutcome
from tendereval.domain.ids import PersonId
from tendereval.ui.dialogs.confirm import Confirm
from tendereval.ui.widgets.basics import button, field, hairline, label
from tendereval.ui.widgets.choices import Choice
from tendereval.viewmodels.award import AwardViewModel

_WORDS = {
    ApprovalOutcome.RECOMMENDS: "recommends",
    ApprovalOutcome.APPROVES: "approves",
    ApprovalOutcome.REFUSES: "refuses",
}


class ApprovalsPart(QWidget):
    """Who approved, recommended or refused; nothing is chosen in advance."""

    def __init__(self, view_model: AwardViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("Approvals", "section"))
        self._approvals = label(wrap=True)
        self._gaps = label(role="attention", wrap=True)
        column.addWidget(self._approvals)
        column.addWidget(self._gaps)
        self.form = QWidget()
        column.addWidget(self.form)
        self.close_tender = button("Close the tender…", self._on_close)
        column.addWidget(self.close_tender, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(hairline())
        self._build_form()

    def _build_form(self) -> None:
        grid = QGridLayout(self.form)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(12)
        person, self.person = field("Person", Choice())
        role, self.role = field("Office, for example Director", QLineEdit())
        word, self.word = field("Word", Choice())
        day, self.day = field("Date it was given", QLineEdit(self._view_model.today))
        statement, self.statement = field("Statement", QLineEdit(), optional=True)
        self.word.offer([("", "Choose…", True), *((o, words, True) for o, words in _WORDS.items())])
        for number, box in enumerate((person, role, word, day)):
            grid.addWidget(box, 0, number, Qt.AlignmentFlag.AlignBottom)
        for number, share in enumerate((3, 3, 2, 2)):
            grid.setColumnStretch(number, share)
        grid.addWidget(statement, 1, 0, 1, 3)
        self.approve = button("Record the word", self._on_approve)
        grid.addWidget(self.approve, 1, 3, Qt.AlignmentFlag.AlignBottom)
        self._waits = label(role="small", wrap=True)
        grid.addWidget(self._waits, 2, 0, 1, 4)
        self.person.currentIndexChanged.connect(lambda _number: self._wait())
        self.word.currentIndexChanged.connect(lambda _number: self._wait())
        for line in (self.role, self.day):
            line.textChanged.connect(lambda _text: self._wait())

    def _wait(self) -> None:
        """Say under the form what its button waits for."""
        missing = []
        if not self.person.currentData():
            missing.append("the person")
        if not self.role.text().strip():
            missing.append("the office")
        if not self.word.currentData():
            missing.append("the word")
        if self._view_model.day_of(self.day.text()) is None:
            missing.append(f"a date such as {self._view_model.today}")
        self.approve.setEnabled(not missing)
        self._waits.setText(f"Still needed: {', '.join(missing)}." if missing else "")

    def refresh(self) -> None:
        """Show what the view-model says; what is being typed stays."""
        view = self._view_model
        self.setVisible(view.is_open)
        self.form.setVisible(view.may_decide and view.decision is not None)
        self._approvals.setText("\n".join(view.approvals) or "Nobody has given a word yet.")
        self._gaps.setText("\n".join(f"△  {gap}" for gap in view.gaps))
        self._gaps.setVisible(bool(view.gaps))
        self.close_tender.setVisible(view.may_decide and view.is_approved)
        chosen = self.person.currentData()
        self.person.offer(
            [("", "Choose…", True), *((one, name, True) for one, name in view.people)]
        )
        self.person.setCurrentIndex(max(0, self.person.findData(chosen or "")))
        self._wait()

    def _on_approve(self) -> None:
        day, person = self._view_model.day_of(self.day.text()), self.person.currentData()
        outcome, words = ApprovalOutcome(self.word.currentData()), self.statement.text()
        if day is None:
            self.day.setFocus()
        elif self._view_model.approve(PersonId(person), self.role.text(), outcome, day, words):
            self.role.clear()
            self.statement.clear()
            self.word.setCurrentIndex(0)
            self.person.setCurrentIndex(0)

    def _on_close(self) -> None:
        question = Confirm(
            "Close the tender",
            "Close the tender. Nothing of the evaluation can be changed any more.",
            "Documents can still be written, and the record can still be read and verified.",
            verb="Close the tender",
            safe="Keep it open",
            parent=self,
        )
        if question.exec() == Confirm.DialogCode.Accepted:
            self._view_model.close_tender()
        question.deleteLater()
