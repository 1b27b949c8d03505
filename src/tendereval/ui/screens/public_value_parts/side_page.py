"""A page that takes the screen's room for one piece of typing; Escape leaves it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.dialogs.confirm import Confirm
from tendereval.ui.widgets.basics import Head, Page, button, label

_WIDEST, _BESIDE, _NO_LIMIT = 660, 900, 16_777_215


class SidePage(Page):
    """Head, body, a refusal, and a foot.

    Args:
        narrow: whether the body is read as a column of text.

    Signals:
        left: the person goes back; nothing was recorded, or it was and all is done.
    """

    left = Signal()

    def __init__(self, *, narrow: bool = True) -> None:
        super().__init__()
        self._narrow = narrow
        back = button("‹ Public value", self.go_back, "link")
        back.setAccessibleName("Back to public value")
        back.setProperty("flush", True)
        self.back = back
        self.head = Head()
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(14)
        self.problem = label(role="problem", wrap=True)
        self.problem.hide()
        self.beside = QVBoxLayout()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(32)
        row.addWidget(self._inside, 3)
        row.addLayout(self.beside, 2 if narrow else 0)
        self._row = row
        self.column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.head)
        self.column.addLayout(row)
        self.column.addStretch(1)
        keys = QShortcut(QKeySequence("Ctrl+Return"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.record)
        theme.changed().connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        look, sides = theme.current(), QBoxLayout.Direction
        self._inside.setMaximumWidth(look.px(_WIDEST) if self._narrow else _NO_LIMIT)
        is_small = self.viewport().width() < look.px(_BESIDE)
        self._row.setDirection(sides.TopToBottom if is_small else sides.LeftToRight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what stands beside the body under it where there is no room."""
        super().resizeEvent(event)
        self._fit()

    @property
    def is_changed(self) -> bool:
        """Whether something stands here that is not recorded."""
        return False

    def record(self) -> None:
        """Record what stands here."""

    def say_problem(self, text: str) -> None:
        """Say what is wrong; nothing takes it away."""
        self.problem.setText(f"⊖  {text}" if text else "")
        self.problem.setVisible(bool(text))
        if text:
            self.ensureWidgetVisible(self.problem)

    def go_back(self) -> None:
        """Leave the page; asks where something typed would be lost."""
        if self.is_changed and not self._may_lose():
            return
        self.say_problem("")
        self.left.emit()

    def _may_lose(self) -> bool:
        question = Confirm(
            "Leave this page",
            "What you typed here is not recorded.",
            "Leaving the page loses it. What was recorded before stays as it is.",
            verb="Leave and lose it",
            safe="Stay",
            parent=self,
        )
        done = question.exec() == Confirm.DialogCode.Accepted
        question.deleteLater()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
            event.accept()
            return
        super().keyPressEvent(event)
