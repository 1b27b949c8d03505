"""The stages as a line of stations: done, here, ahead."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tendereval.ui import theme


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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.watch(self)

    def show_stations(self, stations: Sequence[Station]) -> None:
        """Show these stations, in order."""
        self._stations = tuple(stations)
        words = {-1: "done", 0: "here", 1: "ahead"}
        said = ", ".join(f"{one.title} {words[one.position]} {one.under}" for one in stations)
        self.setAccessibleName(f"Stages: {said}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the line and two lines of words."""
        look = theme.current()
        return QSize(look.px(760), look.px(34) + look.line_px("body") + look.line_px("small"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line and its stations."""
        if not self._stations:
            return
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / len(self._stations)
        radius = look.px(10)
        for number, station in enumerate(self._stations):
            centre = QPointF(number * step + radius + 1, radius + 2)
            if number + 1 < len(self._stations):
                reached = self._stations[number + 1].position <= 0
                pen = QPen(look.colour("accent" if reached else "line"), look.px(2))
                painter.setPen(pen)
                far = QPointF((number + 1) * step, centre.y())
                painter.drawLine(centre + QPointF(radius + 1, 0), far)
            self._paint_station(painter, station, centre, radius)
            self._paint_words(painter, station, number * step, step)

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

    def _paint_words(self, painter: QPainter, station: Station, left: float, room: float) -> None:
        look = theme.current()
        here = station.position == 0
        top = look.px(28)
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
