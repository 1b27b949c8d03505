"""Clarifications of one bidder: what was asked and answered, and a form for another one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.screens.bid_details import Sheet
from tendereval.ui.widgets.basics import button, field, hairline, label
from tendereval.ui.widgets.choices import Choice, Tick
from tendereval.viewmodels.bid_clarifications import BidClarifications, ClarificationDraft

_HINT = (
    "Clarifications are kept apart from the tender. The panel takes one into account only where "
    "you decide so and say on what ground."
)


class ClarificationsPart(Sheet):
    """Shows the clarifications of the bidder that is chosen."""

    def __init__(self, view_model: BidClarifications) -> None:
        super().__init__()
        self._view_model = view_model
        self._say = label(role="muted", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.form = QWidget()
        self.inner.addWidget(self._say)
        self.inner.addLayout(self._list)
        self.inner.addWidget(self.form)
        self._build()
        self._connect()
        view_model.changed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label("Record a clarification", "strong"))
        box, self.about = field("About the answer to", Choice())
        column.addWidget(box)
        self.question = self._long("What was asked", 64, column)
        self.answer = self._long("What the bidder answered", 96, column)
        self.scorable = Tick("The panel may take it into account")
        column.addWidget(self.scorable)
        self.reason_box, self.reason = field("Ground for that", QPlainTextEdit())
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(theme.current().px(64))
        column.addWidget(self.reason_box)
        self._problem = label(role="problem", wrap=True)
        column.addWidget(self._problem)
        self.record = button("Record the clarification", self._on_record)
        column.addWidget(self.record, 0, Qt.AlignmentFlag.AlignLeft)

    @staticmethod
    def _long(name: str, height: int, column: QVBoxLayout) -> QPlainTextEdit:
        box, edit = field(name, QPlainTextEdit())
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(theme.current().px(height))
        column.addWidget(box)
        return edit

    def _connect(self) -> None:
        self.about.activated.connect(lambda _at: self._on_typed())
        self.scorable.clicked.connect(lambda _on: self._on_typed())
        for edit in (self.question, self.answer, self.reason):
            edit.textChanged.connect(self._on_typed)

    @property
    def draft(self) -> ClarificationDraft:
        """What the fields say now."""
        about = self.about.currentData() or ("", None)
        return ClarificationDraft(
            about[0],
            about[1],
            self.question.toPlainText(),
            self.answer.toPlainText(),
            self.scorable.isChecked(),
            self.reason.toPlainText(),
        )

    def _on_typed(self) -> None:
        self._problem.hide()
        self.reason_box.setVisible(self.scorable.isChecked())
        self._view_model.type_draft(self.draft)

    def _on_record(self) -> None:
        problem = self._view_model.record()
        self._problem.setText(f"⊖  {problem}")
        self._problem.setVisible(bool(problem))

    def refresh(self) -> None:
        """Show the clarifications and what is being typed."""
        view = self._view_model
        self._say.setText(_HINT if view.may_record else view.why_not)
        self._show_lines()
        self.form.setVisible(view.may_record)
        fields = (self.about, self.question, self.answer, self.reason, self.scorable)
        for widget in fields:
            widget.blockSignals(True)
        self._put(view.draft)
        for widget in fields:
            widget.blockSignals(False)
        self.reason_box.setVisible(self.scorable.isChecked())
        self._problem.hide()

    def _put(self, draft: ClarificationDraft) -> None:
        self.about.clear()
        self.about.addItem("Choose…", None)
        for criterion, lot, words in self._view_model.places:
            self.about.addItem(words, (criterion, lot))
            if (criterion, lot) == (draft.criterion, draft.lot):
                self.about.setCurrentIndex(self.about.count() - 1)
        texts = ((self.question, draft.question), (self.answer, draft.answer))
        for edit, text in (*texts, (self.reason, draft.reason)):
            if edit.toPlainText() != text:
                edit.setPlainText(text)
        self.scorable.setChecked(draft.scorable)

    def _show_lines(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in self._view_model.lines:
            self._list.addWidget(label(line.head, "strong"))
            self._list.addWidget(label(f"Asked: {line.question}", wrap=True))
            self._list.addWidget(label(f"Answered: {line.answer}", wrap=True))
            self._list.addWidget(label(line.use, "small", wrap=True))
            self._list.addWidget(hairline())
