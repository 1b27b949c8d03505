"""Everything of a document that can be searched for a name, and what of it cannot.

That is more than what is read on its pages: headers, notes, comments, deleted words, links,
bookmarks, descriptions of pictures, and what the file says about itself.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tendereval.domain.errors import UnreadableDocument
from tendereval.exchange.pdf_text import PDFIUM, read_pdf
from tendereval.exchange.word import MAX_CHARACTERS, read_word

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # it has no types
    from pikepdf import Object

ALSO: Final = "Also in the document:"
MAX_OBJECTS: Final = 300_000
_DEEPEST: Final = 40
_SAYING: Final = frozenset(
    {
        *("/Alt", "/ActualText", "/Contents", "/E", "/F", "/Name", "/RC", "/Title", "/TM"),
        *("/TU", "/UF", "/URI", "/V", "/DV", "/Subj", "/Desc"),
    }
)
"""Where a PDF keeps words that stand on no page: bookmarks, notes, links, forms, attachments."""
_TOLD: Final = frozenset({"t", "delText", "instrText", "v"})
_UNTOLD: Final = frozenset({"delText", "instrText"})
_DESCRIBED: Final = ("descr", "title", "alt")
_AUTHORS: Final = ("author", "initials", "userId")


@dataclass(frozen=True, slots=True)
class Searchable:
    """A document as far as it can be searched.

    Attributes:
        text: all its words.
        metadata: what the file says about itself, one value a line.
        unseen: what nothing can search, one sentence each; empty where all was searched.
    """

    text: str
    metadata: str = ""
    unseen: tuple[str, ...] = ()


def search_pdf(content: bytes) -> Searchable:
    """Return what can be searched of a PDF.

    Raises:
        UnreadableDocument: protected, damaged, or more than the product reads.
    """
    import pikepdf  # noqa: PLC0415 - slow to load and hardly ever needed

    read_pdf(content)
    pages, pictures = _pages(content)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if len(pdf.objects) > MAX_OBJECTS:
                raise _too_much()
            metadata = tuple(_about_pdf(pdf))
            info = pdf.trailer.get("/Info")
            about = info.objgen if isinstance(info, pikepdf.Object) else None
            others = (item for item in pdf.objects if item.objgen != about)
            found = [words for item in others for words in _said(item, 0)]
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        ValueError,
        RuntimeError,
        RecursionError,
    ) as error:
        raise UnreadableDocument(
            "It is damaged, so it cannot be searched whole.", "Ask for a fresh copy."
        ) from error
    numbered = (f"[Page {number}]\n{text}" for number, text in enumerate(pages, 1))
    blank = [str(number) for number, text in enumerate(pages, 1) if not text.strip()]
    return Searchable(_whole(numbered, found), "\n".join(metadata), tuple(_unseen(blank, pictures)))


def _pages(content: bytes) -> tuple[list[str], int]:
    """Return the text of each page and how many pictures there are."""
    import pypdfium2 as pdfium  # type: ignore[import-untyped]  # noqa: PLC0415 - it has no types

    texts, pictures, room = [], 0, MAX_CHARACTERS
    with PDFIUM:
        document = pdfium.PdfDocument(content)
        try:
            for page in document:
                text: str = page.get_textpage().get_text_range()
                # What PDFium puts where a word is parted at the end of a line.
                text = text.replace("\ufffe", "").replace("\x02", "").replace("\r\n", "\n")
                texts.append(text)
                room -= len(text)
                if room < 0:
                    raise _too_much()
                shapes = page.get_objects([pdfium.raw.FPDF_PAGEOBJ_IMAGE])
                pictures += sum(1 for _ in shapes)
        finally:
            document.close()
    return texts, pictures


def _about_pdf(pdf: "object") -> Iterator[str]:
    import pikepdf  # noqa: PLC0415 - slow to load and hardly ever needed

    if not isinstance(pdf, pikepdf.Pdf):
        return
    info = pdf.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary):
        for name, value in info.items():
            if isinstance(value, pikepdf.String):
                yield f"{name.lstrip('/')}: {value}"
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Type") == "/Metadata":
            yield from _xml_words(item.read_bytes())


def _xml_words(content: bytes) -> Iterator[str]:
    """Yield the texts and attributes of an XML part, whatever it is about."""
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 - it has no types

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(content.strip(b"\0 \r\n\t"), parser)
    for element in () if root is None else root.iter("*"):
        words = (element.text or "").strip()
        for value in (words, *element.attrib.values()):
            if value.strip():
                yield f"{etree.QName(element).localname}: {value}"


def _said(item: "Object", depth: int) -> Iterator[str]:
    """Yield the words in a PDF object, those it holds itself included, no page's content."""
    import pikepdf  # noqa: PLC0415 - slow to load and hardly ever needed

    for name, value in _parts(item) if depth < _DEEPEST else ():
        if isinstance(value, pikepdf.String):
            if name in _SAYING:
                yield str(value)
        elif not value.is_indirect:
            yield from _said(value, depth + 1)


