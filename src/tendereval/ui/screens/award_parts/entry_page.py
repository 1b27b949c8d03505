"""A page that takes the screen's room for one piece of typing; Escape leaves it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.dialogs.confirm import Confirm
from tendereval.ui.parts.form import Form
from tendereval.ui.widgets.basics import Head, Page, button, label
from tendereval.viewmodels.form_fields import FormField, Unreadable
from tendereval.viewmodels.public_value_entry import Entry, Typed

_WIDEST, _BESIDE = 660, 900


class AwardEntryPage(Page):
    """Shows an ``Entry``; made anew for each.

    Args:
        entry: what is typed here.
        record: takes what was typed and returns what is wrong with it.
        whence: the part it goes back to, as people read it.

    Signals:
        left: the person goes back; it was recorded, or nothing was.
    """

    left = Signal()

    def __init__(self, entry: Entry, record: Callable[[Entry, Typed], str], whence: str) -> None:
        super().__init__()
        self._entry, self._record = entry, record
        self.typed: Typed = dict(entry.shown)
        self.back = button(f"‹ {whence}", self.go_back, "link")
        self.back.setAccessibleName(f"Back to {whence.lower()}")
        self.back.setProperty("flush", True)
        head = Head()
        head.say(entry.title, entry.under)
        self.form: Form[Typed] = Form(entry.fields, self._keep)
        self.form.show_value(self.typed)
        self._teaches = label(role="muted", wrap=True)
        self._teaches.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._teaches.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.problem = label(role="problem", wrap=True)
        self.problem.hide()
        self.do_it = button(entry.verb, self.record, "primary")
        self.column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(head)
        self._build()
        keys = QShortcut(QKeySequence("Ctrl+Return"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.record)
        theme.changed().connect(self._fit)
        self._look()
        self._fit()

    def _build(self) -> None:
        self._inside = QWidget()
        body = QVBoxLayout(self._inside)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(14)
        for widget in (self.form, self.problem):
            body.addWidget(widget)
        body.addWidget(self.do_it, 0, Qt.AlignmentFlag.AlignLeft)
        body.addStretch(1)
        beside = QVBoxLayout()
        beside.addWidget(self._teaches)
        beside.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(32)
        self._row.addWidget(self._inside, 3)
        self._row.addLayout(beside, 2)
        self.column.addLayout(self._row)
        self.column.addStretch(1)

    def _fit(self) -> None:
        look, sides = theme.current(), QBoxLayout.Direction
        self._inside.setMaximumWidth(look.px(_WIDEST))
        is_small = self.viewport().width() < look.px(_BESIDE)
        self._row.setDirection(sides.TopToBottom if is_small else sides.LeftToRight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what stands beside the fields under them where there is no room."""
        super().resizeEvent(event)
        self._fit()

    def _keep(self, field: FormField[Typed], text: str) -> str:
        try:
            self.typed = field.put(self.typed, text)
        except Unreadable as problem:
            return str(problem)
        self.form.show_value(self.typed)
        self._look()
        return ""

    def _look(self) -> None:
        said = self._entry.teaches(self.typed)
        self._teaches.setText("\n\n".join(said))
        self._teaches.setVisible(bool(said))

    @property
    def is_changed(self) -> bool:
        """Whether something stands here that is not recorded."""
        boxes = self.form.boxes.items()
        return any(box.text != self._entry.shown.get(name, "") for name, box in boxes)

    def record(self) -> None:
        """Record what stands here, or say what is wrong and where."""
        self.form.leave()
        for name, box in self.form.boxes.items():
            if box.text != self.typed.get(name, ""):
                # What cannot be read is said under its field.
                self.form.focus_on(name)
                return
        problem = self._record(self._entry, self.typed)
        self.problem.setText(f"⊖  {problem}" if problem else "")
        self.problem.setVisible(bool(problem))
        if problem:
            self.ensureWidgetVisible(self.problem)
        else:
            self.left.emit()

    def start(self) -> None:
        """Put the keys into the first field."""
        first = next(iter(self.form.boxes.values()), None)
        (first.editor if first is not None else self.do_it).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def go_back(self) -> None:
        """Leave the page; asks where something typed would be lost."""
        if not self.is_changed or self._may_lose():
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
