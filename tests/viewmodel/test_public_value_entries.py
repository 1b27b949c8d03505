"""Public value: what the lead types is recorded as typed, or refused with what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest

from tendereval import resources
from tendereval.domain.publicvalue.certificates import Assurance
from tendereval.domain.publicvalue.good_works_share import Route
from tendereval.domain.publicvalue.kpi_need import LOT_NOTE
from tendereval.domain.publicvalue.living_wage import WageUse
from tendereval.services import commitments, delivery
from tendereval.services.situation import situation
from tendereval.store import public_value
from tendereval.viewmodels.form_fields import Unreadable
from tendereval.viewmodels.public_value import PublicValueViewModel, make
from tendereval.viewmodels.public_value_entry import Entry
from tendereval.viewmodels.public_value_rows import Task, Tool
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import ALDER, BIRCH, a_desk
from tests.viewmodel.lead_desk import leading
from tests.viewmodel.public_value_desk import TY_GWYN, VALE, showing_public_value


@dataclass(frozen=True, slots=True)
class Lead:
    """The lead at the screen."""

    desk: SessionViewModel
    view: PublicValueViewModel

    def entry(self, task: Task, key: str = "") -> Entry:
        found = self.view.begin(task, key)
        assert found is not None
        return found

    def record(self, task: Task, key: str = "", **typed: str) -> str:
        """Type over some fields and record; returns what is wrong."""
        entry = self.entry(task, key)
        whole = dict(entry.shown)
        for name, text in typed.items():
            field = next(one for one in entry.fields if one.name == name)
            whole = dict(field.put(whole, text))
        return self.view.record(entry, whole)


@contextmanager
def a_lead(folder: Path, stage: str = "scoring") -> Iterator[Lead]:
    with showing_public_value(folder, stage) as desk:
        yield Lead(desk, make(desk))


COUNCIL = {
    "reason": "High turnover.",
    "relevance": "Drivers are most of the contract.",
    "proportionality": "It asks for this contract's roles only.",
}


def test_the_use_of_the_check_is_chosen_with_the_councils_record(tmp_path: Path) -> None:
    with a_lead(tmp_path, "set-up") as lead:
        problem = lead.record(Task.WAGE_USE, use="requirement of the contract", criterion="PAY")
        assert "Missing: reason, relevance, proportionality." in problem
        assert not lead.record(
            Task.WAGE_USE, use="requirement of the contract", criterion="PAY", **COUNCIL
        )
        with lead.desk.reading() as reader:
            setting = public_value.wage_setting(reader)
        assert (setting.use, setting.criterion) == (WageUse.REQUIREMENT, "PAY")
        assert lead.view.part.standing[0].startswith(
            "Paying the real Living Wage is a requirement of the contract under PAY."
        )


def test_after_publishing_another_use_says_why(tmp_path: Path) -> None:
    with a_lead(tmp_path) as lead:
        typed = {**COUNCIL, "check_on": "1 June 2026"}
        assert "needs a reason" in lead.record(Task.WAGE_USE, **typed)
        assert not lead.record(Task.WAGE_USE, why="The day was missing.", **typed)
        assert "Rates that count on 1 June 2026: " in lead.view.part.standing[1]
        assert "needs a reason" in lead.record(Task.WAGE_USE, use="off", reason="", why="Off.")
        assert not lead.record(Task.WAGE_USE, use="off", reason="Goods only.", why="Off.")
        assert lead.view.part.answer == "The living wage check is off: Goods only."
        assert lead.view.part.note == "off"


def test_rates_read_in_a_source_count_at_once(tmp_path: Path) -> None:
    with a_lead(tmp_path) as lead:
        typed = {
            "year": "2026-27",
            "uk": "14.10",
            "london": "15.50",
            "announced": "26 October 2026",
            "deadline": "1 May 2027",
        }
        assert "need the source" in lead.record(Task.RATES, **typed)
        assert not lead.record(Task.RATES, **typed, source="livingwage.org.uk, 23 November 2026")
        row = lead.view.data.rows[0]
        assert "entered by hand" in row.cells[1].text
        assert row.cells[4].text.startswith("imported by Ana Ames, ")
        lead.view.choose_bidder(TY_GWYN)
        bid = lead.view.part.bid
        assert bid is not None
        assert "1 not yet the newest" in bid.sentence


@pytest.mark.parametrize("text", ["2026", "2026-28", "26-27", "next year"])
def test_a_year_is_written_as_the_foundation_does(tmp_path: Path, text: str) -> None:
    with a_lead(tmp_path) as lead:
        field = lead.entry(Task.RATES).fields[0]
        with pytest.raises(Unreadable, match="2026-27"):
            field.put({}, text)


def test_a_data_pack_is_imported_with_its_checksum(tmp_path: Path) -> None:
    with a_lead(tmp_path) as lead:
        shipped = resources.path("public_value/living_wage_rates.json").read_text(encoding="utf-8")
        pack = tmp_path / "rates.json"
        pack.write_text(shipped.replace('"version": "2026-11-23"', '"version": "2027-01-05"', 1))
        assert "checksum differs" in lead.view.import_data(pack, "0" * 64)[1]
        digest = sha256(pack.read_bytes()).hexdigest()
        done, problem = lead.view.import_data(pack, digest)
        assert (done.startswith("Living wage rates: version 2027-01-05 counts"), problem) == (
            True,
            "",
        )
        assert "checksum agrees" in done
        assert lead.view.data.rows[0].details[1] == f"SHA-256 {digest}"


def test_a_certificate_is_entered_and_the_list_teaches(tmp_path: Path) -> None:
    with a_lead(tmp_path) as lead:
        lead.view.choose_bidder(VALE)
        entry = lead.entry(Task.ADD_CLAIM)
        assert "Good Business Charter" in entry.offers(entry.shown)["scheme"]
        typed = {**entry.shown, "scheme": "good business charter"}
        assert "self-declared: the bidder says so." in entry.teaches(typed)[0]
        assert entry.offers(typed)["level"]
        unknown = {**entry.shown, "scheme": "Our own star"}
        assert "not in the list" in entry.teaches(unknown)[0]
        given = {
            "scheme": "Good Business Charter",
            "number": "G-1",
            "issued": "1 July 2026",
            "scope": "All sites",
            "offered_as": "independent",
        }
        assert "others need a reason" in lead.record(Task.ADD_CLAIM, **given)
        assert not lead.record(Task.ADD_CLAIM, **given, reason="Came with the bid.")
        with lead.desk.reading() as reader:
            claim = public_value.claims(reader)[VALE][-1]
        assert (claim.scheme, claim.offered_as) == ("gbc", Assurance.INDEPENDENT)


def test_a_certificate_is_changed_taken_out_and_decided(tmp_path: Path) -> None:
    with a_lead(tmp_path) as lead:
        lead.view.choose_tool(Tool.CERTIFICATES)
        lead.view.choose_bidder(VALE)
        shown = lead.entry(Task.EDIT_CLAIM, "0").shown
        assert (shown["scheme"], shown["issued"]) == ("Living Wage Employer", "1 June 2026")
        assert not lead.record(Task.EDIT_CLAIM, "0", number="LW-2", reason="Misread.")
        assert lead.view.part.warnings == ()
        assert lead.record(Task.DECIDE_CLAIM, "1") == "Choose whether it is accepted."
        assert "needs a reason" in lead.record(Task.DECIDE_CLAIM, "1", accepted="no")
        assert not lead.record(Task.DECIDE_CLAIM, "1", accepted="no", reason="Nobody looked.")
        bid = lead.view.part.bid
        assert bid is not None
        assert any("Not accepted: Nobody looked." in text for text in bid.sheet.rows[1].details)
        assert not lead.record(Task.REMOVE_CLAIM, "1", reason="Withdrawn by the bidder.")
        bid = lead.view.part.bid
        assert bid is not None
        assert len(bid.sheet.rows) == 1


def test_a_partner_is_entered_with_the_test_by_its_routes(tmp_path: Path) -> None:
    with a_lead(tmp_path, "price") as lead:
        lead.view.choose_tool(Tool.SHARE)
        lead.view.choose_bidder(VALE)
        entry = lead.entry(Task.ADD_PARTNER)
        half = {**entry.shown, "ORGANISATION:all": "10"}
        assert entry.teaches(half) == ("Of the organisation give both figures, or neither.",)
        close = {**half, "ORGANISATION:of": "3"}
        assert entry.teaches(close) == ("In the organisation: 30.00%, met.",)
        close = {**close, "ORGANISATION:all": "10000", "ORGANISATION:of": "2999"}
        assert entry.teaches(close) == ("In the organisation: 29.99%, not met.",)
        given = {
            "name": "Ash Works",
            "amount": "£3,000",
            "includes_vat": "no",
            "purpose": "yes",
            "JOINT:all": "20",
            "JOINT:of": "6",
            "evidence": "Contract",
        }
        assert "others need a reason" in lead.record(Task.ADD_PARTNER, **given)
        assert not lead.record(Task.ADD_PARTNER, **given, reason="Came with the bid.")
        assert lead.view.part.answer.startswith("Yes with Tŷ Gwyn CIC and Vale Coaches Ltd.")
        with lead.desk.reading() as reader:
            added = public_value.partners(reader)[VALE][-1]
        assert [(one.route, one.disadvantaged) for one in added.tests] == [(Route.JOINT, 6)]
        problem = lead.record(Task.EDIT_PARTNER, "1", **{"JOINT:of": "21"}, reason="?")
        assert "more than the workforce" in problem
        assert not lead.record(Task.REMOVE_PARTNER, "1", reason="Not any more.")


def test_a_share_beside_an_amount_stays_out_of_sight_until_prices_are_open(tmp_path: Path) -> None:
    with a_lead(tmp_path) as lead:
        problem = lead.record(Task.EDIT_PARTNER, "0", identifier="C-1", reason="Looked up.")
        assert not problem
        names = [field.name for field in lead.entry(Task.EDIT_PARTNER, "0").fields]
        assert "share" not in names
        assert "share" in [field.name for field in lead.entry(Task.ADD_PARTNER).fields]


def test_the_target_is_set_with_a_reason(tmp_path: Path) -> None:
    with a_lead(tmp_path, "price") as lead:
        lead.view.choose_tool(Tool.SHARE)
        assert lead.entry(Task.TARGET).shown["share"] == "1%"
        assert "needs a reason" in lead.record(Task.TARGET, share="2%")
        assert "missing" in lead.record(Task.TARGET, share="", reason="?")
        assert "cannot be aimed at" in lead.record(Task.TARGET, share="0", reason="?")
        assert not lead.record(Task.TARGET, share="1.5", reason="The cabinet said so.")
        assert lead.view.part.question.startswith("Does 1.5% of the contract go to")
        assert "Not with Tŷ Gwyn CIC and Vale Coaches Ltd." in lead.view.part.answer


def test_a_promise_is_completed_from_what_the_answer_says(tmp_path: Path) -> None:
    with a_lead(tmp_path) as lead:
        entry = lead.entry(Task.EDIT_COMMITMENT, "c-2")
        assert "We will work with partners to reduce loneliness." in entry.under
        assert entry.teaches(entry.shown) == (
            "Still an ambition; missing: who, how many, by when, evidence.",
        )
        given = {
            "who": "Depot managers",
            "how_many": "12",
            "unit": "visits a week",
            "by_when": "1 May 2028",
            "evidence": "Log",
            "sdg_targets": "3.4, 10.2",
            "goal:g-2": "yes",
        }
        assert not lead.record(Task.EDIT_COMMITMENT, "c-2", **given)
        with lead.desk.reading() as reader:
            found = commitments.for_bid(reader, situation(reader), TY_GWYN)
        done = next(one.commitment for one in found.complete if one.commitment.id == "c-2")
        assert (done.how_many, done.goals, done.by_when) == (
            Fraction(12),
            ("g-2",),
            date(2028, 5, 1),
        )
        assert done.sdg_targets == ("3.4", "10.2")
        assert "no target" in lead.record(Task.EDIT_COMMITMENT, "c-2", sdg_targets="8.15")


def test_once_prices_are_open_a_changed_promise_says_why(tmp_path: Path) -> None:
    with a_lead(tmp_path, "price") as lead:
        assert "needs a reason" in lead.record(Task.EDIT_COMMITMENT, "c-2", who="Depot managers")
        assert not lead.record(
            Task.EDIT_COMMITMENT, "c-2", who="Depot managers", reason="It says so on page 2."
        )


def test_a_promise_is_withdrawn_with_a_reason_and_put_back(tmp_path: Path) -> None:
    with a_lead(tmp_path) as lead:
        lead.view.choose_tool(Tool.COMMITMENTS)
        assert "with a reason" in lead.record(Task.WITHDRAW, "c-3")
        assert not lead.record(Task.WITHDRAW, "c-3", reason="Claimed twice.")
        bid = lead.view.part.bid
        assert bid is not None
        assert bid.sheet.rows[-1].cells[-1].text == "withdrawn: Claimed twice."
        assert [one.task for one in bid.sheet.rows[-1].actions] == [Task.REINSTATE]
        assert not lead.record(Task.REINSTATE, "c-3", reason="Two different things.")


def test_kpis_are_ticked_or_a_reason_is_given_for_none(tmp_path: Path) -> None:
    with a_lead(tmp_path) as lead:
        names = [field.name for field in lead.entry(Task.KPIS).fields]
        assert names == ["kpi:c-1", "opt_out"]
        both = {"kpi:c-1": "yes", "opt_out": "None can be measured."}
        assert "Keep one of the two." in lead.record(Task.KPIS, **both)
        assert not lead.record(Task.KPIS, **{"kpi:c-1": "yes"})
        lead.view.choose_tool(Tool.COMMITMENTS)
        assert "1 chosen so far" in lead.view.part.standing[-1]
        assert not lead.record(Task.KPIS, **{"kpi:c-1": "no", "opt_out": "None can be measured."})
        assert "the reason under section 52(2)" in lead.view.part.standing[-1]


def test_goals_are_added_changed_and_removed(tmp_path: Path) -> None:
    with a_lead(tmp_path, "set-up") as lead:
        lead.view.choose_tool(Tool.GOALS)
        assert lead.view.part.answer == "No goal of the authority is recorded yet."
        assert "no outcome" in lead.record(Task.ADD_GOAL, mission="Clean air")
        given = {"mission": "Clean air", "outcome": "No diesel", "by": "31 December 2030"}
        assert not lead.record(Task.ADD_GOAL, **given)
        assert not lead.record(Task.EDIT_GOAL, "g-1", baseline="23 of 23 buses")
        bid = lead.view.part.bid
        assert bid is not None
        assert [cell.text for cell in bid.sheet.rows[0].cells][:3] == [
            *("No diesel", "Clean air", "23 of 23 buses"),
        ]
        assert not lead.record(Task.REMOVE_GOAL, "g-1")
        assert lead.view.part.note == "none yet"


def test_a_goal_that_is_served_is_removed_with_a_reason_and_stays_in_sight(tmp_path: Path) -> None:
    with a_lead(tmp_path) as lead:
        lead.view.choose_tool(Tool.GOALS)
        assert "needs a reason" in lead.record(Task.REMOVE_GOAL, "g-1")
        assert not lead.record(Task.REMOVE_GOAL, "g-1", reason="Another policy.")
        assert "was removed, and 1 commitment still serves it" in lead.view.part.warnings[0]
        bid = lead.view.part.bid
        assert bid is not None
        gone = bid.sheet.rows[0]
        assert gone.cells[-1].text == "△  removed, and still served"
        assert gone.actions[0].why_not == "It was removed."


def test_delivery_is_reported_in_a_closed_tender(tmp_path: Path) -> None:
    with a_lead(tmp_path, "closed") as lead:
        lead.view.choose_tool(Tool.COMMITMENTS)
        assert not lead.record(Task.OWNER, "c-1", owner="Head of transport")
        assert "Write the day and the total" in lead.record(Task.DELIVERY, "c-1", delivered="")
        assert not lead.record(Task.DELIVERY, "c-1", delivered="3", evidence="Payroll")
        with lead.desk.reading() as reader:
            now = situation(reader)
            lot = now.method.lots[0].ref
            record = delivery.delivery(reader, now, lot, lead.desk.session.clock().date())
        assert record.rows[0].finding.share == Fraction(1, 2)
        bid = lead.view.part.bid
        assert bid is not None
        row = bid.sheet.rows[0]
        assert row.cells[4].text == "3 apprentices"
        picture = row.cells[5].picture
        assert picture is not None
        assert picture.words == "50% of what was promised"
        assert row.details[0].endswith(": 3 apprentices; proved by Payroll.")
        assert "lies ahead" in lead.record(Task.DELIVERY, "c-1", on="1 January 2099", delivered="4")


@contextmanager
def of_two_lots(folder: Path) -> Iterator[Lead]:
    """The lead of a tender with two lots; Alder bids for both, Birch for the second alone."""
    desk = a_desk(folder, "set-up")
    lots = (("Lot",), ("North",), ("South",))
    bidders = (("Bidder", "Lots"), ("Alder Ltd", ""), ("Birch Ltd", "South"))
    assert desk.take_in({"Lots": lots, "Bidders": bidders}).status == 0
    with leading(desk) as found:
        yield Lead(found, make(found))


def test_a_partner_is_entered_for_one_lot_or_for_all(tmp_path: Path) -> None:
    with of_two_lots(tmp_path) as lead:
        lead.view.choose_tool(Tool.SHARE)
        lead.view.choose_bidder(ALDER)
        typed = {"name": "Orchard Works", "amount": "£16", "purpose": "yes"}
        assert not lead.record(Task.ADD_PARTNER, lot="South", **typed)
        assert not lead.record(Task.ADD_PARTNER, **{**typed, "name": "Elm CIC"})
        with lead.desk.reading() as reader:
            lots = [one.lot for one in public_value.partners(reader)[ALDER]]
        assert lots == ["South", None]
        assert lead.entry(Task.EDIT_PARTNER, "0").shown["lot"] == "South"
        part = lead.view.part.bid
        assert part is not None
        assert part.sheet.rows[0].cells[0].text == "South: Orchard Works"
        assert part.sheet.rows[0].details[0].startswith("Lot South, Orchard Works: ")
        assert part.notes[0].startswith("Lot North: ")
        lead.view.choose_bidder(BIRCH)
        refused = lead.record(Task.ADD_PARTNER, lot="North", **typed)
        assert "does not bid for lot North" in refused


def test_with_lots_it_is_said_which_value_section_52_counts(tmp_path: Path) -> None:
    with of_two_lots(tmp_path) as lead:
        lead.view.choose_tool(Tool.COMMITMENTS)
        assert lead.view.part.standing[-2:] == (
            LOT_NOTE,
            "Each lot: Whether section 52 asks for KPIs needs the estimated value including VAT.",
        )


def test_where_there_are_no_lots_none_is_asked_for(tmp_path: Path) -> None:
    with a_lead(tmp_path) as lead:
        lead.view.choose_tool(Tool.SHARE)
        lead.view.choose_bidder(VALE)
        assert "lot" not in {one.name for one in lead.entry(Task.ADD_PARTNER).fields}
