"""How far evaluators differ."""

from fractions import Fraction

from tendereval.domain.bidding import Place
from tendereval.domain.disagreement import agenda_order, disagreement
from tendereval.domain.ids import BidderId, CriterionId

PLACE = Place(BidderId("b"), CriterionId("Q1"))


def test_the_spread_is_highest_less_lowest() -> None:
    found = disagreement(PLACE, [Fraction(4), Fraction(1), Fraction(3)])
    assert (found.lowest, found.highest) == (Fraction(1), Fraction(4))
    assert found.spread == found.scorers == 3


def test_nobody_and_one_person_do_not_disagree() -> None:
    assert disagreement(PLACE, []).spread == 0
    assert disagreement(PLACE, [Fraction(5)]).spread == 0


def test_a_meeting_begins_where_most_marks_are_at_stake() -> None:
    small = disagreement(PLACE, [Fraction(0), Fraction(5)])
    large = disagreement(PLACE, [Fraction(40), Fraction(60)])
    none = disagreement(PLACE, [Fraction(1), Fraction(2)])
    found = [
        (none, Fraction(0), Fraction(90)),
        (small, Fraction(5), Fraction(5)),
        (large, Fraction(100), Fraction(50)),
    ]
    assert agenda_order(found) == (large, small, none)


def test_equal_stakes_keep_their_order() -> None:
    first = disagreement(PLACE, [Fraction(1), Fraction(2)])
    second = disagreement(PLACE, [Fraction(3), Fraction(4)])
    five, ten = Fraction(5), Fraction(10)
    assert agenda_order([(first, five, ten), (second, five, ten)]) == (first, second)
