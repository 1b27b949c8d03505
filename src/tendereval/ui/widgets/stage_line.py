"""The stages as a line of stations: done, here, ahead."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tendereval.ui import theme

_RADIUS, _BETWEEN, _BETWEEN_ROWS = 10, 12, 14


@dataclass(frozen=True, slots=True)
class Station:
    """One stage.

    Attributes:
        title: as people read it.
        under: a date or a few words; may be empty.
        position: -1 behind us, 0 here, 1 ahead.
    """

    title: str
    under: str
    position: int


class StageLine(QWidget):
    """Shows where the tender is; the sentence beside it says the same."""

    def __init__(self) -> None:
        super().__init__()
        self._stations: tuple[Station, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.watch(self)
        theme.changed().connect(self.updateGeometry)

    def show_stations(self, stations: Sequence[Station]) -> None:
        """Show these stations, in order."""
        self._stations = tuple(stations)
        words = {-1: "done", 0: "here", 1: "ahead"}
        said = ", ".join(f"{one.title} {words[one.position]} {one.under}" for one in stations)
        self.setAccessibleName(f"Stages: {said}")
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the line and two lines of words."""
        return QSize(theme.current().px(760), self._row_px)

    def minimumSizeHint(self) -> QSize:
        """Return room for one station; a narrow window breaks the line into rows."""
        return QSize(self._widest_px, self._row_px)

    def hasHeightForWidth(self) -> bool:
        """Return yes: a narrower window needs more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at a width."""
        rows = -(-len(self._stations) // self._in_a_row(width)) or 1
        return rows * self._row_px + (rows - 1) * theme.current().px(_BETWEEN_ROWS)

    @property
    def _row_px(self) -> int:
        look = theme.current()
        return look.px(34) + look.line_px("body") + look.line_px("small")

    @property
    def _widest_px(self) -> int:
        look = theme.current()
        title, small = QFontMetrics(look.font("body_strong")), QFontMetrics(look.font("small"))
        words = [title.horizontalAdvance(one.title) for one in self._stations]
        words += [small.horizontalAdvance(one.under) for one in self._stations]
        return max(words, default=0) + look.px(_BETWEEN)

    def _in_a_row(self, width: int) -> int:
        number = len(self._stations) or 1
        fits = max(1, width // max(1, self._widest_px))
        rows = -(-number // fits)
        return -(-number // rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the width needs."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line and its stations."""
        if not self._stations:
            return
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        in_a_row = self._in_a_row(self.width())
        step = self.width() / in_a_row
        for number, station in enumerate(self._stations):
            row, column = divmod(number, in_a_row)
            at = QPointF(column * step, row * (self._row_px + look.px(_BETWEEN_ROWS)))
            self._paint_way(painter, number, at, step)
            radius = look.px(_RADIUS)
            self._paint_station(painter, station, at + QPointF(radius + 1, radius + 2), radius)
            self._paint_words(painter, station, at, step)

    def _paint_way(self, painter: QPainter, number: int, at: QPointF, step: float) -> None:
        if number + 1 == len(self._stations):
            return
        look = theme.current()
        reached = self._stations[number + 1].position <= 0
        painter.setPen(QPen(look.colour("accent" if reached else "line"), look.px(2)))
        radius = look.px(_RADIUS)
        start = at + QPointF(2 * radius + 2, radius + 2)
        painter.drawLine(start, at + QPointF(step, radius + 2))

    def _paint_station(
        self, painter: QPainter, station: Station, centre: QPointF, radius: int
    ) -> None:
        look = theme.current()
        behind_or_here = station.position <= 0
        painter.setPen(QPen(look.colour("accent" if behind_or_here else "edge"), look.px(2)))
        painter.setBrush(look.colour("accent" if behind_or_here else "paper"))
        painter.drawEllipse(centre, radius - 1, radius - 1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("on_accent"), look.px(2)))
        if station.position < 0:
            unit = radius / 10
            first, second = QPointF(-4 * unit, 0), QPointF(-1 * unit, 3.5 * unit)
            painter.drawPolyline(
                [centre + first, centre + second, centre + QPointF(4.5 * unit, -3.5 * unit)]
            )
        elif station.position == 0:
            painter.setBrush(look.colour("on_accent"))
            painter.drawEllipse(centre, radius / 2.6, radius / 2.6)
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_words(self, painter: QPainter, station: Station, at: QPointF, room: float) -> None:
        look = theme.current()
        here = station.position == 0
        left, top = at.x(), at.y() + look.px(28)
        painter.setPen(look.colour("ink" if station.position <= 0 else "ink2"))
        painter.setFont(look.font("body_strong" if here else "body"))
        line = look.line_px("body")
        painter.drawText(QRectF(left, top, room, line), Qt.AlignmentFlag.AlignLeft, station.title)
        painter.setPen(look.colour("ink2"))
        painter.setFont(look.font("small"))
        mode = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(station.under, mode, int(room) - 6)
        box = QRectF(left, top + line, room, look.line_px("small"))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, shown)
