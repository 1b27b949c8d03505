"""The Panel screen: people in a table, the chosen person's declaration and part at the right."""

from itertools import pairwise

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.screens.panel_parts.person import PersonPart
from tendereval.ui.widgets.basics import Head, Page, button, field, hairline
from tendereval.ui.widgets.choices import Choice
from tendereval.ui.widgets.inset_rows import set_in
from tendereval.ui.widgets.table import Table
from tendereval.ui.widgets.two_panes import TwoPanes
from tendereval.viewmodels.panel import ROLES, PanelViewModel

_WIDTHS, _LEAST_TABLE = (180, 126, 84), 170


class PanelScreen(QWidget):
    """Shows what a PanelViewModel says."""

    def __init__(self, view_model: PanelViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._head = Head()
        self.table = Table("Panel")
        self.table.setModel(view_model.members)
        set_in(self.table)
        self.person = PersonPart(view_model)
        self._build()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(lambda _index: self.panes.show_right())
        view_model.read_again.connect(self.refresh)
        view_model.chosen_changed.connect(self.person.refresh)
        theme.changed().connect(self.set_widths)
        self.refresh()

    def _build(self) -> None:
        left = Page()
        column = left.column
        column.setContentsMargins(32, 20, 24, 24)
        column.addWidget(self._head)
        column.addWidget(self.table, 1)
        column.addWidget(hairline())
        self._add_box = self._adding()
        column.addWidget(self._add_box)
        self.panes = TwoPanes(("Panel", left), ("Person", self.person), (640, 440))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panes)
        self.set_widths()

    def _adding(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        name_box, self.name = field("Name", QLineEdit())
        mail_box, self.email = field("E-mail", QLineEdit())
        role_box, self.role = field("Part", Choice())
        for role in ROLES:
            self.role.addItem(str(role).capitalize(), role)
        self.role.setCurrentIndex(1)
        self._why_box, self.why = field("Why the person joins now", QLineEdit())
        self.add = button("Add to the panel", self._on_add)
        grid.addWidget(name_box, 0, 0)
        grid.addWidget(mail_box, 0, 1)
        grid.addWidget(role_box, 0, 2)
        grid.addWidget(self._why_box, 1, 0, 1, 2)
        grid.addWidget(self.add, 1, 2, Qt.AlignmentFlag.AlignBottom)
        for first, then in pairwise((self.name, self.email, self.role, self.why, self.add)):
            QWidget.setTabOrder(first, then)
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

    def _on_row(self, index: QModelIndex) -> None:
        members = self._view_model.members.members
        known = index.isValid() and index.row() < len(members)
        self._view_model.choose(members[index.row()].person if known else None)

    def refresh(self) -> None:
        """Show what the view-model says and keep the chosen person chosen."""
        self._head.say(
            self._view_model.sentence,
            "Nobody scores before declaring interests; you decide on each interest declared.",
        )
        self._add_box.setVisible(self._view_model.may_change)
        self._why_box.setVisible(self._view_model.needs_reason)
        self.show_item(self._view_model.chosen)

    def show_item(self, what: object) -> None:
        """Choose a person by id; the first one where there is no such person."""
        members = self._view_model.members.members
        rows = [number for number, row in enumerate(members) if row.person == what]
        if members:
            self.table.selectRow(rows[0] if rows else 0)
        self.person.refresh()

    def set_widths(self) -> None:
        """Give columns the width of what goes in; the interests take the rest."""
        header = self.table.horizontalHeader()
        for number, width in enumerate(_WIDTHS):
            header.resizeSection(number, theme.current().px(width))
        header.setStretchLastSection(True)
        self.table.setMinimumHeight(theme.current().px(_LEAST_TABLE))


def make(view_model: PanelViewModel, _jobs: JobRunner) -> PanelScreen:
    """Return the screen of the place ``panel``."""
    return PanelScreen(view_model)
