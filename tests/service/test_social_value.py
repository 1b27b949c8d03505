"""Model, least weight and KPIs in a tender: what the lead is told, and that nothing blocks."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.errors import ExchangeProblem
from tendereval.domain.ids import LotId
from tendereval.domain.publicvalue.commitments import Commitment, KpiSetting, Quote
from tendereval.domain.publicvalue.model_rules import SocialValueModel
from tendereval.domain.stages import Stage
from tendereval.domain.tender import BuyerType, Lot, TenderDetails
from tendereval.exchange import public_value_data as facts
from tendereval.services import awarding, bids, data_packs, question_drafts, social_value, tenders
from tendereval.services.readiness import warnings_for
from tendereval.services.situation import Situation, situation
from tendereval.store import public_value, recording
from tendereval.store.repository import Reader
from tests.service.builders import ALDER, BIRCH, Desk, a_desk, place


@contextmanager
def read(desk: Desk) -> Iterator[tuple[Reader, Situation]]:
    with desk.looking() as session, session.reading() as reader:
        yield reader, situation(reader)


def central(desk: Desk, value: str = "5000000", notice: date | None = date(2027, 1, 4)) -> None:
    given = replace(
        desk.now().details,
        buyer_type=BuyerType.CENTRAL,
        notice_date=notice,
        estimated_value=Fraction(value),
        estimated_value_includes_vat=True,
    )
    define(desk, given)


def define(desk: Desk, given: TenderDetails) -> None:
    with desk.session() as session:
        tenders.define_details(session, given)


def told(desk: Desk, to: Stage = Stage.PUBLISHED) -> tuple[str, ...]:
    with read(desk) as (reader, now):
        every = [point.text for point in warnings_for(reader, now, to)]
    return tuple(text for text in every if not text.startswith(("Living wage", "The living wage")))


def promise(number: int, bidder: str = "Birch", **gaps: str) -> Commitment:
    who = ALDER if bidder == "Alder" else BIRCH
    whole = Commitment(
        f"c-{number}",
        place(who, "Q2"),
        Quote("Four apprentices.", 0),
        "Site manager",
        "takes on apprentices",
        Fraction(4),
        "apprentices",
        date(2028, 1, 1),
        "payroll, checked by the contract manager",
    )
    return replace(whole, **gaps)  # type: ignore[arg-type]


def choose(desk: Desk, *items: Commitment, opt_out: str = "") -> None:
    with desk.session() as session, session.change("set up") as change:
        for item in items:
            public_value.set_commitment(change, item)
        chosen = tuple(item.id for item in items)
        public_value.set_kpi_setting(change, KpiSetting(chosen, opt_out))


def test_the_weight_is_warned_about_and_publishing_goes_on(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    central(desk, "6000000")
    assert told(desk) == ()  # Q2 has 20 of 100
    method = desk.now().method
    lighter = (
        replace(method.criteria[0], weight=Fraction(45)),
        replace(method.criteria[1], weight=Fraction(15)),
        method.criteria[2],
    )
    with desk.session() as session:
        tenders.define_method(session, replace(method, criteria=lighter))
    assert told(desk) == (
        (
            "Social value has 15% of all marks: below the least weight (PPN 026 asks for 20%). "
            "The least weight is not verified."
        ),
    )
    assert desk.enter("published").status == 0


def test_each_lot_is_warned_about_by_its_name(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    central(desk, notice=date(2026, 12, 31))
    method = desk.now().method
    q1, q2, price = method.criteria
    rows = (
        q1,
        replace(q2, weight=Fraction(20), lot=LotId("1")),
        replace(q2, ref=type(q2.ref)("Q3"), weight=Fraction(5), lot=LotId("2")),
        replace(q1, ref=type(q1.ref)("Q4"), weight=Fraction(15), lot=LotId("2")),
        price,
    )
    with desk.session() as session:
        lots = (Lot(LotId("1")), Lot(LotId("2")))
        tenders.define_method(session, replace(method, criteria=rows, lots=lots))
    assert told(desk) == (
        "Lot 2: Social value has 5% of all marks: below the least weight (PPN 002 asks for 10%).",
    )
    with read(desk) as (reader, now):
        found = social_value.weights(reader, now)
    assert [(one.lot.ref, one.finding.weight) for one in found] == [
        ("1", Fraction(20)),
        ("2", Fraction(5)),
    ]


def test_what_is_not_known_is_asked_for(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    assert told(desk) == (
        "Social value: The buyer type is not given. Which model applies is unknown.",
    )
    central(desk, notice=None)
    assert told(desk) == (
        "Social value: The date of the tender notice is not given. Which model applies is unknown.",
    )
    central(desk)
    define(desk, replace(desk.now().details, social_value_model="PPN 026", estimated_value=None))
    assert told(desk) == (
        (
            "Social value: The tender names PPN 026. "
            "Its least weight needs the estimated value including VAT."
        ),
    )


def test_a_named_model_needs_the_buyer(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    define(desk, replace(desk.now().details, social_value_model="PPN 002"))
    assert told(desk) == (
        (
            "Social value: The tender names PPN 002. "
            "Whether its least weight binds needs the buyer type."
        ),
    )


def test_a_council_is_not_warned(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    central(desk)
    define(desk, replace(desk.now().details, buyer_type=BuyerType.SUB_CENTRAL))
    with read(desk) as (reader, now):
        assert social_value.weight_warnings(reader, now) == ()


def test_a_model_that_differs_from_notice_and_buyer_is_told(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    central(desk)
    define(desk, replace(desk.now().details, social_value_model="PPN 002"))
    assert told(desk) == (
        (
            "Social value: The tender names PPN 002. "
            "By its notice and buyer PPN 026 applies: see why the tender differs."
        ),
    )


@pytest.mark.parametrize("year", [2025, 2026, 2030, 2040])
def test_the_clock_chooses_no_model(year: int, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    central(desk, notice=date(2026, 12, 31))
    desk.clock.now = desk.clock.now.replace(year=year)
    with read(desk) as (reader, now):
        assert social_value.choice_for(reader, now).model is SocialValueModel.PPN002


def test_a_data_pack_of_the_tender_counts(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    central(desk)
    data = json.loads(facts.bundled("social_value_model_ppn026"))
    data["weights"][1]["min_weight_percent"] = 25
    pack = tmp_path / "ppn026.json"
    pack.write_text(json.dumps({**data, "version": "2027-01-05"}), encoding="utf-8")
    with desk.session() as session:
        data_packs.import_pack(session, pack)
    with read(desk) as (reader, now):
        assert social_value.choice_for(reader, now).least_weight == 25
    assert "asks for 25%" in told(desk)[0]


def test_weights_that_cannot_be_read_are_refused_when_they_come_in(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    central(desk)
    data = json.loads(facts.bundled("social_value_model_ppn026"))
    data["weights"][0]["min_weight_percent"] = 101
    pack = tmp_path / "ppn026.json"
    pack.write_text(json.dumps({**data, "version": "2027-01-05"}), encoding="utf-8")
    with desk.session() as session, pytest.raises(ExchangeProblem):
        data_packs.import_pack(session, pack)
    with read(desk) as (reader, now):
        assert social_value.choice_for(reader, now).least_weight is not None


def warned_before_award(desk: Desk, to: Stage = Stage.AWARD) -> tuple[str, ...]:
    with read(desk) as (reader, now):
        points = warnings_for(reader, now, to)
    return tuple(point.text for point in points if "KPIs" in point.text)


def priced(folder: Path, value: str, notice: date = date(2026, 12, 1)) -> Desk:
    """The small tender at stage price, its value and buyer as told before publishing."""
    desk = a_desk(folder, "priced")
    given = replace(
        desk.now().details,
        buyer_type=BuyerType.CENTRAL,
        notice_date=notice,
        estimated_value=Fraction(value),
        estimated_value_includes_vat=True,
    )
    with desk.session() as session, session.change("set up") as change:
        recording.add_details(change, given)
    return desk


def test_a33_above_five_million_three_kpis_are_asked_for_before_the_award(tmp_path: Path) -> None:
    desk = priced(tmp_path, "5000000.01")
    asks = "Section 52 asks for at least 3 KPIs above £5,000,000: {} chosen so far."
    assert warned_before_award(desk) == (asks.format(0),)
    choose(desk, promise(1), promise(2), promise(3, "Alder"), promise(4, "Alder", withdrawn="no"))
    assert warned_before_award(desk) == (asks.format(2),)
    choose(desk, promise(1), promise(2), promise(5, evidence=""))
    assert warned_before_award(desk) == (asks.format(2),)
    choose(desk, promise(1), promise(2), promise(5))
    assert warned_before_award(desk) == ()


def test_a33_a_reason_under_section_52_2_ends_the_warning(tmp_path: Path) -> None:
    desk = priced(tmp_path, "5000000.01")
    choose(desk, opt_out="Its performance cannot be measured.")
    assert warned_before_award(desk) == ()


def test_a33_at_five_million_exactly_section_52_asks_for_none(tmp_path: Path) -> None:
    desk = priced(tmp_path, "5000000")
    assert warned_before_award(desk) == ()


def test_ppn_026_asks_at_five_million_exactly_and_says_it_is_not_verified(tmp_path: Path) -> None:
    desk = priced(tmp_path, "5000000", date(2027, 1, 4))
    assert warned_before_award(desk) == (
        (
            "PPN 026 asks for 3 KPIs from £5,000,000 (one secondary source, not verified): "
            "0 chosen so far."
        ),
    )


def test_after_the_award_the_winners_kpis_count(tmp_path: Path) -> None:
    desk = priced(tmp_path, "6000000")
    choose(desk, *(promise(number, "Alder") for number in (1, 2, 3)))
    assert warned_before_award(desk) == ()
    assert desk.enter("award").status == 0
    won = desk.on_file("award", "--to", "Birch Ltd", "--rationale", "Best by the method.")
    assert won.status == 0
    assert warned_before_award(desk, Stage.CLOSED) == (
        "Section 52 asks for at least 3 KPIs above £5,000,000: 0 chosen so far.",
    )


def test_an_award_decision_that_was_overtaken_counts_no_more(tmp_path: Path) -> None:
    """Back at the price the order may change: the bid with most KPIs counts again."""
    desk = priced(tmp_path, "6000000")
    choose(desk, *(promise(number, "Alder") for number in (1, 2, 3)))
    assert desk.enter("award").status == 0
    done = desk.on_file("award", "--to", "Birch Ltd", "--rationale", "Best by the method.")
    assert done.status == 0
    assert len(warned_before_award(desk, Stage.CLOSED)) == 1
    back = desk.on_file("stage", "--to", "price", "--reason", "A price was misread.")
    assert (back.status, desk.enter("award").status) == (0, 0)
    assert warned_before_award(desk, Stage.CLOSED) == ()


def test_the_kpis_of_a_bid_that_is_not_assessed_count_for_nothing(tmp_path: Path) -> None:
    desk = priced(tmp_path, "6000000")
    choose(desk, *(promise(number, "Alder") for number in (1, 2, 3)))
    assert warned_before_award(desk) == ()
    with desk.session() as session:
        bids.set_status(session, Bid(ALDER, LotId("1"), BidStatus.WITHDRAWN, "A letter."))
    assert len(warned_before_award(desk)) == 1


def test_a_lot_that_is_not_awarded_has_no_contract_to_ask_of(tmp_path: Path) -> None:
    desk = priced(tmp_path, "6000000")
    assert desk.enter("award").status == 0
    assert len(warned_before_award(desk, Stage.CLOSED)) == 1
    with desk.session() as session:
        awarding.decide_award(session, "1", (), "Nobody fits.")
    assert warned_before_award(desk, Stage.CLOSED) == ()


def test_a_data_pack_moves_the_day_of_a_model(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    central(desk, notice=date(2027, 2, 1))
    data = json.loads(facts.bundled("social_value_model_ppn026"))
    data["choice"]["notices_from"] = "2027-04-01"
    pack = tmp_path / "ppn026.json"
    pack.write_text(json.dumps({**data, "version": "2027-01-05"}), encoding="utf-8")
    with desk.session() as session:
        data_packs.import_pack(session, pack)
    with read(desk) as (reader, now):
        assert social_value.choice_for(reader, now).model is SocialValueModel.PPN002
        offered = {one.model for one in question_drafts.drafts(reader, now)}
    assert offered == {SocialValueModel.PPN002, None}


def test_a_data_pack_that_names_no_day_is_refused(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    data = json.loads(facts.bundled("social_value_model_ppn026"))
    del data["choice"]
    pack = tmp_path / "ppn026.json"
    pack.write_text(json.dumps({**data, "version": "2027-01-05"}), encoding="utf-8")
    with desk.session() as session, pytest.raises(ExchangeProblem, match="choice"):
        data_packs.import_pack(session, pack)


def test_with_lots_it_is_said_that_the_value_of_all_of_them_counts(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    central(desk)
    lots = (Lot(LotId("1")), Lot(LotId("2")))
    with desk.session() as session:
        tenders.define_method(session, replace(desk.now().method, lots=lots))
    with read(desk) as (reader, now):
        choice = social_value.choice_for(reader, now)
    assert choice.because.endswith(
        "The value of all lots together counts here; how lots count was not seen in a source."
    )
