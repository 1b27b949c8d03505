"""Sizes and colours of documents, in points, from the visual design.

Only constants: nothing here measures or draws.
"""

from dataclasses import dataclass
from typing import Final

from tendereval.reports.outline import ParagraphStyle


def colour(name: str) -> str:
    """Give the numbers of a colour of ``shapes``, a name or a code."""
    return PICTURE_COLOURS.get(name) or _colour(name)


def _colour(code: str) -> str:
    """Turn ``#RRGGBB`` into the three numbers that PDF colour operators take."""
    return " ".join(f"{int(code[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


INK: Final = _colour("#1B1D1E")
INK_MUTED: Final = _colour("#53565A")
ACCENT: Final = _colour("#0E5A70")
PROBLEM: Final = _colour("#9B2A1E")
LINE: Final = _colour("#DAD7CF")
EDGE: Final = _colour("#827F77")

PICTURE_COLOURS: Final = {
    "ink": INK,
    "muted": INK_MUTED,
    "accent": ACCENT,
    "line": LINE,
    "edge": EDGE,
    "paper": _colour("#FFFFFF"),
    "grey-1": _colour("#5C6063"),
    "grey-2": _colour("#96999C"),
    "grey-3": _colour("#C4C6C8"),
    "grey-4": _colour("#E6E7E8"),
}
"""What the names of ``shapes`` mean; the greys keep apart on a printer without colours."""

MM: Final = 72 / 25.4
PAGE_WIDTH: Final = 595.28
PAGE_HEIGHT: Final = 841.89
LEFT: Final = 27.5 * MM
RIGHT: Final = PAGE_WIDTH - 22.75 * MM
TOP: Final = PAGE_HEIGHT - 25.4 * MM
BOTTOM: Final = 25.4 * MM
TEXT_WIDTH: Final = RIGHT - LEFT
LINE_LENGTH: Final = 31.2
"""Longest line of running text, in type sizes: about 75 characters of English."""

HEAD_BASELINE: Final = PAGE_HEIGHT - 43.5
EDGE_GAP: Final = 18.0
PAGE_NUMBER_WIDTH: Final = 80.0
FOOT_RULE: Final = 52.5
FOOT_BASELINE: Final = 37.0
COVER_DROP: Final = 60.0

RULE_HAIRLINE: Final = 0.56
RULE_HEAD: Final = 0.75
RULE_COVER: Final = 1.9

LIST_INDENT: Final = 18.0
SCORE_EDGE: Final = -18.0
"""Programs that read a page by its places take a nearer score for a word of the first line."""
SCORE_WIDEST: Final = 44.0
SCORE_WIDEST_LARGE: Final = 40.0
"""An agreed score wider than this, such as a word, is set no larger than the others."""
SCORE_LOWER: Final = {False: 0.0, True: 8.0}
"""How far a score stands below its first line, by whether it is set large."""
FACTS_LABEL_WIDTH: Final = 133.5
CONTENTS_INDENT: Final = 27.0
RULE_SPACE: Final = 18.0
COVER_RULE_SPACE: Final = (36.0, 12.0)
"""Above and below the coloured rule."""
CONTENTS_PAGE_WIDTH: Final = 36.0

FIGURE_AFTER: Final = 16.0
FIGURE_CAPTION_GAP: Final = 6.0
FIGURE_TALLEST: Final = TOP - BOTTOM - 60.0
"""Leaves room for a heading and a caption above."""
LOGO_AFTER: Final = 24.0

TABLE_BEFORE: Final = 6.0
TABLE_AFTER: Final = 14.0
FACTS_AFTER: Final = 30.0
TABLE_ROW: Final = 18.0
TABLE_LEADING: Final = 13.5
TABLE_GUTTER: Final = 6.0
TABLE_SECTION_SPACE: Final = 3.0
TABLE_TOTAL_SPACE: Final = 2.5
TABLE_HEAD_TALLEST: Final = 180.0
"""A head taller than this is not repeated on later pages."""
TABLE_LINES_KEPT: Final = 12
"""A row with more lines than this may be parted between pages."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a block of text is set; all measures in points."""

    size: float = 11.0
    leading: float = 15.75
    bold: bool = False
    colour: str = INK
    before: float = 0.0
    after: float = 8.0

    def drop(self) -> float:
        """Distance from the top of a line to its baseline."""
        return self.leading / 2 + 0.345 * self.size

    def measure(self) -> float:
        """How wide running text is set, so that the eye finds the next line."""
        return min(TEXT_WIDTH, LINE_LENGTH * self.size)


BODY: Final = TextStyle()
PARAGRAPHS: Final[dict[ParagraphStyle, TextStyle]] = {
    "body": BODY,
    "muted": TextStyle(colour=INK_MUTED, after=12),
    "lead": TextStyle(15, 21.75, after=26),
    "kicker": TextStyle(10, 14.25, colour=INK_MUTED, before=24, after=5),
    "label": TextStyle(10, 14.25, colour=INK_MUTED, before=14, after=3),
    "note": TextStyle(10, 14.25, colour=INK_MUTED, before=12),
}
HEADINGS: Final = {
    1: TextStyle(24, 28.5, bold=True, before=30, after=9),
    2: TextStyle(15, 19.5, bold=True, before=20, after=6),
    3: TextStyle(11, 15.75, bold=True, before=14, after=2.5),
}
QUESTION: Final = TextStyle(19.5, 24, bold=True, before=24, after=4)
SCORE_BODY: Final = TextStyle(before=6, after=7)
SCORE: Final = TextStyle(13.5, 15.75, bold=True)
SCORE_AGREED: Final = TextStyle(24, 15.75, bold=True, colour=ACCENT)
LIST_ITEM: Final = TextStyle(after=3)
COVER_TITLE: Final = TextStyle(30, 34.5, bold=True, before=10, after=10)
COVER_LEAD: Final = TextStyle(15, 21, after=0)
CAPTION: Final = TextStyle(11, 15.75, bold=True, before=8, after=3)
CONTENTS_FIRST: Final = TextStyle(11, 15.75, bold=True, before=7, after=1.5)
CONTENTS_LATER: Final = TextStyle(11, 15.75, before=0, after=1.5)
TABLE_HEAD: Final = TextStyle(9, 12, colour=INK_MUTED)
TABLE_GROUP: Final = TextStyle(10, TABLE_LEADING, bold=True)
TABLE_BODY: Final = TextStyle(10, TABLE_LEADING)
TABLE_SECTION: Final = TextStyle(10, TABLE_LEADING, bold=True)
TABLE_TOTAL: Final = TextStyle(11, TABLE_LEADING, bold=True)
PAGE_EDGE: Final = TextStyle(9, 12, colour=INK_MUTED)
PAGE_DRAFT: Final = TextStyle(9, 12, bold=True, colour=PROBLEM)
