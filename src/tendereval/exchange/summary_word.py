"""Writes a Word document (.docx) with real styles; the same document gives the same bytes.

There is no empty paragraph in it, no text box and nothing that runs. Characters that would be
invisible appear as their code point, such as ``[U+0007]``.
"""

import hashlib
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from tendereval.exchange.file_writing import appearing
from tendereval.exchange.word_blocks import Writer, shown
from tendereval.exchange.word_document import WordDocument
from tendereval.exchange.word_styles import PROBLEM, dress

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_NO_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
_PROPERTIES: Final = "docProps/app.xml"
_LONGEST_PROPERTY: Final = 255
_REGULAR_FILE: Final = 0o100644 << 16
_UNIX: Final = 3


def write_word(document: WordDocument, path: Path) -> str:
    """Write a document to a file, which appears only when it is complete.

    Args:
        document: what to write.
        path: the file, in an existing folder; an older file is replaced.

    Returns:
        SHA-256 of the file, in lower-case hexadecimal digits.

    Raises:
        FileProblem: no room, no folder, or no right to write. An older file is still there.
        Bug: two tables without anything between them, which Word would make one.
    """
    content = word_bytes(document)
    with appearing(path) as stream:
        stream.write(content)
    return hashlib.sha256(content).hexdigest()


def word_bytes(document: WordDocument) -> bytes:
    """Return the content of the file."""
    made = docx.Document()
    dress(made, document.language)
    Writer(made, document.blocks).write()
    _edges(made, document)
    _properties(made, document)
    _without_thumbnail(made)
    whole = io.BytesIO()
    made.save(whole)
    return _packed(whole, document)


def _edges(made: Document, document: WordDocument) -> None:
    """Write head, draft mark, foot and page number of every page."""
    section = made.sections[0]
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.add_run(shown(document.head))
    if document.draft_mark:
        head.add_run("\t")
        mark = head.add_run(shown(document.draft_mark))
        mark.bold = True
        mark.font.color.rgb = PROBLEM
    foot.add_run(f"{shown(document.foot)}\t")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Paragraph, what: str) -> None:
    """Add a number that the program counts itself."""
    holder = OxmlElement("w:fldSimple")
    holder.set(qn("w:instr"), what)
    run = paragraph.add_run("1")
    paragraph._p.append(holder)  # noqa: SLF001 - the library has no call for fields
    holder.append(run._r)  # noqa: SLF001


def _properties(made: Document, document: WordDocument) -> None:
    told = made.core_properties
    told.title = shown(document.title)[:_LONGEST_PROPERTY]
    told.author = told.last_modified_by = shown(document.author)[:_LONGEST_PROPERTY]
    told.language = document.language
    told.comments = told.subject = told.keywords = told.category = ""
    told.created = told.modified = (document.created or _NO_TIME).astimezone(UTC)
    told.revision = 1


def _packed(whole: io.BytesIO, document: WordDocument) -> bytes:
    """Pack the parts again, without the time of day."""
    packed = io.BytesIO()
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(packed, "w") as archive:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, _REGULAR_FILE
            content = _application(document) if name == _PROPERTIES else parts.read(name)
            archive.writestr(entry, content)
    return packed.getvalue()


def _application(document: WordDocument) -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    company = escape(shown(document.author)[:_LONGEST_PROPERTY])
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{space}"><Application>tendereval</Application>'
        f"<Company>{company}</Company></Properties>"
    ).encode()


def _without_thumbnail(made: Document) -> None:
    """Drop the picture of the template's own first page."""
    package = made.part.package
    for key, link in list(package.rels.items()):
        if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.rels.pop(key)
