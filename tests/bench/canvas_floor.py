"""The least that a PDF of the same text can cost: a bare reportlab canvas and simpleSplit."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tendereval import resources
from tendereval.reports import outline, shapes, styles

_FACE: Final = "SourceSans3-Regular"
_SIZE: Final = 10.0
_LEADING: Final = 14.0


def write_floor(texts: list[str], path: Path) -> int:
    """Write the texts one below the other and return how many pages they take."""
    if _FACE not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_FACE, str(resources.path(f"fonts/{_FACE}.ttf"))))
    canvas = Canvas(str(path), pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT), invariant=1)
    top, lines = styles.TOP, int((styles.TOP - styles.BOTTOM) / _LEADING)
    every = [line for text in texts for line in simpleSplit(text, _FACE, _SIZE, styles.TEXT_WIDTH)]
    for start in range(0, len(every), lines):
        block = canvas.beginText(styles.LEFT, top)
        block.setFont(_FACE, _SIZE, _LEADING)
        for line in every[start : start + lines]:
            block.textLine(line)
        canvas.drawText(block)
        canvas.showPage()
    canvas.save()
    return -(-len(every) // lines)


def texts_of(document: outline.Document) -> list[str]:
    """Return every text of a document in order, without its layout."""
    return [text for block in (*document.cover, *document.blocks) for text in _texts(block)]


def _texts(block: outline.Block) -> Iterator[str]:
    match block:
        case outline.Heading():
            yield f"{block.number} {block.text}".strip()
        case outline.Bullets() | outline.Numbered():
            yield from map(_plain, block.items)
        case outline.Table():
            yield from _table(block)
        case outline.Facts() | outline.Figure():
            yield block.caption
            yield from _facts(block)
        case outline.ScoredRationale():
            yield f"{block.score} {block.label} {_plain(block.rationale)}"
        case outline.Paragraph() | outline.Link() | outline.CoverTitle() | outline.CoverLead():
            yield _plain(block.text)
        case outline.Rule() | outline.Logo() | outline.PageBreak() | outline.CoverRule():
            return


def _facts(block: outline.Facts | outline.Figure) -> Iterator[str]:
    if isinstance(block, outline.Facts):
        yield from (f"{label}  {_plain(text)}" for label, text in block.pairs)
    else:
        yield from (one.text for one in block.shapes if isinstance(one, shapes.Words))


def _table(block: outline.Table) -> Iterator[str]:
    yield block.caption
    yield "  ".join(column.heading for column in block.columns)
    for row in block.rows:
        yield "  ".join(map(_cell, row.cells))


def _cell(cell: outline.Text | outline.Cell) -> str:
    return _plain(cell.text if isinstance(cell, outline.Cell) else cell)


def _plain(text: outline.Text) -> str:
    return text if isinstance(text, str) else "".join(run.text for run in text)
