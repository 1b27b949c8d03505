"""The Overview screen: a sentence, the stage line, rings, open points."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QHeaderView, QWidget

from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import Head, Page, button, hairline, label
from tendereval.ui.widgets.flow import FlowLayout
from tendereval.ui.widgets.ring import Ring
from tendereval.ui.widgets.stage_line import StageLine, Station
from tendereval.ui.widgets.table import Table
from tendereval.viewmodels.overview import TITLES, OverviewViewModel, Progressing

_PLACE_WIDTH = 200
_SIDE_BY_SIDE, _MOST_BESIDE = 900, 10
_RING_GAP = 2


class OverviewScreen(Page):
    """Shows what an OverviewViewModel says."""

    def __init__(self, view_model: OverviewViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._head = Head()
        self.next = button("Next stage", self._on_next, "primary")
        self._head.add_action(self.next)
        self._stages = StageLine()
        self._bids, self._people = FlowLayout(gap=_RING_GAP), FlowLayout(gap=_RING_GAP)
        self._points_head = label(role="muted", wrap=True)
        self.points = Table("Open points")
        self.points.setModel(view_model.points)
        self._build()
        self.points.opened.connect(lambda index: view_model.open_point(index.row()))
        self.points.clicked.connect(self._on_clicked)
        view_model.read_again.connect(self.refresh)
        theme.changed().connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        self.column.addWidget(self._head)
        self.column.addWidget(self._stages)
        self.column.addWidget(hairline())
        self._rings = QGridLayout()
        self._rings.setHorizontalSpacing(32)
        self._bids_box = _titled("Bids", "scores received", self._bids)
        self._people_box = _titled("Panel", "scores given", self._people)
        self.column.addLayout(self._rings)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(label("Open points", "section"))
        row.addWidget(self._points_head, 1)
        self.column.addLayout(row)
        self.points.horizontalHeader().hide()
        self.points.setWordWrap(True)
        self.points.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.points.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.column.addWidget(self.points)
        self.column.addStretch(1)
        self._place_rings()

    def _place_rings(self) -> None:
        view = self._view_model
        few = max(len(view.bids), len(view.people)) <= _MOST_BESIDE
        wide = few and self.width() >= theme.current().px(_SIDE_BY_SIDE)
        self._rings.addWidget(self._bids_box, 0, 0)
        self._rings.addWidget(self._people_box, *((0, 1) if wide else (1, 0)))
        self._rings.setColumnStretch(0, 1)
        self._rings.setColumnStretch(1, 1 if wide else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the rings side by side where there is room."""
        super().resizeEvent(event)
        self._place_rings()
        self._fit_points()

    def refresh(self) -> None:
        """Show what the view-model says."""
        view = self._view_model
        self._head.say(view.sentence, view.under)
        following = view.next_stage
        self.next.setVisible(following is not None)
        if following is not None:
            self.next.setText(f"Open {TITLES[following].lower()}")
        self._stages.show_stations(
            [Station(step.title, step.under, step.position) for step in view.steps]
        )
        self._bids.show_widgets([_ring(item) for item in view.bids])
        self._people.show_widgets([_ring(item) for item in view.people])
        self._bids_box.setVisible(bool(view.bids))
        self._people_box.setVisible(bool(view.people))
        self._points_head.setText(view.points_under)
        self.points.setVisible(view.points.rowCount() > 0)
        self._place_rings()
        self._fit_points()

    def _fit_points(self) -> None:
        """Give every sentence the lines it needs and the list the height of its rows."""
        look = theme.current()
        self.points.horizontalHeader().resizeSection(1, look.px(_PLACE_WIDTH))
        height, room = 2, self.viewport().width() - look.px(_PLACE_WIDTH) - 80
        for row, point in enumerate(self._view_model.points.rows):
            words = self.points.fontMetrics().boundingRect(
                0, 0, max(room, look.px(120)), 10_000, Qt.TextFlag.TextWordWrap, point.text
            )
            tall = max(look.height("row_table"), words.height() + look.px(12))
            self.points.setRowHeight(row, tall)
            height += tall
        self.points.setFixedHeight(height)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == 1:
            self._view_model.open_point(index.row())

    def _on_next(self) -> None:
        self._view_model.enter_next()


def _titled(title: str, under: str, inside: FlowLayout) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(5)
    grid.addWidget(label(title, "strong"), 0, 0)
    grid.addWidget(label(under, "muted"), 0, 1)
    grid.setColumnStretch(2, 1)
    rings = QWidget()
    rings.setLayout(inside)
    grid.addWidget(rings, 1, 0, 1, 3)
    return box


def _ring(item: Progressing) -> Ring:
    return Ring(item.name, item.done, item.total, item.under)


def make(view_model: OverviewViewModel, _jobs: JobRunner) -> OverviewScreen:
    """Return the screen of the place ``overview``."""
    return OverviewScreen(view_model)
