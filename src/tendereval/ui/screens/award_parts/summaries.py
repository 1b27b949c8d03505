"""Assessment summaries: who is given one, what is missing item by item, and every text in it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tendereval.ui import theme
from tendereval.ui.jobs import JobRunner
from tendereval.ui.widgets.basics import Head, Page, button, label, measured
from tendereval.ui.widgets.flow import FlowLayout
from tendereval.ui.widgets.open_lines import OpenLines
from tendereval.ui.widgets.sheet_table import SheetTable
from tendereval.viewmodels.award import AwardViewModel
from tendereval.viewmodels.award_summaries import Way
from tendereval.viewmodels.public_value_entry import Entry

_SUPPLIERS, _TEXTS, _READ, _TALL = 5, 5, 760, 745


class SummariesPage(Page):
    """Shows the summaries part of an AwardViewModel.

    Signals:
        entry_wanted: an ``Entry``.
        drawn: the title and the content of a document to look at.
        part_wanted: another part of this screen.
    """

    entry_wanted = Signal(object)
    drawn = Signal(str, object)
    part_wanted = Signal(str)

    def __init__(self, view_model: AwardViewModel, jobs: JobRunner) -> None:
        super().__init__()
        self._view_model, self._jobs = view_model, jobs
        self.head = Head()
        self._teaches = label(_TEACHES, wrap=True)
        self._facts = label(role="small", wrap=True)
        self.where = button("Where the full criteria are…", partial(self.begin, "where"))
        self.day = button("Day they bear…", partial(self.begin, "day"))
        self.to_decision = button("Go to the decision", lambda: self.part_wanted.emit("decision"))
        self.suppliers = SheetTable("Suppliers and their summaries", _SUPPLIERS)
        self.texts = SheetTable("Texts of this summary", _TEXTS)
        self._name, self._given = label(role="section", wrap=True), label(role="muted", wrap=True)
        self.missing = OpenLines("What this summary lacks")
        self._remarks = label(role="small", wrap=True)
        self.words = button("Edit the words…", lambda: self.begin("words"))
        self.withhold = button("Withhold…", lambda: self.begin("withhold"))
        self.release = button("Release…", lambda: self.begin("release"))
        self.particulars = button("Particulars…", lambda: self.begin("particulars"))
        self.preview = button("Preview", self.look)
        self.preview.setAccessibleName("Preview this summary")
        self._text_head, self._text = label(role="strong", wrap=True), label(wrap=True)
        self._note = label(role="small", wrap=True)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._tools, self._rest, self._bid = QWidget(), QWidget(), QWidget()
        tools = FlowLayout(self._tools, gap=12)
        for one in (self.where, self.day):
            one.setProperty("role", "link")
            one.setProperty("flush", True)
            tools.addWidget(one)
        column = QVBoxLayout(self._rest)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._facts, self._tools, self.suppliers, self._bid):
            column.addWidget(widget)
        inside = QVBoxLayout(self._bid)
        inside.setContentsMargins(0, 8, 0, 0)
        inside.setSpacing(8)
        self._build_bid(inside)
        self.column.addWidget(self.head)
        self.column.addLayout(measured(self._teaches, theme.current().px(_READ)))
        self.column.addWidget(self.to_decision, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._rest)
        self.column.addStretch(1)

    def _build_bid(self, inside: QVBoxLayout) -> None:
        most = theme.current().px(_READ)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._name, 1)
        for one in (self.preview, self.particulars):
            head.addWidget(one)
        inside.addLayout(head)
        inside.addLayout(measured(self._given, most))
        inside.addWidget(self.missing)
        inside.addLayout(measured(self._remarks, most))
        self._inner = QWidget()
        texts = QVBoxLayout(self._inner)
        texts.setContentsMargins(0, 4, 0, 0)
        texts.setSpacing(8)
        texts.addWidget(self.texts)
        texts.addWidget(self._text_head)
        texts.addLayout(measured(self._text, most))
        texts.addLayout(measured(self._note, most))
        box = QWidget()
        flow = FlowLayout(box, gap=12)
        for one in (self.words, self.withhold, self.release):
            flow.addWidget(one)
        texts.addWidget(box)
        inside.addWidget(self._inner)

    def _connect(self) -> None:
        self.suppliers.row_chosen.connect(self._on_supplier)
        self.texts.row_chosen.connect(lambda _key: self._show_text())
        self.texts.row_opened.connect(lambda _key: self.begin("words"))
        self.missing.opened.connect(self._on_way)
        keys = QShortcut(QKeySequence("Ctrl+P"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.look)
        self.preview.setToolTip("Ctrl+P")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more texts where the window is taller."""
        super().resizeEvent(event)
        one = self.texts.verticalHeader().defaultSectionSize()
        more = self.viewport().height() - theme.current().px(_TALL)
        self.texts.show_at_most(_TEXTS + max(0, more // max(one, 1)))

    def _on_supplier(self, bidder: str) -> None:
        self._view_model.summaries.choose(bidder)
        self._show_bid()

    def refresh(self) -> None:
        """Show what the view-model says."""
        part = self._view_model.summaries
        self.head.say(part.sentence, part.under)
        has_rest = part.found is not None and not part.refusal
        self._rest.setVisible(has_rest)
        self._teaches.setVisible(part.is_coming)
        self.to_decision.setVisible(part.is_coming and self._view_model.is_open)
        if has_rest:
            self._facts.setText("  ".join(part.facts))
            self.suppliers.show_sheet(part.suppliers, part.chosen)
            self._show_bid()

    def _show_bid(self) -> None:
        part = self._view_model.summaries
        supplier = part.supplier
        self._bid.setVisible(supplier is not None)
        if supplier is None:
            return
        self._name.setText(supplier.bidder.name)
        why = supplier.why_not
        self._given.setText(f"It is given no summary: {why}." if why else "")
        self._given.setVisible(bool(why))
        for one in (self.preview, self._inner):
            one.setVisible(part.has_summary)
        self.missing.show_lines([(way.words, way) for way in part.ways])
        remarks = part.remarks
        self._remarks.setText("\n".join(f"To look at: {words}" for words in remarks))
        self._remarks.setVisible(bool(remarks))
        if part.has_summary:
            self.texts.show_sheet(part.texts, self.texts.key)
            self._show_text()

    def _show_text(self) -> None:
        part = self._view_model.summaries
        line = part.line(self.texts.key)
        if line is None:
            return
        self._text_head.setText(f"{line.title}  ·  {line.state}")
        held = line.withheld
        self._text.setText("" if held else line.words or "Nothing stands there yet.")
        self._text.setVisible(held is None)
        self._note.setText(f"Kept inside, never printed: {held.note}" if held is not None else "")
        self._note.setVisible(held is not None)
        tasks = {"words": self.words, "withhold": self.withhold, "release": self.release}
        for task, one in tasks.items():
            why = part.why_not(task, line)
            one.setEnabled(not why)
            one.setToolTip(why)
            one.setAccessibleDescription(why)
            one.setAccessibleName(f"{one.text().rstrip('…')}: {line.title}, {line.about}")
        self.release.setVisible(held is not None)
        self.withhold.setText("Change the note…" if held is not None else "Withhold…")

    def begin(self, task: str, key: str = "") -> None:
        """Show the page for a task; about the chosen text, where it is about one."""
        entry = self._view_model.summaries.entry(task, key or self.texts.key)
        if isinstance(entry, Entry):
            self.entry_wanted.emit(entry)

    def _on_way(self, way: Way) -> None:
        if way.place:
            self._view_model.go(way.place)
        elif way.task:
            self.texts.choose(way.key)
            self.begin(way.task, way.key)
        else:
            self.texts.setFocus()

    def look(self) -> None:
        """Show the chosen supplier's summary as it would be written now."""
        supplier = self._view_model.summaries.supplier
        if supplier is None or not self._view_model.summaries.has_summary:
            return
        title = f"Assessment summary for {supplier.bidder.name}"
        self._jobs.run(
            "Preparing the summary",
            self._view_model.documents.drawing_summary(supplier.bidder.id),
            lambda content: self.drawn.emit(title, content),
            self._view_model.refuse,
        )

    def focus_work(self) -> None:
        """Give the keys back to the text that was worked on."""
        (self.texts if self._inner.isVisible() else self.suppliers).setFocus()


_TEACHES = (
    "Every supplier whose tender was assessed is given a summary: its own scores and marks with an "
    "explanation for each criterion and sub-criterion, and, unless it is successful, how the "
    "successful tender was assessed. They are drafted from what the panel agreed; here you see "
    "what is missing, word the price, and withhold what the law lets you withhold."
)
