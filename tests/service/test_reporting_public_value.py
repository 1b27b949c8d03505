"""Documents about public value from a real file: what is gathered, refused and registered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.errors import ExchangeProblem, NotAllowedNow
from tendereval.domain.publicvalue.certificates import Claim
from tendereval.domain.publicvalue.commitments import Commitment, Delivery, Goal, Quote
from tendereval.domain.publicvalue.good_works_share import Category, Partner, Route, Workforce
from tendereval.domain.publicvalue.living_wage import Employer, PayBasis, PayRow, WagePlace
from tendereval.domain.publicvalue.wage_check import PayState
from tendereval.domain.report_model import PublicValue
from tendereval.services import delivery, reporting
from tendereval.store import public_value
from tests.report.pdf_reading import failures, page_texts
from tests.service.builders import (
    ALDER,
    BIDDERS,
    BIRCH,
    SET_UP,
    TENDER,
    Desk,
    a_desk,
    place,
)

PROMISE = Commitment(
    "c-1",
    place(BIRCH, "Q2"),
    Quote("Four apprentices", 0),
    "Site manager",
    "Take on apprentices",
    Fraction(4),
    "apprentices",
    date(2027, 3, 2),
    "Payroll",
    goals=("g-1",),
)
VAGUE = replace(PROMISE, id="c-2", what="Do more", evidence="TBC")
GONE = replace(PROMISE, id="c-3", what="Hire", withdrawn="Said twice.")
DRIVER = PayRow(
    "Driver",
    Employer.DIRECT,
    WagePlace.UK,
    PayBasis.HOUR,
    Fraction("13.00"),
    Fraction("37.5"),
    4,
)
BADGE = Claim("lwf", "accredited", "LW-1", date(2026, 9, 1), None, "All of it", "licence.pdf")
ORCHARD = Partner(
    "Orchard Works",
    Category.SUPPORTED_EMPLOYMENT,
    direct=False,
    amount=Fraction(15),
    share=Fraction(1, 100),
    purpose=True,
    tests=(Workforce(Route.ORGANISATION, 10, 3),),
    evidence="Accounts",
)


def with_value(folder: Path, stage: str, promises: Sequence[Commitment] = ()) -> Desk:
    desk = a_desk(folder, stage)
    with desk.session() as session, session.change("evidence recorded") as change:
        public_value.set_goal(change, Goal("g-1", "Skills", "All in work"))
        public_value.set_pay_schedule(change, BIRCH, (DRIVER,))
        public_value.set_claims(change, BIRCH, (BADGE,))
        public_value.set_partners(change, BIRCH, (ORCHARD,))
        for item in promises or (PROMISE, VAGUE, GONE):
            public_value.set_commitment(change, item)
    return desk


def found_in(desk: Desk) -> PublicValue:
    with desk.looking() as session:
        found = reporting.report_model(session).public_value
    assert found is not None
    return found


def decided(folder: Path) -> Desk:
    desk = with_value(folder, "award")
    done = desk.on_file("award", "--to", "Birch Ltd", "--rationale", "Best by the method.")
    assert done.status == 0, done.err
    return desk


def test_every_tool_is_gathered_for_every_bidder(tmp_path: Path) -> None:
    found = found_in(with_value(tmp_path, "priced"))
    assert [item.bidder for item in found.bids] == [ALDER, BIRCH]
    none, birch = found.bids
    assert birch.pay is not None
    assert [row.state for row in birch.pay.rows] == [PayState.BELOW]
    assert not birch.certificates.holds_living_wage
    assert "contract start and contract end are needed" in birch.certificates.claims[0].flags[-1]
    assert birch.commitments.conversion == Fraction(1, 2)
    assert [item.id for item in birch.withdrawn] == ["c-3"]
    assert birch.share is not None
    assert birch.share.share == Fraction(1, 100)
    assert none.certificates.claims == ()
    assert none.withdrawn == ()
    assert found.checked_on == date(2027, 3, 1)
    assert [goal.id for goal in found.goals] == ["g-1"]
    assert {"Living wage rates", "Certificates and accreditations"} <= {
        item.title for item in found.data
    }
    assert all(len(item.sha256) == 64 for item in found.data)
    assert found.social_value
    assert len(found.kpis) == 2


def test_a_badge_stands_beside_the_pay_it_does_not_prove(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    dated = (*TENDER, ("Contract start", "1 April 2027"), ("Contract end", "31 March 2030"))
    assert desk.new({**SET_UP, "Tender": dated}).status == 0
    assert desk.take_in({"Bidders": BIDDERS}).status == 0
    with desk.session() as session, session.change("evidence recorded") as change:
        public_value.set_pay_schedule(change, BIRCH, (DRIVER,))
        public_value.set_claims(change, BIRCH, (BADGE,))
    birch = found_in(desk).bids[1]
    assert birch.certificates.holds_living_wage
    assert birch.pay is not None
    assert "a badge alone proves nothing" in birch.pay.badge
    assert [item.is_expected for item in birch.reminders] == [False, True, True]


@pytest.mark.parametrize("stage", ["published", "scored", "agreed"])
def test_no_share_of_a_price_is_gathered_before_its_stage(stage: str, tmp_path: Path) -> None:
    desk = with_value(tmp_path, stage)
    desk.take_in({"Prices": (("Bidder", "Price"), ("Birch Ltd", "7123456.78"))})
    found = found_in(desk)
    assert "712345678" not in repr(found)
    assert [item.share.share for item in found.bids if item.share] == [None, None]
    assert [item.is_decided for item in found.schedules] == [False]


def test_nothing_recorded_gathers_nothing_and_says_so(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    assert found_in(desk).bids == ()
    out = tmp_path / "pv.pdf"
    assert desk.on_file("report", "public-value", "--out", str(out)).status == 0
    assert failures(out) == []


def test_the_public_value_report_is_written_and_registered(tmp_path: Path) -> None:
    desk = decided(tmp_path)
    paths = [tmp_path / f"{name}.pdf" for name in ("one", "two")]
    for path in paths:
        done = desk.on_file("report", "public-value", "--out", str(path))
        assert done.status == 0, done.err
    first, second = (path.read_bytes() for path in paths)
    assert first == second
    assert failures(paths[0]) == []
    text = " ".join(page_texts(paths[0]))
    assert "accreditations" in text.lower()
    with desk.looking() as session, session.reading() as reader:
        kinds = [made["kind"] for made in reader.documents_made()]
    assert kinds == ["public-value", "public-value"]


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_contract_schedule_is_written_by_its_ending(ending: str, tmp_path: Path) -> None:
    desk = decided(tmp_path)
    paths = [tmp_path / f"{name}.{ending}" for name in ("one", "two")]
    for path in paths:
        done = desk.on_file("report", "commitments", "--out", str(path))
        assert done.status == 0, done.err
    first, second = (path.read_bytes() for path in paths)
    assert first == second
    assert first.startswith(b"%PDF" if ending == "pdf" else b"PK")


@pytest.mark.parametrize("stage", ["scored", "agreed", "priced", "award"])
def test_before_an_award_decision_the_schedule_is_refused_in_words(
    stage: str, tmp_path: Path
) -> None:
    desk = with_value(tmp_path, stage)
    out = tmp_path / "schedule.pdf"
    refused = desk.on_file("report", "commitments", "--out", str(out))
    assert refused.status == 1
    assert "There is no contract schedule yet: no award decision stands." in refused.err
    assert "Record the award decision at stage 'award'" in refused.err
    assert not out.exists()


def test_a_tender_that_went_back_has_no_schedule_until_it_is_decided_again(
    tmp_path: Path,
) -> None:
    desk = decided(tmp_path)
    out = str(tmp_path / "schedule.pdf")
    assert desk.enter("price", "--reason", "A price was misread.").status == 0
    assert desk.on_file("report", "commitments", "--out", out).status == 1
    assert desk.enter("award").status == 0
    assert desk.on_file("report", "commitments", "--out", out).status == 1


@pytest.mark.parametrize(("kind", "ending"), [("commitments", "docx"), ("public-value", "xlsx")])
def test_another_ending_is_refused(kind: str, ending: str, tmp_path: Path) -> None:
    desk = decided(tmp_path)
    with desk.session() as session, pytest.raises(ExchangeProblem, match=f"written as .{ending}"):
        reporting.write_report(session, kind, tmp_path / f"x.{ending}")
    assert not (tmp_path / f"x.{ending}").exists()


def test_a_preview_is_a_pdf_and_refused_likewise(tmp_path: Path) -> None:
    desk = decided(tmp_path)
    with desk.session() as session:
        assert reporting.preview_report(session, "commitments", tmp_path).startswith(b"%PDF")
    early = with_value(tmp_path, "priced")
    with early.session() as session, pytest.raises(NotAllowedNow):
        reporting.preview_report(session, "commitments", tmp_path)


def test_delivery_is_gathered_in_stage_closed_up_to_the_newest_entry(tmp_path: Path) -> None:
    desk = with_value(tmp_path, "closed")
    with desk.session() as session:
        delivery.record_delivery(
            session, Delivery("c-1", date(2027, 3, 2), Fraction(3), "Payroll of March")
        )
    (record,) = found_in(desk).deliveries
    assert record.on == date(2027, 3, 2)
    (row,) = record.rows
    assert row.finding.delivered == 3
    assert found_in(with_value(tmp_path, "award")).deliveries == ()
