"""S5: complete or ambition, promised twice, goals, delivery; every bad input with its words."""

import doctest
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.bidding import Place, Response
from tendereval.domain.errors import RuleRefusal
from tendereval.domain.ids import BidderId, CriterionId, DocumentId, LotId
from tendereval.domain.publicvalue import contract_schedule
from tendereval.domain.publicvalue.commitment_check import (
    REQUIRED,
    BidCommitments,
    CommitmentFinding,
    check_commitments,
    goals_in_use,
    is_same_promise,
    missing_parts,
    says,
)
from tendereval.domain.publicvalue.commitment_rules import check_number, check_quote, quote_at
from tendereval.domain.publicvalue.commitments import Commitment, Delivery, Goal, Quote
from tendereval.domain.publicvalue.contract_schedule import Schedule, ScheduleRow, SupplierPart
from tendereval.domain.publicvalue.delivery import DeliveryRecord, DeliveryRow, delivery_on
from tendereval.domain.publicvalue.kpi_need import KpiFinding

ALDER, BIRCH = BidderId("b-1"), BidderId("b-2")
DEADLINE, END = date(2027, 3, 1), date(2030, 3, 31)
DAY = date(2028, 3, 31)
SKILLS = Goal("g-1", "Skills", "Every young resident in work or learning")
HEAT = Goal("g-2", "Clean energy", "Warm homes")
NO_KPI = KpiFinding(0, False, "None asked for.")


def at(ref: str = "Q2", lot: str | None = None, bidder: BidderId = ALDER) -> Place:
    return Place(bidder, CriterionId(ref), None if lot is None else LotId(lot))


def promise(ref: str = "c-1", words: str = "", place: Place | None = None) -> Commitment:
    """Return a complete commitment of Alder that serves the goal about skills."""
    return Commitment(
        ref,
        place or at(),
        Quote(words or f"the words of {ref}", 0),
        who="Site manager",
        what=f"Take on apprentices ({ref})",
        how_many=Fraction(12),
        unit="apprentices",
        by_when=DAY,
        evidence="Payroll, checked by the council",
        goals=("g-1",),
    )


def bid(*items: Commitment, goals: tuple[Goal, ...] = (SKILLS,)) -> BidCommitments:
    return check_commitments(items, goals, on=DEADLINE, end=END)


def found(item: Commitment) -> CommitmentFinding:
    return bid(item).findings[0]


def test_five_of_five_is_complete_and_nothing_is_flagged() -> None:
    one = found(promise())
    assert (one.completeness, one.word) == (Fraction(1), "complete")
    assert not one.flags
    assert not one.twins


@pytest.mark.parametrize(
    ("part", "item"),
    [
        ("who", replace(promise(), who=" ")),
        ("what", replace(promise(), what="")),
        ("how many", replace(promise(), how_many=None)),
        ("by when", replace(promise(), by_when=None)),
        ("evidence", replace(promise(), evidence="")),
    ],
)
def test_four_of_five_is_an_ambition_that_says_what_is_missing(part: str, item: Commitment) -> None:
    one = found(item)
    assert one.missing == (part,)
    assert (one.completeness, one.word) == (Fraction(4, 5), "ambition")


def test_baseline_and_what_would_happen_anyway_are_no_condition() -> None:
    assert missing_parts(replace(promise(), baseline="", anyway="")) == ()


def test_nothing_filled_in_is_none_of_five() -> None:
    assert found(Commitment("c-1", at(), Quote("Jobs.", 0))).completeness == 0


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("We will endeavour to hire 12", "endeavour"),
        ("we aim for 12 jobs", "aim"),
        ("Seeking to hire 12", "Seeking"),
        ("12 jobs where possible", "where possible"),
        ("We are working towards 12 jobs", "working towards"),
    ],
)
def test_we_will_endeavour(words: str, seen: str) -> None:
    flags = found(promise(words=words)).flags
    assert flags == (f"“{seen}” promises an effort, not a result.",)


@pytest.mark.parametrize("words", ["12 job-seekers hired", "a claim of 12", "12 jobs at Aimhigh"])
def test_words_that_only_look_like_it_are_left_alone(words: str) -> None:
    assert found(promise(words=words)).flags == ()


@pytest.mark.parametrize("unit", ["", "  ", "TBC"])
def test_number_without_unit(unit: str) -> None:
    one = found(replace(promise(), unit=unit))
    assert one.missing == ("how many",)
    assert one.flags == ("The number has no unit.",)


