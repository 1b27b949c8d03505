"""The desktop app put together: the only module that knows every layer.

What is heavy (database, workbooks, documents) is imported after the first window is painted.
"""

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from tendereval.domain.errors import FileProblem, UserFixable
from tendereval.ui import faults, theme
from tendereval.ui.appearance import Appearance
from tendereval.ui.dialogs.crash import Crash
from tendereval.ui.jobs import JobRunner
from tendereval.ui.settings import SettingsFile
from tendereval.ui.welcome import WelcomeWindow
from tendereval.viewmodels.welcome import WelcomeViewModel

if TYPE_CHECKING:
    from tendereval.exchange.identity_file import Identity
    from tendereval.services.opening_packs import Opening
    from tendereval.services.session import Session
    from tendereval.ui.dialogs.open_pack import OpenPack
    from tendereval.ui.evaluator_window import EvaluatorWindow
    from tendereval.ui.main_window import MainWindow
    from tendereval.viewmodels.session_view_model import SessionViewModel

VIA: Final = "app"
_EXAMPLE: Final = "harrowmere-cleaning.tender"

LEAD_PLACES: Final = {
    "overview": "Overview",
    "setup": "Set-up",
    "bids": "Bids",
    "panel": "Panel",
    "moderation": "Moderation",
    "ranking": "Price and ranking",
    "public_value": "Public value",
    "award": "Award and documents",
    "record": "Record",
}
"""The lead's places in the order of the work: name of the modules, title for people."""


def now() -> datetime:
    """Return the moment on the clock of the machine."""
    return datetime.now().astimezone()


def _application(arguments: list[str] | None = None) -> QApplication:
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication(arguments or sys.argv[:1])


def application(arguments: list[str] | None = None) -> QApplication:
    """Return the one application, with our fonts and the system's look."""
    app = _application(arguments)
    app.setApplicationName("tendereval")
    app.setOrganizationName("tendereval")
    theme.load_fonts()
    theme.apply(app, theme.Theme(theme.system_look()))
    return app


def _own_keys() -> "Identity | None":
    """Return the keys of whoever is at this computer, where they open without being asked for."""
    from tendereval.services import identities  # noqa: PLC0415 - see above
    from tendereval.viewmodels import panel_identity  # noqa: PLC0415 - see above

    return identities.found_quietly(panel_identity.PLACE)


def lead_window(session: "Session", appearance: Appearance | None = None) -> "MainWindow":
    """Return the window of the lead evaluator for an open file."""
    from tendereval.ui.main_window import MainWindow, Place  # noqa: PLC0415 - see above
    from tendereval.ui.tender_menus import TenderMenus  # noqa: PLC0415 - see above
    from tendereval.viewmodels.session_view_model import SessionViewModel  # noqa: PLC0415 - see above

    desk = SessionViewModel(replace(session, find_identity=_own_keys))
    jobs = JobRunner()
    places = [Place(name, title, _maker(name, desk, jobs)) for name, title in LEAD_PLACES.items()]
    window = MainWindow(desk, places, jobs)
    desk.setParent(window)
    jobs.setParent(window)
    TenderMenus(window, appearance or Appearance(_application(), SettingsFile()))
    return window


def evaluator_window(session: "Session", appearance: Appearance | None = None) -> "EvaluatorWindow":
    """Return the window of an evaluator for an open working file."""
    from tendereval.ui.evaluator_window import EvaluatorWindow  # noqa: PLC0415 - see above
    from tendereval.viewmodels.session_view_model import SessionViewModel  # noqa: PLC0415 - see above

    desk = SessionViewModel(session)
    jobs = JobRunner()
    window = EvaluatorWindow(desk, jobs, appearance or Appearance(_application(), SettingsFile()))
    desk.setParent(window)
    jobs.setParent(window)
    return window


def _maker(name: str, desk: "SessionViewModel", jobs: JobRunner) -> Callable[[], QWidget]:
    return partial(make_screen, name, desk, jobs)


def make_screen(name: str, desk: "SessionViewModel", jobs: JobRunner) -> QWidget:
    """Make a screen and its view-model when it is first entered, not before.

    Each place has two modules of its name with one function ``make`` each.
    """
    view_model = import_module(f"tendereval.viewmodels.{name}").make(desk)
    screen = import_module(f"tendereval.ui.screens.{name}").make(view_model, jobs)
    if not isinstance(screen, QWidget):
        raise TypeError(f"the place {name!r} made no widget")
    return screen


