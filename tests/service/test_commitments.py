"""Commitments made from answers: by whom, from which words, at which stage; each recorded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.bidding import Bid, BidStatus, Place
from tendereval.domain.errors import (
    NotAllowedNow,
    NotDeclared,
    NotTheirs,
    ReasonNeeded,
    RuleRefusal,
    UnknownReference,
    UserFixable,
)
from tendereval.domain.evaluation import InterestOutcome, PanelMember, Role
from tendereval.domain.ids import BidderId, CriterionId, LotId, PersonId
from tendereval.domain.publicvalue.commitment_check import BidCommitments
from tendereval.domain.publicvalue.commitment_rules import Parts, quote_at
from tendereval.domain.publicvalue.commitments import Commitment, Quote
from tendereval.services import bids, commitments, goals, panel
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.store import public_value, recording
from tests.service.builders import ALDER, ANA, BEN, BIRCH, CAM, DOT, Desk, a_desk, place
from tests.service.packs import a_working_file

Q2 = place(ALDER, "Q2")
ANSWER = "Two apprentices."
WORDS = Quote("Two apprentices", 0)
WHOLE = Parts(
    who="Site manager",
    what="Take on apprentices",
    how_many=Fraction(2),
    unit="apprentices",
    by_when=date(2028, 3, 31),
    evidence="Payroll",
)


@contextmanager
def reading(session: Session) -> Iterator[BidCommitments]:
    with session.reading() as reader:
        yield commitments.for_bid(reader, situation(reader), ALDER)


def a_commitment(session: Session, parts: Parts | None = WHOLE) -> Commitment:
    return commitments.make(session, Q2, WORDS, parts)


def test_words_of_an_answer_become_a_commitment(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    with desk.session() as session:
        made = a_commitment(
            session, replace(WHOLE, who=" Site manager ", sdg_targets=("8.A", "8.a"))
        )
        assert (made.id, made.place, made.quote) == ("c-1", Q2, WORDS)
        assert (made.who, made.sdg_targets) == ("Site manager", ("8.a",))
        assert commitments.make(session, place(BIRCH, "Q2"), Quote("Four", 0)).id == "c-2"
        with reading(session) as found:
            assert [item.commitment for item in found.complete] == [made]
            assert found.conversion == 1
            here = commitments.at_place(found, Q2)
            other = commitments.at_place(found, place(ALDER, "Q1"))
        assert here.findings == found.findings
        assert (other.findings, other.conversion, other.without_goal) == ((), None, ())
    (first, _) = [entry for entry in desk.entries() if entry.kind == "commitment made"]
    assert first.ids == {"commitment": "c-1", "bidder": ALDER, "criterion": "Q2", "lot": ""}
    assert "commitment after" in first.texts


def test_nothing_is_filled_in_from_the_words_only_suggested(tmp_path: Path) -> None:
    with a_desk(tmp_path, "scoring").session() as session:
        made = a_commitment(session, None)
        assert commitments.parts_of(made) == Parts()
        with session.reading() as reader:
            offered = commitments.suggestions(situation(reader), made.quote.words)
    assert [(item.how_many, item.unit) for item in offered.numbers] == [
        (Fraction(2), "apprentices")
    ]


@pytest.mark.parametrize(
    ("at", "quote", "parts", "words"),
    [
        (Q2, Quote(" ", 0), Parts(), "No words are selected."),
        (Q2, Quote("Three apprentices", 0), Parts(), "does not say “Three apprentices”"),
        (Q2, Quote("apprentices", 3), Parts(), "does not stand at that spot"),
        (Q2, Quote("Two", 0, "4"), Parts(), "no document belongs to the answer"),
        (place(ALDER, "Q9"), Quote("Two", 0), Parts(), "There is no answer"),
        (place(ALDER, "Q2", "7"), Quote("Two", 0), Parts(), "There is no answer"),
        (Q2, WORDS, Parts(sdg_targets=("8.15",)), "Goal 8 has no target 8.15."),
        (Q2, WORDS, Parts(sdg_targets=("18.1",)), "There is no goal 18"),
        (Q2, WORDS, Parts(goals=("g-7",)), "There is no goal 'g-7'."),
        (Q2, WORDS, Parts(how_many=Fraction(-1)), "The number is below zero."),
        (Q2, WORDS, Parts(how_many=Fraction(1, 3)), "12 decimal places"),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_words(
    tmp_path: Path, at: Place, quote: Quote, parts: Parts, words: str
) -> None:
    with a_desk(tmp_path, "scoring").session() as session:
        with pytest.raises(RuleRefusal) as caught:
            commitments.make(session, at, quote, parts)
        assert words in str(caught.value)
        with reading(session) as found:
            assert found.findings == ()


def test_a_document_is_cited_by_its_page(tmp_path: Path) -> None:
    with a_working_file(tmp_path) as session:
        made = commitments.make(session, place(ALDER, "Q1"), Quote("oak for 20 years", 0, " 2 "))
        assert made.quote.page == "2"
        with pytest.raises(RuleRefusal, match="Name the page of the document"):
            commitments.make(session, place(ALDER, "Q1"), Quote("oak for 20 years", 0))


def test_an_answer_that_came_late_promises_nothing(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    desk.sql("UPDATE response SET late = 1")
    with desk.session() as session, pytest.raises(RuleRefusal, match="after answers were locked"):
        a_commitment(session)


def test_a_commitment_is_changed_and_each_change_is_recorded(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    with desk.session() as session:
        made = a_commitment(session, None)
        changed = commitments.edit(session, made.id, WHOLE)
        assert commitments.edit(session, made.id, WHOLE) == changed
        with reading(session) as found:
            assert [item.commitment for item in found.complete] == [changed]
    assert (changed.quote, changed.how_many) == (WORDS, Fraction(2))
    (entry,) = [entry for entry in desk.entries() if entry.kind == "commitment changed"]
    assert set(entry.texts) == {"commitment before", "commitment after"}


def test_links_to_goals_and_targets_are_for_information(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    with desk.session() as session:
        goal = goals.add_goal(session, goals.GoalParts("Skills", "All in work"))
        made = a_commitment(session)
        linked = commitments.link(session, made.id, [goal.id, goal.id], ["1.A"])
        assert (linked.goals, linked.sdg_targets) == (("g-1",), ("1.a",))
        assert commitments.link(session, made.id, ["g-1"], ["1.a"]) == linked
        with reading(session) as found:
            assert found.goal_cover == 1
            assert not (*found.uncovered, *found.without_goal)
        with session.reading() as reader:
            assert len(commitments.sdg_goals_of(reader)) == 17
    assert sum(entry.kind == "commitment linked" for entry in desk.entries()) == 1


def test_a_commitment_is_withdrawn_with_a_reason_and_kept(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    with desk.session() as session:
        made = a_commitment(session)
        with pytest.raises(ReasonNeeded, match="withdrawn with a reason"):
            commitments.withdraw(session, made.id, " ")
        gone = commitments.withdraw(session, made.id, "Claimed twice. ")
        with reading(session) as found:
            assert found.findings == ()
        with session.reading() as reader:
            assert commitments.withdrawn(reader, ALDER) == (gone,)
            assert commitments.withdrawn(reader, BIRCH) == ()
        with pytest.raises(RuleRefusal, match="was withdrawn: Claimed twice"):
            commitments.edit(session, made.id, Parts())
        with pytest.raises(RuleRefusal, match="was withdrawn: Claimed twice"):
            commitments.withdraw(session, made.id, "Again.")
        with pytest.raises(ReasonNeeded, match="put back with a reason"):
            commitments.reinstate(session, made.id, "")
        assert commitments.reinstate(session, made.id, "Not the same after all.") == made
        with pytest.raises(UnknownReference, match="was not withdrawn"):
            commitments.reinstate(session, made.id, "Again.")
        with pytest.raises(UnknownReference, match="There is no commitment 'c-9'"):
            commitments.withdraw(session, "c-9", "Twice.")
    kinds = {entry.kind: entry.reason for entry in desk.entries()}
    assert kinds["commitment withdrawn"] == "Claimed twice."
    assert kinds["commitment put back"] == "Not the same after all."


def test_the_same_promise_in_two_questions_is_found_over_the_whole_bid(tmp_path: Path) -> None:
    with a_desk(tmp_path, "scoring").session() as session:
        for at, quote in ((Q2, WORDS), (place(ALDER, "Q1"), Quote("Alder builds", 0))):
            commitments.make(session, at, quote, WHOLE)
        with reading(session) as found:
            assert [item.twins for item in found.findings] == [("c-2",), ("c-1",)]
            assert commitments.at_place(found, Q2).findings[0].twins == ("c-2",)
        with session.reading() as reader:
            every = commitments.for_bids(reader, situation(reader))
            with pytest.raises(UnknownReference):
                commitments.for_bid(reader, situation(reader), BidderId("b-9"))
    assert every[ALDER] == found
    assert every[BIRCH].findings == ()


# Who, and when.


def only_q1(session: Session) -> None:
    """Let Ben score Q1 alone."""
    with session.reading() as reader:
        now = situation(reader)
    member = replace(now.member(BEN), questions=frozenset({CriterionId("Q1")}))
    with session.change("panel changed") as change:
        recording.add_member(change, member)


def removed(session: Session, person: PersonId) -> None:
    panel.declare(session, person, "A cousin works there.")
    outcome = InterestOutcome.REMOVED_FOR_BIDDERS
    how = "Scores the others."
    panel.decide_interest(session.acting_as(DOT), person, outcome, how, frozenset({ALDER}))


@pytest.mark.parametrize("person", [ANA, BEN, CAM])
@pytest.mark.parametrize("stage", ["scoring", "moderation"])
def test_the_lead_and_those_who_read_the_answer_make_commitments(
    tmp_path: Path, person: PersonId, stage: str
) -> None:
    with a_desk(tmp_path, stage).session() as session:
        with session.reading() as reader:
            assert commitments.may_make(situation(reader), person, Q2)
        assert a_commitment(session.acting_as(person)).id == "c-1"


def test_a_moderator_reads_every_answer(tmp_path: Path) -> None:
    with a_desk(tmp_path, "scoring").session() as session:
        new = PanelMember(PersonId(""), Role.MODERATOR, "", frozenset(), reason="To moderate.")
        moderator = panel.add_member(session, new, "Mo Moss")
        assert a_commitment(session.acting_as(moderator)).id == "c-1"


@pytest.mark.parametrize(
    ("person", "before", "refusal", "words"),
    [
        (DOT, lambda _session: None, NotTheirs, "Dot Dean makes no commitments"),
        (PersonId("p-9"), lambda _session: None, UnknownReference, "not on the panel"),
        (CAM, lambda session: panel.leave(session, CAM, "Ill."), NotTheirs, "makes no commitments"),
        (BEN, only_q1, NotTheirs, "is not asked to score this: Q2, Alder Ltd"),
        (BEN, lambda session: removed(session, BEN), NotTheirs, "was removed from this bidder"),
        (ANA, lambda session: removed(session, ANA), NotTheirs, "was removed from this bidder"),
        (
            BEN,
            lambda session: panel.declare(session, BEN, "A cousin works there."),
            NotDeclared,
            "awaits the lead's decision",
        ),
    ],
)
def test_others_do_not(
    tmp_path: Path,
    person: PersonId,
    before: Callable[[Session], object],
    refusal: type[UserFixable],
    words: str,
) -> None:
    with a_desk(tmp_path, "scoring").session() as session:
        made = a_commitment(session)
        before(session)
        own = session.acting_as(person)
        with pytest.raises(refusal, match=words):
            a_commitment(own)
        with pytest.raises(refusal, match=words):
            commitments.edit(own, made.id, Parts())
        with pytest.raises(refusal, match=words):
            commitments.link(own, made.id, (), ())
        with pytest.raises(refusal, match=words):
            commitments.withdraw(own, made.id, "No.")
        with session.reading() as reader:
            assert not commitments.may_make(situation(reader), person, Q2)


@pytest.mark.parametrize("stage", ["published", "price", "award", "closed"])
def test_commitments_are_made_while_answers_are_read(tmp_path: Path, stage: str) -> None:
    with a_desk(tmp_path, stage).session() as session:
        with pytest.raises(NotAllowedNow, match="make a commitment from an answer"):
            a_commitment(session)
        with session.reading() as reader:
            assert not commitments.may_make(situation(reader), ANA, Q2)


def a_desk_with_one(folder: Path, stage: str) -> Desk:
    """Return a desk at a stage with one commitment that was made while reading."""
    desk = a_desk(folder, stage)
    made = Commitment("c-1", Q2, WORDS, "Site manager")
    with desk.session() as session, session.change("commitment made") as change:
        public_value.set_commitment(change, made)
    return desk


@pytest.mark.parametrize("stage", ["price", "award"])
def test_once_prices_are_open_a_change_needs_a_reason(tmp_path: Path, stage: str) -> None:
    desk = a_desk_with_one(tmp_path, stage)
    with desk.session() as session:
        with pytest.raises(ReasonNeeded, match="Prices are open: changing “Two apprentices”"):
            commitments.edit(session, "c-1", WHOLE)
        changed = commitments.edit(session, "c-1", WHOLE, "Page 3 gives the day.")
    assert changed.by_when == date(2028, 3, 31)
    assert desk.entries()[-1].reason == "Page 3 gives the day."


def test_a_closed_tender_changes_no_commitment(tmp_path: Path) -> None:
    with a_desk_with_one(tmp_path, "closed").session() as session:
        late = "change or withdraw a commitment"
        with pytest.raises(NotAllowedNow, match=late):
            commitments.edit(session, "c-1", WHOLE, "Late.")
        with pytest.raises(NotAllowedNow, match=late):
            commitments.withdraw(session, "c-1", "Late.")
        with pytest.raises(NotAllowedNow, match=late):
            commitments.reinstate(session, "c-1", "Late.")


def test_a_withdrawn_bid_is_still_read_by_the_lead_only(tmp_path: Path) -> None:
    with a_desk(tmp_path, "scoring").session() as session:
        bids.set_status(session, Bid(ALDER, LotId("1"), BidStatus.WITHDRAWN, "A letter."))
        assert a_commitment(session).id == "c-1"
        with pytest.raises(NotTheirs):
            a_commitment(session.acting_as(BEN))


def test_in_a_working_file_ids_are_like_no_others(tmp_path: Path) -> None:
    with a_working_file(tmp_path) as session:
        text = "Two apprentices."
        first = commitments.make(session, Q2, quote_at(text, 0, len(text)), WHOLE)
        second = commitments.make(session, Q2, quote_at(text, 0, len(text)))
        third = commitments.make(session, Q2, WORDS)
    assert first.id.startswith("c-p-2-")
    assert second.id == f"{first.id[:-1]}2"
    assert third.id.endswith("-1")
    assert third.id != first.id
