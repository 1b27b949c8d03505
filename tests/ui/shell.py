"""The app as people start it, with settings of its own and dialogs answered by the test."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tendereval.app import Desktop
from tendereval.ui.jobs import JobRunner
from tendereval.ui.main_window import MainWindow
from tendereval.ui.tender_menus import TenderMenus


@dataclass(slots=True)
class Shell:
    """A running app."""

    desktop: Desktop
    qtbot: QtBot

    @property
    def window(self) -> MainWindow:
        """The window of the tender opened last."""
        return self.desktop.windows[-1]

    @property
    def menus(self) -> TenderMenus:
        """The menus of that window."""
        found = self.window.findChild(TenderMenus)
        assert found is not None
        return found

    def wait_for(self, jobs: JobRunner) -> None:
        """Wait until no job runs."""
        self.qtbot.waitUntil(lambda: not jobs.is_busy, timeout=20_000)

    def close(self) -> None:
        """Close every window."""
        self.desktop.quit()


def started(app: QApplication, qtbot: QtBot, folder: Path) -> Shell:
    """Start the app without a file."""
    store = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    desktop = Desktop(app, store)
    desktop.start()
    return Shell(desktop, qtbot)


def press(widget: QWidget, text: str) -> None:
    """Press the visible button of this text or accessible name."""
    found = [
        one
        for one in widget.findChildren(QPushButton)
        if text in {one.text(), one.accessibleName()} and one.isVisibleTo(widget)
    ]
    assert len(found) == 1, [one.text() for one in widget.findChildren(QPushButton)]
    assert found[0].isEnabled(), text
    found[0].click()
