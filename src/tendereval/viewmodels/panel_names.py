"""Bidders' names where evaluators see aliases: each place, and the lead's word on it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
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
from tendereval.services import aliasing, name_checking
from tendereval.services.name_checking import NameHit
from tendereval.services.progress import Progress
from tendereval.services.situation import Situation
from tendereval.store.pack_questions import NameDecision
from tendereval.viewmodels.kinds import EVERYTHING, Kind
from tendereval.viewmodels.panel_members import number_word
from tendereval.viewmodels.session_view_model import SessionViewModel

HEADS: Final = ("Where", "What stands there", "In packs")
WHERE, AROUND, DECISION = range(len(HEADS))
Index = QModelIndex | QPersistentModelIndex


class HitsModel(QAbstractTableModel):
    """Every place where a name stands, those without a decision first."""

    INK = Qt.ItemDataRole.UserRole + 100

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self.hits: tuple[NameHit, ...] = ()

    def show_hits(self, hits: Sequence[NameHit]) -> None:
        """Show these places."""
        self.beginResetModel()
        self.hits = tuple(sorted(hits, key=lambda hit: not hit.needs_decision))
        self.endResetModel()

    def put(self, decided: Sequence[NameHit]) -> None:
        """Show the same places with other decisions."""
        self.hits = tuple(decided)
        if decided:
            last = self.index(len(decided) - 1, len(HEADS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many places there are."""
        return 0 if parent is not None and parent.isValid() else len(self.hits)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows, says or is coloured by."""
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        cells = (_where(self._desk.now, hit), one_line(hit), decision_of(hit))
        if role in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            return cells[index.column()]
        if role == self.INK and index.column() == DECISION:
            return "attention" if hit.needs_decision else "ink2"
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the head of a column."""
        horizontal = orientation == Qt.Orientation.Horizontal
        return HEADS[section] if horizontal and role == Qt.ItemDataRole.DisplayRole else None


class NameHits(QObject):
    """The names in one tender's answers and documents.

    Signals:
        changed: the places, or the decisions on them, changed.
        refused_here: a refusal, to be said where the names are shown.
    """

    changed = Signal()
    refused_here = Signal(object)

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self.places = HitsModel(desk)
        self.is_looked = False
        desk.changed.connect(self._on_changed)

    def _on_changed(self, kinds: object) -> None:
        if isinstance(kinds, frozenset) and kinds & {Kind.RESPONSES, Kind.DOCUMENTS, Kind.BIDS}:
            self.is_looked = False

    @property
    def are_hidden(self) -> bool:
        """Whether evaluators see aliases."""
        return self._desk.now.names_hidden

    @property
    def aliases(self) -> tuple[tuple[str, str], ...]:
        """What each bidder is called in packs; empty before the first."""
        now = self._desk.now
        found = [(alias.name, now.bidder_name(one)) for one, alias in now.aliases.items()]
        return tuple(sorted(found))

    def look(self) -> Callable[[Progress], object]:
        """Return the work of looking through answers and documents."""
        session = self._desk.session
        return lambda _progress: name_checking.hits(session)

    def on_looked(self, found: object) -> None:
        """Take what was found."""
        if isinstance(found, tuple):
            self.is_looked = True
            self.places.show_hits(found)
            self.changed.emit()

    @property
    def are_open(self) -> bool:
        """Whether nobody has looked since the answers changed, or a place waits."""
        return not self.is_looked or self.undecided > 0

    @property
    def undecided(self) -> int:
        """How many places wait for the lead's word."""
        return sum(hit.needs_decision for hit in self.places.hits)

    def decide(self, rows: Sequence[int], *, redact: bool, reason: str = "") -> bool:
        """Accept the names at these places, or leave them out of packs."""
        hits = [self.places.hits[row] for row in rows]
        return self._decide([hit for hit in hits if not hit.where.goes_anyway], redact, reason)

    def decide_rest(self, *, redact: bool, reason: str = "") -> bool:
        """Do the same with every place that waits."""
        return self._decide([hit for hit in self.places.hits if hit.needs_decision], redact, reason)

    def _decide(self, hits: Sequence[NameHit], redact: bool, reason: str) -> bool:  # noqa: FBT001 - the two public ways name it
        if not hits:
            return False
        session = self._desk.session
        try:
            name_checking.decide_all(session, hits, redact=redact, reason=reason.strip())
        except UserFixable as refusal:
            self.refused_here.emit(refusal)
            return False
        with session.reading() as reader:
            known = {(one.subject, one.sha256, one.start): one for one in reader.name_decisions()}
        self.places.put(
            [
                _with(hit, known.get((hit.subject, hit.sha256, hit.start)))
                for hit in self.places.hits
            ]
        )
        self._desk.announce(frozenset({Kind.PANEL}))
        self.changed.emit()
        return True

    def reveal(self, reason: str) -> bool:
        """Let evaluators learn the names from the next packs on."""
        try:
            aliasing.reveal_names(self._desk.session, reason)
        except UserFixable as refusal:
            self.refused_here.emit(refusal)
            return False
        self._desk.forget_undo()
        self._desk.announce(EVERYTHING)
        self.changed.emit()
        return True

    @property
    def sentence(self) -> str:
        """The head of the page."""
        if not self.are_hidden:
            return "Evaluators see the bidders’ names"
        every = len(self.places.hits)
        if not self.is_looked:
            return "Bidders’ names are hidden from evaluators"
        if not every:
            return "No bidder’s name stands in any answer or document"
        waits = self.undecided
        if not waits:
            return "Every place where a name stands is decided"
        return (
            "One place where a name stands waits for you"
            if waits == 1
            else f"{number_word(waits)} places where a name stands wait for you"
        )

    @property
    def under(self) -> str:
        """What a decision does."""
        if not self.are_hidden:
            return "Nothing needs to be left out of packs."
        return (
            "Packs call bidders A, B and C. Leave a name out, or accept it where it gives nothing "
            "away. File names and what a file says about itself are left out anyway."
        )


def _with(hit: NameHit, decision: NameDecision | None) -> NameHit:
    return replace(hit, decision=decision)


def _where(now: Situation, hit: NameHit) -> str:
    owner = now.bidder_name(hit.owner)
    if hit.place is not None:
        return f"{hit.place.criterion}, {owner}: {hit.where}"
    return f"{owner}: {hit.where}"


def one_line(hit: NameHit) -> str:
    """Return the words with what stands around them, on one line."""
    around = " ".join(hit.around.split())
    return f"… {around} …" if hit.gives is not None else around


def decision_of(hit: NameHit) -> str:
    """Return what becomes of a place, in words."""
    if hit.where.goes_anyway:
        return "Left out anyway"
    if hit.decision is None:
        return "△ Decide"
    return "Left out" if hit.decision.redacted else "Accepted"
