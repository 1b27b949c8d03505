"""Start a window, tell the CPU time until it was painted and what was imported; a fresh process.

``bare`` is a PySide6 main window with one label; ``welcome`` is the app without a file;
``worked`` is the app on the worked example until the lead's window is painted.
"""

import json
import os
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget

WATCHED = ("sqlalchemy", "reportlab", "openpyxl", "numpy", "pandas")


class Painted(QObject):
    """Calls once, after a widget was painted with all that is in it."""

    def __init__(self, widget: QWidget, call: Callable[[], None]) -> None:
        super().__init__(widget)
        self._call: Callable[[], None] | None = call
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and self._call is not None:
            QTimer.singleShot(0, self._call)
            self._call = None
        return False


def tell() -> None:
    """Print what the start took, and end without tidying up."""
    cpu = time.process_time()
    print(json.dumps({"cpu": cpu, "loaded": [name for name in WATCHED if name in sys.modules]}))
    sys.stdout.flush()
    os._exit(0)


def bare() -> None:
    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Score tenders, agree as a panel"))
    window.resize(1000, 680)
    Painted(window, tell)
    window.show()
    app.exec()


def tool(settings: str, path: str = "") -> None:
    from pathlib import Path  # noqa: PLC0415 - what the bare window does without

    from tendereval.app import Desktop, application  # noqa: PLC0415 - the same

    app = application()
    desktop = Desktop(app, QSettings(settings, QSettings.Format.IniFormat))
    if path:
        desktop.files.opened.connect(lambda _session: Painted(desktop.windows[-1], tell))
    else:
        Painted(desktop.welcome, tell)
    desktop.start(Path(path) if path else None)
    app.exec()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        tool(*sys.argv[2:])
