"""A short readable text (headings, paragraphs, lists, one kind of table) as a document.

Takes the small part of Markdown that the worked example's papers use; anything else is a
paragraph as it stands.
"""

import re
from collections.abc import Iterator, Sequence

from tendereval.reports.outline import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Numbered,
    Paragraph,
    Row,
    Table,
)

_HEADING = re.compile(r"(#{1,4}) +(.*)")
_BULLET = re.compile(r"[-*] +")
_NUMBER = re.compile(r"\d+[.)] +")
_DEEPEST = 3


def leaflet(text: str, foot: str = "") -> Document:
    """Return the document of a text whose first line is its title as a heading.

    Args:
        text: blocks parted by blank lines.
        foot: stands at the bottom of each page.
    """
    first, _, rest = text.strip().partition("\n")
    title = first.lstrip("# ").strip() or "Untitled"
    parts = [part for part in re.split(r"\n\s*\n", rest.strip()) if part.strip()]
    blocks = tuple(block for part in parts for block in _blocks(part.splitlines()))
    return Document(title, head=title, foot=foot, blocks=(Heading(title), *blocks))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    heading = _HEADING.fullmatch(lines[0].strip())
    if heading:
        yield Heading(heading[2], min(len(heading[1]), _DEEPEST))
        if len(lines) > 1:
            yield from _blocks(lines[1:])
    elif all(_BULLET.match(line) for line in lines):
        yield Bullets(tuple(_BULLET.sub("", line, count=1) for line in lines))
    elif all(_NUMBER.match(line) for line in lines):
        yield Numbered(tuple(_NUMBER.sub("", line, count=1) for line in lines))
    elif all(line.startswith("|") for line in lines):
        yield _table([_cells(line) for line in lines])
    else:
        yield Paragraph(" ".join(line.strip() for line in lines))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def _table(rows: Sequence[tuple[str, ...]]) -> Block:
    heads, body = rows[0], [row for row in rows[1:] if not all(set(c) <= set("-: ") for c in row)]
    widths = [max(len(row[i]) for row in rows if i < len(row)) for i in range(len(heads))]
    columns = tuple(
        Column(head, width=max(width, 6)) for head, width in zip(heads, widths, strict=True)
    )
    padded = ((*row, *[""] * (len(heads) - len(row)))[: len(heads)] for row in body)
    return Table(columns, tuple(Row(tuple(row)) for row in padded))
