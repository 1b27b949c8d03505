"""What a Word document holds, from top to bottom, as frozen values; lays nothing out.

A line feed in a text starts a new line of the same paragraph.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Manner: TypeAlias = Literal["body", "muted", "lead", "kicker", "label", "note"]
RowKind: TypeAlias = Literal["body", "section", "total"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one manner of writing.

    Attributes:
        language: BCP 47 tag; empty for that of the document.
    """

    text: str
    bold: bool = False
    italic: bool = False
    muted: bool = False
    language: str = ""


Line: TypeAlias = tuple[Piece, ...]
"""One paragraph's text."""


@dataclass(frozen=True, slots=True)
class WordHeading:
    """A heading of level 1 to 3; level 1 is the name of the document.

    Attributes:
        key: that a ``WordLink`` points at; empty for none.
        new_page: it begins a page.
    """

    line: Line
    level: int
    key: str = ""
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph.

    Attributes:
        ruled: a line across the page stands below it.
        hung: a short text that hangs in the left margin, such as a score; empty for none.
    """

    line: Line
    manner: Manner = "body"
    ruled: bool = False
    hung: str = ""


@dataclass(frozen=True, slots=True)
class WordLink:
    """A paragraph that leads to a heading; plain text where there is none of that key."""

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class WordBullets:
    """A list; each item is one or more paragraphs."""

    items: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class WordColumn:
    """A table column; ``width`` is its share beside the other columns."""

    heading: str
    is_right: bool = False
    width: float = 1.0
    muted: bool = False


@dataclass(frozen=True, slots=True)
class WordCell:
    """A table cell that reaches over ``span`` columns."""

    lines: tuple[Line, ...]
    span: int = 1


@dataclass(frozen=True, slots=True)
class WordRow:
    """A table row; cells missing at its end are left empty."""

    cells: tuple[WordCell, ...]
    kind: RowKind = "body"


@dataclass(frozen=True, slots=True)
class WordTable:
    """Short facts in columns.

    Attributes:
        caption: shown above the table; empty for none.
        description: what the table holds, for people who do not see it.
    """

    columns: tuple[WordColumn, ...]
    rows: tuple[WordRow, ...]
    caption: str = ""
    description: str = ""

    @property
    def has_heads(self) -> bool:
        """Whether there is a row of headings."""
        return any(column.heading.strip() for column in self.columns)


@dataclass(frozen=True, slots=True)
class WordPicture:
    """A picture with what it shows, in words; ``height`` in points."""

    data: bytes
    alternative: str
    height: float


WordBlock: TypeAlias = (
    WordHeading | WordParagraph | WordLink | WordBullets | WordTable | WordPicture
)


@dataclass(frozen=True, slots=True)
class WordDocument:
    """A whole document.

    Attributes:
        author: who it comes from, for the file's properties.
        head: top left of every page.
        draft_mark: top right of every page; empty once approved.
        foot: bottom left of every page; the page number stands at the right.
        created: time in the file's properties; None leaves a fixed one.
    """

    title: str
    author: str
    head: str
    draft_mark: str
    foot: str
    blocks: tuple[WordBlock, ...]
    language: str = "en-GB"
    created: datetime | None = None
