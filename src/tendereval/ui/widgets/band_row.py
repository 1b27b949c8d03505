"""One published band as a radio button: key cap, label, full wording, tick when chosen."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_TALL = 4000


class BandRow(QRadioButton):
    """A row as wide as its list; the whole of it is the target.

    Signals:
        key_pressed: a key event that the list may know better what to do with.
        focused: the keys came here.
    """

    key_pressed = Signal(QKeyEvent)
    focused = Signal()

    def __init__(
        self, cap: str, title: str, wording: str, *, large: bool = False, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.cap, self.title, self.wording = cap, title, wording
        self._large = large
        self.title_width = 0
        words = ", ".join(part for part in (cap, title, wording) if part)
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed().connect(self.follow_theme)

    def follow_theme(self) -> None:
        """Take sizes and colours from the theme."""
        self.updateGeometry()
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        """Take clicks anywhere in the row."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give every key to the list first."""
        event.ignore()
        self.key_pressed.emit(event)
        if not event.isAccepted() and event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keys came here, so that the row can be brought into sight."""
        super().focusInEvent(event)
        self.focused.emit()

    def wanted_title_width(self) -> int:
        """Return how wide the label column has to be for this row."""
        return QFontMetrics(self._title_font()).horizontalAdvance(self.title)

    def sizeHint(self) -> QSize:
        """Return a wide row of the height its wording needs."""
        width = theme.current().px(420)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the narrowest row that can still be read."""
        look = theme.current()
        return QSize(look.px(180), self._least_height())

    def hasHeightForWidth(self) -> bool:
        """Say that wording wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that label and wording take at a width."""
        _, title, wording, _ = self._columns(QRect(0, 0, width, _TALL))
        tallest = max(
            self._wrapped(self._title_font(), title.width(), self.title),
            self._wrapped(self._wording_font(), wording.width(), self.wording),
        )
        return max(self._least_height(), tallest + theme.current().px(6))

    @staticmethod
    def _wrapped(font: QFont, width: int, text: str) -> int:
        box = QRect(0, 0, max(width, 1), _TALL)
        return QFontMetrics(font).boundingRect(box, int(_WRAP), text).height() if text else 0

    def _least_height(self) -> int:
        return theme.current().height("band_community" if self._large else "band")

    def _title_font(self) -> QFont:
        font = theme.current().font("section" if self._large else "body_strong")
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _wording_font(self) -> QFont:
        return theme.current().font("community.bands" if self._large else "compact")

    def _columns(self, inside: QRect) -> tuple[QRect, QRect, QRect, QRect]:
        """Return where key cap, label, wording and tick stand."""
        look = theme.current()
        cap_size = look.px(32) if self._large else look.height("key_cap")
        wide = max(cap_size, QFontMetrics(self._title_font()).horizontalAdvance(self.cap) + 10)
        cap = QRect(inside.left() + look.px(6), inside.center().y() - cap_size // 2, wide, cap_size)
        tick = QRect(inside.right() - look.px(32), inside.top(), look.px(28), inside.height())
        left = cap.right() + look.px(11)
        title_width = min(self.title_width, max(1, (tick.left() - left) * 2 // 5))
        title = QRect(left, inside.top(), title_width, inside.height())
        if title_width:
            left = title.right() + look.px(22 if self._large else 16)
        wording = QRect(left, inside.top(), max(1, tick.left() - left), inside.height())
        return cap, title, wording, tick

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the row."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = self.rect()
        hovered = self.underMouse() and self.isEnabled()
        if self.isChecked() or hovered:
            painter.fillRect(row, look.colour("tint" if self.isChecked() else "ground"))
        cap, title, wording, tick = self._columns(row.adjusted(0, 0, 0, -1))
        self._paint_cap(painter, cap)
        ink = look.colour("ink" if self.isEnabled() else "ink2")
        for font, box, text in (
            (self._title_font(), title, self.title),
            (self._wording_font(), wording, self.wording),
        ):
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(box, int(_WRAP), text)
        if self.isChecked():
            paint_tick(painter, QRectF(tick), look.px(12))
            if look.is_high_contrast:
                painter.fillRect(QRect(0, 0, 3, row.height()), look.colour("accent"))
        painter.fillRect(QRect(0, row.bottom(), row.width(), 1), look.colour("line"))
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(row), self.palette())

    def _paint_cap(self, painter: QPainter, cap: QRect) -> None:
        look, chosen = theme.current(), self.isChecked()
        painter.setPen(QPen(look.colour("accent" if chosen else "edge"), 1))
        painter.setBrush(look.colour("accent" if chosen else "paper"))
        painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(self._title_font())
        painter.setPen(look.colour("on_accent" if chosen else "ink"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.cap)


def paint_tick(painter: QPainter, box: QRectF, size: float) -> None:
    """Paint a tick of our own, 1.5 px with round ends, in the middle of a box."""
    look = theme.current()
    pen = QPen(look.colour("accent"), 1.5 * look.scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    middle, half = box.center(), size / 2
    points = [QPointF(-half, 0), QPointF(-half * 0.3, half * 0.7), QPointF(half, -half * 0.7)]
    painter.drawPolyline(QPolygonF([middle + point for point in points]))
    painter.restore()
