"""The Panel screen: people in a table with their packs and returns, the chosen person at the right.

Making packs, collecting, names and keys take the screen's room while they last.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.packs import PackKind
from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.panel_parts.collect import CollectPage
from tendereval.ui.screens.panel_parts.flow_page import FlowPage
from tendereval.ui.screens.panel_parts.keys import KeysPage
from tendereval.ui.screens.panel_parts.make_packs import MakePacksPage
from tendereval.ui.screens.panel_parts.member_rows import MembersTable
from tendereval.ui.screens.panel_parts.names import NamesPage
from tendereval.ui.screens.panel_parts.person import PersonPart
from tendereval.ui.widgets.basics import Head, Page, button, field, hairline, label
from tendereval.ui.widgets.choices import Choice
from tendereval.ui.widgets.flow import FlowLayout
from tendereval.ui.widgets.two_panes import TwoPanes
from tendereval.viewmodels.panel import ROLES, PanelViewModel
from tendereval.viewmodels.panel_pages import PanelPage

CARD: Final = ".evaluator"
_MOST_WAITING = 4


class PeoplePage(Page):
    """The panel: what waits for the lead, everybody in a table, and a form to add somebody.

    Signals:
        wanted: a ``PanelPage``.
    """

    wanted = Signal(object)

    def __init__(self, view_model: PanelViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.head = Head()
        self.table = MembersTable(view_model.members)
        self.make = button("Make packs…", lambda: self.wanted.emit(PanelPage.PACKS))
        self.collect = button("Collect returns…", lambda: self.wanted.emit(PanelPage.COLLECT))
        self.names = button("Names…", lambda: self.wanted.emit(PanelPage.NAMES))
        self.keys = button("Keys…", lambda: self.wanted.emit(PanelPage.KEYS))
        self._waiting = QWidget()
        self._links = QVBoxLayout(self._waiting)
        self._build()

    def _build(self) -> None:
        column = self.column
        column.setContentsMargins(20, 20, 16, 24)
        column.setSpacing(12)
        self._links.setContentsMargins(12, 0, 0, 0)
        self._links.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(12, 0, 0, 0)
        top.setSpacing(12)
        top.addWidget(self.head)
        actions = QWidget()
        flow = FlowLayout(actions, gap=12)
        for one in (self.make, self.collect, self.names, self.keys):
            flow.addWidget(one)
        top.addWidget(actions)
        column.addLayout(top)
        column.addWidget(self._waiting)
        column.addWidget(self.table, 1)
        self.add_box = self._adding()
        column.addWidget(self.add_box)

    def _adding(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(12, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        name_box, self.name = field("Name", QLineEdit())
        mail_box, self.email = field("E-mail", QLineEdit())
        role_box, self.role = field("Part", Choice())
        for role in ROLES:
            self.role.addItem(str(role).capitalize(), role)
        self.role.setCurrentIndex(1)
        self.why_box, self.why = field("Why the person joins now", QLineEdit())
        self.add = button("Add to the panel", self._on_add)
        grid.addWidget(hairline(), 0, 0, 1, 3)
        grid.addWidget(name_box, 1, 0)
        grid.addWidget(mail_box, 1, 1)
        grid.addWidget(role_box, 1, 2)
        grid.addWidget(self.why_box, 2, 0, 1, 2)
        grid.addWidget(self.add, 2, 2, Qt.AlignmentFlag.AlignBottom)
        for line in (self.name, self.email, self.why):
            line.returnPressed.connect(self._on_add)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return box

    def _on_add(self) -> None:
        if not self.name.text().strip():
            self.name.setFocus()
            return
        role = self.role.currentData()
        if self._view_model.add(self.name.text(), self.email.text(), role, self.why.text()):
            for line in (self.name, self.email, self.why):
                line.clear()
            self.name.setFocus()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the keys, in order."""
        form = (self.name, self.email, self.role, self.why, self.add)
        return (
            self.make,
            self.collect,
            self.names,
            self.keys,
            *self._link_buttons,
            self.table,
            *form,
        )

    @property
    def _link_buttons(self) -> list[QPushButton]:
        return self._waiting.findChildren(QPushButton)

    def refresh(self) -> None:
        """Show what the view-model says."""
        view = self._view_model
        self.head.say(view.sentence, view.under)
        self.add_box.setVisible(view.may_change)
        self.why_box.setVisible(view.needs_reason)
        self.make.setVisible(view.may_make_packs)
        self.collect.setVisible(view.may_collect)
        self.names.setVisible(view.names.are_hidden)
        self.keys.setVisible(view.has_keys)
        _fill(self.collect, primary=view.packs_are_out)
        _fill(self.make, primary=not view.packs_are_out)
        self._show_waiting()

    def _show_waiting(self) -> None:
        view, waiting = self._view_model, self._view_model.waiting
        while (item := self._links.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for one in waiting[:_MOST_WAITING]:
            link = button(f"△  {one.text}  ›", partial(view.ask_for, one.person), "link")
            link.setProperty("flush", True)
            self._links.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        more = len(waiting) - _MOST_WAITING
        if more > 0:
            self._links.addWidget(label(f"And {more:,} more in the table.", "small"))
        self._waiting.setVisible(bool(waiting))


class PanelScreen(QWidget):
    """Shows what a PanelViewModel says."""

    def __init__(self, view_model: PanelViewModel, jobs: JobRunner) -> None:
        super().__init__()
        self._view_model = view_model
        self.people = PeoplePage(view_model)
        self.person = PersonPart(view_model, jobs)
        self.packs = MakePacksPage(view_model.packs, jobs)
        self.collecting = CollectPage(view_model.collecting, jobs)
        self.keys = KeysPage(view_model.keys, jobs)
        self.names = NamesPage(view_model.names, jobs)
        self.table, self.name, self.email = self.people.table, self.people.name, self.people.email
        self.role, self.why, self.add = self.people.role, self.people.why, self.people.add
        self._wants_packs = False
        self._cards: list[Path] = []
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.panes = TwoPanes(("Panel", self.people), ("Person", self.person), (640, 440))
        self._stack.addWidget(self.panes)
        for page in self._flows:
            self._stack.addWidget(page)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    @property
    def _flows(self) -> tuple[FlowPage, ...]:
        return self.packs, self.collecting, self.keys, self.names

    def _connect(self) -> None:
        view = self._view_model
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(lambda _index: self.panes.show_right())
        self.people.wanted.connect(self.show_page)
        for page in self._flows:
            page.left.connect(self.go_back)
        self.keys.made.connect(self._on_step_done)
        self.names.decided.connect(self._on_step_done)
        view.read_again.connect(self.refresh)
        view.chosen_changed.connect(self.person.refresh)
        view.person_wanted.connect(self.show_item)
        theme.changed().connect(self.table.follow_theme)

    def _on_row(self, index: QModelIndex) -> None:
        members = self._view_model.members.rows
        known = index.isValid() and index.row() < len(members)
        self._view_model.choose(members[index.row()].person if known else None)

    def show_page(self, page: PanelPage) -> None:
        """Show one piece of work."""
        ways: dict[PanelPage, Callable[[], None]] = {
            PanelPage.PACKS: self.make_packs,
            PanelPage.COLLECT: self.collect,
            PanelPage.NAMES: self.show_names,
            PanelPage.KEYS: self.show_keys,
        }
        if all(one.may_leave() for one in self._flows if one is self.page_shown):
            ways[page]()

    def make_packs(self, kind: PackKind | None = None) -> None:
        """Make packs, once the tender has keys and every name is decided."""
        self._wants_packs = True
        if self._view_model.may_make_packs and not self._view_model.has_keys:
            self._show(self.keys)
            self.keys.start()
        elif self._view_model.must_decide_names:
            self._show(self.names)
            self.names.start()
        else:
            self._wants_packs = False
            self._show(self.packs)
            self.packs.start(kind)
            self.packs.take_cards(self._cards)
            self._cards = []

    def collect(self, paths: Sequence[Path] = ()) -> None:
        """Look at returns, those of ``paths`` at once."""
        self._show(self.collecting)
        self.collecting.start(paths)

    def show_keys(self) -> None:
        """Show the tender's keys."""
        self._wants_packs = False
        self._show(self.keys)
        self.keys.start()

    def show_names(self) -> None:
        """Show where bidders' names stand."""
        self._wants_packs = False
        self._show(self.names)
        self.names.start()

    def _take_files(self, paths: Sequence[Path]) -> None:
        """Look at returns; put cards to the packs that are made next."""
        cards = [path for path in paths if path.suffix.casefold() == CARD]
        returns = [path for path in paths if path not in cards]
        if returns:
            self.collect(returns)
        elif self.page_shown is self.packs:
            self.packs.take_cards(cards)
        else:
            self._cards = cards
            self.make_packs()

    def _on_step_done(self) -> None:
        if self._wants_packs or self._stack.currentWidget() is self.names:
            self.make_packs()
        else:
            self.go_back()

    def _show(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)

    def go_back(self) -> None:
        """Show the people again."""
        self._wants_packs = False
        self._show(self.panes)
        self.refresh()
        self.table.setFocus()

    @property
    def page_shown(self) -> QWidget | None:
        """The page that has the screen's room."""
        return self._stack.currentWidget()

    def refresh(self) -> None:
        """Show what the view-model says and keep the chosen person chosen."""
        self.people.refresh()
        self.show_item(self._view_model.chosen)
        for first, then in pairwise(self.people.stops):
            QWidget.setTabOrder(first, then)

    def show_item(self, what: object) -> None:
        """Choose a person, the first one where there is no such person; or show something else.

        Args:
            what: a person's id, a ``PanelPage``, or paths of returns, workbooks and cards.
        """
        if isinstance(what, PanelPage):
            self.show_page(what)
            return
        if isinstance(what, tuple):
            self._take_files([path for path in what if isinstance(path, Path)])
            return
        members = self._view_model.members.rows
        rows = [number for number, row in enumerate(members) if row.person == what]
        if members:
            self.table.selectRow(rows[0] if rows else 0)
        self.person.refresh()


def make(view_model: PanelViewModel, jobs: JobRunner) -> PanelScreen:
    """Return the screen of the place ``panel``."""
    return PanelScreen(view_model, jobs)


def _fill(one: QPushButton, *, primary: bool) -> None:
    """Fill the one button that comes next."""
    role = "primary" if primary else ""
    if one.property("role") != role:
        one.setProperty("role", role)
        one.style().unpolish(one)
        one.style().polish(one)
