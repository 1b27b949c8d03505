"""The canonical text of a method and its fingerprint."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tendereval.domain.method_text import canonical_text, changed_criteria, fingerprint, short
from tendereval.domain.tender import (
    AwardRule,
    Lot,
    Method,
    QualityMarks,
    SubCriterion,
    WeightMode,
)
from tests.builders import a_criterion, a_method, a_price, a_range, a_scale, a_section

METHOD = a_method(
    a_section("S", 60),
    replace(
        a_criterion("Q", 60, parent="S", minimum=2),
        question="First line\nCriterion X: second line",
        sub_criteria=(SubCriterion("a", "Trees"),),
    ),
    a_price(40, zero="refuse"),
    scales=[a_scale("banded", 4, p3=90), a_range("0-10", 10, "0.5")],
)

CHANGES = [
    replace(METHOD, award_rule=AwardRule.UTILITY_INDEX),
    replace(METHOD, award_rule=None),
    replace(METHOD, award_parameters=(("per", "1"),)),
    replace(METHOD, weights_are=WeightMode.POINTS),
    replace(METHOD, quality_marks=QualityMarks.RELATIVE_TO_BEST),
    replace(METHOD, round_marks_to=0),
    replace(METHOD, round_totals_to=2),
    replace(METHOD, tie_margin=Fraction(1, 2)),
    replace(METHOD, tie_break=("draw",)),
    replace(METHOD, close_margin=Fraction(0)),
    replace(METHOD, hide_bidder_names=True),
    replace(METHOD, framework_places=3),
    replace(METHOD, lot_cap=1),
    replace(METHOD, lots=(replace(METHOD.lots[0], estimated_value=Fraction(5)),)),
    replace(METHOD, lots=(Lot(METHOD.lots[0].ref, "North"),)),
    replace(METHOD, scales=METHOD.scales[1:]),
    replace(METHOD, criteria=METHOD.criteria[::-1]),
    replace(METHOD, criteria=METHOD.criteria[:2]),
]


@pytest.mark.parametrize("changed", CHANGES)
def test_any_change_changes_the_fingerprint(changed: Method) -> None:
    assert fingerprint(changed) != fingerprint(METHOD)


def test_the_same_method_has_the_same_fingerprint() -> None:
    again = replace(METHOD, criteria=tuple(replace(row) for row in METHOD.criteria))
    assert fingerprint(again) == fingerprint(METHOD)
    assert len(fingerprint(METHOD)) == 64


def test_a_published_text_cannot_imitate_a_heading() -> None:
    lines = canonical_text(METHOD).splitlines()
    assert "Question: First line" in lines
    assert "    Criterion X: second line" in lines
    assert not any(line.startswith("Criterion X") for line in lines)


def test_a_digest_is_shortened_for_people() -> None:
    assert short("0123456789abcdef") == "0123 4567"


def test_only_what_changes_the_meaning_of_a_score_counts_as_changed() -> None:
    section, question, price = METHOD.criteria
    reworded = replace(question, question="Something else")
    reweighted = replace(question, weight=Fraction(1))
    new = a_criterion("NEW", 1)
    assert changed_criteria(METHOD, METHOD) == frozenset()
    after = replace(METHOD, criteria=(section, reworded, price, new))
    assert changed_criteria(METHOD, after) == {"Q"}
    assert changed_criteria(METHOD, replace(METHOD, criteria=(reweighted,))) == frozenset()
