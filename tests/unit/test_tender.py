"""The tender's own values: kinds, scales, look-ups without case."""

from fractions import Fraction

import pytest

from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.scale import FAIL, PASS, PASS_OR_FAIL, PointRange, ScoreBand, ScoringScale
from tendereval.domain.tender import AwardCriterion, CriterionKind, Lot, Method
from tests.builders import a_criterion, a_method, a_price, a_range, a_scale


def test_which_kinds_are_scored_judged_and_weighted() -> None:
    table = {
        kind: (kind.is_scored, kind.is_pass_or_fail, kind.is_judged, kind.is_weighted)
        for kind in CriterionKind
    }
    scored, verdict = (True, False, True, True), (False, True, True, False)
    assert table == {
        CriterionKind.SECTION: (False, False, False, False),
        CriterionKind.QUALITY: scored,
        CriterionKind.SOCIAL_VALUE: scored,
        CriterionKind.PUBLIC_VALUE: scored,
        CriterionKind.PRICE: (False, False, False, True),
        CriterionKind.CONDITION_OF_PARTICIPATION: verdict,
        CriterionKind.REQUIREMENT: verdict,
        CriterionKind.INFORMATION: (False, False, False, False),
    }


@pytest.mark.parametrize("points", ["0", "0.5", "99.5", "100"])
def test_a_range_holds_its_steps(points: str) -> None:
    assert Fraction(points) in a_range("0-100 step 0.5", 100, "0.5")


@pytest.mark.parametrize("points", ["-0.5", "0.25", "100.5", "1/3"])
def test_a_range_holds_nothing_between_or_beyond(points: str) -> None:
    assert Fraction(points) not in a_range("0-100 step 0.5", 100, "0.5")


def test_steps_are_counted_from_the_lowest_value() -> None:
    span = PointRange(Fraction(1), Fraction(10), Fraction(3))
    assert [value for value in range(12) if Fraction(value) in span] == [1, 4, 7, 10]


def test_a_scale_may_mix_bands_and_ranges() -> None:
    scale = ScoringScale(
        "mixed", (ScoreBand(Fraction(0)),), (PointRange(Fraction(5), Fraction(7)),)
    )
    assert [value for value in range(9) if Fraction(value) in scale] == [0, 5, 6, 7]
    assert scale.maximum == 7


def test_an_empty_scale_has_no_value() -> None:
    assert ScoringScale("none").maximum == 0
    assert Fraction(0) not in ScoringScale("none")


def test_the_share_is_points_over_maximum_or_the_published_percentage() -> None:
    scale = a_scale(p4=90)
    assert scale.share(Fraction(4)) == Fraction(9, 10)
    assert scale.share(Fraction(3)) == Fraction(3, 5)
    assert a_range("0-7", 7).share(Fraction(2)) == Fraction(2, 7)
    assert scale.band(Fraction("4.5")) is None


def test_pass_and_fail_are_a_scale_of_two() -> None:
    assert FAIL in PASS_OR_FAIL
    assert PASS in PASS_OR_FAIL
    assert Fraction(1, 2) not in PASS_OR_FAIL


def test_references_are_found_without_case() -> None:
    method = a_method(a_criterion("Q1", 60), a_price(40))
    assert method.criterion("q1") == method.criteria[0]
    assert method.criterion("Q9") is None
    assert method.lot("1") == Lot(LotId("1"))
    assert method.lot("North") is None


def test_a_criterion_counts_in_its_own_lot_or_in_all() -> None:
    method = Method(
        lots=(Lot(LotId("N")), Lot(LotId("S"))),
        criteria=(a_criterion("BOTH"), a_criterion("N1", lot="N"), a_criterion("S1", lot="S")),
    )
    assert [row.ref for row in method.in_lot(LotId("N"))] == ["BOTH", "N1"]


def test_a_panel_judges_questions_and_verdicts_only() -> None:
    rows = [AwardCriterion(CriterionId(kind.value), "", kind) for kind in CriterionKind]
    judged = [row.ref for row in a_method(*rows).judged(LotId("1"))]
    assert judged == [
        "quality",
        "social value",
        "public value",
        "condition of participation",
        "requirement",
    ]


def test_the_scale_of_a_criterion() -> None:
    question = a_criterion("Q", 100, scale="0-5")
    verdict = a_criterion("R", kind=CriterionKind.REQUIREMENT)
    lost = a_criterion("L", 1, scale="lost")
    method = a_method(question, verdict, lost)
    assert method.scale_of(question) == a_scale()
    assert method.scale_of(verdict) is PASS_OR_FAIL
    assert method.scale_of(lost) == ScoringScale("lost")
    assert method.scale_of(a_price(40)) == ScoringScale("")


def test_a_blank_method_has_one_lot_and_nothing_else() -> None:
    assert [lot.ref for lot in Method().lots] == ["1"]
    assert Method().criteria == ()
