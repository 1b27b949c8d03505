"""Worked examples published by others, by the number of the fact or case they come from."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tendereval.domain.bid_counts import count_bids
from tendereval.domain.bidding import BidStatus
from tendereval.domain.errors import NotOnTheScale, Undefined
from tendereval.domain.exact import round_half_up, rounded_text
from tendereval.domain.moderation import check_agreed_score
from tendereval.domain.ranking import Ranking, rank_lot
from tendereval.domain.tender import ONLY_LOT, CriterionKind, Method, WeightMode
from tests.builders import (
    Number,
    a_bid,
    a_criterion,
    a_method,
    a_price,
    a_range,
    a_scale,
    a_section,
    codes_of,
    names_in_order,
    totals_of,
)


def price_only(weight: Number, *prices: Number, zero: str | None = None) -> Ranking:
    bids = [a_bid(f"Bid {number}", {}, price) for number, price in enumerate(prices)]
    return rank_lot(a_method(a_price(weight, zero=zero)), ONLY_LOT, bids)


def shown(ranking: Ranking, places: int) -> list[str]:
    return [rounded_text(total, places) for _, total in sorted(totals_of(ranking).items())]


def test_a1_digital_outcomes_guidance_prices_at_weight_one() -> None:
    """gov.uk guidance for digital outcomes buyers, via shma.co.uk."""
    ranking = price_only(1, 15_000, 10_000, 30_000)
    assert shown(ranking, 3) == ["0.667", "1.000", "0.333"]
    assert totals_of(ranking)["Bid 0"] == Fraction(2, 3)


def test_a2_docsbay_prices_at_weight_hundred() -> None:
    """docsbay EGPR04-F03."""
    assert shown(price_only(100, 120_000, 124_000, 142_000), 1) == ["100.0", "96.8", "84.5"]


def test_a3_and_e04_impact_bids_prices_at_weight_forty() -> None:
    """impactbids.com, The quality imperative."""
    ranking = price_only(40, 100, 105, 108)
    assert shown(ranking, 0) == ["40", "38", "37"]
    assert shown(ranking, 6) == ["40.000000", "38.095238", "37.037037"]


def test_a4_split_price_is_marked_part_by_part() -> None:
    """Bevan Brittan 2019: block 10 per cent, service 5 per cent."""
    method = a_method(a_price(10, "BLOCK"), a_price(5, "SERVICE"))
    bids = [
        a_bid("First", {}, {"BLOCK": 85, "SERVICE": 25}),
        a_bid("Second", {}, {"BLOCK": 100, "SERVICE": 15}),
    ]
    marks = {
        bid.name: [mark.mark for mark in bid.marks]
        for bid in rank_lot(method, ONLY_LOT, bids).ranked
    }
    assert marks == {"First": [10, 3], "Second": [Fraction("8.5"), 5]}


def test_a4_a_nil_unit_price_without_a_zero_rule_is_refused_in_words() -> None:
    """Bevan Brittan 2019: unit 15 per cent, 10 pounds against nil."""
    method = a_method(a_price(85), a_price(15, "UNIT"))
    bids = [a_bid("A", {}, {"PRICE": 1, "UNIT": 10}), a_bid("B", {}, {"PRICE": 1, "UNIT": 0})]
    with pytest.raises(Undefined, match="the price of B is nothing") as caught:
        rank_lot(method, ONLY_LOT, bids)
    assert "undefined" in str(caught.value)
    assert "zero=full marks" in str(caught.value)


def test_a5_a_price_of_nothing_with_full_marks_takes_all_and_leaves_none() -> None:
    """Boxxe v Secretary of State for Justice [2023] EWHC 533 (TCC), published effect."""
    ranking = price_only(5, 0, 1, 400_000, zero="full marks")
    assert totals_of(ranking) == {"Bid 0": 5, "Bid 1": 0, "Bid 2": 0}
    assert "zero-price" in codes_of(ranking)


def test_a5_the_gap_between_the_published_totals_of_boxxe() -> None:
    method = a_method(a_criterion("Q", 100, scale="0-100"), scales=[a_range("0-100", 100, "0.01")])
    ranking = rank_lot(
        method, ONLY_LOT, [a_bid("One", {"Q": "91.76"}), a_bid("Other", {"Q": "88.27"})]
    )
    first, second = ranking.ranked
    assert first.total - second.total == Fraction("3.49")


@pytest.mark.parametrize(
    ("exact", "expected"),
    [
        ("225.524999", "225.52"),
        ("225.525", "225.53"),
        ("10.1234", "10.12"),
        ("10.385", "10.39"),
    ],
)
def test_a11_published_rounding_is_half_up(exact: str, expected: str) -> None:
    """Department for Transport franchise rules."""
    assert round_half_up(Fraction(exact), 2) == Fraction(expected)
    assert rounded_text(Fraction(exact), 2) == expected


def four_questions(mode: WeightMode, section: Number, each: Number) -> Method:
    rows = [
        a_section("S", section),
        *(a_criterion(f"Q{number}", each, parent="S") for number in range(4)),
    ]
    other = a_criterion("REST", 60)
    return replace(a_method(*rows, other), weights_are=mode)


@pytest.mark.parametrize(
    "method",
    [four_questions(WeightMode.OF_TOTAL, 40, 10), four_questions(WeightMode.OF_PARENT, 40, 25)],
)
def test_a13_four_questions_of_a_section_of_forty_per_cent(method: Method) -> None:
    """Panacea help: four questions out of 5 at 40 per cent have the multiplier 2."""
    bid = a_bid("A", {**{f"Q{number}": 3 for number in range(4)}, "REST": 0})
    ranking = rank_lot(method, ONLY_LOT, [bid])
    assert ranking.ranked[0].total == 24
    assert codes_of(ranking) == []


def test_a13_schools_weight_five_times_score_four_is_twenty() -> None:
    """education.co.uk quoting the Department for Education: weight 25 on 0 to 5 here."""
    method = a_method(a_criterion("Q1", 25), a_criterion("Q2", 75))
    assert rank_lot(method, ONLY_LOT, [a_bid("A", {"Q1": 4, "Q2": 0})]).ranked[0].quality == 20


def rank_reversal_bids() -> tuple[Method, list[tuple[str, int, int]]]:
    method = a_method(a_criterion("Q", 60, scale="0-60"), a_price(40), scales=[a_range("0-60", 60)])
    return method, [("A", 40, 124), ("B", 30, 90), ("C", 10, 50)]


def test_a14_withdrawing_the_cheapest_turns_the_order_of_the_others() -> None:
    method, figures = rank_reversal_bids()
    bids = [a_bid(name, {"Q": quality}, price) for name, quality, price in figures]
    ranking = rank_lot(method, ONLY_LOT, bids)
    assert names_in_order(ranking) == ["A", "B", "C"]
    assert shown(ranking, 2) == ["56.13", "52.22", "50.00"]
    (warning,) = [one for one in ranking.warnings if one.code == "rank-reversal"]
    assert warning.text == (
        "If C withdrew, the order of the others would change from “1 A; 2 B” to “1 B; 2 A”: "
        "the marks of all bids for PRICE are measured against C."
    )


def test_a14_the_order_once_the_cheapest_has_withdrawn() -> None:
    method, figures = rank_reversal_bids()
    bids = [
        a_bid(
            name,
            {"Q": quality},
            price,
            status=BidStatus.WITHDRAWN if name == "C" else BidStatus.ASSESSED,
        )
        for name, quality, price in figures
    ]
    ranking = rank_lot(method, ONLY_LOT, bids)
    assert names_in_order(ranking) == ["B", "A"]
    assert shown(ranking, 2) == ["69.03", "70.00"]
    assert [bid.name for bid in ranking.not_ranked] == ["C"]


def test_a15_an_average_of_four_point_two_is_no_agreed_score() -> None:
    """Bromcom v United Learning [2022] EWHC 3262 (TCC)."""
    mean = Fraction(4 + 4 + 4 + 4 + 5, 5)
    with pytest.raises(NotOnTheScale, match="an average is not an agreed score"):
        check_agreed_score(a_scale(), mean, "The panel averaged.")


def test_a15_an_average_is_refused_by_the_ranking_too() -> None:
    with pytest.raises(NotOnTheScale, match=r"4\.2 for Q is not on the scale “0-5”"):
        rank_lot(a_method(a_criterion("Q", 100)), ONLY_LOT, [a_bid("A", {"Q": "4.2"})])


def two_totals(first: str, second: str, close_margin: Number | None = 2) -> Ranking:
    method = replace(
        a_method(a_criterion("Q", 100, scale="0-100"), scales=[a_range("0-100", 100, "0.01")]),
        close_margin=None if close_margin is None else Fraction(close_margin),
    )
    return rank_lot(method, ONLY_LOT, [a_bid("CFP", {"Q": first}), a_bid("RSS", {"Q": second})])


def test_a16_and_e13_energysolutions_lead_is_listed_as_close() -> None:
    """Energysolutions EU Ltd v NDA [2016] EWHC 1988 (TCC): 86.48 to 85.42."""
    ranking = two_totals("86.48", "85.42")
    (warning,) = ranking.warnings
    assert names_in_order(ranking) == ["CFP", "RSS"]
    assert warning.code == "close-result"
    assert warning.text == (
        "CFP (86.48) and RSS (85.42) are 1.06 apart, no more than the close result margin of 2."
    )


def test_a16_a_lead_of_exactly_the_margin_is_close_and_a_hundredth_more_is_not() -> None:
    assert codes_of(two_totals("80", "78")) == ["close-result"]
    assert codes_of(two_totals("80.01", "78")) == []
    assert codes_of(two_totals("80", "79.99", close_margin=None)) == []


def test_a20_counts_for_the_award_notice_and_the_summaries() -> None:
    method = a_method(
        a_criterion("Q", 100, minimum=2),
        a_criterion("C", kind=CriterionKind.CONDITION_OF_PARTICIPATION),
    )
    bids = [
        a_bid("Winner", {"Q": 5, "C": 1}),
        a_bid("Second", {"Q": 4, "C": 1}),
        a_bid("Third", {"Q": 3, "C": 1}),
        a_bid("Below", {"Q": 1, "C": 1}),
        a_bid("Unfit", {"C": 0}),
        a_bid("Gone", status=BidStatus.WITHDRAWN),
    ]
    ranking = rank_lot(method, ONLY_LOT, bids)
    statuses = [BidStatus.ASSESSED for _ in ranking.ranked]
    statuses += [bid.status for bid in ranking.not_ranked]
    counts = count_bids(statuses)
    assert (counts.received, counts.assessed) == (5, 4)


def test_e02_negometrix_points_out_of_two_hundred() -> None:
    """support-us.negometrix.com, Low Bid Scoring Formula."""
    maxima = {"EXPERIENCE": 60, "ASSURANCE": 40, "TIME": 30}
    questions = [a_criterion(ref, top, scale=f"0-{top}") for ref, top in maxima.items()]
    scales = [a_range(f"0-{top}", top) for top in maxima.values()]
    method = replace(
        a_method(*questions, a_price(70), scales=scales), weights_are=WeightMode.POINTS
    )
    bids = [
        a_bid("A", {"EXPERIENCE": 40, "ASSURANCE": 30, "TIME": 20}, 10_000),
        a_bid("B", {"EXPERIENCE": 32, "ASSURANCE": 20, "TIME": 22}, 8_000),
    ]
    ranking = rank_lot(method, ONLY_LOT, bids)
    assert names_in_order(ranking) == ["A", "B"]
    assert [bid.price_marks for bid in ranking.ranked] == [56, 70]
    assert [bid.total for bid in ranking.ranked] == [146, 144]
    assert [100 * bid.total / ranking.available for bid in ranking.ranked] == [73, 72]
    assert codes_of(ranking) == []


def test_e03_procurement_templates_five_prices_and_seventy_for_quality() -> None:
    """procurementtemplates.co.uk, Evaluation Criteria (Low Value)."""
    questions = [a_criterion(f"Q{n}", w) for n, w in enumerate((10, 10, 10, 20, 20))]
    fives = {f"Q{n}": 5 for n in range(5)}
    prices = (110, 100, 125, 150, 130)
    bids = [a_bid(str(n), fives, price) for n, price in enumerate(prices, start=1)]
    ranked = rank_lot(a_method(*questions, a_price(30)), ONLY_LOT, bids).ranked
    assert {bid.quality for bid in ranked} == {70}
    assert {bid.name: rounded_text(bid.price_marks, 2) for bid in ranked} == {
        "1": "27.27",
        "2": "30.00",
        "3": "24.00",
        "4": "20.00",
        "5": "23.08",
    }


def test_e06_a_third_is_shown_as_thirty_three_point_three() -> None:
    """the-egov-blog.blogspot.com, QCBS normalisation."""
    ranking = price_only(100, 20, 40, 60)
    assert shown(ranking, 1) == ["100.0", "50.0", "33.3"]
    assert totals_of(ranking)["Bid 2"] == Fraction(100, 3)


@pytest.mark.parametrize(
    ("scores", "weights", "expected"),
    [
        ((100, 0), (70, 30), 70),
        ((100, 0), (50, 50), 50),
        ((50, 80), (30, 70), 71),
        ((50, 80), (50, 50), 65),
    ],
)
def test_e18_peoplesoft_weighted_and_unweighted(
    scores: tuple[int, int], weights: tuple[int, int], expected: int
) -> None:
    """Oracle PeopleSoft Strategic Sourcing: Scoring vs. Weighting."""
    questions = [a_criterion(f"Q{n}", weight, scale="0-100") for n, weight in enumerate(weights)]
    method = a_method(*questions, scales=[a_range("0-100", 100)])
    bid = a_bid("A", {f"Q{n}": score for n, score in enumerate(scores)})
    assert rank_lot(method, ONLY_LOT, [bid]).ranked[0].total == expected


def test_e19_equal_price_steps_do_not_give_equal_mark_steps() -> None:
    """bto.co.uk, Price scoring: does the perfect formula exist (property only)."""
    first, second, third = (bid.total for bid in price_only(40, 100, 105, 110).ranked)
    assert first - second > second - third
