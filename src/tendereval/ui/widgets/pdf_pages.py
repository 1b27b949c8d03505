"""Pages of a PDF drawn off the screen's thread, with a cache; draws nothing on the screen.

PDFium may be used by one thread at a time, so one worker does all of it.
"""

import ctypes
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it has no types
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage

from tendereval.exchange.pdf_text import PDFIUM

_MOST_CACHED_BYTES: Final = 96 * 1024 * 1024
_LONGEST_SIDE_PX: Final = 8000
_MOST_FOUND: Final = 2000
_LOCK: Final = PDFIUM
"""PDFium keeps state of its own: no two documents at a time either."""

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom in points, from the top left of the page."""


@dataclass(frozen=True, slots=True)
class Found:
    """One place where the words searched for stand.

    Attributes:
        page: counted from 0.
        rects: where on the page.
        text: the words as they stand there.
    """

    page: int
    rects: tuple[Rect, ...]
    text: str


class _Call(QRunnable):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()


class PdfPages(QObject):
    """One document.

    Signals:
        opened: the size of each page in points, as a tuple of pairs.
        failed: a sentence; the document cannot be read.
        drawn: the number of a page whose image is there now.
        found: the places of the words searched for, as a tuple of ``Found``.
        text_read: the number of a page and its text.
        words_read: a ``Found`` for an area that was marked.
    """

    opened = Signal(object)
    failed = Signal(str)
    drawn = Signal(int)
    found = Signal(object)
    text_read = Signal(int, str)
    words_read = Signal(object)
    _made = Signal(object, object)

    def __init__(self, content: bytes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._document: pdfium.PdfDocument | None = None
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._images: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._bytes = 0
        self._asked: set[tuple[int, int]] = set()
        self._wanted: frozenset[tuple[int, int]] = frozenset()
        self._closed = False
        self._made.connect(self._store)

    def open(self) -> None:
        """Read the document; the sizes of its pages come by ``opened``."""
        self._start(self._open)

    def close(self) -> None:
        """Let go of the document."""
        self._closed = True
        self._wanted = frozenset()
        self._pool.clear()
        self._pool.waitForDone()
        with _LOCK:
            if self._document is not None:
                self._document.close()
                self._document = None

    def image(self, page: int, width_px: int) -> QImage | None:
        """Return a page at a width, or None where it is not drawn yet."""
        key = (page, width_px)
        if key in self._images:
            self._images.move_to_end(key)
        return self._images.get(key)

    def nearest_image(self, page: int) -> QImage | None:
        """Return a page at any width, to show until the right one is there."""
        return next((self._images[key] for key in reversed(self._images) if key[0] == page), None)

    def want(self, pages: tuple[int, ...], width_px: int) -> None:
        """Draw these pages, the first one first; what was wanted before and is not begun is not."""
        keys = [(page, width_px) for page in pages]
        self._wanted = frozenset(keys)
        for key in keys:
            if key not in self._images and key not in self._asked:
                self._asked.add(key)
                self._start(lambda key=key: self._draw(key))  # type: ignore[misc]  # bound early

    def search(self, words: str) -> None:
        """Look for words in every page."""
        self._start(lambda: self._search(words))

    def read_text(self, page: int) -> None:
        """Read the text of a page, for who listens to it."""
        self._start(lambda: self._read_text(page))

    def read_words(self, page: int, area: Rect) -> None:
        """Read the words within an area of a page."""
        self._start(lambda: self._read_words(page, area))

    def _start(self, work: Callable[[], None]) -> None:
        if not self._closed:
            self._pool.start(_Call(work))

    def _store(self, key: tuple[int, int], image: QImage | None) -> None:
        self._asked.discard(key)
        if image is None:
            return
        self._images[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > _MOST_CACHED_BYTES and len(self._images) > 1:
            _, old = self._images.popitem(last=False)
            self._bytes -= old.sizeInBytes()
        self.drawn.emit(key[0])

    # What follows runs on the worker's thread; signals carry the results to the screen's.

    def _open(self) -> None:
        try:
            with _LOCK:
                self._document = pdfium.PdfDocument(self._content)
                count = len(self._document)
                sizes = tuple(self._document.get_page_size(number) for number in range(count))
        except pdfium.PdfiumError:
            self.failed.emit("This document cannot be shown: it is no PDF, damaged or locked.")
            return
        self.opened.emit(sizes)

    def _draw(self, key: tuple[int, int]) -> None:
        page, width_px = key
        image: QImage | None = None
        if key in self._wanted and not self._closed:
            try:
                image = self._drawn(page, width_px)
            except pdfium.PdfiumError:
                image = QImage()
        self._made.emit(key, image)

    def _drawn(self, page: int, width_px: int) -> QImage:
        with _LOCK:
            if self._document is None:
                return QImage()
            one = self._document[page]
            width, height = one.get_size()
            zoom = width_px / max(width, 1.0)
            zoom = min(zoom, _LONGEST_SIDE_PX / max(width, height, 1.0))
            bitmap = one.render(scale=zoom, rev_byteorder=False, prefer_bgrx=True)
            data = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
            image = QImage(
                data, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            ).copy()
            bitmap.close()
            one.close()
        return image

    def _search(self, words: str) -> None:
        found: list[Found] = []
        number = 0
        while words.strip() and not self._closed and len(found) < _MOST_FOUND:
            # One page at a time, so that drawing what is seen need not wait for the whole.
            with _LOCK:
                if self._document is None or number >= len(self._document):
                    break
                found += _places(self._document, number, words)
            number += 1
        self.found.emit(tuple(found[:_MOST_FOUND]))

    def _read_text(self, page: int) -> None:
        with _LOCK:
            if self._document is None:
                return
            text = self._document[page].get_textpage().get_text_bounded()
        self.text_read.emit(page, text)

    def _read_words(self, page: int, area: Rect) -> None:
        with _LOCK:
            if self._document is None:
                return
            one = self._document[page]
            height = one.get_height()
            left, top, right, bottom = area
            text = one.get_textpage().get_text_bounded(
                left=left, bottom=height - bottom, right=right, top=height - top
            )
        self.words_read.emit(Found(page, (area,), text))


def _places(document: pdfium.PdfDocument, number: int, words: str) -> list[Found]:
    page = document[number]
    height = page.get_height()
    textpage = page.get_textpage()
    searcher = textpage.search(words)
    found = []
    while (place := searcher.get_next()) is not None:
        first, count = place
        rects = []
        for at in range(textpage.count_rects(first, count)):
            left, bottom, right, top = textpage.get_rect(at)
            rects.append((left, height - top, right, height - bottom))
        found.append(Found(number, tuple(rects), textpage.get_text_range(first, count)))
    return found
