"""The Return screen on the evaluator's own laptop: what goes back, what is missing, what came.

Holds no rule: ``returning`` says what may be returned, and refuses in words.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from tendereval.domain.bidding import Place
from tendereval.domain.errors import UserFixable
from tendereval.domain.evaluation import Declaration, ScoreState
from tendereval.domain.ids import BidderId, CriterionId
from tendereval.domain.packs import Manifest, ReturnKind
from tendereval.domain.stages import Stage
from tendereval.services import panel, returning, unfinished
from tendereval.services.returning import Part, ReturnProgress
from tendereval.store.pack_questions import ReturnMade
from tendereval.viewmodels import own_laptop
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.receipts import ReceiptsViewModel
from tendereval.viewmodels.return_writing import ReturnWriting
from tendereval.viewmodels.session_view_model import SessionViewModel

_SHOWN_FOR = frozenset({Kind.SCORES, Kind.STAGE, Kind.METHOD, Kind.BIDS, Kind.DECLARATIONS})
_QUESTION = "question to the lead"
_NOWHERE = Place(BidderId(""), CriterionId(""), None)
_KEEP_AFTER_MS = 1500


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the return still lacks.

    Attributes:
        words: what, as a line that opens it.
        place: the answer; None where the declaration is meant.
    """

    words: str
    place: Place | None


