"""Describe a document in plain text, before anything is laid out.

Holds no layout, no fonts and no markup: every string is shown as it stands. A line break
in a text starts a new line and a blank line starts a new paragraph.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from tendereval.reports.shapes import Shape, colours_of, is_colour

Align: TypeAlias = Literal["left", "right"]
RowKind: TypeAlias = Literal["body", "section", "total"]
ParagraphStyle: TypeAlias = Literal["body", "muted", "lead", "kicker", "label", "note"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner of writing.

    Attributes:
        language: BCP 47 tag; empty for that of the document.
    """

    text: str
    bold: bool = False
    italic: bool = False
    muted: bool = False
    language: str = ""


Text: TypeAlias = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: a bookmark, and an entry of the contents down to their depth.

    Attributes:
        text: the heading without its number.
        level: 1 to 3. A level that skips one is tagged one lower, so that no reader falls
            through a gap.
        number: shown before the text and given by the caller, such as ``5.1`` or ``Q2``.
        key: name that a ``Link`` points at; unique in the document, empty for none.
        question: set larger than other headings of its level: one question of the tender.
    """

    text: Text
    level: int = 1
    number: str = ""
    key: str = ""
    question: bool = False

    def __post_init__(self) -> None:
        if self.level not in {1, 2, 3}:
            raise ValueError(f"A heading has level 1, 2 or 3, not {self.level}.")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text.

    ``lead`` is the large statement of a cover, ``kicker`` the small line above a heading,
    ``label`` the small line above a paragraph, ``note`` small print.
    """

    text: Text
    style: ParagraphStyle = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list in no particular order."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list in order, counted from ``start``."""

    items: tuple[Text, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; ``width`` is its share relative to the other columns.

    ``muted`` is for its own cells in plain rows; a cell over several columns keeps its ink.
    """

    heading: str
    align: Align = "left"
    width: float = 1.0
    muted: bool = False

    def __post_init__(self) -> None:
        if not self.width > 0:
            raise ValueError(f"The column “{self.heading}” needs a width above nought.")


@dataclass(frozen=True, slots=True)
class HeadGroup:
    """A heading above several columns; an empty text leaves a gap."""

    text: str
    span: int = 1
    align: Align = "right"


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell that reaches over ``span`` columns."""

    text: Text
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; cells missing at its end are left empty."""

    cells: tuple[Text | Cell, ...]
    kind: RowKind = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """Short facts in columns. Reasons and other long texts belong in paragraphs.

    Attributes:
        columns: left to right, at least one.
        rows: top to bottom; no row reaches over more columns than there are.
        caption: shown above the table; empty for none.
        groups: a first head row that spans the columns exactly; empty for none.
        row_heads: whether the first cell of each row names the row for screen readers.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    groups: tuple[HeadGroup, ...] = ()
    row_heads: bool = True

    def __post_init__(self) -> None:
        count = len(self.columns)
        if not count:
            raise ValueError("A table needs at least one column.")
        if self.groups and sum(group.span for group in self.groups) != count:
            raise ValueError("The head groups of a table must span its columns exactly.")
        for row in self.rows:
            spans = [cell.span if isinstance(cell, Cell) else 1 for cell in row.cells]
            if sum(spans) > count or min(spans, default=1) < 1:
                raise ValueError(f"A row of {sum(spans)} cells does not fit {count} columns.")


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and their values, one pair a line, as on a cover."""

    pairs: tuple[tuple[Text, Text], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class ScoredRationale:
    """A score hung in the left margin, and its reason as running text.

    Attributes:
        score: short text such as ``4``; one too wide for the margin is run in instead.
        label: bold words that open the reason, such as ``Agreed score: 4, Good.``
        rationale: the reason, of any length; flows over pages.
        agreed: set larger and in the accent colour: the score that counts.
    """

    score: str
    label: str
    rationale: Text
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A paragraph that leads to the ``Heading`` with the key ``target``.

    Shown as plain text if the document has no such heading.
    """

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn picture, set against the left edge; one too large for a page is made smaller.

    Attributes:
        width: of the picture, in points; the column is about 453 points wide.
        height: the same; nothing is drawn outside ``width`` and ``height``.
        shapes: what is drawn, from back to front; texts are read in this order where a
            viewer copies them.
        alternative: what the picture shows, in words, for people who do not see it.
        caption: shown above the picture; empty for none.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    alternative: str
    caption: str = ""

    def __post_init__(self) -> None:
        if not (self.width > 0 and self.height > 0):
            raise ValueError("A figure needs a width and a height above nought.")
        if not self.alternative.strip():
            raise ValueError("A figure needs words that say what it shows.")
        for shape in self.shapes:
            if wrong := [name for name in colours_of(shape) if not is_colour(name)]:
                raise ValueError(f"A figure cannot be drawn in the colour “{wrong[0]}”.")


@dataclass(frozen=True, slots=True)
class Logo:
    """The authority's sign on a cover.

    Attributes:
        data: a PNG or SVG file that ``logos.check_logo`` accepts.
        alternative: whose sign it is, in words; empty where the name stands beside it in
            words, so that the sign is decoration and is not read aloud.
        height: as shown, in points; a wide sign is made smaller.
    """

    data: bytes
    alternative: str = ""
    height: float = 48.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A hairline across the page between two parts."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a new page; two in a row are one."""


@dataclass(frozen=True, slots=True)
class CoverTitle:
    """The large name of the document on its cover."""

    text: str


@dataclass(frozen=True, slots=True)
class CoverLead:
    """A line near the cover title: the authority, the tender, the period."""

    text: str
    muted: bool = False


@dataclass(frozen=True, slots=True)
class CoverRule:
    """The coloured rule of the cover."""


Block: TypeAlias = (
    Heading
    | Paragraph
    | Bullets
    | Numbered
    | Table
    | Facts
    | ScoredRationale
    | Link
    | Figure
    | Logo
    | Rule
    | PageBreak
    | CoverTitle
    | CoverLead
    | CoverRule
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document, ready to be laid out.

    Attributes:
        title: name shown by viewers and read aloud first; not blank.
        language: BCP 47 tag of the text.
        head: top left of every page.
        draft_mark: top right of every page, in words; ``None`` once approved.
        foot: bottom left of every page; the page number stands at the right.
        cover: the first page, if any; its blocks are not in the contents.
        blocks: the body, from top to bottom.
        contents: whether a table of contents stands before the body.
        contents_depth: deepest heading level of the contents, 1 to 3.
        contents_title: heading of the contents, in the language of the document.
        page_words: says which page it is; ``{page}`` and ``{pages}`` are filled in.
        created: time written into the file's properties; ``None`` writes no time, since
            the file must not depend on the clock.
    """

    title: str
    language: str = "en-GB"
    head: str = ""
    draft_mark: str | None = None
    foot: str = ""
    cover: tuple[Block, ...] = ()
    blocks: tuple[Block, ...] = ()
    contents: bool = False
    contents_depth: int = 2
    contents_title: str = "Contents"
    page_words: str = "{page} of {pages}"
    created: datetime | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("A document needs a title.")
        if self.created is not None and self.created.tzinfo is None:
            raise ValueError("The time of a document needs its time zone.")
        keys = [block.key for block in self.blocks if isinstance(block, Heading) and block.key]
        if len(keys) != len(set(keys)):
            raise ValueError("Two headings of a document share a key.")
