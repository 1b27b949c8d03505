"""Turn the outline of a document into a Word document: the same content in the same order."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from tendereval.domain.errors import Bug
from tendereval.exchange.word_document import (
    Line,
    Piece,
    WordBlock,
    WordBullets,
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
from tendereval.reports.lines import HardLine, hard_lines, paragraphs, plain
from tendereval.reports.wording import LOGO

_SHORTEST_HANG: Final = 6
"""Characters of a score that hangs in the margin; a longer one is run in."""
_FACTS: Final = (WordColumn("", width=1, muted=True), WordColumn("", width=2.4))
_PNG: Final = b"\x89PNG"


def word_document(document: outline.Document, author: str) -> WordDocument:
    """Return the Word document of an outline.

    Args:
        document: without cover and contents.
        author: who it comes from.

    Raises:
        Bug: a block that Word documents of this product do not have.
    """
    if document.cover or document.contents:
        raise Bug("a Word document has neither cover nor contents")
    return WordDocument(
        title=document.title,
        author=author,
        head=document.head,
        draft_mark=document.draft_mark or "",
        foot=document.foot,
        blocks=tuple(_blocks(document.blocks)),
        language=document.language,
        created=document.created,
    )


def _blocks(blocks: Iterable[outline.Block]) -> Iterator[WordBlock]:
    """Yield blocks; a rule goes to the paragraph above it, a page break to the heading below."""
    waiting: list[WordBlock] = []
    breaks = False
    for block in blocks:
        match block:
            case outline.PageBreak():
                breaks = True
            case outline.CoverRule() | outline.Rule():
                if waiting and isinstance(waiting[-1], WordParagraph):
                    waiting[-1] = replace(waiting[-1], ruled=True)
            case outline.Heading():
                yield from waiting
                waiting = [_heading(block, new_page=breaks)]
                breaks = False
            case _:
                yield from waiting
                waiting = list(_block(block))
    yield from waiting


def _heading(block: outline.Heading, *, new_page: bool) -> WordHeading:
    pieces = [Piece(f"{block.number}  ")] if block.number else []
    for at, line in enumerate(hard_lines(block.text)):
        pieces += [Piece(" ")] if at else []
        pieces += [Piece(run.text, language=run.language) for run in line]
    return WordHeading(tuple(pieces), block.level, block.key, new_page)


def _block(block: outline.Block) -> Iterator[WordBlock]:
    match block:
        case outline.Paragraph(text=text, style=style):
            yield from (WordParagraph(line, style) for line in _lines(text))
        case outline.Bullets(items=items):
            yield WordBullets(tuple(_lines(item) for item in items))
        case outline.Link(text=text, target=target):
            yield WordLink(text, target)
        case outline.ScoredRationale():
            yield from _scored(block)
        case _:
            yield from _table_or_picture(block)


def _table_or_picture(block: outline.Block) -> Iterator[WordBlock]:
    match block:
        case outline.Facts():
            yield _facts(block)
        case outline.Table():
            yield _table(block)
        case outline.Logo(data=data, alternative=alternative, height=height):
            # Word shows no picture drawn in SVG without one in points beside it.
            if data.startswith(_PNG):
                yield WordPicture(data, alternative or LOGO, height)
        case _:
            raise Bug(f"a Word document cannot hold a {type(block).__name__}")


def _facts(block: outline.Facts) -> WordTable:
    rows = (WordRow((WordCell(_lines(name)), WordCell(_lines(text)))) for name, text in block.pairs)
    told = ", ".join(plain(name) for name, _ in block.pairs)
    return WordTable(_FACTS, tuple(rows), block.caption, told)


def _scored(block: outline.ScoredRationale) -> Iterator[WordParagraph]:
    is_hung = len(block.score) <= _SHORTEST_HANG
    label = block.label if is_hung else f"{block.score}. {block.label}"
    first, *others = _lines(block.rationale) or ((),)
    opened = (Piece(f"{label} ", bold=True), *first) if label else first
    yield WordParagraph(opened, hung=block.score if is_hung else "")
    yield from (WordParagraph(line) for line in others)


def _table(block: outline.Table) -> WordTable:
    if block.groups:
        raise Bug("a table of a Word document has one row of headings")
    columns = tuple(
        WordColumn(one.heading, one.align == "right", one.width, one.muted) for one in block.columns
    )
    rows = tuple(WordRow(tuple(_cell(cell) for cell in row.cells), row.kind) for row in block.rows)
    heads = ", ".join(one.heading for one in block.columns if one.heading.strip())
    return WordTable(columns, rows, block.caption, heads)


def _cell(cell: outline.Text | outline.Cell) -> WordCell:
    if isinstance(cell, outline.Cell):
        return WordCell(_lines(cell.text), cell.span)
    return WordCell(_lines(cell))


def _lines(text: outline.Text) -> tuple[Line, ...]:
    """Return the paragraphs of a text; nothing where it is blank."""
    if not plain(text).strip():
        return ()
    return tuple(tuple(_pieces(found)) for found in paragraphs(text))


def _pieces(lines: list[HardLine]) -> Iterator[Piece]:
    for at, line in enumerate(lines):
        if at:
            yield Piece("\n")
        for run in line:
            yield Piece(run.text, run.bold, run.italic, run.muted, run.language)
