"""The small parts every screen is made of: heads, labels, hairlines, buttons, labelled fields."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

W = TypeVar("W", bound=QWidget)


class Button(QPushButton):
    """A button that Enter presses too, in a window as in a dialog, while it has the focus."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter; a key that is held down presses once."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if enter and plain and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """Return plain text in a role of the style sheet (``sentence``, ``small``, ``muted``…)."""
    found = QLabel(text)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.setWordWrap(wrap)
    if role:
        found.setProperty("role", role)
    return found


def hairline(*, vertical: bool = False) -> QFrame:
    """Return the one line that parts panes and rows."""
    line = QFrame()
    line.setProperty("role", "hairline")
    line.setProperty("vertical", vertical)
    return line


def measured(widget: QWidget, most_px: int) -> QHBoxLayout:
    """Return a row that keeps a widget no wider than is good to read.

    A row of its own, because a column asks a wrapped label for its height at the full width.
    """
    widget.setMaximumWidth(most_px)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget, 1)
    row.addStretch(0)
    return row


def take_in(parent: QWidget, *widgets: QWidget) -> None:
    """Give a widget those that it does not place: out of sight, and gone when it goes."""
    for one in widgets:
        if one.parentWidget() is None:
            one.setParent(parent)
            one.hide()


def button(text: str, on_click: Callable[[], object], role: str = "") -> QPushButton:
    """Return a button; ``primary`` once per window, ``link`` as accent text, else outlined."""
    found = Button(text)
    if role:
        found.setProperty("role", role)
    found.setAutoDefault(False)
    found.clicked.connect(lambda _checked=False: on_click())
    return found


class Head(QWidget):
    """The head of a screen: one sentence that could be read aloud, and a line under it."""

    def __init__(self) -> None:
        super().__init__()
        self._sentence = label(role="sentence", wrap=True)
        self._under = label(role="muted", wrap=True)
        self._actions = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._sentence)
        words.addWidget(self._under)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addLayout(self._actions)

    def say(self, sentence: str, under: str = "") -> None:
        """Say where things stand."""
        self._sentence.setText(sentence)
        self._sentence.setAccessibleName(sentence)
        self._under.setText(under)
        self._under.setVisible(bool(under))

    def add_action(self, widget: QWidget) -> None:
        """Put a button at the right of the sentence."""
        self._actions.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def sentence(self) -> str:
        """What the head says now."""
        return self._sentence.text()


def field(name: str, widget: W, hint: str = "", *, optional: bool = False) -> tuple[QWidget, W]:
    """Return a field with its label above and an optional hint under it, and the field itself.

    The label is the field's accessible name and its buddy.
    """
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    text = label(f"{name} (optional)" if optional else name, "small")
    text.setBuddy(widget)
    widget.setAccessibleName(name)
    column.addWidget(text)
    column.addWidget(widget)
    if hint:
        column.addWidget(label(hint, "small", wrap=True))
        widget.setAccessibleDescription(hint)
    return box, widget


class Page(QScrollArea):
    """A screen's paper: margins of 32 px, scrolls when the window is small or the text large."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setProperty("role", "paper")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        inside = QWidget()
        inside.setProperty("role", "paper")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(32, 20, 32, 24)
        self.column.setSpacing(16)
        self.setWidget(inside)


def empty_state(
    what: str, how: str, action: tuple[str, Callable[[], object]] | None = None
) -> QWidget:
    """Return what stands where content will be: what goes here, how to start, one button."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 24, 0, 24)
    column.setSpacing(8)
    column.addWidget(label(what, "section", wrap=True))
    column.addWidget(label(how, "muted", wrap=True))
    if action is not None:
        start = button(action[0], action[1], "primary")
        column.addWidget(start, 0, Qt.AlignmentFlag.AlignLeft)
    column.addStretch(1)
    return box