def test_past_date_is_one_before_the_tender_deadline() -> None:
    assert found(replace(promise(), by_when=DEADLINE)).flags == ()
    one = found(replace(promise(), by_when=DEADLINE - timedelta(days=1)))
    assert one.flags == ("Its day lies before the tender deadline.",)
    assert one.is_complete


def test_date_after_the_end_of_the_contract() -> None:
    assert found(replace(promise(), by_when=END)).flags == ()
    one = found(replace(promise(), by_when=END + timedelta(days=1)))
    assert one.flags == ("Its day lies after the end of the contract.",)


def test_without_known_dates_no_day_is_flagged() -> None:
    item = replace(promise(), by_when=date(1999, 1, 1))
    assert check_commitments([item], [SKILLS], on=None, end=None).findings[0].flags == ()


@pytest.mark.parametrize("unit", ["%", "% of staff", "per cent", "percentage points"])
def test_percentage_without_a_base(unit: str) -> None:
    item = replace(promise(), unit=unit, baseline="some")
    words = "A percentage needs to say of what: give the base in numbers."
    assert found(item).flags == (words,)
    assert found(replace(item, baseline="5 of 240 staff")).flags == ()
    assert found(replace(item, unit=f"{unit} of 240")).flags == ()


def test_the_same_commitment_pasted_into_two_questions() -> None:
    words = "12 apprentices by March 2028"
    first = promise("c-1", words, at("Q1"))
    second = promise("c-2", f" {words.upper()}. ", at("Q2"))
    result = bid(first, second)
    assert [item.twins for item in result.findings] == [("c-2",), ("c-1",)]
    assert result.sentence == (
        "2 of 2 commitments are complete and can go into the contract. "
        "2 are promised more than once."
    )


def test_the_same_content_in_other_words_is_found_too() -> None:
    first, second = (
        replace(promise(ref), what=what)
        for ref, what in (("c-1", "Take on apprentices"), ("c-2", "take on  APPRENTICES."))
    )
    assert is_same_promise(first, second)
    assert not is_same_promise(first, replace(second, how_many=Fraction(13)))
    assert not is_same_promise(first, replace(second, unit="placements"))
    assert not is_same_promise(first, replace(second, by_when=date(2029, 3, 31)))


def test_one_sentence_may_promise_two_things() -> None:
    words = "12 apprentices and 4 placements"
    first = promise("c-1", words)
    second = replace(promise("c-2", words), how_many=Fraction(4), unit="placements")
    assert not is_same_promise(first, second)
    assert not is_same_promise(replace(first, how_many=None), replace(second, how_many=None))


def test_two_readers_making_the_same_of_one_sentence_are_shown() -> None:
    first = promise("c-1", "12 apprentices")
    assert is_same_promise(
        first, replace(promise("c-2", "12 apprentices"), what="Hire young people")
    )


def test_two_bidders_may_promise_the_same() -> None:
    same = promise("c-2", "12 apprentices", at("Q1", bidder=BIRCH))
    assert not is_same_promise(promise("c-1", "12 apprentices"), replace(same, what="x"))


def test_nothing_is_promised_where_the_number_is_nought() -> None:
    one = found(replace(promise(), how_many=Fraction(0)))
    assert one.missing == ("how many",)
    assert one.flags == ("Nothing is promised: the number is not above zero.",)
    assert not found(replace(promise(), how_many=Fraction(-1))).is_complete


@pytest.mark.parametrize(
    "evidence", ["TBC", "tbc.", "TBD - with the council", "To be agreed", "n/a"]
)
def test_evidence_to_be_confirmed(evidence: str) -> None:
    one = found(replace(promise(), evidence=evidence))
    assert one.missing == ("evidence",)
    assert one.flags == ("What proves it is still open.",)


@pytest.mark.parametrize("text", ["", " – ", "?", "none", "Not known", "(tbc)", "TBA"])
def test_what_says_nothing(text: str) -> None:
    assert not says(text)


@pytest.mark.parametrize("text", ["Payroll", "None of the staff", "Nationwide", "Tablets", "12"])
def test_what_says_something(text: str) -> None:
    assert says(text)


def test_baseline_above_the_target_of_a_rise() -> None:
    rise = replace(promise(), what="Increase the number of apprentices")
    above = "The value today is above the target, though a rise is promised."
    equal = "The value today is the target already, though a rise is promised."
    assert found(replace(rise, baseline="13 apprentices in 2026")).flags == (above,)
    assert found(replace(rise, baseline="In 2026: 12")).flags == (equal,)
    assert found(replace(rise, baseline="11")).flags == ()
    assert found(replace(rise, baseline="In 2026 none")).flags == ()


