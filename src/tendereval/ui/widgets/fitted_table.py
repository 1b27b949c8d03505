"""A table whose first wide column takes what room is left, and never less than it needs."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from tendereval.ui import theme
from tendereval.ui.widgets.inset_rows import InsetDelegate, set_in
from tendereval.ui.widgets.table import Table


class FittedTable(Table):
    """Rows set in, columns of given widths.

    A subclass may have other sizes: ``SPARE_PX`` is left free under the last row, ``BAR_PX`` more
    where the columns need to be scrolled.

    Args:
        name: for a screen reader.
        model: what is shown.
        widths: px of each column at 100 %; 0 for the one that takes the rest.
        least: px of that one, whatever room there is.
        most: px of that one where there is more room than that; the last column takes what is
            left then. 0 for no limit.
        rows: the most rows that give the table its height; 0 where it takes the room there is.
    """

    SPARE_PX, BAR_PX = 4, 16

    def __init__(
        self,
        name: str,
        model: QAbstractItemModel,
        widths: Sequence[int],
        *,
        least: int = 160,
        most: int = 0,
        rows: int = 0,
    ) -> None:
        self._widths, self._rows = tuple(widths), rows
        self._least, self._most = least, most
        super().__init__(name)
        self.setModel(model)
        set_in(self, InsetDelegate(self))
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self.follow_theme)
        self.follow_theme()

    @property
    def widths(self) -> tuple[int, ...]:
        """The px of each column at 100 %; 0 for the one that takes the rest."""
        return self._widths

    def show_at_most(self, rows: int) -> None:
        """Take the height of at most so many rows."""
        if rows != self._rows:
            self._rows = rows
            self.follow_theme()

    def follow_theme(self) -> None:
        """Take row heights and widths from the theme."""
        super().follow_theme()
        look, header, widths = theme.current(), self.horizontalHeader(), self.widths
        if not widths:
            return
        header.setMinimumSectionSize(look.px(32))
        taken = sum(look.px(width) for width in widths)
        left = max(look.px(self._least), self.viewport().width() - taken)
        flexible = min(left, look.px(self._most)) if self._most else left
        for number, width in enumerate(widths[: header.count()]):
            more = left - flexible if number == len(widths) - 1 else 0
            header.resizeSection(number, look.px(width) + more if width else flexible)
        if self._rows and self.model() is not None:
            shown = min(max(self.model().rowCount(), 1), self._rows)
            one = self.verticalHeader().defaultSectionSize()
            bar = look.px(self.BAR_PX) if left + taken > self.viewport().width() + 1 else 0
            spare = header.sizeHint().height() + look.px(self.SPARE_PX) + bar
            self.setFixedHeight(shown * one + spare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the window."""
        super().resizeEvent(event)
        self.follow_theme()
