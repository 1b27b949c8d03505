"""Set-up, part Criteria: the bar that fills to 100, the tree, the chosen row at the right."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tendereval.domain.method_editing import Way
from tendereval.domain.tender import CriterionKind
from tendereval.services.drafting import built_in_scales
from tendereval.ui.screens.setup_parts.criterion_details import CriterionDetails
from tendereval.ui.widgets.basics import button, label
from tendereval.ui.widgets.choices import Choice
from tendereval.ui.widgets.criteria_tree import CriteriaTree
from tendereval.ui.widgets.two_panes import TwoPanes
from tendereval.ui.widgets.weight_bar import WeightBar
from tendereval.viewmodels.criteria_tree_model import CriteriaTreeModel
from tendereval.viewmodels.setup import SetupViewModel

_KINDS = {
    CriterionKind.QUALITY: "Question on quality",
    CriterionKind.SOCIAL_VALUE: "Question on social value",
    CriterionKind.PUBLIC_VALUE: "Question on public value",
    CriterionKind.PRICE: "Price",
    CriterionKind.CONDITION_OF_PARTICIPATION: "Condition of participation",
    CriterionKind.REQUIREMENT: "Requirement",
    CriterionKind.INFORMATION: "Information, not scored",
}
_MOVES = {
    Way.UP: "Move up\tAlt+Up",
    Way.DOWN: "Move down\tAlt+Down",
    Way.IN: "Move into the section above\tAlt+Right",
    Way.OUT: "Move out of its section\tAlt+Left",
}


class CriteriaPart(QWidget):
    """The criteria of the method on the screen."""

    def __init__(self, setup: SetupViewModel) -> None:
        super().__init__()
        self._setup = setup
        self._model = CriteriaTreeModel(setup, self)
        self.tree = CriteriaTree(self._model)
        self.details = CriterionDetails(setup)
        self.bar = WeightBar()
        self._said = label(role="section")
        self._off = label(role="attention")
        self._lot = Choice(())
        self._lot.setAccessibleName("Weights of lot")
        self._buttons: list[QPushButton] = []
        self._stack = QStackedWidget()
        self._panes = TwoPanes(
            ("Criteria", self._left()), ("Details of the row", self.details), (645, 390)
        )
        self._panes.splitter.setStretchFactor(1, 1)
        self._stack.addWidget(self._panes)
        self._stack.addWidget(self._empty())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect()
        self.refresh()
        if self._model.rowCount():
            self.tree.setCurrentIndex(self._model.index(0, 0))

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 16, 24, 8)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._said)
        head.addSpacing(4)
        head.addWidget(self._off, 1)
        head.addWidget(self._lot)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.tree, 1)
        foot = QHBoxLayout()
        question = button("+  Question", self._on_add_question, "link")
        section = button("+  Section", partial(self._add, CriterionKind.SECTION), "link")
        price = button("+  Price", partial(self._add, CriterionKind.PRICE), "link")
        other = button("+  Other…", self._on_add_other, "link")
        library = button("+  From the library…", self._on_library, "link")
        self._buttons = [question, section, price, other, library]
        self._other = other
        for one in self._buttons:
            foot.addWidget(one)
        foot.addStretch(1)
        column.addLayout(foot)
        return left

    def _empty(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 24, 32, 24)
        column.setSpacing(8)
        column.addWidget(label("No criteria yet", "section"))
        how = (
            "Here stands what the tender is judged on: sections, questions, prices and conditions, "
            "each with its weight. Start with one question, or bring in a workbook."
        )
        column.addWidget(label(how, "muted", wrap=True))
        first = partial(self._add, CriterionKind.QUALITY)
        start = button("Add the first question", first, "primary")
        row = QHBoxLayout()
        row.addWidget(start)
        row.addStretch(1)
        column.addLayout(row)
        template = "Save an empty template workbook to fill in…"
        self._sample_links = QVBoxLayout()
        for text, on in (
            ("Start from the library of public value questions…", self._on_library),
            ("Add a section first", partial(self._add, CriterionKind.SECTION)),
            (template, self._on_template),
            ("Add three sample questions on a scale from 0 to 5", self._on_samples),
        ):
            self._sample_links.addWidget(_link(text, on))
        column.addLayout(self._sample_links)
        column.addStretch(1)
        return box

    def _connect(self) -> None:
        self.tree.chosen.connect(self._on_chosen)
        self.tree.shifted.connect(self._on_shifted)
        self.tree.remove_wanted.connect(self._on_remove)
        self.tree.menu_wanted.connect(self._on_menu)
        self.tree.activated.connect(lambda _index: self._on_open())
        self.details.renamed.connect(self.tree.choose)
        self._lot.activated.connect(lambda _at: self._setup.choose_lot(self._lot.currentData()))
        self._setup.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what the file holds."""
        setup, shares = self._setup, self._setup.shares
        empty = not setup.method.criteria and setup.can_edit_method
        self._stack.setCurrentIndex(1 if empty else 0)
        self._said.setText(shares.said)
        self._off.setText(f"△  {shares.off}" if shares.off else "")
        self.bar.show_shares(shares)
        lots = setup.method.lots
        self._lot.setVisible(len(lots) > 1)
        names = tuple((lot.ref, f"Lot {lot.ref} {lot.title}".strip(), True) for lot in lots)
        self._lot.offer(names)
        self._lot.setCurrentIndex(self._lot.findData(setup.lot))
        for one in self._buttons:
            one.setVisible(setup.can_edit_method)

    def _on_chosen(self, ref: str) -> None:
        self.details.show_row(ref)

    def _on_open(self) -> None:
        self._panes.show_right()
        if self.details.form is not None:
            self.details.form.focus_on("title")

    def _on_shifted(self, ref: str, way: object) -> None:
        if self._setup.can_edit_method and isinstance(way, Way):
            self._setup.shift(ref, way)
            self.tree.choose(ref)

    def _on_remove(self, ref: str) -> None:
        if self._setup.can_edit_method:
            self._setup.remove(ref)

    def _add(self, kind: CriterionKind) -> None:
        self.details.leave()
        ref = self._setup.add(kind, self.tree.ref or None)
        self.show_what(ref)
        if self.details.form is not None:
            self.details.form.focus_on("title")

    def _on_add_question(self) -> None:
        row = self._setup.row(self.tree.ref)
        same = row is not None and row.kind.is_scored
        self._add(row.kind if row is not None and same else CriterionKind.QUALITY)

    def _on_add_other(self) -> None:
        menu = self._add_menu(QMenu(self))
        menu.exec(self._other.mapToGlobal(QPoint(0, self._other.height())))

    def _on_library(self) -> None:
        self.details.leave()
        self._setup.place_wanted.emit("public", "library")

    def _add_menu(self, menu: QMenu) -> QMenu:
        menu.addAction("Section", partial(self._add, CriterionKind.SECTION))
        for kind, words in _KINDS.items():
            menu.addAction(words, partial(self._add, kind))
        return menu

    def menu_for(self, ref: str) -> QMenu:
        """Return the commands for a row."""
        menu = QMenu(self)
        if not self._setup.can_edit_method:
            return menu
        if ref:
            for way, words in _MOVES.items():
                menu.addAction(words, partial(self._on_shifted, ref, way))
            menu.addSeparator()
        self._add_menu(menu.addMenu("Add"))
        if ref:
            menu.addSeparator()
            menu.addAction(f"Remove {ref}\tDel", partial(self._on_remove, ref))
        return menu

    def _on_menu(self, ref: str, at: QPoint) -> None:
        menu = self.menu_for(ref)
        if not menu.isEmpty():
            menu.exec(at)

    def _on_template(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, "Save the template workbook", "set-up.xlsx", "Workbooks (*.xlsx)"
        )
        if path:
            self._setup.write_template(Path(path))

    def _on_samples(self) -> None:
        self._setup.add_samples(built_in_scales()[0])

    def show_what(self, what: str) -> None:
        """Choose a row and show it."""
        if what:
            self.tree.choose(what)
            self._panes.show_right()

    def leave(self) -> None:
        """Keep what is typed."""
        self.details.leave()


def _link(text: str, on: Callable[[], object]) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(button(text, on, "link"))
    line.addStretch(1)
    return row