def test_a_cut_and_a_rise_by_an_amount_may_start_above_the_number() -> None:
    cut = replace(promise(), what="Reduce journeys", baseline="40 journeys")
    more = replace(promise(), what="Increase apprentices by 12", baseline="40 apprentices")
    assert found(cut).flags == ()
    assert found(more).flags == ()
    longer = replace(more, what="Increase apprentices, by 12.5 a year, to the number")
    assert found(longer).flags != ()


def test_goal_removed_while_used() -> None:
    gone = replace(SKILLS, removed=True)
    result = bid(promise(), goals=(gone, HEAT))
    words = "A goal that it serves was removed: choose another."
    assert result.findings[0].flags == (words,)
    assert result.without_goal == (promise(),)
    assert result.uncovered == (HEAT,)
    assert goals_in_use("g-1", [promise(), replace(promise("c-2"), withdrawn="Twice.")]) == ("c-1",)


def test_a_measure_with_no_goal_is_pointed_out_where_the_authority_has_goals() -> None:
    bare = replace(promise(), goals=())
    words = "It serves no goal of the authority: an activity to tick, or a goal is missing."
    assert found(bare).flags == (words,)
    assert bid(bare).without_goal == (bare,)
    assert bid(bare, goals=()).findings[0].flags == ()


def test_a_number_of_sustainable_development_goals_is_no_quality() -> None:
    six = tuple(f"{goal}.1" for goal in range(1, 7))
    bare = replace(promise(), sdg_targets=six, how_many=None)
    assert found(bare).flags == ("6 goals are claimed without a number that shows it.",)
    assert found(replace(promise(), sdg_targets=six)).flags == ()


def test_conversion_and_goal_cover_are_exact() -> None:
    ambition = replace(promise("c-2"), evidence="", goals=("g-2",))
    result = bid(
        promise(), ambition, replace(promise("c-3"), goals=("g-2",), who=""), goals=(SKILLS, HEAT)
    )
    assert result.conversion == Fraction(1, 3)
    assert result.goal_cover == Fraction(1, 2)
    assert result.uncovered == (HEAT,)
    assert result.sentence == "1 of 3 commitments are complete and can go into the contract."


def test_without_commitments_or_goals_shares_are_unknown_not_nought() -> None:
    result = bid(goals=())
    assert (result.conversion, result.goal_cover) == (None, None)
    assert result.sentence == "No commitment has been made from the answers yet."
    assert bid(promise()).sentence == (
        "1 of 1 commitment is complete and can go into the contract."
    )


def test_a_withdrawn_commitment_counts_no_more() -> None:
    result = bid(promise(), replace(promise("c-2"), withdrawn="Claimed twice."))
    assert [item.commitment.id for item in result.findings] == ["c-1"]


# Delivery.


def report(day: date, delivered: int, evidence: str = "Payroll") -> Delivery:
    return Delivery("c-1", day, Fraction(delivered), evidence)


@pytest.mark.parametrize(
    ("reports", "on", "sentence"),
    [
        ([], DAY, "Nothing is reported yet."),
        ([], DAY + timedelta(days=1), "Late: nothing is reported."),
        ([report(DAY, 3)], DAY, "On the way."),
        ([report(DAY, 3)], DAY + timedelta(days=1), "Late."),
        ([report(DAY, 12)], DAY + timedelta(days=1), "Delivered."),
        ([report(DAY, 12, "")], DAY, "Delivered, without evidence."),
        ([report(DAY, 12, "TBC")], DAY, "Delivered, without evidence."),
        ([report(DAY, 3), report(DAY, 12)], DAY, "Delivered."),
        ([report(DAY, 12), report(DAY, 3)], DAY, "On the way."),
        ([report(DAY + timedelta(days=9), 12)], END, "Delivered after its day."),
        ([report(DAY + timedelta(days=9), 12)], DAY, "Nothing is reported yet."),
        ([report(DAY, 12), report(DAY + timedelta(days=9), 13)], END, "Delivered."),
        (
            [report(DAY, 12), report(DAY + timedelta(days=2), 9), report(END, 12)],
            END,
            "Delivered after its day.",
        ),
        ([replace(report(DAY, 12), commitment="c-9")], DAY, "Nothing is reported yet."),
    ],
)
def test_planned_delivered_evidence_late(reports: list[Delivery], on: date, sentence: str) -> None:
    assert delivery_on(promise(), reports, on).sentence == sentence


