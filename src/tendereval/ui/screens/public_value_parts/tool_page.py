"""One tool of public value: its answer, a line per bidder, and the working for the one chosen."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.screens.public_value_parts.pictures import BarPicture
from tendereval.ui.screens.public_value_parts.rows_table import RowsTable
from tendereval.ui.widgets.basics import Page, button, hairline, label, measured
from tendereval.ui.widgets.flow import FlowLayout
from tendereval.viewmodels.public_value_rows import Action, BidPart, Row, Task, ToolPart

_BIDDERS, _ROWS, _BAR, _READ, _BESIDE, _GAP = 7, 14, 360, 900, 820, 12


class Actions(QWidget):
    """Buttons that wrap where there is no room; made anew only when others are offered.

    Signals:
        wanted: a ``Task``.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._offered: tuple[Action, ...] = ()
        self._about = ""
        self._flow = FlowLayout(self, gap=_GAP)

    def offer(self, actions: Sequence[Action], about: str = "") -> None:
        """Offer these; ``about`` tells a screen reader what they are about."""
        self.setVisible(bool(actions))
        if (tuple(actions), about) == (self._offered, self._about):
            return
        self._offered, self._about = tuple(actions), about
        self._flow.show_widgets([self._button(one, about) for one in actions])
        self.updateGeometry()

    @property
    def natural_width(self) -> int:
        """How wide all buttons are side by side."""
        widths = [
            one.sizeHint().width()
            for one in self.findChildren(QPushButton)
            if one.isVisibleTo(self)
        ]
        return sum(widths) + _GAP * max(0, len(widths) - 1)

    def _button(self, action: Action, about: str) -> QWidget:
        found = button(action.words, partial(self.wanted.emit, action.task))
        found.setEnabled(not action.why_not)
        found.setToolTip(action.why_not)
        name = action.words.rstrip("…")
        found.setAccessibleName(f"{name}: {about}" if about else name)
        found.setAccessibleDescription(action.why_not)
        return found

    def press(self, task: Task) -> None:
        """Do as if the button for a task had been pressed, where it is offered."""
        if any(one.task is task and not one.why_not for one in self._offered):
            self.wanted.emit(task)


