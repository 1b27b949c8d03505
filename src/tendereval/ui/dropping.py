"""Files dropped on a window."""

from pathlib import Path

from PySide6.QtGui import QDropEvent


def dropped(event: QDropEvent) -> list[Path]:
    """Return the local files of a drop."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
