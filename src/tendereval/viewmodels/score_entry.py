"""One evaluator's entry for one answer: recorded, being typed, kept within a second and a half.

The entry is what the file holds plus what is being typed; services say what may be recorded.
"""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from tendereval.domain.bidding import Place
from tendereval.domain.errors import UserFixable
from tendereval.domain.evaluation import ScoreState
from tendereval.domain.exact import from_text, to_text
from tendereval.domain.ids import BidderId, CriterionId, PersonId
from tendereval.services.scoring import Entry, keep_typing, record_score
from tendereval.store.repository import Reader
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.session_view_model import SessionViewModel

KEEP_AFTER_MS: Final = 1500
_NOWHERE: Final = Entry(Place(BidderId(""), CriterionId("")), ScoreState.DRAFT, None, "")


class ScoreEntry(QObject):
    """What is entered for the answer that is shown.

    Signals:
        changed: the entry, as the file has it now.
        typed: text that is not in a revision yet.
        place_wanted: a step taken back or done again belongs to another place.
    """

    changed = Signal()
    typed = Signal()
    place_wanted = Signal(object)

    def __init__(self, desk: SessionViewModel, parent: QObject, *, keep_after_ms: int) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words = ""
        self._is_open = False
        self._kept = self._value = _NOWHERE
        self._timer = desk.later(self, keep_after_ms, self.keep)

    @property
    def value(self) -> Entry:
        """The entry with what is being typed."""
        return self._value

    def open(self, place: Place, words: str) -> None:
        """Turn to an answer.

        Args:
            place: which.
            words: what the undo menu calls it.
        """
        self._words, self._is_open = words, True
        self._read(place)

    def close(self) -> None:
        """Turn away from every answer."""
        self._timer.stop()
        self._is_open = False
        self._kept = self._value = _NOWHERE

    def _read(self, place: Place) -> None:
        with self._desk.reading() as reader:
            self._kept, self._value = read_entry(reader, self._desk.person, place)
        self.changed.emit()

    def take(self, rationale: str) -> None:
        """Take the rationale as it stands while it is being typed."""
        if not self._is_open or rationale == self._value.rationale:
            return
        self._value = replace(self._value, rationale=rationale)
        if not self._timer.isActive():
            self._timer.start()
        self.typed.emit()

    def keep(self) -> None:
        """Keep what is being typed as working text, without a revision."""
        self._timer.stop()
        entry = self._value
        if not self._is_open or entry == self._kept:
            return
        state = ScoreState.DRAFT if entry.state is ScoreState.READY else entry.state
        text: dict[str, str | None] = {
            "points": None if entry.points is None else to_text(entry.points),
            "state": str(state),
            "body": entry.rationale,
        }
        try:
            keep_typing(self._desk.session, self._desk.person, "score", entry.place, text)
        except UserFixable as refusal:
            self._desk.refused.emit(refusal)
        else:
            self._desk.note_saved()

    def settle(self) -> None:
        """Make what was typed a revision; where that is refused it stays as working text."""
        self._timer.stop()
        if self._is_open and self._value != self._kept and not self.record():
            self.keep()

    def record(self, **changed: object) -> bool:
        """Record the entry with these fields changed, and offer to take it back.

        A ready score whose rationale was emptied is a draft again.
        """
        if not self._is_open:
            return False
        self._timer.stop()
        before = self._kept
        entry: Entry = replace(self._value, **changed)  # type: ignore[arg-type]  # fields of an entry
        emptied = entry.state is ScoreState.READY and not entry.rationale.strip()
        if emptied and "state" not in changed:
            entry = replace(entry, state=ScoreState.DRAFT)
        if entry == before and self._value == before:
            return True
        if not self._write(entry):
            return False
        self._desk.can_undo_with(
            self._words, lambda: self._write_again(before), lambda: self._write_again(entry)
        )
        return True

    def _write(self, entry: Entry) -> bool:
        person = self._desk.person
        done = self._desk.did(lambda session: record_score(session, person, entry), Kind.SCORES)
        if done:
            self._read(entry.place)
        else:
            self.changed.emit()
        return done

    def _write_again(self, entry: Entry) -> None:
        if self._value.place != entry.place:
            self.settle()
            self.place_wanted.emit(entry.place)
        self._write(entry)


def read_entry(reader: Reader, person: PersonId, place: Place) -> tuple[Entry, Entry]:
    """Return the entry as last recorded, and as it stands with text still being typed."""
    score = reader.current_score(person, place)
    kept = Entry(place, ScoreState.DRAFT, None, "")
    if score is not None:
        kept = Entry(place, score.state, score.points, score.rationale)
    typed = reader.working_text(person, "score", place)
    if typed is None:
        return kept, kept
    figure = typed.get("points")
    points = None if figure is None else from_text(figure)
    return kept, Entry(place, ScoreState(typed["state"]), points, typed["body"])


def written_before(reader: Reader, person: PersonId, place: Place) -> str:
    """Return the rationale of the last revision that was no "cannot score"; empty without one."""
    own = [
        item.rationale
        for item in reader.score_history(place)
        if item.evaluator == person and item.state is not ScoreState.CANNOT_SCORE
    ]
    return own[-1] if own else ""
