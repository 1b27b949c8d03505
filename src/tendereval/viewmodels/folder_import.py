"""A folder coming in: every file with its proposed place, put right by hand, then the act."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import BidderId, CriterionId
from tendereval.services import folder_import
from tendereval.services.folder_import import FolderPreview, FolderReport, Proposal, Taking
from tendereval.services.progress import Progress
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.session_view_model import SessionViewModel

HEADS: Final = ("File", "What it is", "Bidder", "Question", "Why it is proposed, or what is wrong")
FILE, WHAT, BIDDER, QUESTION, HOW = range(len(HEADS))
NOT_IMPORTED: Final = "Not imported"
NO_QUESTION: Final = "Document only"
Index = QModelIndex | QPersistentModelIndex
Choices = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Choice:
    """Where one file goes as things stand."""

    proposal: Proposal
    bidder: BidderId | None
    question: CriterionId | None
    by_hand: bool = False


class FilesModel(QAbstractTableModel):
    """The files of a folder; bidder and question are chosen in the table.

    Signals:
        corrected: a place was chosen by hand.
    """

    CHOICES = Qt.ItemDataRole.UserRole + 1
    """Value and words of what may be chosen in a cell."""
    INK = Qt.ItemDataRole.UserRole + 100
    corrected = Signal()

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self._choices: list[_Choice] = []
        self._against: dict[int, str] = {}

    def show_proposals(self, proposals: tuple[Proposal, ...]) -> None:
        """Show the files of another folder."""
        self.beginResetModel()
        self._choices = [_Choice(item, item.bidder, item.question) for item in proposals]
        self._against = self._weigh()
        self.endResetModel()

    @property
    def takings(self) -> tuple[Taking, ...]:
        """The files that go in, with where they go."""
        return tuple(
            Taking(item.proposal, item.bidder, item.question)
            for item in self._choices
            if item.bidder is not None
        )

    @property
    def against(self) -> tuple[str, ...]:
        """What stands in the way, each sentence once."""
        return tuple(dict.fromkeys(self._against.values()))

    @property
    def first_conflict(self) -> QModelIndex:
        """Where the first thing stands that is in the way."""
        row = min(self._against, default=-1)
        return self.index(row, QUESTION) if row >= 0 else QModelIndex()

    @property
    def left_out(self) -> int:
        """How many files stay out."""
        return sum(item.bidder is None for item in self._choices)

    def _weigh(self) -> dict[int, str]:
        rows = [row for row, item in enumerate(self._choices) if item.bidder is not None]
        found = folder_import.conflicts(self._desk.now, self.takings)
        return {rows[number]: sentence for number, sentence in found.items()}

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many files there are."""
        return 0 if parent is not None and parent.isValid() else len(self._choices)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, holds, offers or is coloured by."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        shown = {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        }
        if role in shown:
            return self._words(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return self._value(row, column)
        if role == self.CHOICES:
            return self.choices(row, column)
        return self._ink(row, column) if role == self.INK else None

    def _words(self, row: int, column: int) -> str:
        item = self._choices[row]
        words = {FILE: item.proposal.file.shown, WHAT: item.proposal.what, HOW: self._how(row)}
        if column in words:
            return words[column]
        if column == BIDDER:
            name = item.bidder and self._desk.now.bidder_name(item.bidder)
            return name or NOT_IMPORTED
        return "" if item.bidder is None else (item.question or NO_QUESTION)

    def _how(self, row: int) -> str:
        item = self._choices[row]
        against = self._against.get(row)
        if against or item.proposal.problem:
            return f"⊖ {against or item.proposal.problem}"
        how = "Chosen by hand." if item.by_hand else item.proposal.how
        return " ".join((how, *item.proposal.notes))

    def _value(self, row: int, column: int) -> str:
        item = self._choices[row]
        return str((item.bidder if column == BIDDER else item.question) or "")

    def _ink(self, row: int, column: int) -> str | None:
        if column == HOW and row in self._against:
            return "problem"
        item = self._choices[row]
        if column == HOW and item.proposal.notes:
            return "attention"
        return "ink2" if item.bidder is None or column == WHAT else None

    def choices(self, row: int, column: int) -> Choices:
        """Return what may be chosen in a cell, as value and words."""
        now, item = self._desk.now, self._choices[row]
        if column == BIDDER:
            return (("", NOT_IMPORTED), *((one.id, one.name) for one in now.bidders))
        if column != QUESTION or item.bidder is None:
            return ()
        asked = dict.fromkeys(
            place.criterion for place in folder_import.answers_asked(now, item.bidder)
        )
        return (("", NO_QUESTION), *((ref, f"{ref}  {now.criterion(ref).title}") for ref in asked))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a place can be chosen in a cell."""
        flags = super().flags(index)
        if not index.isValid() or self._choices[index.row()].proposal.problem:
            return flags
        goes_in = self._choices[index.row()].bidder is not None
        choosable = index.column() == BIDDER or (index.column() == QUESTION and goes_in)
        return flags | Qt.ItemFlag.ItemIsEditable if choosable else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Put a file somewhere else."""
        offered = {one for one, _ in self.choices(index.row(), index.column())}
        if role != Qt.ItemDataRole.EditRole or value not in offered:
            return False
        item = self._choices[index.row()]
        text = str(value)
        if index.column() == BIDDER:
            item.bidder = BidderId(text) if text else None
            # A question guessed from the name goes with the bidder that was missing.
            item.question = item.question or item.proposal.question
        else:
            item.question = CriterionId(text) if text else None
        item.by_hand = True
        self._against = self._weigh()
        last = self.index(len(self._choices) - 1, len(HEADS) - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.corrected.emit()
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the head of a column."""
        horizontal = orientation == Qt.Orientation.Horizontal
        return HEADS[section] if horizontal and role == Qt.ItemDataRole.DisplayRole else None


class FolderImport(QObject):
    """One folder.

    Signals:
        looked: the folder was looked through.
        brought: its files were brought in.
        failed: it could not be looked through or brought in; the refusal is on its way.
    """

    looked = Signal()
    brought = Signal()
    failed = Signal()

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self.files = FilesModel(desk)
        self.folder: Path | None = None
        self.passed_over: tuple[str, ...] = ()
        self.report: FolderReport | None = None

    def look(self, folder: Path) -> Callable[[Progress], object]:
        """Return the work of looking through a folder, to be done off the screen's thread."""
        session = self._desk.session
        return lambda progress: folder_import.preview_folder(session, folder, progress)

    def on_looked(self, preview: object) -> None:
        """Take what was found."""
        if isinstance(preview, FolderPreview):
            self.folder, self.passed_over = preview.folder, preview.passed_over
            self.files.show_proposals(preview.proposals)
            self.looked.emit()

    def bring(self) -> Callable[[Progress], object]:
        """Return the work of bringing the files in, as they are placed now."""
        session, takings = self._desk.session, self.files.takings
        return lambda progress: folder_import.import_folder(session, takings, progress)

    def on_brought(self, report: object) -> None:
        """Take what was brought in."""
        if isinstance(report, FolderReport):
            self.report = report
            self._desk.announce(frozenset({Kind.RESPONSES, Kind.DOCUMENTS}))
            self.brought.emit()

    def on_failed(self, error: Exception) -> None:
        """Pass a refusal on; anything else is ours."""
        if not isinstance(error, UserFixable):
            raise error
        self._desk.refused.emit(error)
        self.failed.emit()

    @property
    def may_be_brought(self) -> bool:
        """Whether something goes in and nothing stands in the way."""
        return bool(self.files.takings) and not self.files.against

    @property
    def sentence(self) -> str:
        """What goes in as things stand."""
        takings = self.files.takings
        if not self.files.rowCount():
            return "There are no files to bring in"
        if not takings:
            return "No file goes in yet"
        answers = sum(item.question is not None for item in takings)
        bidders = len({item.bidder for item in takings})
        return (
            f"{_counted(answers, 'answer')} and {_counted(len(takings), 'document')} "
            f"of {_counted(bidders, 'bidder')} go in"
        )

    @property
    def under(self) -> str:
        """What stays out and what was passed over."""
        out = self.files.left_out
        parts = [f"{_counted(out, 'file')} stay{'s' if out == 1 else ''} out."] if out else []
        return " ".join((*parts, *self.passed_over))

    @property
    def waits_for(self) -> str:
        """What the act still waits for; empty when nothing."""
        against = self.files.against
        if against:
            return against[0] + (f" And {len(against) - 1} more." if len(against) > 1 else "")
        return "" if self.files.takings else "Choose a bidder for one file at least."


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
