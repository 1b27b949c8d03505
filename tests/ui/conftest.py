"""Qt without a screen, with our own fonts and theme."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

import pytest
from PySide6.QtWidgets import QApplication

from tendereval.ui import theme


@pytest.fixture(autouse=True)
def _our_look(qapp: QApplication) -> None:
    theme.load_fonts()
    theme.apply(qapp, theme.Theme())
