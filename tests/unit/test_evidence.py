"""Evidence in a rationale, and where it stands in the answer."""

from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.aliases import aliases
from tendereval.domain.bidding import Bidder
from tendereval.domain.evidence import (
    Evidence,
    evidence_from,
    find_quote,
    join_rationale,
    paragraph_at,
    paragraphs,
    split_rationale,
)
from tendereval.domain.ids import BidderId

ANSWER = "First here.\n\nSecond, with the\nwords we want.\n\nThe words  again: we want."
WORDS = st.text(alphabet="ab “”()\n1", max_size=40).filter(
    lambda text: not split_rationale(text)[0]
)


@given(st.lists(st.text("abc “”", min_size=1).map(lambda t: Evidence(t, "page 2"))), WORDS)
def test_what_is_joined_comes_apart_again(items: list[Evidence], words: str) -> None:
    assert split_rationale(join_rationale(tuple(items), words)) == (tuple(items), words)


def test_a_line_with_more_words_is_no_evidence() -> None:
    text = "“a” (paragraph 1) shows it."
    assert split_rationale(text) == ((), text)


def test_selected_words_become_one_line() -> None:
    assert evidence_from(" with the\nwords ", "paragraph 3") == Evidence(
        "with the words", "paragraph 3"
    )
    assert evidence_from(" \n", "paragraph 3") is None


def test_paragraphs_are_lines_with_something_on_them() -> None:
    assert [ANSWER[start : start + length] for start, length in paragraphs(ANSWER)] == [
        "First here.",
        "Second, with the",
        "words we want.",
        "The words  again: we want.",
    ]
    assert paragraph_at(ANSWER, 0) == 1
    assert paragraph_at(ANSWER, ANSWER.index("again")) == 4
    assert paragraph_at("", 0) == 1


def test_a_quote_is_found_in_its_paragraph_first_and_over_line_ends() -> None:
    start, length = find_quote(ANSWER, Evidence("we want", "paragraph 4")) or (0, 0)
    assert ANSWER[start : start + length] == "we want"
    assert start > ANSWER.index("again")
    found = find_quote(ANSWER, Evidence("with the words", "paragraph 9"))
    assert found == (ANSWER.index("with"), len("with the\nwords"))
    assert find_quote(ANSWER, Evidence("nowhere", "page 1")) is None
    assert find_quote(ANSWER, Evidence(" ", "page 1")) is None


def test_aliases_follow_the_order_of_registering() -> None:
    bidders = [Bidder(BidderId(f"b-{n}"), f"Firm {n}") for n in range(28)]
    assert list(aliases(bidders).values())[::27] == ["Bidder A", "Bidder AB"]
