"""Quiet hints: what stands out in a rationale."""

from fractions import Fraction

import pytest

from tendereval.domain.hints import HintKind, hints
from tendereval.domain.scale import ScoreBand, ScoringScale

SCALE = ScoringScale(
    "0-5",
    (
        ScoreBand(Fraction(0), "None", "No answer, or nothing to the point."),
        ScoreBand(Fraction(3), "Sound", "Answers most parts. Some gaps, none of them serious."),
        ScoreBand(Fraction(4), "Good", "Answers every part well. Small gaps."),
        ScoreBand(Fraction(5), "Excellent", "Answers every part, with evidence."),
    ),
)
FOUR = Fraction(4)


def kinds(text: str, points: Fraction | None = FOUR, question: str = "") -> list[HintKind]:
    found = hints(text, SCALE, points, question=question, others=("Bidder B", "Vale Coaches Ltd"))
    return [hint.kind for hint in found]


@pytest.mark.parametrize(
    "text",
    [
        "Stronger than the others on cover.",
        "The cover is wider than the other bidders offer.",
        "Better than others.",
        "Compared with the rest, the plan is thin.",
        "the best of all answers on this point",
        "More detailed than other tenders.",
        "Bidder B gave a figure for this; here there is none.",
        "Unlike Vale Coaches Ltd, no dates.",
    ],
)
def test_comparing_with_another_bidder_is_pointed_out(text: str) -> None:
    assert kinds(text) == [HintKind.COMPARES]


@pytest.mark.parametrize(
    "text",
    [
        "All four points are answered, with figures; the target has no plan behind it.",
        "Cover is wider than the specification asks for.",
        "The relief pool is larger than the staff list needs.",
        "It says how passengers hear of a delay. Paragraph 3 gives the times.",
        "Dates are named. It stops short of excellent since nothing is measured.",
        "",
    ],
)
def test_a_plain_rationale_gets_no_hint(text: str) -> None:
    assert kinds(text, None if not text else FOUR) == []


@pytest.mark.parametrize("text", ["It is cheap for what it is.", "At £12,000 a year it is fair."])
def test_price_is_pointed_out(text: str) -> None:
    assert kinds(text) == [HintKind.PRICE]


def test_price_that_the_question_asks_about_is_not() -> None:
    asked = "How will you keep the prices in the café fair?"
    assert kinds("It freezes prices for two years, with a list.", question=asked) == []


@pytest.mark.parametrize(
    "text",
    [
        "In my experience they deliver on time.",
        "Their website shows more depots than this.",
        "We know them from the previous contract.",
        "As the incumbent they have the keys already.",
    ],
)
def test_what_is_outside_the_tender_is_pointed_out(text: str) -> None:
    assert HintKind.OUTSIDE in kinds(text)


@pytest.mark.parametrize(
    "text", ["Good.", "Answers every part well, small gaps.", "A good answer. Answers every part."]
)
def test_words_that_only_repeat_the_band_are_pointed_out(text: str) -> None:
    assert HintKind.REPEATS in kinds(text)


def test_words_of_another_band_are_pointed_out() -> None:
    (hint,) = hints("An excellent plan with names and dates in paragraph 2.", SCALE, Fraction(3))
    assert (hint.kind, hint.words) == (HintKind.OTHER_BAND, "excellent")


def test_a_score_without_words_is_pointed_out_and_evidence_alone_is_not_enough() -> None:
    assert kinds("") == [HintKind.EMPTY]
    assert kinds("“we answer in a minute” (paragraph 1)") == [HintKind.EMPTY]


def test_evidence_is_the_bidders_wording_and_left_alone() -> None:
    text = "“cheaper and better than the others” (paragraph 1)\n\nA claim with no figure behind it."
    assert kinds(text) == []


def test_every_hint_says_what_and_how() -> None:
    text = "Better than the others, cheap, and their website is nice. Excellent."
    found = hints(text, SCALE, Fraction(3))
    assert len(found) == 4
    assert all(hint.what.endswith(".") and hint.how.endswith(".") for hint in found)


def test_a_very_long_text_is_looked_at_in_no_time() -> None:
    assert kinds("better than the " * 20_000) in ([], [HintKind.COMPARES])
