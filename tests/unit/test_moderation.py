"""Agreed scores, their explanations and who still has to confirm them."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tendereval.domain.bidding import Place
from tendereval.domain.errors import MissingRationale, NotOnTheScale
from tendereval.domain.ids import BidderId, CriterionId, PersonId
from tendereval.domain.moderation import (
    AgreedScore,
    Confirmation,
    Explanation,
    awaited_confirmations,
    check_agreed_score,
    unexplained,
)
from tendereval.domain.tender import SubCriterion
from tests.builders import a_criterion, a_scale

ANN, BEN, CAT = PersonId("ann"), PersonId("ben"), PersonId("cat")
PLACE = Place(BidderId("b"), CriterionId("Q1"))
AGREED = AgreedScore(
    PLACE,
    Fraction(4),
    "All elements, minor gaps.",
    "",
    (Explanation("a", "Shown on page 3."), Explanation("B", "  ")),
    (ANN, BEN, CAT),
    method_version=1,
)


def test_an_agreed_score_is_a_value_of_the_scale_with_a_reason() -> None:
    check_agreed_score(a_scale(), Fraction(0), "No answer was given.")


@pytest.mark.parametrize("points", ["4.2", "3.5", "6", "-1"])
def test_nothing_between_or_beyond_the_values_is_agreed(points: str) -> None:
    with pytest.raises(NotOnTheScale, match="Agree one of 0, 1, 2, 3, 4 or 5"):
        check_agreed_score(a_scale(), Fraction(points), "The panel averaged.")


def test_an_agreed_score_without_a_reason_is_refused() -> None:
    with pytest.raises(MissingRationale):
        check_agreed_score(a_scale(), Fraction(4), "  ")


def test_sub_criteria_without_an_explanation_are_named_in_order() -> None:
    subs = tuple(SubCriterion(ref, "") for ref in ("A", "b", "C"))
    criterion = replace(a_criterion("Q1", 10), sub_criteria=subs)
    assert unexplained(criterion, AGREED) == ("b", "C")


def a_confirmation(person: PersonId, revision: int = 1, *, agrees: bool = True) -> Confirmation:
    return Confirmation(person, PLACE, revision, agrees, "" if agrees else "It is a 3.")


def test_the_scorers_who_were_present_confirm() -> None:
    assert awaited_confirmations(AGREED, [], {ANN, CAT, PersonId("absent")}) == (ANN, CAT)


def test_where_no_scorer_was_present_everybody_present_confirms() -> None:
    assert awaited_confirmations(AGREED, [], {PersonId("absent")}) == (ANN, BEN, CAT)


def test_a_dissent_is_an_answer() -> None:
    said = [a_confirmation(ANN), a_confirmation(BEN, agrees=False)]
    assert awaited_confirmations(AGREED, said, {ANN, BEN}) == ()


def test_a_confirmation_of_another_revision_or_place_does_not_count() -> None:
    elsewhere = replace(a_confirmation(BEN), place=replace(PLACE, criterion=CriterionId("Q2")))
    said = [a_confirmation(ANN, revision=2), elsewhere]
    assert awaited_confirmations(AGREED, said, {ANN, BEN}) == (ANN, BEN)
