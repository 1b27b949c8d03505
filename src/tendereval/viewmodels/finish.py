"""The Finish screen: what one evaluator has done, what is missing, what happens next."""

from PySide6.QtCore import QObject, Signal

from tendereval.domain.evaluation import Role
from tendereval.domain.stages import Stage
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.score_queue import Progress, Task, counts, own_tasks
from tendereval.viewmodels.session_view_model import SessionViewModel

_SHOWN_FOR = frozenset({Kind.SCORES, Kind.STAGE, Kind.METHOD, Kind.BIDS, Kind.DECLARATIONS})


class FinishViewModel(QObject):
    """What is done and what is not.

    Signals:
        changed: any of it.
    """

    changed = Signal()

    def __init__(self, desk: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._tasks: tuple[Task, ...] = ()
        desk.changed.connect(self._on_changed)
        self._read()

    def _on_changed(self, kinds: object) -> None:
        if isinstance(kinds, frozenset) and kinds & _SHOWN_FOR:
            self._read()
            self.changed.emit()

    def _read(self) -> None:
        now = self.desk.now
        with self.desk.reading() as reader:
            self._tasks = own_tasks(now, reader, self.desk.person)

    @property
    def missing(self) -> tuple[Task, ...]:
        """The answers that are not done, bidder by bidder."""
        return tuple(task for task in self._tasks if not task.progress.is_done)

    @property
    def is_done(self) -> bool:
        """Whether nothing is asked any more."""
        return bool(self._tasks) and not self.missing

    @property
    def sentence(self) -> str:
        """Where things stand, to be read aloud."""
        total, left = len(self._tasks), len(self.missing)
        if not total:
            return "There is nothing for you to score yet"
        if not left:
            return "Every answer is scored" if total > 1 else "The answer is scored"
        return f"{_few(left, 'answer')} of {total} still to score"

    @property
    def done_line(self) -> str:
        """How many answers are how far, in words."""
        found = counts(self._tasks)
        parts = [
            f"{found[Progress.READY]} ready",
            f"{found[Progress.DRAFT]} in draft" if found[Progress.DRAFT] else "",
            f"{found[Progress.BLANK]} not scored yet" if found[Progress.BLANK] else "",
            f"{found[Progress.CANNOT_SCORE]} that you cannot score"
            if found[Progress.CANNOT_SCORE]
            else "",
        ]
        return "  ·  ".join(part for part in parts if part) if self._tasks else ""

    @property
    def lead(self) -> str:
        """Who takes the laptop back."""
        now = self.desk.now
        lender = self.desk.lender
        leads = [m.person for m in now.panel if m.role is Role.LEAD and not m.left]
        found = lender or (leads[0] if leads else None)
        return now.name(found) if found else "the lead evaluator"

    @property
    def next_words(self) -> str:
        """What happens next."""
        if self.desk.now.stage is not Stage.SCORING:
            return "Individual scores are locked. Nothing more is asked of you here."
        if not self.is_done:
            return (
                f"You can stop here and come back: everything is kept. {self.lead} can open "
                "moderation once every answer is ready, or you have said why you cannot score it."
            )
        return (
            f"Hand the laptop back to {self.lead}. You can still change a score until moderation "
            "is opened. From then on your scores and rationales stay as they are, and the panel "
            "reads them together."
        )


def _few(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"


def make(desk: SessionViewModel) -> FinishViewModel:
    """Return the view-model of the Finish screen."""
    return FinishViewModel(desk, desk)
