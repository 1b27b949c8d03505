"""Claimed certificates: S2 of the public value facts, each state, boundary and bad input."""

import calendar
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, TypedDict, Unpack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.certificate_check import (
    CertificateFinding,
    CertificateState,
    ClaimFinding,
    Days,
    assurance_words,
    check_claims,
    numbers_used_twice,
    reminders,
    shared_keys,
)
from tendereval.domain.publicvalue.certificate_flags import (
    certificate_key,
    last_valid_day,
    needs_decision,
)
from tendereval.domain.publicvalue.certificates import Assurance, Claim, Scheme, SchemeLevel
from tendereval.exchange.public_value_data import schemes

SCHEMES: Final = schemes()
DEADLINE, START, END = date(2027, 3, 1), date(2027, 6, 1), date(2028, 12, 31)
DAYS: Final = Days(DEADLINE, START, END)
STATE = CertificateState


class ClaimParts(TypedDict, total=False):
    scheme: str
    level: str
    number: str
    issued: date | None
    ends: date | None
    scope: str
    evidence: str
    holder: str
    offered_as: Assurance | None
    equivalent: str
    accepted: bool | None
    reason: str


def a_claim(**parts: Unpack[ClaimParts]) -> Claim:
    """Return a claim of a B Corporation in force all through the contract, but for the parts."""
    plain = Claim(
        "bcorp",
        "certified",
        "BC-1",
        date(2026, 1, 1),
        date(2029, 1, 1),
        "all sites",
        "certificate.pdf",
    )
    return replace(plain, **parts)


def found(
    claim: Claim,
    days: Days = DAYS,
    known: Mapping[str, Scheme] = SCHEMES,
    bidder: str = "Alder Ltd",
) -> ClaimFinding:
    (one,) = check_claims((claim,), known, days, bidder).claims
    return one


def finding(*claims: Claim) -> CertificateFinding:
    return check_claims(claims, SCHEMES, DAYS, "Alder Ltd")


def dated(ends: date | None, issued: date | None = date(2026, 1, 1)) -> CertificateState:
    return found(a_claim(issued=issued, ends=ends)).state


BOUNDARIES: Final = [
    (DEADLINE - timedelta(days=1), STATE.EXPIRED),
    (DEADLINE, STATE.LAPSES_BEFORE_START),
    (START - timedelta(days=1), STATE.LAPSES_BEFORE_START),
    (START, STATE.LAPSES_IN_TERM),
    (END - timedelta(days=1), STATE.LAPSES_IN_TERM),
    (END, STATE.IN_FORCE),
    (END + timedelta(days=1), STATE.IN_FORCE),
]


@pytest.mark.parametrize(("ends", "state"), BOUNDARIES)
def test_the_last_day_decides_on_the_day_of_deadline_start_and_end(
    ends: date, state: CertificateState
) -> None:
    assert dated(ends) is state


def test_a_certificate_issued_on_the_day_of_the_deadline_counts_and_a_day_later_does_not() -> None:
    assert dated(END, DEADLINE) is STATE.IN_FORCE
    assert dated(END, DEADLINE + timedelta(days=1)) is STATE.NOT_YET_ISSUED


def test_current_means_at_the_deadline_and_when_the_contract_starts() -> None:
    current = {STATE.IN_FORCE, STATE.CURRENT, STATE.LAPSES_IN_TERM}
    assert {state for state in STATE if state.is_current} == current


ROLLOVERS: Final = [
    (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2024, 2, 29), 48, date(2028, 2, 29)),
    (date(2027, 1, 31), 1, date(2027, 2, 28)),
    (date(2028, 1, 31), 1, date(2028, 2, 29)),
    (date(2026, 8, 31), 6, date(2027, 2, 28)),
    (date(2026, 3, 31), 3, date(2026, 6, 30)),
    (date(2026, 12, 31), 12, date(2027, 12, 31)),
    (date(2026, 1, 15), 36, date(2029, 1, 15)),
]


@pytest.mark.parametrize(("issued", "months", "last"), ROLLOVERS)
def test_calendar_months_roll_over_29_february_and_the_31st(
    issued: date, months: int, last: date
) -> None:
    assert last_valid_day(issued, months) == last


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.integers(min_value=1, max_value=240),
)
def test_months_lead_to_the_same_day_or_the_last_of_the_month(issued: date, months: int) -> None:
    last = last_valid_day(issued, months)
    assert (last.year - issued.year) * 12 + last.month - issued.month == months
    of_month = calendar.monthrange(last.year, last.month)[1]
    assert last.day == min(issued.day, of_month)