def test_delivery_is_an_exact_share_of_what_was_planned() -> None:
    finding = delivery_on(promise(), [report(DAY, 5)], DAY)
    assert (finding.planned, finding.share) == (Fraction(12), Fraction(5, 12))
    assert delivery_on(replace(promise(), how_many=None), [report(DAY, 5)], DAY).share is None


def test_the_record_of_a_lot_in_one_sentence() -> None:
    rows = tuple(
        DeliveryRow(
            ScheduleRow(number, promise(), False, ()), delivery_on(promise(), given, END), ()
        )
        for number, given in enumerate([[report(DAY, 12)], [report(DAY, 3, "")], []], start=1)
    )
    assert DeliveryRecord("1", END, rows).sentence == (
        "1 of 3 commitments are delivered in full, 2 late, 1 without evidence."
    )
    assert DeliveryRecord("1", END, rows[:1]).sentence == (
        "1 of 1 commitment is delivered in full."
    )
    assert "no commitments" in DeliveryRecord("1", END, ()).sentence


# The schedule.


def test_the_schedule_says_what_goes_into_the_contract() -> None:
    lot = LotId("1")
    rows = (
        ScheduleRow(1, replace(promise(), owner="Contract manager"), True, (SKILLS,)),
        ScheduleRow(2, promise("c-2"), False, ()),
    )
    part = SupplierPart(ALDER, "Alder Ltd", rows, ())
    full = Schedule(lot, (part,), True, NO_KPI)
    assert full.sentence == (
        "2 commitments go into the contract with Alder Ltd. 1 has no owner yet."
    )
    assert (full.rows, part.kpis, part.without_owner) == (rows, rows[:1], rows[1:])
    assert (rows[0].amount, rows[0].by_when, rows[0].owner) == (
        "12 apprentices",
        DAY,
        "Contract manager",
    )
    one = Schedule(lot, (replace(part, rows=rows[:1]),), True, NO_KPI)
    assert one.sentence == "1 commitment goes into the contract with Alder Ltd."
    none = Schedule(lot, (replace(part, rows=()),), True, NO_KPI)
    assert none.sentence == "Alder Ltd made no complete commitment: nothing goes into the contract."
    assert "No award decision stands" in Schedule(lot, (), False, NO_KPI).sentence
    assert "not awarded" in Schedule(lot, (), True, NO_KPI).sentence


def test_amounts_as_people_write_them() -> None:
    failed, tried = doctest.testmod(contract_schedule)
    assert (failed, tried > 0) == (0, True)
    assert ScheduleRow(1, replace(promise(), how_many=None), False, ()).amount == ""


# What may be recorded at all.

ANSWER = Response(at(), "We build benches.\n We will hire 12 apprentices. ", None)


def test_words_are_taken_without_blanks_from_the_spot_they_stand_at() -> None:
    start, end = ANSWER.text.index(" We will"), len(ANSWER.text)
    quote = quote_at(ANSWER.text, start, end)
    assert quote == Quote("We will hire 12 apprentices.", start + 1)
    assert quote_at(ANSWER.text, end, start) == quote
    check_quote(quote, ANSWER, "Q2")


@pytest.mark.parametrize(
    ("quote", "answer", "words"),
    [
        (Quote("  ", 0), ANSWER, "No words are selected"),
        (Quote("13 apprentices", 0), ANSWER, "does not say “13 apprentices”"),
        (Quote("12 apprentices", 0), ANSWER, "does not stand at that spot"),
        (Quote("apprentices. ", -13), ANSWER, "does not stand at that spot"),
        (Quote("x" * 99, 0), ANSWER, "does not say “" + "x" * 57 + "…”"),
        (Quote("12 apprentices", 0, "3"), ANSWER, "no document belongs"),
        (
            Quote("12 jobs", 0),
            replace(ANSWER, document=DocumentId("d")),
            "Name the page of the document",
        ),
        (quote_at(ANSWER.text, 0, 2), replace(ANSWER, late=True), "after answers were locked"),
    ],
)
def test_words_that_the_answer_does_not_hold(quote: Quote, answer: Response, words: str) -> None:
    with pytest.raises(RuleRefusal) as caught:
        check_quote(quote, answer, "Q2, Alder Ltd")
    assert words in str(caught.value)


