"""Evaluators, their declarations and their individual scores; never combines two people's."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from tendereval.domain.bidding import Bid, Place
from tendereval.domain.errors import MissingRationale, NotOnTheScale
from tendereval.domain.exact import to_text
from tendereval.domain.ids import BidderId, CriterionId, LotId, PersonId
from tendereval.domain.scale import ScoringScale
from tendereval.domain.tender import AwardCriterion, Method


class Role(StrEnum):
    """What a person does on the panel."""

    LEAD = "lead"
    EVALUATOR = "evaluator"
    COMMUNITY = "community"
    MODERATOR = "moderator"
    APPROVER = "approver"
    OBSERVER = "observer"

    @property
    def scores_by_default(self) -> bool:
        """Whether a blank Questions cell means every scored question, not none."""
        return self in {Role.EVALUATOR, Role.COMMUNITY}


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is; lives outside the record so that it can be erased."""

    id: PersonId
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class PanelMember:
    """A person's part in this tender.

    Attributes:
        label: how documents call the person where no name is shown (``Community member 1``).
        questions: what the person scores; None is every scored question.
        lots: the lots the person scores; None is every lot.
        left: whether the person has left; scores stay, marked "not used".
        reason: why the person joined late, left or was replaced.
    """

    person: PersonId
    role: Role
    label: str
    questions: frozenset[CriterionId] | None = None
    lots: frozenset[LotId] | None = None
    left: bool = False
    reason: str = ""

    def is_asked_to_score(self, criterion: AwardCriterion, lot: LotId | None) -> bool:
        """Whether this member scores a question (in a lot; None for a common question)."""
        if self.left or not criterion.kind.is_judged:
            return False
        if self.lots is not None and lot is not None and lot not in self.lots:
            return False
        if self.questions is None:
            return self.role.scores_by_default and criterion.kind.is_scored
        return criterion.ref in self.questions


class InterestOutcome(StrEnum):
    """What the lead decided about a declared interest."""

    NONE = "none"
    MANAGED = "managed"
    REMOVED_FOR_BIDDERS = "removed for bidders"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Declaration:
    """One person's declaration of interests.

    Attributes:
        interest: in the person's own words; empty means "none".
        bidders: whom it concerns; empty where it concerns none by name.
        outcome: the lead's decision; None while it is awaited (never for "none").
        how: how the interest is managed, or why it needs nothing.
        removed_for: the bidders the person may not score.

    Source: Procurement Act 2023, ss.81 to 83.
    """

    person: PersonId
    interest: str = ""
    bidders: tuple[BidderId, ...] = ()
    outcome: InterestOutcome | None = None
    how: str = ""
    removed_for: frozenset[BidderId] = frozenset()

    @property
    def is_settled(self) -> bool:
        """Whether the person may go on: nothing declared, or the lead has decided."""
        return not self.interest.strip() or self.outcome is not None

    def allows(self, bidder: BidderId) -> bool:
        """Whether the person may score this bidder."""
        if not self.is_settled or self.outcome is InterestOutcome.REMOVED:
            return False
        return bidder not in self.removed_for


class ScoreState(StrEnum):
    """How far an individual score is. A score that nobody has begun does not exist at all."""

    DRAFT = "draft"
    READY = "ready"
    CANNOT_SCORE = "cannot score"


@dataclass(frozen=True, slots=True)
class Score:
    """One evaluator's view of one answer, as it stood in one revision.

    Attributes:
        points: exact, on the published scale; None for a draft without one and for
            "cannot score". Zero is a score.
        rationale: why; for "cannot score" the reason why not.
        revision: 1, 2, 3 … per evaluator and place.
        method_version: the version of the method it was given under.
    """

    evaluator: PersonId
    place: Place
    state: ScoreState
    points: Fraction | None
    rationale: str
    method_version: int
    revision: int = 1
    recorded_at: datetime | None = None


