"""A bidder's PDF: short and long documents, find, zoom, words to cite, what is no PDF."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tendereval.reports.outline import Document, PageBreak, Paragraph
from tendereval.reports.pdf import write_pdf
from tendereval.ui.widgets.pdf_layout import PdfLayout
from tendereval.ui.widgets.pdf_view import PdfView


@cache
def a_document(pages: int) -> bytes:
    blocks = [
        block
        for number in range(1, pages + 1)
        for block in (Paragraph(f"This is sheet {number}. Buses run late."), PageBreak())
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        write_pdf(Document("Answer", blocks=tuple(blocks[:-1])), path)
        return path.read_bytes()


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[PdfView]:
    found = PdfView()
    qtbot.addWidget(found)
    found.resize(600, 500)
    found.show()
    yield found
    found.close_document()


def opened(qtbot: QtBot, view: PdfView, content: bytes, page: int = 1) -> None:
    with qtbot.waitSignal(view.page_changed, timeout=20_000):
        view.show_document(content, page)


def drawn(view: PdfView) -> bool:
    """Whether the page in sight shows more than a blank sheet."""
    view.viewport().repaint()
    image = view.grab().toImage()
    middle = range(0, image.width(), 2)
    return any(image.pixelColor(x, y).lightness() < 90 for x in middle for y in range(40, 200, 2))


@pytest.mark.parametrize("pages", [2, 200])
def test_pages_come_one_under_the_other(qtbot: QtBot, view: PdfView, pages: int) -> None:
    opened(qtbot, view, a_document(pages))
    assert (view.page_count, view.page) == (pages, 1)
    qtbot.waitUntil(lambda: drawn(view), timeout=10_000)
    view.go_to_page(pages)
    assert view.page == pages
    assert view.accessibleName() == f"Document, page {pages} of {pages}"
    qtbot.waitUntil(lambda: f"sheet {pages}." in view.accessibleDescription(), timeout=10_000)


def test_a_document_opens_at_the_page_the_bidder_named(qtbot: QtBot, view: PdfView) -> None:
    opened(qtbot, view, a_document(200), page=150)
    assert view.page == 150


def test_few_pages_are_kept_and_none_is_drawn_twice(qtbot: QtBot, view: PdfView) -> None:
    opened(qtbot, view, a_document(200))
    for page in (1, 60, 120, 200):
        view.go_to_page(page)
        qtbot.wait(200)
    pages = view._pages
    assert pages is not None
    assert len(pages._images) <= 4 * 4
    again: list[int] = []
    pages.drawn.connect(again.append)
    view.go_to_page(120)
    view.viewport().repaint()
    qtbot.wait(100)
    assert 119 not in again


def test_words_are_found_in_every_page_and_can_be_cited(qtbot: QtBot, view: PdfView) -> None:
    said: list[str] = []
    view.said.connect(said.append)
    opened(qtbot, view, a_document(200))
    view.find_words("sheet 137")
    qtbot.waitUntil(lambda: view.selection() == ("sheet 137", 137), timeout=20_000)
    assert view.page == 137
    assert said[-1] == "1 of 1, page 137"
    view.find_words("buses run")
    qtbot.waitUntil(lambda: said[-1] == "137 of 200, page 137", timeout=20_000)
    view.find_words("Buses run")
    assert said[-1] == "138 of 200, page 138"
    view.find_words("buses run", backwards=True)
    assert said[-1] == "137 of 200, page 137"
    view.find_words("trams")
    qtbot.waitUntil(lambda: said[-1] == "Not found", timeout=20_000)
    assert view.selection() is None


def test_marked_words_can_be_cited(qtbot: QtBot, view: PdfView) -> None:
    opened(qtbot, view, a_document(2))
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(port, QPoint(580, 300))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(580, 300))
    qtbot.waitUntil(lambda: view.selection() is not None, timeout=10_000)
    found = view.selection()
    assert found is not None
    assert "This is sheet 1. Buses run late." in found[0]
    assert found[1] == 1


def test_zoom_keeps_the_place(qtbot: QtBot, view: PdfView) -> None:
    opened(qtbot, view, a_document(200), page=80)
    for _ in range(4):
        view.zoom_in()
    assert view.zoom > 2
    assert abs(view.page - 80) <= 1
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom < 2
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.page == 200


@pytest.mark.parametrize("content", [b"", b"no pdf at all", b"%PDF-1.7\n" + bytes(range(256))])
def test_what_is_no_pdf_is_said(qtbot: QtBot, view: PdfView, content: bytes) -> None:
    said: list[str] = []
    view.said.connect(said.append)
    view.show_document(content)
    qtbot.waitUntil(lambda: "cannot be shown" in said[-1], timeout=10_000)
    assert view.page_count == 0
    view.grab()


def test_closing_in_the_middle_of_a_search_is_quick(qtbot: QtBot, view: PdfView) -> None:
    opened(qtbot, view, a_document(200))
    view.find_words("sheet")
    view.close_document()
    assert view.page_count == 0


def test_pages_of_different_sizes_keep_their_shape() -> None:
    layout = PdfLayout([(100, 200), (200, 100), (0, 0)])
    layout.arrange(400, 10)
    assert [layout.size(n).height() for n in range(3)] == [800, 200, 1]
    assert [layout.top(n) for n in range(3)] == [10, 820, 1030]
    assert layout.pages_between(0, 900) == (0, 1)
    assert layout.page_at(5000) == 2
    assert layout.on_page(1, (50, 25, 100, 50)).getRect() == (100, 870, 100, 50)
