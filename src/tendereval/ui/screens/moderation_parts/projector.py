"""The response for a meeting room: large, with the keys of the scale; no private notes."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.exact import to_text
from tendereval.domain.scale import PASS_OR_FAIL, ScoringScale
from tendereval.ui import theme
from tendereval.ui.parts.reading_pane import ReadingPane
from tendereval.ui.screens.moderation_parts.scores_pane import ViewList, dots
from tendereval.ui.widgets.basics import button, hairline, label
from tendereval.ui.widgets.dot_plot import DotPlot
from tendereval.ui.widgets.figure import read_figure
from tendereval.viewmodels.moderation import ModerationViewModel

_MOST_KEYS = 8


class Keys(QWidget):
    """The scale as keys, or a field for the figure of a long scale; nothing chosen in advance."""

    def __init__(self, view_model: ModerationViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._scale: ScoringScale | None = None
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.figure = QLineEdit()
        self.figure.setAccessibleName("Agreed score")
        self.figure.returnPressed.connect(self._on_figure)
        self._row.addWidget(self.figure)
        self.keys: list[QPushButton] = []

    def refresh(self) -> None:
        """Show the scale and what is chosen."""
        page, entry = self._view_model.page, self._view_model.entry
        if page is None:
            return
        if page.scale != self._scale:
            self._make_keys(page.scale)
        self._group.setExclusive(False)
        points = [band.points for band in page.scale.bands]
        for key, value in zip(self.keys, points, strict=False):
            key.setChecked(value == entry.draft.points)
            key.setProperty("role", "primary" if key.isChecked() else "")
            key.style().polish(key)
            key.setEnabled(entry.may_edit)
        chosen = entry.draft.points
        self.figure.setText("" if chosen is None else to_text(chosen))
        self.figure.setEnabled(entry.may_edit)
        self._group.setExclusive(True)

    def _make_keys(self, scale: ScoringScale) -> None:
        for key in self.keys:
            self._group.removeButton(key)
            self._row.removeWidget(key)
            key.hide()
            key.deleteLater()
        self.keys, self._scale = [], scale
        long = bool(scale.ranges) or len(scale.bands) > _MOST_KEYS
        self.figure.setVisible(long)
        for band in () if long else scale.bands:
            text = band.label if scale == PASS_OR_FAIL else to_text(band.points)
            key = QPushButton(text)
            key.setCheckable(True)
            key.setAutoDefault(False)
            key.setAccessibleName(f"Agreed score {text} {band.label}".strip())
            key.clicked.connect(
                lambda _on=False, points=band.points: self._view_model.entry.choose(points)
            )
            self.keys.append(key)
            self._group.addButton(key)
            self._row.addWidget(key)
        self.follow_theme()

    def follow_theme(self) -> None:
        """Take sizes from the theme."""
        look = theme.current()
        size = look.height("projector_key")
        for key in self.keys:
            key.setFont(look.font("projector.heading"))
            key.setMinimumSize(size, size)
        self.figure.setFont(look.font("projector.heading"))
        self.figure.setFixedSize(2 * size, size)

    def _on_figure(self) -> None:
        points = read_figure(self.figure.text())
        page = self._view_model.page
        if points is not None and page is not None and points in page.scale:
            self._view_model.entry.choose(points)
        else:
            self.refresh()


class Projector(QWidget):
    """What everybody in the room sees.

    Args:
        view_model: of the screen.
        leave: goes back to the desk.
    """

    def __init__(self, view_model: ModerationViewModel, leave: Callable[[], object]) -> None:
        super().__init__()
        self._view_model = view_model
        self._shown: object = None
        self._title, self._bidder, self._item = label(), label(role="muted"), label(role="muted")
        self.answer = ReadingPane(view_model.document, style="projector.read")
        self.plot = DotPlot(enlarged=1.35)
        self.views = ViewList(enlarged=True)
        self._agreed = label("Agreed")
        self.keys = Keys(view_model)
        self._band, self._wording = label(), label(wrap=True)
        self._standing = label(role="muted", wrap=True)
        self.record = button("Record", self._on_record, "primary")
        self.leave = button("Leave  F11", leave, "link")
        self._build()
        theme.changed().connect(self.follow_theme)
        self.follow_theme()

    def _build(self) -> None:
        inside = _paper(QWidget())
        right = QVBoxLayout(inside)
        right.setContentsMargins(40, 24, 32, 24)
        right.addWidget(self.plot)
        right.addWidget(hairline())
        right.addWidget(self.views)
        right.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        panes.addWidget(_paper(self.answer))
        panes.addWidget(scroll)
        panes.setSizes([960, 960])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(hairline())
        column.addWidget(panes, 1)
        column.addWidget(hairline())
        column.addWidget(self._foot())

    def _head(self) -> QWidget:
        head = _ground()
        row = QHBoxLayout(head)
        row.setContentsMargins(48, 12, 48, 12)
        row.setSpacing(24)
        for widget in (self._title, self._bidder):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self._item)
        return head

    def _foot(self) -> QWidget:
        foot = _ground()
        row = QHBoxLayout(foot)
        row.setContentsMargins(48, 16, 48, 16)
        row.setSpacing(24)
        words = QVBoxLayout()
        words.addWidget(self._wording)
        words.addWidget(self._standing)
        row.addWidget(self._agreed)
        row.addWidget(self.keys)
        row.addWidget(self._band)
        row.addLayout(words, 1)
        row.addWidget(self.record)
        return foot

    def follow_theme(self) -> None:
        """Take sizes from the theme."""
        look = theme.current()
        heading, reason = look.font("projector.heading"), look.font("projector.reason")
        for one in (self._title, self._agreed, self._band):
            one.setFont(heading)
        for other in (self._bidder, self._item, self._wording, self._standing, self.leave):
            other.setFont(reason)
        self.record.setFont(heading)
        self.record.setMinimumHeight(look.height("projector_key"))
        self.keys.follow_theme()

    def refresh(self) -> None:
        """Show the response that the view-model has."""
        page, row = self._view_model.page, self._view_model.row
        if page is None or row is None:
            return
        self._title.setText(row.question)
        self._bidder.setText(row.bidder)
        self._item.setText(f"item {row.number} of {len(self._view_model.agenda.every)}")
        if page.page != self._shown:
            self._shown = page.page
            # Whose answer it is stands in the head already, larger.
            self.answer.show_page(replace(page.page, bidder="", answer_line=""))
            self.answer.text.setAccessibleName(f"{row.bidder}, answer to {row.question}")
        self.answer.text.set_marks([(one.start, one.length, "") for one in page.citations])
        self.views.show_views(page.views, may_copy=False)
        self.refresh_draft()

    def refresh_draft(self) -> None:
        """Show the score that is chosen, with its published wording."""
        page, entry = self._view_model.page, self._view_model.entry
        if page is None:
            return
        points = entry.draft.points
        self.plot.show_scores(page.scale, dots(page), points)
        self.keys.refresh()
        band = page.scale.band(points) if points is not None else None
        self._band.setText(band.label if band else "")
        self._wording.setText(band.descriptor if band else "")
        for one in (self._band, self._wording):
            one.setVisible(bool(one.text()))
        self._standing.setText(entry.standing)
        self.record.setVisible(entry.may_agree)
        self.record.setEnabled(entry.may_record)

    def _on_record(self) -> None:
        self._view_model.record()

    def take_focus(self) -> None:
        """Put the keys on the scale."""
        found: QWidget = self.keys.keys[0] if self.keys.keys else self.keys.figure
        found.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _ground() -> QWidget:
    found = QWidget()
    found.setProperty("role", "ground")
    found.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return found


def _paper(widget: QWidget) -> QWidget:
    widget.setProperty("role", "paper")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return widget
