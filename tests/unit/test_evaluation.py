"""Individual scores, declarations and who is asked to score what."""

from fractions import Fraction

import pytest

from tendereval.domain.bidding import Bid, BidStatus, Place
from tendereval.domain.errors import MissingRationale, NotOnTheScale
from tendereval.domain.evaluation import (
    Assignment,
    Declaration,
    InterestOutcome,
    PanelMember,
    Role,
    ScoreState,
    assignments,
    check_score,
    describe,
    places_of,
)
from tendereval.domain.ids import BidderId, CriterionId, LotId, PersonId
from tendereval.domain.scale import PASS_OR_FAIL, ScoringScale
from tendereval.domain.tender import CriterionKind, Lot, Method
from tests.builders import a_criterion, a_range, a_scale

ANN, BEN = PersonId("ann"), PersonId("ben")
X, Y = BidderId("x"), BidderId("y")
NORTH, SOUTH = LotId("N"), LotId("S")

METHOD = Method(
    lots=(Lot(NORTH), Lot(SOUTH)),
    criteria=(
        a_criterion("COMMON", 50),
        a_criterion("N1", 50, lot="N"),
        a_criterion("S1", 50, lot="S"),
        a_criterion("R", kind=CriterionKind.REQUIREMENT),
    ),
    scales=(a_scale(),),
)
BIDS = (Bid(X, NORTH), Bid(X, SOUTH), Bid(Y, NORTH))


def a_member(
    person: PersonId = ANN,
    role: Role = Role.EVALUATOR,
    questions: frozenset[CriterionId] | None = None,
    lots: frozenset[LotId] | None = None,
    *,
    left: bool = False,
) -> PanelMember:
    return PanelMember(person, role, "", questions, lots, left)


def asked(member: PanelMember, *declarations: Declaration) -> list[tuple[str, str, str | None]]:
    found = assignments(METHOD, BIDS, [member], declarations)
    assert all(one.evaluator == member.person for one in found)
    return [(one.place.bidder, one.place.criterion, one.place.lot) for one in found]


EVERY_SCORED_PLACE = [
    ("x", "COMMON", None),
    ("x", "N1", "N"),
    ("x", "S1", "S"),
    ("y", "COMMON", None),
    ("y", "N1", "N"),
]


def test_an_evaluator_scores_every_scored_question_and_no_verdict() -> None:
    assert asked(a_member()) == EVERY_SCORED_PLACE
    assert asked(a_member(role=Role.COMMUNITY)) == EVERY_SCORED_PLACE


@pytest.mark.parametrize("role", [Role.LEAD, Role.MODERATOR, Role.APPROVER, Role.OBSERVER])
def test_others_score_nothing_unless_named(role: Role) -> None:
    assert asked(a_member(role=role)) == []
    named = frozenset({CriterionId("R")})
    assert asked(a_member(role=role, questions=named)) == [("x", "R", None), ("y", "R", None)]


def test_a_member_of_one_lot_scores_that_lot_and_what_is_common_to_its_bidders() -> None:
    assert asked(a_member(lots=frozenset({SOUTH}))) == [("x", "COMMON", None), ("x", "S1", "S")]


def test_a_member_who_left_is_not_asked() -> None:
    assert asked(a_member(left=True)) == []


def test_a_declared_interest_that_is_open_still_leaves_the_work_assigned() -> None:
    assert asked(a_member(), Declaration(ANN, "My cousin works there.")) == EVERY_SCORED_PLACE


def test_a_member_removed_for_a_bidder_is_not_asked_about_it() -> None:
    removed = Declaration(
        ANN,
        "My cousin works there.",
        (X,),
        InterestOutcome.REMOVED_FOR_BIDDERS,
        removed_for=frozenset({X}),
    )
    assert asked(a_member(), removed) == [("y", "COMMON", None), ("y", "N1", "N")]


def test_a_removed_member_is_asked_nothing() -> None:
    assert asked(a_member(), Declaration(ANN, "I own it.", (), InterestOutcome.REMOVED)) == []


def test_a_declaration_of_another_person_changes_nothing() -> None:
    removed = Declaration(BEN, "I own it.", (), InterestOutcome.REMOVED)
    assert asked(a_member(), removed) == EVERY_SCORED_PLACE


def test_price_and_sections_are_never_asked_of_anybody() -> None:
    member = a_member(questions=frozenset({CriterionId("P")}))
    assert not member.is_asked_to_score(a_criterion("P", kind=CriterionKind.PRICE), None)
    assert not member.is_asked_to_score(a_criterion("P", kind=CriterionKind.SECTION), NORTH)


def test_nothing_declared_is_settled_and_allows_all() -> None:
    assert Declaration(ANN).is_settled
    assert Declaration(ANN, "  ").allows(X)


def test_an_open_interest_is_not_settled_and_allows_nobody() -> None:
    declaration = Declaration(ANN, "My cousin works there.")
    assert not declaration.is_settled
    assert not declaration.allows(X)


def test_a_managed_interest_allows_all() -> None:
    assert Declaration(ANN, "Once worked there.", (), InterestOutcome.MANAGED).allows(X)


def test_a_common_question_is_judged_once_per_bidder() -> None:
    places = list(places_of(METHOD, BIDS))
    assert places.count(Place(X, CriterionId("COMMON"))) == 1
    assert len(places) == 7


def test_a_withdrawn_bid_is_not_judged() -> None:
    assert list(places_of(METHOD, [Bid(X, NORTH, BidStatus.WITHDRAWN)])) == []


def test_an_assignment_names_person_and_place() -> None:
    place = Place(X, CriterionId("COMMON"))
    assert Assignment(ANN, place).place is place


def test_a_ready_score_on_the_scale_with_a_reason_is_kept() -> None:
    check_score(a_scale(), ScoreState.READY, Fraction(0), "Nothing was said about it.")


def test_a_draft_may_lack_points_and_reason() -> None:
    check_score(a_scale(), ScoreState.DRAFT, None, "")


def test_cannot_score_needs_a_reason_and_no_points() -> None:
    check_score(a_scale(), ScoreState.CANNOT_SCORE, None, "The page is unreadable.")
    with pytest.raises(MissingRationale):
        check_score(a_scale(), ScoreState.CANNOT_SCORE, None, " ")
    with pytest.raises(NotOnTheScale, match="exclude each other"):
        check_score(a_scale(), ScoreState.CANNOT_SCORE, Fraction(3), "The page is unreadable.")


@pytest.mark.parametrize("state", [ScoreState.DRAFT, ScoreState.READY])
def test_a_value_off_the_scale_is_refused_in_any_state(state: ScoreState) -> None:
    with pytest.raises(NotOnTheScale, match=r"2\.5 is not on the scale '0-5'"):
        check_score(a_scale(), state, Fraction("2.5"), "Between good and fair.")


def test_a_ready_score_needs_its_points_and_its_reason() -> None:
    with pytest.raises(NotOnTheScale, match="needs its points"):
        check_score(a_scale(), ScoreState.READY, None, "Good.")
    with pytest.raises(MissingRationale):
        check_score(a_scale(), ScoreState.READY, Fraction(3), "\n")


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        (a_scale(), "0, 1, 2, 3, 4 or 5"),
        (PASS_OR_FAIL, "Fail or Pass"),
        (a_range("0-100", 100), "0 to 100"),
        (a_range("0-100", 100, "0.5"), "0 to 100 in steps of 0.5"),
        (ScoringScale("none"), "a scale with at least one value"),
    ],
)
def test_a_scale_in_words(scale: ScoringScale, words: str) -> None:
    assert describe(scale) == words
