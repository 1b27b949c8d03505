"""What lacks before publishing, and what deserves a second look."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tendereval.domain.completeness import method_gaps, method_warnings
from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.scale import PointRange, ScoreBand, ScoringScale
from tendereval.domain.tender import (
    AwardCriterion,
    AwardRule,
    CriterionKind,
    Lot,
    Method,
    PriceFormula,
    QualityMarks,
    TenderDetails,
)
from tests.builders import (
    a_criterion,
    a_method,
    a_price,
    a_scale,
    a_section,
    a_tender_details,
)

WHOLE = a_method(
    a_section("S", 60, minimum=30),
    a_criterion("Q", 60, parent="S", minimum=2),
    a_criterion("C", kind=CriterionKind.CONDITION_OF_PARTICIPATION),
    a_price(40, zero="refuse"),
)


def gaps(method: Method) -> tuple[str, ...]:
    return method_gaps(a_tender_details(), method)


def with_row(row: AwardCriterion) -> Method:
    return replace(WHOLE, criteria=(*WHOLE.criteria, row))


def test_a_whole_tender_lacks_nothing() -> None:
    assert gaps(WHOLE) == ()


def test_blank_details_are_named_one_by_one() -> None:
    assert method_gaps(TenderDetails(title="  "), WHOLE) == (
        "The tender has no reference.",
        "The tender has no title.",
        "The tender has no contracting authority.",
        "The tender has no regime.",
        "The tender has no procedure.",
        "The tender has no tender deadline.",
    )


def test_a_blank_method_lacks_criteria_and_a_rule() -> None:
    assert gaps(Method()) == ("Lot 1 has no weighted criterion.", "No award rule is chosen.")
    assert gaps(replace(WHOLE, lots=())) == ("The tender has no lot.",)


def test_rules_known_by_name_only_are_gaps() -> None:
    method = replace(
        a_method(a_criterion("Q", 60), a_price(40, formula=PriceFormula.BELOW_LOWEST)),
        award_rule=AwardRule.UTILITY_INDEX,
    )
    assert gaps(method) == (
        "The price formula “below lowest” of PRICE is not yet supported.",
        "The award rule “utility index” is not yet supported.",
    )


def test_lots_scales_and_references_are_unique() -> None:
    method = replace(
        with_row(a_criterion("c", kind=CriterionKind.REQUIREMENT)),
        lots=(Lot(LotId("1")), Lot(LotId("1"))),
        scales=(a_scale(), a_scale()),
    )
    assert gaps(method) == (
        "Lot 1 comes more than once.",
        "The scale “0-5” comes more than once.",
        "The reference C stands for more than one criterion.",
        "The reference c stands for more than one criterion.",
    )


def test_a_criterion_of_a_lot_that_does_not_exist_is_named() -> None:
    row = a_criterion("N1", 10, lot="N")
    assert gaps(with_row(row)) == ("N1 belongs to lot N, which the tender does not have.",)


def test_a_judged_criterion_needs_words() -> None:
    bare = AwardCriterion(CriterionId("R"), " ", CriterionKind.REQUIREMENT)
    assert gaps(with_row(bare)) == ("R has neither a title nor a question.",)
    assert gaps(with_row(replace(bare, question="Do you insure?"))) == ()


@pytest.mark.parametrize(
    ("scale", "told"),
    [
        (None, "Q names no scale."),
        (ScoringScale("x"), "The scale “x” of Q is not defined."),
        (ScoringScale("x", (ScoreBand(Fraction(0)),)), "The scale “x” of Q has no value above 0."),
        (
            ScoringScale("x", (ScoreBand(Fraction(-1)), ScoreBand(Fraction(1)))),
            "The scale “x” of Q has a value below 0.",
        ),
        (
            ScoringScale("x", (), (PointRange(Fraction(0), Fraction(5), Fraction(0)),)),
            "The scale “x” of Q has a range that leads nowhere.",
        ),
        (
            ScoringScale("x", (ScoreBand(Fraction(1), percent=Fraction(101)),)),
            "The scale “x” of Q has a percentage outside 0 to 100.",
        ),
        (
            ScoringScale("x", (ScoreBand(Fraction(1)), ScoreBand(Fraction(1)))),
            "The scale “x” of Q has the same points twice.",
        ),
    ],
)
def test_a_scored_question_needs_a_scale_that_can_be_used(
    scale: ScoringScale | None, told: str
) -> None:
    row = a_criterion("Q", 100, scale=scale.name if scale else None)
    assert gaps(a_method(row, scales=[scale] if scale else [])) == (told,)


def test_weights_parents_and_formulas_are_checked() -> None:
    rows = (a_criterion("Q", parent="S9"), a_price(40, formula=None, zero=None))
    assert gaps(a_method(*rows)) == (
        "PRICE has no price formula.",
        "Q stands under S9, which is not a section of its lot.",
        "Q has no weight.",
    )


def test_a_minimum_beyond_what_can_be_had_is_named() -> None:
    rows = (a_section("S", minimum="60.5"), a_criterion("Q", 60, parent="S"), a_price(40))
    assert gaps(a_method(*rows)) == (
        "S has the minimum 60.5, but only 60 marks are available under it.",
    )


def test_a_minimum_off_the_scale_and_a_tie_break_out_of_form_are_named() -> None:
    method = replace(a_method(a_criterion("Q", 100, minimum=6)), tie_break=("coin",))
    first, second = gaps(method)
    assert first.startswith("The tie-break “coin” is not one of")
    assert second == "Q has the minimum 6, not on its scale."


def test_numbers_of_the_rules_are_not_below_nothing() -> None:
    below = Fraction(-1)
    method = replace(
        WHOLE, round_marks_to=-1, round_totals_to=-1, tie_margin=below, close_margin=below
    )
    assert gaps(method) == (
        "“Round marks to” is below 0.",
        "“Round totals to” is below 0.",
        "“Tie margin” is below 0.",
        "“Close result margin” is below 0.",
    )


def test_a_plain_method_is_warned_of_what_hangs_on_other_bids() -> None:
    told = method_warnings(replace(WHOLE, tie_break=("draw",)))
    (text,) = told
    assert text == (
        "The marks for PRICE are measured against the lowest price: one bidder's withdrawal may "
        "change the order of the others."
    )


def test_everything_odd_is_warned_of() -> None:
    method = replace(
        a_method(a_criterion("Q", 50), a_price(40, lot="N")),
        lots=(Lot(LotId("N")), Lot(LotId("S"))),
        quality_marks=QualityMarks.RELATIVE_TO_BEST,
        award_parameters=(("per", "1"),),
    )
    told = method_warnings(method)
    assert told[:3] == (
        "The weights in lot N add to 90, not 100.",
        "The weights in lot S add to 50, not 100.",
        "Lot S has no price criterion; it would be decided on quality alone.",
    )
    assert told[3].startswith("PRICE does not say what a price of nothing means.")
    assert told[5:] == (
        "Quality marks are relative to the best score and so depend on the other bids.",
        "No tie-break is published; a tie would be left to people.",
        "The award rule “weighted total” takes no parameters; per has no effect.",
    )


def test_a_formula_that_does_not_compare_bids_is_not_warned_of() -> None:
    method = a_method(a_criterion("Q", 60), a_price(40, formula=PriceFormula.CEILING))
    assert method_warnings(method) == ("No tie-break is published; a tie would be left to people.",)
