"""Rows of two lines a cell: what matters, and under it the smaller print."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from tendereval.ui import theme
from tendereval.ui.widgets.fitted_table import FittedTable
from tendereval.ui.widgets.inset_rows import INSET_PX, InsetDelegate, set_in
from tendereval.ui.widgets.table import Index
from tendereval.viewmodels.panel_members import ROLE_UNDER, ROLE_UNDER_INK, MemberRow
from tendereval.viewmodels.rows_model import ROLE_INK, RowsModel

_ROW, _LEAST_HEIGHT = 54, 202
_WIDTHS, _LEAST_NAME, _MOST_NAME = (0, 80, 112, 132, 112), 140, 320


class TwoLineDelegate(InsetDelegate):
    """Paints a cell's line and the smaller one under it; a single line stands in the middle."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the text to ``paint``."""
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        super().paint(painter, option, index)
        look = theme.current()
        left = look.px(INSET_PX) if index.column() == 0 else 3
        box = QRect(option.rect).adjusted(left, look.px(6), -look.px(6), -look.px(6))
        upper, lower = QRect(box), QRect(box)
        under = str(index.data(ROLE_UNDER) or "")
        if under:
            upper.setHeight(box.height() // 2)
            lower.setTop(box.top() + box.height() // 2)
        ink = index.data(ROLE_INK) or "ink"
        lines = ((upper, "body", ink, index.data()), (lower, "small", None, under))
        painter.save()
        for rect, font, colour, text in lines:
            painter.setFont(look.font(font))
            painter.setPen(look.colour(str(colour or index.data(ROLE_UNDER_INK))))
            elide = Qt.TextElideMode.ElideRight
            if index.column() == 0 and font == "body":
                elide = Qt.TextElideMode.ElideMiddle
            short = painter.fontMetrics().elidedText(str(text), elide, rect.width())
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, short)
        painter.restore()


class MembersTable(FittedTable):
    """The panel, two lines a person."""

    def __init__(self, model: RowsModel[MemberRow]) -> None:
        super().__init__("Panel", model, _WIDTHS, least=_LEAST_NAME, most=_MOST_NAME)
        set_in(self, TwoLineDelegate(self))

    def follow_theme(self) -> None:
        """Give each row the height of two lines."""
        super().follow_theme()
        look = theme.current()
        self.verticalHeader().setDefaultSectionSize(look.px(_ROW))
        self.setMinimumHeight(look.px(_LEAST_HEIGHT))
