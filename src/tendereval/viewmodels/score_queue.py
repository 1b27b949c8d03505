"""What one evaluator has to score, in which order, and how far each answer is.

Reads that person's own scores only; nobody else's reach a screen from here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tendereval.domain.aliases import aliases
from tendereval.domain.bidding import Place
from tendereval.domain.evaluation import Score, ScoreState
from tendereval.domain.ids import BidderId, PersonId
from tendereval.domain.stages import Act, Stage, may
from tendereval.services import scoring
from tendereval.services.situation import Situation
from tendereval.store.repository import Reader


class Progress(StrEnum):
    """How far one answer is; the value is what people read."""

    BLANK = "not scored yet"
    DRAFT = "draft"
    READY = "ready"
    CANNOT_SCORE = "cannot score"

    @property
    def is_done(self) -> bool:
        """Whether nothing more is asked of the evaluator."""
        return self in {Progress.READY, Progress.CANNOT_SCORE}


class Order(StrEnum):
    """In which order answers are read."""

    BY_BIDDER = "by bidder"
    BY_QUESTION = "by question"


@dataclass(frozen=True, slots=True)
class Task:
    """One answer to score.

    Attributes:
        bidder: its name, or its alias where the method hides names.
        short: a letter or two for the ribbon.
        lapsed: whether the question changed since it was scored.
        is_open: whether it may be scored now.
    """

    place: Place
    bidder: str
    short: str
    title: str
    progress: Progress
    lapsed: bool = False
    is_open: bool = True

    @property
    def ref(self) -> str:
        """The reference of the question."""
        return self.place.criterion

    @property
    def words(self) -> str:
        """The task as people say it, with how far it is."""
        lot = f", lot {self.place.lot}" if self.place.lot else ""
        change = ", the question changed since" if self.lapsed else ""
        return f"{self.bidder}, {self.ref} {self.title}{lot}: {self.progress}{change}"


def bidder_names(now: Situation) -> dict[BidderId, str]:
    """Return what an evaluator reads for each bidder."""
    if now.names_hidden:
        return dict(aliases(now.bidders, now.aliases))
    return {item.id: item.name for item in now.bidders}


def own_tasks(now: Situation, reader: Reader, person: PersonId) -> tuple[Task, ...]:
    """Return what a person has to score, bidder by bidder; empty until interests are settled."""
    declaration = now.declaration(person)
    if declaration is None or not declaration.is_settled:
        return ()
    own = {item.place: item for item in reader.scores_of(person)}
    applying = {item.place for item in scoring.applying(now, tuple(own.values()))}
    typing = reader.working_places(person, "score")
    sent_back = scoring.places_open(reader)
    names = bidder_names(now)
    called = aliases(now.bidders, now.aliases)
    shorts = {key: name.rsplit(" ", 1)[-1] for key, name in called.items()}
    found = []
    for item in now.assignments():
        if item.evaluator != person:
            continue
        place = item.place
        score = own.get(place)
        lapsed = score is not None and place not in applying
        scoring_now = now.stage is Stage.SCORING or place in sent_back
        found.append(
            Task(
                place,
                names[place.bidder],
                shorts[place.bidder],
                now.criterion(place.criterion).title,
                _progress(score, lapsed=lapsed, typing=place in typing),
                lapsed,
                may(now.stage, Act.SCORE) and scoring_now,
            )
        )
    return tuple(found)


def _progress(score: Score | None, *, lapsed: bool, typing: bool) -> Progress:
    """An empty draft is what undoing a first step leaves: nothing is scored."""
    if score is None or (
        score.state is ScoreState.DRAFT and score.points is None and not score.rationale.strip()
    ):
        return Progress.DRAFT if typing else Progress.BLANK
    if typing or lapsed:
        return Progress.DRAFT
    return Progress(str(score.state))


def in_order(tasks: Sequence[Task], order: Order) -> tuple[Task, ...]:
    """Return tasks bidder by bidder, or question by question."""
    if order is Order.BY_BIDDER:
        return tuple(tasks)
    refs = list(dict.fromkeys((task.ref, task.place.lot) for task in tasks))
    return tuple(sorted(tasks, key=lambda task: refs.index((task.ref, task.place.lot))))


def following(
    tasks: Sequence[Task], here: Place | None, by: int, *, only_open: bool
) -> Task | None:
    """Return the task a step away, or the next open one going round; None at the end.

    Args:
        tasks: in order.
        here: where one is; None is before the first.
        by: 1 or -1.
        only_open: pass over what is done and, going on, begin again at the top.
    """
    places = [task.place for task in tasks]
    start = places.index(here) if here in places else -1 if by > 0 else len(tasks)
    steps = range(1, len(tasks) + 1)
    for step in steps:
        number = start + step * by
        if only_open:
            number %= len(tasks)
        elif not 0 <= number < len(tasks):
            return None
        task = tasks[number]
        if not only_open or not task.progress.is_done:
            return None if task.place == here else task
    return None


def counts(tasks: Sequence[Task]) -> dict[Progress, int]:
    """Return how many tasks are how far."""
    return {progress: sum(task.progress is progress for task in tasks) for progress in Progress}
