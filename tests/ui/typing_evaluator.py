"""An evaluator who types a rationale without end and says how far, for tests that kill the app.

Run as a process: ``python -m tests.ui.typing_evaluator FILE SEED``. Each line is the moment (the
clock that all processes share) at which the text on the screen had that length.
"""

import os
import random
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tendereval.services.tenders import open_tender
from tendereval.ui import theme
from tendereval.ui.evaluator_window import EvaluatorWindow
from tendereval.ui.jobs import JobRunner
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import AFTER, BEN, TickingClock

WORDS = "The benches are built from larch of the county and mended within two days; "
KEPT_WITHIN = 1.5
"""Seconds after which what was typed is promised to be in the file."""


def text(length: int) -> str:
    """Return the first so many characters of what is typed."""
    return (WORDS * (length // len(WORDS) + 1))[:length]


def type_on(window: EvaluatorWindow, dice: random.Random) -> None:
    """Type one key, say how long the text is, and come back when a hand would."""
    field = window.score.deciding.field.words
    length = len(field.toPlainText())
    QTest.keyClicks(field, text(length + 1)[-1])
    assert field.toPlainText() == text(length + 1)
    sys.stdout.write(f"{time.monotonic()} {length + 1}\n")
    sys.stdout.flush()
    QTimer.singleShot(dice.randrange(60, 180), lambda: type_on(window, dice))


def main() -> None:
    app = QApplication([])
    theme.load_fonts()
    theme.apply(app, theme.Theme())
    clock = TickingClock(AFTER.replace(hour=12))
    desk = SessionViewModel(open_tender(Path(sys.argv[1]), "", clock, "app"))
    desk.take_seat(BEN)
    window = EvaluatorWindow(desk, JobRunner())
    window.show()
    window.activateWindow()
    window.score.deciding.field.words.setFocus(Qt.FocusReason.OtherFocusReason)
    dice = random.Random(int(sys.argv[2]))  # noqa: S311 - repeatable, not secret
    QTimer.singleShot(0, lambda: type_on(window, dice))
    app.exec()


if __name__ == "__main__":
    main()