@given(st.dates(), st.integers(min_value=0, max_value=1200), st.integers(min_value=0, max_value=60))
def test_a_longer_certificate_never_ends_sooner(issued: date, months: int, more: int) -> None:
    assert last_valid_day(issued, months) <= last_valid_day(issued, months + more)


def test_without_an_end_it_is_the_issue_and_the_months_of_the_scheme() -> None:
    one = found(a_claim(issued=date(2026, 1, 1), ends=None))
    assert (one.last_day, one.state) == (date(2029, 1, 1), STATE.IN_FORCE)
    assert one.flags == ("Its end is reckoned as 36 months from its issue: see the certificate.",)
    assert found(a_claim(scheme="lwf", level="accredited", ends=None)).flags[-1] == (
        "That it lasts 12 months was not seen in a source: check the end."
    )


@given(st.dates(date(2026, 1, 1), date(2032, 1, 1)), st.dates(date(2026, 1, 1), date(2032, 1, 1)))
def test_a_later_end_never_makes_a_claim_less_current(one: date, other: date) -> None:
    first, last = sorted((one, other))
    issued = date(2026, 1, 1)
    assert dated(last, issued).is_current or not dated(first, issued).is_current


ASSURANCES: Final = [
    ("gmgec", "member", Assurance.INDEPENDENT),
    ("gmgec", "committed", Assurance.SELF_DECLARED),
    ("caw", "CE plus", Assurance.INDEPENDENT),
    ("caw", "ce", Assurance.ISSUER_CHECKED),
    ("gbc", "accredited", Assurance.SELF_DECLARED),
    ("dc1", "level 1", Assurance.SELF_DECLARED),
    ("dc3", "level 3", Assurance.PEER_VALIDATED),
    ("ers_bronze", "bronze", Assurance.SELF_DECLARED),
    ("lwf", "", Assurance.ISSUER_CHECKED),
    ("charity", "registered", Assurance.STATUTORY_REGISTER),
]


@pytest.mark.parametrize(("scheme", "level", "assurance"), ASSURANCES)
def test_assurance_goes_by_level(scheme: str, level: str, assurance: Assurance) -> None:
    one = found(a_claim(scheme=scheme, level=level))
    assert one.assurance is assurance
    assert one.assurance_words == assurance_words(assurance)


def test_the_ranks_are_those_of_the_data() -> None:
    ranks = [one.rank for one in Assurance]
    assert ranks == [1, 2, 2, 3, 4]


def test_independence_is_the_highest_among_current_claims_of_good_work() -> None:
    best = finding(
        a_claim(scheme="gbc", level="accredited"),
        a_claim(scheme="lwf", level="accredited"),
        a_claim(ends=date(2027, 5, 31)),  # independent, lapses the day before the start
        a_claim(scheme="iso9001", level="certified"),  # independent, not of good work
        a_claim(scheme="sem", level="mark"),  # of organisations, not of work
    )
    assert best.independence is Assurance.ISSUER_CHECKED
    assert best.sentence == "The best current claim of good work is checked by the scheme's owner."
    assert finding(a_claim()).independence is Assurance.INDEPENDENT


def test_without_claims_or_with_none_in_force_there_is_no_independence() -> None:
    assert finding().sentence == "No certificate of good work is claimed."
    expired = finding(a_claim(ends=date(2027, 1, 1)))
    assert expired.independence is None
    assert expired.sentence == (
        "No claim of good work counts at the deadline and the start of the contract."
    )


def test_the_sentence_tells_what_lapses_and_what_awaits_a_decision() -> None:
    lapsing = a_claim(ends=date(2028, 1, 1))
    one = finding(lapsing, a_claim(number="2", equivalent="our own audit"))
    assert one.sentence == (
        "The best current claim of good work is assessed independently. "
        "One certificate lapses in the contract. One certificate awaits a decision."
    )
    assert "2 certificates lapse in the contract." in finding(lapsing, lapsing).sentence


def test_unknown_is_said_and_not_taken_for_none() -> None:
    one = finding(a_claim(scheme="gmgec", level="member", ends=None))
    assert one.sentence == "Whether a claim of good work is current is not known."


# Each bad input of S2, with its message.


