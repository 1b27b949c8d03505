"""The packs that were made, and the passphrases to tell; gone once the page is left."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from tendereval.domain.errors import UserFixable
from tendereval.services.documents_out import write_text
from tendereval.ui.screens.panel_parts.flow_page import row_of
from tendereval.ui.widgets.basics import button, hairline, label
from tendereval.ui.widgets.choices import Tick
from tendereval.viewmodels.panel_packs import MakingPacks


class MadePart(QWidget):
    """The files that were made, and the passphrases to tell.

    Attributes:
        pick_sheet: asks where the sheet goes; empty for nowhere.
    """

    def __init__(self, view_model: MakingPacks) -> None:
        super().__init__()
        self._view_model = view_model
        self.is_told = True
        self.pick_sheet: Callable[[str], str] = self._ask_sheet
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.hint = label(
            "Read each passphrase out by phone, to that person only. They are kept nowhere: once "
            "you leave this page they are gone. A new pack can always be made.",
            wrap=True,
        )
        self.copy = button("Copy the sheet", self._on_copy)
        self.save = button("Save the sheet…", self._on_save)
        self.told = Tick("I have told or noted the passphrases")
        self.said = label(role="small", wrap=True)
        self._tools = QWidget()
        tools = QVBoxLayout(self._tools)
        tools.setContentsMargins(0, 8, 0, 0)
        tools.addWidget(self.hint)
        tools.addLayout(row_of(self.save, self.copy))
        tools.addWidget(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._lines)
        column.addWidget(self._tools)
        column.addWidget(self.said)
        column.addStretch(1)
        self.told.toggled.connect(self._on_told)

    def refresh(self) -> None:
        """Show what was made."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in self._view_model.made:
            self._lines.addWidget(hairline())
            self._lines.addWidget(label(line.name, "strong", wrap=True))
            self._lines.addWidget(label(line.file, "small", wrap=True))
            words = line.passphrase.replace("-", " ") or "Sealed to the contact card"
            told = label(words, "large" if line.passphrase else "muted", wrap=True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._lines.addWidget(told)
        self.is_told = not self._view_model.has_passphrases
        self._tools.setVisible(self._view_model.has_passphrases)
        self.told.setChecked(False)
        self.said.clear()

    def _on_told(self, on: bool) -> None:  # noqa: FBT001 - a slot of Qt
        self.is_told = on or not self._view_model.has_passphrases

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._view_model.sheet)
        self.said.setText("✓  Copied. Clear the clipboard when you are done.")

    def _on_save(self) -> None:
        chosen = self.pick_sheet("passphrases.txt")
        if not chosen:
            return
        try:
            write_text(Path(chosen), self._view_model.sheet)
        except UserFixable as refusal:
            self.said.setText(f"⊖  {refusal.happened} {refusal.do}")
            return
        self.told.setChecked(True)
        self.said.setText(f"✓  Saved as {Path(chosen).name}. Delete it once every pack is open.")

    def _ask_sheet(self, proposed: str) -> str:
        return QFileDialog.getSaveFileName(self, "Save the sheet", proposed, "Text (*.txt)")[0]
