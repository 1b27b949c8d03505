"""PDFs with text, scans, and files that only say they are PDFs."""

import io

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from tendereval.domain.errors import UnreadableDocument
from tendereval.exchange.pdf_text import PdfFacts, read_pdf


def a_pdf(text: str, pages: int = 1) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for _ in range(pages):
        canvas.drawString(72, 700, text)
        canvas.rect(10, 10, 50, 50)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_a_pdf_with_text_has_text() -> None:
    assert read_pdf(a_pdf("We answer every call within two minutes.", 2)) == PdfFacts(2, True)


def test_a_scan_has_none() -> None:
    assert read_pdf(a_pdf("", 3)) == PdfFacts(3, False)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"PK\x03\x04", b"text"])
def test_a_damaged_pdf_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_pdf(content)


def test_a_protected_pdf_is_refused_in_words() -> None:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf("Secret words that nobody reads."))) as document:
        document.save(stream, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(UnreadableDocument, match="password"):
        read_pdf(stream.getvalue())
