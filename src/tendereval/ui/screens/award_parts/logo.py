"""The authority's logo: choose it, say in words what it shows, take it off."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tendereval.ui.widgets.basics import button, field, label
from tendereval.viewmodels.award_logo import LogoPart


class LogoRow(QWidget):
    """Shows the logo that documents bear.

    Attributes:
        pick_file: asks which picture; empty for none.
    """

    def __init__(self, part: LogoPart) -> None:
        super().__init__()
        self._part = part
        self.pick_file: Callable[[], str] = self._ask_file
        self.told = label(role="small", wrap=True)
        box, self.words = field(
            "The logo in words", QLineEdit(), "For people who do not see it", optional=True
        )
        self._words = box
        self.words.editingFinished.connect(self._on_words)
        self.choose = button("Choose…", self._on_choose)
        self.choose.setAccessibleName("Choose the authority’s logo")
        self.remove = button("Remove", self._on_remove, "link")
        self.remove.setAccessibleName("Remove the authority’s logo")
        said = QVBoxLayout()
        said.setSpacing(1)
        for widget in (label("The authority’s logo", "strong"), self.told, box):
            said.addWidget(widget)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(16)
        line.addLayout(said, 3)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        line.addLayout(buttons, 2)
        self.refresh()

    def refresh(self) -> None:
        """Show what the view-model says."""
        part = self._part
        self.told.setText(part.sentence)
        self._words.setVisible(part.is_there)
        self.remove.setVisible(part.is_there)
        for one in (self.words, self.choose, self.remove):
            one.setEnabled(part.may_change)
        if not self.words.hasFocus():
            self.words.setText(part.words)

    def _on_choose(self) -> None:
        chosen = self.pick_file()
        if chosen:
            self._part.choose(Path(chosen))

    def _on_remove(self) -> None:
        self.choose.setFocus()
        self._part.remove()

    def _on_words(self) -> None:
        self._part.say(self.words.text())

    def _ask_file(self) -> str:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, "Choose the authority’s logo", "", "Pictures (*.png *.svg)"
        )
        return chosen
