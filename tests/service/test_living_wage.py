"""The living wage check of a tender: choosing its use, pay schedules, findings, open points."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.errors import (
    ExchangeProblem,
    NotAllowedNow,
    NotReady,
    ReasonNeeded,
    RuleRefusal,
    UnknownReference,
    UserFixable,
)
from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.publicvalue.living_wage import (
    Employer,
    PayBasis,
    PayRow,
    RateYear,
    WagePlace,
    WageSetting,
    WageUse,
)
from tendereval.domain.publicvalue.wage_check import PayFinding, PayState
from tendereval.domain.stages import Stage
from tendereval.domain.tender import AwardCriterion, BuyerType, CriterionKind, TenderDetails
from tendereval.services import bids, living_wage, readiness, staging, tenders
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.store import public_value
from tests.service.builders import ALDER, ANA, BIDDERS, BIRCH, Desk, a_desk

CLEANER = PayRow(
    "Cleaner",
    Employer.DIRECT,
    WagePlace.UK,
    PayBasis.HOUR,
    Fraction("12.21"),
    Fraction("37.5"),
    2,
)
COOK = replace(CLEANER, role="Cook", amount=Fraction("13.45"))
COUNCIL = WageSetting(
    reason="High turnover at the last contract.",
    relevance="Cleaners are most of the contract.",
    proportionality="It asks for the roles of this contract only.",
)
LED = "The living wage check is on, as information. Choose what the tender makes of it: "


def finding(desk: Desk, bidder: BidderId = ALDER, *, accredited: bool = False) -> PayFinding | None:
    with desk.looking() as session, session.reading() as reader:
        return living_wage.finding_for(reader, situation(reader), bidder, accredited=accredited)


def setting(desk: Desk) -> WageSetting:
    with desk.looking() as session, session.reading() as reader:
        return public_value.wage_setting(reader)


def warnings(desk: Desk, to: Stage = Stage.PUBLISHED) -> list[str]:
    with desk.looking() as session, session.reading() as reader:
        found = readiness.warnings_for(reader, situation(reader), to)
    return [point.text for point in found if not point.text.startswith("Social value")]


def choose(desk: Desk, wanted: WageSetting, why: str = "") -> None:
    with desk.session() as session:
        living_wage.choose_use(session, wanted, why)


def details(session: Session, change: Callable[[TenderDetails], TenderDetails]) -> None:
    with session.reading() as reader:
        found = reader.details()
    tenders.define_details(session, change(found))


def criterion(session: Session, *rows: AwardCriterion) -> None:
    """Put criteria into the draft in place of those with their references."""
    with session.reading() as reader:
        method = reader.method()
    refs = {row.ref for row in rows}
    kept = tuple(row for row in method.criteria if row.ref not in refs)
    tenders.define_method(session, replace(method, criteria=(*kept, *rows)))


def a_requirement(kind: CriterionKind = CriterionKind.REQUIREMENT) -> AwardCriterion:
    return AwardCriterion(CriterionId("R1"), "Pay", kind, question="Do you pay it?")


def council(desk: Desk) -> None:
    with desk.session() as session:
        details(session, lambda found: replace(found, buyer_type=BuyerType.SUB_CENTRAL))


def test_a_new_tender_has_the_check_on_as_information_and_asks_the_lead(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    assert setting(desk) == WageSetting(WageUse.INFORMATION, chosen=False)
    asked = warnings(desk)
    assert asked[0].startswith(LED)
    assert asked[1].startswith("Living wage: the kind of buyer is not recorded")
    assert len(asked) == 2


def test_asking_does_not_stand_in_the_way_of_publishing(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    assert desk.enter("published").status == 0


def test_the_choice_is_kept_with_who_chose_and_every_change_of_it(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    first = WageSetting(WageUse.SCORED, criterion=" q2 ", check_on=date(2027, 1, 1))
    choose(desk, first)
    choose(desk, WageSetting(), "It is asked elsewhere.")
    kept = replace(first, chosen=True, criterion="Q2")
    with desk.looking() as session, session.reading() as reader:
        history = public_value.wage_setting_history(reader)
    assert [(item, by) for item, _, by in history] == [
        (kept, ANA),
        (WageSetting(chosen=True), ANA),
    ]
    before, after = desk.entries()[-2:]
    assert before.kind == after.kind == "living wage use chosen"
    assert before.ids == {
        "use before": "information",
        "use": "scored question",
        "criterion": "Q2",
        "check on": "2027-01-01",
    }
    assert after.ids["use before"] == "scored question"
    assert after.reason == "It is asked elsewhere."


def test_once_chosen_the_lead_is_not_asked_again(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    choose(desk, WageSetting())
    assert not any(text.startswith(LED) for text in warnings(desk))


def test_choosing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    choose(desk, WageSetting())
    before = desk.entries()
    choose(desk, WageSetting(chosen=True))
    assert desk.entries() == before


@pytest.mark.parametrize("use", [use for use in WageUse if use is not WageUse.OFF])
def test_it_is_never_a_condition_of_participation(use: WageUse, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    with desk.session() as session:
        criterion(session, a_requirement(CriterionKind.CONDITION_OF_PARTICIPATION))
        with pytest.raises(RuleRefusal, match=r"s\.22\(1\)") as caught:
            living_wage.choose_use(session, WageSetting(use, criterion="R1"))
    assert "requirement of the contract" in caught.value.do
    assert setting(desk) == WageSetting()


def test_a_criterion_made_a_condition_later_may_not_be_published(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    with desk.session() as session:
        criterion(session, a_requirement())
        living_wage.choose_use(session, WageSetting(WageUse.DISQUALIFYING, criterion="R1"))
        criterion(session, a_requirement(CriterionKind.CONDITION_OF_PARTICIPATION))
        with session.reading() as reader:
            now = situation(reader)
            asked = readiness.warnings_for(reader, now, Stage.PUBLISHED)
        assert not any("R1" in point.text for point in asked)
        with pytest.raises(NotReady) as caught:
            staging.change_stage(session, Stage.PUBLISHED)
        assert caught.value.missing == (
            (
                "The living wage check belongs to R1, a condition of participation. Pay is never a "
                "condition of participation: such a condition tests only legal and financial "
                "capacity or technical ability (Procurement Act 2023, s.22(1))."
            ),
        )
        living_wage.choose_use(session, WageSetting(WageUse.OFF, reason="Asked in the contract."))
        staging.change_stage(session, Stage.PUBLISHED)


def test_a_criterion_that_went_away_is_pointed_out(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    with desk.session() as session:
        criterion(session, a_requirement())
        living_wage.choose_use(session, WageSetting(WageUse.REQUIREMENT, criterion="R1"))
        with session.reading() as reader:
            method = reader.method()
        rest = tuple(row for row in method.criteria if row.ref != "R1")
        tenders.define_method(session, replace(method, criteria=rest))
    assert "Living wage: There is no criterion R1 in the method." in warnings(desk)
    assert desk.enter("published").status == 0


REFUSED: dict[str, tuple[WageSetting, type[UserFixable], str]] = {
    "off without a reason": (
        WageSetting(WageUse.OFF, reason=" "),
        ReasonNeeded,
        "Turning the living wage check off needs a reason.",
    ),
    "scored without a question": (
        WageSetting(WageUse.SCORED),
        RuleRefusal,
        "The use “scored question” needs the criterion it belongs to.",
    ),
    "disqualifying by a question that nobody can fail": (
        WageSetting(WageUse.DISQUALIFYING, criterion="Q1"),
        RuleRefusal,
        "Nobody can fail Q1: it is no requirement and has no minimum.",
    ),
    "a question that is not there": (
        WageSetting(WageUse.SCORED, criterion="Q7"),
        RuleRefusal,
        "There is no criterion Q7 in the method.",
    ),
    "a price": (
        WageSetting(WageUse.SCORED, criterion="PRICE"),
        RuleRefusal,
        "PRICE is not a scored question.",
    ),
}


@pytest.mark.parametrize(("wanted", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_chosen_is_refused(
    wanted: WageSetting, error: type[UserFixable], message: str, tmp_path: Path
) -> None:
    desk = a_desk(tmp_path, "set-up")
    before = desk.entries()
    with pytest.raises(error) as caught:
        choose(desk, wanted)
    assert caught.value.happened == message
    assert desk.entries() == before


@pytest.mark.parametrize("field", ["reason", "relevance", "proportionality"])
@pytest.mark.parametrize("use", [WageUse.INFORMATION, WageUse.REQUIREMENT])
def test_a_council_records_reason_relevance_and_proportionality(
    use: WageUse, field: str, tmp_path: Path
) -> None:
    desk = a_desk(tmp_path, "set-up")
    council(desk)
    full = replace(COUNCIL, use=use)
    blank = {
        "reason": replace(full, reason=""),
        "relevance": replace(full, relevance=" "),
        "proportionality": replace(full, proportionality=""),
    }
    with pytest.raises(ReasonNeeded, match=rf"s\.17\(11\).*Missing: {field}\."):
        choose(desk, blank[field])
    choose(desk, full)
    assert setting(desk) == replace(full, chosen=True)
    assert warnings(desk) == []
    entry = desk.entries()[-1]
    assert entry.reason == "High turnover at the last contract."
    assert {"relevance after", "proportionality after"} <= set(entry.texts)


def test_a_council_may_turn_it_off_with_a_reason_alone(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    council(desk)
    choose(desk, WageSetting(WageUse.OFF, reason="Goods only."))
    assert warnings(desk) == []


def test_a_council_that_has_not_chosen_is_asked_for_its_record(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    council(desk)
    assert [text for text in warnings(desk) if "s.17(11)" in text]
    assert desk.enter("published").status == 0


def test_a_buyer_who_turns_out_to_be_a_council_records_it_before_publishing(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "set-up")
    choose(desk, WageSetting(WageUse.REQUIREMENT))
    council(desk)
    with desk.session() as session, pytest.raises(NotReady) as caught:
        staging.change_stage(session, Stage.PUBLISHED)
    assert len(caught.value.missing) == 1
    assert caught.value.missing[0].endswith("Missing: reason, relevance, proportionality.")


def test_once_published_another_use_needs_a_reason(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with pytest.raises(ReasonNeeded, match="The tender is published"):
        choose(desk, WageSetting(WageUse.SCORED, criterion="Q2"))
    choose(desk, WageSetting(WageUse.SCORED, criterion="Q2"), "As published under Q2.")
    assert setting(desk).use is WageUse.SCORED
    assert desk.entries()[-1].reason == "As published under Q2."


def test_who_only_scores_neither_chooses_nor_records(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session("ben@x.example") as session:
        for act in (
            lambda: living_wage.choose_use(session, WageSetting(), "Why not."),
            lambda: living_wage.set_schedule(session, ALDER, [COOK]),
            lambda: living_wage.enter_rates(session, NEW_RATES),
        ):
            with pytest.raises(RuleRefusal, match="Ben Bell does not"):
                act()


def test_a_closed_tender_changes_no_more(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    with desk.session() as session:
        with pytest.raises(NotAllowedNow):
            living_wage.choose_use(session, WageSetting(), "Why not.")
        with pytest.raises(NotAllowedNow):
            living_wage.set_schedule(session, ALDER, [COOK])


def test_the_check_changes_no_mark_and_no_rank(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    before = desk.rank()
    with desk.session() as session:
        living_wage.set_schedule(session, BIRCH, [CLEANER])
        living_wage.choose_use(
            session, WageSetting(WageUse.SCORED, criterion="Q2"), "As published."
        )
    after = desk.rank()
    assert before["lots"] == after["lots"]


def test_a_finding_on_the_day_of_the_deadline_with_coverage_and_cost(tmp_path: Path) -> None:
    """1 March 2027: 13.45 counts; 1.24 x 37.5 x 52 x 2 people = 4,836 a year."""
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        living_wage.set_schedule(session, ALDER, [CLEANER, COOK])
    found = finding(desk)
    assert found is not None
    assert (found.on, found.version) == (date(2027, 3, 1), "2026-11-23")
    assert found.sentence == (
        "1 of 2 roles is paid below the real Living Wage; closing the gap costs £4,836.00 a year."
    )
    assert found.coverage == Fraction(1, 2)
    assert [row.row for row in found.failing] == [CLEANER]
    assert found.badge == ""
    other = finding(desk, BIRCH)
    assert other is not None
    assert other.sentence.startswith("No pay schedule was given")


def test_the_deadline_counts_on_its_day_in_london(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    late = datetime(2026, 5, 1, 0, 30, tzinfo=ZoneInfo("Europe/London"))
    with desk.session() as session:
        details(session, lambda found: replace(found, deadline=late))
    desk.take_in({"Bidders": BIDDERS})
    found = finding(desk)
    assert found is not None
    assert found.on == date(2026, 5, 1)


def test_the_lead_chooses_the_day(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        living_wage.set_schedule(session, ALDER, [replace(COOK, amount=Fraction("12.60"))])
    for day, state in ((30, PayState.MEETS_OLD), (1, PayState.BELOW)):
        month = 4 if day == 30 else 5
        choose(desk, WageSetting(check_on=date(2026, month, day)), "The day of the quotation.")
        found = finding(desk)
        assert found is not None
        assert found.rows[0].state is state


def test_an_accreditation_stands_beside_the_finding(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        living_wage.set_schedule(session, ALDER, [CLEANER])
    found = finding(desk, accredited=True)
    assert found is not None
    assert "a badge alone proves nothing about this contract" in found.badge
    assert found.failing
    with desk.looking() as session, session.reading() as reader:
        both = living_wage.findings(reader, situation(reader), {BIRCH})
    assert [bool(both[who].badge) for who in (ALDER, BIRCH)] == [False, True]


def test_the_end_of_the_contract_is_told_beside_the_day(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        details(session, lambda found: replace(found, contract_end=date(2030, 3, 31)))
        living_wage.set_schedule(session, ALDER, [COOK])
    found = finding(desk)
    assert found is not None
    assert any("The contract runs to 31 March 2030" in text for text in found.warnings)


def test_while_it_is_off_there_is_no_finding_and_the_reason_is_told(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    choose(desk, WageSetting(WageUse.OFF, criterion="Q1", reason="Goods only."), "Goods only.")
    assert finding(desk) is None
    assert setting(desk).criterion == ""
    with desk.looking() as session, session.reading() as reader:
        why = living_wage.why_no_finding(reader, situation(reader))
        assert living_wage.without_schedule(reader, situation(reader)) == ()
    assert why == "The living wage check is off: Goods only."
    assert warnings(desk) == []


def test_without_a_day_there_is_no_finding_and_nothing_is_assumed(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    desk.take_in({"Bidders": BIDDERS})
    with desk.session() as session:
        details(session, lambda found: replace(found, deadline=None))
    assert finding(desk) is None
    with desk.looking() as session, session.reading() as reader:
        why = living_wage.why_no_finding(reader, situation(reader))
    assert why == "There is no day to check on: record the tender deadline or choose a day."
    choose(desk, WageSetting(check_on=date(2026, 6, 1)))
    assert finding(desk) is not None
    with desk.looking() as session, session.reading() as reader:
        assert living_wage.why_no_finding(reader, situation(reader)) == ""


def test_nobody_finds_anything_about_a_bidder_who_is_not_there(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with pytest.raises(UnknownReference):
        finding(desk, BidderId("b-9"))
    with desk.session() as session, pytest.raises(UnknownReference):
        living_wage.set_schedule(session, BidderId("b-9"), [COOK])


def test_a_schedule_is_recorded_and_another_takes_its_place(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        living_wage.set_schedule(session, ALDER, [CLEANER])
        living_wage.set_schedule(session, ALDER, [CLEANER, COOK])
        living_wage.set_schedule(session, ALDER, [CLEANER, COOK])
        with session.reading() as reader:
            assert public_value.pay_schedules(reader) == {ALDER: (CLEANER, COOK)}
    kinds = [entry.kind for entry in desk.entries()]
    assert kinds.count("pay schedule recorded") == 2
    entry = desk.entries()[-1]
    assert entry.ids == {"bidder": ALDER, "roles": "2"}
    assert set(entry.texts) == {"schedule before", "schedule after"}


def test_once_scoring_has_begun_a_schedule_that_stands_is_replaced_with_a_reason(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "scoring")
    with desk.session() as session:
        living_wage.set_schedule(session, ALDER, [CLEANER])
        with pytest.raises(ReasonNeeded, match="The pay schedule of Alder Ltd stands"):
            living_wage.set_schedule(session, ALDER, [COOK])
        living_wage.set_schedule(session, ALDER, [COOK], "The wrong sheet was copied.")
    assert desk.entries()[-1].reason == "The wrong sheet was copied."


def test_a_schedule_that_cannot_be_is_refused_role_by_role(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    bad = [replace(CLEANER, amount=Fraction(0)), replace(COOK, heads=0), COOK]
    with desk.session() as session, pytest.raises(RuleRefusal) as caught:
        living_wage.set_schedule(session, ALDER, bad)
    assert caught.value.happened.splitlines() == [
        "Cleaner: Pay is above zero.",
        "Cook: A role has at least one person.",
        "Cook: The role is there twice.",
    ]


def test_pasted_lines_are_recorded_as_they_were_read(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    text = "Cleaner\tdirect\tUK\thour\t£12.21\t37.5\t2\nCook\tdirect\tUK\thour\t13.45\t37.5\t2"
    pasted = living_wage.paste_schedule(text, "Alder Ltd")
    assert not pasted.problems
    with desk.session() as session:
        living_wage.set_schedule(session, ALDER, pasted.rows)
        with session.reading() as reader:
            assert public_value.pay_schedules(reader)[ALDER] == (CLEANER, COOK)


def test_lines_of_another_bidder_are_pointed_out() -> None:
    head = "Bidder\tRole\tEmployer\tPlace\tBasis\tAmount\tHeads"
    text = f"{head}\nBirch Ltd\tCook\tdirect\tUK\thour\t13.45\t1"
    wrong = living_wage.paste_schedule(text, "Alder Ltd").problems
    assert [str(problem) for problem in wrong] == [
        "Line 1, Bidder: The lines are those of Birch Ltd, not Alder Ltd."
    ]
    assert not living_wage.paste_schedule(text, "birch  ltd").problems
    assert not living_wage.paste_schedule(text).problems


def test_before_the_award_whose_pay_is_unknown_is_pointed_out(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    assert warnings(desk, Stage.AWARD) == [
        "No pay schedule is recorded for Alder Ltd, Birch Ltd: what they pay is unknown."
    ]
    with desk.session() as session:
        living_wage.set_schedule(session, ALDER, [COOK])
        bids.set_status(session, Bid(BIRCH, LotId("1"), BidStatus.WITHDRAWN, "A letter."))
    assert warnings(desk, Stage.AWARD) == []
    assert warnings(desk, Stage.SCORING) == []


NEW_RATES = RateYear(
    "2026-27",
    date(2026, 10, 21),
    date(2027, 5, 1),
    Fraction("14.20"),
    Fraction("15.65"),
    18,
    rates_verified=False,
    dates_verified=False,
    source="The Foundation's letter of 21 October 2026",
)


def test_rates_entered_by_hand_count_and_the_version_says_so(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        living_wage.set_schedule(session, ALDER, [COOK])
        version = living_wage.enter_rates(session, NEW_RATES)
    assert version.startswith("2026-11-23, entered by hand 2027-02-01 ")
    assert version.endswith(" (2026-27)")
    found = finding(desk)
    assert found is not None
    assert found.version == version
    assert found.rows[0].words == "meets the rate in force; the newest counts from 1 May 2027"
    assert found.warnings == ()
    entry = desk.entries()[-1]
    assert (entry.kind, entry.ids["year"]) == ("rates entered", "2026-27")
    with desk.looking() as session, session.reading() as reader:
        newest = living_wage.rates_of(reader).years[-1]
    assert newest.source == "entered by hand: The Foundation's letter of 21 October 2026"


def test_rates_entered_again_take_the_place_of_the_first(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        living_wage.enter_rates(session, NEW_RATES)
        living_wage.enter_rates(session, replace(NEW_RATES, uk=Fraction("14.30"), deadline=None))
        with session.reading() as reader:
            found = living_wage.rates_of(reader)
    assert (found.years[-1].uk, found.years[-1].dates_verified) == (Fraction("14.30"), False)
    assert found.years[-1].rates_verified
    assert len(found.years) == 11


def test_rates_need_a_source_and_have_to_be_possible(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        with pytest.raises(ReasonNeeded, match="Rates need the source"):
            living_wage.enter_rates(session, replace(NEW_RATES, source=" "))
        with pytest.raises(ExchangeProblem, match="cannot be the UK rate an hour"):
            living_wage.enter_rates(session, replace(NEW_RATES, uk=Fraction(1420)))
        with session.reading() as reader:
            assert living_wage.rates_of(reader).version == "2026-11-23"
