"""Scores, agreed scores, explanations and declarations."""

from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.evaluation import InterestOutcome
from tests.exchange.books import CRITERIA, Rows, read, refused

HEADER = ["Evaluator", "Bidder", "Ref", "Score", "Rationale", "Lot"]
AGREED = ["Bidder", "Ref", "Score", "Rationale", "Present", "Confirmed by"]


def test_scores_name_people_by_name_or_e_mail(tmp_path: Path) -> None:
    rows: Rows = [
        HEADER,
        ["pat lee", "Alder Ltd", "Q1", 4, " Good. "],
        ["SAM@x.example", "birch ltd", "q1", "0", "Nothing."],
    ]
    found = read(tmp_path, Scores=rows).scores
    assert [(row.evaluator, row.bidder, row.points) for row in found] == [
        ("pat@x.example", "Alder Ltd", Fraction(4)),
        ("sam@x.example", "Birch Ltd", Fraction(0)),
    ]
    assert found[0].rationale == " Good. "


def test_a_blank_score_is_not_scored_and_never_nought(tmp_path: Path) -> None:
    rows: Rows = [
        HEADER,
        ["Pat Lee", "Alder Ltd", "Q1", None, None],
        ["Pat Lee", "Alder Ltd", "Q2", "  ", "Not sure yet"],
    ]
    found = read(tmp_path, Scores=rows).scores
    assert [(row.criterion, row.points, row.cannot_score) for row in found] == [("Q2", None, False)]


def test_pass_and_fail(tmp_path: Path) -> None:
    criteria: Rows = [*CRITERIA, ["Q3", "Registered", "quality", 1, "Pass/Fail"]]
    rows: Rows = [
        HEADER,
        ["Pat Lee", "Alder Ltd", "C1", "PASS"],
        ["Pat Lee", "Birch Ltd", "C1", " fail "],
        ["Pat Lee", "Birch Ltd", "Q3", "Pass"],
    ]
    found = read(tmp_path, Criteria=criteria, Scores=rows).scores
    assert [row.points for row in found] == [1, 0, 1]


def test_cannot_score_with_its_reason(tmp_path: Path) -> None:
    rows: Rows = [HEADER, ["Pat Lee", "Alder Ltd", "Q1", "Cannot  Score", "The file is empty."]]
    score = read(tmp_path, Scores=rows).scores[0]
    assert (score.cannot_score, score.points) == (True, None)
    assert score.rationale == "The file is empty."


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["Pat", "Alder Ltd", "Q1", 3], "is not known"),
        ([None, "Alder Ltd", "Q1", 3], "This is blank"),
        (["Pat Lee", "Elder Ltd", "Q1", 3], "Did you mean Alder Ltd?"),
        (["Pat Lee", "Alder Ltd", "Q12", 3], "is not known"),
        (["Pat Lee", "Alder Ltd", "PRICE", 3], "a panel does not score"),
        (["Pat Lee", "Alder Ltd", "Q1", 6], "6 is not on the scale 0-5. Write 0, 1, 2, 3, 4 or 5."),
        (["Pat Lee", "Alder Ltd", "Q1", 3.5], "3.5 is not on the scale"),
        (["Pat Lee", "Alder Ltd", "Q1", "Pass"], "Write 0, 1, 2, 3, 4 or 5."),
        (["Pat Lee", "Alder Ltd", "C1", 1], "neither Pass nor Fail"),
        (["Pat Lee", "Alder Ltd", "Q1", "cannot score"], "no reason"),
        (["Pat Lee", "Alder Ltd", "Q1", "=1"], "formula"),
        (["PAT@x.example", "alder ltd", "q2", 3], "holds a score of pat@x.example"),
        (["Pat Lee", "Alder Ltd", "Q1", 3, None, "East"], "There is no lot"),
    ],
)
def test_a_wrong_score_is_refused(tmp_path: Path, row: list[object], words: str) -> None:
    problems = refused(tmp_path, Scores=[HEADER, ["Pat Lee", "Alder Ltd", "Q2", 3], row])
    assert len(problems) == 1
    assert words in problems[0]


def test_a_score_needs_the_scale_of_its_question(tmp_path: Path) -> None:
    criteria: Rows = [["Ref", "Title", "Kind"], ["Q1", "q", "quality"]]
    rows: Rows = [HEADER, ["Pat Lee", "Alder Ltd", "Q1", 3]]
    assert "Q1 has no scale" in refused(tmp_path, Criteria=criteria, Scores=rows)[0]


def test_two_people_of_one_name_are_told_apart_by_e_mail(tmp_path: Path) -> None:
    panel: Rows = [
        ["Name", "Email", "Role"],
        ["Pat", "p1@x.example", "lead"],
        ["Pat", "p2@x.example", "lead"],
    ]
    rows: Rows = [HEADER, ["pat", "Alder Ltd", "Q1", 3]]
    problem = refused(tmp_path, Panel=panel, Scores=rows)[0]
    assert "2 people are called “pat”. Write p1@x.example or p2@x.example." in problem


