"""Going to the next stage with what is missing, or back to an earlier one with a reason."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.stages import Stage
from tendereval.ui import theme
from tendereval.ui.widgets.basics import button, field, label
from tendereval.ui.widgets.choices import Choice
from tendereval.viewmodels.stage_step import StageStepViewModel


class _StageDialog(QDialog):
    """The frame of both: words above, the safe button at the right."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(12)
        self.setMinimumWidth(theme.current().px(560))

    def _reason_field(self, name: str, hint: str) -> QPlainTextEdit:
        box, reason = field(name, QPlainTextEdit(), hint)
        reason.setTabChangesFocus(True)
        reason.setFixedHeight(theme.current().px(88))
        self.column.addWidget(box)
        return reason

    def _buttons(self, do_it: QPushButton, safe: str) -> QPushButton:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(do_it)
        keep = button(safe, self.reject)
        row.addWidget(keep)
        self.column.addLayout(row)
        keep.setDefault(True)
        return keep


class NextStage(_StageDialog):
    """What the next stage does and still needs; the button waits until nothing is missing."""

    def __init__(self, step: StageStepViewModel, parent: QWidget | None = None) -> None:
        super().__init__("Go to the next stage", parent)
        self._step = step
        self.reason: QPlainTextEdit | None = None
        self.go = button(step.verb, self._on_go)
        if step.following is None:
            self.column.addWidget(label("The tender is closed; no stage follows.", "section"))
            self.go.hide()
        else:
            self._say(step)
        self.keep = self._buttons(self.go, f"Stay at {step.report.stage}")
        self.keep.setFocus()

    def _say(self, step: StageStepViewModel) -> None:
        self.column.addWidget(
            label(f"From {step.report.stage} to {step.following}", "section", wrap=True)
        )
        self.column.addWidget(label(step.effect, wrap=True))
        if not step.missing:
            return
        number = len(step.missing)
        what = "One thing is missing" if number == 1 else f"{number} things are missing"
        self.column.addWidget(label(f"⊖  {what}, in the order to mend them:", "problem"))
        self.column.addWidget(_listed(step.missing))
        if step.may_go_without:
            hint = "Moderation may begin without every score. The reason is recorded and printed."
            self.reason = self._reason_field("Why it begins without them", hint)
            self.reason.textChanged.connect(self._look)
        self._look()

    def _look(self) -> None:
        reason = self.reason.toPlainText() if self.reason else ""
        self.go.setEnabled(not self._step.missing or bool(reason.strip()))

    def _on_go(self) -> None:
        reason = self.reason.toPlainText() if self.reason else ""
        if self._step.following is not None:
            self._step.go(self._step.following, reason)
        self.accept()


class EarlierStage(_StageDialog):
    """Which stage to go back to, and why; nothing is chosen in advance."""

    def __init__(self, step: StageStepViewModel, parent: QWidget | None = None) -> None:
        super().__init__("Go back a stage", parent)
        self._step = step
        self.column.addWidget(label(f"Back from {step.report.stage}", "section"))
        told = (
            "Nothing that was recorded is lost. The way back and its reason stand in the record "
            "and in the award report."
            if step.earlier
            else "This is the first stage."
        )
        self.column.addWidget(label(told, wrap=True))
        box, self.stage = field("Back to", Choice())
        self.stage.addItem("Choose…", None)
        for one in step.earlier:
            self.stage.addItem(str(one), one)
        self.column.addWidget(box)
        self.reason = self._reason_field("Reason", "It is kept and printed.")
        self.go = button("Go back", self._on_go)
        self.keep = self._buttons(self.go, f"Stay at {step.report.stage}")
        self.stage.setCurrentIndex(0)
        self.stage.currentIndexChanged.connect(lambda _number: self._look())
        self.reason.textChanged.connect(self._look)
        self._look()

    def _look(self) -> None:
        chosen = self.stage.currentData() is not None
        self.go.setEnabled(chosen and bool(self.reason.toPlainText().strip()))

    def _on_go(self) -> None:
        self._step.go(Stage(self.stage.currentData()), self.reason.toPlainText())
        self.accept()


def _listed(points: tuple[str, ...]) -> QWidget:
    inside = label("\n".join(f"•  {point}" for point in points), wrap=True)
    inside.setAlignment(Qt.AlignmentFlag.AlignTop)
    inside.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.setAccessibleName("What is missing")
    area.setMaximumHeight(theme.current().px(260))
    return area
