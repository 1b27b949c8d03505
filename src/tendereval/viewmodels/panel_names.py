"""Bidders' names where evaluators see aliases: each place, and the lead's word on it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from tendereval.domain.errors import UserFixable
from tendereval.services import aliasing, name_checking
from tendereval.services.name_checking import NameHit
from tendereval.services.progress import Progress
from tendereval.services.situation import Situation
from tendereval.store.pack_questions import NameDecision
from tendereval.viewmodels.kinds import EVERYTHING, Kind
from tendereval.viewmodels.panel_members import number_word
from tendereval.viewmodels.rows_model import ROLE_INK, Column, RowsModel
from tendereval.viewmodels.session_view_model import SessionViewModel

WHERE, AROUND, DECISION = range(3)


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
        self._columns = _columns(desk)
        self.places = RowsModel(self._columns, desk, key=_where_exactly)
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
        return lambda progress: name_checking.hits(session, progress)

    def on_looked(self, found: object) -> None:
        """Take what was found."""
        if isinstance(found, tuple):
            self.is_looked = True
            by_need = sorted(found, key=lambda hit: not hit.needs_decision)
            self.places.show_rows(by_need, self._columns)
            self.changed.emit()

    @property
    def are_open(self) -> bool:
        """Whether nobody has looked since the answers changed, or a place waits."""
        return not self.is_looked or self.undecided > 0

    @property
    def undecided(self) -> int:
        """How many places wait for the lead's word."""
        return sum(hit.needs_decision for hit in self.places.rows)

    def decide(self, rows: Sequence[int], *, redact: bool, reason: str = "") -> bool:
        """Accept the names at these places, or leave them out of packs."""
        hits = [self.places.rows[row] for row in rows]
        return self._decide([hit for hit in hits if not hit.where.goes_anyway], redact, reason)

    def decide_rest(self, *, redact: bool, reason: str = "") -> bool:
        """Do the same with every place that waits."""
        return self._decide([hit for hit in self.places.rows if hit.needs_decision], redact, reason)

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
            known = {_where_exactly(one): one for one in reader.name_decisions()}
        self.places.show_rows(
            [_with(hit, known.get(_where_exactly(hit))) for hit in self.places.rows]
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
        every = len(self.places.rows)
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


def _columns(desk: SessionViewModel) -> tuple[Column[NameHit], ...]:
    return (
        Column("Where", lambda hit: _where(desk.now, hit)),
        Column("What stands there", one_line),
        Column("In packs", decision_of, more={ROLE_INK: _ink}),
    )


def _ink(hit: NameHit) -> str:
    return "attention" if hit.needs_decision else "ink2"


def _where_exactly(one: NameHit | NameDecision) -> tuple[object, ...]:
    return one.subject, one.sha256, one.start


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
