"""Certificates in a tender: recorded, checked against its days, decided on, reminded of."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tendereval.domain.errors import (
    NotAllowedNow,
    ReasonNeeded,
    RuleRefusal,
    UnknownReference,
    UserFixable,
)
from tendereval.domain.ids import BidderId, CriterionId
from tendereval.domain.publicvalue.certificate_check import CertificateFinding, CertificateState
from tendereval.domain.publicvalue.certificates import Assurance, Claim
from tendereval.domain.tender import TenderDetails
from tendereval.exchange import public_value_data as facts
from tendereval.services import certificates, data_packs, tenders
from tendereval.services.situation import Situation, situation
from tendereval.store import public_value
from tendereval.store.repository import Reader
from tests.service.builders import ALDER, BEN, BIRCH, LONDON, Desk, a_desk

START, END = date(2027, 6, 1), date(2028, 5, 31)
BADGE = Claim(
    "lwf",
    "accredited",
    "LW-12",
    date(2026, 7, 1),
    date(2027, 6, 30),
    "all staff in Borset",
    "letter.pdf",
)
OFFERED = replace(BADGE, scheme="bcorp", number="X-1", equivalent="A union audit", level="")


@contextmanager
def read(desk: Desk) -> Iterator[tuple[Reader, Situation]]:
    with desk.looking() as session, session.reading() as reader:
        yield reader, situation(reader)


def record(desk: Desk, bidder: BidderId, *claims: Claim, reason: str = "", by: str = "") -> None:
    with desk.session(by) as session:
        certificates.set_claims(session, bidder, claims, reason)


def finding(desk: Desk, bidder: BidderId = ALDER) -> CertificateFinding:
    with read(desk) as (reader, now):
        return certificates.finding_for(reader, now, bidder)


def kept(desk: Desk, bidder: BidderId = ALDER) -> tuple[Claim, ...]:
    with read(desk) as (reader, _):
        return public_value.claims(reader).get(bidder, ())


def with_contract(folder: Path) -> Desk:
    """The small tender, published, with the days of its contract; Alder has claimed a badge."""
    desk = a_desk(folder, "published")
    with desk.session() as session:
        dated = replace(desk.now().details, contract_start=START, contract_end=END)
        tenders.define_details(session, dated)
    record(desk, ALDER, BADGE)
    return desk


def test_a_claim_is_checked_against_deadline_start_and_end(tmp_path: Path) -> None:
    desk = with_contract(tmp_path)
    found = finding(desk)
    assert found.claims[0].state is CertificateState.LAPSES_IN_TERM
    assert found.independence is Assurance.ISSUER_CHECKED
    assert found.sentence == (
        "The best current claim of good work is checked by the scheme's owner. "
        "One certificate lapses in the contract."
    )
    assert finding(desk, BIRCH).sentence == "No certificate of good work is claimed."
    with read(desk) as (reader, now):
        assert set(certificates.findings(reader, now)) == {ALDER, BIRCH}
        assert certificates.living_wage_holders(reader, now) == {ALDER}
        assert certificates.holds_living_wage(reader, now, ALDER)
        assert not certificates.holds_living_wage(reader, now, BIRCH)
        with pytest.raises(UnknownReference, match="There is no bidder"):
            certificates.finding_for(reader, now, BidderId("b-9"))


def test_without_the_days_of_the_contract_it_is_unknown(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    record(desk, ALDER, BADGE)
    found = finding(desk)
    assert found.claims[0].state is CertificateState.UNKNOWN
    assert not found.holds_living_wage


LATE_EVENING = [
    (datetime(2027, 6, 30, 23, 30, tzinfo=LONDON), date(2027, 6, 30)),
    (datetime(2027, 6, 30, 23, 30, tzinfo=UTC), date(2027, 7, 1)),
    (datetime(2027, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=2))), date(2027, 6, 30)),
]


@pytest.mark.parametrize(("deadline", "day"), LATE_EVENING)
def test_the_day_of_the_deadline_is_that_of_london(deadline: datetime, day: date) -> None:
    assert certificates.days_of(TenderDetails(deadline=deadline)).deadline == day


def test_no_deadline_is_no_day() -> None:
    assert certificates.days_of(TenderDetails()).deadline is None


def test_the_record_says_whose_certificates_and_their_digests(tmp_path: Path) -> None:
    desk = with_contract(tmp_path)
    entry = desk.entries()[-1]
    assert (entry.kind, entry.ids) == (
        "certificates recorded",
        {"bidder": ALDER, "certificates": "1"},
    )
    assert set(entry.texts) == {"certificates after"}
    record(desk, ALDER, BADGE, replace(BADGE, scheme="gbc", number="7"))
    assert set(desk.entries()[-1].texts) == {"certificates before", "certificates after"}


def test_the_same_claims_again_are_no_change(tmp_path: Path) -> None:
    desk = with_contract(tmp_path)
    before = len(desk.entries())
    record(desk, ALDER, replace(BADGE, scope=f" {BADGE.scope} "))
    assert len(desk.entries()) == before


def test_a_scheme_is_known_by_its_name_and_a_question_by_its_reference(tmp_path: Path) -> None:
    desk = with_contract(tmp_path)
    record(desk, BIRCH, replace(BADGE, scheme=" living  wage EMPLOYER ", criterion="q2"))
    assert [(one.scheme, one.criterion) for one in kept(desk, BIRCH)] == [("lwf", "Q2")]
    with read(desk) as (reader, _):
        assert certificates.scheme_named(reader, "nothing such") is None


def test_an_unknown_scheme_is_kept_and_told(tmp_path: Path) -> None:
    desk = with_contract(tmp_path)
    record(desk, BIRCH, replace(BADGE, scheme="Best of Borset"))
    assert finding(desk, BIRCH).claims[0].flags[0] == (
        "Best of Borset is not in the list: say what it is equivalent to and why."
    )


REFUSED = [
    ((replace(BADGE, scheme=" "),), "Certificate 1 names no scheme and no equivalent."),
    ((replace(BADGE, criterion="Q9"),), "Certificate 1: there is no criterion 'Q9'."),
    (
        (BADGE, replace(BADGE, number="lw 12")),
        "Certificate 2: its number lw 12 stands in the list twice.",
    ),
]


@pytest.mark.parametrize(("claims", "said"), REFUSED)
def test_what_cannot_be_kept_is_refused_by_its_number(
    claims: tuple[Claim, ...], said: str, tmp_path: Path
) -> None:
    desk = with_contract(tmp_path)
    with pytest.raises(RuleRefusal) as refusal:
        record(desk, BIRCH, *claims)
    assert refusal.value.happened == said
    assert kept(desk, BIRCH) == ()


def test_nobody_records_for_a_bidder_that_is_not_there(tmp_path: Path) -> None:
    desk = with_contract(tmp_path)
    with pytest.raises(UnknownReference, match="There is no bidder"):
        record(desk, BidderId("b-9"), BADGE)


def test_who_only_scores_records_and_decides_nothing(tmp_path: Path) -> None:
    desk = with_contract(tmp_path)
    record(desk, BIRCH, OFFERED)
    with pytest.raises(RuleRefusal, match="Ben Bell does not record certificates"):
        record(desk, ALDER, by="Ben Bell")
    with (
        desk.session() as session,
        pytest.raises(RuleRefusal, match="Ben Bell does not decide about certificates"),
    ):
        certificates.decide(
            session.acting_as(BEN), BIRCH, OFFERED, accepted=True, reason="I like it."
        )


def test_once_scoring_has_begun_other_certificates_need_a_reason(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    record(desk, ALDER, BADGE)
    desk.clock.now = datetime(2027, 3, 2, 9, tzinfo=LONDON)
    assert desk.enter("scoring").status == 0
    record(desk, BIRCH, BADGE)  # the first needs none
    with pytest.raises(ReasonNeeded, match="The certificates of Alder Ltd stand"):
        record(desk, ALDER)
    record(desk, ALDER, reason="Withdrawn by the bidder in a clarification.")
    assert kept(desk) == ()
    assert desk.entries()[-1].reason == "Withdrawn by the bidder in a clarification."


def test_a_closed_tender_takes_no_certificate(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    with pytest.raises(NotAllowedNow):
        record(desk, ALDER, BADGE)


def test_an_equivalent_is_decided_with_a_reason_and_both_decisions_stay(tmp_path: Path) -> None:
    desk = with_contract(tmp_path)
    record(desk, BIRCH, OFFERED)
    assert finding(desk, BIRCH).claims[0].awaits_decision
    (claim,) = kept(desk, BIRCH)
    with desk.session() as session:
        with pytest.raises(ReasonNeeded, match="The decision needs a reason"):
            certificates.decide(session, BIRCH, claim, accepted=True, reason=" ")
        certificates.decide(session, BIRCH, claim, accepted=True, reason="Same points.")
    found = finding(desk, BIRCH)
    assert found.independence is Assurance.INDEPENDENT
    assert "Offered as equivalent: A union audit. Accepted: Same points." in found.claims[0].flags
    with desk.session() as session:
        (accepted,) = kept(desk, BIRCH)
        certificates.decide(session, BIRCH, accepted, accepted=False, reason="It was withdrawn.")
    assert finding(desk, BIRCH).independence is None
    told = [(one.ids["accepted"], one.reason) for one in desk.entries()[-2:]]
    assert told == [("yes", "Same points."), ("no", "It was withdrawn.")]


def test_there_is_nothing_to_decide_about_a_certificate_of_its_own(tmp_path: Path) -> None:
    desk = with_contract(tmp_path)
    with desk.session() as session:
        with pytest.raises(RuleRefusal, match="There is nothing to decide"):
            certificates.decide(session, ALDER, BADGE, accepted=False, reason="No.")
        gone = replace(BADGE, number="other")
        with pytest.raises(UnknownReference, match="does not claim this certificate"):
            certificates.decide(session, ALDER, gone, accepted=False, reason="No.")


def test_a_decision_outlasts_a_new_list_and_no_list_brings_one(tmp_path: Path) -> None:
    desk = with_contract(tmp_path)
    record(desk, BIRCH, OFFERED)
    with desk.session() as session:
        certificates.decide(session, BIRCH, OFFERED, accepted=True, reason="Same points.")
    record(desk, BIRCH, BADGE, OFFERED)
    assert [one.accepted for one in kept(desk, BIRCH)] == [None, True]
    record(desk, BIRCH, replace(OFFERED, scope="one site", accepted=True, reason="We say so."))
    assert [(one.accepted, one.reason) for one in kept(desk, BIRCH)] == [(None, "")]


def test_a_number_claimed_by_two_bidders_is_told_to_the_lead_with_their_names(
    tmp_path: Path,
) -> None:
    desk = with_contract(tmp_path)
    record(desk, BIRCH, replace(BADGE, number="lw12"))
    with read(desk) as (reader, now):
        (shared,) = certificates.shared_numbers(reader, now)
    assert shared.bidders == (ALDER, BIRCH)
    assert shared.sentence == (
        "Living Wage Employer: number LW-12 is claimed by Alder Ltd and Birch Ltd; "
        "ask both for the certificate."
    )
    for bidder in (ALDER, BIRCH):
        flags = finding(desk, bidder).claims[0].flags
        assert "Another bidder claims a certificate of the same number." in flags
        assert not any("Birch Ltd" in flag for flag in flags)


def test_the_contract_gets_its_reminders_in_order(tmp_path: Path) -> None:
    desk = with_contract(tmp_path)
    longer = replace(BADGE, scheme="gbc", level="accredited", number="G1", ends=date(2027, 6, 10))
    record(desk, ALDER, BADGE, longer)
    with read(desk) as (reader, now):
        every = certificates.reminders(reader, now, ALDER)
        assert certificates.reminders(reader, now, BIRCH) == ()
    assert [(one.name, one.on) for one in every] == [
        ("Good Business Charter", date(2027, 4, 15)),
        ("Living Wage Employer", date(2027, 5, 5)),
    ]


def test_gaps_against_a_question(tmp_path: Path) -> None:
    desk = with_contract(tmp_path)
    q2 = CriterionId("q2")

    def gaps(ref: CriterionId = q2) -> tuple[str, ...]:
        with read(desk) as (reader, now):
            return certificates.gaps(reader, now, ref)[ALDER]

    assert gaps() == ("No certificate in force was assessed independently.",)
    record(desk, ALDER, replace(BADGE, criterion="Q1"))
    assert gaps() == ("No certificate is claimed.",)
    record(desk, ALDER, replace(BADGE, ends=date(2027, 3, 1), criterion="Q2"))
    assert gaps() == (
        "No certificate counts that is in force at the deadline and when the contract starts.",
    )
    record(desk, ALDER, OFFERED)
    assert gaps()[0] == "Awaits a decision: An equivalent to Certified B Corporation."
    record(desk, ALDER, replace(BADGE, scheme="bcorp", level="certified"))
    assert gaps() == ()
    with pytest.raises(UnknownReference, match="There is no criterion 'Q9'"):
        gaps(CriterionId("Q9"))


def test_a_data_pack_of_the_tender_counts(tmp_path: Path) -> None:
    desk = with_contract(tmp_path)
    data = json.loads(facts.bundled("accreditations"))
    for one in data["records"]:
        if one["id"] == "lwf":
            one["status"] = "closed"
    pack = tmp_path / "accreditations.json"
    pack.write_text(json.dumps({**data, "version": "2027-01-05"}), encoding="utf-8")
    with desk.session() as session:
        data_packs.import_pack(session, pack)
    found = finding(desk)
    assert found.independence is None
    assert "Living Wage Employer is closed: a claim of it is out of date." in found.claims[0].flags


def test_nothing_is_written_where_it_is_refused(tmp_path: Path) -> None:
    desk = with_contract(tmp_path)
    before = len(desk.entries())
    with pytest.raises(UserFixable):
        record(desk, ALDER, replace(BADGE, criterion="none such"))
    assert len(desk.entries()) == before
    assert kept(desk) == (BADGE,)
