"""The Score screen: one evaluator, one answer at a time, every word kept.

Holds no rule: services say what may be recorded. Typed text is kept within a second and a half
and becomes a revision when the person leaves it.
"""

from fractions import Fraction
from typing import Final

from PySide6.QtCore import QObject, Signal

from tendereval.domain.bidding import Place
from tendereval.domain.errors import UserFixable
from tendereval.domain.evaluation import Role, ScoreState, check_score
from tendereval.domain.evidence import Evidence, join_rationale, split_rationale
from tendereval.domain.hints import Hint, HintKind, hints
from tendereval.domain.ids import DocumentId
from tendereval.domain.stages import Stage
from tendereval.services.situation import Situation
from tendereval.viewmodels.commitments_beside import CommitmentsBeside
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.score_entry import KEEP_AFTER_MS, ScoreEntry, written_before
from tendereval.viewmodels.score_page import Library, Page
from tendereval.viewmodels.score_queue import (
    Order,
    Progress,
    Task,
    counts,
    following,
    in_order,
    own_tasks,
)
from tendereval.viewmodels.session_view_model import SessionViewModel

_SHOWN_FOR: Final = frozenset(
    {Kind.SCORES, Kind.STAGE, Kind.METHOD, Kind.BIDS, Kind.PANEL, Kind.DECLARATIONS, Kind.AGREED}
)
_READ_FOR: Final = frozenset({Kind.RESPONSES, Kind.DOCUMENTS, Kind.BIDS, Kind.METHOD})


