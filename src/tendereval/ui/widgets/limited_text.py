"""Words that scroll by themselves once they are longer than their share of a pane."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea

from tendereval.ui import theme


class LimitedText(QScrollArea):
    """A wrapped label as tall as its words, up to a limit; what scrolls can be reached by Tab.

    Args:
        words: the label.
        most_px: the height at which it begins to scroll, at 100 % text.
    """

    def __init__(self, words: QLabel, most_px: int) -> None:
        super().__init__()
        self._words, self._most_px = words, most_px
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setWidget(words)
        theme.changed().connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take the height of the words, or the limit."""
        needs = self._words.heightForWidth(self.viewport().width())
        most = theme.current().px(self._most_px)
        scrolls = needs > most
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if scrolls else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self._words.text() if scrolls else "")
        self.setFixedHeight(max(1, min(needs, most)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again: another width breaks lines elsewhere."""
        super().resizeEvent(event)
        self.fit()
