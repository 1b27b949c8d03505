"""Neutral documents say nothing about themselves; all words of a document are searched."""

import io
import zipfile

import docx
import pikepdf
import pytest
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from tendereval.domain.errors import UnreadableDocument
from tendereval.exchange.name_search import search_pdf, search_word
from tendereval.exchange.neutral_document import neutral_document
from tendereval.exchange.word import read_word

GIVEN_AWAY = "Alder Homes"
RED_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def a_pdf(*pages: str, title: str = GIVEN_AWAY) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.setTitle(title)
    canvas.setAuthor(GIVEN_AWAY)
    for text in pages:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def with_everything(content: bytes) -> bytes:
    """Put a name wherever a PDF can keep one beside its pages."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        with pdf.open_metadata() as xmp:
            xmp["dc:creator"] = [GIVEN_AWAY]
        pdf.attachments["alder-homes.txt"] = b"Alder Homes"
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[0, 0, 9, 9],
            T=GIVEN_AWAY,
            Contents="See the note",
        )
        attached = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9]
        )
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://alder.example/jobs"),
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note), attached, link])
        pdf.Root.Sealed = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Sig, Name=GIVEN_AWAY, Contents=b"Alder Homes")
        )
        pdf.pages[0].PieceInfo = pikepdf.Dictionary(Who=GIVEN_AWAY)
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Why we plant", 0))
        pdf.save(target)
    return target.getvalue()


def everything_in(content: bytes) -> bytes:
    """Return a PDF with all its streams laid open."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(
            target,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
    return target.getvalue()


def test_a_pdf_says_nothing_about_itself_and_keeps_its_pages() -> None:
    content = with_everything(a_pdf("We build of oak.", "And of pine."))
    assert everything_in(content).count(b"Alder Homes") > 3
    neutral = neutral_document(content, "pdf")
    opened = everything_in(neutral)
    assert b"lder" not in opened.replace(b"https://alder.example/jobs", b"")
    assert b"/Info" not in opened
    assert search_pdf(neutral).metadata == ""
    text = search_pdf(neutral).text
    assert "[Page 1]\nWe build of oak." in text
    assert "[Page 2]\nAnd of pine." in text
    assert "See the note" in text
    assert neutral == neutral_document(content, "pdf")


def test_everything_a_pdf_says_is_searched() -> None:
    found = search_pdf(with_everything(a_pdf("We build of oak.")))
    assert "We build of oak." in found.text
    for said in ("https://alder.example/jobs", "Why we plant", "See the note", "alder-homes.txt"):
        assert said in found.text
    assert f"Author: {GIVEN_AWAY}" in found.metadata
    assert found.metadata.count(GIVEN_AWAY) == 2
    assert found.unseen == ()


def test_pages_without_text_and_pictures_are_named() -> None:
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.drawString(72, 700, "The first page has words on it.")
    canvas.showPage()
    canvas.rect(9, 9, 9, 9)
    canvas.showPage()
    canvas.save()
    assert search_pdf(target.getvalue()).unseen == ("The page 2 holds no text, probably a scan.",)


def test_what_is_no_pdf_is_refused() -> None:
    for content in (b"", b"%PDF-1.4 nothing", b"x" * 99):
        with pytest.raises(UnreadableDocument):
            search_pdf(content)
        with pytest.raises(UnreadableDocument):
            neutral_document(content, "pdf")


def test_a_protected_pdf_is_refused() -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf("x"))) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(UnreadableDocument):
        neutral_document(target.getvalue(), "pdf")


def a_document() -> bytes:
    document = docx.Document()
    document.add_paragraph("We build of oak.")
    document.sections[0].header.paragraphs[0].text = "Alder Homes, head office"
    document.add_comment(document.paragraphs[0].runs, "Ask Kim", author=GIVEN_AWAY, initials="AH")
    document.add_picture(io.BytesIO(RED_DOT))
    properties = document.core_properties
    properties.author = properties.title = properties.last_modified_by = GIVEN_AWAY
    target = io.BytesIO()
    document.save(target)
    loose = io.BytesIO()
    with zipfile.ZipFile(target) as source, zipfile.ZipFile(loose, "w") as kept:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "docProps/app.xml":
                data = data.replace(b"<Company/>", b"<Company>Alder Homes</Company>")
                assert b"Alder" in data
            kept.writestr(item, data)
    return loose.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_everything_a_word_document_says_is_searched() -> None:
    found = search_word(a_document())
    assert found.text.startswith("We build of oak.")
    assert "Alder Homes, head office" in found.text
    assert "Ask Kim" in found.text
    assert f"creator: {GIVEN_AWAY}" in found.metadata
    assert f"Company: {GIVEN_AWAY}" in found.metadata
    assert f"author: {GIVEN_AWAY}" in found.metadata
    assert len(found.unseen) == 1
    assert "picture" in found.unseen[0]


def test_a_word_document_says_nothing_about_itself_and_keeps_its_words() -> None:
    content = a_document()
    neutral = neutral_document(content, "docx")
    parts = parts_of(neutral)
    telling = [name for name, data in parts.items() if b"Alder" in data]
    assert telling == ["word/header1.xml"]
    assert "docProps/thumbnail.jpeg" not in parts
    assert b"thumbnail" not in parts["_rels/.rels"]
    assert read_word(neutral).text == read_word(content).text
    opened = docx.Document(io.BytesIO(neutral))
    assert opened.core_properties.author == ""
    assert [one.author for one in opened.comments] == ["Author"]
    assert neutral == neutral_document(content, "docx")
    with zipfile.ZipFile(io.BytesIO(neutral)) as archive:
        assert {item.date_time[0] for item in archive.infolist()} == {1980}


def test_an_attached_template_is_forgotten() -> None:
    content = a_document()
    links = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" TargetMode="External" Target="file:///C:/Alder/A.dotm" Type="http:'
        b'//schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
        b"</Relationships>"
    )
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/_rels/settings.xml.rels", links)
    assert "template: file:///C:/Alder/A.dotm" in search_word(target.getvalue()).metadata
    neutral = parts_of(neutral_document(target.getvalue(), "docx"))
    assert b"Alder" not in neutral["word/_rels/settings.xml.rels"]


def test_a_workbook_says_nothing_about_itself() -> None:
    book, target = Workbook(), io.BytesIO()
    book.properties.creator = GIVEN_AWAY
    book.save(target)
    neutral = neutral_document(target.getvalue(), "xlsx")
    assert b"Alder" not in b"".join(parts_of(neutral).values())


def test_what_is_no_word_document_is_refused() -> None:
    for content in (b"", b"PK\x03\x04", b"x" * 99):
        with pytest.raises(UnreadableDocument):
            search_word(content)
        with pytest.raises(UnreadableDocument):
            neutral_document(content, "docx")


def test_other_kinds_come_back_as_they_are() -> None:
    assert neutral_document(b"\x89PNG", "png") == b"\x89PNG"
    assert neutral_document(b"plain", "txt") == b"plain"
