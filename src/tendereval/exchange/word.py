"""The text of a Word document (.docx), in reading order; runs and follows nothing in it.

Takes insertions of tracked changes and leaves deletions out; says what only the document shows.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tendereval.domain.errors import UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # it has no types

MAX_PARTS: Final = 5_000
MAX_UNPACKED_BYTES: Final = 200 * 1024 * 1024
MAX_DESCRIBED_BYTES: Final = 24 * 1024 * 1024
"""All parts in XML together; an answer of 100 pages has less than two million."""
MAX_CHARACTERS: Final = 2_000_000
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT: Final = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", _FALLBACK})
_WHITE: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_ASK_AGAIN: Final = "Open it in Word and save it again, or ask for a fresh copy."


@dataclass(frozen=True, slots=True)
class WordText:
    """What a document says.

    Attributes:
        text: paragraphs parted by blank lines; cells of a table row by tabs.
        notes: what only the document shows, one sentence each.
    """

    text: str
    notes: tuple[str, ...] = ()


def read_word(content: bytes) -> WordText:
    """Return the text of a Word document.

    Raises:
        UnreadableDocument: protected, damaged, or it unpacks to more than the product reads.
    """
    # Its library is slow to load and hardly ever needed.
    import docx  # noqa: PLC0415
    from docx.opc.exceptions import OpcError  # noqa: PLC0415
    from lxml.etree import LxmlError  # noqa: PLC0415

    if content.startswith(_OLE):
        raise UnreadableDocument(
            "It is protected with a password, or in the old Word format.",
            "Open it in Word, take the password off and save it as .docx.",
        )
    try:
        _check_parts(content)
        body = docx.Document(io.BytesIO(content)).element.body
        text = "\n\n".join(part for part in _blocks(body) if part.strip())
        found = WordText(text, tuple(_notes(body)))
    except (
        *(OpcError, LxmlError, zipfile.BadZipFile, zlib.error, EOFError, OSError),
        *(ValueError, LookupError, AttributeError, TypeError, RuntimeError),
    ) as error:
        raise UnreadableDocument(
            "It is damaged, or it is no Word document at all.", _ASK_AGAIN
        ) from error
    if len(found.text) > MAX_CHARACTERS:
        raise _too_much()
    return found


def _check_parts(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        described = [item for item in parts if item.filename.endswith((".xml", ".rels"))]
        if any(item.flag_bits & 1 for item in parts):
            raise UnreadableDocument("It is protected with a password.", "Take the password off.")
        if (
            len(parts) > MAX_PARTS
            or sum(item.file_size for item in parts) > MAX_UNPACKED_BYTES
            or sum(item.file_size for item in described) > MAX_DESCRIBED_BYTES
        ):
            raise _too_much()
        for item in described:
            with archive.open(item) as stream:
                if b"<!DOCTYPE" in stream.read(4096):
                    raise ValueError("Word writes no document type")


def _too_much() -> UnreadableDocument:
    return UnreadableDocument(
        "It unpacks to far more than an answer holds, so it is not read.",
        "Ask for a copy without what does not belong to the answer.",
    )


def _blocks(parent: "_Element") -> Iterator[str]:
    """Yield paragraphs and rows of tables, those inside content controls included."""
    for child in parent:
        if child.tag in _LEFT_OUT or not isinstance(child.tag, str):
            continue
        if child.tag == f"{_W}p":
            yield _paragraph(child)
        elif child.tag == f"{_W}tr":
            cells = (" ".join(part for part in _blocks(cell) if part.strip()) for cell in child)
            yield "\t".join(cell for cell in cells if cell)
        else:
            yield from _blocks(child)


def _paragraph(paragraph: "_Element") -> str:
    return "".join(_pieces(paragraph)).strip()


def _pieces(parent: "_Element") -> Iterator[str]:
    for child in parent:
        if child.tag in _LEFT_OUT or not isinstance(child.tag, str):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _WHITE:
            yield _WHITE[child.tag]
        elif child.tag == f"{_W}txbxContent":
            yield "\n" + "\n".join(part for part in _blocks(child) if part.strip()) + "\n"
        elif child.tag != f"{_W}tabs":
            yield from _pieces(child)


def _notes(body: "_Element") -> Iterator[str]:
    pictures = sum(
        any(True for _ in shape.iter("{*}blip", "{*}imagedata"))
        for shape in body.iter(f"{_W}drawing", f"{_W}pict")
    )
    if pictures:
        yield f"{pictures} picture{'s' if pictures > 1 else ''} only in the document."
    footnotes = sum(1 for _ in body.iter(f"{_W}footnoteReference", f"{_W}endnoteReference"))
    if footnotes:
        yield f"{footnotes} footnote{'s' if footnotes > 1 else ''} only in the document."
    if any(True for _ in body.iter(f"{_W}ins", f"{_W}del", f"{_W}moveTo")):
        yield "It holds tracked changes: what they add is taken, what they delete is not."
