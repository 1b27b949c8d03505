"""Returns for tests: real ones from evaluators' laptops, and others altered and signed anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

from tendereval.domain.bidding import Place
from tendereval.domain.evaluation import Score, ScoreState
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import PackKind, ReturnBody, ReturnedScore, ReturnKind
from tendereval.exchange import return_file
from tendereval.exchange.seal import SecretKeys
from tendereval.services import collecting, declaring, returning
from tendereval.services.checking import check_tender
from tendereval.services.collecting import CollectDone, Collection, ReturnReport
from tendereval.services.session import Session
from tests.service.builders import (
    ALDER,
    BEN,
    BIRCH,
    CAM,
    TickingClock,
    place,
)
from tests.service.packs import Round, a_folder, lead_and_packs, score, score_all

PLACES = tuple(place(bidder, ref) for bidder in (ALDER, BIRCH) for ref in ("Q1", "Q2"))


@cache
def _ready(stage: str) -> Round:
    made = lead_and_packs(a_folder("round-"), stage)
    if stage == "scoring":
        for person in (BEN, CAM):
            with made.at_home(person) as session:
                declaring.declare(session, "")
                score_all(session, f"Reader {person}.", 3)
    return made


def a_round(folder: Path, stage: str = "scoring") -> Round:
    """Return a tender whose evaluators have their packs, declared and scored everything with 3."""
    return _ready(stage).copied_to(folder)


@dataclass(slots=True)
class Post:
    """A round, and the returns that are on their way to the lead.

    Attributes:
        round: the lead's desk and the evaluators' laptops.
        sent: how many returns were made.
    """

    round: Round
    sent: int = field(default=0)

    @property
    def file(self) -> Path:
        """The tender file."""
        return self.round.desk.file

    def returned(
        self,
        person: PersonId = BEN,
        kind: ReturnKind = ReturnKind.SCORES,
        question: str = "",
        *,
        part: bool = False,
    ) -> Path:
        """Make a return on an evaluator's laptop."""
        path = self._next(person)
        with self.round.at_home(person) as session:
            returning.make_return(session, path, kind, question, part=part)
        return path

    def _next(self, person: PersonId) -> Path:
        self.sent += 1
        return self.round.desk.folder / f"{person}-{self.sent}.scores"

    def body(self, path: Path) -> ReturnBody:
        """Read what was signed in a return."""
        _sealed, plain = return_file.read_return(path, [self.round.secrets().secret])
        return return_file.read_signed(plain)[0]

    def altered(
        self,
        change: Callable[[ReturnBody], ReturnBody],
        person: PersonId = BEN,
        *,
        keys: SecretKeys | None = None,
        recipient: str = "",
    ) -> Path:
        """Make a return, change what it says, and sign and seal it as its evaluator would."""
        body = change(self.body(self.returned(person)))
        return self.signed(body, keys=keys, recipient=recipient)

    def signed(
        self, body: ReturnBody, *, keys: SecretKeys | None = None, recipient: str = ""
    ) -> Path:
        """Sign a body with its evaluator's keys, or others, and seal it to the tender."""
        own = keys or self.round.identities[body.evaluator].keys
        path = self._next(body.evaluator)
        plain = return_file.signed(replace(body, keys=own.public), own)
        return_file.write_return(path, plain, recipient or self.round.secrets().public.recipient)
        return path

    def look(self, *paths: Path) -> Collection:
        """Look at returns as the lead does before collecting."""
        with self.round.lead() as session:
            return collecting.look_at_returns(session, paths)

    def report(self, path: Path) -> ReturnReport:
        """Return what a look says of one return."""
        return self.look(path).reports[0]

    def collect(self, *paths: Path, insist: str = "") -> CollectDone:
        """Look at returns and collect them."""
        with self.round.lead() as session:
            found = collecting.look_at_returns(session, paths)
            return collecting.collect(session, found, insist)

    def scores(self, person: PersonId = BEN) -> dict[Place, Score]:
        """Return the scores of one person that stand in the tender file."""
        with self.round.desk.looking() as session, session.reading() as reader:
            return {score.place: score for score in reader.scores_of(person)}

    def points(self, person: PersonId = BEN) -> dict[Place, Fraction | None]:
        """Return the points of one person that stand in the tender file."""
        return {at: score.points for at, score in self.scores(person).items()}

    def at_home(self, person: PersonId = BEN) -> Session:
        """Open an evaluator's working file."""
        return self.round.at_home(person)

    def rescored(self, points: int, words: str, *at: Place, person: PersonId = BEN) -> Path:
        """Score some answers anew on an evaluator's laptop and make a return."""
        with self.at_home(person) as session:
            for one in at or PLACES:
                score(session, one, words, points)
        return self.returned(person)

    def faults(self) -> tuple[str, ...]:
        """Return what a check of the tender file finds wrong."""
        with self.round.desk.looking() as session:
            return check_tender(session).faults

    def records_for(self, *people: PersonId) -> None:
        """Send the agreed scores to be confirmed."""
        self.round.send(people, PackKind.RECORD)


def a_post(folder: Path, stage: str = "scoring") -> Post:
    """Return a tender with everybody ready to return."""
    return Post(a_round(folder, stage))


def with_score(body: ReturnBody, score: ReturnedScore) -> ReturnBody:
    """Return a body in which one score takes the place of the one at its place, or is added."""
    others = tuple(item for item in body.scores if item.place != score.place)
    return replace(body, scores=(score, *others))


def a_score(
    at: Place,
    points: str | None = "3",
    state: ScoreState = ScoreState.READY,
    rationale: str = "Because.",
    version: int = 1,
    when: datetime | None = None,
) -> ReturnedScore:
    """Return one returned score."""
    value = None if points is None else Fraction(points)
    moment = when or TickingClock().now + timedelta(days=30)
    return ReturnedScore(at, state, value, rationale, version, moment)


def kinds(post: Post) -> list[str]:
    """Return what the record says was done, in order."""
    return [entry.kind for entry in post.round.desk.entries()]


def names(reports: Sequence[ReturnReport]) -> list[str]:
    """Return the files of reports, in their order."""
    return [report.name for report in reports]
