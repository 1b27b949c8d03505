"""Files dropped on the lead's window: which ones belong to the panel, wherever they land."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

ENDINGS: Final = frozenset({".scores", ".evaluator", ".xlsx"})


def files_for_panel(data: QMimeData) -> tuple[Path, ...]:
    """Return the files that the panel takes; empty where one of them is anything else."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    fits = all(path.is_dir() or path.suffix.casefold() in ENDINGS for path in paths)
    return tuple(paths) if fits and len(paths) == len(data.urls()) else ()


def leave_files_to_window(screen: QWidget) -> None:
    """Let no text field of a screen take a dropped file for words."""
    for kind in (QLineEdit, QPlainTextEdit, QTextEdit):
        for one in screen.findChildren(kind):
            one.setAcceptDrops(False)
