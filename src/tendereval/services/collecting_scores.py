"""The scores of one return against those that stand: new, changed, the same, kept apart, missing.

Writes nothing. What may not be given at all is refused in words, all of it together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tendereval.domain.bidding import Place
from tendereval.domain.errors import NotAllowedNow, UnreadablePack, UserFixable, WrongTender
from tendereval.domain.evaluation import Assignment, Score, ScoreState
from tendereval.domain.exact import to_text
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import ReturnedScore
from tendereval.domain.stages import Act, Stage
from tendereval.services import scoring
from tendereval.services.collecting_checks import Arrived
from tendereval.services.collecting_ledger import Key, Ledger
from tendereval.services.collecting_report import ChangedScore
from tendereval.services.situation import Situation

_NAMED = 5
_NOTHING: Final = (0, None)
Fresh = tuple[Place, int, ReturnedScore]


@dataclass(frozen=True, slots=True)
class Weighed:
    """The scores of one return against those that stand.

    Attributes:
        fresh: what would be appended: place, number of the revision, score.
        held: places whose scores differ and may not change now.
        missing: places that the person is asked for and would still lack.
        overtaken: how many would replace a score that was given later, elsewhere.
    """

    fresh: tuple[Fresh, ...] = ()
    new: int = 0
    changed: tuple[ChangedScore, ...] = ()
    same: int = 0
    held: tuple[Place, ...] = ()
    missing: tuple[Place, ...] = ()
    overtaken: int = 0


def place_names(now: Situation) -> "PlaceNames":
    """Return what puts the places of a tender into words."""
    return PlaceNames(
        {item.id: item.name for item in now.bidders}, shows_lots=len(now.method.lots) > 1
    )


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """Puts places into words, many of them quickly."""

    bidders: Mapping[str, str]
    shows_lots: bool

    def __call__(self, place: Place) -> str:
        """Return a place as people say it."""
        lot = f", lot {place.lot}" if place.lot and self.shows_lots else ""
        return f"{place.criterion}, {self.bidders[place.bidder]}{lot}"


def weigh_scores(ledger: Ledger, now: Situation, arrived: Arrived) -> Weighed:
    """Weigh the scores of one return against those that stand.

    Raises:
        NotAllowedNow: before scoring, or once the tender is closed.
        NotDeclared: the person's interests are not declared or not decided.
        UnknownReference: a bidder or question that the tender does not have.
        NotTheirs: a question that the person is not asked to score.
        NotOnTheScale: a value that the published scale does not have.
        MissingRationale: a score without its reason.
        WrongTender: given under a version that is not, or no longer, what it says.
    """
    person = arrived.body.evaluator
    _check_stage(now)
    scoring.check_declared(now, person)
    asked = ledger.asked(person, now)
    given, closed = _sound(ledger, now, arrived, asked)
    standing, where = ledger.scores(person), place_names(now)
    fresh: dict[Key, Fresh] = {}
    changed: list[ChangedScore] = []
    held: list[Place] = []
    same = overtaken = 0
    for key, (place, item) in given.items():
        number, earlier = standing.get(place, _NOTHING) if standing else _NOTHING
        if earlier is not None and _says_the_same(earlier, item):
            same += 1
        elif key in closed or not ledger.may_merge(place):
            held.append(place)
        else:
            fresh[key] = (place, number + 1, item)
            if earlier is not None:
                changed.append(
                    ChangedScore(place, where(place), score_in_words(earlier), score_in_words(item))
                )
                overtaken += _is_later(earlier, item)
    missing = tuple(
        place
        for key, place in asked.items()
        if not _is_done(ledger, fresh[key][2] if key in fresh else standing.get(place, _NOTHING)[1])
        and ledger.may_merge(place)
    )
    new = len(fresh) - len(changed)
    found = tuple(fresh.values())
    return Weighed(found, new, tuple(changed), same, tuple(held), missing, overtaken)


def _check_stage(now: Situation) -> None:
    if now.stage.position < Stage.SCORING.position:
        now.require(Act.SCORE)
    if now.stage is Stage.CLOSED:
        raise NotAllowedNow("The tender is closed.", "Keep the return where it is.")


def _sound(
    ledger: Ledger, now: Situation, arrived: Arrived, asked: Mapping[Key, Place]
) -> tuple[dict[Key, tuple[Place, ReturnedScore]], frozenset[Key]]:
    """Return the scores by place, and which of them are of bids no longer assessed."""
    given: dict[Key, tuple[Place, ReturnedScore]] = {}
    unsound: list[Key] = []
    for item in arrived.body.scores:
        at = item.place
        key = (ledger.codes.get(at.bidder), at.criterion, at.lot)
        place = asked.get(key)
        if place is None or not ledger.is_sound(place, item):
            place = ledger.place(at)
            unsound.append(key)
        given[key] = place, item
    if len(given) < len(arrived.body.scores):
        raise doubled()
    if not unsound:
        return given, frozenset()
    person = arrived.body.evaluator
    once = ledger.once_asked(person, now).difference(asked.values())
    closed = {key for key in unsound if given[key][0] in once and ledger.is_sound(*given[key])}
    refusals: list[UserFixable] = []
    for key in unsound:
        place, item = given[key]
        assigned = (Assignment(person, place),) if key in asked else ()
        if key not in closed:
            refusals += _refusals(ledger, now, item, place, assigned, person)
    if refusals:
        raise together(refusals)
    return given, frozenset(closed)


def doubled() -> UnreadablePack:
    """Return the refusal of a return that speaks of one answer twice."""
    return UnreadablePack(
        "The return does not hold together: it holds one answer twice.",
        "Ask the evaluator to make it again.",
    )


def _refusals(
    ledger: Ledger,
    now: Situation,
    item: ReturnedScore,
    place: Place,
    assigned: tuple[Assignment, ...],
    person: PersonId,
) -> list[UserFixable]:
    """Return why one score may not be given; nothing where it may after all."""
    where = now.place_in_words(place)
    entry = scoring.Entry(place, item.state, item.points, item.rationale)
    try:
        scoring.check_entry(now, person, entry, assigned)
    except UserFixable as refusal:
        said = refusal.happened
        return [type(refusal)(said if where in said else f"{where}: {said}", refusal.do)]
    if ledger.is_sound(place, item):
        return []
    return [
        WrongTender(
            f"{where}: the score was given under version {item.method_version} of the method, and "
            "the question has another meaning now.",
            f"Make a new pack for {now.name(person)}.",
        )
    ]


def together(refusals: Sequence[UserFixable]) -> UserFixable:
    """Return many refusals as one: of the first one's kind, with the first few of them."""
    first = refusals[0]
    if len(refusals) == 1:
        return first
    said = "\n".join(f"- {item.happened}" for item in refusals[:_NAMED])
    more = len(refusals) - _NAMED
    rest = f"\n- and {more:,} more" if more > 0 else ""
    return type(first)(f"{len(refusals):,} things stand in the way:\n{said}{rest}\n", first.do)


def _says_the_same(standing: Score | ReturnedScore, given: ReturnedScore) -> bool:
    return (
        standing.rationale == given.rationale
        and standing.state is given.state
        and standing.points == given.points
        and standing.method_version == given.method_version
    )


def _is_later(standing: Score | ReturnedScore, given: ReturnedScore) -> bool:
    return standing.recorded_at is not None and standing.recorded_at > given.recorded_at


def _is_done(ledger: Ledger, score: Score | ReturnedScore | None) -> bool:
    if score is None or score.state is ScoreState.DRAFT:
        return False
    return score.place.criterion not in ledger.changed.get(score.method_version, frozenset())


def score_in_words(score: Score | ReturnedScore) -> str:
    """Return what a score says, without its rationale."""
    points = "" if score.points is None else to_text(score.points)
    if score.state is ScoreState.CANNOT_SCORE:
        return "cannot score"
    if score.state is ScoreState.DRAFT:
        return f"draft {points}".strip()
    return points
