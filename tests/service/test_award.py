"""The award decision per lot, its approvals, and what stands in their way."""

from datetime import date
from pathlib import Path

import pytest

from tendereval.domain.award import Approval, ApprovalOutcome, is_approved
from tendereval.domain.errors import RuleRefusal
from tendereval.domain.ids import BidderId, LotId
from tendereval.services import awarding, panel
from tests.service.builders import (
    ALDER,
    ANA,
    BIRCH,
    CAM,
    DECLARATIONS,
    DOT,
    FINISHED,
    Book,
    Desk,
    Result,
    Rows,
    a_desk,
)

ONE = LotId("1")


def award(desk: Desk, *to: str, why: str = "Best by the published method.") -> Result:
    return desk.on_file("award", "--rationale", why, *(("--to", *to) if to else ()))


def approve(desk: Desk, word: str = "approves", *more: str, who: str = "Dot Dean") -> Result:
    return desk.on_file("approve", "--person", who, "--role", "Director", "--word", word, *more)


def approved(desk: Desk) -> bool:
    with desk.looking() as session, session.reading() as reader:
        return is_approved(reader.decisions().get(ONE), reader.approvals())


def test_a_decision_keeps_supplier_rationale_and_approvals_with_name_role_and_date(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "award")
    assert award(desk, "Birch Ltd").status == 0
    assert approve(desk, "recommends", who="Ana Ames").status == 0
    assert not approved(desk)
    assert approve(desk, "approves", "--date", "2027-03-01").status == 0
    assert approved(desk)
    with desk.looking() as session, session.reading() as reader:
        decision, words = reader.decisions()[ONE], reader.approvals()
    assert (decision.bidders, decision.rationale) == ((BIRCH,), "Best by the published method.")
    assert [(word.person, word.role, word.outcome, word.given_on) for word in words] == [
        (ANA, "Director", "recommends", desk.clock.now.date()),
        (DOT, "Director", "approves", date(2027, 3, 1)),
    ]


