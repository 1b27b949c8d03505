"""Conditions, requirements and minimums: who falls out and what that does to the rest."""

from dataclasses import replace

import pytest

from tendereval.domain.bidding import BidStatus
from tendereval.domain.elimination import minimum_problems
from tendereval.domain.errors import MethodIncomplete, Undefined
from tendereval.domain.ranking import Ranking, rank_lot
from tendereval.domain.scale import PointRange, ScoringScale
from tendereval.domain.tender import ONLY_LOT, AwardCriterion, CriterionKind, Method, QualityMarks
from tests.builders import (
    Number,
    a_bid,
    a_criterion,
    a_method,
    a_number,
    a_price,
    a_section,
    codes_of,
    names_in_order,
    totals_of,
)

CONDITION = a_criterion("C", kind=CriterionKind.CONDITION_OF_PARTICIPATION)
REQUIREMENT = a_criterion("R", kind=CriterionKind.REQUIREMENT)
METHOD = a_method(CONDITION, REQUIREMENT, a_criterion("Q", 60, minimum=2), a_price(40))


def ranked(**points: Number) -> Ranking:
    other = a_bid("Other", {"Q": 3, "C": 1, "R": 1}, 100)
    return rank_lot(METHOD, ONLY_LOT, [a_bid("A", points, 10), other])


def test_a_failed_condition_leaves_the_bid_out_and_sets_no_lowest_price() -> None:
    ranking = ranked(Q=5, C=0, R=1)
    (out,) = ranking.not_ranked
    assert out.status is BidStatus.CONDITION_NOT_MET
    assert out.reason == "Fail on condition of participation C (Title of C)."
    assert totals_of(ranking) == {"Other": 76}
    assert codes_of(ranking) == []


def test_a_failed_requirement_disqualifies() -> None:
    (out,) = ranked(Q=5, C=1, R=0).not_ranked
    assert out.status is BidStatus.DISQUALIFIED
    assert out.reason == "Fail on requirement R (Title of R)."


def test_points_below_a_minimum_disqualify_with_a_warning() -> None:
    ranking = ranked(Q=1, C=1, R=1)
    (out,) = ranking.not_ranked
    assert out.status is BidStatus.DISQUALIFIED
    assert out.reason == "Scored 1 for Q (Title of Q); the minimum is 2."
    assert [(one.code, one.text) for one in ranking.warnings] == [
        ("below-minimum", f"A is not ranked. {out.reason}")
    ]


def test_a_failed_condition_outweighs_the_rest_and_every_ground_is_told() -> None:
    ranking = ranked(Q=1, C=0, R=0)
    (out,) = ranking.not_ranked
    assert out.status is BidStatus.CONDITION_NOT_MET
    assert out.reason.count("Fail on") == 2
    assert "the minimum is 2" in out.reason
    assert "Fail" not in ranking.warnings[0].text


def test_the_minimum_itself_is_enough() -> None:
    assert names_in_order(ranked(Q=2, C=1, R=1)) == ["A", "Other"]


def test_a_verdict_that_is_not_given_does_not_eliminate() -> None:
    assert names_in_order(ranked(Q=5)) == ["A", "Other"]


def test_a_bid_that_falls_out_needs_no_further_score_and_no_price() -> None:
    bids = [a_bid("A", {"C": 0}), a_bid("B", {"Q": 1}), a_bid("C", {"Q": 5}, 10)]
    assert names_in_order(rank_lot(METHOD, ONLY_LOT, bids)) == ["C"]


def test_a_criterion_without_a_title_is_named_by_its_reference() -> None:
    method = a_method(replace(REQUIREMENT, title=""), a_price(100))
    (out,) = rank_lot(method, ONLY_LOT, [a_bid("A", {"R": 0})]).not_ranked
    assert out.reason == "Fail on requirement R."


def with_sections(marks: QualityMarks = QualityMarks.POINTS_OVER_MAXIMUM) -> Method:
    rows = (
        a_section("S", minimum=30),
        a_criterion("Q1", 30, parent="S"),
        a_criterion("Q2", 30, parent="S"),
        a_price(40),
    )
    return replace(a_method(*rows), quality_marks=marks)


