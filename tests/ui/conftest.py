"""Qt without a screen, with our own fonts and theme."""

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tendereval.ui import theme
from tendereval.ui.focus_ring import FocusRingStyle


@pytest.fixture(scope="session")
def _our_fonts(qapp: QApplication) -> None:
    assert qapp is not None
    theme.load_fonts()


@pytest.fixture(autouse=True)
def _our_look(_our_fonts: None, qapp: QApplication) -> Iterator[None]:
    """Every widget alive is looked at when a look is put on: only where another was left behind."""
    usual = theme.Theme()
    if theme.current() != usual or not isinstance(qapp.style(), FocusRingStyle):
        theme.apply(qapp, usual)
    yield
    # Widgets of a test that is over are gone before the next begins; without an event loop
    # running, nothing else takes them away.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