def test_an_unknown_scheme_is_told() -> None:
    one = found(a_claim(scheme="Best of Borset"))
    assert one.flags[0] == (
        "Best of Borset is not in the list: say what it is equivalent to and why."
    )
    assert (one.scheme, one.assurance, one.name) == (None, None, "Best of Borset")
    assert one.assurance_words == "assurance not known"
    assert found(a_claim(scheme="")).name == "A certificate"


def test_a_closed_scheme_and_mere_guidance_are_told_and_never_count() -> None:
    closed = found(a_claim(scheme="ppc", level="signatory"))
    assert closed.flags == ("Prompt Payment Code is closed: a claim of it is out of date.",)
    guidance = found(a_claim(scheme="iso20400", level="guidance"))
    assert guidance.flags[0].endswith("cannot be certified: it is guidance only.")
    retired = {"bcorp": replace(SCHEMES["bcorp"], status="closed")}
    assert check_claims((a_claim(),), retired, DAYS, "Alder Ltd").independence is None


def test_an_end_before_the_issue_makes_it_unknown() -> None:
    one = found(a_claim(issued=date(2027, 1, 2), ends=date(2027, 1, 1)))
    assert (one.state, one.flags) == (STATE.UNKNOWN, ("It ends before it was issued.",))


def test_29_february_and_the_31st_in_a_claim() -> None:
    leap = found(a_claim(scheme="lwf", issued=date(2024, 2, 29), ends=None, level="accredited"))
    assert (leap.last_day, leap.state) == (date(2025, 2, 28), STATE.EXPIRED)
    half = SCHEMES["lwf"]
    six = {"lwf": replace(half, valid_months=6)}
    last = found(a_claim(scheme="lwf", issued=date(2026, 8, 31), ends=None), known=six)
    assert (last.last_day, last.state) == (date(2027, 2, 28), STATE.EXPIRED)


@pytest.mark.parametrize("holder", ["Alder Group plc", "Alder"])
def test_a_certificate_of_another_company_or_the_group_counts_once_accepted(holder: str) -> None:
    one = finding(a_claim(holder=holder))
    assert one.claims[0].flags == (
        (
            f"It is made out to {holder}, not to Alder Ltd. "
            "Decide with a reason whether it is accepted."
        ),
    )
    assert (one.independence, one.claims[0].awaits_decision) == (None, True)
    accepted = finding(a_claim(holder=holder, accepted=True, reason="It covers the site"))
    assert accepted.independence is Assurance.INDEPENDENT
    assert accepted.claims[0].flags[0].endswith("not to Alder Ltd. Accepted: It covers the site.")


@pytest.mark.parametrize("holder", ["", " alder  LTD ", "Alder Limited", "Alder Ltd."])
def test_the_bidders_own_name_is_known_however_it_is_written(holder: str) -> None:
    claim = a_claim(holder=holder)
    assert not needs_decision(claim, "Alder Ltd")
    assert found(claim).flags == ()


def test_a_level_that_the_scheme_does_not_have_is_told_with_those_it_has() -> None:
    one = found(a_claim(scheme="gmgec", level="gold"))
    assert one.assurance is None
    assert one.flags[0] == (
        "Greater Manchester Good Employment Charter has no level “gold”; the levels of Greater "
        "Manchester Good Employment Charter are: committed (was 'supporter'), member."
    )
    assert found(a_claim(scheme="gmgec", level="")).flags[0].startswith("No level is given; the")


def test_self_declared_offered_as_independent_is_told() -> None:
    badge = a_claim(scheme="gbc", level="accredited", offered_as=Assurance.INDEPENDENT)
    flags = found(badge).flags
    assert "Offered as assessed independently; it is self-declared: the bidder says so." in flags
    modest = replace(badge, offered_as=Assurance.SELF_DECLARED)
    assert not any(flag.startswith("Offered as") for flag in found(modest).flags)


def test_no_scope_no_number_and_no_evidence_are_told() -> None:
    assert found(a_claim(scope=" ", number="", evidence="")).flags == (
        "No scope is given: ask which work and which sites it covers.",
        "No number is given, so that it cannot be looked up.",
        "No evidence is given.",
    )
    assert "No number is given, so that it cannot be looked up." in (
        found(a_claim(number="TBC")).flags
    )


