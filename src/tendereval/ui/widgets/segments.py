"""A switch of two or three parts with words, one of them on."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class Segments(QWidget):
    """One of a few, side by side; arrow keys and clicks choose.

    Signals:
        chosen: the number of the part a person chose; not emitted by ``show_chosen``.
    """

    chosen = Signal(int)

    def __init__(self, name: str, parts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, text in enumerate(parts):
            part = QPushButton(text)
            part.setCheckable(True)
            part.setAutoDefault(False)
            part.setProperty("role", "segment")
            part.setProperty(
                "edge", "first" if number == 0 else "last" if number == len(parts) - 1 else ""
            )
            part.setAccessibleName(f"{name}: {text}")
            self._group.addButton(part, number)
            row.addWidget(part)
        self._group.idClicked.connect(self.chosen)

    def part(self, number: int) -> QPushButton:
        """Return one part."""
        found = self._group.button(number)
        if not isinstance(found, QPushButton):
            raise IndexError(number)
        return found

    def show_chosen(self, number: int) -> None:
        """Show which part is on."""
        self.part(number).setChecked(True)

    @property
    def current(self) -> int:
        """The number of the part that is on; -1 for none."""
        return self._group.checkedId()