class ToolPage(Page):
    """Shows a ``ToolPart``.

    Signals:
        bidder_chosen: a bidder's id.
        wanted: a ``Task`` and the key of the line it is about.
        bids_wanted: there is no bidder yet.
    """

    bids_wanted = Signal()
    bidder_chosen = Signal(str)
    wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._question = label(role="muted", wrap=True)
        self.answer = label(role="sentence", wrap=True)
        self._standing = label(role="small", wrap=True)
        self._warnings = label(role="attention", wrap=True)
        self.tool_actions = Actions()
        self.bidders = RowsTable("Bidders", _BIDDERS)
        self.working = RowsTable("Working", _ROWS)
        self._key, self._bid_key = label(role="small", wrap=True), label(role="small", wrap=True)
        self._empty, self._how = label(role="strong", wrap=True), label(role="muted", wrap=True)
        self.to_bids = button("Register bidders in Bids", self.bids_wanted.emit)
        self._name = label(role="section", wrap=True)
        self.sentence = label(wrap=True)
        self.bid_actions, self.row_actions = Actions(), Actions()
        self._bar, self._bar_words = BarPicture(), label(role="small", wrap=True)
        self._empty_bid = label(role="strong", wrap=True)
        self._empty_how = label(role="muted", wrap=True)
        self._details, self._notes = label(wrap=True), label(role="muted", wrap=True)
        below = (self._empty_how, self._bid_key, self._details, self._notes)
        self._read = (self._how, self._key, *below)
        self._shown: BidPart | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        column = self.column
        column.setContentsMargins(32, 12, 32, 24)
        column.setSpacing(10)
        head = QVBoxLayout()
        head.setSpacing(2)
        for words in (self._question, self.answer, self._standing, self._warnings):
            head.addWidget(words)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(12)
        self._head.addLayout(head, 1)
        self._head.addWidget(self.tool_actions)
        column.addLayout(self._head)
        column.addWidget(self._empty)
        column.addLayout(measured(self._how, _READ))
        column.addWidget(self.bidders)
        column.addLayout(measured(self._key, _READ))
        column.addWidget(self.to_bids, 0, Qt.AlignmentFlag.AlignLeft)
        self._bid = QWidget()
        self._build_bid(QVBoxLayout(self._bid))
        column.addWidget(self._bid)
        column.addStretch(1)

    def _build_bid(self, inside: QVBoxLayout) -> None:
        inside.setContentsMargins(0, 6, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(hairline())
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self.sentence)
        self._bid_head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bid_head.setSpacing(12)
        self._bid_head.addLayout(words, 1)
        self._bid_head.addWidget(self.bid_actions)
        inside.addLayout(self._bid_head)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._bar)
        row.addWidget(self._bar_words, 1)
        inside.addLayout(row)
        inside.addWidget(self._empty_bid)
        inside.addLayout(measured(self._empty_how, _READ))
        inside.addWidget(self.working)
        inside.addLayout(measured(self._bid_key, _READ))
        inside.addLayout(measured(self._details, _READ))
        inside.addWidget(self.row_actions)
        inside.addLayout(measured(self._notes, _READ))

    def _connect(self) -> None:
        self.bidders.row_chosen.connect(self.bidder_chosen)
        self.working.row_chosen.connect(lambda _key: self._show_row())
        self.working.opened.connect(lambda _index: self._open_row())
        self.tool_actions.wanted.connect(lambda task: self.wanted.emit(task, ""))
        self.bid_actions.wanted.connect(lambda task: self.wanted.emit(task, ""))
        self.row_actions.wanted.connect(lambda task: self.wanted.emit(task, self.working.key))
        theme.changed().connect(self._fit)

    def show_part(self, part: ToolPart, bidder: str | None) -> None:
        """Show a tool, with a bidder's line chosen."""
        self._question.setText(part.question)
        self.answer.setText(part.answer)
        self.answer.setAccessibleName(f"{part.question} {part.answer}")
        _say(self._standing, "  ".join(part.standing))
        _say(self._warnings, "\n".join(f"△  {text}" for text in part.warnings))
        self.tool_actions.offer(part.actions, str(part.tool))
        self.bidders.show_sheet(part.bidders, bidder)
        self.bidders.setVisible(bool(part.bidders.rows))
        what, how = ("", "") if part.bidders.rows else part.bidders.empty
        _say(self._empty, what)
        _say(self._how, how)
        self.to_bids.setVisible(bidder is None)
        _say(self._key, part.key)
        self._show_bid(part.bid)
        self._fit()

    def _show_bid(self, bid: BidPart | None) -> None:
        self._shown = bid
        self._bid.setVisible(bid is not None)
        if bid is None:
            return
        _say(self._name, bid.name)
        _say(self.sentence, bid.sentence)
        self._bar.show_bar(bid.bar)
        _say(self._bar_words, bid.bar.words if bid.bar is not None else "")
        self.bid_actions.offer(bid.actions, bid.name)
        self.working.show_sheet(bid.sheet, self.working.key)
        has_rows = bool(bid.sheet.rows)
        self.working.setVisible(has_rows)
        _say(self._empty_bid, "" if has_rows else bid.sheet.empty[0])
        _say(self._empty_how, "" if has_rows else bid.sheet.empty[1])
        _say(self._bid_key, bid.key)
        _say(self._notes, "\n".join(f"–  {text}" for text in bid.notes))
        self._show_row()

    @property
    def row(self) -> Row | None:
        """The line of the working that is chosen."""
        rows = self._shown.sheet.rows if self._shown is not None else ()
        return next((row for row in rows if row.key == self.working.key), None)

    def _show_row(self) -> None:
        row = self.row
        _say(self._details, "\n".join(row.details) if row is not None else "")
        self.row_actions.offer(
            row.actions if row is not None else (), row.cells[0].text if row is not None else ""
        )

    def _open_row(self) -> None:
        row = self.row
        first = next((one for one in row.actions if not one.why_not), None) if row else None
        if first is not None:
            self.wanted.emit(first.task, self.working.key)

    def focus_work(self) -> None:
        """Put the keys where work goes on after a page was left."""
        target = self.working if self.working.isVisible() else self.bidders
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep sentences as wide as can be read."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        sides = QBoxLayout.Direction
        narrow = self.viewport().width() < look.px(_BESIDE)
        for one in (self._head, self._bid_head):
            one.setDirection(sides.TopToBottom if narrow else sides.LeftToRight)
        for actions in (self.tool_actions, self.bid_actions):
            actions.setMinimumWidth(0 if narrow else actions.natural_width)
        self._bar.setFixedWidth(min(look.px(_BAR), max(self.viewport().width() // 3, 80)))
        for words in self._read:
            words.setMaximumWidth(look.px(_READ))


def _say(words: QLabel, text: str) -> None:
    """Show text, or nothing at all."""
    words.setText(text)
    words.setVisible(bool(text))
