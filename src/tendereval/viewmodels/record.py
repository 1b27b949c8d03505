"""The Record screen: everything that happened, filtered, and whether the record is whole."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import PersonId
from tendereval.domain.method_text import short
from tendereval.domain.record import AuditEntry
from tendereval.services.checking import CheckReport, check_tender
from tendereval.services.documents_out import write_text
from tendereval.viewmodels.rows_model import Column, RowsModel
from tendereval.viewmodels.session_view_model import SessionViewModel

HEADS: Final = ("No.", "When", "Who", "What", "Which", "Reason")
_WHO, _WHAT = 2, 3
_DIGESTS: Final = frozenset({"return", "sha256", "held apart", "older than held"})
_LONG: Final = _DIGESTS | {"signing", "recipient"}
_SHOWN: Final = 12
Cells = tuple[str, ...]


def _whole(cells: Cells) -> str:
    parts = zip(HEADS, cells, strict=True)
    return "\n".join(f"{head}: {cell}" for head, cell in parts if cell)


def _column(at: int) -> Column[Cells]:
    more = {Qt.ItemDataRole.ToolTipRole.value: _whole}
    return Column(HEADS[at], lambda cells: cells[at], more=more)


class RecordModel(RowsModel[Cells]):
    """Audit entries in words, newest first; filtered in this list, not by a proxy."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([_column(at) for at in range(len(HEADS))], parent)
        self._every: list[Cells] = []
        self._words: list[str] = []
        self._exactly: dict[int, str] = {}
        self._texts: list[str] = []
        self._values: dict[int, tuple[str, ...]] = {}

    def show_entries(self, every: list[Cells]) -> None:
        """Show these entries through the filter that is set."""
        self._every = every
        self._texts, self._values = [], {}
        self._apply()

    def filter(self, text: str) -> None:
        """Show the entries that hold every word of the text, in any column and case."""
        self._words = text.casefold().split()
        self._apply()

    def only(self, column: int, value: str) -> None:
        """Show the entries with this value in a column; an empty one lifts the filter."""
        self._exactly = {**self._exactly, column: value}
        self._apply()

    def values(self, column: int) -> tuple[str, ...]:
        """Return what a column holds among all entries, each once, in order."""
        if column not in self._values:
            found = {cells[column] for cells in self._every}
            self._values[column] = tuple(sorted(found, key=str.casefold))
        return self._values[column]

    def in_words(self, row: int) -> str:
        """Return a whole entry, a line for each thing it says."""
        return _whole(self.rows[row]) if 0 <= row < len(self.rows) else ""

    def as_text(self) -> str:
        """Return the entries that are shown, oldest first."""
        return "\n\n".join(_whole(cells) for cells in reversed(self.rows))

    def _apply(self) -> None:
        shown = self._with_words() if self._words else self._every
        for column, value in self._exactly.items():
            if value:
                shown = [cells for cells in shown if cells[column] == value]
        self.show_rows(shown)

    def _with_words(self) -> list[Cells]:
        """Return the entries that hold every word; what is searched is put together once."""
        if not self._texts:
            self._texts = [" ".join(cells).casefold() for cells in self._every]
        found: Iterable[tuple[Cells, str]] = zip(self._every, self._texts, strict=True)
        for word in self._words:
            found = [pair for pair in found if word in pair[1]]
        return [cells for cells, _text in found]

    @property
    def counts(self) -> tuple[int, int]:
        """How many entries are shown, and how many there are."""
        return len(self.rows), len(self._every)


