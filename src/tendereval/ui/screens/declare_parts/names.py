"""Organisations to read and to tick; many of them scroll in place and are found by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.ids import BidderId
from tendereval.ui import theme
from tendereval.ui.widgets.basics import field, hairline, label
from tendereval.viewmodels.declare import Organisation, holds

_MANY = 10
_MOST_PX = 320


class _Found(QWidget):
    """A column of rows, one per organisation, with a field to find one by typing."""

    def __init__(self, find: str, what: str) -> None:
        super().__init__()
        self.find_box, self.words = field(find, QLineEdit())
        self.words.setClearButtonEnabled(True)
        self.words.setMaximumWidth(theme.current().px(320))
        self.none_found = label("No organisation of the list is called so.", "small", wrap=True)
        self._rows: dict[Organisation, QWidget] = {}
        self._inside = QWidget()
        self._inside.setProperty("role", "paper")
        self._inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._area = QScrollArea()
        self._area.setProperty("role", "paper")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(what)
        self._area.setWidget(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.find_box)
        whole.addWidget(self._area)
        whole.addWidget(self.none_found)
        self.words.textChanged.connect(self._look)
        self._inside.installEventFilter(self)

    def show_all(self, organisations: Sequence[Organisation]) -> None:
        """Show these organisations; the same ones again change nothing."""
        if list(self._rows) == list(organisations):
            return
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = {}
        for one in organisations:
            self._rows[one] = self._row(one)
            self._column.addWidget(self._rows[one])
        self._column.addStretch(1)
        self.find_box.setVisible(len(organisations) > _MANY)
        self.words.clear()
        self._look()

    def _row(self, one: Organisation) -> QWidget:
        raise NotImplementedError

    def _stays(self, _one: Organisation) -> bool:
        return False

    @property
    def shown(self) -> tuple[Organisation, ...]:
        """The organisations that are not hidden by what is typed."""
        return tuple(one for one, row in self._rows.items() if not row.isHidden())

    def _look(self) -> None:
        words = self.words.text()
        for one, row in self._rows.items():
            row.setHidden(not holds(one, words) and not self._stays(one))
        self.none_found.setHidden(bool(self.shown) or not self._rows)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the height of the rows; longer names take more lines."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Be as high as the rows, up to a limit where there are many."""
        wide = self._area.viewport().width()
        wanted = max(
            self._column.totalHeightForWidth(wide), self._column.totalMinimumSize().height()
        )
        many = len(self._rows) > _MANY
        most = min(theme.current().px(_MOST_PX), max(self.window().height() * 2 // 5, 120))
        high = min(wanted, most) if many else wanted
        if self._area.height() != high or self._area.minimumHeight() != high:
            self._area.setFixedHeight(high)
        scrolls = many and wanted > high
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)


class NameRows(_Found):
    """Organisations to read."""

    def __init__(self) -> None:
        super().__init__("Find a name", "Organisations")

    def _row(self, one: Organisation) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 8, 6)
        row.addWidget(label(one.name, "read", wrap=True), 1)
        row.addWidget(label(one.note, "muted"))
        column.addLayout(row)
        column.addWidget(hairline())
        return box


class Ticks(_Found):
    """Organisations to tick; a ticked one stays in sight whatever is typed."""

    def __init__(self) -> None:
        self._checks: dict[Organisation, QCheckBox] = {}
        super().__init__("Find one to tick", "Organisations to tick")

    def _row(self, one: Organisation) -> QWidget:
        tick = QCheckBox(one.name.replace("&", "&&"))
        tick.setAccessibleName(one.name)
        tick.setToolTip(one.name)
        self._checks[one] = tick
        return tick

    def show_all(self, organisations: Sequence[Organisation]) -> None:
        """Show these organisations; the same ones again keep their ticks."""
        if list(self._rows) != list(organisations):
            self._checks = {}
        super().show_all(organisations)

    def _stays(self, one: Organisation) -> bool:
        return self._checks[one].isChecked()

    @property
    def bidders(self) -> tuple[BidderId, ...]:
        """What the ticked organisations stand for, each once."""
        ticked = (one for one, tick in self._checks.items() if tick.isChecked())
        return tuple(sorted({bidder for one in ticked for bidder in one.bidders}))

    def clear(self) -> None:
        """Take every tick away."""
        for tick in self._checks.values():
            tick.setChecked(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter in the field to nobody: it must not declare."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()
            return
        super().keyPressEvent(event)
