"""Word documents as people send them, and as nobody should."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from tendereval.domain.errors import UnreadableDocument
from tendereval.exchange import word
from tendereval.exchange.word import read_word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: Any) -> bytes:  # noqa: ANN401 - the library has no public type
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_body(*pieces: str) -> bytes:
    document = docx.Document()
    for piece in pieces:
        document.element.body.insert(0, parse_xml(piece.replace("<w:", "<w:", 1)))
    return saved(document)


def part(name: str, xml: str) -> str:
    return f"<w:{name} {W}>{xml}</w:{name}>"


def rebuilt(content: bytes, **replaced: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for item in old.infolist():
            body = replaced.get(item.filename.rpartition("/")[2].partition(".")[0])
            new.writestr(item.filename, old.read(item) if body is None else body)
    return stream.getvalue()


def test_paragraphs_and_tables_come_in_reading_order() -> None:
    document = docx.Document()
    document.add_paragraph("First, ŵ and ŷ.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Left", "Right"
    document.add_paragraph("Last.")
    assert read_word(saved(document)).text == "First, ŵ and ŷ.\n\nLeft\tRight\n\nLast."


def test_text_in_content_controls_and_links_is_there() -> None:
    control = part(
        "sdt", "<w:sdtContent><w:p><w:r><w:t>In a form.</w:t></w:r></w:p></w:sdtContent>"
    )
    link = part("p", "<w:hyperlink><w:r><w:t>A link.</w:t></w:r></w:hyperlink>")
    assert read_word(with_body(link, control)).text == "In a form.\n\nA link."


def test_tracked_changes_are_taken_as_accepted_and_said() -> None:
    changed = part(
        "p",
        "<w:r><w:t xml:space='preserve'>We </w:t></w:r>"
        "<w:del><w:r><w:delText>may</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>will</w:t></w:r></w:ins>",
    )
    found = read_word(with_body(changed))
    assert found.text == "We will"
    assert any("tracked changes" in note for note in found.notes)


def test_what_only_the_document_shows_is_said() -> None:
    noted = part("p", '<w:r><w:t>Text</w:t><w:footnoteReference w:id="1"/></w:r>')
    assert read_word(with_body(noted)).notes == ("1 footnote only in the document.",)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 and nothing", b"%PDF-1.7", rebuilt(saved(docx.Document()), document=b"<w:")],
    ids=["empty", "cut off", "a PDF", "broken inside"],
)
def test_a_damaged_document_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_word(content)


def test_a_protected_document_is_refused_in_words() -> None:
    with pytest.raises(UnreadableDocument, match="password"):
        read_word(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))


def test_a_bomb_is_refused_before_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = rebuilt(saved(docx.Document()), document=b" " * (word.MAX_DESCRIBED_BYTES + 1))
    assert len(bomb) < 200_000
    with pytest.raises(UnreadableDocument, match="unpacks to far more"):
        read_word(bomb)
    monkeypatch.setattr(word, "MAX_PARTS", 2)
    with pytest.raises(UnreadableDocument, match="unpacks to far more"):
        read_word(saved(docx.Document()))


def test_entities_are_not_expanded() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
    with pytest.raises(UnreadableDocument):
        read_word(rebuilt(saved(docx.Document()), document=laughs))


def test_more_text_than_any_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    document = docx.Document()
    document.add_paragraph("word " * 20)
    monkeypatch.setattr(word, "MAX_CHARACTERS", 50)
    with pytest.raises(UnreadableDocument, match="far more"):
        read_word(saved(document))
