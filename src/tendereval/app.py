"""The desktop app put together: the only module that knows every layer."""

import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication, QWidget

from tendereval.services.session import Session
from tendereval.services.tenders import open_tender
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.main_window import MainWindow, Place
from tendereval.viewmodels.session_view_model import SessionViewModel

VIA: Final = "app"

LEAD_PLACES: Final = {
    "overview": "Overview",
    "setup": "Set-up",
    "bids": "Bids",
    "panel": "Panel",
    "moderation": "Moderation",
    "ranking": "Price and ranking",
    "award": "Award and documents",
    "record": "Record",
}
"""The lead's places in the order of the work: name of the modules, title for people."""


def now() -> datetime:
    """Return the moment on the clock of the machine."""
    return datetime.now().astimezone()


def application(arguments: list[str] | None = None) -> QApplication:
    """Return the one application, with our fonts and the system's look."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(arguments or sys.argv[:1])
    app.setApplicationName("tendereval")
    app.setOrganizationName("tendereval")
    theme.load_fonts()
    theme.apply(app, theme.Theme(theme.system_look()))
    return app


def lead_window(session: Session) -> MainWindow:
    """Return the window of the lead evaluator for an open file."""
    desk = SessionViewModel(session)
    jobs = JobRunner()
    places = [Place(name, title, _maker(name, desk, jobs)) for name, title in LEAD_PLACES.items()]
    window = MainWindow(desk, places, jobs)
    desk.setParent(window)
    jobs.setParent(window)
    return window


def _maker(name: str, desk: SessionViewModel, jobs: JobRunner) -> Callable[[], QWidget]:
    return partial(make_screen, name, desk, jobs)


def make_screen(name: str, desk: SessionViewModel, jobs: JobRunner) -> QWidget:
    """Make a screen and its view-model when it is first entered, not before.

    Each place has two modules of its name with one function ``make`` each.
    """
    view_model = import_module(f"tendereval.viewmodels.{name}").make(desk)
    screen = import_module(f"tendereval.ui.screens.{name}").make(view_model, jobs)
    if not isinstance(screen, QWidget):
        raise TypeError(f"the place {name!r} made no widget")
    return screen


def main(path: Path) -> int:
    """Open the app on a file and return the exit status."""
    app = application()
    window = lead_window(open_tender(path, "", now, VIA))
    window.show()
    return app.exec()
