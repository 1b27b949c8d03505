"""A list of choices and a tick box that show their arrow and box in every theme.

Under a style sheet with borders the base style paints neither, so both are painted here.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QStyle, QStyleOptionButton

from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring

_SIDE, _ARROW = 18, 5
_BESIDE, _AFTER = 9, 6
_LEAST_TICK = 180
_TICK = ((0.22, 0.52), (0.42, 0.72), (0.80, 0.28))


class Choice(QComboBox):
    """A list of choices that the wheel does not change by accident.

    Args:
        choices: value, words for people, and whether it may be chosen now.
    """

    def __init__(self, choices: Sequence[tuple[str, str, bool]] = ()) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self._offered: tuple[tuple[str, str, bool], ...] = ()
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[str, str, bool]]) -> None:
        """Offer choices; one that may not be chosen now stays readable."""
        if tuple(choices) == self._offered:
            return
        self._offered = tuple(choices)
        self.clear()
        for value, words, works in choices:
            self.addItem(words, value)
            model = self.model()
            if not works and isinstance(model, QStandardItemModel):
                model.item(self.count() - 1).setEnabled(False)

    def choose(self, value: str) -> None:
        """Show a value; one that is not offered is shown as it stands."""
        at = self.findData(value)
        if at < 0:
            self.addItem(f"{value} (not defined)", value)
            at = self.count() - 1
        self.setCurrentIndex(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and its arrow."""
        super().paintEvent(event)
        look, side = theme.current(), theme.current().px(_ARROW)
        middle = QPointF(self.width() - look.px(16), self.height() / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("ink" if self.isEnabled() else "ink2"), 1.5))
        points = [(-side, -side / 2), (0, side / 2), (side, -side / 2)]
        painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in points]))


class Tick(QCheckBox):
    """A tick box with words beside it, which break where there is little room."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        # A name may hold an ampersand, which would be left out as the mark of a key.
        self.setAccessibleName(text)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Ask for the room that box and words are painted in."""
        look, words = theme.current(), self.fontMetrics().horizontalAdvance(self.text())
        wide = look.px(_SIDE) + look.px(_BESIDE) + words + look.px(_AFTER)
        return QSize(wide, max(super().sizeHint().height(), look.px(_SIDE + 6)))

    def minimumSizeHint(self) -> QSize:
        """Ask for room in which words can break."""
        whole = self.sizeHint()
        return QSize(min(whole.width(), theme.current().px(_LEAST_TICK)), whole.height())

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at a width."""
        look = theme.current()
        room = max(1, width - look.px(_SIDE) - look.px(_BESIDE))
        flags = Qt.TextFlag.TextWordWrap
        words = self.fontMetrics().boundingRect(QRect(0, 0, room, 10_000), flags, self.text())
        return max(self.sizeHint().height(), words.height() + look.px(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint box, tick and words."""
        look, option = theme.current(), QStyleOptionButton()
        self.initStyleOption(option)
        side = look.px(_SIDE)
        painter = QPainter(self)
        box = QRectF(1, (self.height() - side) / 2, side, side)
        paint_tick(painter, box, on=self.isChecked(), works=self.isEnabled())
        left = side + look.px(_BESIDE)
        words = QRectF(left, 0, self.width() - left, self.height())
        painter.setPen(look.colour("ink" if self.isEnabled() else "ink2"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(words, flags, self.text())
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, QRectF(self.rect()), self.palette())


def paint_tick(painter: QPainter, box: QRectF, *, on: bool, works: bool = True) -> None:
    """Paint a box, with a tick where it is on."""
    look = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill = look.colour("accent" if works else "ink2")
    painter.setPen(QPen(fill if on else look.colour("edge"), 1))
    painter.setBrush(fill if on else look.colour("paper"))
    painter.drawRoundedRect(box, 3, 3)
    if on:
        side = box.width()
        painter.setPen(QPen(look.colour("on_accent" if works else "paper"), max(2, look.px(2))))
        points = [QPointF(box.left() + x * side, box.top() + y * side) for x, y in _TICK]
        painter.drawPolyline(QPolygonF(points))
    painter.restore()
