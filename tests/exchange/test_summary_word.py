"""Word documents: real styles, a language, repeated heads; the same content as the PDF."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from tendereval.domain.errors import Bug, FileProblem
from tendereval.domain.summaries import AssessmentSummary
from tendereval.exchange.summary_word import word_bytes, write_word
from tendereval.exchange.word import read_word
from tendereval.exchange.word_document import (
    Piece,
    WordCell,
    WordColumn,
    WordDocument,
    WordHeading,
    WordLink,
    WordParagraph,
    WordPicture,
    WordRow,
    WordTable,
)
from tendereval.reports import outline
from tendereval.reports.summary_report import letterhead, summary_report
from tendereval.services.word_outline import word_document
from tests.report import summary_values as values
from tests.report.outline_reading import table_cells
from tests.report.report_models import HOSTILE

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cf500f00038101808d92a5d30000000049454e44ae426082"
)
ORDER = {
    "pPr": ["pStyle", "keepNext", "pageBreakBefore", "pBdr", "tabs", "spacing", "ind", "jc"],
    "tblPr": ["tblStyle", "tblW", "jc", "tblLayout", "tblLook", "tblCaption", "tblDescription"],
}


def plain(*blocks: outline.Block, draft: str = "") -> WordDocument:
    document = outline.Document("Title", head="Head", foot="Foot", blocks=blocks)
    return replace(word_document(document, "Bro Elwy Council"), draft_mark=draft)


def a_document(summary: AssessmentSummary) -> WordDocument:
    return word_document(summary_report(summary, letterhead(values.a_model())), "Bro Elwy Council")


def opened(document: WordDocument) -> "docx.document.Document":
    return docx.Document(io.BytesIO(word_bytes(document)))


def body(document: WordDocument) -> Iterator[Paragraph | Table]:
    yield from opened(document).iter_inner_content()


def test_headings_are_headings_and_no_paragraph_of_the_body_is_empty() -> None:
    found = list(body(a_document(values.a_loser())))
    paragraphs = [one for one in found if isinstance(one, Paragraph)]
    assert all(one.text.strip() for one in paragraphs)
    named = [(one.style.name, one.text) for one in paragraphs if one.style]
    assert ("Heading 1", "Assessment summary") in named
    assert ("Heading 2", "2  Your tender") in named
    assert ("Heading 3", "Q2  Booking and reliability") in named
    assert any(style == "List Bullet" for style, _ in named)


def test_tables_repeat_their_heads_and_keep_their_rows_whole() -> None:
    tables = [one for one in body(a_document(values.a_loser())) if isinstance(one, Table)]
    headed = [one for one in tables if one.rows[0].cells[0].text in {"Criterion", "Score"}]
    assert len(headed) == 5
    for table in headed:
        first, *others = _marks(table, "w:tblHeader")
        assert first
        assert not any(others)
    for table in tables:
        assert all(_marks(table, "w:cantSplit"))
        assert table._tbl.tblPr.find(qn("w:tblDescription")) is not None


def test_two_tables_never_touch() -> None:
    found = list(body(a_document(values.many())))
    pairs = pairwise(found)
    assert not [1 for one, two in pairs if isinstance(one, Table) and isinstance(two, Table)]
    table = WordTable((WordColumn("A"),), (WordRow((WordCell(((Piece("1"),),)),)),))
    touching = WordDocument("T", "", "", "", "", (table, table))
    with pytest.raises(Bug):
        word_bytes(touching)


def _words_of(rows: list[list[str]]) -> list[list[list[str]]]:
    """Give the words of the cells that hold any; a hard space parts words too."""
    return [[text.split() for text in row if text] for row in rows]


def test_a_table_holds_the_cells_of_the_outline_in_their_order() -> None:
    report = summary_report(values.a_loser(), letterhead(values.a_model()))
    wanted = [table_cells(one) for one in report.blocks if isinstance(one, outline.Table)]
    tables = [one for one in body(a_document(values.a_loser())) if isinstance(one, Table)]
    for cells, table in zip(wanted, tables[1:], strict=True):
        rows = [_row(table, at) for at in range(len(table.rows))]
        assert _words_of(rows) == _words_of(cells)


def _row(table: Table, at: int) -> list[str]:
    """Return the texts of a row; cells that reach over several columns come once."""
    return [_Cell(cell, table).text for cell in table._tbl.tr_lst[at].tc_lst]


def _marks(table: Table, tag: str) -> list[bool]:
    """Return for each row whether it bears a mark."""
    found = [row.trPr for row in table._tbl.tr_lst]
    return [shape is not None and shape.find(qn(tag)) is not None for shape in found]


def test_figures_stand_at_the_right_edge_of_their_column() -> None:
    tables = [one for one in body(a_document(values.a_loser())) if isinstance(one, Table)]
    scores = next(one for one in tables if "Marks" in _row(one, 0))
    marks = scores.cell(3, 3).paragraphs[0]
    assert marks.text == "8.00"
    assert marks.alignment is not None
    assert marks.alignment.name == "RIGHT"


def test_the_word_file_says_what_the_pdf_says_in_the_same_order() -> None:
    document = a_document(values.redacted())
    text = read_word(word_bytes(document)).text.replace("\u00a0", " ")
    order = [
        *("Assessment summary", "Vale Coaches Ltd", "1  Award criteria", "Scale A"),
        *("2  Your tender", "75.20", "Q2  Booking and reliability", "Score: 3, Satisfactory"),
        *("3  Why your tender was not successful", "4  The successful tender", "76.40"),
        *("withheld here under section 94(1)(b)", "Annex: the award criteria in full"),
    ]
    at = 0
    for part in order:
        assert part in text[at:], part
        at = text.index(part, at)
    assert values.NOTE not in text


def test_the_language_and_the_properties_are_set() -> None:
    content = word_bytes(a_document(values.a_loser()))
    told = docx.Document(io.BytesIO(content)).core_properties
    assert told.title == "Assessment summary for Vale Coaches Ltd: Community transport"
    assert (told.author, told.language) == ("Bro Elwy Council", "en-GB")
    assert "python" not in told.comments
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        styles = parts.read("word/styles.xml").decode()
        assert set(re.findall(r'<w:lang w:val="([^"]+)"', styles)) == {"en-GB"}
        assert not [name for name in parts.namelist() if "thumbnail" in name]


def test_the_same_document_gives_the_same_bytes() -> None:
    document = a_document(values.a_loser())
    assert word_bytes(document) == word_bytes(document)
    with zipfile.ZipFile(io.BytesIO(word_bytes(document))) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_time_in_the_file_is_that_of_the_record() -> None:
    document = a_document(values.a_loser())
    assert document.created == datetime(2026, 12, 18, 9, tzinfo=UTC)
    told = opened(document).core_properties
    assert told.created == document.created
    assert told.modified == document.created


def test_head_draft_mark_foot_and_page_numbers_stand_on_every_page() -> None:
    draft = a_document(replace(values.a_loser(), draft=True))
    section = opened(draft).sections[0]
    assert section.header.paragraphs[0].text == (
        "Assessment summary: Community transport\tDRAFT, not yet approved"
    )
    assert "Method" in section.footer.paragraphs[0].text
    fields = section.footer._element.iter(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]
    final = opened(a_document(values.a_loser())).sections[0]
    assert "DRAFT" not in final.header.paragraphs[0].text


def test_a_link_leads_to_the_heading_that_it_names() -> None:
    below = WordHeading((Piece("Below"),), 2, "x")
    blocks = (WordLink("See below", "x"), below, WordLink("Lost", "y"))
    content = word_bytes(WordDocument("T", "", "", "", "", blocks))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        text = parts.read("word/document.xml").decode()
    anchors = re.findall(r'w:anchor="([^"]+)"', text)
    assert anchors == re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', text)
    assert "Lost" in text


def test_a_picture_says_in_words_what_it_shows() -> None:
    blocks = (WordPicture(PNG, "Sign of Bro Elwy Council", 40), WordParagraph((Piece("x"),)))
    made = opened(WordDocument("T", "", "", "", "", blocks))
    told = next(made.element.body.iter(qn("wp:docPr")))
    assert told.get("descr") == "Sign of Bro Elwy Council"


def test_hostile_texts_come_through_visibly() -> None:
    document = a_document(values.hostile())
    text = read_word(word_bytes(document)).text
    for part in ("Smith & Sons <Ltd>", "=cmd|'/c calc'!A0 {0} {name} %s", "a[U+0000]b[U+0007]c"):
        assert part in text
    assert "[U+202E]" in text
    assert "unbroken" * 400 in text
    assert "שלום العربية 漢字 😀 ŵŷ" in text


def test_a_line_end_stays_in_its_paragraph_and_a_blank_line_begins_another() -> None:
    made = opened(plain(outline.Paragraph(HOSTILE[5])))
    texts = [one.text for one in made.paragraphs]
    assert texts == ["line one\nline two", "new paragraph    tab\nvertical"]


def test_elements_stand_in_the_order_that_the_format_asks_for() -> None:
    made = opened(a_document(replace(values.redacted(), draft=True)))
    for name, order in ORDER.items():
        for element in made.element.body.iter(qn(f"w:{name}")):
            found = [child.tag.rpartition("}")[2] for child in element]
            assert set(found) <= set(order), found
            assert found == sorted(found, key=order.index)


def test_what_word_documents_do_not_have_is_refused() -> None:
    with pytest.raises(Bug):
        plain(outline.Numbered(("one",)))
    with pytest.raises(Bug):
        word_document(outline.Document("T", cover=(outline.CoverTitle("T"),)), "")


def test_an_older_file_is_replaced_and_a_missing_folder_is_said(tmp_path: Path) -> None:
    path = tmp_path / "out.docx"
    path.write_text("old")
    digest = write_word(plain(outline.Paragraph("New.")), path)
    assert len(digest) == 64
    assert docx.Document(str(path)).paragraphs[0].text == "New."
    with pytest.raises(FileProblem):
        write_word(plain(outline.Paragraph("New.")), tmp_path / "none" / "out.docx")
