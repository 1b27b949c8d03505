"""Turns blocks into the paragraphs and tables of a Word document, in their order."""

import io
import unicodedata
from dataclasses import replace
from typing import Final, Literal, TypeAlias

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from tendereval.domain.errors import Bug
from tendereval.exchange.word_document import (
    Line,
    WordBlock,
    WordBullets,
    WordCell,
    WordHeading,
    WordLink,
    WordParagraph,
    WordPicture,
    WordRow,
    WordTable,
)
from tendereval.exchange.word_styles import (
    ACCENT,
    AFTER_TABLE,
    BODY,
    BULLETS,
    CAPTION,
    GUTTER,
    LINK,
    MANNERS,
    MUTED,
    ROWS,
    SCORE,
    TABLE,
    TABLE_HEAD,
    TEXT_WIDTH,
)

Side: TypeAlias = Literal["left", "right", "after a figure"]
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def shown(text: str) -> str:
    r"""Return a text with every invisible character spelt out; line feeds stay.

    >>> shown("a\x07b")
    'a[U+0007]b'
    """
    plain = unicodedata.normalize("NFC", text).replace("\t", "    ")
    if plain.isprintable():
        return plain
    return "".join(
        f"[U+{ord(one):04X}]" if one != "\n" and unicodedata.category(one) in _HIDDEN else one
        for one in plain
    )


class Writer:
    """Writes blocks from top to bottom."""

    def __init__(self, document: Document, blocks: tuple[WordBlock, ...]) -> None:
        self._document = document
        self._blocks = blocks
        keys = [one.key for one in blocks if isinstance(one, WordHeading) and one.key]
        self._marks = {key: number for number, key in enumerate(keys, 1)}

    def write(self) -> None:
        """Write all blocks."""
        before: WordBlock | None = None
        for block in self._blocks:
            is_second = isinstance(block, WordTable) and isinstance(before, WordTable)
            if isinstance(block, WordTable) and is_second and not block.caption.strip():
                raise Bug("two tables of a Word document with nothing between them")
            self._block(block)
            if isinstance(before, WordTable) and isinstance(block, WordParagraph | WordLink):
                self._document.paragraphs[-1].paragraph_format.space_before = AFTER_TABLE
            before = block

    def _block(self, block: WordBlock) -> None:
        match block:
            case WordHeading():
                self._heading(block)
            case WordParagraph():
                self._paragraph(block)
            case WordLink():
                self._link(block)
            case WordBullets():
                self._bullets(block)
            case WordTable():
                self._table(block)
            case WordPicture():
                self._picture(block)

    def _heading(self, block: WordHeading) -> None:
        made = _new(self._document, f"Heading {block.level}")
        if block.new_page:
            made.paragraph_format.page_break_before = True
        number = self._marks.get(block.key)
        if number is None:
            _fill(made, block.line)
            return
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(number))
        start.set(qn("w:name"), f"part{number}")
        made._p.append(start)  # noqa: SLF001 - the library has no call for bookmarks
        _fill(made, block.line)
        made._p.append(end)  # noqa: SLF001

    def _paragraph(self, block: WordParagraph) -> None:
        made = _new(self._document, SCORE if block.hung else MANNERS[block.manner])
        if block.hung:
            score = made.add_run(shown(block.hung))
            score.bold = True
            score.font.color.rgb = ACCENT
            made.add_run("\t")
        _fill(made, block.line)
        if block.ruled:
            _rule_below(made)

    def _link(self, block: WordLink) -> None:
        number = self._marks.get(block.key)
        made = _new(self._document, LINK if number else BODY)
        run = made.add_run(shown(block.text))
        if number:
            holder = OxmlElement("w:hyperlink")
            holder.set(qn("w:anchor"), f"part{number}")
            holder.set(qn("w:history"), "1")
            made._p.append(holder)  # noqa: SLF001 - the library has no call for inner links
            holder.append(run._r)  # noqa: SLF001

    def _bullets(self, block: WordBullets) -> None:
        for item in block.items:
            for at, line in enumerate(item):
                made = _new(self._document, "List Continue" if at else BULLETS)
                _fill(made, line)

    def _table(self, block: WordTable) -> None:
        if block.caption.strip():
            _new(self._document, CAPTION).add_run(shown(block.caption))
        count = len(block.columns)
        made = self._document.add_table(rows=0, cols=count)
        widths = _shape(made, block)
        if block.has_heads:
            row = made.add_row()
            _head_row(row, block)
            _keep_whole(row, repeats=True)
        for one in block.rows:
            row = made.add_row()
            _body_row(row, one, block)
            _keep_whole(row, repeats=False)
        for row in made.rows:
            for cell in row._tr.tc_lst:  # noqa: SLF001 - merged cells come once here
                first = cell.grid_offset
                cell.width = sum(widths[first : first + cell.grid_span])

    def _picture(self, block: WordPicture) -> None:
        made = _new(self._document)
        shape = made.add_run().add_picture(io.BytesIO(block.data), height=Pt(block.height))
        told = shape._inline.docPr  # noqa: SLF001
        told.set("descr", shown(block.alternative))


