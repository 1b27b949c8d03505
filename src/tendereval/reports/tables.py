"""Set tables: columns of short facts with a head that is repeated on every page.

A row is one strip, so that it stays whole; only a row that holds far too much text is
parted between its lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain
from typing import Final, NamedTuple

from tendereval.reports import outline, styles
from tendereval.reports.canvas import Canvas, Sheet
from tendereval.reports.drawings import kept_with_next, line_strips
from tendereval.reports.flow import Strip
from tendereval.reports.lines import Line, break_text, hard_lines, plain
from tendereval.reports.styles import TextStyle
from tendereval.reports.tags import SCOPE_COLUMN, SCOPE_ROW, Element

_PADDING: Final = (styles.TABLE_ROW - styles.TABLE_LEADING) / 2
_LEAST_WIDTH: Final = 12.0
_MOST_ROWS: Final = 1000
_ROW_STYLES: Final[dict[outline.RowKind, TextStyle]] = {
    "body": styles.TABLE_BODY,
    "section": styles.TABLE_SECTION,
    "total": styles.TABLE_TOTAL,
}
_ROW_SPACE: Final[dict[outline.RowKind, float]] = {
    "body": 0.0,
    "section": styles.TABLE_SECTION_SPACE,
    "total": styles.TABLE_TOTAL_SPACE,
}


class _Slot(NamedTuple):
    """Where the text of a cell stands."""

    left: float
    right: float
    align: outline.Align


class _Cell(NamedTuple):
    """A set cell; ``skip`` lines are left free above it."""

    element: Element
    slot: _Slot
    lines: Sequence[Line]
    skip: int = 0


@dataclass(slots=True)
class _Band:
    """Cells side by side, with a rule below; ``space`` is left above the text."""

    cells: list[_Cell]
    style: TextStyle
    space: float
    height: float
    rule: tuple[float, str] | None

    def draw(self, sheet: Sheet, top: float, *, repeated: bool) -> None:
        """Draw the cells from left to right, then the rule."""
        first = top - self.space - self.style.drop()
        for cell in self.cells:
            if not any(line.operators for line in cell.lines):
                continue
            sheet.mark(None if repeated else cell.element)
            for index, line in enumerate(cell.lines, cell.skip):
                slot = cell.slot
                x = slot.left if slot.align == "left" else slot.right - line.width
                sheet.text(x, first - index * self.style.leading, line.operators)
        if self.rule:
            y = top - self.height
            sheet.rule(styles.LEFT, y, styles.TEXT_WIDTH, *self.rule)


def _slots(columns: Sequence[outline.Column]) -> list[_Slot]:
    """Share the width among the columns; a figure keeps its distance from text at its right."""
    total = sum(column.width for column in columns)
    edges = [
        styles.LEFT + styles.TEXT_WIDTH * share / total
        for share in accumulate((column.width for column in columns), initial=0.0)
    ]
    slots = []
    for index, column in enumerate(columns):
        right = edges[index + 1]
        is_last = index + 1 == len(columns)
        if not is_last and column.align == "right" and columns[index + 1].align == "left":
            right -= 2 * styles.TABLE_GUTTER
        slots.append(_Slot(edges[index], right, column.align))
    return slots


def _across(slots: Sequence[_Slot], align: outline.Align) -> _Slot:
    return _Slot(slots[0].left, slots[-1].right, align)


def _head_spans(columns: Sequence[outline.Column]) -> list[tuple[int, int]]:
    """Let the head of a text column reach over text columns without a head of their own.

    Returns:
        Pairs of first column and number of columns, from left to right.
    """
    spans: list[tuple[int, int]] = []
    for at, column in enumerate(columns):
        is_open = spans and columns[spans[-1][0]].align == "left"
        if is_open and not column.heading.strip() and column.align == "left":
            first, span = spans[-1]
            spans[-1] = (first, span + 1)
        else:
            spans.append((at, 1))
    return spans


class _Setter:
    """Sets the rows of one table."""

    def __init__(self, canvas: Canvas, slots: list[_Slot], table: Element) -> None:
        self._canvas = canvas
        self._slots = slots
        self.table = table

    def cell(self, element: Element, slot: _Slot, text: outline.Text, style: TextStyle) -> _Cell:
        """Break the text of a cell into lines."""
        room = slot.right - slot.left
        width = max(room - styles.TABLE_GUTTER, min(room, _LEAST_WIDTH), 1.0)
        lines = break_text(hard_lines(text), style, width, self._canvas.fonts)
        return _Cell(element, slot, lines)

    def heads(self, table: outline.Table) -> list[Strip]:
        """Set the head rows; they stay with the first row below them."""
        head = Element("THead", self.table)
        strips: list[Strip] = []
        if table.groups:
            row = Element("TR", head)
            cells, at = [], 0
            for group in table.groups:
                slot = _across(self._slots[at : at + group.span], group.align)
                element = _head_cell(row, group.text, group.span)
                cells.append(self.cell(element, slot, group.text, styles.TABLE_GROUP))
                at += group.span
            strips += _head_strips(cells, styles.TABLE_GROUP, None)
        if table.groups or any(column.heading for column in table.columns):
            row = Element("TR", head)
            cells = []
            for at, span in _head_spans(table.columns):
                text, align = table.columns[at].heading, table.columns[at].align
                slot = _across(self._slots[at : at + span], align)
                element = _head_cell(row, text, span)
                cells.append(self.cell(element, slot, text, styles.TABLE_HEAD))
            rule = (styles.RULE_HEAD, styles.EDGE)
            strips += _head_strips(cells, styles.TABLE_HEAD, rule)
        return kept_with_next(strips)

    def row(self, parent: Element, row: outline.Row, table: outline.Table) -> list[Strip]:
        """Set a body row."""
        element = Element("TR", parent)
        style = _ROW_STYLES[row.kind]
        given = [c if isinstance(c, outline.Cell) else outline.Cell(c) for c in row.cells]
        missing = len(table.columns) - sum(cell.span for cell in given)
        cells, at = [], 0
        for cell in chain(given, [outline.Cell("")] * missing):
            column = table.columns[at]
            slot = _across(self._slots[at : at + cell.span], column.align)
            is_head = table.row_heads and not at and bool(plain(cell.text).strip())
            is_muted = column.muted and row.kind == "body" and cell.span == 1
            tag = _body_cell(element, cell.span, is_head=is_head)
            cell_style = replace(style, colour=styles.INK_MUTED) if is_muted else style
            cells.append(self.cell(tag, slot, cell.text, cell_style))
            at += cell.span
        rule = (styles.RULE_HAIRLINE, styles.LINE)
        return _row_strips(cells, style, _ROW_SPACE[row.kind], rule)


def _head_cell(row: Element, text: str, span: int = 1) -> Element:
    spans = f"/ColSpan {span}" if span > 1 else ""
    if text.strip():
        return Element("TH", row, SCOPE_COLUMN + spans)
    return Element("TD", row, f"/O/Table{spans}" if spans else "")


def _body_cell(row: Element, span: int, *, is_head: bool) -> Element:
    spans = f"/ColSpan {span}" if span > 1 else ""
    if is_head:
        return Element("TH", row, SCOPE_ROW + spans)
    return Element("TD", row, f"/O/Table{spans}" if spans else "")


def _head_strips(
    cells: Sequence[_Cell], style: TextStyle, rule: tuple[float, str] | None
) -> list[Strip]:
    """Make a head row, with its texts standing on its lower edge."""
    depth = max(len(cell.lines) for cell in cells)
    if depth > styles.TABLE_LINES_KEPT:
        return _row_strips(cells, style, 0.0, rule)
    standing = [cell._replace(skip=depth - len(cell.lines)) for cell in cells]
    space = styles.TABLE_ROW - style.leading - _PADDING
    height = space + depth * style.leading + _PADDING
    return [Strip(height, _Band(standing, style, space, height, rule))]


def _row_strips(
    cells: Sequence[_Cell], style: TextStyle, space: float, rule: tuple[float, str] | None
) -> list[Strip]:
    """Make one strip of a row, or one for each line if it is too tall to stay whole."""
    depth = max(len(cell.lines) for cell in cells)
    if depth <= styles.TABLE_LINES_KEPT:
        height = space + depth * style.leading + 2 * _PADDING
        return [Strip(height, _Band(list(cells), style, space + _PADDING, height, rule))]
    strips = []
    for index in range(depth):
        part = [cell._replace(lines=cell.lines[index : index + 1]) for cell in cells]
        above = space + _PADDING if not index else 0.0
        is_last = index + 1 == depth
        height = above + style.leading + (_PADDING if is_last else 0.0)
        strips.append(Strip(height, _Band(part, style, above, height, rule if is_last else None)))
    strips[0].is_kept = strips[-2].is_kept = True
    return strips


def _caption(text: str, table: Element, canvas: Canvas) -> list[Strip]:
    if not text.strip():
        return []
    lines = break_text(hard_lines(text), styles.CAPTION, styles.TEXT_WIDTH, canvas.fonts)
    element = Element("Caption", table)
    return kept_with_next(line_strips(lines, styles.LEFT, styles.CAPTION, element))


def table_strips(table: outline.Table, canvas: Canvas) -> list[Strip]:
    """Set a table.

    Its head stays with the first row, a section row with the row below it, a total with the
    row above it, and the last row is never alone on a page. Readers take no more than a
    thousand rows for one table, so that a longer one goes on as a table of its own.
    """
    strips: list[Strip] = []
    parts = [
        table.rows[start : start + _MOST_ROWS] for start in range(0, len(table.rows), _MOST_ROWS)
    ]
    for index, rows in enumerate(parts or [()]):
        element = Element("Table", canvas.tree.root)
        setter = _Setter(canvas, _slots(table.columns), element)
        if not index:
            strips += _caption(table.caption, element, canvas)
        heads = setter.heads(table)
        strips += [*heads, *_body_strips(setter, table, rows, heads)]
    return _framed(strips, styles.TABLE_AFTER)


def _body_strips(
    setter: _Setter, table: outline.Table, rows: Sequence[outline.Row], heads: Sequence[Strip]
) -> list[Strip]:
    body = Element("TBody", setter.table)
    strips: list[Strip] = []
    for index, row in enumerate(rows):
        is_last = index + 1 == len(rows)
        if strips and (row.kind == "total" or is_last):
            strips[-1].is_kept = True
        fresh = setter.row(body, row, table)
        if row.kind == "section":
            kept_with_next(fresh)
        strips += fresh
    if strips:
        strips[-1].is_kept = False
    if sum(head.height for head in heads) <= styles.TABLE_HEAD_TALLEST:
        for strip in strips:
            strip.head = heads
    return strips


def facts_strips(facts: outline.Facts, canvas: Canvas) -> list[Strip]:
    """Set labels and values in two columns without a head."""
    if not facts.pairs:
        return []
    element = Element("Table", canvas.tree.root)
    share = styles.FACTS_LABEL_WIDTH
    columns = (
        outline.Column("", width=share, muted=True),
        outline.Column("", width=styles.TEXT_WIDTH - share),
    )
    rows = tuple(outline.Row(pair) for pair in facts.pairs)
    table = outline.Table(columns, rows)
    setter = _Setter(canvas, _slots(columns), element)
    strips = _caption(facts.caption, element, canvas)
    body = Element("TBody", element)
    for row in rows:
        strips += setter.row(body, row, table)
    return _framed(strips, styles.FACTS_AFTER)


def _framed(strips: list[Strip], after: float) -> list[Strip]:
    """Leave space around a table; nothing is kept with what follows it."""
    if strips:
        strips[0].before = max(strips[0].before, styles.TABLE_BEFORE)
        strips[-1].after = after
        strips[-1].is_kept = False
    return strips
