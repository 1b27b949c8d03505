"""A bar that fills to 100 as weights are given out; what is missing is a dashed piece."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tendereval.domain.exact import decimal_text
from tendereval.domain.weight_shares import WeightShares
from tendereval.ui import theme
from tendereval.ui.focus_ring import paint_focus_ring

_HEIGHT, _GAP, _INSET = 26, 1.0, 6.0
_STEPS = (1.0, 0.78, 0.52, 0.34, 0.22)


class WeightBar(QWidget):
    """Shows each part at the top of the tree by its share, with its name where it fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: WeightShares | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Weights")
        theme.watch(self)
        theme.changed().connect(self.updateGeometry)

    def show_shares(self, shares: WeightShares) -> None:
        """Show how far the whole is given out."""
        self._shares = shares
        self.setAccessibleName(shares.in_words())
        self.setToolTip(shares.in_words())
        self.update()

    def sizeHint(self) -> QSize:
        """Return one line of text with room around it."""
        return QSize(theme.current().px(320), theme.current().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(theme.current().px(160), theme.current().px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the parts, then what is missing."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.current().font("small"))
        whole = QRectF(self.rect())
        if self._shares is not None:
            self._paint_parts(painter, whole, self._shares)
        if self.hasFocus():
            paint_focus_ring(painter, whole, self.palette())

    def _paint_parts(self, painter: QPainter, whole: QRectF, shares: WeightShares) -> None:
        look = theme.current()
        full = max(shares.whole, shares.total)
        if not full:
            self._paint_missing(painter, whole, "nothing given out yet")
            return
        left = whole.left()
        for at, part in enumerate(shares.parts):
            width = whole.width() * float(part.marks / full)
            rect = QRectF(left, whole.top(), max(width - _GAP, 1.0), whole.height())
            fill, ink = _fill(at)
            painter.fillRect(rect, fill)
            if look.is_high_contrast:
                painter.setPen(QPen(look.colour("edge"), 1))
                painter.drawRect(rect)
            marks = decimal_text(part.marks)
            _write(painter, rect, ink, (f"{part.title or part.ref} {marks}", marks))
            left += width
        if shares.missing > 0:
            rest = QRectF(left, whole.top(), whole.right() - left, whole.height())
            self._paint_missing(painter, rest, decimal_text(shares.missing))
        elif shares.missing < 0:
            self._paint_too_much(painter, whole, float(shares.whole / full))

    def _paint_missing(self, painter: QPainter, rect: QRectF, text: str) -> None:
        look = theme.current()
        painter.fillRect(rect, look.colour("attention_tint"))
        painter.setPen(QPen(look.colour("attention"), 1, Qt.PenStyle.DashLine))
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        _write(painter, rect, look.colour("attention"), (text,))

    def _paint_too_much(self, painter: QPainter, whole: QRectF, share: float) -> None:
        """Draw the line at 100: what lies right of it is too much."""
        look = theme.current()
        at = whole.left() + whole.width() * share
        over = QRectF(at, whole.top(), whole.right() - at, whole.height())
        painter.setPen(QPen(look.colour("attention"), 2, Qt.PenStyle.DashLine))
        painter.drawRect(over.adjusted(1, 1, -1, -1))


def _fill(at: int) -> tuple[QColor, QColor]:
    """Return fill and ink of a part: one accent, lighter from part to part."""
    look = theme.current()
    share = _STEPS[at % len(_STEPS)]
    accent, paper = look.colour("accent"), look.colour("paper")
    mixed = QColor.fromRgbF(
        accent.redF() * share + paper.redF() * (1 - share),
        accent.greenF() * share + paper.greenF() * (1 - share),
        accent.blueF() * share + paper.blueF() * (1 - share),
    )
    inks = [look.colour(name) for name in ("on_accent", "ink")]
    return mixed, max(inks, key=lambda ink: _contrast(ink, mixed))


def _contrast(one: QColor, other: QColor) -> float:
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _luminance(colour: QColor) -> float:
    """Return the relative luminance, as WCAG 2 defines it."""
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    straight = 0.04045
    return part / 12.92 if part <= straight else float(((part + 0.055) / 1.055) ** 2.4)


def _write(painter: QPainter, rect: QRectF, ink: QColor, texts: tuple[str, ...]) -> None:
    """Write the longest of the texts that fits; nothing where none does."""
    metrics = QFontMetricsF(painter.font())
    room = rect.width() - _INSET
    fitting = next((text for text in texts if metrics.horizontalAdvance(text) <= room), "")
    painter.setPen(ink)
    inside = rect.adjusted(_INSET, 0, 0, 0)
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitting)
