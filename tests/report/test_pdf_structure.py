import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from tendereval.reports.outline import (
    Block,
    Bullets,
    Cell,
    Column,
    CoverLead,
    CoverRule,
    CoverTitle,
    Document,
    Facts,
    HeadGroup,
    Heading,
    Link,
    Numbered,
    PageBreak,
    Paragraph,
    Row,
    Rule,
    Run,
    ScoredRationale,
    Table,
)
from tendereval.reports.pdf import write_pdf
from tendereval.reports.pdf_file import FileWriter
from tests.report.pdf_reading import (
    Tagged,
    bookmarks,
    failures,
    number_of,
    page_numbers,
    page_texts,
    printed_letters,
    right_edge,
)

DRAFT = "DRAFT, not yet approved"
REASON = "The panel agreed that every part is answered, with figures and a check. " * 30


def results(rows: int = 5) -> Table:
    columns = (
        Column("Criterion", width=1, muted=True),
        Column("", width=4),
        Column("Weight", "right", muted=True),
        Column("Score", "right"),
        Column("Marks", "right"),
    )
    body = [Row((f"Q{n}", f"Question {n}", "10", "3", f"{n}.00")) for n in range(rows)]
    return Table(
        columns,
        (Row((Cell("Quality", 2), "100"), "section"), *body, Row(("Total", "", "100"), "total")),
        caption="Table 1",
        groups=(HeadGroup("", 3), HeadGroup("Tŷ Gwyn CIC", 2)),
    )


def chapter(number: int) -> tuple[Block, ...]:
    return (
        Heading("Results", 1, str(number), key=f"chapter-{number}"),
        Paragraph("kicker", "kicker"),
        Heading("Booking", 2, f"Q{number}", question=True),
        ScoredRationale("4", "Agreed score: 4, Good.", REASON, agreed=True),
        Heading("Reason", 3),
        Paragraph((Run("Bold. ", bold=True), Run("Plain."), Run(" Muted", muted=True))),
        Bullets(("one", "two\n\nparagraphs")),
        Numbered(("first", "second"), start=9),
        results(70),
        Rule(),
        Link("Back to the first", "chapter-1"),
        PageBreak(),
    )


def full(chapters: int = 4) -> Document:
    return Document(
        "Award report",
        head="Award report: transport",
        draft_mark=DRAFT,
        foot="BEC-2026-041",
        cover=(
            CoverLead("Bro Elwy Council", muted=True),
            CoverTitle("Award report"),
            CoverRule(),
            Paragraph("Award the contract.", "lead"),
            Facts((("Panel", "Five evaluators"),), caption="Facts"),
        ),
        blocks=tuple(block for n in range(1, chapters + 1) for block in chapter(n)),
        contents=True,
        contents_depth=3,
    )


EMPTYISH = {
    "nothing": Document("T"),
    "contents of nothing": Document("T", contents=True),
    "empty texts": Document(
        "T",
        blocks=(
            Heading(""),
            Paragraph(""),
            Paragraph(()),
            Bullets(()),
            Bullets(("",)),
            Numbered(("",)),
            Facts(()),
            Facts((("", ""),)),
            Table((Column(""),), ()),
            Table((Column("A"), Column("B")), (Row(()), Row(("",), "total"))),
            ScoredRationale("", "", ""),
            Link("", "nowhere"),
        ),
        cover=(CoverTitle(""), CoverLead("")),
        contents=True,
    ),
    "only page breaks": Document("T", blocks=(PageBreak(), PageBreak())),
    "third level first": Document("T", blocks=(Heading("deep", 3), Heading("top", 1))),
}


