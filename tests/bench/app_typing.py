"""Type into a field that holds a long rationale, a bare one or ours; a fresh process.

Ours is the Score screen on a real file. After every fifteenth key what was typed is kept, as
often as the timer would for somebody who types ten keys a second; that takes its time between two
keys and is told by itself.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from tendereval.services.tenders import open_tender
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens import score as score_screen
from tendereval.viewmodels.score import ScoreViewModel
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.bench import sizes
from tests.bench.pairs import percentile
from tests.service.builders import AFTER, BEN, TickingClock

KEYS, WARM, KEPT_EVERY = 300, 30, 15
LENGTH = 1800
SIZE = (520, 240)


def typed(field: QWidget, keep: Callable[[], None]) -> None:
    """Type, and print how long a key takes until it is on the screen, and keeping it."""
    found: list[float] = []
    kept: list[float] = []
    for turn in range(KEYS + WARM):
        start = time.perf_counter()
        QTest.keyClick(field, Qt.Key.Key_E if turn % 6 else Qt.Key.Key_Space)
        QApplication.processEvents()
        found.append(time.perf_counter() - start)
        if not turn % KEPT_EVERY:
            start = time.perf_counter()
            keep()
            kept.append(time.perf_counter() - start)
    keys = found[WARM:]
    told = {"p50": percentile(keys, 50), "p95": percentile(keys, 95), "kept": percentile(kept, 95)}
    print(json.dumps(told))
    sys.stdout.flush()
    os._exit(0)


def bare() -> None:
    field = QTextEdit(sizes.texts(LENGTH)[0])
    field.resize(*SIZE)
    field.show()
    field.activateWindow()
    field.moveCursor(field.textCursor().MoveOperation.End)
    QApplication.processEvents()
    typed(field, lambda: None)


def ours(path: Path) -> None:
    theme.load_fonts()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Theme())
    with open_tender(path, "", TickingClock(AFTER), "bench", take_over=True) as session:
        model = SessionViewModel(session)
        model.take_seat(BEN)
        view_model = ScoreViewModel(model, model)
        screen = score_screen.make(view_model, JobRunner())
        screen.resize(1280, 760)
        screen.show()
        screen.activateWindow()
        words = screen.deciding.field.words
        words.setPlainText(sizes.texts(LENGTH)[0])
        words.setFocus()
        words.moveCursor(words.textCursor().MoveOperation.End)
        QApplication.processEvents()
        typed(words, view_model.keep)


if __name__ == "__main__":
    running = QApplication([])
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(Path(sys.argv[2]))