class RecordViewModel(QObject):
    """What the Record screen shows.

    Signals:
        read_again: the entries, the sentence or the counts changed.
    """

    read_again = Signal()

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self.entries = RecordModel(self)
        self._head, self._hash = "", ""
        desk.changed.connect(self._on_changed)
        self.read()

    def _on_changed(self, _kinds: object) -> None:
        self.read()

    def read(self) -> None:
        """Read the record anew; every kind of change adds to it."""
        with self._desk.reading() as reader:
            entries = reader.entries()
        names = self._names()
        self._hash = entries[-1].hash if entries else ""
        self._head = short(self._hash)
        self.entries.show_entries([self._cells(entry, names) for entry in reversed(entries)])
        self.read_again.emit()

    def filter(self, text: str) -> None:
        """Show only entries with these words."""
        self.entries.filter(text)
        self.read_again.emit()

    def only(self, *, who: str = "", what: str = "") -> None:
        """Show only entries by one person and of one kind; empty is any."""
        self.entries.only(_WHO, who)
        self.entries.only(_WHAT, what)
        self.read_again.emit()

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who did something, as the column Who shows them."""
        return self.entries.values(_WHO)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of thing that happened, as the column What shows them."""
        return self.entries.values(_WHAT)

    @property
    def proposed_name(self) -> str:
        """A file name for the record as text."""
        return f"{self._desk.session.file.path.stem}-record.txt"

    def save_as_text(self, path: Path) -> bool:
        """Write the entries that are shown as plain text, oldest first."""
        details = self._desk.now.details
        shown, every = self.entries.counts
        head = f"Record of {details.reference} {details.title}, {shown} of {every} entries.\n"
        head += f"Hash of the newest entry: {self._hash}\n\n"
        try:
            write_text(path, f"{head}{self.entries.as_text()}\n")
        except UserFixable as refusal:
            self._desk.refused.emit(refusal)
            return False
        return True

    @property
    def sentence(self) -> str:
        """The head of the screen."""
        _shown, every = self.entries.counts
        return f"{every} things happened to this tender" if every != 1 else "One thing happened"

    @property
    def under(self) -> str:
        """What stands under the head: the newest hash, for comparing with a document's foot."""
        shown, every = self.entries.counts
        head = f"Newest entry {self._head}. Each entry carries the hash of the one before."
        return head if shown == every else f"{shown} of {every} shown. {head}"

    def check(self) -> CheckReport:
        """Verify the file, the record and the totals; takes a while on a large file."""
        return check_tender(self._desk.session)

    @staticmethod
    def verdict(report: CheckReport) -> tuple[bool, str]:
        """Return whether all is well and the finding in words."""
        if report.faults:
            return False, "This file is not whole. " + " ".join(report.faults)
        totals = (
            f" {report.totals} totals were worked out a second way and agree."
            if report.totals
            else ""
        )
        return True, (
            f"The record is whole: {report.entries} entries, none missing or altered, and every "
            f"row they cover is as it was written.{totals}"
        )

    def _names(self) -> Mapping[str, str]:
        now = self._desk.now
        people = {member.person for member in now.panel} | set(now.people)
        return {bidder.id: bidder.name for bidder in now.bidders} | {
            person: now.name(PersonId(person)) for person in people
        }

    @staticmethod
    def _cells(entry: AuditEntry, names: Mapping[str, str]) -> Cells:
        at = datetime.fromisoformat(entry.at_local)
        when = f"{at.day} {at:%B %Y, %H:%M}"
        parts = []
        for name, value in entry.ids.items():
            words = ", ".join(_in_words(name, part, names) for part in value.split(", "))
            if words:
                parts.append(f"{name} {words}")
        who = names.get(entry.person, entry.person)
        via = "" if entry.via == "app" else f" ({entry.via})"
        return (str(entry.seq), when, who + via, entry.kind, ", ".join(parts), entry.reason)


def _in_words(name: str, value: str, names: Mapping[str, str]) -> str:
    """Return one value of an entry: a name for an id, the beginning of a key or digest."""
    person, _blank, number = value.partition(" ")
    if name == "packs" and person in names:
        return f"{number} for {names[person]}"
    if name in _LONG:
        return short(value) if name in _DIGESTS else f"{value[:_SHOWN]}…"
    return names.get(value, value)


def make(desk: SessionViewModel) -> RecordViewModel:
    """Return the view-model of the place ``record``."""
    return RecordViewModel(desk)
