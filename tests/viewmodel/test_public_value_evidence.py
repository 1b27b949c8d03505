"""What the tools say beside a question: where it belongs, a sentence each, nothing of prices."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.bidding import Place, PriceSubmission
from tendereval.domain.ids import LotId
from tendereval.domain.publicvalue.certificates import Claim
from tendereval.domain.publicvalue.good_works_share import Category, Partner, Route, Workforce
from tendereval.domain.publicvalue.living_wage import (
    Employer,
    PayBasis,
    PayRow,
    WagePlace,
    WageSetting,
    WageUse,
)
from tendereval.services import bids, certificates, commitments, good_works, living_wage
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.viewmodels.public_value_evidence import evidence_for
from tests.service.builders import ALDER, BIRCH, a_desk, place
from tests.viewmodel.promises import JOBS, promising, words

Q1, Q2 = place(ALDER, "Q1"), place(ALDER, "Q2")
CLAIM = Claim("lwf", "", "1", date(2026, 1, 1), date(2029, 1, 1), "All staff", "Letter")
PARTNER = Partner(
    "Bright Works CIC",
    Category.SUPPORTED_EMPLOYMENT,
    direct=False,
    amount=Fraction(24000),
    purpose=True,
    tests=(Workforce(Route.ORGANISATION, 40, 12),),
    evidence="Accounts",
)
BY_SHARE = Partner("Lantern", Category.CHARITY, direct=False, share=Fraction(1, 10), purpose=True)


def said(session: Session, at: object = Q2) -> dict[str, str]:
    with session.reading() as reader:
        lines = evidence_for(reader, situation(reader), at)  # type: ignore[arg-type]  # a place
    return {line.tool: line.sentence for line in lines}


def fill(session: Session) -> None:
    row = PayRow(
        "Cleaner", Employer.DIRECT, WagePlace.UK, PayBasis.HOUR, Fraction(5), Fraction(30), 2
    )
    living_wage.set_schedule(session, ALDER, (row,))
    certificates.set_claims(session, ALDER, (CLAIM,))
    good_works.set_partners(session, ALDER, (PARTNER,))
    commitments.make(session, Q2, words(JOBS))


def test_a_question_on_social_value_gets_a_sentence_of_every_tool(tmp_path: Path) -> None:
    with promising(tmp_path).session() as session:
        fill(session)
        found = said(session)
    assert list(found) == ["wage", "certificates", "share", "commitments"]
    assert found["wage"].startswith("1 of 1 role is paid below the real Living Wage")
    assert found["certificates"] == "Whether a claim of good work is current is not known."
    assert found["share"] == (
        "The bid names one Good Works organisation; 1 meets the 30% test of s.32(4); "
        "£24,000.00 is committed."
    )
    assert found["commitments"] == "0 of 1 commitment is complete and can go into the contract."


def test_where_nothing_was_given_the_sentence_says_so(tmp_path: Path) -> None:
    with promising(tmp_path).session() as session:
        found = said(session)
    assert found == {
        "wage": "No pay schedule was given: whether the real Living Wage is paid is unknown.",
        "certificates": "No certificate of good work is claimed.",
        "share": "The bid names no Good Works organisation.",
        "commitments": "No commitment has been made from this answer yet.",
    }


def test_where_certificates_are_offered_under_the_question_its_gaps_are_told(
    tmp_path: Path,
) -> None:
    badge = Claim("gbc", "", "1", date(2026, 1, 1), date(2029, 1, 1), "All", "x", criterion="Q2")
    with promising(tmp_path).session() as session:
        certificates.set_claims(session, ALDER, (badge,))
        mine, other = said(session), said(session, place(BIRCH, "Q2"))
    assert mine["certificates"].endswith(
        "Against Q2: No certificate counts that is in force at the deadline and when the contract "
        "starts."
    )
    assert other["certificates"] == (
        "No certificate of good work is claimed. Against Q2: No certificate is claimed."
    )


def test_another_question_gets_nothing(tmp_path: Path) -> None:
    with promising(tmp_path).session() as session:
        fill(session)
        assert said(session, Q1) == {}


@pytest.mark.parametrize(
    ("prepare", "tool"),
    [
        (
            lambda s: living_wage.choose_use(
                s, WageSetting(WageUse.SCORED, criterion="q1"), "Transcribed from the notice."
            ),
            "wage",
        ),
        (
            lambda s: certificates.set_claims(
                s, ALDER, (Claim("lwf", "", "1", None, None, "All", "", criterion="Q1"),)
            ),
            "certificates",
        ),
        (
            lambda s: commitments.make(s, Q1, words(JOBS, f"Alder builds of oak.\n\n{JOBS}")),
            "commitments",
        ),
    ],
)
def test_another_question_gets_only_the_tool_that_names_it(
    tmp_path: Path, prepare: Callable[[Session], object], tool: str
) -> None:
    with promising(tmp_path).session() as session:
        prepare(session)
        assert list(said(session, Q1)) == [tool]
        others = said(session, place(BIRCH, "Q1"))
        assert list(others) == (["wage"] if tool == "wage" else [])


def test_a_check_that_is_off_says_nothing(tmp_path: Path) -> None:
    with promising(tmp_path).session() as session:
        off = WageSetting(WageUse.OFF, reason="Supplies only.")
        living_wage.choose_use(session, off, "No labour is bought.")
        assert "wage" not in said(session)


def test_no_sentence_is_derived_from_a_price_even_when_prices_are_open(tmp_path: Path) -> None:
    with a_desk(tmp_path, "price").session() as session:
        good_works.set_partners(session, ALDER, (BY_SHARE, PARTNER))
        before = said(session)
        bids.record_prices(session, (PriceSubmission(place(ALDER, "PRICE"), Fraction(987654)),))
        assert said(session) == before
    assert before["share"].endswith("£24,000.00 is committed.")
    assert not any(word in text for text in before.values() for word in ("price", "mark", "score"))


def test_beside_an_answer_to_one_lot_only_its_partners_count(tmp_path: Path) -> None:
    """One organisation named for each of two lots is one organisation, and each lot has its sum."""
    desk = a_desk(tmp_path, "set-up")
    lots = (("Lot",), ("North",), ("South",))
    bidders = (("Bidder",), ("Alder Ltd",))
    assert desk.take_in({"Lots": lots, "Bidders": bidders}).status == 0
    north, south = LotId("North"), LotId("South")
    with desk.session() as session:
        named = [replace(PARTNER, lot=north), replace(PARTNER, lot=south, amount=Fraction(1000))]
        good_works.set_partners(session, ALDER, named)
        told = {
            lot: said(session, Place(ALDER, Q2.criterion, lot))["share"] for lot in (south, None)
        }
    assert told == {
        south: (
            "The bid names one Good Works organisation; 1 meets the 30% test of s.32(4); "
            "£1,000.00 is committed."
        ),
        None: (
            "The bid names one Good Works organisation; 1 meets the 30% test of s.32(4); "
            "£25,000.00 is committed."
        ),
    }
