"""What one person likes on one machine; nothing that affects a score is a setting."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import msgspec
from PySide6.QtCore import QObject, QSettings, Signal

from tendereval.viewmodels.welcome import RecentFile

VERSION: Final = 1
TEXT_SIZES_PERCENT: Final = (100, 125, 150, 200)
_KEY: Final = "settings"


class LookChoice(StrEnum):
    """Which colours the person chose; the value is what the menu says."""

    SYSTEM = "Follow the system"
    LIGHT = "Light"
    DARK = "Dark"
    HIGH_CONTRAST = "High contrast"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings.

    Attributes:
        version: of the form they are kept in.
        look: colours.
        text_size_percent: one of ``TEXT_SIZES_PERCENT``.
        recent: files open before, newest first.
    """

    version: int = VERSION
    look: LookChoice = LookChoice.SYSTEM
    text_size_percent: int = 100
    recent: tuple[RecentFile, ...] = ()


UPGRADES: Final[dict[int, Callable[[Settings], Settings]]] = {}
"""One function per version before this one; each brings settings to the next."""


def default_store() -> QSettings:
    """Return where settings are kept on this machine."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "tendereval")


def load(store: QSettings) -> Settings:
    """Return the settings; the defaults where there are none, or none that can be read."""
    try:
        found = msgspec.json.decode(str(store.value(_KEY, "{}")), type=Settings)
    except msgspec.DecodeError:
        return Settings()
    while found.version in UPGRADES:
        found = UPGRADES[found.version](found)
    if found.text_size_percent not in TEXT_SIZES_PERCENT:
        found = replace(found, text_size_percent=100)
    return found


class SettingsFile(QObject):
    """The settings in force, written as soon as one changes.

    Signals:
        changed: the settings in force.
    """

    changed = Signal(object)

    def __init__(self, store: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store or default_store()
        self.now = load(self._store)

    def keep(self, settings: Settings) -> None:
        """Take other settings into force and keep them."""
        if settings == self.now:
            return
        self.now = settings
        self._store.setValue(_KEY, msgspec.json.encode(settings).decode())
        self.changed.emit(settings)
