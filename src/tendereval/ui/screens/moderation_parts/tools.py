"""What the public value tools say beside the question: a sentence each, with the way there."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tendereval.ui.widgets.basics import button, label
from tendereval.viewmodels.moderation import ModerationViewModel
from tendereval.viewmodels.public_value_evidence import EvidenceLine


class ToolLines(QWidget):
    """Hidden where no tool belongs to the question."""

    def __init__(self, view_model: ModerationViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._shown: tuple[EvidenceLine, ...] = ()
        self._rows: list[QWidget] = []
        self.links: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(2)
        self._column.addWidget(label("Public value in this bid", "strong"))
        words = "Information: no score follows from it."
        self._column.addWidget(label(words, "small", wrap=True))
        view_model.tools_changed.connect(self.refresh)
        self.hide()

    def refresh(self) -> None:
        """Show what the tools say of the response that is shown."""
        lines = self._view_model.tools
        self.setVisible(bool(lines))
        if lines == self._shown:
            return
        self._shown = lines
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.links = []
        self._rows = [self._row(line) for line in lines]
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, line: EvidenceLine) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(line.sentence, "compact", wrap=True), 1)
        link = button(f"{line.title}  ›", partial(self._view_model.want_tool, line.tool), "link")
        link.setAccessibleName(f"{line.title} in Public value: {line.sentence}")
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        self.links.append(link)
        return box
