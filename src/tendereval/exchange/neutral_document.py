"""A document without what it says about itself: who made it, where, with what; content stays.

Changes no word on a page. What a name on a page needs is a copy of the text without it.
"""

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from tendereval.domain.errors import UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # it has no types
    from pikepdf import Object, Pdf

NEUTRAL_KINDS: Final = frozenset({"pdf", "docx", "xlsx", "pptx", "txt", "md", "csv"})
"""Endings of the kinds that come out without what they say about themselves."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_PROPERTIES: Final = {
    "docProps/core.xml": b"<cp:coreProperties xmlns:cp="
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b"<Properties xmlns="
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b"<Properties xmlns="
    b'"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
_HEAD: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_AUTHORS: Final = {"author": "Author", "initials": "A", "userId": "", "providerId": "None"}
_DRAWN: Final = frozenset({"docPr", "cNvPr"})
_PICTURE_OF_PAGE: Final = "/thumbnail"
_TEMPLATE: Final = "/attachedTemplate"
_ABOUT: Final = ("/Metadata", "/PieceInfo", "/LastModified")
_OF_ROOT: Final = ("/AF", "/OpenAction", "/AA", "/Perms", "/DSS", "/Collection")
_OF_NOTE: Final = ("/T", "/M", "/CreationDate", "/NM")
_OF_SIGNATURE: Final = (
    "/Name",
    "/Location",
    "/Reason",
    "/ContactInfo",
    "/Cert",
    "/M",
    "/Prop_Build",
)


def neutral_document(content: bytes, ending: str) -> bytes:
    """Return a document without what it says about itself; the same bytes give the same bytes.

    Args:
        content: of the document.
        ending: of its name, lower case, without the dot; a kind not among ``NEUTRAL_KINDS``
            comes back as it is.

    Raises:
        UnreadableDocument: protected or damaged, so that nothing can be taken out of it.
    """
    if ending == "pdf":
        return _neutral_pdf(content)
    if ending in {"docx", "xlsx", "pptx"}:
        return _neutral_package(content)
    return content


def _neutral_pdf(content: bytes) -> bytes:
    """Take out properties, signatures, attachments and the names of who wrote notes."""
    import pikepdf  # noqa: PLC0415 - slow to load and hardly ever needed

    target = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for key in ("/Info", "/ID"):
                if key in pdf.trailer:
                    del pdf.trailer[key]
            _clear_root(pdf)
            for item in pdf.objects:
                _clear(item)
            pdf.remove_unreferenced_resources()
            pdf.save(target, deterministic_id=True)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError) as error:
        raise _unreadable() from error
    return target.getvalue()


def _clear_root(pdf: "Pdf") -> None:
    import pikepdf  # noqa: PLC0415 - slow to load and hardly ever needed

    for key in (*_ABOUT, *_OF_ROOT):
        if key in pdf.Root:
            del pdf.Root[key]
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        for key in ("/EmbeddedFiles", "/JavaScript"):
            if key in names:
                del names[key]


def _clear(item: "Object") -> None:
    import pikepdf  # noqa: PLC0415 - slow to load and hardly ever needed

    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return
    gone = list(_ABOUT)
    subtype, kind = item.get("/Subtype"), item.get("/Type")
    if "/Rect" in item and subtype not in {None, pikepdf.Name.Widget}:
        gone += _OF_NOTE
    if kind in {pikepdf.Name.Sig, pikepdf.Name.DocTimeStamp}:
        gone += _OF_SIGNATURE
        item["/Contents"] = pikepdf.String(b"")
    for key in gone:
        if key in item:
            del item[key]
    notes = item.get("/Annots")
    if isinstance(notes, pikepdf.Array):
        kept = [one for one in notes.as_list() if not _is_attachment(one)]
        item["/Annots"] = pikepdf.Array(kept)


def _is_attachment(note: "Object") -> bool:
    import pikepdf  # noqa: PLC0415 - slow to load and hardly ever needed

    is_known = isinstance(note, pikepdf.Dictionary)
    return is_known and note.get("/Subtype") == pikepdf.Name.FileAttachment


def _neutral_package(content: bytes) -> bytes:
    """Take out properties, the picture of the first page and the names of who wrote notes."""
    from lxml.etree import LxmlError  # noqa: PLC0415 - slow to load and hardly ever needed

    target = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as source,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as neutral,
        ):
            for item in source.infolist():
                if item.is_dir() or item.filename.startswith("docProps/thumbnail"):
                    continue
                entry = zipfile.ZipInfo(item.filename, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system, entry.external_attr = 3, 0o600 << 16
                neutral.writestr(entry, _neutral_part(item.filename, source.read(item)))
    except (zipfile.BadZipFile, zlib.error, LxmlError, ValueError, RuntimeError) as error:
        raise _unreadable() from error
    return target.getvalue()


def _neutral_part(name: str, content: bytes) -> bytes:
    if name in _PROPERTIES:
        return _HEAD + _PROPERTIES[name]
    if name.endswith(".rels"):
        return _without_links(content)
    if name.endswith(".xml") and any(word.encode() in content for word in (*_AUTHORS, *_DRAWN)):
        return _without_authors(content)
    return content


def _root(content: bytes) -> "_Element":
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 - it has no types

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _written(root: "_Element") -> bytes:
    from lxml import etree  # noqa: PLC0415 - slow to load and hardly ever needed

    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _without_links(content: bytes) -> bytes:
    if _PICTURE_OF_PAGE.encode() not in content and _TEMPLATE.encode() not in content:
        return content
    root = _root(content)
    for link in list(root):
        kind = link.get("Type", "")
        if kind.endswith(_PICTURE_OF_PAGE):
            root.remove(link)
        elif kind.endswith(_TEMPLATE):
            link.set("Target", "Normal.dotm")
    return _written(root)


def _without_authors(content: bytes) -> bytes:
    root = _root(content)
    for element in root.iter("*"):
        local = element.tag.rpartition("}")[2]
        if local == "author" and element.text:
            element.text = _AUTHORS["author"]
        if local in _DRAWN and "name" in element.attrib:
            element.set("name", "Picture")  # else the name of the file it came from
        for key in element.attrib:
            plain = key.rpartition("}")[2]
            if plain in _AUTHORS:
                element.set(key, _AUTHORS[plain])
    return _written(root)


def _unreadable() -> UnreadableDocument:
    return UnreadableDocument(
        "It is protected or damaged, so what it says about itself cannot be taken out.",
        "Ask for a fresh copy, or leave it out of the packs.",
    )
