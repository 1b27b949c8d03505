"""From the winner's promises to the contract: KPIs, schedule, owners, and what was delivered."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.errors import (
    NotAllowedNow,
    ReasonNeeded,
    RuleRefusal,
    UnknownReference,
    UserFixable,
)
from tendereval.domain.publicvalue.commitments import Commitment, Delivery, Goal, Quote
from tendereval.domain.publicvalue.contract_schedule import KpiState, Schedule
from tendereval.domain.publicvalue.delivery import DeliveryRecord
from tendereval.services import awarding, commitments
from tendereval.services.delivery import delivery, record_delivery
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.store import public_value
from tests.service.builders import (
    AGREED,
    ALDER,
    BEN,
    BIDDERS,
    BIRCH,
    CRITERIA,
    DECLARATIONS,
    PANEL,
    PRICES,
    TENDER,
    Desk,
    a_desk,
    place,
)

DAY = date(2027, 3, 2)
Q2 = place(BIRCH, "Q2")
FOUR = Commitment(
    "c-1",
    Q2,
    Quote("Four apprentices", 0),
    "Site manager",
    "Take on apprentices",
    Fraction(4),
    "apprentices",
    DAY,
    "Payroll",
    goals=("g-1", "g-2"),
)
VAGUE = replace(FOUR, id="c-2", what="Do more", evidence="TBC")
GONE = replace(FOUR, id="c-3", what="Hire", withdrawn="Twice.")
LOSER = replace(FOUR, id="c-4", place=place(ALDER, "Q2"))
SECOND = replace(FOUR, id="c-5", what="Offer placements", unit="placements")
ALL = (FOUR, VAGUE, GONE, LOSER, SECOND)
GOALS = (Goal("g-1", "Skills", "All in work"), Goal("g-2", "Heat", "Warm homes", removed=True))


def with_promises(folder: Path, stage: str, items: Sequence[Commitment] = ALL) -> Desk:
    """Return a desk at a stage with commitments that were made while reading."""
    desk = a_desk(folder, stage)
    put(desk, items)
    return desk


def put(desk: Desk, items: Sequence[Commitment]) -> None:
    with desk.session() as session, session.change("commitment made") as change:
        for goal in GOALS:
            public_value.set_goal(change, goal)
        for item in items:
            public_value.set_commitment(change, item)


def schedule(session: Session, lot: str = "1") -> Schedule:
    with session.reading() as reader:
        return commitments.schedule(reader, situation(reader), lot)


def kpis(session: Session) -> KpiState:
    with session.reading() as reader:
        return commitments.kpis(reader, situation(reader))


def stand(session: Session, on: date = DAY) -> DeliveryRecord:
    with session.reading() as reader:
        return delivery(reader, situation(reader), "1", on)


def test_the_winners_complete_commitments_become_the_schedule(tmp_path: Path) -> None:
    with with_promises(tmp_path, "closed").session() as session:
        commitments.name_owner(session, "c-1", " Contract manager ")
        found = schedule(session)
        (part,) = found.parts
        assert (part.bidder, part.name) == (BIRCH, "Birch Ltd")
        assert [(row.number, row.commitment.id, row.owner) for row in part.rows] == [
            (1, "c-1", "Contract manager"),
            (2, "c-5", ""),
        ]
        assert part.ambitions == (VAGUE,)
        assert part.rows[0].goals == GOALS[:1]
        assert "A goal that it serves was removed: choose another." in part.rows[0].flags
        with pytest.raises(UnknownReference, match="There is no lot '9'"):
            schedule(session, "9")


def test_without_a_decision_there_is_no_schedule(tmp_path: Path) -> None:
    desk = with_promises(tmp_path, "award")
    with desk.session() as session:
        assert not schedule(session).is_decided
        awarding.decide_award(session, "1", (), "Nobody is good enough.")
        assert "not awarded" in schedule(session).sentence
        awarding.decide_award(session, "1", (BIRCH,), "Best by the method.")
        assert len(schedule(session).rows) == 2
    desk.enter("price", "--reason", "A slip.")
    desk.enter("award")
    with desk.session() as session:
        assert not schedule(session).is_decided


def test_promises_of_a_common_question_stand_in_each_lot_won(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    criteria = [(*CRITERIA[0], "Lot"), *((*row, None) for row in CRITERIA[1:])]
    rows = [*criteria, ("Q3", "Trees", "quality", 10, "0-5", "Trees?", None, "2")]
    made = desk.new(
        {
            "Tender": TENDER,
            "Lots": (("Lot",), ("1",), ("2",)),
            "Criteria": rows,
            "Panel": PANEL,
            "Bidders": BIDDERS,
            "Declarations": DECLARATIONS,
            "Agreed": (
                *AGREED,
                *(
                    (bidder, "Q3", 3, "Trees.", "Trees.", "Ana Ames", "")
                    for bidder in ("Alder Ltd", "Birch Ltd")
                ),
            ),
            "Prices": PRICES,
        }
    )
    assert made.status == 0, made.err
    entered = desk.enter("award")
    assert entered.status == 0, entered.err
    put(desk, [FOUR, replace(SECOND, place=place(BIRCH, "Q3", "2"))])
    with desk.session() as session:
        commitments.choose_kpis(session, ["c-1", "c-5"])
        for lot in ("1", "2"):
            awarding.decide_award(session, lot, (BIRCH,), "Best by the method.")
        with session.reading() as reader:
            found = commitments.schedules(reader, situation(reader))
        assert [[row.commitment.id for row in one.rows] for one in found] == [
            ["c-1"],
            ["c-1", "c-5"],
        ]
        assert [row.is_kpi for row in found[1].rows] == [True, True]
        # A reason for one lot may stand beside the KPIs of another.
        setting = commitments.choose_kpis(session, ["c-5"], "Lot 1 cannot be measured so.")
        assert (setting.chosen, bool(setting.opt_out)) == (("c-5",), True)


def test_one_promise_in_two_lines_of_the_contract_is_pointed_out(tmp_path: Path) -> None:
    again = replace(FOUR, id="c-7", place=place(BIRCH, "Q1"))
    desk = with_promises(tmp_path, "closed", (*ALL, again))
    with desk.session() as session:
        flags = [row.flags for row in schedule(session).rows]
    assert "The same promise is No. 3 too: withdraw one of them." in flags[0]
    assert "The same promise is No. 1 too: withdraw one of them." in flags[2]
    assert not any("same promise" in text for text in flags[1])


# KPIs.


def big(desk: Desk) -> None:
    """Let the tender be worth more than five million pounds."""
    desk.sql(
        "UPDATE tender_details SET data = json_set(data, '$.estimated_value', '5000001',"
        " '$.estimated_value_includes_vat', json('true'))"
    )


def test_three_kpis_are_asked_for_above_five_million(tmp_path: Path) -> None:
    third = replace(FOUR, id="c-6", what="Offer visits", unit="visits")
    desk = with_promises(tmp_path, "award", (*ALL, third))
    big(desk)
    with desk.session() as session:
        assert kpis(session).warnings
        commitments.choose_kpis(session, ["c-1", "c-5", "c-1", "c-4"])
        assert [item.id for item in kpis(session).chosen] == ["c-1", "c-5", "c-4"]
        assert kpis(session).warnings
        commitments.choose_kpis(session, ["c-1", "c-5", "c-6"])
        assert not kpis(session).warnings
        assert kpis(session).of_the_model.needed == 0
        awarding.decide_award(session, "1", (BIRCH,), "Best by the method.")
        assert not schedule(session).kpi.warns
        commitments.choose_kpis(session, ["c-1", "c-5", "c-4"])
        assert kpis(session).warnings
        assert [row.is_kpi for row in schedule(session).rows] == [True, True, False]
    kinds = [entry.ids for entry in desk.entries() if entry.kind == "KPIs chosen"]
    assert kinds[-1] == {"before": "c-1, c-5, c-6", "chosen": "c-1, c-5, c-4"}


def test_a_kpi_that_no_longer_is_a_term_is_shown(tmp_path: Path) -> None:
    with with_promises(tmp_path, "agreed").session() as session:
        setting = commitments.choose_kpis(session, ["c-1", "c-5"])
        assert commitments.choose_kpis(session, ["c-1", "c-5"]) == setting
        gone = commitments.withdraw(session, "c-5", "Twice.")
        assert (kpis(session).chosen, kpis(session).fallen) == ((FOUR,), (gone,))


def test_publishing_none_needs_a_reason_that_is_kept(tmp_path: Path) -> None:
    desk = with_promises(tmp_path, "agreed")
    big(desk)
    with desk.session() as session:
        commitments.choose_kpis(session, [], " Nothing in it can be measured so. ")
        state = kpis(session)
    assert (state.opt_out, state.warnings) == ("Nothing in it can be measured so.", ())
    assert desk.entries()[-1].reason == "Nothing in it can be measured so."


@pytest.mark.parametrize(
    ("chosen", "opt_out", "words"),
    [
        (["c-9"], "", "There is no commitment 'c-9'"),
        (["c-2"], "", "“Do more” is an ambition; it lacks: evidence."),
        (["c-3"], "", "“Hire” was withdrawn."),
        (["c-1"], "Cannot be measured.", "Keep one of the two."),
    ],
)
def test_what_cannot_be_a_kpi(tmp_path: Path, chosen: list[str], opt_out: str, words: str) -> None:
    with with_promises(tmp_path, "agreed").session() as session:
        with pytest.raises(RuleRefusal) as caught:
            commitments.choose_kpis(session, chosen, opt_out)
        assert words in str(caught.value)


def test_kpis_are_chosen_by_the_lead_before_the_tender_is_closed(tmp_path: Path) -> None:
    with (
        with_promises(tmp_path, "agreed").session() as session,
        pytest.raises(RuleRefusal, match="Ben Bell does not choose key performance indicators"),
    ):
        commitments.choose_kpis(session.acting_as(BEN), ["c-1"])
    with with_promises(tmp_path, "closed").session() as session, pytest.raises(NotAllowedNow):
        commitments.choose_kpis(session, ["c-1"])


# Owners.


@pytest.mark.parametrize(
    ("ref", "owner", "words"),
    [
        ("c-1", " ", "Nobody is named for “Take on apprentices”."),
        ("c-2", "Foreman", "not in the contract schedule"),
        ("c-4", "Foreman", "not in the contract schedule"),
        ("c-9", "Foreman", "not in the contract schedule"),
    ],
)
def test_owners_answer_for_what_is_in_the_contract(
    tmp_path: Path, ref: str, owner: str, words: str
) -> None:
    with with_promises(tmp_path, "closed").session() as session:
        with pytest.raises(RuleRefusal) as caught:
            commitments.name_owner(session, ref, owner)
        assert words in str(caught.value)


def test_an_owner_is_named_after_the_award_and_recorded(tmp_path: Path) -> None:
    with with_promises(tmp_path, "agreed").session() as session, pytest.raises(NotAllowedNow):
        commitments.name_owner(session, "c-1", "Contract manager")
    desk = with_promises(tmp_path, "closed")
    with desk.session() as session:
        named = commitments.name_owner(session, "c-1", "Contract manager")
        assert commitments.name_owner(session, "c-1", "Contract manager") == named
        with pytest.raises(RuleRefusal, match="Ben Bell does not name who answers"):
            commitments.name_owner(session.acting_as(BEN), "c-1", "Ben")
    assert [entry.kind for entry in desk.entries()].count("commitment owner named") == 1


# Delivery.


def report(delivered: int | Fraction, on: date = DAY, evidence: str = "Payroll") -> Delivery:
    return Delivery("c-1", on, Fraction(delivered), evidence)


def test_planned_delivered_evidence_late(tmp_path: Path) -> None:
    desk = with_promises(tmp_path, "closed")
    with desk.session() as session:
        assert stand(session).sentence == "0 of 2 commitments are delivered in full."
        record_delivery(session, report(1, evidence=" Payroll "))
        record_delivery(session, report(1))
        late = stand(session, DAY + timedelta(days=1))
        assert late.sentence == "0 of 2 commitments are delivered in full, 2 late."
        assert (late.rows[0].finding.planned, late.rows[0].finding.share) == (
            Fraction(4),
            Fraction(1, 4),
        )
        record_delivery(session, report(4, evidence=""))
        full = stand(session)
        assert full.sentence == ("1 of 2 commitments are delivered in full, 1 without evidence.")
        assert full.rows[0].reports == (report(1), report(4, evidence=""))
        assert full.rows[1].reports == ()
    assert [entry.kind for entry in desk.entries()].count("delivery recorded") == 2


def test_reports_given_a_second_time_in_their_order_add_nothing(tmp_path: Path) -> None:
    desk = with_promises(tmp_path, "closed")
    both = (report(1, DAY - timedelta(days=1)), report(3))
    with desk.session() as session:
        for one in (*both, *both):
            record_delivery(session, one)
        assert stand(session).rows[0].reports == both


def test_the_deadlines_day_is_that_of_london(tmp_path: Path) -> None:
    """Written down fourteen hours ahead it is the first of March, in London the day before."""
    desk = with_promises(tmp_path, "closed")
    desk.sql(
        "UPDATE tender_details SET data = json_set(data, '$.deadline', '2027-03-01T05:00:00+14:00')"
    )
    with desk.session() as session:
        record_delivery(session, report(1, date(2027, 2, 28)))
        with pytest.raises(RuleRefusal, match="before the tender deadline"):
            record_delivery(session, report(1, date(2027, 2, 27)))


def test_less_than_before_is_a_correction_with_a_note(tmp_path: Path) -> None:
    with with_promises(tmp_path, "closed").session() as session:
        record_delivery(session, report(4))
        with pytest.raises(ReasonNeeded, match="Less is reported as delivered than before"):
            record_delivery(session, report(3))
        record_delivery(session, replace(report(3), note="One was counted twice."))
        assert stand(session).rows[0].finding.delivered == 3
        record_delivery(session, report(2, DAY - timedelta(days=1)))
        assert len(stand(session).rows[0].reports) == 3


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (report(1, DAY + timedelta(days=2)), "lies ahead"),
        (report(1, date(2027, 2, 28)), "before the tender deadline"),
        (report(-1), "What was delivered is below zero."),
        (report(Fraction(1, 3)), "12 decimal places"),
        (replace(report(1), commitment="c-2"), "not in the contract schedule"),
    ],
)
def test_reports_that_cannot_be(tmp_path: Path, given: Delivery, words: str) -> None:
    with with_promises(tmp_path, "closed").session() as session:
        with pytest.raises(RuleRefusal) as caught:
            record_delivery(session, given)
        assert words in str(caught.value)
        assert stand(session).rows[0].reports == ()


def _by_ben(session: Session) -> None:
    record_delivery(session.acting_as(BEN), report(1))


@pytest.mark.parametrize(
    ("stage", "act", "refusal"),
    [
        ("award", lambda session: record_delivery(session, report(1)), NotAllowedNow),
        ("closed", _by_ben, RuleRefusal),
    ],
)
def test_delivery_is_tracked_once_the_tender_is_closed_not_by_who_scored(
    tmp_path: Path, stage: str, act: Callable[[Session], None], refusal: type[UserFixable]
) -> None:
    with with_promises(tmp_path, stage).session() as session, pytest.raises(refusal):
        act(session)
