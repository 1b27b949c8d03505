"""A question that names the act and its effect; the safe button is the default."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.widgets.basics import button, label


class Confirm(QDialog):
    """Asks once; accepted only by the button that carries the verb.

    Args:
        title: of the window.
        act: one sentence: what is about to be done.
        effect: what follows from it.
        verb: on the button that does it; blank where it cannot be done.
        safe: on the button that does not.
    """

    def __init__(
        self,
        title: str,
        act: str,
        effect: str,
        *,
        verb: str,
        safe: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(act, "section", wrap=True))
        column.addWidget(label(effect, wrap=True))
        row = QHBoxLayout()
        row.addStretch(1)
        self.do_it = button(verb, self.accept)
        self.do_it.setVisible(bool(verb))
        self.keep = button(safe, self.reject)
        row.addWidget(self.do_it)
        row.addWidget(self.keep)
        column.addLayout(row)
        self.keep.setDefault(True)
        self.keep.setFocus()
        self.setMinimumWidth(theme.current().px(480))