def test_a_number_reused_by_two_bidders_is_found_however_it_is_typed() -> None:
    claims = {
        BidderId("b-1"): (a_claim(number="BC-77 12"), a_claim(number="BC-77 12")),
        BidderId("b-2"): (a_claim(number="bc7712"), a_claim(number="TBC")),
        BidderId("b-3"): (a_claim(number="TBC"), a_claim(scheme="lwf", number="BC-7712")),
    }
    assert numbers_used_twice(claims) == (("bcorp", "BC-77 12", ("b-1", "b-2")),)
    shared = shared_keys(claims)
    assert shared == {("bcorp", "bc7712")}
    one = check_claims(claims[BidderId("b-2")], SCHEMES, DAYS, "Birch Ltd", shared)
    said = "Another bidder claims a certificate of the same number."
    assert [said in item.flags for item in one.claims] == [True, False]


def test_no_length_and_no_end_asks_for_the_end() -> None:
    one = found(a_claim(scheme="gmgec", level="member", ends=None))
    assert (one.last_day, one.state) == (None, STATE.UNKNOWN)
    assert one.flags == ("It says no end, and no length is known for it: ask for the end date.",)


def test_without_the_day_of_issue_nobody_knows_whether_it_was_held_at_the_deadline() -> None:
    one = found(a_claim(issued=None))
    assert one.state is STATE.UNKNOWN
    assert one.flags == ("The day of issue is not given: ask whether it was held at the deadline.",)
    assert dated(date(2027, 2, 1), None) is STATE.EXPIRED
    assert found(a_claim(issued=None, ends=None)).flags[-1] == (
        "Neither its day of issue nor its end is given: ask for both."
    )


def test_longer_than_the_scheme_lasts_is_told_from_the_first_day_on() -> None:
    exact = a_claim(issued=date(2026, 1, 1), ends=date(2029, 1, 1))
    assert found(exact).flags == ()
    longer = found(replace(exact, ends=date(2029, 1, 2)))
    assert longer.flags == ("It claims to run longer than the 36 months of the scheme.",)


def test_what_the_list_itself_has_from_memory_is_told() -> None:
    one = found(a_claim(scheme="iip", level="gold"))
    assert "What the list says of We invest in people was not seen in a source: check it." in (
        one.flags
    )


MISSING: Final = [
    (Days(None, START, END), STATE.UNKNOWN),
    (Days(DEADLINE, None, END), STATE.UNKNOWN),
    (Days(DEADLINE, START, None), STATE.CURRENT),
]


@pytest.mark.parametrize(("days", "state"), MISSING)
def test_a_day_that_the_tender_does_not_say_stays_unknown(
    days: Days, state: CertificateState
) -> None:
    one = found(a_claim(), days)
    assert one.state is state
    assert one.flags == (
        "Deadline, contract start and contract end are needed to say when it lapses.",
    )


def test_a_contract_that_ends_before_it_starts_says_nothing_of_certificates() -> None:
    one = found(a_claim(), Days(DEADLINE, END, START))
    assert (one.state, one.remind_on) == (STATE.UNKNOWN, None)
    assert one.flags == (
        "The contract ends before it starts: mend its dates to say when this lapses.",
    )


def test_an_equivalent_counts_once_it_is_accepted_with_its_reason() -> None:
    offered = a_claim(equivalent="A union audit of the same points", accepted=None)
    waiting = finding(offered)
    assert waiting.independence is None
    assert (waiting.claims[0].assurance, waiting.claims[0].awaits_decision) == (None, True)
    assert waiting.claims[0].name == "An equivalent to Certified B Corporation"
    assert waiting.claims[0].flags == (
        (
            "Offered as equivalent: A union audit of the same points. "
            "Decide with a reason whether it is accepted."
        ),
    )
    accepted = finding(replace(offered, accepted=True, reason="Same points, same depth."))
    assert accepted.independence is Assurance.INDEPENDENT
    assert accepted.claims[0].flags[0].endswith("Accepted: Same points, same depth.")
    refused = finding(replace(offered, accepted=False, reason="Nobody looked"))
    assert refused.independence is None
    assert not refused.claims[0].awaits_decision
    lapsing = replace(offered, accepted=False, reason="x", ends=START)
    assert "lapse" not in finding(lapsing).sentence
    assert "lapses in the contract" in finding(replace(lapsing, accepted=True)).sentence
    assert refused.claims[0].flags[0].endswith("Not accepted: Nobody looked.")


