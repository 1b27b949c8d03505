"""Fields with labels, built from what a view-model says; kept when the field is left."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tendereval.ui import theme
from tendereval.ui.widgets.basics import label
from tendereval.ui.widgets.choices import Choice, Tick
from tendereval.viewmodels.form_fields import FormField, Shape

T = TypeVar("T")
_UNTIL_KEPT_MS = 1500
_PX_PER_LETTER = 8.5
_LINES = (2, 8)
_LEAST_LETTERS, _LEAST_WITH_HINT = 12, 24
_LARGE = 1.25


class LongEdit(QPlainTextEdit):
    """Several lines of text, as high as what stands in it.

    Signals:
        finished: the field was left.
    """

    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._fit)
        theme.changed().connect(self._fit)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the field was left."""
        super().focusOutEvent(event)
        self.finished.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again: another width breaks lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        least, most = _LINES
        lines = min(max(self._count_lines(), least), most)
        height = lines * self.fontMetrics().lineSpacing() + theme.current().px(20)
        if self.height() != height:
            self.setFixedHeight(height)

    def _count_lines(self) -> int:
        """Count lines as they are broken at the width there is."""
        wide = max(self.viewport().width() - 2 * int(self.document().documentMargin()), 1)
        rect = QRect(0, 0, wide, 1_000_000)
        flags = Qt.TextFlag.TextWordWrap
        high = self.fontMetrics().boundingRect(rect, flags, self.toPlainText() or " ").height()
        return max(1, -(-high // max(self.fontMetrics().lineSpacing(), 1)))


Editor = QLineEdit | LongEdit | Choice | QCheckBox


class FieldBox(QWidget):
    """One field with its label, hint and what is wrong with it.

    Signals:
        left: the text, when the field was left with something new in it.
        typing: the text, within 1.5 s of the first key that is not kept yet.
    """

    left = Signal(str)
    typing = Signal(str)

    def __init__(self, spec: FormField[T]) -> None:
        super().__init__()
        self.name = spec.name
        self._kept = ""
        self.editor = _editor(spec)
        self.editor.setAccessibleName(spec.label)
        self.editor.setAccessibleDescription(spec.hint)
        self._problem = label(role="problem", wrap=True)
        self._problem.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_UNTIL_KEPT_MS)
        self._timer.timeout.connect(lambda: self.typing.emit(self.text))
        self._width = spec.width
        self._lay_out(spec)
        self._connect()
        self._fit()
        theme.changed().connect(self._fit)

    def _lay_out(self, spec: FormField[T]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        words = f"{spec.label} (optional)" if spec.optional else spec.label
        self._head = label(words, "small")
        if spec.shape is not Shape.TICK:
            self._head.setBuddy(self.editor)
            column.addWidget(self._head)
        column.addWidget(self.editor)
        if spec.hint:
            column.addWidget(label(spec.hint, "small", wrap=True))
        column.addWidget(self._problem)
        column.addStretch(1)

    def _connect(self) -> None:
        editor = self.editor
        if isinstance(editor, Choice):
            editor.activated.connect(lambda _at: self._on_left())
        elif isinstance(editor, QCheckBox):
            editor.clicked.connect(lambda _on: self._on_left())
        else:
            left = editor.finished if isinstance(editor, LongEdit) else editor.editingFinished
            left.connect(self._on_left)
            editor.textChanged.connect(self._on_typed)

    def _fit(self) -> None:
        # Short fields share a line: their heads break only where large text leaves no room.
        self._head.setWordWrap(not self._width or theme.current().scale > _LARGE)
        if self._width and not isinstance(self.editor, QCheckBox):
            wide = theme.current().px(self._width * _PX_PER_LETTER + 28)
            self.editor.setMaximumWidth(wide)
            self.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """What stands in the field."""
        editor = self.editor
        if isinstance(editor, Choice):
            return str(editor.currentData() or "")
        if isinstance(editor, QCheckBox):
            return "yes" if editor.isChecked() else "no"
        return editor.toPlainText() if isinstance(editor, LongEdit) else editor.text()

    def show_text(self, text: str) -> None:
        """Show what the file holds, unless something else is being typed here."""
        is_open = self._is_being_typed() or not self._problem.isHidden()
        if is_open and text == self._kept:
            return
        self._kept = text
        if self.text != text:
            self._put(text)
        self._timer.stop()
        self.show_problem("")

    def _is_being_typed(self) -> bool:
        return self.editor.hasFocus() and self.text != self._kept

    def _put(self, text: str) -> None:
        editor = self.editor
        if isinstance(editor, Choice):
            editor.choose(text)
        elif isinstance(editor, QCheckBox):
            editor.setChecked(text == "yes")
        elif isinstance(editor, LongEdit):
            editor.setPlainText(text)
        else:
            editor.setText(text)
            editor.setCursorPosition(0)

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong; the field keeps what was typed."""
        self._problem.setText(f"⊖  {sentence}" if sentence else "")
        self._problem.setVisible(bool(sentence))
        if isinstance(self.editor, Choice | QCheckBox) and self.text != self._kept:
            # Refused: a choice goes back to what the file holds, typed text stays.
            self._put(self._kept)

    def leave(self) -> None:
        """Hand over what stands in the field, as if it had been left."""
        self._on_left()

    def allow(self, *, editing: bool) -> None:
        """Make the field editable or only readable."""
        editor = self.editor
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.setReadOnly(not editing)
        else:
            editor.setEnabled(editing)

    def _on_typed(self) -> None:
        if self.editor.hasFocus() and not self._timer.isActive() and self.text != self._kept:
            self._timer.start()

    def _on_left(self) -> None:
        self._timer.stop()
        if self.text != self._kept:
            self.left.emit(self.text)


def _editor(spec: FormField[T]) -> Editor:
    match spec.shape:
        case Shape.LONG:
            return LongEdit()
        case Shape.CHOICE:
            return Choice(spec.choices)
        case Shape.TICK:
            return Tick(spec.label)
        case Shape.LINE:
            return QLineEdit()


class Form(QWidget, Generic[T]):
    """Fields under one another; short ones that belong together share a line.

    Args:
        fields: in order.
        keep: takes a field and its text, returns what is wrong with it.
        typing: takes long text that is still being typed; None keeps nothing meanwhile.
        letters: how many letters of short fields fit on one line.
    """

    def __init__(
        self,
        fields: Sequence[FormField[T]],
        keep: Callable[[FormField[T], str], str],
        typing: Callable[[FormField[T], str], None] | None = None,
        letters: int = 64,
    ) -> None:
        super().__init__()
        self._fields = {field.name: field for field in fields}
        self.boxes: dict[str, FieldBox] = {}
        self._keep, self._typing = keep, typing
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for line in _lines(fields, letters):
            if line[0].group:
                column.addSpacing(8)
                column.addWidget(label(line[0].group, "section", wrap=True))
            row = QHBoxLayout()
            row.setSpacing(12)
            for field in line:
                row.addWidget(self._box(field), _letters(field))
            rest = letters - sum(_letters(field) for field in line)
            if len(line) > 1 and rest > 0:
                row.addStretch(rest)
            column.addLayout(row)

    def _box(self, field: FormField[T]) -> FieldBox:
        box = FieldBox(field)
        box.left.connect(lambda text: self._on_left(field, text))
        if field.shape is Shape.LONG and self._typing is not None:
            typing = self._typing
            box.typing.connect(lambda text: typing(field, text))
        self.boxes[field.name] = box
        return box

    def _on_left(self, field: FormField[T], text: str) -> None:
        problem = self._keep(field, text)
        box = self.boxes.get(field.name)
        if box is not None:
            box.show_problem(problem)

    def show_value(self, value: T) -> None:
        """Show what the file holds."""
        for name, box in self.boxes.items():
            box.show_text(self._fields[name].shown(value))

    def allow(self, *, editing: bool) -> None:
        """Make all fields editable or only readable."""
        for box in self.boxes.values():
            box.allow(editing=editing)

    def leave(self) -> None:
        """Hand over everything that is still being typed."""
        for box in self.boxes.values():
            box.leave()

    def focus_on(self, name: str) -> None:
        """Put the cursor into a field."""
        if name in self.boxes:
            self.boxes[name].editor.setFocus()


def _letters(field: FormField[T]) -> int:
    """Return how many letters of a line a short field takes; a hint needs room to be read."""
    return max(field.width, _LEAST_WITH_HINT if field.hint else _LEAST_LETTERS)


def _lines(fields: Sequence[FormField[T]], letters: int) -> list[list[FormField[T]]]:
    lines: list[list[FormField[T]]] = []
    room = 0
    for field in fields:
        wide = _letters(field) if field.width else letters
        if lines and not field.group and wide <= room:
            lines[-1].append(field)
        else:
            lines.append([field])
            room = letters
        room = room - wide if field.width else 0
    return lines
