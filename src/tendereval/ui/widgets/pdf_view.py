"""A bidder's PDF to read: pages one under the other, zoom, find, words to cite."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring
from tendereval.ui.widgets.pdf_layout import PdfLayout
from tendereval.ui.widgets.pdf_pages import Found, PdfPages

_ZOOM_STEP: Final = 1.25
_LEAST_ZOOM, _MOST_ZOOM = 0.4, 5.0
_AHEAD: Final = 1
_MARK_STRENGTH: Final = 80


class PdfView(QAbstractScrollArea):
    """One document.

    Signals:
        said: what is going on, in words: pages, a failure, how often words were found.
        page_changed: the page in sight (from 1) and how many there are.
    """

    said = Signal(str)
    page_changed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._layout = PdfLayout(())
        self._zoom = 1.0
        self._found: tuple[Found, ...] = ()
        self._at = -1
        self._selected: Found | None = None
        self._drag: tuple[int, QPoint, QPoint] | None = None
        self._page_shown = -1
        self._wanted_page = 0
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Document")
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        theme.changed().connect(self.viewport().update)

    def show_document(self, content: bytes, page: int = 1) -> None:
        """Show a document from a page on; what was shown before is let go."""
        self.close_document()
        self._wanted_page = max(0, page - 1)
        self.said.emit("Opening the document…")
        self._pages = PdfPages(content, self)
        self._pages.opened.connect(self._on_opened)
        self._pages.failed.connect(self._on_failed)
        self._pages.drawn.connect(self._on_drawn)
        self._pages.found.connect(self._on_found)
        self._pages.text_read.connect(self._on_text_read)
        self._pages.words_read.connect(self._on_words_read)
        self._pages.open()

    def close_document(self) -> None:
        """Let go of the document."""
        if self._pages is not None:
            self._pages.close()
            self._pages.deleteLater()
        self._pages, self._found, self._selected, self._at = None, (), None, -1
        self._layout = PdfLayout(())
        self._page_shown = -1
        self.viewport().update()

    @property
    def page_count(self) -> int:
        """How many pages there are; 0 until the document is read."""
        return len(self._layout.sizes)

    @property
    def page(self) -> int:
        """The page in sight, from 1."""
        return self._layout.page_at(self._scroll + self.viewport().height() // 3) + 1

    @property
    def zoom(self) -> float:
        """1.0 fills the width of the pane."""
        return self._zoom

    @property
    def _scroll(self) -> int:
        return self.verticalScrollBar().value()

    def go_to_page(self, number: int) -> None:
        """Bring a page (from 1) to the top."""
        if self.page_count:
            page = max(0, min(self.page_count - 1, number - 1))
            self.verticalScrollBar().setValue(self._layout.top(page))

    def set_zoom(self, zoom: float) -> None:
        """Make pages larger or smaller; what stands in the middle stays there."""
        zoom = max(_LEAST_ZOOM, min(_MOST_ZOOM, zoom))
        if zoom == self._zoom:
            return
        height = max(1, self._layout.height)
        share = (self._scroll + self.viewport().height() / 2) / height
        self._zoom = zoom
        self._arrange()
        self.verticalScrollBar().setValue(
            round(share * self._layout.height - self.viewport().height() / 2)
        )

    def zoom_in(self) -> None:
        """Make pages larger."""
        self.set_zoom(self._zoom * _ZOOM_STEP)

    def zoom_out(self) -> None:
        """Make pages smaller."""
        self.set_zoom(self._zoom / _ZOOM_STEP)

    def find_words(self, words: str, *, backwards: bool = False) -> None:
        """Look for words; the next place where the words are the same as before."""
        known = self._found[0].text.casefold() if self._found else None
        if known is not None and known == words.casefold():
            self._go_to_found(self._at + (-1 if backwards else 1))
        elif self._pages is not None:
            self._pages.search(words)

    def selection(self) -> tuple[str, int] | None:
        """Return the words found or marked, and the page they stand on, from 1."""
        if self._selected is None or not self._selected.text.strip():
            return None
        return self._selected.text, self._selected.page + 1

    # Answers of the worker

    def _is_current(self) -> bool:
        """Whether an answer is about the document shown, not one that was let go meanwhile."""
        return self._pages is not None and self.sender() is self._pages

    def _on_opened(self, sizes: object) -> None:
        if isinstance(sizes, tuple) and self._is_current():
            self._layout = PdfLayout(sizes)
            self._arrange()
            self.go_to_page(self._wanted_page + 1)
            count = len(sizes)
            self.said.emit(f"{count} page{'s' if count != 1 else ''}")
            self._on_scrolled()

    def _on_failed(self, sentence: str) -> None:
        self.said.emit(sentence)
        self.setAccessibleDescription(sentence)

    def _on_drawn(self, page: int) -> None:
        if not self._is_current() or page >= self.page_count:
            return
        self.viewport().update(self._on_screen(page))

    def _on_found(self, found: object) -> None:
        if not isinstance(found, tuple) or not self._is_current():
            return
        self._found, self._at = found, -1
        if not found:
            self._selected = None
            self.said.emit("Not found")
            self.viewport().update()
            return
        here = self.page - 1
        self._go_to_found(next((n for n, item in enumerate(found) if item.page >= here), 0))

    def _go_to_found(self, number: int) -> None:
        self._at = number % len(self._found)
        item = self._selected = self._found[self._at]
        self.said.emit(f"{self._at + 1} of {len(self._found)}, page {item.page + 1}")
        if item.rects:
            box = self._layout.on_page(item.page, item.rects[0])
            top = self._scroll
            if not top <= box.top() <= top + self.viewport().height() - box.height():
                self.verticalScrollBar().setValue(round(box.top()) - self.viewport().height() // 3)
        self.viewport().update()

    def _on_text_read(self, page: int, text: str) -> None:
        if self._is_current() and page + 1 == self.page:
            self.setAccessibleDescription(text[:4000])

    def _on_words_read(self, found: object) -> None:
        if isinstance(found, Found) and self._is_current():
            self._selected = found
            self.viewport().update()

    # Layout

    def _arrange(self) -> None:
        look = theme.current()
        width = max(200, round((self.viewport().width() - look.px(32)) * self._zoom))
        self._layout.arrange(width, look.px(12))
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        bar.setRange(0, max(0, self._layout.height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(look.px(48))
        across.setRange(0, max(0, width + look.px(32) - self.viewport().width()))
        across.setPageStep(self.viewport().width())
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place in the document while the width changes."""
        super().resizeEvent(event)
        share = self._scroll / max(1, self._layout.height)
        self._arrange()
        self.verticalScrollBar().setValue(round(share * self._layout.height))

    def _left(self) -> int:
        spare = self.viewport().width() - self._layout.width
        return (
            spare // 2 if spare > 0 else theme.current().px(16) - self.horizontalScrollBar().value()
        )

    def _on_screen(self, page: int) -> QRect:
        size = self._layout.size(page)
        return QRect(QPoint(self._left(), self._layout.top(page) - self._scroll), size)

    def _on_scrolled(self) -> None:
        self.viewport().update()
        if self.page_count and self.page != self._page_shown:
            self._page_shown = self.page
            self.setAccessibleName(f"Document, page {self.page} of {self.page_count}")
            self.page_changed.emit(self.page, self.page_count)
            if self._pages is not None:
                self._pages.read_text(self.page - 1)

    # Painting and input

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pages in sight, a blank sheet where one is not drawn yet."""
        look = theme.current()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look.colour("sunken"))
        if self._pages is not None and self.page_count:
            seen = self._layout.pages_between(self._scroll, self._scroll + self.viewport().height())
            near = range(max(0, seen[0] - _AHEAD), min(self.page_count, seen[-1] + 1 + _AHEAD))
            order = (*seen, *(page for page in near if page not in seen))
            ratio = self.devicePixelRatioF()
            width = round(self._layout.width * ratio)
            self._pages.want(order, width)
            for page in seen:
                self._paint_page(painter, page, width)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.viewport().rect()), self.palette())

    def _paint_page(self, painter: QPainter, page: int, width: int) -> None:
        look, box = theme.current(), self._on_screen(page)
        image = self._pages.image(page, width) if self._pages else None
        if image is None and self._pages is not None:
            image = self._pages.nearest_image(page)
        if image is None or image.isNull():
            # A sheet is white in every theme, as the bidder made it.
            painter.fillRect(box, QColor(Qt.GlobalColor.white))
        else:
            painter.drawImage(box, image)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        chosen = self._selected
        for item in self._found:
            if item.page == page and item != chosen:
                self._paint_found(painter, item, chosen=False)
        if chosen is not None and chosen.page == page:
            self._paint_found(painter, chosen, chosen=True)

    def _paint_found(self, painter: QPainter, item: Found, *, chosen: bool) -> None:
        look = theme.current()
        tint = QColor(look.colour("mark"))
        tint.setAlpha(_MARK_STRENGTH)
        outline = QPen(look.colour("mark_line"), 2) if chosen else QPen(Qt.PenStyle.NoPen)
        for rect in item.rects:
            box = self._layout.on_page(item.page, rect)
            box.translate(self._left(), -self._scroll)
            painter.fillRect(box, tint)
            painter.setPen(outline)
            painter.drawRect(box.adjusted(-2, -2, 2, 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by page, to either end, and zoom."""
        moves = {
            Qt.Key.Key_PageDown: self._scroll + self.viewport().height() * 9 // 10,
            Qt.Key.Key_PageUp: self._scroll - self.viewport().height() * 9 // 10,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._layout.height,
        }
        if event.key() in moves:
            self.verticalScrollBar().setValue(moves[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_in()
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_out()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * (_ZOOM_STEP if event.angleDelta().y() > 0 else 0.8))
            event.accept()
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to mark words."""
        point = event.position().toPoint()
        if self.page_count:
            page = self._layout.page_at(point.y() + self._scroll)
            self._drag = (page, point, point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark words."""
        if self._drag is not None:
            page, start, _ = self._drag
            self._drag = (page, start, event.position().toPoint())
            self._selected = Found(page, (self._marked(),), "")
            self.viewport().update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Read the words that were marked."""
        if self._drag is None or self._pages is None:
            return
        page, start, end = self._drag
        if (start - end).manhattanLength() > 4:  # noqa: PLR2004 - less than that is a click
            self._pages.read_words(page, self._marked())
        else:
            self._selected = None
        self._drag = None
        self.viewport().update()

    def _marked(self) -> tuple[float, float, float, float]:
        if self._drag is None:
            return (0, 0, 0, 0)
        page, start, end = self._drag
        sheet = self._on_screen(page)
        area = QRect(start, end).normalized().intersected(sheet)
        area.translate(-sheet.topLeft())
        points = self._layout.points_per_px(page)
        return (
            area.left() * points,
            area.top() * points,
            area.right() * points,
            area.bottom() * points,
        )