class GiveBackViewModel(QObject):
    """What goes back to the lead, and what became of it; read when it is looked at.

    Args:
        desk: an evaluator's working file.

    Signals:
        changed: any of it.
        question_changed: the question, while it is typed.
    """

    changed = Signal()
    question_changed = Signal()

    def __init__(self, desk: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.writing = ReturnWriting(desk, desk)
        self.receipts = ReceiptsViewModel(desk, desk)
        self._question = unfinished.unfinished(desk.session, _QUESTION, _NOWHERE) or ""
        self._timer = desk.later(self, _KEEP_AFTER_MS, self.keep)
        self._progress: ReturnProgress | None = None
        self._changed_since: int | None = None
        self._states: list[ScoreState] | None = None
        desk.changed.connect(self._on_changed)

    def _on_changed(self, kinds: object) -> None:
        if isinstance(kinds, frozenset) and kinds & _SHOWN_FOR:
            self._progress = self._changed_since = self._states = None
            self.changed.emit()

    @property
    def progress(self) -> ReturnProgress:
        """How far the evaluator is."""
        if self._progress is None:
            self._progress = returning.progress_of(self.desk.session)
        return self._progress

    @property
    def pack(self) -> Manifest:
        """The newest pack of the file."""
        return self.writing.pack

    @property
    def lead(self) -> str:
        """Who gets the return."""
        return self.pack.lead

    # What goes back

    @property
    def declaration(self) -> Declaration | None:
        """What the person declared; None also where it is to be made anew."""
        found = self.desk.now.declaration(self.desk.person)
        return None if found is None or panel.is_asked_anew(found) else found

    @property
    def kind(self) -> ReturnKind:
        """What a return written now brings."""
        found = self.declaration
        alone = found is not None and (not found.is_settled or not self.desk.now.assignments())
        return ReturnKind.DECLARATION if alone else ReturnKind.SCORES

    @property
    def missing(self) -> tuple[Gap, ...]:
        """What is still asked, line by line."""
        if self.declaration is None:
            return (Gap("Your declaration of interests", None),)
        if self.kind is ReturnKind.DECLARATION:
            return ()
        now = self.desk.now
        return tuple(
            Gap(f"{now.place_in_words(place)}: {part}", place)
            for place, part in self.progress.asked
            if part is not Part.READY
        )

    @property
    def lapsed(self) -> tuple[str, ...]:
        """Scores that are kept and do not apply any more, each with the reason."""
        return tuple(f"{item.where}. {item.why}" for item in self.progress.lapsed)

    @property
    def is_part(self) -> bool:
        """Whether a return written now leaves out something that is asked."""
        return bool(self.missing)

    @property
    def may_write(self) -> bool:
        """Whether a return could be written now."""
        if self.declaration is None:
            return False
        return not self.is_part or self.progress.part_allowed

    @property
    def waits(self) -> str:
        """What the return waits for, or what is special about it; empty where nothing is."""
        left = len(self.missing)
        if self.declaration is None:
            return "The return waits for your declaration."
        if self.is_part and not self.progress.part_allowed:
            return f"The return waits for {_few(left, 'answer')}. {self.lead} wants it complete."
        if self.is_part:
            return (
                f"{_few(left, 'answer')} would be missing. {self.lead} takes a part; it is marked "
                "as one, and you return again later."
            )
        return ""

    @property
    def amounts(self) -> tuple[tuple[str, str], ...]:
        """What a return holds now: a figure and what it counts."""
        found: list[tuple[str, str]] = []
        if self.declaration is not None:
            found.append(("1", "declaration of interests."))
        if self.kind is ReturnKind.SCORES:
            found += self._score_amounts()
        if self._question.strip():
            found.append(("1", "private question."))
        return tuple(found) or (("0", "Nothing yet."),)

    def _score_amounts(self) -> list[tuple[str, str]]:
        if self._states is None:
            person = self.desk.person
            with self.desk.reading() as reader:
                self._states = [one.state for one in reader.scores() if one.evaluator == person]
        states = self._states
        lapsed = [item.score.state for item in self.progress.lapsed]
        ready, cannot, draft = (
            states.count(one) - lapsed.count(one)
            for one in (ScoreState.READY, ScoreState.CANNOT_SCORE, ScoreState.DRAFT)
        )
        words = (
            (ready, f"{'scores' if ready != 1 else 'score'}, each with its rationale."),
            (cannot, "that you cannot score, and why."),
            (draft, "in draft, and marked so." if self.progress.part_allowed else "in draft."),
        )
        return [(str(number), text) for number, text in words if number > 0]

    # What became of it

    @property
    def last(self) -> ReturnMade | None:
        """The newest return of scores or of a declaration; None where none was written."""
        found = [r for r in self.progress.returns if r.kind is not ReturnKind.CONFIRMATION]
        return found[-1] if found else None

    @property
    def is_received(self) -> bool:
        """Whether the lead has the newest return."""
        return self.last is not None and self.last.sha256 in self.progress.received

    @property
    def is_done(self) -> bool:
        """Whether a complete return of scores was written and nothing changed since.

        Asked after every change of the file, so that it reads no more than it has to.
        """
        made = self.receipts.newest(ReturnKind.SCORES)
        if made is None or not made.complete:
            return False
        with self.desk.reading() as reader:
            moments = [one.recorded_at for one in reader.scores() if one.recorded_at is not None]
        return all(at <= made.made_at for at in moments)

    @property
    def changed_since(self) -> int:
        """How many scores changed since the newest return of scores."""
        if self._changed_since is None:
            sent = [r for r in self.progress.returns if r.kind is ReturnKind.SCORES]
            self._changed_since = self._count_since(sent[-1]) if sent else 0
        return self._changed_since

    def _count_since(self, made: ReturnMade) -> int:
        lapsed = {item.score.place for item in self.progress.lapsed}
        with self.desk.reading() as reader:
            return sum(
                item.evaluator == self.desk.person
                and item.recorded_at is not None
                and item.recorded_at > made.made_at
                and item.place not in lapsed
                for item in reader.scores()
            )

    @property
    def sentence(self) -> str:
        """Where things stand, to be read aloud."""
        last, changed, left = self.last, self.changed_since, len(self.missing)
        if self.declaration is None:
            return "Declare first, then return"
        if changed:
            return f"{_few(changed, 'score')} changed since: return again"
        if last is not None and last.kind is self.kind and (last.complete or not left):
            return f"{self.lead} has your return" if self.is_received else "Your return is written"
        if self.kind is ReturnKind.DECLARATION:
            return "Return your declaration alone"
        if left:
            return f"{_few(left, 'answer')} of {len(self.progress.asked)} still to score"
        return "Everything is ready to return"

    @property
    def under(self) -> str:
        """What follows from it."""
        last = self.last
        if last is None:
            return self._before_words
        when = own_laptop.moment(last.made_at)
        if self.changed_since:
            return (
                f"You returned on {when}. The new return adds what changed; {self.lead} keeps both."
            )
        if self.is_received:
            return f"It was written on {when}, and its receipt has come."
        part = "" if last.complete else " It was a part only."
        alone = " It was the declaration alone." if last.kind is ReturnKind.DECLARATION else ""
        return f"Written on {when}.{part}{alone} Once {self.lead} has it, the receipt says so."

    @property
    def _before_words(self) -> str:
        if self.kind is ReturnKind.DECLARATION:
            return (
                f"It goes to {self.lead} before any answer is shown. The decision comes to you in "
                "a new pack."
            )
        if self.missing:
            return "You can stop and come back as you like: everything you wrote is kept."
        if self.desk.now.stage is not Stage.SCORING:
            return (
                f"Moderation has opened. {self.lead} sees what you return now, apart from the "
                "scores that the panel reads."
            )
        return (
            "It is one file, signed by you and sealed. You can still change a score afterwards "
            "and return again, until moderation is opened."
        )

    # The question

    @property
    def question(self) -> str:
        """The private question to the lead, as far as it is typed."""
        return self._question

    def type_question(self, words: str) -> None:
        """Take the question as it is being typed."""
        if words != self._question:
            self._question = words
            self._timer.start()
            self.question_changed.emit()

    def keep(self) -> None:
        """Keep the question, at once; it is no part of the record before it is returned."""
        self._timer.stop()
        if not self.desk.is_open:
            return
        session, words = self.desk.session, self._question
        try:
            if words.strip():
                unfinished.keep_unfinished(session, _QUESTION, _NOWHERE, words)
            else:
                unfinished.drop_unfinished(session, _QUESTION, _NOWHERE)
        except UserFixable as refusal:
            self.desk.refused.emit(refusal)
        else:
            self.desk.note_saved()

    def note_written(self) -> None:
        """Let go of a question that is on its way."""
        self._question = ""
        self.keep()
        self.changed.emit()


def _few(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"
