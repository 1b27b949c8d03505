"""One of the lead's screens on a real file, with keys going where the focus is."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tendereval.app import make_screen
from tendereval.ui import theme
from tendereval.ui.dialogs.confirm import Confirm
from tendereval.ui.jobs import JobRunner
from tendereval.viewmodels.session_view_model import SessionViewModel


@contextmanager
def on_screen(
    desk: SessionViewModel, name: str, qtbot: QtBot, size: tuple[int, int] = (1060, 760)
) -> Iterator[QWidget]:
    """Show a place's screen as the window makes it."""
    jobs = JobRunner(desk)
    screen = make_screen(name, desk, jobs)
    qtbot.addWidget(screen)
    screen.resize(*size)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.activateWindow()
    yield screen
    jobs.wait(20_000)
    screen.hide()


def focus(screen: QWidget) -> QWidget:
    """Return what has the focus."""
    found: QWidget | None = screen.focusWidget()
    return screen if found is None else found


def key(screen: QWidget, *keys: Qt.Key) -> None:
    """Press keys where the focus is."""
    for one in keys:
        QTest.keyClick(focus(screen), one)


def type_in(screen: QWidget, text: str) -> None:
    """Type where the focus is."""
    QTest.keyClicks(focus(screen), text)


def tab_to(screen: QWidget, widget: QWidget) -> None:
    """Press Tab until a control has the focus."""
    for _ in range(80):
        if screen.focusWidget() is widget:
            return
        key(screen, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {widget.accessibleName()}")


def answer(*, yes: bool) -> None:
    """Answer the next question by its keyboard default, or by its verb."""

    def press() -> None:
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, Confirm)
        assert asked.keep.isDefault()
        if yes:
            asked.do_it.click()
        else:
            QTest.keyClick(asked, Qt.Key.Key_Return)

    QTimer.singleShot(0, press)


def clipped_labels(screen: QWidget) -> list[str]:
    """Return the words of every label in sight that has less room than its words need."""
    found = []
    for one in screen.findChildren(QLabel):
        if not one.isVisible() or not one.text():
            continue
        needs = one.heightForWidth(one.width()) if one.wordWrap() else one.sizeHint().height()
        too_narrow = not one.wordWrap() and one.width() < one.sizeHint().width() - 1
        if one.height() < needs - 1 or too_narrow:
            found.append(one.text())
    return found


def every_look(application: QApplication) -> Iterator[theme.Theme]:
    """Give every look at 100 and 200 %, applied."""
    for look in theme.Look:
        for scale in (1.0, 2.0):
            found = theme.Theme(look, scale)
            theme.apply(application, found)
            QTest.qWait(20)
            yield found
