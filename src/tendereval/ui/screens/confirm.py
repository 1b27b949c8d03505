"""The Confirm screen: agreed scores one by one, the panel's reasons, and one's own word."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tendereval.domain.bidding import Place
from tendereval.domain.packs import ReturnKind
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.parts.receipt_part import ReceiptPart
from tendereval.ui.parts.return_part import ReturnPart, What
from tendereval.ui.screens.confirm_parts.answer_bar import AnswerBar
from tendereval.ui.screens.confirm_parts.item_list import ItemList
from tendereval.ui.screens.confirm_parts.item_page import ItemPage
from tendereval.ui.widgets.basics import Page, button, hairline, label, measured
from tendereval.viewmodels.confirm import ConfirmViewModel

_NARROW_PX, _LIST_PX, _MEASURE_PX = 1000, 320, 680
_ITEM, _END = 0, 1


class ConfirmScreen(QWidget):
    """Shows what a ConfirmViewModel says.

    Signals:
        removed: the working file is gone.
    """

    removed = Signal()

    def __init__(self, view_model: ConfirmViewModel, jobs: JobRunner) -> None:
        super().__init__()
        self._view_model = view_model
        self.list = ItemList()
        self.page = ItemPage(view_model)
        self.bar = AnswerBar()
        self.part = ReturnPart(view_model.writing, jobs, lambda: What(ReturnKind.CONFIRMATION))
        self.receipt = ReceiptPart(view_model.receipts)
        self.end_sentence = label(role="sentence", wrap=True)
        self.end_words = label(role="read", wrap=True)
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.refresh()
        self._show(end=view_model.is_answered)

    def _build(self) -> None:
        self._stack.addWidget(self.page)
        self._stack.addWidget(self._make_end())
        self._line = hairline(vertical=True)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.list)
        upper.addWidget(self._line)
        upper.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(hairline())
        whole.addWidget(self.bar)
        self.setTabOrder(self.list, self.page)

    def _make_end(self) -> QWidget:
        page = Page()
        page.column.setContentsMargins(72, 48, 72, 40)
        page.column.setSpacing(12)
        page.column.addWidget(self.end_sentence)
        page.column.addLayout(measured(self.end_words, theme.current().px(_MEASURE_PX)))
        page.column.addSpacing(4)
        page.column.addLayout(measured(self.part, theme.current().px(_MEASURE_PX)))
        self.again = button("Look at them again", self._on_again, "link")
        self.part.buttons.insertWidget(2, self.again)
        page.column.addSpacing(16)
        page.column.addLayout(measured(self.receipt, theme.current().px(_MEASURE_PX)))
        page.column.addStretch(1)
        return page

    def _connect(self) -> None:
        view, bar = self._view_model, self.bar
        view.changed.connect(self.refresh)
        view.item_changed.connect(self._on_item_changed)
        self.list.chosen.connect(self._on_chosen)
        bar.stepped.connect(self.step)
        bar.confirmed.connect(self.on_confirm)
        bar.dissent_wanted.connect(self.page.open_dissent)
        bar.end_wanted.connect(lambda: self._show(end=True))
        self.page.dissented.connect(self.on_dissent)
        self.part.written.connect(self.refresh)
        self.receipt.removed.connect(self.removed)
        self.page.dissenting.connect(lambda on: bar.set_dissenting(on=on))
        for keys, on in (
            ("Ctrl+Return", self.on_keys),
            ("Ctrl+Enter", self.on_keys),
            ("Ctrl+D", bar.dissent.click),
            ("Ctrl+Up", bar.back.click),
            ("Ctrl+Down", bar.on.click),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(on)
        theme.changed().connect(self._arrange)

    # Showing

    def refresh(self) -> None:
        """Show the items and the person's word on each."""
        view = self._view_model
        self.list.show_items(view.items, view.item)
        self.page.show_item(view.item)
        self.bar.show_state(view)
        self.end_sentence.setText(view.end_sentence)
        self.end_words.setText(view.end_words)
        self.part.write.setVisible(not view.is_returned)

    def _on_item_changed(self) -> None:
        self.refresh()
        self.page.to_top()

    def _on_chosen(self, place: object) -> None:
        if isinstance(place, Place):
            self._view_model.go_to(place)
            self._show(end=False)

    def _on_again(self) -> None:
        self._show(end=False)
        self.take_focus()

    def _show(self, *, end: bool) -> None:
        self._stack.setCurrentIndex(_END if end else _ITEM)
        self.bar.set_at_end(end=end)

    @property
    def is_awaited(self) -> bool:
        """Whether the panel still waits for something from here."""
        return self._view_model.is_awaited

    @property
    def is_at_end(self) -> bool:
        """Whether the return of the confirmations is shown."""
        return self._stack.currentIndex() == _END

    # Doing

    def take_focus(self) -> None:
        """Put the keys on what is to be done next."""
        at_end = self.is_at_end and self.part.write.isVisibleTo(self)
        first = self.part.write if at_end else self.bar.confirm
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """Go a step on or back."""
        self._view_model.move(by)
        self._show(end=False)

    def on_keys(self) -> None:
        """Record the dissent that is being written, else confirm."""
        if self.is_at_end:
            self.part.on_write()
        elif self.page.is_dissenting:
            self.page.record.click()
        else:
            self.bar.confirm.click()

    def on_confirm(self) -> None:
        """Confirm what is shown; after the last one the return is offered."""
        if self._view_model.confirm():
            self._after_word()

    def on_dissent(self, words: str) -> None:
        """Dissent from what is shown."""
        if self._view_model.dissent(words):
            self._after_word()

    def _after_word(self) -> None:
        self.page.close_dissent()
        self.refresh()
        if self._view_model.is_answered:
            self._show(end=True)
        self.take_focus()

    def leave(self) -> None:
        """Keep what is typed."""
        self._view_model.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list out where there is little room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        look = theme.current()
        narrow = self.width() < look.px(_NARROW_PX)
        self.list.setVisible(not narrow)
        self._line.setVisible(not narrow)
        self.list.setFixedWidth(look.px(_LIST_PX))
        self.page.set_narrow(narrow=narrow)
        self.bar.set_narrow(narrow=narrow)


def make(view_model: ConfirmViewModel, jobs: JobRunner) -> ConfirmScreen:
    """Return the screen."""
    return ConfirmScreen(view_model, jobs)
