"""Each step of editing a draft, and what it refuses."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tendereval.domain.errors import RuleRefusal, UnknownReference
from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.method_editing import (
    Way,
    add_criterion,
    depth_first,
    move_criterion,
    next_lot,
    next_ref,
    of_kind,
    put_criterion,
    put_lot,
    put_scale,
    remove_criterion,
    remove_lot,
    remove_scale,
    rename_criterion,
    step,
    with_all_below,
)
from tendereval.domain.scale import ScoringScale
from tendereval.domain.tender import CriterionKind, Lot, Method
from tests.builders import a_criterion, a_method, a_price, a_section


def a_tree() -> Method:
    return a_method(
        a_section("S1"),
        a_criterion("Q1", 10, parent="S1"),
        a_criterion("Q2", 10, parent="S1"),
        a_section("S2"),
        a_criterion("Q3", 10, parent="S2"),
        a_price(30),
    )


def order(method: Method) -> str:
    return " ".join(
        row.ref if row.parent is None else f"{row.parent}/{row.ref}" for row in method.criteria
    )


@pytest.mark.parametrize(
    ("ref", "way", "after"),
    [
        ("Q2", Way.UP, "S1 S1/Q2 S1/Q1 S2 S2/Q3 PRICE"),
        ("Q1", Way.DOWN, "S1 S1/Q2 S1/Q1 S2 S2/Q3 PRICE"),
        ("S2", Way.UP, "S2 S2/Q3 S1 S1/Q1 S1/Q2 PRICE"),
        ("S1", Way.DOWN, "S2 S2/Q3 S1 S1/Q1 S1/Q2 PRICE"),
        ("PRICE", Way.IN, "S1 S1/Q1 S1/Q2 S2 S2/Q3 S2/PRICE"),
        ("S2", Way.IN, "S1 S1/Q1 S1/Q2 S1/S2 S2/Q3 PRICE"),
        ("Q1", Way.OUT, "S1 S1/Q2 Q1 S2 S2/Q3 PRICE"),
    ],
)
def test_a_row_moves_one_step_with_all_that_is_under_it(ref: str, way: Way, after: str) -> None:
    assert order(step(a_tree(), ref, way)) == after


@pytest.mark.parametrize(
    ("ref", "way"), [("S1", Way.UP), ("PRICE", Way.DOWN), ("Q2", Way.IN), ("S1", Way.OUT)]
)
def test_a_row_stays_where_there_is_no_room(ref: str, way: Way) -> None:
    assert step(a_tree(), ref, way) == a_tree()


def test_a_row_is_put_anywhere_under_a_section() -> None:
    assert order(move_criterion(a_tree(), "Q3", "S1", 1)) == "S1 S1/Q1 S1/Q3 S1/Q2 S2 PRICE"
    assert order(move_criterion(a_tree(), "Q1", None, 0)) == "Q1 S1 S1/Q2 S2 S2/Q3 PRICE"
    assert order(move_criterion(a_tree(), "Q1", "S2", 99)) == "S1 S1/Q2 S2 S2/Q3 S2/Q1 PRICE"


def test_a_row_goes_neither_under_itself_nor_under_a_question() -> None:
    nested = step(a_tree(), "S2", Way.IN)
    with pytest.raises(RuleRefusal):
        move_criterion(nested, "S1", "S2", 0)
    with pytest.raises(RuleRefusal):
        move_criterion(nested, "Q1", "Q2", 0)
    with pytest.raises(UnknownReference):
        move_criterion(nested, "Q9", None, 0)


def test_a_new_row_goes_into_the_chosen_section_or_after_the_chosen_row() -> None:
    inside, ref = add_criterion(a_tree(), CriterionKind.QUALITY, "S1", "0-5")
    assert (ref, order(inside)) == ("Q4", "S1 S1/Q1 S1/Q2 S1/Q4 S2 S2/Q3 PRICE")
    assert with_all_below(inside, "Q4")[0].scale == "0-5"
    after, _ = add_criterion(a_tree(), CriterionKind.QUALITY, "Q1")
    assert order(after) == "S1 S1/Q1 S1/Q4 S1/Q2 S2 S2/Q3 PRICE"
    section, _ = add_criterion(a_tree(), CriterionKind.SECTION, "S1")
    assert order(section) == "S1 S1/Q1 S1/Q2 S3 S2 S2/Q3 PRICE"
    last, _ = add_criterion(a_tree(), CriterionKind.REQUIREMENT)
    assert order(last).endswith("PRICE RQ1")


def test_references_are_new() -> None:
    assert next_ref(Method(), CriterionKind.PRICE) == "PRICE"
    assert next_ref(a_tree(), CriterionKind.PRICE) == "PRICE1"
    assert next_lot(Method()) == "2"


def test_a_new_name_reaches_children_and_tie_break() -> None:
    method = replace(a_tree(), tie_break=("highest s1", "lowest price"))
    renamed = rename_criterion(method, "S1", " QUALITY ")
    assert order(renamed).startswith("QUALITY QUALITY/Q1 QUALITY/Q2")
    assert renamed.tie_break == ("highest QUALITY", "lowest price")
    for taken in ("Q3", " "):
        with pytest.raises(RuleRefusal):
            rename_criterion(method, "S1", taken)


def test_a_row_goes_with_all_that_is_under_it() -> None:
    assert order(remove_criterion(a_tree(), "S1")) == "S2 S2/Q3 PRICE"


def test_another_kind_drops_what_it_cannot_have() -> None:
    row = replace(a_criterion("Q1", 10, minimum=2), question="How?", word_limit=300)
    condition = of_kind(row, CriterionKind.CONDITION_OF_PARTICIPATION)
    assert (condition.weight, condition.scale, condition.minimum) == (None, None, None)
    assert (condition.question, condition.word_limit) == ("How?", 300)
    section = of_kind(row, CriterionKind.SECTION)
    assert (section.weight, section.question, section.word_limit) == (Fraction(10), "", None)


def test_rows_in_a_circle_or_under_nothing_are_shown_once() -> None:
    lost = a_criterion("Q1", 1, parent="S9")
    one, two = replace(a_section("S1"), parent=CriterionId("S2")), a_section("S2")
    circle = a_method(lost, one, replace(two, parent=CriterionId("S1")))
    assert sorted(row.ref for row in depth_first(circle)) == ["Q1", "S1", "S2"]
    assert len(with_all_below(circle, "S1")) == 2


def test_a_scale_is_renamed_everywhere_and_names_are_unique() -> None:
    renamed = put_scale(a_tree(), "0-5", ScoringScale("Ours"))
    assert {row.scale for row in renamed.criteria if row.kind.is_scored} == {"Ours"}
    more = put_scale(renamed, None, ScoringScale("Theirs"))
    assert [scale.name for scale in more.scales] == ["Ours", "Theirs"]
    with pytest.raises(RuleRefusal):
        put_scale(more, "Theirs", ScoringScale("ours"))
    with pytest.raises(RuleRefusal):
        put_scale(more, None, ScoringScale(" "))
    assert [scale.name for scale in remove_scale(more, "OURS").scales] == ["Theirs"]


def test_lots_are_added_renamed_and_removed() -> None:
    two = put_lot(a_tree(), None, Lot(LotId("2"), "North"))
    row = replace(with_all_below(two, "Q1")[0], lot=LotId("2"))
    owned = put_criterion(two, row)
    assert put_lot(owned, "2", Lot(LotId("N"))).criteria[1].lot == "N"
    with pytest.raises(RuleRefusal):
        remove_lot(owned, "2")
    assert [lot.ref for lot in remove_lot(two, "1").lots] == ["2"]
    for method, ref, lot in ((two, None, "1"), (two, "1", " ")):
        with pytest.raises(RuleRefusal):
            put_lot(method, ref, Lot(LotId(lot)))
    with pytest.raises(RuleRefusal):
        remove_lot(a_tree(), "1")
