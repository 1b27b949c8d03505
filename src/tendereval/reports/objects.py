"""Write the objects of a PDF file, with reportlab for fonts, numbering and the file itself.

Knows PDF syntax, and nothing of pages, tags or text.
"""

import zlib
from typing import Final

from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject

_VERSION: Final = (1, 7)
_FONTS: Final = "BasicFonts"


class RawObject(PDFObject):
    """An indirect object whose text is filled in at any time before the file is written."""

    def __init__(self) -> None:
        self.number = 0
        self.content: bytes = b"null"

    @property
    def reference(self) -> str:
        """How other objects name this one."""
        return f"{self.number} 0 R"

    def write(self, text: str) -> None:
        """Set the content; ``text`` is PDF syntax in Latin-1."""
        self.content = text.encode("latin-1")

    def write_stream(self, data: bytes, entries: str = "") -> None:
        """Set the content to a compressed stream with further dictionary ``entries``."""
        packed = zlib.compress(data, 6)
        head = f"<</Length {len(packed)}/Filter/FlateDecode{entries}>>\nstream\n"
        self.content = head.encode("latin-1") + packed + b"\nendstream"

    def format(self, document: PDFDocument) -> bytes:  # noqa: ARG002 - called by reportlab
        """Hand the content to reportlab's file writer."""
        return self.content


class ObjectStore:
    """All objects of one file."""

    def __init__(self, language: str) -> None:
        self.document = PDFDocument(compression=1, invariant=1, pdfVersion=_VERSION, lang=language)

    def reserve(self) -> RawObject:
        """Add an object and number it; the numbers follow the order of calls."""
        raw = RawObject()
        self.document.Reference(raw)  # type: ignore[no-untyped-call] # stubs leave it bare
        raw.number = self.document.objectcounter
        return raw

    def reserve_many(self, count: int) -> list[RawObject]:
        """Add ``count`` objects with consecutive numbers."""
        return [self.reserve() for _ in range(count)]

    def fonts_reference(self) -> str:
        """How pages name the dictionary of all fonts of the file."""
        number, version = self.document.idToObjectNumberAndVersion[_FONTS]
        return f"{number} {version} R"

    def to_bytes(self, title: str, catalogue: dict[str, RawObject]) -> bytes:
        """Give the finished file; nothing may be added afterwards.

        Args:
            title: for the file's properties, without invisible characters.
            catalogue: entries of the file's root; ``Pages`` is required.
        """
        for font in self.document.delayedFonts:
            font.addObjects(self.document)
        root: PDFObject = self.document.Catalog  # type: ignore[attr-defined] # not in the stubs
        entries: dict[str, RawObject | None] = {
            # reportlab's own outline would ask for its canvas.
            "Outlines": None,
            "MarkInfo": _raw("<</Marked true>>"),
            "ViewerPreferences": _raw("<</DisplayDocTitle true>>"),
        }
        for name, raw in (entries | catalogue).items():
            setattr(root, name, raw)
        self.document.info.title = title
        return self.document.format()


def _raw(text: str) -> RawObject:
    raw = RawObject()
    raw.write(text)
    return raw


def pdf_text(text: str) -> str:
    """Write a text string; ``text`` must be free of lone surrogates."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
