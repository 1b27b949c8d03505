"""Declarations of interests and the lead's decision: no declaration, no scoring."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.errors import NotDeclared, NotTheirs, RuleRefusal
from tendereval.domain.evaluation import InterestOutcome, ScoreState
from tendereval.domain.ids import BidderId
from tendereval.services import moderating, panel, scoring
from tendereval.services.session import Session
from tests.service.builders import (
    ALDER,
    ANA,
    BEN,
    BIRCH,
    CAM,
    DECLARATIONS,
    PANEL,
    Desk,
    Rows,
    a_desk,
    place,
)

HEAD = ("Evaluator", "Interest", "About", "Outcome", "How")
COUSIN = "A cousin works there."


def score(session: Session, bidder: BidderId = ALDER) -> None:
    entry = scoring.Entry(place(bidder, "Q1"), ScoreState.READY, Fraction(3), "Sound.")
    scoring.record_score(session, BEN, entry)


def declared(tmp_path: Path, interest: str = COUSIN) -> Desk:
    desk = a_desk(tmp_path, "scoring")
    with desk.session("ben@x.example") as session:
        panel.declare(session, BEN, interest, (ALDER,) if interest else ())
    return desk


def test_nobody_scores_before_declaring(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    desk.clock.now = desk.clock.now.replace(month=3, day=2)
    assert desk.enter("scoring").status == 0
    with desk.session() as session:
        with pytest.raises(NotDeclared, match="has not declared"):
            score(session)
        panel.declare(session, BEN, "")
        score(session)


def test_a_workbook_names_once_who_has_not_declared(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    desk.clock.now = desk.clock.now.replace(month=3, day=2)
    desk.enter("scoring")
    rows: Rows = (
        ("Evaluator", "Bidder", "Ref", "Score", "Rationale"),
        ("Ben Bell", "Alder Ltd", "Q1", 3, "Sound."),
        ("Ben Bell", "Alder Ltd", "Q2", 3, "Sound."),
    )
    refused = desk.take_in({"Scores": rows})
    assert refused.status == 1
    assert refused.err.count("Ben Bell has not declared interests yet.") == 1


def test_a_declared_interest_locks_scoring_until_it_is_decided(tmp_path: Path) -> None:
    desk = declared(tmp_path)
    with desk.session() as session:
        with pytest.raises(NotDeclared, match="awaits the lead's decision"):
            score(session, BIRCH)
        panel.decide_interest(session, BEN, InterestOutcome.MANAGED, "Speaks last on Alder.")
        score(session)
    declaration = desk.now().declaration(BEN)
    assert declaration is not None
    assert (declaration.interest, declaration.how) == (COUSIN, "Speaks last on Alder.")


def test_removed_for_a_bidder_scores_the_others_only(tmp_path: Path) -> None:
    desk = declared(tmp_path)
    outcome = InterestOutcome.REMOVED_FOR_BIDDERS
    with desk.session() as session:
        panel.decide_interest(session, BEN, outcome, "Leaves the room.", frozenset({ALDER}))
        score(session, BIRCH)
        with pytest.raises(NotTheirs, match="was removed from this bidder: Q1, Alder Ltd"):
            score(session)
    asked = {item.place for item in desk.now().assignments() if item.evaluator == BEN}
    assert asked == {place(BIRCH, "Q1"), place(BIRCH, "Q2")}


def test_removed_altogether_scores_nothing(tmp_path: Path) -> None:
    desk = declared(tmp_path)
    with desk.session() as session:
        panel.decide_interest(session, BEN, InterestOutcome.REMOVED, "Too close.")
        with pytest.raises(NotTheirs):
            score(session, BIRCH)
    assert BEN not in {item.evaluator for item in desk.now().assignments()}


def test_who_was_removed_takes_no_part_in_agreeing(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "agreed")
    with desk.session() as session:
        panel.declare(session, BEN, COUSIN, (ALDER,))
        how, which = "Leaves the room.", frozenset({ALDER})
        panel.decide_interest(session, BEN, InterestOutcome.REMOVED_FOR_BIDDERS, how, which)
        agreement = moderating.Agreement(
            place(ALDER, "Q1"), Fraction(3), "Sound.", present=(ANA, BEN), reason="Read again."
        )
        with pytest.raises(RuleRefusal, match="Ben Bell was removed for Alder Ltd"):
            moderating.record_agreed_score(session, agreement)


BAD: dict[str, tuple[Callable[[Session], None], str]] = {
    "one's own": (
        lambda session: panel.decide_interest(
            session.acting_as(BEN), BEN, InterestOutcome.NONE, "Nothing in it."
        ),
        "Nobody decides on an interest of their own",
    ),
    "by another evaluator": (
        lambda session: panel.decide_interest(
            session.acting_as(CAM), BEN, InterestOutcome.NONE, "Nothing in it."
        ),
        "The lead evaluator decides",
    ),
    "without saying how": (
        lambda session: panel.decide_interest(session, BEN, InterestOutcome.MANAGED, "  "),
        "how the interest is dealt with",
    ),
    "for nobody": (
        lambda session: panel.decide_interest(
            session, BEN, InterestOutcome.REMOVED_FOR_BIDDERS, "Out."
        ),
        "needs the bidders",
    ),
    "of nothing": (
        lambda session: panel.decide_interest(session, CAM, InterestOutcome.NONE, "Nothing."),
        "has declared no interest",
    ),
}


@pytest.mark.parametrize("which", BAD)
def test_a_decision_is_refused(which: str, tmp_path: Path) -> None:
    do, words = BAD[which]
    desk = declared(tmp_path)
    before = desk.file.read_bytes()
    with desk.session() as session, pytest.raises(RuleRefusal, match=words):
        do(session)
    assert desk.file.read_bytes() == before


def test_an_evaluator_does_not_decide_by_a_workbook(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    rows: Rows = (HEAD, ("Ben Bell", COUSIN, "Alder Ltd", "none", "Nothing in it."))
    refused = desk.take_in({"Declarations": rows}, "--by", "ben@x.example")
    assert refused.status == 1
    assert "Declarations, row 2: Nobody decides on an interest of their own." in refused.err
    assert desk.take_in({"Declarations": rows}).status == 0


def test_the_leads_own_interest_is_decided_by_a_colleague(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    rows: Rows = (HEAD, ("Ana Ames", COUSIN, "Alder Ltd", "managed", "Dot reads along."))
    assert "an interest of their own" in desk.take_in({"Declarations": rows}).err
    assert desk.take_in({"Declarations": rows}, "--by", "Dot Dean").status == 0


def test_a_workbook_with_a_decision_that_says_nothing_is_refused(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    rows: Rows = (HEAD, ("Ben Bell", COUSIN, "Alder Ltd", "managed", ""))
    assert "how the interest is dealt with" in desk.take_in({"Declarations": rows}).err


def test_the_workbook_of_the_declaration_does_not_undo_the_decision(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    open_one: Rows = (HEAD, ("Ben Bell", COUSIN, "Alder Ltd", "", ""))
    decided: Rows = (HEAD, ("Ben Bell", COUSIN, "Alder Ltd", "managed", "Speaks last."))
    desk.take_in({"Declarations": open_one})
    desk.take_in({"Declarations": decided})
    assert "Nothing in it is new" in desk.take_in({"Declarations": open_one}).out
    assert desk.take_in({"Declarations": DECLARATIONS}).status == 0


def test_a_new_declaration_waits_for_a_decision_of_its_own_and_the_old_is_kept(
    tmp_path: Path,
) -> None:
    desk = declared(tmp_path)
    with desk.session() as session:
        panel.decide_interest(session, BEN, InterestOutcome.MANAGED, "Speaks last.")
        panel.declare(session, BEN, "A cousin owns it.", (ALDER,))
        with pytest.raises(NotDeclared):
            score(session)
    kept = desk.sql("SELECT interest, outcome FROM declaration WHERE person = 'p-2' ORDER BY id")
    assert kept[-3:] == [(COUSIN, None), (COUSIN, "managed"), ("A cousin owns it.", None)]


def test_moderation_waits_for_every_declaration_whatever_the_reason(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scored")
    odd = "Jo has 9 responses to score."
    panel_rows: Rows = (PANEL[0], (odd, "jo@x.example", "moderator"))
    assert desk.take_in({"Panel": panel_rows}, "--reason", "To moderate.").status == 0
    refused = desk.enter("moderation", "--reason", "We go on without.")
    assert refused.status == 1
    assert f"{odd} has not declared interests." in refused.err