def test_how_long_a_scheme_lasts_says_nothing_of_an_equivalent() -> None:
    one = found(a_claim(equivalent="An audit", ends=None))
    assert (one.last_day, one.state) == (None, STATE.UNKNOWN)
    assert one.flags[-1] == ("It says no end, and no length is known for it: ask for the end date.")
    assert found(a_claim(scheme="", equivalent="An audit")).name == "An equivalent"


HOLDS: Final = [
    (a_claim(scheme="lwf", level="accredited"), True),
    (a_claim(scheme="lwf", level="accredited", ends=START), True),
    (a_claim(scheme="lwf", level="accredited", ends=DEADLINE), False),
    (a_claim(scheme="lwf", level="accredited", issued=None), False),
    (a_claim(scheme="lwf", level="accredited", holder="Another Ltd"), False),
    (a_claim(scheme="lwf", equivalent="We pay it", accepted=True, reason="x"), False),
    (a_claim(scheme="lwf_hours", level="accredited"), False),
]


@pytest.mark.parametrize(("claim", "holds"), HOLDS)
def test_a_current_living_wage_accreditation_of_its_own(claim: Claim, *, holds: bool) -> None:
    assert finding(claim).holds_living_wage is holds


def test_the_contract_is_reminded_eight_weeks_before_each_lapse() -> None:
    one = found(a_claim(scheme="lwf", level="accredited", ends=date(2027, 8, 31)))
    assert one.remind_on == date(2027, 7, 6)
    every = reminders(one, DAYS)
    assert [(item.on, item.last_day, item.is_expected) for item in every] == [
        (date(2027, 7, 6), date(2027, 8, 31), False),
        (date(2028, 7, 6), date(2028, 8, 31), True),
    ]
    assert every[0].sentence == (
        "Living Wage Employer: ask for the renewal, it lapses on 31 August 2027."
    )
    assert every[1].sentence == (
        "Living Wage Employer: if renewed for the same length, it lapses again on 31 August 2028."
    )


def test_who_needs_no_reminder_gets_none() -> None:
    assert reminders(found(a_claim()), DAYS) == ()
    assert reminders(found(a_claim(ends=END)), DAYS) == ()
    assert reminders(found(a_claim(ends=date(2027, 1, 1))), DAYS) == ()
    refused = a_claim(holder="Another", ends=START, accepted=False, reason="x")
    assert reminders(found(refused), DAYS) == ()


def test_one_that_lapses_before_the_start_is_asked_for_too() -> None:
    every = reminders(found(a_claim(scheme="lwf", ends=DEADLINE)), DAYS)
    assert [item.last_day for item in every] == [DEADLINE, date(2028, 3, 1)]


def test_an_unknown_length_is_reminded_of_once() -> None:
    one = found(a_claim(scheme="gmgec", level="member", ends=date(2027, 8, 31)))
    assert [item.is_expected for item in reminders(one, DAYS)] == [False]


@pytest.mark.parametrize("months", [0, -12, 5000])
def test_a_length_that_cannot_be_is_not_reckoned_with(months: int) -> None:
    odd = {"bcorp": replace(SCHEMES["bcorp"], valid_months=months)}
    assert found(a_claim(ends=None), known=odd).last_day is None
    assert reminders(found(a_claim(ends=START), known=odd), DAYS)[1:] == ()


def test_the_end_of_the_calendar_is_no_trouble() -> None:
    late = a_claim(issued=date(9999, 6, 1), ends=None)
    assert (found(late).last_day, found(late).state) == (date.max, STATE.NOT_YET_ISSUED)
    forever = Days(DEADLINE, START, date.max)
    assert reminders(found(a_claim(ends=START), forever), forever)[-1].last_day.year > 9990


def test_the_key_of_a_certificate_is_its_scheme_and_the_signs_of_its_number() -> None:
    assert certificate_key(a_claim(scheme=" BCorp ", number="No. 7/a")) == ("bcorp", "no7a")
    assert certificate_key(a_claim(number="none")) is None


def test_a_scheme_without_levels_has_no_assurance() -> None:
    bare = {"bcorp": replace(SCHEMES["bcorp"], levels=())}
    assert found(a_claim(level=""), known=bare).assurance is None
    two = (SchemeLevel("a", Assurance.INDEPENDENT), SchemeLevel("b", Assurance.SELF_DECLARED))
    both = {"bcorp": replace(SCHEMES["bcorp"], levels=two)}
    assert found(a_claim(level=""), known=both).assurance is None
