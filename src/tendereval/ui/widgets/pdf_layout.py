"""Where each page of a document lies when pages stand one under the other; pure arithmetic."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize


class PdfLayout:
    """Pages of one width, with a gap between them.

    Args:
        sizes: width and height of each page in points.
    """

    def __init__(self, sizes: Sequence[tuple[float, float]]) -> None:
        self.sizes = tuple(sizes)
        self.width = 0
        self.height = 0
        self._tops: list[int] = []

    def arrange(self, width: int, gap: int) -> None:
        """Give every page this width in px."""
        self.width, self._tops, at = width, [], gap
        for page in range(len(self.sizes)):
            self._tops.append(at)
            at += self.size(page).height() + gap
        self.height = at

    def size(self, page: int) -> QSize:
        """Return the size of a page in px."""
        width, height = self.sizes[page]
        return QSize(self.width, max(1, round(self.width * height / max(width, 1.0))))

    def top(self, page: int) -> int:
        """Return where a page begins."""
        return self._tops[page]

    def page_at(self, y: int) -> int:
        """Return the page at a height, counted from 0."""
        return max(0, bisect_right(self._tops, y) - 1)

    def pages_between(self, top: int, bottom: int) -> tuple[int, ...]:
        """Return the pages that lie between two heights, one at least."""
        first = self.page_at(top)
        return tuple(range(first, max(first, self.page_at(bottom)) + 1))

    def points_per_px(self, page: int) -> float:
        """Return how many points of a page one px is."""
        return self.sizes[page][0] / max(1, self.width)

    def on_page(self, page: int, rect: tuple[float, float, float, float]) -> QRectF:
        """Return an area of a page, given in points, in px from the top of all pages."""
        px = 1 / self.points_per_px(page)
        left, top, right, bottom = rect
        return QRectF(
            left * px, self.top(page) + top * px, (right - left) * px, (bottom - top) * px
        )
