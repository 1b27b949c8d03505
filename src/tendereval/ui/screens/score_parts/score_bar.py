"""The bar under the work: previous and next, progress as a map, order, draft or ready, go on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from tendereval.ui import theme
from tendereval.ui.widgets.basics import button, label, take_in
from tendereval.ui.widgets.ribbon import Ribbon, Tick
from tendereval.ui.widgets.segments import Segments
from tendereval.viewmodels.score import ScoreViewModel
from tendereval.viewmodels.score_queue import Order, Progress

_DRAFT, _READY = 0, 1


class ScoreBar(QWidget):
    """Shows how far one evaluator is and moves through the answers.

    Args:
        view_model: whose answers they are.
        large: the community panel's buttons; no ribbon.
    """

    def __init__(self, view_model: ScoreViewModel, *, large: bool = False) -> None:
        super().__init__()
        self._view_model, self._large = view_model, large
        self._narrow = False
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back = button("‹  Back" if large else "‹", lambda: view_model.move(-1))
        self.on = button("›", lambda: view_model.move(1))
        self.ribbon = Ribbon()
        self.count = label(role="calm" if large else "small")
        self.cannot = button("I cannot score this", lambda: None, "link")
        self.order = button("", lambda: None, "link")
        self.state = label(role="calm" if large else "muted")
        self.switch = Segments("State of this score", ("Draft", "Ready"))
        self.go_on = button("", view_model.finish_and_go_on, "primary")
        self._make_menu()
        self._build()
        self.switch.chosen.connect(lambda number: view_model.set_ready(number == _READY))
        theme.changed().connect(self._follow_theme)
        self._follow_theme()

    def _build(self) -> None:
        for one, name in ((self.back, "Previous answer"), (self.on, "Next answer")):
            one.setAccessibleName(name)
            one.setToolTip(name)
            if not self._large:
                one.setProperty("role", "icon")
        self._row = QHBoxLayout(self)
        self._row.setSpacing(10)
        left: tuple[QWidget, ...] = (self.back, self.on, self.ribbon, self.count, self.order)
        if self._large:
            left = (self.back, self.cannot)
            for one in (self.back, self.go_on):
                one.setProperty("large", "true")
        for widget in left:
            self._row.addWidget(widget)
        self._row.addStretch(1)
        right: tuple[QWidget, ...] = (self.state, self.switch, self.go_on)
        for widget in right[:: 2 if self._large else 1]:
            self._row.addWidget(widget)
        self.count.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)

        take_in(self, self.on, self.ribbon, self.count, self.order, self.cannot, self.switch)

    def _make_menu(self) -> None:
        menu = QMenu(self)
        group = QActionGroup(self)
        self._orders: dict[Order, QAction] = {}
        for order, text in (
            (Order.BY_BIDDER, "By bidder\tCtrl+1"),
            (Order.BY_QUESTION, "By question\tCtrl+2"),
        ):
            one = menu.addAction(text)
            one.setCheckable(True)
            one.triggered.connect(lambda _on=False, order=order: self._view_model.set_order(order))
            group.addAction(one)
            self._orders[order] = one
        menu.addSeparator()
        self._only = menu.addAction("Not yet scored only")
        self._only.setCheckable(True)
        self._only.toggled.connect(self._view_model.set_only_open)
        self.order.setMenu(menu)

    def _follow_theme(self) -> None:
        look = theme.current()
        side = 8 if self._narrow else look.px(40 if self._large else 16)
        self._row.setContentsMargins(
            side, look.px(8), look.px(40 if self._large else 24), look.px(8)
        )
        self.setMinimumHeight(look.px(64 if self._large else 50))

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave out what can be found elsewhere where there is little room."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._row.setSpacing(4 if narrow else 10)
            self._follow_theme()
            self.count.setVisible(not narrow and not self._large)
            self.order.setVisible(not narrow and not self._large)
            self.show_entry()

    def show_tasks(self) -> None:
        """Show how far the answers are."""
        view, here = self._view_model, self._view_model.task
        by_bidder = view.order is Order.BY_BIDDER
        self.ribbon.show_ticks(
            [
                Tick(task.short if by_bidder else task.ref, str(task.progress), task is here)
                for task in view.tasks
            ]
        )
        done, total = view.done
        self.count.setText(f"{done} of {total} done")
        filtered = ", not yet scored" if view.only_open else ""
        self.order.setText(f"{str(view.order).capitalize()}{filtered}")
        self.order.setAccessibleName(f"Order of answers: {view.order}{filtered}")
        self._orders[view.order].setChecked(True)
        self._only.setChecked(view.only_open)
        number = next((n for n, task in enumerate(view.tasks) if task is here), 0)
        self.back.setEnabled(number > 0 or view.only_open)
        self.on.setEnabled(number < total - 1 or view.only_open)
        self.show_entry()

    def show_entry(self) -> None:
        """Show what can be done with the answer that is shown."""
        view = self._view_model
        begun = view.progress in {Progress.DRAFT, Progress.READY}
        self.switch.setVisible(begun and view.may_score and not self._large)
        self.switch.show_chosen(_READY if view.progress is Progress.READY else _DRAFT)
        self.state.setText(self._state_words())
        self.state.setVisible(self._large or not begun or not view.may_score)
        self.cannot.setVisible(self._large and view.progress is not Progress.CANNOT_SCORE)
        done = view.progress is Progress.READY
        ready = view.may_score and view.could_be_ready and not done
        keys = "" if self._narrow else "   Ctrl+Enter"
        if self._large:
            self.go_on.setText("Done, next answer" if ready else "Next answer")
        else:
            self.go_on.setText(f"Ready, next unscored{keys}" if ready else f"Next unscored{keys}")

    def _state_words(self) -> str:
        view = self._view_model
        if view.locked_because:
            return "Locked" if self._narrow else view.locked_because
        if self._large:
            return "Your words are saved as you type"
        return str(view.progress).capitalize()

    @property
    def shown_buttons(self) -> tuple[QPushButton, ...]:
        """The buttons in order, for the round of F6."""
        return self.back, self.on, self.go_on
