"""The days after the award, standstill and retention with their working, figures to copy."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.widgets.basics import Head, Page, button, hairline, label, measured
from tendereval.viewmodels.award import AwardViewModel
from tendereval.viewmodels.public_value_entry import Entry

_READ = 760


class DatesPage(Page):
    """Shows the dates part of an AwardViewModel.

    Attributes:
        pick_file: asks for a file of bank holidays; empty for none.

    Signals:
        entry_wanted: an ``Entry``.
    """

    entry_wanted = Signal(object)

    def __init__(self, view_model: AwardViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.pick_file: Callable[[], str] = self._ask_file
        self.head = Head()
        self.record = button("Record days…", self.begin, "primary")
        self.head.add_action(self.record)
        self._facts, self._figures = QWidget(), QWidget()
        self._facts_shown: tuple[tuple[str, str], ...] = ()
        self._figures_shown: tuple[tuple[str, str], ...] = ()
        self._warnings = label(role="attention", wrap=True)
        self._standstill, self._working = label(wrap=True), label(role="small", wrap=True)
        self._retention, self._kept = label(wrap=True), label(role="small", wrap=True)
        self._because = label(role="muted", wrap=True)
        self.copied = label(role="small")
        self.copy_all = button("Copy all figures", self._on_copy_all)
        self.holidays = button("Bring newer bank holidays in…", self._on_holidays, "link")
        self.holidays.setProperty("flush", True)
        self.problem = label(role="problem", wrap=True)
        self._build()

    def _build(self) -> None:
        most = theme.current().px(_READ)
        column = self.column
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self._facts)
        column.addWidget(self._warnings)
        column.addWidget(hairline())
        column.addWidget(label("Standstill", "section"))
        for words in (self._standstill, self._working):
            column.addLayout(measured(words, most))
        column.addWidget(self.holidays, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.problem)
        column.addWidget(hairline())
        column.addWidget(label("Keeping the record", "section"))
        for words in (self._retention, self._kept):
            column.addLayout(measured(words, most))
        column.addWidget(hairline())
        column.addWidget(label("Figures for the contract award notice", "section"))
        column.addLayout(measured(self._because, most))
        column.addWidget(self._figures)
        column.addWidget(self.copy_all, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.copied)
        column.addStretch(1)
        QGridLayout(self._facts)
        QVBoxLayout(self._figures).setContentsMargins(0, 0, 0, 0)
        self.problem.hide()

    def refresh(self) -> None:
        """Show what the view-model says."""
        part = self._view_model.dates
        self.head.say(part.sentence, part.under)
        self.record.setEnabled(not part.why_not)
        self.record.setToolTip(part.why_not)
        self.record.setAccessibleDescription(part.why_not)
        self._warnings.setText("\n".join(f"△  {words}" for words in part.warnings))
        self._warnings.setVisible(bool(part.warnings))
        sentence, working, source = part.standstill
        self._standstill.setText(sentence)
        # The working names the bank holidays itself, where they are not checked.
        holidays = "" if working else part.holidays
        said = (*working, f"Source: {source}." if source else "", holidays)
        self._working.setText("\n".join(one for one in said if one))
        self._working.setVisible(any(said))
        kept, rule = part.retention
        self._retention.setText(kept or "Until when to keep the record is known after the award.")
        self._kept.setText(f"Source: {rule}." if rule else "")
        self._kept.setVisible(bool(rule))
        self.holidays.setVisible(not part.why_not)
        self._because.setText(part.figures_because)
        self.copy_all.setVisible(bool(part.figures))
        self._fill_facts(part.facts)
        self._fill_figures(part.figures)

    def _fill_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        if facts == self._facts_shown:
            return
        self._facts_shown = facts
        grid = self._facts.layout()
        _empty(self._facts)
        if isinstance(grid, QGridLayout):
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(24)
            grid.setColumnStretch(1, 1)
            for number, (what, day) in enumerate(facts):
                grid.addWidget(label(what, "muted"), number, 0)
                grid.addWidget(label(day, wrap=True), number, 1)

    def _fill_figures(self, figures: tuple[tuple[str, str], ...]) -> None:
        if figures == self._figures_shown:
            return
        self._figures_shown = figures
        self.copied.clear()
        _empty(self._figures)
        column = self._figures.layout()
        for what, figure in figures:
            if column is not None:
                column.addWidget(self._figure(what, figure))
                column.addWidget(hairline())

    def _figure(self, what: str, figure: str) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.addWidget(label(what, wrap=True), 0, 0)
        told = label(figure, "strong", wrap=True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid.addWidget(told, 0, 1)
        copy = button("Copy", partial(self.copy, what, figure))
        copy.setAccessibleName(f"Copy: {what}")
        grid.addWidget(copy, 0, 2)
        return box

    def copy(self, what: str, figure: str) -> None:
        """Put one figure into the clipboard."""
        QGuiApplication.clipboard().setText(figure)
        self.copied.setText(f"✓  Copied: {what}.")

    def _on_copy_all(self) -> None:
        QGuiApplication.clipboard().setText(self._view_model.dates.figures_text)
        self.copied.setText("✓  Copied: all figures.")

    def _on_holidays(self) -> None:
        chosen = self.pick_file()
        problem = self._view_model.import_holidays(Path(chosen)) if chosen else ""
        self.problem.setText(f"⊖  {problem}" if problem else "")
        self.problem.setVisible(bool(problem))

    def _ask_file(self) -> str:
        title = "Bank holidays, a data file"
        return QFileDialog.getOpenFileName(self, title, "", "Data (*.json)")[0]

    def begin(self) -> None:
        """Show the page that records the days."""
        entry = self._view_model.dates.entry()
        if isinstance(entry, Entry):
            self.entry_wanted.emit(entry)

    def focus_work(self) -> None:
        """Give the keys back to the button."""
        self.record.setFocus()


def _empty(box: QWidget) -> None:
    layout = box.layout()
    while layout is not None and layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
