"""The confirmation that changes a published method: what differs, why, since when, who else."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tendereval.domain.ids import PersonId
from tendereval.domain.tender import VersionKind
from tendereval.ui import theme
from tendereval.ui.parts.form import FieldBox
from tendereval.ui.widgets.basics import button, label
from tendereval.ui.widgets.comparison import Comparison
from tendereval.viewmodels.form_fields import FormField, Shape
from tendereval.viewmodels.publishing import PublishingViewModel


class AmendDialog(QDialog):
    """Publishes the change that was prepared, or goes back to it."""

    def __init__(self, publishing: PublishingViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._publishing = publishing
        self._is_correction = publishing.setup.amending is VersionKind.CORRECTION
        self.setWindowTitle("Publish the change")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(publishing.act, "section", wrap=True))
        column.addWidget(label("What changes in the published text", "small"))
        self.comparison = Comparison("What changes in the published text")
        self.comparison.show_lines(publishing.comparison)
        column.addWidget(self.comparison, 1)
        self._add_fields(column)
        self._problem = label(role="problem", wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        column.addLayout(self._buttons())
        self.reason.editor.setFocus()
        look = theme.current()
        self.resize(look.px(680), look.px(600))

    def _add_fields(self, column: QVBoxLayout) -> None:
        why = "Where the published text stands" if self._is_correction else "What changed and why"
        self.reason = FieldBox(_field("reason", why, Shape.LONG))
        self.date = FieldBox(
            _field("date", "Republished on", hint="Such as 23 November 2026.", width=26)
        )
        people = (("", "Not chosen", True), *((p, n, True) for p, n in self._people()))
        self.second = FieldBox(
            FormField(
                "second",
                "Second person who approves it",
                str,
                lambda _old, new: new,
                Shape.CHOICE,
                people,
                width=34,
            )
        )
        self.date.setVisible(not self._is_correction)
        self.second.setVisible(self._is_correction)
        for box, text in zip((self.reason, self.date), self._publishing.typed, strict=True):
            box.show_text(text)
        for box in (self.reason, self.date, self.second):
            column.addWidget(box)

    def _people(self) -> tuple[tuple[PersonId, str], ...]:
        return self._publishing.second_people

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.back = button("Go back to the change", self._go_back)
        words = "Record the correction" if self._is_correction else "Publish the change"
        self.publish = button(words, self._on_publish)
        row.addWidget(self.publish)
        row.addWidget(self.back)
        self.back.setDefault(True)
        return row

    def _go_back(self) -> None:
        """Keep what was typed for the next time."""
        self._publishing.typed = (self.reason.text, self.date.text)
        self.reject()

    def _on_publish(self) -> None:
        second = self.second.text
        problem = self._publishing.publish_amendment(
            self.reason.text, self.date.text, PersonId(second) if second else None
        )
        self._problem.setText(f"⊖  {problem}")
        self._problem.setVisible(bool(problem))
        if not problem:
            self.accept()


def _field(
    name: str, words: str, shape: Shape = Shape.LINE, hint: str = "", width: int = 0
) -> FormField[str]:
    return FormField(name, words, str, lambda _old, new: new, shape, hint=hint, width=width)