def test_marks_below_the_minimum_of_a_section_disqualify() -> None:
    bids = [a_bid("A", {"Q1": 2, "Q2": 2}, 1), a_bid("B", {"Q1": 5, "Q2": 0}, 100)]
    ranking = rank_lot(with_sections(), ONLY_LOT, bids)
    (out,) = ranking.not_ranked
    assert out.reason == "Got 24.00 marks in section S (Title of S); the minimum is 30.00."
    assert out.status is BidStatus.DISQUALIFIED
    assert totals_of(ranking) == {"B": 70}
    assert codes_of(ranking) == ["below-minimum"]


def test_a_bid_below_the_minimum_of_a_section_needs_no_price() -> None:
    bids = [a_bid("A", {"Q1": 2, "Q2": 2}), a_bid("B", {"Q1": 5, "Q2": 0}, 100)]
    assert names_in_order(rank_lot(with_sections(), ONLY_LOT, bids)) == ["B"]


def test_the_figures_of_a_section_have_as_many_places_as_it_takes() -> None:
    method = with_sections()
    section = replace(method.criteria[0], minimum=a_number("24.0001"), title="")
    method = replace(method, criteria=(section, *method.criteria[1:]))
    (out,) = rank_lot(method, ONLY_LOT, [a_bid("A", {"Q1": 2, "Q2": 2})]).not_ranked
    assert out.reason == "Got 24.0000 marks in section S; the minimum is 24.0001."


def test_marks_relative_to_the_best_are_taken_anew_once_a_bid_has_fallen() -> None:
    bids = [
        a_bid("A", {"Q1": 4, "Q2": 4}, 1),
        a_bid("B", {"Q1": 3, "Q2": 3}, 1),
        a_bid("Low", {"Q1": 1, "Q2": 1}, 1),
    ]
    ranking = rank_lot(with_sections(QualityMarks.RELATIVE_TO_BEST), ONLY_LOT, bids)
    assert totals_of(ranking) == {"A": 100, "B": 85}


def test_an_elimination_that_hangs_on_another_eliminated_bid_is_refused() -> None:
    method = with_sections(QualityMarks.RELATIVE_TO_BEST)
    section = replace(method.criteria[0], minimum=a_number(40))
    method = replace(method, criteria=(section, *method.criteria[1:]))
    bids = [
        a_bid("A", {"Q1": 5, "Q2": 1}, 1),
        a_bid("B", {"Q1": 1, "Q2": 5}, 1),
        a_bid("C", {"Q1": 3, "Q2": 3}, 1),
    ]
    with pytest.raises(Undefined, match="depends on which other eliminated bid"):
        rank_lot(method, ONLY_LOT, bids)


def test_minimums_that_can_be_applied_are_no_problem() -> None:
    assert minimum_problems(METHOD) == ()
    assert minimum_problems(with_sections()) == ()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (a_criterion("Q", 10, minimum="2.5"), "Q has the minimum 2.5, not on its scale."),
        (a_criterion("Q", 10, minimum=1, scale="flat"), "Q has the minimum 1, not on its scale."),
        (
            a_criterion("R", kind=CriterionKind.REQUIREMENT, minimum=1),
            "R has the minimum 1; only questions and sections have one.",
        ),
        (a_section("S", minimum=-1), "S has the minimum -1; a minimum is not below 0."),
    ],
)
def test_minimums_that_cannot_be_applied_are_told(row: AwardCriterion, told: str) -> None:
    flat = ScoringScale("flat", (), (PointRange(a_number(0), a_number(5), a_number(0)),))
    assert minimum_problems(a_method(row, scales=[flat])) == (told,)


def test_a_minimum_over_a_price_is_refused() -> None:
    section = a_section("S", minimum=10)
    method = a_method(section, replace(a_price(100), parent=section.ref))
    with pytest.raises(MethodIncomplete, match="and a price criterion under it"):
        rank_lot(method, ONLY_LOT, [])
