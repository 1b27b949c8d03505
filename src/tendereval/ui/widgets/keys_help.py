"""The keys of the Score screen on one page; stays open beside the work."""

from typing import Final

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from tendereval.ui.widgets.basics import label

KEYS: Final = (
    ("0 to 9", "set the score, while the bands have the focus"),
    ("Enter", "from the score to the rationale"),
    ("Ctrl+Enter", "save, and go to the next answer not yet scored"),
    ("Ctrl+Up, Ctrl+Down", "previous and next answer"),
    ("Ctrl+1, Ctrl+2", "read bidder by bidder, question by question"),
    ("Ctrl+E", "cite the words selected in the answer"),
    ("Delete", "remove the piece of evidence that has the focus"),
    ("Ctrl+F", "find words in the answer"),
    ("Ctrl+L", "list of all answers"),
    ("F6", "from pane to pane"),
    ("Ctrl+Z", "undo: text in a text, else the last step"),
    ("Ctrl+W", "hand back to the lead"),
)


class KeysHelp(QDialog):
    """Keys and what they do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 20, 24, 20)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        for row, (keys, what) in enumerate(KEYS):
            grid.addWidget(label(keys, "strong"), row, 0)
            grid.addWidget(label(what), row, 1)