def build_example(folder: Path) -> Path:
    """Build the worked example in a folder and return its tender file.

    Raises:
        FileProblem: the folder is taken or cannot be written.
    """
    from tendereval.cli import main as command  # noqa: PLC0415 - see above

    said = io.StringIO()
    with redirect_stdout(said):
        status = command(["demo", str(folder)])
    if status != 0:
        raise FileProblem(
            f"The worked example could not be built in {folder}.",
            "Choose a folder that may be written and holds no “tendereval example” yet.",
        )
    return folder / _EXAMPLE


class Desktop(QObject):
    """The windows of the app: the welcome window and one per open file.

    Args:
        app: the application.
        store: where settings are kept; None is this person's place on this machine.
    """

    def __init__(self, app: QApplication, store: QSettings | None = None) -> None:
        super().__init__()
        self._app = app
        self.settings = SettingsFile(store, self)
        self.appearance = Appearance(app, self.settings, self)
        self.appearance.apply()
        self.jobs = JobRunner(self)
        self.files = WelcomeViewModel(self.settings.now.recent, build_example, self)
        self.welcome = WelcomeWindow(self.files, self.jobs, self.appearance)
        self.windows: list[MainWindow] = []
        self.scoring: list[EvaluatorWindow] = []
        self._first: Path | None = None
        self._is_telling = False
        app.setQuitOnLastWindowClosed(True)
        self.files.opened.connect(self._on_opened)
        self.files.already_open.connect(self._on_already_open)
        self.files.pack_wanted.connect(self.open_pack)
        self.welcome.card_wanted.connect(self.show_card)
        self.files.recent_changed.connect(self._on_recent_changed)
        self.welcome.painted.connect(self._on_painted)

    @property
    def every_window(self) -> "list[MainWindow | EvaluatorWindow]":
        """Every window of an open file, those of tenders first."""
        return [*self.windows, *self.scoring]

    def start(self, path: Path | None = None) -> None:
        """Show the welcome window at once; then open a file, where one is named."""
        self._first = path
        if path is not None:
            self.welcome.say_busy(f"Opening {path.name}…")
        self.welcome.show()

    def _on_painted(self) -> None:
        import_module("tendereval.viewmodels.tender_files").begin()
        import_module("tendereval.ui.tender_menus")
        if self._first is not None:
            path, self._first = self._first, None
            self.welcome.messages.clear()
            self.files.open(path.absolute())

    def _on_opened(self, session: "Session") -> None:
        if session.file.kind == "scoring":
            self._show_scoring(session)
            return
        window = lead_window(session, self.appearance)
        self.windows.append(window)
        self._remember(window)
        self.files.note_open(session.file.path)
        window.desk.changed.connect(lambda _kinds: self._remember(window))
        window.wanted.connect(lambda what: self._on_wanted(window, what))
        window.closed.connect(lambda: self._on_closed(window))
        window.show()
        self.welcome.hide()
        window.messages.tell(session.told)

    def _show_scoring(self, session: "Session", news: tuple[str, ...] = ()) -> None:
        window = evaluator_window(session, self.appearance)
        self.scoring.append(window)
        self._remember(window)
        self.files.note_open(session.file.path)
        window.wanted.connect(lambda what: self._on_wanted(window, what))
        window.file_dropped.connect(self._on_dropped)
        window.closed.connect(lambda: self._on_scoring_closed(window))
        window.show()
        self.welcome.hide()
        window.messages.tell((*session.told, *news))

    def _on_dropped(self, path: Path) -> None:
        self.welcome.open_file(path)
        if self.welcome.messages.words:
            self._shown().messages.show_note(self.welcome.messages.words)
            self.welcome.messages.clear()

    def pack_dialog(self, path: Path) -> "OpenPack":
        """Return the window that opens a pack."""
        from tendereval.ui.dialogs.open_pack import OpenPack  # noqa: PLC0415 - after the start
        from tendereval.viewmodels.pack_opening import PackOpeningViewModel  # noqa: PLC0415 - the same

        for window in self.scoring:
            window.keep_typing()
        known = (Path(item.path) for item in self.files.recent)
        view_model = PackOpeningViewModel(
            path,
            known=[one for one in known if one.suffix == ".scoring"],
            at_work=[window.desk.session for window in self.scoring],
            parent=self,
        )
        return OpenPack(view_model, self.jobs, self._active())

    def open_pack(self, path: Path) -> None:
        """Ask for what a pack needs and open it."""
        dialog = self.pack_dialog(path)
        dialog.exec()
        if dialog.opening is not None:
            self.take_opening(dialog.opening)
        dialog.deleteLater()

    def take_opening(self, opening: "Opening") -> None:
        """Show the working file that a pack was opened into."""
        path = opening.session.file.path
        for window in self.scoring:
            if window.desk.session.file is opening.session.file:
                # Another pack may bring other steps: the same file at a fresh desk.
                window.let_go()
                self._on_scoring_closed(window)
                break
        self.files.note_closed(path)
        news = opening.news
        if not opening.is_new and not news:
            news = ("Your working file is up to date with this pack; your scores are kept.",)
        self._show_scoring(opening.session, news)

    def show_card(self) -> None:
        """Show the person's own contact card."""
        from tendereval.ui.dialogs.own_identity import OwnIdentity  # noqa: PLC0415 - after the start

        dialog = OwnIdentity(self.jobs, self._active())
        dialog.exec()
        dialog.deleteLater()

    def _active(self) -> QWidget:
        active = self._app.activeWindow()
        return active if active is not None else self._shown()

    def _on_scoring_closed(self, window: "EvaluatorWindow") -> None:
        self.files.note_closed(window.desk.session.file.path)
        self.scoring.remove(window)
        window.deleteLater()

    def _remember(self, window: "MainWindow | EvaluatorWindow") -> None:
        here = window.desk.now
        title = here.details.title or here.details.reference or "Untitled tender"
        path = window.desk.session.file.path
        self.files.remember(path, title, str(here.stage), now().date())

    def _on_already_open(self, path: Path) -> None:
        for window in self.every_window:
            if window.desk.session.file.path.resolve() == path.resolve():
                front = window.stand_in or window
                self.welcome.hide()
                front.show()
                front.raise_()
                front.activateWindow()

    def _on_recent_changed(self) -> None:
        self.settings.keep(replace(self.settings.now, recent=self.files.recent))

    def _on_wanted(self, window: "MainWindow | EvaluatorWindow", what: str) -> None:
        match what:
            case "card":
                self.show_card()
            case "removed":
                self._on_removed(window)
            case "new":
                self.welcome.make_new()
            case "open":
                self.welcome.ask_and_open()
                if self.welcome.messages.words:
                    self.welcome.show()
            case "close":
                self.welcome.show()
                if not window.close():
                    self.welcome.hide()
            case _:
                self.quit()

    def _on_removed(self, window: "MainWindow | EvaluatorWindow") -> None:
        path = window.desk.session.file.path
        self.welcome.show()
        window.close()
        self.files.forget(path)
        self.welcome.messages.show_note(f"{path.name} was removed from this laptop.")

    def _on_closed(self, window: "MainWindow") -> None:
        self.files.note_closed(window.desk.session.file.path)
        self.windows.remove(window)
        window.deleteLater()

    def quit(self) -> None:
        """Close every window; one that must stay open keeps the app running."""
        fronts = [window.stand_in or window for window in self.every_window]
        if all(front.close() for front in fronts) and not self.windows:
            self.welcome.close()
            self._app.quit()

    def tell(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Say what nobody caught: a refusal as a message, a fault in a window with a report."""
        if issubclass(kind, KeyboardInterrupt):
            self.quit()
            return
        if isinstance(error, UserFixable):
            self._shown().messages.show_refusal(error)
            return
        told = faults.report(error, trace)
        faults.note_fault(told)
        if self._is_telling:
            return
        self._is_telling = True
        try:
            dialog = Crash(told, self._keep_typing(), self._app.activeWindow())
            if dialog.exec():
                self.quit()
            dialog.deleteLater()
        finally:
            self._is_telling = False

    def _shown(self) -> "MainWindow | EvaluatorWindow | WelcomeWindow":
        active = self._app.activeWindow()
        every = self.every_window
        return next((one for one in every if one is active), None) or (
            every[-1] if every else self.welcome
        )

    def _keep_typing(self) -> str:
        """Let every window keep what is being typed; whatever goes wrong, the person is told."""
        try:
            every = self.every_window
            kept = {window.keep_typing() for window in every} <= {True}
        except Exception:  # noqa: BLE001 - a fault while a fault is told must not hide it
            kept = False
        if kept:
            return "The text you were typing is kept too."
        return "The text you were typing may not be kept: copy it before you close."


def install_hook(desktop: Desktop) -> None:
    """Let no fault pass unseen: what nobody caught is told, wherever it arose."""
    sys.excepthook = desktop.tell


def main(path: Path | None = None) -> int:
    """Open the app, on a file where one is named, and return the exit status."""
    app = application()
    faults.start_log()
    faults.note("started")
    desktop = Desktop(app)
    install_hook(desktop)
    desktop.start(path)
    return app.exec()
