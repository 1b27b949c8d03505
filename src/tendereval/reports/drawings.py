"""What strips show: lines of text with what hangs beside them, rules, page numbers.

Draws what has been set; breaks no lines and decides no positions on the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tendereval.reports import styles
from tendereval.reports.bookmarks import Place
from tendereval.reports.canvas import Sheet, Target
from tendereval.reports.flow import Drawing, Strip
from tendereval.reports.fonts import FontBook
from tendereval.reports.lines import Line, break_text
from tendereval.reports.outline import Run
from tendereval.reports.styles import TextStyle
from tendereval.reports.tags import Element

_DESCENT: Final = 0.3


@dataclass(frozen=True, slots=True)
class Hung:
    """Short text beside a first line: a bullet, a number or a score.

    Attributes:
        line: the set text.
        x: its left edge.
        lower: how far its baseline stands below that of the first line.
        element: what it belongs to.
    """

    line: Line
    x: float
    lower: float
    element: Element


@dataclass(slots=True)
class LineDrawing:
    """One line of a paragraph, left aligned at ``x``."""

    line: Line
    x: float
    style: TextStyle
    element: Element
    hung: Hung | None = None
    target: Target | None = None

    def draw(self, sheet: Sheet, top: float, *, repeated: bool) -> None:
        """Draw what hangs beside the line, the line, and the area of its link."""
        y = top - self.style.drop()
        if self.hung:
            sheet.mark(None if repeated else self.hung.element)
            sheet.text(self.hung.x, y - self.hung.lower, self.hung.line.operators)
        sheet.mark(None if repeated else self.element)
        sheet.text(self.x, y, self.line.operators)
        if self.target and not repeated:
            size = self.style.size
            right = self.x + max(self.line.width, size)
            sheet.link(self.element, (self.x, y - _DESCENT * size, right, y + size), self.target)


@dataclass(slots=True)
class RuleDrawing:
    """A rule over the whole column."""

    thickness: float
    colour: str

    def draw(self, sheet: Sheet, top: float, *, repeated: bool) -> None:  # noqa: ARG002
        """Draw the rule; it is an artifact in any case."""
        sheet.rule(styles.LEFT, top, styles.TEXT_WIDTH, self.thickness, self.colour)


@dataclass(slots=True)
class NotedDrawing:
    """A drawing that tells where it landed."""

    inner: Drawing
    note: Callable[[Place], None]

    def draw(self, sheet: Sheet, top: float, *, repeated: bool) -> None:
        """Draw, and report the page and the upper edge."""
        self.inner.draw(sheet, top, repeated=repeated)
        self.note(Place(sheet.index, top))


@dataclass(slots=True)
class PageNumberDrawing:
    """A line with a page number at the right edge, known when all pages are laid out."""

    inner: LineDrawing
    place: Callable[[], Place]
    fonts: FontBook

    def draw(self, sheet: Sheet, top: float, *, repeated: bool) -> None:
        """Draw the line and keep a place for the number."""
        self.inner.draw(sheet, top, repeated=repeated)
        y = top - self.inner.style.drop()

        def number() -> str:
            line = set_line(str(self.place().page + 1), styles.BODY, self.fonts)
            return placed(line, styles.RIGHT - line.width, y)

        sheet.late_text(number)


def placed(line: Line, x: float, y: float) -> str:
    """Write the operators of a line with its baseline starting at a point."""
    return f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {line.operators} ET"


def set_line(text: str, style: TextStyle, fonts: FontBook) -> Line:
    """Set a short text in a single line, however long it becomes."""
    run = Run(" ".join(text.splitlines()))
    return break_text([(run,)], style, float("inf"), fonts)[0]


def fitted_line(text: str, style: TextStyle, width: float, fonts: FontBook) -> Line:
    """Set a text in a single line, cut short with an ellipsis where the width ends."""
    line = set_line(text, style, fonts)
    if line.width <= width:
        return line
    ellipsis = set_line("…", style, fonts)
    run = Run(" ".join(text.splitlines()))
    first = break_text([(run,)], style, max(width - ellipsis.width, style.size), fonts)[0]
    return Line(f"{first.operators} {ellipsis.operators}", first.width + ellipsis.width)


def line_strips(lines: Sequence[Line], x: float, style: TextStyle, element: Element) -> list[Strip]:
    """Make the strips of a paragraph; its first and its last two lines stay together."""
    strips = [Strip(style.leading, LineDrawing(line, x, style, element)) for line in lines]
    if len(strips) > 1:
        strips[0].is_kept = strips[-2].is_kept = True
    return spaced(strips, style)


def spaced(strips: list[Strip], style: TextStyle) -> list[Strip]:
    """Give strips the space above and below of a style."""
    if strips:
        strips[0].before = style.before
        strips[-1].after = style.after
    return strips


def kept_with_next(strips: list[Strip]) -> list[Strip]:
    """Keep strips on the page of what follows them."""
    for strip in strips:
        strip.is_kept = True
    return strips


def hang(strips: Sequence[Strip], hung: Hung) -> None:
    """Hang a text beside the first line of a paragraph."""
    if strips and isinstance(strips[0].drawing, LineDrawing):
        strips[0].drawing.hung = hung
