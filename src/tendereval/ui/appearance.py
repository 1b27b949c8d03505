"""Colours and size of text as the person chose them, following the system where wanted."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tendereval.ui import theme
from tendereval.ui.settings import LookChoice, SettingsFile

_FIXED: Final = {LookChoice.LIGHT: theme.Look.LIGHT, LookChoice.DARK: theme.Look.DARK}


class Appearance(QObject):
    """Gives the application its look, and another one when the person or the system asks."""

    def __init__(
        self, app: QApplication, settings: SettingsFile, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._app, self.settings = app, settings
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    def apply(self) -> None:
        """Show the chosen look."""
        now = self.settings.now
        wanted = theme.Theme(_look(now.look), now.text_size_percent / 100)
        if wanted != theme.current() or not self._app.styleSheet():
            theme.apply(self._app, wanted)

    def choose_look(self, look: LookChoice) -> None:
        """Take other colours."""
        self.settings.keep(replace(self.settings.now, look=look))
        self.apply()

    def choose_text_size(self, percent: int) -> None:
        """Take another size of text."""
        self.settings.keep(replace(self.settings.now, text_size_percent=percent))
        self.apply()

    def _on_system_changed(self, _scheme: object) -> None:
        self.apply()


def _look(choice: LookChoice) -> theme.Look:
    if choice in _FIXED:
        return _FIXED[choice]
    system = theme.system_look()
    if choice is LookChoice.SYSTEM:
        return system
    dark = system is theme.Look.DARK
    return theme.Look.HIGH_CONTRAST_DARK if dark else theme.Look.HIGH_CONTRAST_LIGHT
