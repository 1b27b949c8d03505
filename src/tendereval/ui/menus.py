"""The menus of every window: what is done where, with its keys; no rule about tenders."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from tendereval.ui.appearance import Appearance
from tendereval.ui.command_palette import find_command
from tendereval.ui.settings import TEXT_SIZES_PERCENT, LookChoice

if TYPE_CHECKING:
    from tendereval.ui.help_window import HelpWindow

_CLIPBOARD: Final = (
    ("Cut", "cut", QKeySequence.StandardKey.Cut),
    ("Copy", "copy", QKeySequence.StandardKey.Copy),
    ("Paste", "paste", QKeySequence.StandardKey.Paste),
    ("Select all", "selectAll", QKeySequence.StandardKey.SelectAll),
)


class Menus(QObject):
    """Fills the menu bar of a window, menu by menu in the order of the calls.

    Args:
        window: whose menu bar.
        page: gives the name of the guide's page for what is shown now.
    """

    def __init__(self, window: QMainWindow, page: Callable[[], str]) -> None:
        super().__init__(window)
        self._window, self._page = window, page
        self._help: HelpWindow | None = None

    def menu(self, title: str) -> QMenu:
        """Add a menu."""
        return self._window.menuBar().addMenu(f"&{title}")

    def add(
        self,
        menu: QMenu,
        text: str,
        on: Callable[[], object],
        keys: str | QKeySequence.StandardKey = "",
    ) -> QAction:
        """Add a command to a menu."""
        action = QAction(text, self._window)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: on())
        menu.addAction(action)
        return action

    def add_clipboard(self, menu: QMenu) -> None:
        """Add cut, copy, paste and select all, for whichever field has the focus."""
        for text, slot, keys in _CLIPBOARD:
            self.add(menu, text, partial(_to_field, slot), keys)

    def add_view(self, appearance: Appearance) -> None:
        """Add the menu of what the window looks like."""
        view = self.menu("View")
        sizes, looks = view.addMenu("Text size"), view.addMenu("Colours")
        now = appearance.settings.now
        for percent in TEXT_SIZES_PERCENT:
            self._choice(
                sizes,
                f"{percent} %",
                partial(appearance.choose_text_size, percent),
                chosen=percent == now.text_size_percent,
            )
        for look in LookChoice:
            on = partial(appearance.choose_look, look)
            self._choice(looks, look.value, on, chosen=look is now.look)
        view.addSeparator()
        self.add(view, "Full screen", self._toggle_full_screen, "F11")

    def _choice(self, menu: QMenu, text: str, on: Callable[[], object], *, chosen: bool) -> None:
        group = menu.findChild(QActionGroup) or QActionGroup(menu)
        action = self.add(menu, text, on)
        action.setCheckable(True)
        action.setChecked(chosen)
        group.addAction(action)

    def add_help(self) -> None:
        """Add the menu of the guide."""
        menu = self.menu("Help")
        self.add(menu, "Guide", lambda: self.show_page(self._page()), "F1")
        self.add(menu, "Keys", lambda: self.show_page("keys"))
        self.add(menu, "About tendereval", self._show_about)

    def find(self) -> None:
        """Let the person find a command."""
        find_command(self._window.menuBar(), self._window)

    def show_page(self, name: str) -> None:
        """Open the guide at a page."""
        from tendereval.ui.help_window import HelpWindow  # noqa: PLC0415 - not needed at the start

        if self._help is None:
            self._help = HelpWindow(self._window)
        self._help.show_page(name)

    @property
    def help_window(self) -> "HelpWindow | None":
        """The guide, once it was opened."""
        return self._help

    def _show_about(self) -> None:
        from tendereval.ui.dialogs.about import About  # noqa: PLC0415 - not needed at the start

        dialog = About(self._window)
        dialog.exec()
        dialog.deleteLater()

    def _toggle_full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()


def _to_field(slot: str) -> None:
    """Do what a field does by itself on the same keys; other widgets have no such slot."""
    act = getattr(QApplication.focusWidget(), slot, None)
    if callable(act):
        act()
