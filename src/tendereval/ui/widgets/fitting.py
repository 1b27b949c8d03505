"""Windows as high as their words need; text that wraps does not ask for its height by itself."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog


def fit_height(dialog: QDialog) -> None:
    """Give a dialog the height that its layout needs at its width, now and once it is laid out."""
    _fit(dialog)
    QTimer.singleShot(0, dialog, lambda: _fit(dialog))


def _fit(dialog: QDialog) -> None:
    layout = dialog.layout()
    if layout is None:
        return
    layout.activate()
    wide = max(dialog.width(), dialog.minimumWidth())
    high = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else 0
    high = max(high, layout.totalMinimumSize().height())
    screen = dialog.screen().availableGeometry().height()
    dialog.setMinimumHeight(min(high, screen))
    dialog.resize(wide, min(high, screen))