def test_words_of_a_document_are_cited_by_page() -> None:
    check_quote(Quote("12 jobs", 0, "3"), replace(ANSWER, document=DocumentId("d")), "Q2")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (Fraction(-1), "below zero"),
        (Fraction(1, 3), "12 decimal places"),
        (Fraction(1, 10**13), "12 decimal places"),
        (Fraction(10**15), "more than 15 digits"),
    ],
)
def test_numbers_that_cannot_be_kept(number: Fraction, words: str) -> None:
    with pytest.raises(RuleRefusal, match=words):
        check_number(number, "The number")


def test_numbers_that_can_be_kept() -> None:
    for number in (None, Fraction(0), Fraction(5, 2), Fraction(10**15 - 1)):
        check_number(number, "The number")


# Laws.

_PLACES = st.sampled_from([at("Q1"), at("Q2"), at("Q2", "2"), at("Q1", bidder=BIRCH)])
_TEXTS = st.sampled_from(["", "tbc", "Hire", "hire.", "we endeavour"])
_ONE = st.builds(
    Commitment,
    id=st.just(""),
    place=_PLACES,
    quote=st.builds(Quote, st.sampled_from(["12 jobs", "12 Jobs.", "4 jobs"]), st.just(0)),
    who=_TEXTS,
    what=_TEXTS,
    how_many=st.sampled_from([None, Fraction(0), Fraction(4), Fraction(12)]),
    unit=st.sampled_from(["", "jobs", "%"]),
    by_when=st.sampled_from([None, DAY, END + timedelta(days=1)]),
    evidence=_TEXTS,
    baseline=st.sampled_from(["", "40 in 2026"]),
    goals=st.sampled_from([(), ("g-1",), ("g-2", "g-9")]),
)
_SOME = st.lists(_ONE, max_size=7).map(
    lambda items: [replace(item, id=f"c-{number}") for number, item in enumerate(items)]
)


def _by_id(items: list[Commitment]) -> dict[str, CommitmentFinding]:
    result = check_commitments(items, (SKILLS, HEAT), on=DEADLINE, end=END)
    return {item.commitment.id: item for item in result.findings}


@given(_SOME, st.integers(0, 6))
def test_withdrawing_never_raises_the_completeness_of_others(
    items: list[Commitment], number: int
) -> None:
    before = _by_id(items)
    ref = f"c-{number}"
    fewer = [replace(item, withdrawn="Twice.") if item.id == ref else item for item in items]
    after = _by_id(fewer)
    assert set(after) == set(before) - {ref}
    assert all(after[one].completeness == before[one].completeness for one in after)
    assert all(after[one].missing == before[one].missing for one in after)
    assert all(set(after[one].twins) == set(before[one].twins) - {ref} for one in after)


@given(_SOME, st.randoms())
def test_the_order_of_commitments_does_not_matter(items: list[Commitment], order: Random) -> None:
    mixed = list(items)
    order.shuffle(mixed)
    first, second = _by_id(items), _by_id(mixed)
    for ref, finding in first.items():
        other = second[ref]
        assert replace(finding, twins=()) == replace(other, twins=())
        assert set(finding.twins) == set(other.twins)
    one, two = (
        check_commitments(each, (SKILLS, HEAT), on=DEADLINE, end=END) for each in (items, mixed)
    )
    assert (one.conversion, one.goal_cover, one.uncovered) == (
        two.conversion,
        two.goal_cover,
        two.uncovered,
    )


@given(_SOME)
def test_twins_are_symmetric_and_nobody_is_a_twin_of_itself(items: list[Commitment]) -> None:
    findings = _by_id(items)
    for ref, finding in findings.items():
        assert ref not in finding.twins
        assert all(ref in findings[other].twins for other in finding.twins)


@given(_ONE)
def test_completeness_is_parts_over_five(item: Commitment) -> None:
    finding = _by_id([replace(item, id="c-1")])["c-1"]
    assert finding.completeness == 1 - Fraction(len(finding.missing), 5)
    assert finding.is_complete == (finding.completeness == 1)
    assert set(finding.missing) <= set(REQUIRED)


@given(_SOME)
def test_shares_lie_between_nought_and_one(items: list[Commitment]) -> None:
    result = check_commitments(items, (SKILLS, HEAT), on=DEADLINE, end=END)
    assert all(share is None or 0 <= share <= 1 for share in (result.conversion, result.goal_cover))
    assert len(result.complete) + len(result.ambitions) == len(result.findings)