def _new(document: Document, style: str = BODY) -> Paragraph:
    made = document.add_paragraph()
    if style != BODY:
        made._p.style = _id(style)  # noqa: SLF001 - looking it up by name takes its time
    return made


def _id(style: str) -> str:
    """Return the identity that the library gives a style."""
    return style.replace(" ", "")


def _fill(paragraph: Paragraph, line: Line) -> None:
    for piece in line:
        run = paragraph.add_run(shown(piece.text))
        run.bold = piece.bold or None
        run.italic = piece.italic or None
        if piece.muted:
            run.font.color.rgb = MUTED
        if piece.language:
            spoken = OxmlElement("w:lang")
            spoken.set(qn("w:val"), piece.language)
            run._r.get_or_add_rPr().append(spoken)  # noqa: SLF001 - the library has no call for it


def _rule_below(paragraph: Paragraph) -> None:
    rule = f'w:val="single" w:sz="12" w:space="14" w:color="{ACCENT}"'
    border = parse_xml(f"<w:pBdr {nsdecls('w')}><w:bottom {rule}/></w:pBdr>")
    shape = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - the library has no call for borders
    shape.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _shape(table: Table, block: WordTable) -> list[int]:
    """Give a table its style, widths and words for people who do not see it."""
    table.style = TABLE
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    whole = sum(column.width for column in block.columns)
    widths = [int(TEXT_WIDTH * column.width / whole) for column in block.columns]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    properties = table._tbl.tblPr  # noqa: SLF001 - the library has no call for these
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    look = OxmlElement("w:tblLook")
    flags = (("firstRow", block.has_heads), ("firstColumn", True), ("noVBand", True))
    for name, is_set in (*flags, ("lastRow", False), ("lastColumn", False), ("noHBand", True)):
        look.set(qn(f"w:{name}"), str(int(is_set)))
    properties.append(look)
    for tag, text in (("w:tblCaption", block.caption), ("w:tblDescription", block.description)):
        if text.strip():
            element = OxmlElement(tag)
            element.set(qn("w:val"), shown(text))
            properties.append(element)
    return widths


def _keep_whole(row: _Row, *, repeats: bool) -> None:
    shape = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no call for these
    shape.append(OxmlElement("w:cantSplit"))
    if repeats:
        shape.append(OxmlElement("w:tblHeader"))


def _head_row(row: _Row, block: WordTable) -> None:
    """Fill the row of headings; one without words shares the cell before it."""
    at = 0
    while at < len(block.columns):
        end = at + 1
        while end < len(block.columns) and _is_shared(block, end):
            end += 1
        cell = row.cells[at]
        if end > at + 1:
            cell = cell.merge(row.cells[end - 1])
        text = shown(block.columns[at].heading)
        _cell(cell, [text], TABLE_HEAD, _side(block, at))
        at = end


def _is_shared(block: WordTable, at: int) -> bool:
    return not block.columns[at].heading.strip() and not block.columns[at].is_right


def _body_row(row: _Row, one: WordRow, block: WordTable) -> None:
    at = 0
    missing = len(block.columns) - sum(cell.span for cell in one.cells)
    for given in (*one.cells, *[WordCell(())] * missing):
        cell = row.cells[at]
        if given.span > 1:
            cell = cell.merge(row.cells[at + given.span - 1])
        column = block.columns[at]
        texts = [""] * max(1, len(given.lines))
        paragraphs = _cell(cell, texts, ROWS[one.kind], _side(block, at))
        is_muted = column.muted and one.kind == "body" and given.span == 1
        for paragraph, line in zip(paragraphs, given.lines, strict=False):
            _fill(paragraph, _muted(line) if is_muted else line)
        at += given.span


def _muted(line: Line) -> Line:
    return tuple(replace(piece, muted=True) for piece in line)


def _side(block: WordTable, at: int) -> Side:
    if block.columns[at].is_right:
        return "right"
    return "after a figure" if at and block.columns[at - 1].is_right else "left"


def _cell(cell: _Cell, texts: list[str], style: str, side: Side) -> list[Paragraph]:
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)  # noqa: SLF001 - left by merging
    made = []
    for at, text in enumerate(texts):
        paragraph = cell.add_paragraph() if at else cell.paragraphs[0]
        paragraph._p.style = _id(style)  # noqa: SLF001 - looking it up by name takes its time
        if side == "after a figure":
            paragraph.paragraph_format.left_indent = GUTTER
        elif side == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if text:
            paragraph.add_run(text)
        made.append(paragraph)
    return made
