"""What was sent to whom: recorded by people, all at the same time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from tendereval.ui.widgets.basics import Head, Page, button, label
from tendereval.ui.widgets.sheet_table import SheetTable
from tendereval.viewmodels.award import AwardViewModel
from tendereval.viewmodels.public_value_entry import Entry

_ROWS = 14


class SendingPage(Page):
    """Shows the sending part of an AwardViewModel.

    Signals:
        entry_wanted: an ``Entry``.
    """

    entry_wanted = Signal(object)

    def __init__(self, view_model: AwardViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.head = Head()
        self.record = button("Record that they were sent…", self.begin, "primary")
        self.waits = label(role="small", wrap=True)
        self._warning = label(role="attention", wrap=True)
        self.sent = SheetTable("What was sent", _ROWS)
        self._how = label(
            "How it goes: write the summaries under Documents, send them from your mail or portal, "
            "then record here on which day, how and to which address. The register keeps the "
            "SHA-256 of each PDF, so that it can be shown what went.",
            "muted",
            wrap=True,
        )
        self._history_head = label("Register", "section")
        self._history = label(wrap=True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.record)
        row.addWidget(self.waits, 1)
        self.column.addWidget(self.head)
        self.column.addLayout(row)
        for widget in (self._warning, self._how, self.sent, self._history_head, self._history):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show what the view-model says."""
        part = self._view_model.sending
        self.head.say(part.sentence, part.under)
        waits = part.waits
        self.record.setEnabled(not waits)
        self.record.setAccessibleDescription(waits)
        self.waits.setText(waits)
        self._warning.setText(f"△  {part.warning}" if part.warning else "")
        self._warning.setVisible(bool(part.warning))
        sheet, history = part.sent, part.history
        self._how.setVisible(not sheet.rows)
        self.sent.setVisible(bool(sheet.rows))
        self.sent.show_sheet(sheet, self.sent.key)
        self.record.setText("Record another sending…" if sheet.rows else _FIRST)
        for one in (self._history_head, self._history):
            one.setVisible(bool(history))
        self._history.setText("\n".join(history))

    def begin(self) -> None:
        """Show the page that records a sending."""
        entry = self._view_model.sending.entry()
        if isinstance(entry, Entry):
            self.entry_wanted.emit(entry)

    def focus_work(self) -> None:
        """Give the keys back to the button."""
        self.record.setFocus()


_FIRST = "Record that they were sent…"
