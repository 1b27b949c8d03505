"""Who gets an assessment summary and what stands in it: A20, A22, A24, and nobody else's data."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tendereval.domain.award import AwardDecision
from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.errors import (
    IncompleteRecord,
    NotSupported,
    Undefined,
    UnknownReference,
)
from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.moderation import AgreedScore
from tendereval.domain.report_model import ReportModel
from tendereval.domain.scale import PointRange, ScoreBand, ScoringScale
from tendereval.domain.stages import Stage
from tendereval.domain.summaries import (
    Assessment,
    AssessmentSummary,
    CriterionScore,
    Limb,
    Supplement,
    Withheld,
)
from tendereval.domain.summary_content import summaries_for, summary_for
from tendereval.domain.summary_recipients import (
    are_required,
    recipients,
    regime_problem,
    standing_decision,
)
from tendereval.domain.tender import (
    ONLY_LOT,
    ContractKind,
    PriceFormula,
    Procedure,
    QualityMarks,
    Regime,
    SubCriterion,
)
from tests.builders import a_bid, a_criterion, a_method, a_price
from tests.unit.random_tenders import RandomTender, a_random_tender
from tests.unit.summary_models import (
    AT,
    BELOW,
    LEAD,
    PEOPLE,
    SECOND,
    THIRD,
    WINNER,
    a_model,
    exact,
    marks_of,
    six,
    six_bids,
    six_method,
)

SEEDS = st.integers(min_value=0, max_value=2**32)
Q1, Q2, RQ1, PRICE, S1 = (CriterionId(ref) for ref in ("Q1", "Q2", "RQ1", "PRICE", "S1"))
NOTE = Withheld(Limb.COMMERCIAL, "A rival would learn the method of work.", "Lead")


def of(one: Assessment, ref: CriterionId) -> CriterionScore:
    return next(score for score in one.scores if score.criterion == ref)


def summary(bidder: BidderId, supplement: Supplement | None = None) -> AssessmentSummary:
    return summary_for(six(), ONLY_LOT, bidder, supplement or Supplement())


# Who gets one


def test_a20_six_tenders_give_four_summaries() -> None:
    found = summaries_for(six(), ONLY_LOT)
    assert [one.addressee for one in found] == [WINNER, SECOND, THIRD, BELOW]
    assert [one.is_winner for one in found] == [True, False, False, False]


@pytest.mark.parametrize("status", BidStatus)
def test_who_gets_one_follows_from_the_status(status: BidStatus) -> None:
    bids = (*six_bids()[:1], a_bid("B", {}, 1000, status=status))
    if status is BidStatus.ASSESSED:
        return
    given_one = {one.bidder for one in recipients(a_model(six_method(), bids), ONLY_LOT)}
    gets_one = status in {BidStatus.DISQUALIFIED, BidStatus.RESERVE}
    assert given_one == ({WINNER, SECOND} if gets_one else {WINNER})


def test_whoever_gets_none_is_refused_one() -> None:
    with pytest.raises(UnknownReference, match="given no assessment summary"):
        summary(BidderId("b-E"))


def test_every_successful_tender_of_a_framework_is_shown_to_the_others_only() -> None:
    found = {one.addressee: one for one in summaries_for(_framework(), ONLY_LOT)}
    assert [one.bidder for one in found[THIRD].winners] == [WINNER, SECOND]
    assert found[WINNER].winners == found[SECOND].winners == ()
    assert found[THIRD].successful == 2
    assert "the 2 tenders with the highest totals are successful" in found[THIRD].further.text


def _framework() -> ReportModel:
    return a_model(replace(six_method(), framework_places=2), six_bids(), 2)


@pytest.mark.parametrize("regime", Regime)
def test_only_two_laws_have_assessment_summaries(regime: Regime) -> None:
    model = six()
    model = replace(model, details=replace(model.details, regime=regime))
    if regime in {Regime.PA2023, Regime.PA2023_WALES}:
        assert summaries_for(model, ONLY_LOT)
        return
    with pytest.raises(NotSupported, match=str(regime)):
        summaries_for(model, ONLY_LOT)


@pytest.mark.parametrize("kind", [*ContractKind, None])
@pytest.mark.parametrize("procedure", [*Procedure, None])
def test_section_50_asks_for_none_of_call_offs_and_direct_awards(
    kind: ContractKind | None, procedure: Procedure | None
) -> None:
    details = replace(six().details, contract_kind=kind, procedure=procedure)
    is_free = kind is ContractKind.CALL_OFF or procedure is Procedure.DIRECT
    assert are_required(details) is not is_free


def test_a_law_that_is_not_recorded_is_refused_too() -> None:
    assert "not recorded" in regime_problem(replace(six().details, regime=None))


def test_there_is_none_before_a_decision_or_without_an_award() -> None:
    model = six()
    with pytest.raises(IncompleteRecord, match="decision on lot 1 is not recorded"):
        summaries_for(replace(model, decisions={}), ONLY_LOT)
    nobody = AwardDecision(ONLY_LOT, (), "Too dear.", 2, AT, LEAD)
    with pytest.raises(IncompleteRecord, match="No award is made in lot 1"):
        summaries_for(replace(model, decisions={ONLY_LOT: nobody}), ONLY_LOT)
    with pytest.raises(IncompleteRecord, match=r"no ranking of lot 1\. Prices are missing"):
        summaries_for(
            replace(model, rankings=(), not_ranked_because="Prices are missing."), ONLY_LOT
        )


def test_a_decision_older_than_the_last_way_back_no_longer_counts() -> None:
    model = six()
    back = (*model.stages, (Stage.PRICE, "A slip.", AT + timedelta(hours=1)))
    assert standing_decision(replace(model, stage=Stage.PRICE, stages=back), ONLY_LOT) is None
    again = (*back, (Stage.AWARD, "", AT + timedelta(hours=2)))
    assert standing_decision(replace(model, stages=again), ONLY_LOT) is None
    assert standing_decision(model, ONLY_LOT) == model.decisions[ONLY_LOT]


def test_it_is_a_draft_until_the_award_is_approved() -> None:
    drafts = summaries_for(a_model(six_method(), six_bids(), approved=False), ONLY_LOT)
    assert all(one.draft for one in drafts)
    assert not any(one.draft for one in summaries_for(six(), ONLY_LOT))


# What stands in it


def test_a22_a_loser_sees_the_winners_score_and_explanation_of_every_criterion() -> None:
    found = summary(SECOND)
    (winner,) = found.winners
    assert [score.criterion for score in winner.scores] == [RQ1, Q1, Q2, PRICE]
    assert winner.total == exact(40) + 16 + Fraction(400, 11)
    for score in winner.scores:
        assert score.score is not None
        assert score.explanation.text
    assert of(winner, Q1).explanation.text == f"{marks_of(WINNER).releasable} on Q1"
    assert [sub.explanation.text for sub in of(winner, Q1).sub] == [
        f"{marks_of(WINNER).sub} on Q1.{letter}" for letter in "abc"
    ]


def test_a22_the_winner_sees_no_other_bidders_data() -> None:
    found = summary(WINNER)
    assert found.winners == ()
    assert found.further.text == ""
    for other in (SECOND, THIRD, BELOW):
        assert not _stands_in(found, other)
    # The lowest price, without its holder, since the published formula needs it.
    assert found.lowest == ((PRICE, Fraction(1000)),)
    assert "£1,250" not in repr(found)
    assert "Fraction(1250, 1)" not in repr(found)


def test_a22_a_formula_without_the_lowest_price_shows_none() -> None:
    model = six()
    ranking = replace(model.rankings[0], lowest=())
    found = summary_for(replace(model, rankings=(ranking,)), ONLY_LOT, WINNER)
    assert found.lowest == ()
    assert "£1,000" not in repr(found)


def _stands_in(found: AssessmentSummary, other: BidderId) -> list[str]:
    own, text = marks_of(other), repr(found)
    telling = (own.name, own.identifier, own.address, own.email, own.releasable, own.sub, other)
    return [mark for mark in telling if mark in text]


def test_the_internal_rationale_and_peoples_names_stand_nowhere() -> None:
    for one in summaries_for(six(), ONLY_LOT):
        assert "internal" not in repr(one)
        assert not any(name in repr(one) for name in PEOPLE.values())


@given(SEEDS, st.integers(min_value=1, max_value=3))
@settings(max_examples=300, deadline=None)
def test_no_summary_holds_another_losers_name_identifier_or_text(seed: int, places: int) -> None:
    tender = a_random_tender(seed)
    model = _random_model(tender, places, Random(seed))  # noqa: S311 - a test wants to be repeatable
    won = model.decisions[ONLY_LOT].bidders
    found = summaries_for(model, ONLY_LOT)
    assert {one.addressee for one in found if one.is_winner} == set(won)
    for one in found:
        shown = {one.addressee, *(() if one.is_winner else won)}
        others = [bidder.id for bidder in model.bidders if bidder.id not in shown]
        assert [_stands_in(one, other) for other in others] == [[] for _ in others]
        assert "internal" not in repr(one)
        assert not any(name in repr(one) for name in PEOPLE.values())
        known = {
            score.price
            for bid in model.rankings[0].ranked
            if bid.bidder in shown
            for score in bid.marks
        }
        lowest = {item.amount for item in model.rankings[0].lowest}
        prices = {
            score.score
            for part in (one.own, *one.winners)
            for score in part.scores
            if score.is_price and score.score is not None
        }
        assert prices <= known
        assert {amount for _, amount in one.lowest} <= lowest


def _random_model(tender: RandomTender, places: int, chance: Random) -> ReportModel:
    rows = tuple(
        replace(row, sub_criteria=(SubCriterion(f"{row.ref}.1", "One."),))
        if row.kind.is_scored and chance.random() < 0.5
        else row
        for row in tender.method.criteria
    )
    try:
        model = a_model(replace(tender.method, criteria=rows), tender.bids, places)
    except Undefined:
        assume(condition=False)
        raise
    assume(model.rankings[0].ranked)
    return model


def test_figures_are_exact_and_in_published_order() -> None:
    own = summary(SECOND).own
    assert [score.criterion for score in own.scores] == [RQ1, Q1, Q2, PRICE]
    assert of(own, Q1).score == 4
    assert (of(own, Q1).mark, of(own, Q1).available) == (Fraction(32), Fraction(40))
    assert (of(own, RQ1).score, of(own, RQ1).mark, of(own, RQ1).band) == (exact(1), None, "Pass")
    assert of(own, RQ1).is_pass
    assert (of(own, PRICE).score, of(own, PRICE).is_price) == (exact(1000), True)
    assert own.sub_totals == ((S1, "Title of S1", Fraction(48)),)
    assert (own.total, own.is_money) == (Fraction(88), False)


def test_conditions_of_participation_are_no_award_criteria() -> None:
    refs = [row.criterion for row in summary(SECOND).criteria]
    assert refs == [RQ1, Q1, Q2, PRICE]


def test_criteria_stand_in_full_with_bands_and_methodology() -> None:
    found = summary(SECOND)
    requirement, first, second, price = found.criteria
    assert (second.question, second.guidance) == ("Which jobs?", "Say how.")
    assert second.importance == 20
    assert [points for points, _, _ in second.bands] == ["0", "1", "2", "3", "4", "5"]
    assert first.how == (
        "Scored 0, 1, 2, 3, 4 or 5. Marks = 40 × score ÷ 5. A tender with an agreed score below "
        "2 is disqualified."
    )
    assert [points for points, _, _ in requirement.bands] == ["Fail", "Pass"]
    assert requirement.importance is None
    assert "A tender that fails is disqualified" in requirement.how
    assert price.how.startswith("Marks = 40 × lowest price ÷ price.")
    assert [ref for ref, _ in first.sub] == ["Q1.a", "Q1.b", "Q1.c"]
    (section,) = found.sections
    assert (section.importance, section.under) == (Fraction(60), (Q1, Q2))
    assert found.in_full
    assert any("highest total is the most advantageous" in line for line in found.methodology)


def test_elsewhere_in_full_leaves_the_questions_out_and_says_where() -> None:
    found = summary(SECOND, Supplement(where="www.borset.example/benches"))
    assert not found.in_full
    assert found.where == "www.borset.example/benches"
    assert not any(row.question or row.guidance for row in found.criteria)
    assert all(row.how for row in found.criteria)


def test_percentages_ranges_and_relative_marks_are_said() -> None:
    bands = (ScoreBand(Fraction(0), "None", "", Fraction(0)), ScoreBand(Fraction(2), "Good"))
    scale = ScoringScale("odd", bands, (PointRange(Fraction(3), Fraction(5), Fraction("0.5")),))
    method = a_method(a_criterion("Q1", 60, scale="odd"), a_price(40), scales=(scale,))
    model = a_model(method, (a_bid("A", {"Q1": 5}, 10), a_bid("B", {"Q1": 2}, 10)))
    first = summary_for(model, ONLY_LOT, SECOND).criteria[0]
    assert "0 earns 0%" in first.how
    assert first.bands[-1] == ("3 to 5 in steps of 0.5", "", "")
    relative = replace(model.method, quality_marks=QualityMarks.RELATIVE_TO_BEST)
    found = summary_for(replace(model, method=relative), ONLY_LOT, SECOND)
    assert "best share of the scale" in found.criteria[0].how
    assert of(found.own, Q1).band == "Good"


def test_below_a_minimum_it_says_how_far_it_was_assessed_and_why_it_went_out() -> None:
    found = summary(BELOW)
    assert found.own.is_disqualified
    assert found.own.total is None
    assert (of(found.own, Q1).score, of(found.own, Q1).mark) == (exact(1), Fraction(8))
    assert (of(found.own, PRICE).score, of(found.own, PRICE).explanation.text) == (None, "")
    assert found.own.sub_totals == ((S1, "Title of S1", Fraction(20)),)
    assert found.further.text == (
        "Your tender was disqualified under the published method. Scored 1 for Q1 (Title of Q1); "
        "the minimum is 2."
    )
    assert [one.bidder for one in found.winners] == [WINNER]


def test_marks_that_hang_on_other_tenders_are_not_made_up_for_one_that_went_out() -> None:
    relative = replace(six_method(), quality_marks=QualityMarks.RELATIVE_TO_BEST)
    found = summary_for(a_model(relative, six_bids()), ONLY_LOT, BELOW)
    assert (of(found.own, Q1).score, of(found.own, Q1).mark) == (exact(1), None)
    assert found.own.sub_totals == ()


def test_a_reason_typed_with_a_status_is_for_the_file_only() -> None:
    bid = a_bid("B", {"Q1": 4}, status=BidStatus.DISQUALIFIED)
    typed = replace(bid, bid=replace(bid.bid, reason="Firmczq Works Ltd said so."))
    found = summary_for(a_model(six_method(), (six_bids()[0], typed)), ONLY_LOT, SECOND)
    assert found.own.is_disqualified
    assert found.further.text == ""


def test_the_further_explanation_gives_both_totals() -> None:
    assert summary(SECOND).further.text == (
        "Under the published method the tender with the highest total is successful. Your tender "
        "has 88.00 of 100 marks; the successful tender has 92.36."
    )


def test_a_published_tie_break_is_said_and_a_tie_that_nothing_breaks_is_left_to_people() -> None:
    bids = (a_bid("A", {"Q1": 5, "Q2": 3}, 100), a_bid("B", {"Q1": 3, "Q2": 5}, 100))
    method = a_method(a_criterion("Q1", 30), a_criterion("Q2", 30), a_price(40))
    broken = a_model(replace(method, tie_break=("highest Q1",)), bids)
    found = summary_for(broken, ONLY_LOT, SECOND)
    assert "rules for ties, applied in their order, put the successful tender first" in (
        found.further.text
    )
    assert "“highest Q1”" in found.further.text
    assert summary_for(a_model(method, bids), ONLY_LOT, SECOND).further.text == ""


# Price


FOLLOWED = (
    "The price is {own}. The lowest price among the tenders that remained is £1,000.00. Marks = "
    "40 × lowest price ÷ price = 40 × £1,000.00 ÷ {own} = {marks} of 40 marks. Only the lowest "
    "price earns all marks."
)
LOWEST = (
    "The price is £1,000.00. It is the lowest price among the tenders that remained, so that it "
    "earns all 40 marks."
)


@pytest.mark.parametrize(
    ("bidder", "words"),
    [
        (WINNER, FOLLOWED.format(own="£1,100.00", marks="36.3636, shown to 4 decimal places,")),
        (SECOND, LOWEST),
        (THIRD, FOLLOWED.format(own="£1,250.00", marks="32.00")),
    ],
)
def test_price_is_explained_from_the_formula_and_the_figures(bidder: BidderId, words: str) -> None:
    assert of(summary(bidder).own, PRICE).explanation.text == words


def test_the_sum_below_a_rounded_total_is_told_and_is_that_of_the_marks_shown() -> None:
    assert summary(SECOND).own.added is None
    model = a_model(replace(six_method(), round_totals_to=1), six_bids())
    for found in summaries_for(model, ONLY_LOT):
        for one in (found.own, *found.winners):
            marks = [score.mark for score in one.scores if score.mark is not None]
            assert one.added == (None if one.total is None else sum(marks, Fraction(0)))


def test_a_mark_that_the_method_rounds_says_both() -> None:
    model = a_model(replace(six_method(), round_marks_to=2), six_bids())
    text = of(summary_for(model, ONLY_LOT, WINNER).own, PRICE).explanation.text
    assert "= 36.3636…, rounded to 36.36, of 40 marks" in text


def test_vat_and_a_price_of_nothing_are_said() -> None:
    method = a_method(a_criterion("Q1", 60), a_price(40, zero="full marks"))
    bids = (a_bid("A", {"Q1": 5}, 0), a_bid("B", {"Q1": 4}, 10))
    model = a_model(method, bids)
    model = replace(model, details=replace(model.details, prices_include_vat=False))
    first, second = (of(one.own, PRICE).explanation.text for one in summaries_for(model, ONLY_LOT))
    assert first.startswith("The price is £0.00 without VAT. By the published rule “zero=full")
    assert second.endswith("so that this one earns no marks.")
    stand_in = a_method(a_criterion("Q1", 60), a_price(40, zero="0.01"))
    text = of(summary_for(a_model(stand_in, bids), ONLY_LOT, WINNER).own, PRICE).explanation.text
    assert "By the published rule it is read as £0.01." in text


def test_a_formula_of_another_name_is_explained_by_its_name() -> None:
    model = six()
    rows = tuple(
        replace(row, formula=PriceFormula.CEILING) if row.ref == PRICE else row
        for row in model.method.criteria
    )
    changed = replace(model, method=replace(model.method, criteria=rows))
    text = of(summary_for(changed, ONLY_LOT, THIRD).own, PRICE).explanation.text
    assert "By the published formula “ceiling” it earns 32.00 of 40 marks." in text


def test_the_leads_words_stand_in_place_of_others() -> None:
    added = Supplement(
        price_explanations=((SECOND, PRICE, "Dear but fair."),),
        further=((SECOND, "Because."),),
        texts=((SECOND, Q1, "", "Put better."), (SECOND, Q1, "Q1.b", "Also put better.")),
    )
    found = summary(SECOND, added)
    assert of(found.own, PRICE).explanation.text == "Dear but fair."
    assert of(found.own, Q1).explanation.text == "Put better."
    assert of(found.own, Q1).sub[1].explanation.text == "Also put better."
    assert found.further.text == "Because."
    blank = summary(SECOND, Supplement(further=((SECOND, " "),), texts=((SECOND, Q1, "", " "),)))
    assert blank == summary(SECOND)


# Redaction


def test_a24_what_is_withheld_is_gone_from_one_summary_only_and_names_its_limb() -> None:
    added = Supplement(withheld=((SECOND, WINNER, Q1, "", NOTE),))
    held, other = summary(SECOND, added), summary(THIRD, added)
    text = of(held.winners[0], Q1).explanation
    assert text.text == ""
    assert text.withheld is not None
    assert text.withheld.limb == "s.94(1)(b)"
    assert f"{marks_of(WINNER).releasable} on Q1" not in repr(held)
    assert of(other.winners[0], Q1).explanation.text == f"{marks_of(WINNER).releasable} on Q1"
    assert of(held.winners[0], Q1).sub[0].explanation.text
    subs = Supplement(withheld=((SECOND, WINNER, Q1, "Q1.b", NOTE),))
    assert [bool(sub.explanation.withheld) for sub in of(summary(SECOND, subs).winners[0], Q1).sub]
    assert [sub.explanation.withheld for sub in of(summary(SECOND, subs).winners[0], Q1).sub] == [
        None,
        NOTE,
        None,
    ]


def test_a24_a_price_that_is_withheld_goes_with_its_explanation() -> None:
    found = summary(SECOND, Supplement(withheld=((SECOND, WINNER, PRICE, "", NOTE),)))
    assert of(found.winners[0], PRICE).score is None
    assert "1,100" not in repr(found)
    assert "Fraction(1100, 1)" not in repr(found)


def test_a24_a_lowest_price_is_not_given_away_where_it_is_the_one_withheld() -> None:
    bids = (a_bid("A", {"Q1": 5}, 1000), a_bid("B", {"Q1": 4}, 2000))
    model = a_model(a_method(a_criterion("Q1", 60), a_price(40)), bids)
    added = Supplement(withheld=((SECOND, WINNER, PRICE, "", NOTE),))
    found = summary_for(model, ONLY_LOT, SECOND, added)
    assert found.lowest == ()
    assert "1,000" not in repr(found)
    assert "Fraction(1000, 1)" not in repr(found)
    assert of(found.own, PRICE).explanation.text == (
        "The price is £2,000.00. Marks = 40 × lowest price ÷ price. It earns 20.00 of 40 marks."
    )


def test_every_summary_is_the_same_alone_and_among_all() -> None:
    every = summaries_for(six(), ONLY_LOT)
    assert [summary_for(six(), ONLY_LOT, one.addressee) for one in every] == list(every)


def test_only_the_lots_own_bids_and_scores_count() -> None:
    model = six()
    elsewhere = _in_another_lot(model.agreed)
    changed = replace(
        model,
        agreed=(*elsewhere, *model.agreed),
        bids=(*model.bids, Bid(BidderId("b-E"), LotId("2"))),
    )
    assert summaries_for(changed, ONLY_LOT) == summaries_for(model, ONLY_LOT)


def _in_another_lot(items: Iterable[AgreedScore]) -> list[AgreedScore]:
    lot = LotId("2")
    return [replace(item, place=replace(item.place, lot=lot)) for item in items]