@pytest.mark.parametrize(
    ("to", "words"),
    [
        (["Alder Ltd"], "Birch Ltd would be passed over"),
        (["Birch Ltd", "Alder Ltd"], "The method has 1 place"),
        (["Birch Ltd", "birch ltd"], "named twice"),
        (["Cedar Ltd"], "There is no bidder 'Cedar Ltd'"),
    ],
)
def test_the_published_method_is_not_passed_over(to: list[str], words: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    refused = award(desk, *to)
    assert refused.status == 1
    assert words in refused.err


def test_a_decision_needs_its_rationale(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    assert "has no rationale" in award(desk, "Birch Ltd", why=" ").err
    assert "has no rationale" in award(desk, "Birch Ltd", why="").err


def test_not_to_award_is_a_decision_too(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    assert award(desk, why="The money is gone.").status == 0
    assert approve(desk).status == 0
    assert desk.enter("closed").status == 0


@pytest.mark.parametrize(
    ("who", "word", "words"),
    [
        ("Ana Ames", "approves", "somebody else approves it"),
        ("Nobody", "approves", "Nobody on the panel is called"),
    ],
)
def test_an_approval_is_refused(who: str, word: str, words: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    award(desk, "Birch Ltd")
    refused = approve(desk, word, who=who)
    assert refused.status == 1
    assert words in refused.err


def test_an_approval_has_its_office_its_day_and_a_person_who_is_still_there(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "award")
    assert "There is no award decision" in approve(desk).err
    award(desk, "Birch Ltd")
    assert "lies ahead" in approve(desk, "approves", "--date", "2028-01-01").err
    with desk.session() as session:
        panel.leave(session, CAM, "Moved.")
        day, yes = date(2027, 3, 1), ApprovalOutcome.APPROVES
        with pytest.raises(RuleRefusal, match="has left the panel"):
            awarding.approve(session, Approval(ONE, 0, CAM, "Director", yes, day))
        with pytest.raises(RuleRefusal, match="needs the office"):
            awarding.approve(session, Approval(ONE, 0, DOT, " ", yes, day))


def test_a_changed_decision_is_approved_anew(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    award(desk, "Birch Ltd")
    approve(desk)
    award(desk, "Birch Ltd", why="Best, in better words.")
    assert not approved(desk)
    assert "The award decision is not approved." in desk.enter("closed").err
    approve(desk)
    assert desk.enter("closed").status == 0


def test_a_refusal_holds_the_award_up(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    award(desk, "Birch Ltd")
    approve(desk)
    approve(desk, "refuses", who="Cam Cole")
    assert "not approved" in desk.enter("closed").err


def test_a_decision_does_not_outlive_the_way_back(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    award(desk, "Birch Ltd")
    approve(desk)
    desk.enter("price", "--reason", "Birch withdrew.")
    gone: Rows = (("Bidder", "Status", "Status reason"), ("Birch Ltd", "withdrawn", "A letter."))
    assert desk.take_in({"Bidders": gone}).status == 0
    assert desk.enter("award").status == 0
    refused = desk.enter("closed")
    assert refused.status == 1
    assert "older than the last way back" in refused.err
    assert approve(desk).status == 1


LOTS: Book = {
    **FINISHED,
    "Tender": (*FINISHED["Tender"], ("Lot cap", "1")),
    "Lots": (("Lot",), ("North",), ("South",)),
}


def test_each_lot_has_its_decision_and_the_published_cap_is_kept(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    made = desk.new(LOTS)
    assert made.status == 0, made.err
    assert desk.enter("award").status == 0
    assert "not said which lot" in award(desk, "Birch Ltd").err
    assert "There is no lot 'East'" in award(desk, "Birch Ltd", "--lot", "East").err
    assert award(desk, "Birch Ltd", "--lot", "north").status == 0
    refused = award(desk, "Birch Ltd", "--lot", "South")
    assert "Birch Ltd would win more lots than the published cap of 1" in refused.err
    assert award(desk, "Alder Ltd", "--lot", "South").status == 0
    with desk.looking() as session, session.reading() as reader:
        decided = {lot: decision.bidders for lot, decision in reader.decisions().items()}
    assert decided == {"North": (BIRCH,), "South": (ALDER,)}


def test_an_evaluation_made_elsewhere_is_awarded_with_a_statement(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.new(FINISHED)
    desk.enter("award")
    award(desk, "Birch Ltd")
    refused = approve(desk)
    assert refused.status == 1
    assert "Ben Bell has not declared interests." in refused.err
    assert "Not confirmed by the panel: 4 responses" in refused.err
    said = approve(desk, "approves", "--statement", "Declarations lie on paper, file 12/27.")
    assert said.status == 0
    assert desk.entries()[-1].reason == "Declarations lie on paper, file 12/27."


def test_an_evaluation_made_elsewhere_needs_no_statement_once_it_is_complete(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    everybody = "Ana Ames; Ben Bell; Cam Cole"
    agreed: Rows = (
        FINISHED["Agreed"][0],
        *((*row[:6], everybody) for row in FINISHED["Agreed"][1:]),
    )
    desk.new({**FINISHED, "Agreed": agreed, "Declarations": DECLARATIONS})
    desk.enter("award")
    award(desk, "Birch Ltd")
    assert approve(desk).status == 0


def test_nobody_unknown_is_recommended(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    with desk.session() as session, pytest.raises(RuleRefusal):
        awarding.decide_award(session, "1", (BidderId("b-77"),), "Why not.")


def test_an_evaluator_does_not_record_the_award_decision(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    before = desk.entries()
    words = ("--to", "Birch Ltd", "--rationale", "Best.", "--by", "Ben Bell")
    refused = desk.on_file("award", *words)
    assert refused.status == 1
    assert "Ben Bell does not record the award decision." in refused.err
    assert desk.entries() == before
