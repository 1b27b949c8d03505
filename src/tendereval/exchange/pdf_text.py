"""Whether a PDF can be read and holds text at all; a scan is only pictures of pages."""

import ctypes
from dataclasses import dataclass
from threading import Lock
from typing import Final

from tendereval.domain.errors import UnreadableDocument

PDFIUM: Final = Lock()
"""PDFium keeps state of its own: who uses it holds this."""
_LEAST_LETTERS: Final = 20
_MOST_PAGES: Final = 40
_PASSWORD: Final = 4  # FPDF_ERR_PASSWORD


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What a PDF is.

    Attributes:
        pages: how many.
        has_text: whether its first pages hold letters, so that it can be searched and cited.
    """

    pages: int
    has_text: bool


def read_pdf(content: bytes) -> PdfFacts:
    """Return the facts of a PDF.

    Raises:
        UnreadableDocument: protected with a password, damaged, or no PDF at all.
    """
    # Its library is slow to load and hardly ever needed.
    import pypdfium2 as pdfium  # type: ignore[import-untyped]  # noqa: PLC0415 - it has no types

    with PDFIUM:
        try:
            document = pdfium.PdfDocument(content)
            try:
                pages = len(document)
                looked_at = range(min(pages, _MOST_PAGES))
                has_text = any(_letters(document, page) for page in looked_at)
            finally:
                document.close()
        except (pdfium.PdfiumError, ValueError, ctypes.ArgumentError) as error:
            raise _unreadable(error) from error
    if not pages:
        raise UnreadableDocument("It has no pages.", "Ask for a fresh copy.")
    return PdfFacts(pages, has_text)


def _letters(document: object, page: int) -> bool:
    found: str = document[page].get_textpage().get_text_range()  # type: ignore[index]  # no types
    return sum(one.isalnum() for one in found) >= _LEAST_LETTERS


def _unreadable(error: Exception) -> UnreadableDocument:
    if getattr(error, "err_code", 0) == _PASSWORD or "password" in str(error).casefold():
        return UnreadableDocument(
            "It is protected with a password.", "Ask for a copy without a password."
        )
    return UnreadableDocument("It is damaged, or it is no PDF at all.", "Ask for a fresh copy.")
