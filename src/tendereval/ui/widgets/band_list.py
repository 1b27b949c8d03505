"""The published bands as the score control: the bands are the keys.

Nothing is chosen until a person chooses. Digits choose only while the list has the focus.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tendereval.domain.evaluation import describe
from tendereval.domain.exact import to_text
from tendereval.domain.scale import PASS_OR_FAIL, ScoreBand, ScoringScale
from tendereval.ui import theme
from tendereval.ui.widgets.band_row import BandRow
from tendereval.ui.widgets.basics import hairline, label
from tendereval.ui.widgets.figure import read_figure

_MOST_ROWS: Final = 7
_PAUSE_MS: Final = 800
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class BandList(QWidget):
    """One radio button per published band and, for long scales, a field for the figure.

    Signals:
        chosen: the points (a Fraction) that a person chose; not emitted by ``set_points``.
        left: Enter was pressed; the next thing may take the focus.
        row_focused: the row (a widget) that the keys came to.
    """

    chosen = Signal(object)
    left = Signal()
    row_focused = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, large: bool = False) -> None:
        super().__init__(parent)
        self._large = large
        self._scale = ScoringScale("")
        self._points: Fraction | None = None
        self._rows: dict[Fraction, BandRow] = {}
        self._typed = ""
        self._stop: QWidget | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._take_typed)
        self.setAccessibleName("Score")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(hairline())
        self._bands = QVBoxLayout()
        self._bands.setSpacing(0)
        self._column.addLayout(self._bands)
        self._figure_box, self.figure = self._make_figure()
        self._column.addWidget(self._figure_box)
        self._wrong = label(role="small", wrap=True)
        self._column.addWidget(self._wrong)
        self._wrong.hide()
        theme.changed().connect(self._align)
        self.set_scale(self._scale)

    def _make_figure(self) -> tuple[QWidget, QLineEdit]:
        box, figure = QWidget(), QLineEdit()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 8, 0, 4)
        row.setSpacing(8)
        self._figure_label = label(role="small")
        self._figure_label.setBuddy(figure)
        row.addWidget(self._figure_label)
        row.addWidget(figure)
        row.addStretch(1)
        figure.editingFinished.connect(self._take_figure)
        figure.returnPressed.connect(self._on_figure_entered)
        return box, figure

    @property
    def points(self) -> Fraction | None:
        """The points that are chosen; None while nothing is."""
        return self._points

    @property
    def rows(self) -> tuple[BandRow, ...]:
        """The bands shown, highest first."""
        return tuple(self._rows.values())

    @property
    def takes_a_figure(self) -> bool:
        """Whether the scale has values without a row of their own."""
        return bool(self._scale.ranges) or len(self._scale.bands) > _MOST_ROWS

    def set_scale(self, scale: ScoringScale) -> None:
        """Show another scale, with nothing chosen."""
        if scale == self._scale and self._rows:
            self.set_points(None)
            return
        self._scale, self._points = scale, None
        for row in self._rows.values():
            self._bands.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for band in self._shown():
            self._add_row(band)
        values = describe(scale)
        self._figure_label.setText(f"Score, {values}")
        self.figure.setAccessibleName(f"Score, {values}")
        self._figure_box.setVisible(self.takes_a_figure)
        self._align()
        self.set_points(None)

    def _shown(self) -> Iterator[ScoreBand]:
        for band in reversed(self._scale.bands):
            if not self.takes_a_figure or band.label or band.descriptor:
                yield band

    def _add_row(self, band: ScoreBand) -> None:
        cap = to_text(band.points) if self._scale != PASS_OR_FAIL else band.label[:1]
        row = BandRow(cap, band.label, band.descriptor, large=self._large, parent=self)
        row.clicked.connect(lambda _checked=False: self._choose(band.points))
        row.key_pressed.connect(self._on_key)
        row.focused.connect(lambda: self.row_focused.emit(row))
        self._rows[band.points] = row
        self._bands.addWidget(row)

    def _align(self) -> None:
        widest = max((row.wanted_title_width() for row in self.rows), default=0)
        for row in self.rows:
            row.title_width = widest
            row.follow_theme()
        self.figure.setFixedWidth(theme.current().px(88))

    def set_points(self, points: Fraction | None) -> None:
        """Show what is chosen, as the file has it."""
        self._points = points
        for value, row in self._rows.items():
            # An exclusive button cannot be cleared by itself.
            row.setAutoExclusive(False)
            row.setChecked(value == points)
        for row in self.rows:
            row.setAutoExclusive(True)
        self.figure.setText("" if points is None else to_text(points))
        self._say_wrong("")
        self._one_tab_stop()

    def _one_tab_stop(self) -> None:
        rows = self.rows
        stop = next((row for row in rows if row.isChecked()), rows[0] if rows else None)
        for row in rows:
            policy = Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(policy)
        first: QWidget | None = self.figure if self.takes_a_figure else stop
        # No focus proxy: Tab would come back to it from anywhere behind, and skip the rest.
        self._stop = first

    def take_focus(self) -> None:
        """Put the keys here."""
        if self._stop is not None:
            self._stop.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose(self, points: Fraction) -> None:
        self.set_points(points)
        self.chosen.emit(points)

    def _on_key(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return
        if event.key() in _ENTER:
            self._take_typed()
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._move(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif not self._on_character(event.text()):
            return
        event.accept()

    def _move(self, by: int) -> None:
        """Move the focus, choosing nothing: a score is given on purpose."""
        rows = self.rows
        here = next((i for i, row in enumerate(rows) if row.hasFocus()), 0)
        rows[max(0, min(len(rows) - 1, here + by))].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_character(self, text: str) -> bool:
        if self._scale == PASS_OR_FAIL and text.lower() in {"p", "f"}:
            self._choose(Fraction(int(text.lower() == "p")))
            return True
        if not text or text not in "0123456789.":
            return False
        if self.takes_a_figure:
            self.figure.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.figure.setText(text)
            return True
        self._typed += text
        values = [to_text(points) for points in self._rows]
        if not any(value.startswith(self._typed) for value in values):
            self._typed = text
        longer = any(value != self._typed and value.startswith(self._typed) for value in values)
        if longer:
            self._pause.start()
        else:
            self._take_typed()
        return True

    def _take_typed(self) -> None:
        self._pause.stop()
        points, self._typed = read_figure(self._typed), ""
        if points is not None and points in self._rows:
            self._choose(points)
            self._rows[points].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_figure(self) -> None:
        typed = self.figure.text().strip()
        points = read_figure(typed)
        if points is not None and points in self._scale:
            self._say_wrong("")
            if points != self._points:
                self._choose(points)
        elif typed:
            self._say_wrong(f"⊖  {typed} is not on the scale. Use {describe(self._scale)}.")
        elif self._points is not None:
            # A figure taken out by mistake comes back; a score is taken back by "Ctrl+Z".
            self.figure.setText(to_text(self._points))

    def _on_figure_entered(self) -> None:
        self._take_figure()
        if not self._wrong.text():
            self.left.emit()

    def _say_wrong(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
        self.figure.setAccessibleDescription(text)
