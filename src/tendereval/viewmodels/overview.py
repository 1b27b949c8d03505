"""The Overview screen: where are we, what is missing, what is next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from tendereval.domain.bidding import BidStatus
from tendereval.domain.stages import Stage
from tendereval.services import readiness, scoring, staging
from tendereval.services.readiness import OpenPoint
from tendereval.services.situation import Situation
from tendereval.viewmodels.panel_notes import panel_notes
from tendereval.viewmodels.rows_model import ROLE_INK, Column, RowsModel
from tendereval.viewmodels.session_view_model import SessionViewModel

TITLES: Final = {
    Stage.SET_UP: "Set-up",
    Stage.PUBLISHED: "Published",
    Stage.SCORING: "Scoring",
    Stage.MODERATION: "Moderation",
    Stage.PRICE: "Price",
    Stage.AWARD: "Award",
    Stage.CLOSED: "Closed",
}
_PLACES: Final = {
    "setup": "Set-up",
    "bids": "Bids",
    "panel": "Panel",
    "moderation": "Moderation",
    "ranking": "Price and ranking",
    "public value": "Public value",
    "award": "Award and documents",
}
_NEXT: Final = {
    Stage.SET_UP: "Publish the method when it is complete",
    Stage.PUBLISHED: "Scoring can open after the tender deadline",
    Stage.SCORING: "Evaluators score, each alone",
    Stage.MODERATION: "The panel agrees every score and confirms it",
    Stage.PRICE: "Prices are open; check the ranking",
    Stage.AWARD: "Record the decision and its approvals",
    Stage.CLOSED: "This tender is closed",
}
_NUMBERS: Final = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_MOST_POINTS: Final = 50


@dataclass(frozen=True, slots=True)
class Step:
    """One stage on the line; position as in ``Station``."""

    title: str
    under: str
    position: int


@dataclass(frozen=True, slots=True)
class Progressing:
    """How far the scoring of one bid, or by one person, is; total 0 does not count."""

    name: str
    done: int
    total: int
    under: str


def _opens(point: OpenPoint) -> str:
    return f"Opens {_PLACES[point.place]}"


_DESCRIBED: Final = Qt.ItemDataRole.AccessibleDescriptionRole
_COLUMNS: Final[tuple[Column[OpenPoint], ...]] = (
    Column("Open point", lambda point: point.text, more={_DESCRIBED: _opens}),
    Column(
        "Place",
        lambda point: f"{_PLACES[point.place]}  ›",
        right=True,
        more={_DESCRIBED: _opens, ROLE_INK: lambda _point: "accent"},
    ),
)


class OverviewViewModel(QObject):
    """What the Overview screen shows.

    Signals:
        read_again: everything may have changed.
    """

    read_again = Signal()

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self.points = RowsModel(_COLUMNS, self)
        desk.changed.connect(self._on_changed)
        self.read()

    def _on_changed(self, _kinds: object) -> None:
        self.read()

    def read(self) -> None:
        """Read everything anew."""
        now = self._desk.now
        following = now.stage.following
        at = self._desk.session.clock()
        with self._desk.reading() as reader:
            waiting = scoring.outstanding(now, reader.scores())
            points = (
                () if following is None else readiness.open_points_for(reader, now, following, at)
            )
            entered = reader.stage_reasons()
            notes = (
                *(() if following is None else readiness.warnings_for(reader, now, following)),
                *panel_notes(reader, now, self._desk.person),
            )
        self.steps = _steps(now, {stage: when for stage, _reason, when in entered})
        asked = now.assignments()
        self.bids = _bids(now, [a.place.bidder for a in asked], [a.place.bidder for a in waiting])
        self.people = _people(now, [a.evaluator for a in asked], [a.evaluator for a in waiting])
        self._left = len(waiting)
        self._asked = len(asked)
        self._open, self._notes = len(points), len(notes)
        self.points.show_rows((*_first_of(points), *notes))
        self.read_again.emit()

    @property
    def sentence(self) -> str:
        """The head of the screen."""
        now = self._desk.now
        if now.stage is Stage.SCORING:
            if not self._asked:
                return "Nobody is asked to score yet"
            if not self._left:
                return "Every score is in"
            done = sum(person.done >= person.total > 0 for person in self.people)
            every = sum(person.total > 0 for person in self.people)
            if not done:
                return "No evaluator has scored everything yet"
            has = "has" if done == 1 else "have"
            return f"{_number(done)} of {_number(every).lower()} evaluators {has} scored everything"
        if now.stage is Stage.AWARD and not self._open:
            return "The award is approved"
        words = {
            Stage.SET_UP: "The method is being set up",
            Stage.PUBLISHED: "The method is published",
            Stage.MODERATION: "The panel is agreeing scores",
            Stage.PRICE: "Quality is settled and prices are open",
            Stage.AWARD: "The award is being prepared",
            Stage.CLOSED: "This tender is closed",
        }
        return words[now.stage]

    @property
    def under(self) -> str:
        """What is next."""
        now = self._desk.now
        words = _NEXT[now.stage]
        if now.stage is Stage.AWARD and not self._open:
            words = "The tender can be closed once every document is written"
        deadline = now.details.deadline
        if now.stage in {Stage.SET_UP, Stage.PUBLISHED} and deadline is not None:
            words += f". The tender deadline is {deadline.day} {deadline:%B %Y, %H:%M}"
        return f"{words}."

    @property
    def points_under(self) -> str:
        """How many open points there are, in words."""
        following = self._desk.now.stage.following
        if following is None:
            return "none; the tender is closed"
        title, more = (
            TITLES[following].lower(),
            f" · {self._notes:,} to note" if self._notes else "",
        )
        if not self._open:
            return f"none before stage {title}{more}"
        return f"{self._open:,} before stage {title}{more}"

    @property
    def next_stage(self) -> Stage | None:
        """The stage that may be entered with one press; None while points are open.

        Publishing, prices and closing are entered from their own places.
        """
        following = self._desk.now.stage.following
        ready = following in {Stage.SCORING, Stage.MODERATION} and not self._open
        return following if ready else None

    def enter_next(self) -> bool:
        """Enter the next stage."""
        following = self.next_stage
        if following is None:
            return False
        done = self._desk.did(lambda session: staging.change_stage(session, following))
        if done:
            self._desk.forget_undo()
        return done

    def open_point(self, row: int) -> None:
        """Go where a point is mended, and to the person or response it is about."""
        if 0 <= row < len(self.points.rows):
            point = self.points.rows[row]
            self._desk.place_wanted.emit(point.place.replace(" ", "_"), point.what)


def _first_of(points: tuple[OpenPoint, ...]) -> tuple[OpenPoint, ...]:
    """Return the points that are shown; a last one stands for those that are not."""
    if len(points) <= _MOST_POINTS:
        return points
    shown, rest = points[: _MOST_POINTS - 1], points[_MOST_POINTS - 1 :]
    return (*shown, replace(rest[0], text=f"And {len(rest):,} more, the first: {rest[0].text}"))


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _steps(now: Situation, entered: dict[Stage, datetime]) -> tuple[Step, ...]:
    here = now.stage.position
    steps = []
    for stage in Stage:
        when = entered.get(stage)
        reached = stage.position <= here and when is not None
        under = f"{when.day} {when:%B %Y}" if reached and when else ""
        if stage is Stage.SCORING and not under and now.details.deadline is not None:
            under = f"after {now.details.deadline.day} {now.details.deadline:%B}"
        position = (stage.position > here) - (stage.position < here)
        steps.append(Step(TITLES[stage], under, position))
    return tuple(steps)


def _bids(now: Situation, asked: Sequence[str], waiting: Sequence[str]) -> tuple[Progressing, ...]:
    found = []
    for bidder in now.bidders:
        statuses = {bid.status for bid in now.bids if bid.bidder == bidder.id}
        total = asked.count(bidder.id)
        done = total - waiting.count(bidder.id)
        if statuses and not statuses & {BidStatus.ASSESSED}:
            found.append(Progressing(bidder.name, 0, 0, str(next(iter(statuses)))))
        else:
            under = f"{done} of {total}" if total else "no scores yet"
            found.append(Progressing(bidder.name, done, total, under))
    return tuple(found)


def _people(
    now: Situation, asked: Sequence[str], waiting: Sequence[str]
) -> tuple[Progressing, ...]:
    found = []
    for member in now.panel:
        total = asked.count(member.person)
        if not total or member.left:
            continue
        done = total - waiting.count(member.person)
        declaration = now.declaration(member.person)
        settled = declaration is not None and declaration.is_settled
        under = f"{done} of {total}" if settled else "interests open"
        found.append(Progressing(now.name(member.person), done, total, under))
    return tuple(found)


def make(desk: SessionViewModel) -> OverviewViewModel:
    """Return the view-model of the place ``overview``."""
    return OverviewViewModel(desk)