@pytest.mark.parametrize("name", EMPTYISH)
def test_a_document_with_next_to_nothing_conforms(name: str, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(EMPTYISH[name], path)
    assert failures(path) == []
    assert len(page_texts(path)) >= 1


def test_a_document_with_every_block_on_many_pages_conforms(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(full(), path)
    assert failures(path) == []
    assert len(page_texts(path)) > 12


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    first = write_pdf(full(), tmp_path / "first.pdf")
    second = write_pdf(full(), tmp_path / "second.pdf")
    other = write_pdf(full(3), tmp_path / "other.pdf")
    assert first == second != other
    assert (tmp_path / "first.pdf").read_bytes() == (tmp_path / "second.pdf").read_bytes()


def test_every_page_bears_the_draft_mark_and_its_number(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(full(), path)
    texts = page_texts(path)
    for index, text in enumerate(texts, 1):
        assert DRAFT in text
        assert "Award report: transport" in text
        assert "BEC-2026-041" in text
        assert f"{index} of {len(texts)}" in text


def test_an_approved_document_bears_no_draft_mark(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(Document("T", blocks=(Paragraph("text"),)), path)
    assert "DRAFT" not in page_texts(path)[0]


def test_headings_are_bookmarks_that_lead_to_their_pages(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(full(2), path)
    found = bookmarks(path)
    texts = page_texts(path)
    expected = [(0, "1 Results"), (1, "Q1 Booking"), (2, "Reason")]
    expected += [(0, "2 Results"), (1, "Q2 Booking"), (2, "Reason")]
    assert [(level, title) for level, title, _ in found] == expected
    assert all(title.split()[-1] in texts[page] for _, title, page in found)
    assert found[0][2] < found[3][2]


def test_contents_entries_lead_to_the_pages_they_name(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(full(), path)
    expected = [(title, page) for _, title, page in bookmarks(path)]
    with pikepdf.open(path) as pdf:
        numbers = page_numbers(pdf)
        links = [
            (str(link.Contents), numbers[number_of(link.Dest[0])])
            for link in pdf.pages[1].obj.Annots.as_list()
        ]
    entries = [text.split() for text in Tagged(path).texts("Link")[: len(links)]]
    assert links == expected
    assert [int(entry[-1]) for entry in entries] == [page + 1 for _, page in expected]
    assert [" ".join(entry[:-1]) for entry in entries] == [title for title, _ in expected]


def test_contents_stop_at_their_depth(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    blocks = (Heading("Top"), Heading("Middle", 2), Heading("Deep", 3))
    write_pdf(Document("T", blocks=blocks, contents=True), path)
    assert len(Tagged(path).texts("TOCI")) == 2


def test_a_wide_heading_number_stands_before_its_contents_entry(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    blocks = (Heading("Method", number="Appendix A"), Heading("", number="B"))
    write_pdf(Document("T", blocks=blocks, contents=True), path)
    first, second = (text.split() for text in Tagged(path).texts("Link"))
    assert first == ["Appendix", "A", "Method", "2"]
    assert second == ["B", "…", "2"]


def test_a_link_leads_to_the_heading_with_its_key(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    blocks = (
        Link("See results", "results"),
        Link("See nothing", "nowhere"),
        PageBreak(),
        Heading("Results", key="results"),
    )
    write_pdf(Document("T", blocks=blocks), path)
    with pikepdf.open(path) as pdf:
        (link,) = pdf.pages[0].obj.Annots.as_list()
        assert link.Dest[0].objgen == pdf.pages[1].objgen
    tagged = Tagged(path)
    assert tagged.texts("Link") == ["See results "]
    assert "See nothing " in tagged.texts("P")


def test_elements_have_the_roles_and_order_that_readers_announce(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    blocks = (
        Heading("Top", number="5"),
        Bullets(("one",)),
        Numbered(("first", "second"), start=9),
        Table((Column("A"), Column("B")), (Row(("x", "y")),), caption="Cap"),
    )
    write_pdf(Document("T", blocks=blocks), path)
    found = [("/".join(role), text) for role, text in Tagged(path).elements if text]
    assert found == [
        ("Document/H1", "5  Top "),
        ("Document/L/LI/Lbl", "• "),
        ("Document/L/LI/LBody", "one "),
        ("Document/L/LI/Lbl", "9. "),
        ("Document/L/LI/LBody", "first "),
        ("Document/L/LI/Lbl", "10. "),
        ("Document/L/LI/LBody", "second "),
        ("Document/Table/Caption", "Cap "),
        ("Document/Table/THead/TR/TH", "A "),
        ("Document/Table/THead/TR/TH", "B "),
        ("Document/Table/TBody/TR/TH", "x "),
        ("Document/Table/TBody/TR/TD", "y "),
    ]


def test_a_table_repeats_its_head_on_each_page_and_announces_it_once(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(Document("T", blocks=(results(120),)), path)
    texts = page_texts(path)
    assert len(texts) >= 3
    assert all("Weight" in text and "Tŷ Gwyn CIC" in text for text in texts)
    assert [text.strip() for text in Tagged(path).texts("TH")].count("Weight") == 1


def test_every_row_of_a_table_has_as_many_columns_as_its_head(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(Document("T", blocks=(results(),)), path)
    with pikepdf.open(path) as pdf:
        (table,) = pdf.Root.StructTreeRoot.K.K.as_list()
        rows = [row for part in table.K.as_list()[1:] for row in part.K.as_list()]
        widths = {sum(_span(cell) for cell in row.K.as_list()) for row in rows}
    assert widths == {5}


def _span(cell: pikepdf.Object) -> int:
    if "/A" not in cell or "/ColSpan" not in cell.A:
        return 1
    return int(cell.A.ColSpan)


def test_a_cell_taller_than_a_page_runs_on(tmp_path: Path) -> None:
    text = " ".join(f"w{number}" for number in range(2000))
    path = tmp_path / "out.pdf"
    table = Table((Column("A"), Column("B", width=3)), (Row(("x", text)), Row(("y", "z"))))
    write_pdf(Document("T", blocks=(table,)), path)
    assert len(page_texts(path)) > 2
    assert Tagged(path).texts("TD")[0].split() == text.split()
    assert failures(path) == []


def test_no_heading_stands_at_the_foot_of_a_page_without_its_text(tmp_path: Path) -> None:
    blocks: list[Block] = []
    for number in range(60):
        blocks += [Heading(f"Head{number}", 2), Paragraph(f"Body{number} " + "word " * number)]
    path = tmp_path / "out.pdf"
    write_pdf(Document("T", blocks=tuple(blocks)), path)
    for text in page_texts(path):
        words = text.split()
        heads = {word[4:] for word in words if word.startswith("Head")}
        assert heads <= {word[4:] for word in words if word.startswith("Body")}


def test_scores_one_after_another_leave_no_heading_alone(tmp_path: Path) -> None:
    blocks: list[Block] = []
    for number in range(60):
        score = ScoredRationale("4", f"Score{number}.", f"Body{number} ", agreed=True)
        blocks += [Heading(f"Head{number}", 3), score]
    path = tmp_path / "out.pdf"
    write_pdf(Document("T", blocks=tuple(blocks)), path)
    for text in page_texts(path):
        words = text.split()
        heads = {word[4:] for word in words if word.startswith("Head")}
        assert heads <= {word[4:] for word in words if word.startswith("Body")}


def test_a_question_with_a_few_words_below_it_stays_with_what_follows(tmp_path: Path) -> None:
    for lines in range(15, 32):
        filling = tuple(Paragraph("Filling.", "note") for _ in range(lines))
        question = Heading("Q7", 2, question=True)
        rest = (Heading("Alder Ltd", 3), ScoredRationale("4", "Agreed.", "Sound.", agreed=True))
        blocks: list[Block] = [*filling, question, Paragraph("Weight 10.", "muted"), *rest]
        path = tmp_path / "out.pdf"
        write_pdf(Document("T", blocks=tuple(blocks)), path)
        (page,) = (text for text in page_texts(path) if "Q7" in text)
        assert "Sound." in page


def test_no_paragraph_leaves_a_single_line_on_a_page(tmp_path: Path) -> None:
    line = "word " * 13
    blocks = tuple(Paragraph("\n".join([line.strip()] * (n % 5 + 2))) for n in range(200))
    path = tmp_path / "out.pdf"
    write_pdf(Document("T", blocks=blocks), path)
    with pikepdf.open(path) as pdf:
        kids = [kid.K.as_list() for kid in pdf.Root.StructTreeRoot.K.K.as_list()]
        parted = [marks for marks in kids if len(marks) > 1]
    assert parted
    lines = {}
    for index, text in enumerate(page_texts(path)):
        lines[index] = sum(part.startswith("word") for part in text.split("\r\n"))
    assert min(list(lines.values())[:-1]) > 30


def test_a_failure_leaves_no_file_behind(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(OSError, match="folder"):
        write_pdf(Document("T"), tmp_path / "folder.pdf")
    bad = Document("T", blocks=("not a block",))  # type: ignore[arg-type] # the point of the test
    with pytest.raises(TypeError, match="cannot hold a str"):
        write_pdf(bad, tmp_path / "bad.pdf")
    with pytest.raises(OSError, match="missing"):
        write_pdf(Document("T"), tmp_path / "missing" / "out.pdf")
    assert [item.name for item in tmp_path.iterdir()] == ["folder.pdf"]


def test_a_failure_keeps_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(Document("Old"), path)
    old = path.read_bytes()

    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileWriter, "finish", full_disk)
    with pytest.raises(OSError, match="No space left"):
        write_pdf(Document("New"), path)
    assert path.read_bytes() == old
    assert list(tmp_path.iterdir()) == [path]


def test_properties_hold_title_language_and_no_time_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(Document("Adroddiad\x07", language="cy-GB"), path)
    with pikepdf.open(path) as pdf:
        metadata = bytes(pdf.Root.Metadata.read_bytes()).decode()
        assert str(pdf.docinfo["/Title"]) == "Adroddiad[U+0007]"
        assert list(pdf.docinfo.keys()) == ["/Title"]
        assert str(pdf.Root.Lang) == "cy-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert "Date" not in metadata
    assert "Adroddiad[U+0007]" in metadata


def test_a_given_time_enters_the_properties(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    when = datetime(2026, 12, 18, 9, 30, tzinfo=UTC)
    write_pdf(Document("T", created=when), path)
    with pikepdf.open(path) as pdf:
        metadata = bytes(pdf.Root.Metadata.read_bytes()).decode()
    assert "2026-12-18T09:30:00+00:00" in metadata
    assert failures(path) == []


def test_figures_of_a_column_end_at_the_same_place(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    figures = ("1.00", "1,234.00", "12,345,678.00")
    rows = tuple(Row((figure,)) for figure in figures)
    write_pdf(Document("T", blocks=(Table((Column("£", "right"),), rows, row_heads=False),)), path)
    edges = [right_edge(path, figure) for figure in figures]
    assert edges == pytest.approx([edges[0]] * 3, abs=0.1)


def test_nothing_is_printed_beyond_the_paper(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    long = "x" * 3000
    narrow = Table(tuple(Column("x" * 20, "right") for _ in range(40)), (Row(("x",) * 40),))
    columns = (Column(long), Column("A", "right"))
    blocks = (
        Heading(long),
        Table(columns, (Row(("", long)),), long, (HeadGroup(long, 2),)),
        narrow,
        Bullets((long,)),
        ScoredRationale(long, long, long),
    )
    write_pdf(Document("T", blocks=blocks), path)
    assert printed_letters(path, "x") == 3000 * 9 + 40 * 21
    assert failures(path) == []


def test_long_head_foot_and_draft_mark_are_cut_short_and_keep_apart(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    long = "long words " * 40
    write_pdf(Document("T", head=long, foot=long, draft_mark=DRAFT), path)
    lines = [line.split() for line in page_texts(path)[0].split("\r\n")]
    head, foot = (line for line in lines if line[:1] == ["long"])
    assert "…" in head
    assert head[-4:] == DRAFT.split()
    assert foot[-3:] == ["1", "of", "1"]
    assert right_edge(path, DRAFT) == pytest.approx(530.8, abs=1)


def test_documents_written_at_the_same_time_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Many letters make writing a font long, and quick turns make the threads meet in it."""
    letters = "".join(map(chr, (*range(0x20, 0x7F), *range(0xC0, 0x250), *range(0x391, 0x3C9))))
    document = replace(full(2), blocks=(*full(2).blocks, Paragraph(letters)))
    alone = write_pdf(document, tmp_path / "alone.pdf")
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            paths = [tmp_path / f"{number}.pdf" for number in range(16)]
            together = list(pool.map(lambda path: write_pdf(document, path), paths))
    finally:
        sys.setswitchinterval(usual)
    assert together == [alone] * 16


@pytest.mark.parametrize("count", [257, 700, 6000])
def test_any_number_of_bookmarks_side_by_side_conforms(count: int, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    blocks = tuple(Heading(f"H{number}") for number in range(count))
    write_pdf(Document("T", blocks=blocks), path)
    assert failures(path) == []
    found = [(title, page) for _, title, page in bookmarks(path)]
    assert [title for title, _ in found if "…" not in title] == [f"H{n}" for n in range(count)]
    if count == 257:
        assert [title for title, _ in found if "…" in title] == ["H0 … H199", "H200 … H256"]


def test_few_bookmarks_are_left_as_the_headings_are(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    blocks = tuple(Heading(f"H{number}") for number in range(200))
    write_pdf(Document("T", blocks=blocks), path)
    assert {level for level, _, _ in bookmarks(path)} == {0}


def test_bookmarks_of_three_crowded_levels_conform(tmp_path: Path) -> None:
    blocks: list[Block] = []
    for top in range(90):
        blocks.append(Heading(f"A{top}", 1))
        for middle in range(90 if top == 89 else 1):
            blocks.append(Heading(f"B{middle}", 2))
            blocks += [Heading(f"C{low}", 3) for low in range(90 if middle == 89 else 1)]
    path = tmp_path / "out.pdf"
    write_pdf(Document("T", blocks=tuple(blocks)), path)
    assert failures(path) == []


def test_a_table_of_thousands_of_rows_conforms_and_loses_none(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    rows = tuple(Row((f"r{number}", "x")) for number in range(3001))
    table = Table((Column("Ref"), Column("B")), rows, caption="All of them")
    write_pdf(Document("T", blocks=(table,)), path)
    assert failures(path) == []
    tagged = Tagged(path)
    heads = [text.strip() for text in tagged.texts("TH")]
    assert [text for text in heads if text[0] == "r"] == [f"r{n}" for n in range(3001)]
    assert heads.count("Ref") == 4
    assert len(tagged.texts("Caption")) == 1


def test_the_last_row_of_a_table_is_never_alone_on_a_page(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    for count in range(30, 42):
        rows = tuple(Row((f"row{number}", "x")) for number in range(count))
        write_pdf(Document("T", blocks=(Table((Column("A"), Column("B")), rows),)), path)
        assert all(text.count("row") != 1 for text in page_texts(path))


def test_contents_and_page_numbers_speak_the_language_of_the_document(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    document = Document(
        "T",
        language="cy-GB",
        blocks=(Heading("Penderfyniad"),),
        contents=True,
        contents_title="Cynnwys",
        page_words="{page} o {pages}",
    )
    write_pdf(document, path)
    texts = page_texts(path)
    assert "Cynnwys" in texts[0]
    assert all(f"{index} o 2" in text for index, text in enumerate(texts, 1))


def test_links_have_an_element_an_annotation_and_words(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    blocks: tuple[Block, ...] = (
        *(Link(f"See results {'as they were agreed ' * 9}", "results") for _ in range(3)),
        PageBreak(),
        Heading("Results", number="5", key="results"),
    )
    write_pdf(Document("T", blocks=blocks, contents=True), path)
    assert failures(path) == []
    with pikepdf.open(path) as pdf:
        notes = [note for sheet in pdf.pages for note in sheet.obj.get("/Annots", [])]
        held = [
            kid
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Link"
            for kid in item.K.as_list()
            if "/Obj" in kid
        ]
        assert {str(note.Contents) for note in notes} == {"5 Results"}
        assert {kid.Obj.objgen for kid in held} == {note.objgen for note in notes}
        assert all(str(kid.Type) == "/OBJR" for kid in held)
    roles = {"/".join(role) for role, _ in Tagged(path).elements if role[-1] == "Link"}
    assert roles == {"Document/P/Link", "Document/TOC/TOCI/Reference/Link"}


def test_a_file_is_sound_to_other_readers_and_holds_every_object_once(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(full(12), path)
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.pdf_version == "1.7"
        numbers = [item.objgen for item in pdf.objects if item.is_indirect]
        assert len(numbers) == len(set(numbers))
        name = [bytes(part) for part in pdf.trailer.ID.as_list()]
    assert len(set(name)) == 1
    assert len(name[0]) == 16


def test_the_caption_of_facts_is_read_before_them(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    facts = Facts((("Panel", "Five"), ("Lots", "None")), caption="Key facts")
    write_pdf(Document("T", blocks=(facts,)), path)
    found = [("/".join(role), text) for role, text in Tagged(path).elements if text]
    assert found == [
        ("Document/Table/Caption", "Key facts "),
        ("Document/Table/TBody/TR/TH", "Panel "),
        ("Document/Table/TBody/TR/TD", "Five "),
        ("Document/Table/TBody/TR/TH", "Lots "),
        ("Document/Table/TBody/TR/TD", "None "),
    ]
