"""Quiet hints on what goes to a bidder, and the sentence at a place of a text."""

import pytest

from tendereval.domain.releasable import releasable_hints, sentence_at

PEOPLE = ("Grace Bell", "Al Yu")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It is better than the other bidders.", "better than the other bidders"),
        ("Unlike Birch Ltd it names a date.", "Birch Ltd"),
        ("It is cheap for what it offers.", "cheap"),
        ("As grace bell said, it is clear.", "grace bell"),
        ("It is clear, Grace thought.", "Grace"),
        ("It is clear, as Bell said.", "Bell"),
    ],
)
def test_what_stands_out(text: str, word: str) -> None:
    found = releasable_hints(text, others=("Birch Ltd",), people=PEOPLE)
    assert any(word in hint for hint in found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "In my experience it works.",
        "Bell towers are served on time.",
        "It says it with grace.",
        "We ask all of you.",
        "Al",
    ],
)
def test_what_does_not(text: str) -> None:
    assert releasable_hints(text, others=("Birch Ltd",), people=PEOPLE) == ()


@pytest.mark.parametrize(
    ("position", "sentence"),
    [(0, "One is clear."), (14, "Two costs 4.5 hours!"), (40, "Three"), (999, "Three")],
)
def test_the_sentence_at_a_place(position: int, sentence: str) -> None:
    assert sentence_at("One is clear. Two costs 4.5 hours!\n\nThree", position) == sentence


def test_no_sentence_in_nothing() -> None:
    assert sentence_at("  \n ", 1) == ""
    assert sentence_at("\n\nOne.", 0) == "One."
