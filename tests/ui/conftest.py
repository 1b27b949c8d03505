"""Qt without a screen, with our own fonts and theme."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

import pytest  # noqa: E402 - Qt reads the environment when it is first imported
from PySide6.QtWidgets import QApplication  # noqa: E402

from tendereval.ui import theme  # noqa: E402


@pytest.fixture(autouse=True)
def _our_look(qapp: QApplication) -> None:
    theme.load_fonts()
    theme.apply(qapp, theme.Theme())
