"""Scores of one response on their scale: discs with initials, the range, the agreed score.

Shows what was given and what was chosen; nothing is worked out from several scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from tendereval.domain.exact import to_text
from tendereval.domain.scale import PASS_OR_FAIL, ScoringScale
from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring
from tendereval.ui.widgets.initials import paint_disc

_MOST_TICKS = 11


@dataclass(frozen=True, slots=True)
class Dot:
    """One person's score."""

    initials: str
    name: str
    points: Fraction


class DotPlot(QWidget):
    """The plot; its accessible name says the same in words.

    Args:
        parent: the widget it stands in.
        enlarged: how much larger discs and figures are than on a desk, for a projector.
    """

    def __init__(self, parent: QWidget | None = None, *, enlarged: float = 1.0) -> None:
        super().__init__(parent)
        self._scale = ScoringScale("")
        self._dots: tuple[Dot, ...] = ()
        self._agreed: Fraction | None = None
        self._enlarged = enlarged
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Scores")
        theme.watch(self)
        theme.changed().connect(self.updateGeometry)

    def show_scores(
        self, scale: ScoringScale, dots: Sequence[Dot], agreed: Fraction | None
    ) -> None:
        """Show scores that are used, and the agreed score only where one was chosen."""
        self._scale, self._dots, self._agreed = scale, tuple(dots), agreed
        self.setAccessibleName(self._in_words())
        self.updateGeometry()
        self.update()

    def _figure(self, points: Fraction) -> str:
        band = self._scale.band(points)
        return band.label if self._scale == PASS_OR_FAIL and band else to_text(points)

    def _in_words(self) -> str:
        given = [f"{dot.name} {self._figure(dot.points)}" for dot in self._dots]
        words = f"Scores: {', '.join(given)}." if given else "No score is used."
        if self._agreed is not None:
            words += f" Agreed score chosen: {self._figure(self._agreed)}."
        return words

    # Sizes

    def _px(self, value: float) -> float:
        return value * theme.current().scale * self._enlarged

    @property
    def _disc(self) -> float:
        return self._px(26)

    def _stacks(self) -> list[tuple[Dot, int]]:
        """Each disc with its height in the stack: discs that would touch stand on each other."""
        width = max(self.width(), 1)
        placed: list[tuple[Dot, int]] = []
        for dot in self._dots:
            x = self._x(dot.points, width)
            near = {
                level
                for other, level in placed
                if abs(self._x(other.points, width) - x) < self._disc
            }
            level = next(n for n in range(len(self._dots) + 1) if n not in near)
            placed.append((dot, level))
        return placed

    def _tallest(self) -> int:
        return max((level for _, level in self._stacks()), default=0) + 1

    def sizeHint(self) -> QSize:
        """Return room for the tallest stack and the figures."""
        stack = max(2, self._tallest()) * (self._disc + self._px(2))
        return QSize(theme.current().px(240), round(stack + self._px(46)))

    def minimumSizeHint(self) -> QSize:
        """Return the same height, narrower."""
        return QSize(theme.current().px(160), self.sizeHint().height())

    # Painting

    def _ticks(self) -> list[Fraction]:
        points = {band.points for band in self._scale.bands}
        for span in self._scale.ranges:
            points |= {span.lowest, span.highest}
            count = (span.highest - span.lowest) / span.step if span.step else Fraction(0)
            if count < _MOST_TICKS and not self._scale.bands:
                points |= {span.lowest + span.step * n for n in range(int(count) + 1)}
        return sorted(points)

    def _x(self, points: Fraction, width: int) -> float:
        ticks = self._ticks()
        if not ticks:
            return width / 2
        low, high = ticks[0], ticks[-1]
        edge = self._disc
        share = float((points - low) / (high - low)) if high > low else 0.5
        return edge + share * (width - 2 * edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint axis, range, discs and, once chosen, the agreed score."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self.height() - self._px(34)
        self._paint_axis(painter, base)
        self._paint_range(painter, base)
        for dot, level in self._stacks():
            middle = base - self._px(5) - self._disc / 2 - level * (self._disc + self._px(2))
            place = QPointF(self._x(dot.points, self.width()), middle)
            paint_disc(painter, place, self._disc, dot.initials)
        if self._agreed is not None:
            self._paint_agreed(painter, base)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), self.palette())

    def _paint_axis(self, painter: QPainter, base: float) -> None:
        look = theme.current()
        painter.setPen(QPen(look.colour("edge"), 1.5))
        ticks = self._ticks()
        if not ticks:
            return
        width = self.width()
        left, right = self._x(ticks[0], width), self._x(ticks[-1], width)
        painter.drawLine(QPointF(left, base), QPointF(right, base))
        font = look.font("body")
        font.setPointSizeF(font.pointSizeF() * self._enlarged)
        painter.setFont(font)
        metrics, last = QFontMetrics(font), -1e9
        for points in ticks:
            x = self._x(points, width)
            painter.setPen(QPen(look.colour("edge"), 1.5))
            painter.drawLine(QPointF(x, base - self._px(4)), QPointF(x, base + self._px(4)))
            text = self._figure(points)
            half = metrics.horizontalAdvance(text) / 2 + self._px(3)
            if x - half < last:
                continue
            last = x + half
            painter.setPen(look.colour("ink" if self._is_within(points) else "ink2"))
            box = QRectF(x - half, base + self._px(12), 2 * half, self._px(20))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _is_within(self, points: Fraction) -> bool:
        given = [dot.points for dot in self._dots]
        return bool(given) and min(given) <= points <= max(given)

    def _paint_range(self, painter: QPainter, base: float) -> None:
        look = theme.current()
        given = sorted({dot.points for dot in self._dots})
        painter.setPen(QPen(look.colour("edge"), self._px(4.5)))
        for low, high in pairwise(given):
            left, right = self._x(low, self.width()), self._x(high, self.width())
            painter.drawLine(QPointF(left, base), QPointF(right, base))

    def _paint_agreed(self, painter: QPainter, base: float) -> None:
        if self._agreed is None:
            return
        x, top, size = self._x(self._agreed, self.width()), base + self._px(4), self._px(5.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().colour("accent"))
        corners = [(0.0, 0.0), (size, size * 1.5), (-size, size * 1.5)]
        painter.drawPolygon(QPolygonF([QPointF(x + dx, top + dy) for dx, dy in corners]))
