"""The objects of a PDF file, with reportlab for the fonts among them.

Knows PDF syntax, and nothing of pages, tags or text.
"""

from collections.abc import Iterator
from itertools import count
from typing import BinaryIO, Final, NamedTuple

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFDocument

from tendereval.reports.pdf_file import FileWriter, stream

_FONTS: Final = "BasicFonts"


class Image(NamedTuple):
    """Pixels from the top left, row by row, eight bits for each of red, green and blue.

    ``opacity`` holds eight bits for each pixel; empty where all of them are opaque.
    """

    width: int
    height: int
    pixels: bytes
    opacity: bytes


class RawObject:
    """An indirect object whose text is filled in at any time before the file is written."""

    __slots__ = ("content", "number")

    def __init__(self, number: int) -> None:
        self.number = number
        self.content: bytes | None = b"null"
        """None once it is in the file."""

    @property
    def reference(self) -> str:
        """How other objects name this one."""
        return f"{self.number} 0 R"

    def write(self, text: str) -> None:
        """Set the content; ``text`` is PDF syntax in Latin-1."""
        self.content = text.encode("latin-1")

    def write_stream(self, data: bytes, entries: str = "") -> None:
        """Set the content to a compressed stream with further dictionary ``entries``."""
        self.content = stream(data, entries)

    def write_plain_stream(self, data: bytes, entries: str) -> None:
        """Set the content to a stream that is not compressed."""
        head = f"<</Length {len(data)}{entries}>>\nstream\n".encode("latin-1")
        self.content = b"".join((head, data, b"\nendstream"))


class ObjectStore:
    """All objects of one file."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin a file that is open for writing in bytes."""
        self._file = FileWriter(file)
        self.document = PDFDocument(compression=1, invariant=1)
        self._raws: list[RawObject] = []

    def reserve(self) -> RawObject:
        """Add an object and number it; the numbers follow the order of calls."""
        # reportlab numbers the fonts; a number it has counted past is ours.
        self.document.objectcounter += 1
        raw = RawObject(self.document.objectcounter)
        self._raws.append(raw)
        return raw

    def reserve_many(self, count: int) -> list[RawObject]:
        """Add ``count`` objects with consecutive numbers."""
        return [self.reserve() for _ in range(count)]

    def put(self, raw: RawObject) -> None:
        """Write an object now and let go of its content: a long report has very many."""
        if raw.content is not None:
            self._file.add(raw.number, raw.content)
            raw.content = None

    def add_image(self, image: Image) -> RawObject:
        """Add an image that pages can draw."""
        size = f"/Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}"
        entries = f"{size}/BitsPerComponent 8/ColorSpace/DeviceRGB"
        if image.opacity:
            mask = self.reserve()
            mask.write_stream(image.opacity, f"{size}/BitsPerComponent 8/ColorSpace/DeviceGray")
            entries += f"/SMask {mask.reference}"
        raw = self.reserve()
        raw.write_stream(image.pixels, entries)
        return raw

    def fonts_reference(self) -> str:
        """How pages name the dictionary of all fonts of the file."""
        number, version = self.document.idToObjectNumberAndVersion[_FONTS]
        return f"{number} {version} R"

    def write(self, properties: str, catalogue: str) -> None:
        """Finish the file; nothing may be added afterwards.

        Args:
            properties: entries of the dictionary of properties.
            catalogue: entries of the file's root.
        """
        for font in self.document.delayedFonts:
            font.addObjects(self.document)
        info, root = self.reserve(), self.reserve()
        info.write(f"<<{properties}>>")
        root.write(f"<</Type/Catalog{catalogue}>>")
        for raw in self._raws:
            self.put(raw)
        for number, content in self._of_fonts():
            self._file.add(number, content)
        self._file.finish(root=root.number, info=info.number)

    def _of_fonts(self) -> Iterator[tuple[int, bytes]]:
        known = {raw.number for raw in self._raws}
        # reportlab adds objects while it writes others.
        for number in count(1):
            if number > self.document.objectcounter:
                return
            if number not in known:
                item = self.document.idToObject[self.document.numberToId[number]]
                yield number, pdfdoc.format(item, self.document, toplevel=1)


def pdf_text(text: str) -> str:
    """Write a text string; ``text`` must be free of lone surrogates."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
