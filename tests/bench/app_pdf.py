"""Open and scroll a bidder's document of 200 pages; a fresh process."""

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tendereval.ui import theme
from tendereval.ui.widgets.pdf_view import PdfView
from tests.bench.pairs import percentile

STEPS, STEP_PX = 300, 96
FAR = (60, 120, 180, 30, 150)
LIMIT = 20.0


class Reader:
    """A view, and the pages that were drawn."""

    def __init__(self) -> None:
        self.view = PdfView()
        self.view.resize(700, 800)
        self.view.show()
        QApplication.processEvents()

    def has_drawn(self, page: int) -> bool:
        """Whether a page's image is there to be painted."""
        pages = self.view._pages
        return pages is not None and pages.nearest_image(page) is not None

    def until_drawn(self, page: int) -> float:
        """Return how long it takes from now until a page is on the screen."""
        start = time.perf_counter()
        while not self.has_drawn(page) and time.perf_counter() - start < LIMIT:
            QApplication.processEvents()
            time.sleep(0.0005)
        assert self.has_drawn(page)
        self.view.viewport().repaint()
        return time.perf_counter() - start


def main() -> None:
    app = QApplication([])
    theme.load_fonts()
    theme.apply(app, theme.Theme())
    content = Path(sys.argv[1]).read_bytes()
    reader = Reader()
    start = time.perf_counter()
    reader.view.show_document(content)
    reader.until_drawn(0)
    first = time.perf_counter() - start
    assert reader.view.page_count >= max(FAR)
    bar = reader.view.verticalScrollBar()
    steps = []
    for _ in range(STEPS):
        start = time.perf_counter()
        bar.setValue(bar.value() + STEP_PX)
        QApplication.processEvents()
        steps.append(time.perf_counter() - start)
    jumps = []
    for page in FAR:
        start = time.perf_counter()
        reader.view.go_to_page(page)
        reader.until_drawn(page - 1)
        jumps.append(time.perf_counter() - start)
    told = {"first": first, "jump": percentile(jumps, 50)}
    told |= {f"p{share}": percentile(steps, share) for share in (50, 95)}
    print(json.dumps(told))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
