"""Read outlines back: their text, their headings, their tables."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from tendereval.reports.lines import plain
from tendereval.reports.outline import (
    Block,
    Bullets,
    Cell,
    CoverLead,
    CoverTitle,
    Document,
    Facts,
    Heading,
    Link,
    Numbered,
    Paragraph,
    ScoredRationale,
    Table,
    Text,
)

_B = TypeVar("_B", bound=Block)


def of_kind(document: Document, kind: type[_B]) -> list[_B]:
    """Give the blocks of a kind, in order; the cover is left out."""
    return [block for block in document.blocks if isinstance(block, kind)]


def headings(document: Document, level: int) -> list[Heading]:
    """Give the headings of a level."""
    return [block for block in of_kind(document, Heading) if block.level == level]


def section(document: Document, title: str) -> Document:
    """Give one section of the first level as a document of its own."""
    tops = [
        at
        for at, block in enumerate(document.blocks)
        if isinstance(block, Heading) and block.level == 1
    ]
    for at, end in zip(tops, [*tops[1:], len(document.blocks)], strict=True):
        block = document.blocks[at]
        if isinstance(block, Heading) and block.text == title:
            return replace(document, cover=(), blocks=document.blocks[at:end])
    raise AssertionError(title)


def table_cells(table: Table) -> list[list[str]]:
    """Give the head and the rows of a table as texts."""
    rows = [[column.heading for column in table.columns]]
    for row in table.rows:
        cells = (cell.text if isinstance(cell, Cell) else cell for cell in row.cells)
        rows.append([plain(cell) for cell in cells])
    return rows


def all_text(document: Document) -> str:
    """Give every text of a document, one block a line, hard spaces as plain ones."""
    lines = (line for block in (*document.cover, *document.blocks) for line in _texts(block))
    return "\n".join(plain(line) for line in lines).replace("\u00a0", " ")


def _texts(block: Block) -> Iterator[Text]:
    match block:
        case Heading(text=text, number=number):
            yield f"{number} {plain(text)}"
        case Paragraph(text=text) | CoverTitle(text=text) | CoverLead(text=text) | Link(text=text):
            yield text
        case Bullets(items=items) | Numbered(items=items):
            yield from items
        case Facts(pairs=pairs):
            yield from (f"{plain(label)}: {plain(value)}" for label, value in pairs)
        case ScoredRationale(score=score, label=label, rationale=rationale):
            yield " ".join(part for part in (score, label, plain(rationale)) if part)
        case Table():
            yield from (" | ".join(cells) for cells in table_cells(block))
        case _:
            pass
