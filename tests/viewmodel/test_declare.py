"""Declaring interests: an alphabetical list, nothing chosen, locked until decided."""

from pathlib import Path

from tendereval.domain.bidding import Bidder
from tendereval.domain.evaluation import InterestOutcome
from tendereval.services import bids, panel
from tendereval.viewmodels.declare import DeclareViewModel, Standing
from tendereval.viewmodels.kinds import EVERYTHING
from tendereval.viewmodels.score import ScoreViewModel
from tendereval.viewmodels.seats import SeatsViewModel
from tests.service.builders import ALDER, ANA, BEN, BIRCH, a_desk
from tests.viewmodel.evaluator_desk import sitting, undeclared


def test_bidders_and_subcontractors_stand_in_one_alphabet(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        for bidder, name in ((ALDER, "Alder Ltd"), (BIRCH, "Birch Ltd")):
            subs = ("zinc works", "BIRCH LTD") if bidder == ALDER else ("Zinc Works",)
            bids.register_bidder(session, Bidder(bidder, name, subcontractors=subs))
    with sitting(desk) as seat:
        found = DeclareViewModel(seat).organisations
    assert [(one.name, one.note, one.bidders) for one in found] == [
        ("Alder Ltd", "bidder", (ALDER,)),
        ("BIRCH LTD", "bidder and subcontractor", (ALDER, BIRCH)),
        ("zinc works", "subcontractor", (ALDER, BIRCH)),
    ]


def test_nothing_to_declare_opens_the_answers(tmp_path: Path) -> None:
    with sitting(undeclared(tmp_path)) as seat:
        declare, scoring = DeclareViewModel(seat), ScoreViewModel(seat)
        assert (declare.standing, declare.may_go_on) == (Standing.OPEN, False)
        assert declare.declare_nothing()
        assert declare.standing is Standing.NOTHING_DECLARED
        assert len(scoring.tasks) == 4


def test_an_interest_locks_until_the_lead_decides(tmp_path: Path) -> None:
    with sitting(undeclared(tmp_path)) as seat:
        declare, scoring = DeclareViewModel(seat), ScoreViewModel(seat)
        assert not declare.declare_interest("  ", ())
        assert declare.declare_interest("My brother works there.", (ALDER,))
        assert (declare.standing, declare.may_go_on) == (Standing.WAITING, False)
        assert not scoring.tasks
        lead = seat.session.acting_as(ANA)
        panel.decide_interest(
            lead, BEN, InterestOutcome.REMOVED_FOR_BIDDERS, "Does not score it.", frozenset({ALDER})
        )
        seat.announce(EVERYTHING)
        assert declare.standing is Standing.MAY_SCORE_SOME
        assert declare.names_of([ALDER]) == "Alder Ltd"
        assert {task.place.bidder for task in scoring.tasks} == {BIRCH}


def test_what_awaits_one_is_counted(tmp_path: Path) -> None:
    with sitting(a_desk(tmp_path, "scoring")) as seat:
        amounts = DeclareViewModel(seat).amounts
    assert amounts[0] == ("4", "answers: 2 questions to each of 2 bidders.")
    assert [figure for figure, _ in amounts] == ["4", "36 min", "0–5"]


def test_a_seat_is_lent_with_a_pin_and_given_back_with_the_owners(tmp_path: Path) -> None:
    with sitting(a_desk(tmp_path, "scoring")) as seat:
        seat.give_back_seat()
        seats = SeatsViewModel(seat)
        assert [one.name for one in seats.sitters] == ["Ben Bell", "Community panel member 1"]
        assert "not the same" in seats.set_pin(ANA, "1111", "1112")
        assert seats.set_pin(ANA, "1111", "1111") == ""
        assert seats.set_pin(BEN, "2222", "2222") == ""
        assert "not the PIN" in seats.sit_down(BEN, "1111")
        assert seat.person == ANA
        assert seats.sit_down(BEN, "2222") == ""
        assert (seat.person, seat.lender) == (BEN, ANA)
        assert seat.session.actor.via == "app, on the lead's laptop"
        assert "not the PIN" in seats.hand_back("2222")
        assert seat.person == BEN
        assert seats.hand_back("1111") == ""
        assert (seat.person, seat.lender) == (ANA, None)
        assert seat.session.actor.via == "app"