def test_a_wrong_criterion_does_not_make_its_scores_wrong_too(tmp_path: Path) -> None:
    criteria: Rows = [["Ref", "Title", "Kind", "Weight", "Scale"], ["Q1", "q", "qality", 1, "0-5"]]
    rows: Rows = [HEADER, ["Pat Lee", "Alder Ltd", "Q1", 9]]
    assert len(refused(tmp_path, Criteria=criteria, Scores=rows)) == 1


def test_agreed_scores(tmp_path: Path) -> None:
    rows: Rows = [
        [*AGREED, "Releasable rationale"],
        ["Alder Ltd", "Q1", 4, "Named sites.", "all", "Pat Lee; sam@x.example", "Sites."],
        ["Alder Ltd", "C1", "Pass", "Certificate seen.", None, None, None],
        ["Alder Ltd", "Q2", None, None, None, None, None],
    ]
    first, second = read(tmp_path, Agreed=rows).agreed
    both = ("pat@x.example", "sam@x.example")
    assert (first.present, first.confirmed_by) == (both, both)
    assert [first.points, second.points] == [4, 1]
    assert (first.rationale, first.releasable_rationale) == ("Named sites.", "Sites.")
    assert second.present == ()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["Alder Ltd", "Q1", 3.5, "x"], "not on the scale"),
        (["Alder Ltd", "Q1", 3, None], "no rationale for the agreed score"),
        (["Alder Ltd", "Q1", None, "x"], "no agreed score"),
        (["alder ltd", "q2", 3, "x"], "holds the agreed score for this answer already"),
        (["Alder Ltd", "Q1", 3, "x", "Nobody"], "is not known"),
        (["Alder Ltd", "Q1", 3, "x", "Pat Lee", "all"], "without being present"),
    ],
)
def test_a_wrong_agreed_score_is_refused(tmp_path: Path, row: list[object], words: str) -> None:
    problems = refused(tmp_path, Agreed=[AGREED, ["Alder Ltd", "Q2", 3, "y"], row])
    assert len(problems) == 1
    assert words in problems[0]


def test_explanations(tmp_path: Path) -> None:
    subs: Rows = [["Ref", "Sub-ref", "Text"], ["Q1", "a", "Sites"]]
    header = ["Bidder", "Ref", "Sub-ref", "Explanation"]
    good: Rows = [header, ["Alder Ltd", "q1", "A", "All named."]]
    found = read(tmp_path, Sub_criteria=subs, Explanations=good).explanations[0]
    assert (found.criterion, found.sub_criterion, found.text) == ("Q1", "a", "All named.")
    bad: Rows = [*good, ["Alder Ltd", "Q1", "b", "x"], ["Alder Ltd", "Q1", "a", "y"]]
    bad = [*bad, ["Alder Ltd", "Q2", "b", "x"], ["Alder Ltd", "C1", "c", None]]
    problems = refused(tmp_path, Sub_criteria=subs, Explanations=bad)
    assert "has no sub-criterion “b”. Write a." in problems[0]
    assert "explains a already" in problems[1]
    assert "Add it to the Sub-criteria sheet" in problems[2]
    assert "This is blank" in problems[4]


def test_declarations(tmp_path: Path) -> None:
    rows: Rows = [
        ["Evaluator", "Interest", "About", "Outcome", "How"],
        ["Pat Lee"],
        [
            "Sam Roe",
            "Brother works there",
            "alder ltd; Birch Ltd",
            "Removed for bidders",
            "Steps out",
        ],
    ]
    none, some = read(tmp_path, Declarations=rows).declarations
    assert (none.evaluator, none.interest, none.outcome) == ("pat@x.example", "", None)
    assert some.about == ("Alder Ltd", "Birch Ltd")
    assert some.outcome is InterestOutcome.REMOVED_FOR_BIDDERS


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["Pat Lee", None, "Alder Ltd"], "No interest is declared"),
        (["Pat Lee", "None", None, "managed"], "No interest is declared"),
        (["Pat Lee", "x", None, "removed for bidders"], "for which bidders"),
        (["Pat Lee", "x", "Elm"], "is not known"),
        (["sam@x.example"], "holds the declaration of sam@x.example already"),
    ],
)
def test_a_wrong_declaration_is_refused(tmp_path: Path, row: list[object], words: str) -> None:
    header = ["Evaluator", "Interest", "About", "Outcome", "How"]
    problems = refused(tmp_path, Declarations=[header, ["Sam Roe"], row])
    assert len(problems) == 1
    assert words in problems[0]