def check_score(
    scale: ScoringScale, state: ScoreState, points: Fraction | None, rationale: str
) -> None:
    """Refuse a score that may not be kept in this state.

    Args:
        scale: the published scale of the question.
        state: what the evaluator says it is.
        points: None where none is given.
        rationale: may be empty in a draft only.

    Raises:
        NotOnTheScale: the value is not on the scale, is missing when ready, or stands beside
            "cannot score".
        MissingRationale: ready or "cannot score" without a reason.
    """
    if points is not None and points not in scale:
        raise NotOnTheScale(
            f"{to_text(points)} is not on the scale {scale.name!r}.", f"Use {describe(scale)}."
        )
    if state is ScoreState.READY and points is None:
        raise NotOnTheScale("A score that is ready needs its points.", f"Use {describe(scale)}.")
    if state is ScoreState.CANNOT_SCORE and points is not None:
        raise NotOnTheScale(
            "A score and “cannot score” exclude each other.", "Keep one of the two."
        )
    if state is not ScoreState.DRAFT and not rationale.strip():
        raise MissingRationale(
            "There is no rationale.", "Write why, with reference to what the answer says."
        )


def describe(scale: ScoringScale) -> str:
    """Return the values of a scale in words (``0, 1, 2, 3, 4 or 5``, ``0 to 100``)."""
    parts = [to_text(band.points) for band in scale.bands]
    if scale.name == "pass/fail":
        parts = ["Fail", "Pass"]
    for span in scale.ranges:
        step = f" in steps of {to_text(span.step)}" if span.step != 1 else ""
        parts.append(f"{to_text(span.lowest)} to {to_text(span.highest)}{step}")
    if len(parts) < 2:  # noqa: PLR2004 - two parts are joined by "or", fewer are not
        return "".join(parts) or "a scale with at least one value"
    return f"{', '.join(parts[:-1])} or {parts[-1]}"


def places_of(method: Method, bids: Iterable[Bid]) -> Iterator[Place]:
    """Yield every place that a panel judges, in order of bid and published question.

    A question common to all lots comes once per bidder, in the first of its lots.
    """
    seen: set[tuple[BidderId, CriterionId, LotId | None]] = set()
    for bid in bids:
        if not bid.is_assessed:
            continue
        for criterion in method.judged(bid.lot):
            parts = (bid.bidder, criterion.ref, criterion.lot and bid.lot)
            if parts not in seen:
                seen.add(parts)
                yield Place(*parts)


@dataclass(frozen=True, slots=True)
class Assignment:
    """That one evaluator is asked to score one place."""

    evaluator: PersonId
    place: Place


def assignments(
    method: Method,
    bids: Sequence[Bid],
    panel: Collection[PanelMember],
    declarations: Collection[Declaration],
) -> tuple[Assignment, ...]:
    """Return who scores what as things stand, in order of panel, bid and question.

    Left members and those removed by the lead's decision are not asked; a member whose
    declaration is still open is asked (and cannot score until it is settled).
    """
    places = tuple(places_of(method, bids))
    return tuple(
        Assignment(member.person, place)
        for member in panel
        for place in places_asked(method, bids, member, declarations, places)
    )


def places_asked(
    method: Method,
    bids: Sequence[Bid],
    member: PanelMember,
    declarations: Collection[Declaration],
    places: Sequence[Place],
) -> tuple[Place, ...]:
    """Return the places that one member is asked to score; see ``assignments``.

    Args:
        method: in force.
        bids: as they stand.
        member: who.
        declarations: at least the member's own.
        places: what ``places_of`` gives for these bids.
    """
    settled = {item.person: item for item in declarations if item.is_settled}
    declaration = settled.get(member.person, Declaration(member.person))
    # Each bidder and each question is asked about once, not once per answer.
    lots_of = _lots_by_bidder(bids)
    allowed = {bidder for bidder in lots_of if declaration.allows(bidder)}
    shared = {bidder for bidder in allowed if member.lots is None or member.lots & lots_of[bidder]}
    criteria = {row.ref: row for row in method.criteria}
    scored = {
        (ref, lot)
        for ref, lot in {(place.criterion, place.lot) for place in places}
        if member.is_asked_to_score(criteria[ref], lot)
    }
    return tuple(
        place
        for place in places
        if (place.criterion, place.lot) in scored
        and place.bidder in (shared if place.lot is None else allowed)
    )


def _lots_by_bidder(bids: Iterable[Bid]) -> dict[BidderId, frozenset[LotId]]:
    """Return the lots each bidder is assessed in."""
    lots: dict[BidderId, set[LotId]] = {}
    for bid in bids:
        if bid.is_assessed:
            lots.setdefault(bid.bidder, set()).add(bid.lot)
    return {bidder: frozenset(refs) for bidder, refs in lots.items()}
