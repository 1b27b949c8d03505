"""What a screen reader would meet: controls that take the focus and have no name."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QScrollArea, QWidget


def nameless_controls(widget: QWidget) -> list[str]:
    """Return a description of every focusable control without an accessible name."""
    found: list[str] = []
    for child in widget.findChildren(QWidget):
        if child.focusPolicy() == Qt.FocusPolicy.NoFocus or _is_internal(child):
            continue
        name = QAccessible.queryAccessibleInterface(child).text(QAccessible.Text.Name)
        if not name.strip():
            found.append(f"{type(child).__name__} {child.objectName()}".strip())
    return found


def _is_internal(child: QWidget) -> bool:
    """Parts that Qt makes for itself and that never are a stop of their own."""
    parent = child.parentWidget()
    inside_field = isinstance(child, QLineEdit) and isinstance(parent, QAbstractSpinBox | QComboBox)
    in_popup = child.window().windowType() == Qt.WindowType.Popup
    is_part = child.objectName().startswith("qt_") or isinstance(child, QScrollArea)
    return inside_field or in_popup or is_part
