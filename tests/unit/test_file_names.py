"""Whose file it is and what it answers, guessed from names."""

import pytest

from tendereval.domain.bidding import Bidder
from tendereval.domain.file_names import guess, words_of
from tendereval.domain.ids import BidderId, CriterionId
from tendereval.domain.tender import AwardCriterion, CriterionKind
from tendereval.domain.word_limit import length_of

BIDDERS = [
    Bidder(BidderId("b-1"), "Castrane Facilities Group plc"),
    Bidder(BidderId("b-2"), "Brindlow & Daughter Ltd"),
    Bidder(BidderId("b-3"), "Alder Ltd"),
    Bidder(BidderId("b-4"), "Alder Homes Ltd"),
    Bidder(BidderId("b-5"), "Tŷ Gwyn CIC"),
    Bidder(BidderId("b-6"), "North West Cleaning Ltd"),
]
ROWS = [
    AwardCriterion(CriterionId(ref), title, CriterionKind.QUALITY)
    for ref, title in (
        ("Q1", "Safe, accessible vehicles"),
        ("Q1.a", "Wheels"),
        ("Q2", "Booking"),
        ("SV2", "Routes into work"),
        ("3", "Staff"),
        ("1.2", "Start"),
        ("INS", "Insurance"),
    )
]


def guessed(path: str) -> tuple[str | None, str | None]:
    found = guess(path.split("/"), BIDDERS, ROWS)
    return found.bidder, found.question


@pytest.mark.parametrize(
    ("path", "bidder", "question"),
    [
        ("Castrane Facilities Group plc/Q1", "b-1", "Q1"),
        ("CASTRANE/q1 final v2", "b-1", "Q1"),
        ("CastraneFacilitiesGroup_Q2", "b-1", "Q2"),
        ("Brindlow and Daughter/Question 01", "b-2", "Q1"),
        ("brindlow/Q-1", "b-2", "Q1"),
        ("Alder Homes/Q1.a wheels", "b-4", "Q1.a"),
        ("Alder/SV 2", "b-3", "SV2"),
        ("Tŷ Gwyn/sv2", "b-5", "SV2"),
        ("TY\u0302 GWYN/sv2", "b-5", "SV2"),
        ("NWC/3 - staff", "b-6", "3"),
        ("Alder/1.2 start", "b-3", "1.2"),
        ("Alder/INS certificate", "b-3", "INS"),
        ("Brindlow/Safe accessible vehicles", "b-2", "Q1"),
        ("Brindlow/Q1 folder/answer", "b-2", "Q1"),
    ],
)
def test_names_and_references_are_found(path: str, bidder: str, question: str) -> None:
    assert guessed(path) == (bidder, question)


@pytest.mark.parametrize(
    ("path", "bidder", "question"),
    [
        ("Alder/Q12", "b-3", None),
        ("Alder/FAQ1", "b-3", None),
        ("Alder/report 3", "b-3", None),
        ("Balderton/Q1", None, "Q1"),
        ("north/Q2", "b-6", "Q2"),
        ("in/answer", None, None),
        ("", None, None),
    ],
)
def test_only_whole_words_count(path: str, bidder: str | None, question: str | None) -> None:
    assert guessed(path) == (bidder, question)


def test_doubt_is_left_to_a_person() -> None:
    both = guess(["Castrane", "reference from Brindlow and Daughter Q1"], BIDDERS, ROWS)
    assert (both.bidder, both.question) == (None, "Q1")
    two = guess(["Castrane Facilities", "Tŷ Gwyn Q1"], BIDDERS, ROWS)
    assert two.bidder is None
    assert two.how == ("2 bidders fit: Castrane Facilities Group plc and Tŷ Gwyn CIC. Choose one.")
    questions = guess(["Alder", "Q1 and Q2"], BIDDERS, ROWS)
    assert questions.how == "2 questions fit: Q1 and Q2. Choose one."


def test_the_guess_says_what_it_rests_on() -> None:
    def how(path: str) -> str:
        return guess(path.split("/"), BIDDERS, ROWS).how

    assert how("Alder Ltd/Q1") == "Bidder by its name, question by its reference."
    assert how("nwc/x") == "Bidder by its initials; no question in the name."
    assert how("x/Q1") == "Question by its reference; no bidder in the name. Choose one."
    assert how("x/y") == "Nothing in the name says whose it is."
    assert how("x/Routes into work").startswith("Question by its title")


def test_capitals_inside_a_word_begin_another() -> None:
    assert words_of("AlderLtd_Q1 – final") == ("alder", "ltd", "q1", "final")


def test_a_length_says_itself() -> None:
    assert str(length_of("one two", 500)) == "2 of 500 words"
    assert str(length_of("one")) == "1 word"
    assert str(length_of("")) == "0 words"
    assert (length_of("a b c", 2).over, length_of("a b", 2).over, length_of("a").over) == (1, 0, 0)