class ScoreViewModel(QObject):
    """One evaluator's answers, the one that is shown, and what is being entered.

    Signals:
        tasks_changed: how far answers are, their order or the filter.
        page_changed: another answer is shown.
        entry_changed: score, state or rationale, as the file has them now.
        hints_changed: the quiet hints under the rationale.
        nothing_left: the last open answer is done.
    """

    tasks_changed = Signal()
    page_changed = Signal()
    entry_changed = Signal()
    hints_changed = Signal()
    nothing_left = Signal()

    def __init__(
        self,
        desk: SessionViewModel,
        parent: QObject | None = None,
        *,
        keep_after_ms: int = KEEP_AFTER_MS,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._order, self._only_open = Order.BY_BIDDER, False
        self._tasks: tuple[Task, ...] = ()
        self._library = Library()
        self._page: Page | None = None
        self._entry = ScoreEntry(desk, self, keep_after_ms=keep_after_ms)
        self.beside = CommitmentsBeside(desk, self, keep_after_ms=keep_after_ms)
        self._hints: tuple[Hint, ...] = ()
        self._dismissed: set[tuple[Place, HintKind]] = set()
        self._rest_timer = desk.later(self, keep_after_ms, self._look_for_hints)
        self._entry.typed.connect(self._on_typed)
        self._entry.changed.connect(self._on_entry_changed)
        self._entry.place_wanted.connect(self._show)
        desk.changed.connect(self._on_changed)
        self._read_tasks()
        self._go_to_first()

    # What is shown

    @property
    def now(self) -> Situation:
        """The situation of the tender."""
        return self.desk.now

    @property
    def is_community(self) -> bool:
        """Whether the larger, calmer page is shown."""
        panel = self.desk.now.panel
        return any(m.person == self.desk.person and m.role is Role.COMMUNITY for m in panel)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Every answer to score, in the chosen order."""
        return self._tasks

    @property
    def listed(self) -> tuple[Task, ...]:
        """The answers of the list: all, or those not done."""
        if not self._only_open:
            return self._tasks
        return tuple(task for task in self._tasks if not task.progress.is_done)

    @property
    def order(self) -> Order:
        """The order of reading."""
        return self._order

    @property
    def only_open(self) -> bool:
        """Whether moving passes over what is done."""
        return self._only_open

    @property
    def done(self) -> tuple[int, int]:
        """How many answers are done, and how many there are."""
        found = counts(self._tasks)
        return found[Progress.READY] + found[Progress.CANNOT_SCORE], len(self._tasks)

    @property
    def task(self) -> Task | None:
        """The answer that is shown; None where there is nothing to score."""
        place = self._page.place if self._page else None
        return next((task for task in self._tasks if task.place == place), None)

    @property
    def page(self) -> Page | None:
        """Question and answer."""
        return self._page

    @property
    def points(self) -> Fraction | None:
        """The score that is given."""
        return self._entry.value.points

    @property
    def progress(self) -> Progress:
        """How far the answer that is shown is."""
        return self.task.progress if self.task else Progress.BLANK

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence cited so far."""
        return split_rationale(self._entry.value.rationale)[0]

    @property
    def words(self) -> str:
        """The rationale without its evidence."""
        return split_rationale(self._entry.value.rationale)[1]

    @property
    def may_score(self) -> bool:
        """Whether the answer that is shown may be scored now."""
        return self.task is not None and self.task.is_open

    @property
    def locked_because(self) -> str:
        """Why the answer that is shown is locked; empty where it may be scored."""
        if self.task is None or self.task.is_open:
            return ""
        begun = self.now.stage.position >= Stage.MODERATION.position
        return "Scores are locked: moderation has begun" if begun else "Scores are locked"

    @property
    def could_be_ready(self) -> bool:
        """Whether the rules would take the entry as ready."""
        entry, page = self._entry.value, self._page
        if page is None or entry.state is ScoreState.CANNOT_SCORE:
            return False
        try:
            check_score(page.scale, ScoreState.READY, entry.points, entry.rationale)
        except UserFixable:
            return False
        return True

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The hints to show, two at most."""
        return self._hints

    def document(self, document: DocumentId) -> bytes:
        """Return the bytes of a bidder's document."""
        with self.desk.reading() as reader:
            return reader.document_content(document)

    # Moving

    def go_to(self, place: Place) -> None:
        """Show another answer; what was typed here becomes a revision first."""
        if self._page is not None and place == self._page.place:
            return
        self.settle()
        self._show(place)

    def move(self, by: int) -> bool:
        """Go a step on or back and say whether there was one."""
        found = following(self._tasks, self._here, by, only_open=self._only_open)
        if found is not None:
            self.go_to(found.place)
        return found is not None

    def finish_and_go_on(self) -> None:
        """Mark ready where the rules allow it, then go to the next answer that is not done."""
        if self.may_score and self.could_be_ready:
            if not self._entry.record(state=ScoreState.READY):
                return
        else:
            self.settle()
        found = following(self._tasks, self._here, 1, only_open=True)
        if found is not None:
            self._show(found.place)
        elif all(task.progress.is_done for task in self._tasks):
            self.nothing_left.emit()

    def set_order(self, order: Order) -> None:
        """Read bidder by bidder, or question by question."""
        self.settle()
        self._order = order
        self._read_tasks()

    def set_only_open(self, only: bool) -> None:  # noqa: FBT001 - a switch has one state
        """Pass over what is done, or do not."""
        self._only_open = only
        self.tasks_changed.emit()

    @property
    def _here(self) -> Place | None:
        return self._page.place if self._page else None

    def _go_to_first(self) -> None:
        first = following(self._tasks, None, 1, only_open=True)
        if first is None and self._tasks:
            first = self._tasks[0]
        if first is not None:
            self._show(first.place)

    # Entering

    def choose(self, points: Fraction) -> None:
        """Give a score; a draft until it is marked ready."""
        if points != self.points:
            ready = self._entry.value.state is ScoreState.READY and self.words.strip()
            state = ScoreState.READY if ready else ScoreState.DRAFT
            self._entry.record(points=points, state=state)

    def type_words(self, words: str) -> None:
        """Take the rationale as it is being typed."""
        if words != self.words:
            self._entry.take(join_rationale(self.evidence, words))

    def cite(self, evidence: Evidence) -> None:
        """Put evidence on top of the rationale, once."""
        if evidence not in self.evidence and self.may_score:
            self._entry.take(join_rationale((*self.evidence, evidence), self.words))
            self._entry.settle()

    def drop_evidence(self, number: int) -> None:
        """Take a piece of evidence out again."""
        left = tuple(item for i, item in enumerate(self.evidence) if i != number)
        self._entry.take(join_rationale(left, self.words))
        self._entry.settle()

    def _on_typed(self) -> None:
        self._rest_timer.start()
        if self._hints:
            self._hints = ()
            self.hints_changed.emit()

    def set_ready(self, ready: bool) -> None:  # noqa: FBT001 - a switch has one state
        """Mark the score ready, or a draft again."""
        self._entry.record(state=ScoreState.READY if ready else ScoreState.DRAFT)

    def cannot_score(self, ground: str, reason: str) -> bool:
        """Record that this answer cannot be scored by this person, and why.

        Args:
            ground: ``Conflict of interest`` or ``Other``.
            reason: in the person's own words.
        """
        words = f"{ground}: {reason.strip()}" if reason.strip() else ""
        return self._entry.record(state=ScoreState.CANNOT_SCORE, points=None, rationale=words)

    def score_after_all(self) -> None:
        """Take back "cannot score"; the rationale written before it returns."""
        if self._here is not None:
            with self.desk.reading() as reader:
                before = written_before(reader, self.desk.person, self._here)
            self._entry.record(state=ScoreState.DRAFT, points=None, rationale=before)

    def keep(self) -> None:
        """Keep what is being typed, at once."""
        self._entry.keep()

    def settle(self) -> None:
        """Make what was typed a revision: when leaving the field, moving on, closing."""
        self._entry.settle()
        self.beside.keep()

    # Reading

    def _on_changed(self, kinds: object) -> None:
        if not isinstance(kinds, frozenset):
            return
        if kinds & _READ_FOR:
            self._library.forget()
        if kinds & _SHOWN_FOR:
            self._read_tasks()
            if self._page is None or self.task is None:
                self._page = None
                self._entry.close()
                self.beside.close()
                self._go_to_first()
                self.page_changed.emit()

    def _read_tasks(self) -> None:
        now = self.desk.now
        with self.desk.reading() as reader:
            found = own_tasks(now, reader, self.desk.person)
        self._tasks = in_order(found, self._order)
        self.tasks_changed.emit()

    def _show(self, place: Place) -> None:
        task = next((item for item in self._tasks if item.place == place), None)
        if task is None:
            return
        now = self.desk.now
        with self.desk.reading() as reader:
            self._page = self._library.page(now, reader, task)
        self.page_changed.emit()
        self._entry.open(place, f"{task.ref}, {task.bidder}")
        self.beside.open(place)

    def _on_entry_changed(self) -> None:
        self.entry_changed.emit()
        self._look_for_hints()

    def _look_for_hints(self) -> None:
        entry, page = self._entry.value, self._page
        found: tuple[Hint, ...] = ()
        if page is not None and entry.state is not ScoreState.CANNOT_SCORE:
            asked = " ".join((page.question, *page.guidance))
            found = hints(
                entry.rationale, page.scale, entry.points, question=asked, others=page.other_names
            )
        shown = tuple(
            hint for hint in found if page and (page.place, hint.kind) not in self._dismissed
        )[:2]
        if shown != self._hints:
            self._hints = shown
            self.hints_changed.emit()

    def keep_as_it_is(self, kind: HintKind) -> None:
        """Show a hint no more for this answer; nothing of it is kept anywhere."""
        if self._page is not None:
            self._dismissed.add((self._page.place, kind))
            self._look_for_hints()


def make(desk: SessionViewModel) -> ScoreViewModel:
    """Return the view-model of the Score screen."""
    return ScoreViewModel(desk, desk)