def _parts(item: "Object") -> Iterator[tuple[str, "Object"]]:
    """Yield what a PDF object consists of, numbers and truth values left out."""
    import pikepdf  # noqa: PLC0415 - slow to load and hardly ever needed

    every: Iterable[tuple[str, object]] = ()
    if isinstance(item, pikepdf.Array):
        every = (("", part) for part in item.as_list())
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        every = item.items()
    for name, part in every:
        if isinstance(part, pikepdf.Object):
            yield name, part


def search_word(content: bytes) -> Searchable:
    """Return what can be searched of a Word document.

    Raises:
        UnreadableDocument: protected, damaged, or more than the product reads.
    """
    from lxml.etree import LxmlError  # noqa: PLC0415 - slow to load and hardly ever needed

    body = read_word(content).text
    also, metadata, kept = list[str](), list[str](), 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.startswith("docProps/") and name.endswith(".xml"):
                    metadata += _xml_words(archive.read(name))
                elif name.endswith(".xml"):
                    also += _part_words(name, archive.read(name), metadata)
                elif name.endswith(".rels"):
                    also += _links(archive.read(name), metadata)
                elif not name.startswith("docProps/"):
                    kept += not name.endswith("/")
    except (LxmlError, zipfile.BadZipFile, ValueError, LookupError) as error:
        raise UnreadableDocument(
            "It is damaged, so it cannot be searched whole.", "Ask for a fresh copy."
        ) from error
    return Searchable(
        _whole([body], also),
        "\n".join(dict.fromkeys(metadata)),
        tuple(_unseen([], kept)),
    )


def _root(content: bytes) -> "_Element":
    from lxml import etree  # noqa: PLC0415 - slow to load and hardly ever needed

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _part_words(name: str, content: bytes, metadata: list[str]) -> Iterator[str]:
    """Yield the words of a part that the reading of the body does not give."""
    root = _root(content)
    told = _UNTOLD if name == "word/document.xml" else _TOLD
    if name.startswith("customXml/"):
        yield from ((one.text or "").strip() for one in root.iter("*"))
    paragraph = ""
    for element in root.iter("*"):
        local = element.tag.rpartition("}")[2]
        if local == "p":
            yield paragraph
            paragraph = ""
        elif local in told:
            paragraph += element.text or ""
        is_drawn = local in {"docPr", "cNvPr"}
        for key, value in element.attrib.items():
            plain = key.rpartition("}")[2]
            if plain in _DESCRIBED:
                yield value
            elif value and (plain in _AUTHORS or (is_drawn and plain == "name")):
                metadata.append(f"{plain}: {value}")
    yield paragraph


def _links(content: bytes, metadata: list[str]) -> Iterator[str]:
    for link in _root(content):
        if link.get("TargetMode") == "External":
            target = link.get("Target", "")
            if link.get("Type", "").endswith("/attachedTemplate"):
                metadata.append(f"template: {target}")
            else:
                yield target


def _whole(texts: Iterable[str], also: Iterable[str]) -> str:
    found = "\n\n".join(texts).rstrip()
    rest = [words for words in dict.fromkeys(one.strip() for one in also) if words]
    if rest:
        found = "\n\n".join((found, ALSO, *rest))
    if len(found) > MAX_CHARACTERS:
        raise _too_much()
    return found


def _unseen(blank: list[str], pictures: int) -> Iterator[str]:
    if blank:
        several = len(blank) > 1
        pages = f"pages {', '.join(blank)} hold" if several else f"page {blank[0]} holds"
        yield f"The {pages} no text, probably a scan."
    if pictures:
        yield f"It holds {pictures} picture{'s or other files' if pictures > 1 else ''} inside."


def _too_much() -> UnreadableDocument:
    return UnreadableDocument(
        "It holds far more than an answer does, so it is not searched.", "Look through it yourself."
    )
