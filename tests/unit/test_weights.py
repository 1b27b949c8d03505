"""The marks available per criterion, and what is odd in published weights."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tendereval.domain.errors import WeightsDoNotSum
from tendereval.domain.ids import LotId
from tendereval.domain.tender import (
    ONLY_LOT,
    AwardCriterion,
    CriterionKind,
    Lot,
    Method,
    WeightMode,
)
from tendereval.domain.weights import weight_plan, weight_problems
from tests.builders import a_criterion, a_method, a_price, a_section

NORTH, SOUTH = LotId("N"), LotId("S")


def of_parent(*rows: AwardCriterion) -> Method:
    return replace(a_method(*rows), weights_are=WeightMode.OF_PARENT)


def points(*rows: AwardCriterion) -> Method:
    return replace(a_method(*rows), weights_are=WeightMode.POINTS)


def two_lots(method: Method) -> Method:
    return replace(method, lots=(Lot(NORTH), Lot(SOUTH)))


def plan_of(method: Method, lot: LotId = ONLY_LOT) -> dict[str, Fraction]:
    return {str(ref): weight for ref, weight in weight_plan(method, lot).weights.items()}


def test_weights_of_the_total_stand_as_typed() -> None:
    method = a_method(a_section("S", 60), a_criterion("Q1", "33.5", parent="S"), a_price(40))
    plan = weight_plan(method, ONLY_LOT)
    assert plan_of(method) == {"Q1": Fraction("33.5"), "PRICE": 40}
    assert plan.total == Fraction("73.5")


def test_points_stand_as_typed() -> None:
    assert plan_of(points(a_criterion("Q1", 130), a_price(70))) == {"Q1": 130, "PRICE": 70}


def test_shares_of_the_parent_multiply_down_the_tree() -> None:
    method = of_parent(
        a_section("QUALITY", 60),
        a_criterion("Q1", 25, parent="quality"),
        replace(a_section("SOCIAL", 75), parent=a_section("Quality").ref),
        a_criterion("SV1", "33.3", parent="SOCIAL", kind=CriterionKind.SOCIAL_VALUE),
        a_price(40),
    )
    assert plan_of(method) == {"Q1": 15, "SV1": Fraction("14.985"), "PRICE": 40}


def test_a_lot_has_its_own_and_the_common_criteria() -> None:
    method = two_lots(
        a_method(a_criterion("Q", 60), a_price(40, "PN", lot="N"), a_price(20, "PS", lot="S"))
    )
    assert plan_of(method, NORTH) == {"Q": 60, "PN": 40}
    assert plan_of(method, SOUTH) == {"Q": 60, "PS": 20}


def test_rows_without_marks_have_no_place_in_the_plan() -> None:
    method = a_method(
        a_criterion("I", kind=CriterionKind.INFORMATION),
        a_criterion("R", kind=CriterionKind.REQUIREMENT),
    )
    assert plan_of(method) == {}
    assert weight_plan(method, ONLY_LOT).total == 0


def refusal(method: Method) -> str:
    with pytest.raises(WeightsDoNotSum) as caught:
        weight_plan(method, ONLY_LOT)
    return str(caught.value)


def test_every_weight_that_is_missing_or_not_above_nothing_is_named_at_once() -> None:
    told = refusal(a_method(a_criterion("Q1"), a_criterion("Q2", 0), a_criterion("Q3", "-1.5")))
    assert "Q1 has no weight." in told
    assert "Q2 has the weight 0; a weight is above 0." in told
    assert "Q3 has the weight -1.5" in told


def test_a_section_needs_a_weight_only_where_weights_are_shares_of_it() -> None:
    rows = (a_section("S"), a_criterion("Q1", 100, parent="S"))
    assert plan_of(a_method(*rows)) == {"Q1": 100}
    assert "S has no weight." in refusal(of_parent(*rows))


def test_a_section_of_conditions_needs_no_weight() -> None:
    rows = (
        a_section("S"),
        a_criterion("C", kind=CriterionKind.REQUIREMENT, parent="S"),
        a_criterion("Q", 100),
    )
    assert plan_of(of_parent(*rows)) == {"Q": 100}


def test_a_missing_parent_is_named() -> None:
    assert "Q1 stands under S9, which is not a section of its lot." in refusal(
        a_method(a_criterion("Q1", 100, parent="S9"))
    )


def test_a_parent_of_another_lot_is_no_parent() -> None:
    rows = (replace(a_section("S"), lot=SOUTH), a_criterion("Q1", 100, parent="S"))
    with pytest.raises(WeightsDoNotSum, match="Q1 stands under S"):
        weight_plan(two_lots(a_method(*rows)), NORTH)


def test_a_question_is_no_section() -> None:
    rows = (a_criterion("Q1", 50), a_criterion("Q2", 50, parent="Q1"))
    assert "Q2 stands under Q1, which is not a section." in refusal(a_method(*rows))


@pytest.mark.parametrize("mode", WeightMode)
def test_sections_in_a_circle_are_refused(mode: WeightMode) -> None:
    first, second = a_section("S1", 50), a_section("S2", 50)
    rows = (
        replace(first, parent=second.ref),
        replace(second, parent=first.ref),
        a_criterion("Q1", 100, parent="S1"),
    )
    told = refusal(replace(a_method(*rows), weights_are=mode))
    assert "S1 stands under itself." in told
    assert "S2 stands under itself." in told


def test_a_reference_that_stands_twice_is_refused() -> None:
    told = refusal(a_method(a_criterion("Q1", 50), a_criterion("q1", 50)))
    assert "The reference q1 stands for more than one criterion." in told


def test_a_sum_of_hundred_is_no_problem() -> None:
    assert weight_problems(a_method(a_criterion("Q", 60), a_price(40))) == ()


def test_any_other_sum_is_told_with_its_lot_where_there_are_several() -> None:
    method = a_method(a_criterion("Q", 60), a_price("30.5"))
    assert weight_problems(method) == ("The weights add to 90.5, not 100.",)
    assert weight_problems(two_lots(method)) == (
        "The weights in lot N add to 90.5, not 100.",
        "The weights in lot S add to 90.5, not 100.",
    )


def test_a_section_that_differs_from_what_stands_under_it_is_told() -> None:
    rows = (
        a_section("S", 60),
        replace(a_section("T"), parent=a_section("S").ref),
        a_criterion("Q1", 30, parent="S"),
        a_criterion("Q2", 25, parent="T"),
        a_price(45),
    )
    told = "Section S has the weight 60, but what stands under it adds to 55."
    assert weight_problems(a_method(*rows)) == (told,)
    assert weight_problems(points(*rows)) == (told,)


def test_points_may_add_to_anything_but_nothing() -> None:
    assert weight_problems(points(a_criterion("Q", 130))) == ()
    assert weight_problems(points()) == ("The points available add to 0.",)


def test_each_level_of_shares_is_told_by_itself() -> None:
    method = of_parent(
        a_section("S", 60),
        a_criterion("Q1", 50, parent="S"),
        a_criterion("Q2", 40, parent="s"),
        a_section("EMPTY", 10),
        a_section("NOTES"),
        a_price(30),
    )
    assert weight_problems(method) == (
        "Section EMPTY has the weight 10, but nothing weighted stands under it.",
        "The weights at the top add to 90, not 100.",
        "The weights under S add to 90, not 100.",
    )


def test_shares_that_add_up_at_each_level_are_no_problem() -> None:
    method = of_parent(a_section("S", 60), a_criterion("Q1", 100, parent="S"), a_price(40))
    assert weight_problems(method) == ()
