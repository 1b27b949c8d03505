"""Fill pages with strips: lines of text, table rows and rules that are not parted.

Decides where pages end. Knows nothing of the blocks that strips come from.
"""

from collections.abc import Sequence
from typing import Protocol

from tendereval.reports import styles
from tendereval.reports.canvas import Canvas, Sheet

_ROUNDING = 0.01


class Drawing(Protocol):
    """What a strip shows."""

    def draw(self, sheet: Sheet, top: float, *, repeated: bool) -> None:
        """Draw with the upper edge at ``top``; a repeated drawing is an artifact."""


class Strip:
    """A piece of the column that stays whole; measures in points."""

    __slots__ = (
        "after",
        "before",
        "drawing",
        "head",
        "height",
        "is_heading",
        "is_kept",
        "is_separator",
        "yields",
    )

    def __init__(self, height: float, drawing: Drawing) -> None:
        self.height = height
        self.drawing = drawing
        self.before = 0.0
        """Least space above, left out at the top of a page."""
        self.after = 0.0
        """Least space below; two neighbours share the greater of their spaces."""
        self.is_kept = False
        """Whether the next strip has to stand on the same page."""
        self.yields = False
        """Whether ``is_kept`` does not count before a heading."""
        self.is_heading = False
        """Whether a heading begins with it."""
        self.is_separator = False
        """Whether it only parts what is above from what is below; left out at a page's top."""
        self.head: Sequence[Strip] = ()
        """What is drawn again when a page begins with this strip."""


class Flow:
    """One column that runs over as many pages as it needs."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._sheet: Sheet | None = None
        self._y = styles.BOTTOM
        self._after = 0.0
        self._at_top = True
        self._kept: list[Strip] = []

    def add(self, strips: Sequence[Strip]) -> None:
        """Place strips below what is there."""
        for strip in strips:
            if strip.is_heading and self._kept and self._kept[-1].yields:
                self._place_kept()
            self._kept.append(strip)
            if not strip.is_kept:
                self._place_kept()

    def break_page(self) -> None:
        """End the page, unless nothing is on it."""
        self._place_kept()
        if not self._at_top:
            self._sheet = None

    def drop(self, distance: float) -> None:
        """Leave a space, even at the top of a page."""
        self._require_sheet()
        self._y -= distance

    def finish(self) -> None:
        """Place what is held back, and make sure that there is at least one page."""
        self._place_kept()
        if not self._canvas.page_count:
            self._require_sheet()

    def _require_sheet(self) -> Sheet:
        if self._sheet is None:
            self._sheet = self._canvas.new_page()
            self._y = styles.TOP
            self._after = 0.0
            self._at_top = True
        return self._sheet

    def _place_kept(self) -> None:
        """Place the strips that belong together: on this page, the next, or as they fall."""
        strips, self._kept = self._kept, []
        if not strips:
            return
        self._require_sheet()
        if not self._at_top and self._needs(strips) > self._room():
            self._sheet = None
        for strip in strips:
            self._place(strip)

    def _needs(self, strips: Sequence[Strip]) -> float:
        after, total = self._after, 0.0
        for strip in strips:
            total += max(after, strip.before) + strip.height
            after = strip.after
        return total

    def _room(self) -> float:
        return self._y - styles.BOTTOM + _ROUNDING

    def _place(self, strip: Strip) -> None:
        sheet = self._require_sheet()
        if not self._at_top and self._needs([strip]) > self._room():
            self._sheet = None
            sheet = self._require_sheet()
        if self._at_top and strip.is_separator:
            return
        if self._at_top:
            for part in strip.head:
                self._draw(sheet, part, repeated=True)
        self._draw(sheet, strip, repeated=False)

    def _draw(self, sheet: Sheet, strip: Strip, *, repeated: bool) -> None:
        if not self._at_top:
            self._y -= max(self._after, strip.before)
        strip.drawing.draw(sheet, self._y, repeated=repeated)
        self._y -= strip.height
        self._after = strip.after
        self._at_top = False
