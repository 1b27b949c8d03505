"""Progress and map in one: a tick for each answer, grouped; opens the list with names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring

MOST_TICKS: Final = 80
_TICK, _GAP, _BETWEEN, _BAR, _TALL = 6.0, 2.0, 10.0, 40.0, 15.0


@dataclass(frozen=True, slots=True)
class Tick:
    """One answer on the ribbon.

    Attributes:
        group: what stands before its group (a letter of the bidder, a question).
        progress: ``not scored yet``, ``draft``, ``ready`` or ``cannot score``.
        is_here: whether it is the one that is shown.
    """

    group: str
    progress: str
    is_here: bool = False


class Ribbon(QAbstractButton):
    """The whole is one target; a click opens what its owner shows for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks: tuple[Tick, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("List of answers")
        theme.changed().connect(self.updateGeometry)
        theme.watch(self)

    def show_ticks(self, ticks: Sequence[Tick]) -> None:
        """Show how far every answer is."""
        if tuple(ticks) == self._ticks:
            return
        self._ticks = tuple(ticks)
        done = sum(tick.progress in {"ready", "cannot score"} for tick in self._ticks)
        here = next((n for n, tick in enumerate(self._ticks, 1) if tick.is_here), 0)
        words = f"List of answers: {done} of {len(self._ticks)} done"
        self.setAccessibleName(f"{words}, answer {here} is shown" if here else words)
        self.updateGeometry()
        self.update()

    @property
    def shows_bars(self) -> bool:
        """Whether there are too many answers for a tick each."""
        return len(self._ticks) > MOST_TICKS

    def _groups(self) -> Iterator[tuple[str, list[Tick]]]:
        for name, found in groupby(self._ticks, key=lambda tick: tick.group):
            yield name, list(found)

    def sizeHint(self) -> QSize:
        """Return the width that all ticks take and the height of a target."""
        look = theme.current()
        metrics = QFontMetrics(look.font("small"))
        width = 4.0
        for name, ticks in self._groups():
            long = _BAR if self.shows_bars else len(ticks) * (_TICK + _GAP)
            width += metrics.horizontalAdvance(name) + (4 + long + _BETWEEN) * look.scale
        return QSize(round(width), max(look.height("smallest_target"), look.px(32)))

    def minimumSizeHint(self) -> QSize:
        """Return the least width; ticks get narrower before that."""
        look = theme.current()
        return QSize(look.px(48), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ticks or bars."""
        look = theme.current()
        painter = QPainter(self)
        painter.setFont(look.font("small"))
        wanted = max(1, self.sizeHint().width())
        squeeze = min(1.0, self.width() / wanted)
        x = 2.0
        for name, ticks in self._groups():
            x = self._paint_name(painter, x, name, squeeze)
            if self.shows_bars:
                x = self._paint_bar(painter, x, ticks, squeeze)
            else:
                for tick in ticks:
                    x = self._paint_tick(painter, x, tick, squeeze)
            x += _BETWEEN * look.scale * squeeze
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(self.rect()), self.palette())

    def _paint_name(self, painter: QPainter, x: float, name: str, squeeze: float) -> float:
        look = theme.current()
        width = QFontMetrics(painter.font()).horizontalAdvance(name)
        if squeeze >= 0.7:  # noqa: PLR2004 - below that the letters would not leave room
            painter.setPen(look.colour("ink2"))
            painter.drawText(
                QRectF(x, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, name
            )
        return x + (width + 4 * look.scale) * squeeze

    def _paint_tick(self, painter: QPainter, x: float, tick: Tick, squeeze: float) -> float:
        look = theme.current()
        width, height = _TICK * look.scale * squeeze, _TALL * look.scale
        top = (self.height() - height) / 2
        box = QRectF(x, top, width, height)
        paint_progress(painter, box, tick.progress)
        if tick.is_here:
            painter.setPen(QPen(look.colour("ink"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(-1, -4, 1, 4))
        return x + width + _GAP * look.scale * squeeze

    def _paint_bar(
        self, painter: QPainter, x: float, ticks: Sequence[Tick], squeeze: float
    ) -> float:
        look = theme.current()
        width, height = _BAR * look.scale * squeeze, _TALL * look.scale
        box = QRectF(x, (self.height() - height) / 2, width, height)
        done = sum(tick.progress in {"ready", "cannot score"} for tick in ticks)
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.setBrush(look.colour("paper"))
        painter.drawRect(box)
        full = QRectF(box.left(), box.top(), box.width() * done / len(ticks), box.height())
        painter.fillRect(full, look.colour("accent"))
        if any(tick.is_here for tick in ticks):
            painter.setPen(QPen(look.colour("ink"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(-1, -4, 1, 4))
        return x + width


def paint_progress(painter: QPainter, box: QRectF, progress: str) -> None:
    """Paint one tick: empty, half for a draft, full for ready, struck through for cannot."""
    look = theme.current()
    painter.save()
    painter.setPen(QPen(look.colour("accent" if progress == "ready" else "edge"), 1))
    painter.setBrush(look.colour("accent" if progress == "ready" else "paper"))
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    if progress == "draft":
        half = QRectF(box.left(), box.center().y(), box.width(), box.height() / 2)
        painter.fillRect(half, look.colour("accent"))
    if progress == "cannot score":
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("ink"), 1.5))
        painter.drawLine(QPointF(box.left(), box.bottom()), QPointF(box.right(), box.top()))
    painter.restore()
