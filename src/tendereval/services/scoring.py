"""Individual scores: one evaluator, one answer, one reason."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tendereval.domain.bidding import Place
from tendereval.domain.errors import NotAllowedNow, NotDeclared, NotTheirs
from tendereval.domain.evaluation import Assignment, Score, ScoreState, check_score
from tendereval.domain.ids import PersonId
from tendereval.domain.method_text import changed_criteria
from tendereval.domain.stages import Act, Stage
from tendereval.services import panel
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import beside_record, recording
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import Change, before_and_after

Assigned = Collection[Assignment]


@dataclass(frozen=True, slots=True)
class Entry:
    """What an evaluator enters for one answer.

    Attributes:
        points: None in a draft without points and for "cannot score".
        rationale: may be blank in a draft only.
    """

    place: Place
    state: ScoreState
    points: Fraction | None
    rationale: str


def record_score(session: Session, evaluator: PersonId, entry: Entry) -> Score:
    """Append a revision of one evaluator's score; earlier revisions are kept.

    Raises:
        NotAllowedNow: the stage does not allow scoring, or the response was not sent back.
        NotDeclared: the evaluator's declaration is missing or not decided.
        NotTheirs: the evaluator is not asked to score this, or was removed from it.
        NotOnTheScale: a value that the published scale does not have.
        MissingRationale: ready, or "cannot score", without a reason.
    """
    with session.reading() as reader:
        now = situation(reader)
        check_open(now, entry.place, places_open(reader))
        earlier = reader.current_score(evaluator, entry.place)
    check_entry(now, evaluator, entry, now.asked(evaluator, entry.place.bidder))
    place = entry.place
    ids = {
        "evaluator": evaluator,
        "bidder": place.bidder,
        "criterion": place.criterion,
        "lot": place.lot or "",
        "state": str(entry.state),
    }
    texts = before_and_after("rationale", earlier.rationale if earlier else None, entry.rationale)
    with session.change("score recorded", ids, texts) as change:
        score = next_revision(now, evaluator, entry, earlier)
        recording.add_scores(change, (score,), session.clock())
    return score


def next_revision(
    now: Situation, evaluator: PersonId, entry: Entry, earlier: Score | None
) -> Score:
    """Return the score that an entry becomes."""
    return Score(
        evaluator,
        entry.place,
        entry.state,
        entry.points,
        entry.rationale,
        now.version_number,
        earlier.revision + 1 if earlier else 1,
    )


def check_entry(now: Situation, evaluator: PersonId, entry: Entry, assigned: Assigned) -> None:
    """Refuse an entry that the rules do not allow; see ``record_score``."""
    member = now.member(evaluator)
    check_declared(now, evaluator)
    declaration = now.declaration(evaluator)
    criterion = now.criterion(entry.place.criterion)
    asked = Assignment(evaluator, entry.place) in assigned
    removed = declaration is not None and not declaration.allows(entry.place.bidder)
    if removed and not member.left and entry.state is ScoreState.CANNOT_SCORE:
        asked = True
    if not asked:
        why = "was removed from this bidder" if removed else "is not asked to score this"
        raise NotTheirs(
            f"{now.name(evaluator)} {why}: {now.place_in_words(entry.place)}.",
            "The lead evaluator decides who scores what, on the panel.",
        )
    check_score(now.method.scale_of(criterion), entry.state, entry.points, entry.rationale)


def check_declared(now: Situation, evaluator: PersonId) -> None:
    """Refuse scoring before interests are declared and settled: no declaration, no scoring.

    Raises:
        NotDeclared: nothing is declared yet, or the lead has not decided.
    """
    declaration = now.declaration(evaluator)
    if declaration is None:
        raise NotDeclared(
            f"{now.name(evaluator)} has not declared interests yet.",
            "Declare first, even where there is nothing to declare.",
        )
    if panel.is_asked_anew(declaration):
        raise NotDeclared(
            f"The bidders' names are known now, and {now.name(evaluator)} has not declared "
            "interests since.",
            "Declare anew, even where there is nothing to declare.",
        )
    if not declaration.is_settled:
        raise NotDeclared(
            f"{now.name(evaluator)} declared an interest that awaits the lead's decision.",
            "The lead evaluator records the decision, then scoring can go on.",
        )


def places_open(reader: Reader) -> frozenset[Place]:
    """Return the responses that are with their evaluators again."""
    return frozenset(item.place for item in reader.sent_back() if item.is_open)


def check_open(now: Situation, place: Place, sent_back: Collection[Place]) -> None:
    """Refuse scoring at a stage, or of a place, whose individual scores are locked.

    Raises:
        NotAllowedNow: before scoring, or in moderation unless the response was sent back.
    """
    now.require(Act.SCORE)
    if now.stage is not Stage.SCORING and place not in sent_back:
        raise NotAllowedNow(
            "Individual scores are locked since moderation opened.",
            "The lead evaluator can send one response back, with a reason.",
        )


def keep_typing(
    session: Session, person: PersonId, kind: str, place: Place, typed: dict[str, str | None]
) -> None:
    """Keep what is being typed, over what was kept before; no revision is made.

    Args:
        session: the open tender.
        person: who types.
        kind: ``score`` or ``agreed``.
        place: where.
        typed: ``points`` as typed or None, ``state`` and ``body``.
    """
    with session.file.beside() as change:
        text = {**typed, "kind": kind}
        beside_record.keep_working_text(change, person, place, text, session.clock())


def applying(now: Situation, scores: Sequence[Score]) -> tuple[Score, ...]:
    """Return the scores that still apply under the method version in force.

    A score given under an earlier version applies unless its criterion's wording, scale or
    sub-criteria changed since.
    """
    changed = changed_since(now)
    return tuple(
        score
        for score in scores
        if score.place.criterion not in changed.get(score.method_version, frozenset())
    )


def changed_since(now: Situation) -> Mapping[int, frozenset[str]]:
    """Return, per method version, the criteria whose meaning changed since."""
    return {
        version.number: changed_criteria(version.method, now.method) for version in now.versions
    }


def used(now: Situation, scores: Sequence[Score]) -> tuple[Score, ...]:
    """Return the scores of members who stay and may judge the bidder.

    The others' are kept, "not used": of who left, or was removed by the lead's decision.
    """
    staying = {item.person for item in now.panel if not item.left}
    barred = {
        (item.person, bidder.id)
        for item in now.declarations
        for bidder in now.bidders
        if item.is_settled and not item.allows(bidder.id)
    }
    return tuple(
        score
        for score in scores
        if score.evaluator in staying and (score.evaluator, score.place.bidder) not in barred
    )


def outstanding(now: Situation, scores: Sequence[Score]) -> tuple[Assignment, ...]:
    """Return the assignments that are not done: no score, a draft, or one that lapsed."""
    done = {
        Assignment(score.evaluator, score.place)
        for score in applying(now, scores)
        if score.state is not ScoreState.DRAFT
    }
    return tuple(item for item in now.assignments() if item not in done)


def record_many(
    change: Change, now: Situation, entries: Sequence[tuple[PersonId, Entry]], session: Session
) -> int:
    """Append revisions within the caller's transaction and return how many were new.

    An entry equal to the score that stands already adds nothing.
    """
    standing = {
        (score.evaluator, score.place): score for score in change.reader.scores_with_rationale()
    }
    fresh: list[Score] = []
    for evaluator, entry in entries:
        earlier = standing.get((evaluator, entry.place))
        score = next_revision(now, evaluator, entry, earlier)
        same = earlier is not None and (
            replace(earlier, revision=score.revision, recorded_at=None) == score
        )
        if not same:
            fresh.append(score)
    if fresh:
        recording.add_scores(change, fresh, session.clock())
    return len(fresh)
