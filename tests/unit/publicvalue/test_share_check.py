"""The one per cent: section 5 and S3 of the public value facts, figure by figure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.ids import LotId
from tendereval.domain.publicvalue.good_works_share import (
    Category,
    Contract,
    LotOfBid,
    Partner,
    Route,
    ShareTarget,
    Workforce,
)
from tendereval.domain.publicvalue.partner_rules import partner_problems, years_between
from tendereval.domain.publicvalue.portfolio import portfolio
from tendereval.domain.publicvalue.share_check import reckon, thirty_percent_test
from tendereval.domain.publicvalue.share_finding import PartnerFinding, ShareFinding, percent
from tendereval.domain.publicvalue.share_finding import TestState as State

ONE: Final = Fraction(1, 100)
HALF: Final = Workforce(Route.ORGANISATION, 40, 20)
ORCHARD: Final = Partner(
    "Orchard Works",
    Category.SUPPORTED_EMPLOYMENT,
    direct=False,
    amount=Fraction(1000),
    purpose=True,
    tests=(HALF,),
    includes_vat=False,
    evidence="Accounts of 2026, page 7",
)
FOUR_YEARS: Final = Contract(
    Fraction(100_000), includes_vat=False, years=Fraction(4), bidder="Alder Ltd", identifier="01"
)


def found(*partners: Partner, contract: Contract = FOUR_YEARS) -> ShareFinding:
    return reckon(partners, contract, ONE)


def only(partner: Partner, contract: Contract = FOUR_YEARS) -> PartnerFinding:
    return found(partner, contract=contract).partners[0]


def refused(*partners: Partner, contract: Contract = FOUR_YEARS) -> list[tuple[int, str, str, str]]:
    return [
        (one.line, one.column, one.wrong, one.write) for one in partner_problems(partners, contract)
    ]


def judged(people: int, disadvantaged: int) -> State:
    return thirty_percent_test(Workforce(Route.PART, people, disadvantaged))


def test_exactly_thirty_per_cent_passes_and_29_99_does_not() -> None:
    assert judged(10_000, 3000) is State.MET
    assert judged(10_000, 2999) is State.NOT_MET
    assert judged(10, 3) is State.MET
    assert judged(1_000_000, 299_999) is State.NOT_MET


def test_what_nearly_passes_is_never_shown_as_thirty_per_cent() -> None:
    nearly = replace(ORCHARD, tests=(Workforce(Route.PART, 1_000_000, 299_999),))
    words = only(nearly).test_words
    assert words == (
        "30% test of s.32(4): not met (299999 of 1000000 in the part that performs the contract, "
        "29.9999%)."
    )
    exactly = replace(ORCHARD, tests=(Workforce(Route.JOINT, 10, 3),))
    assert only(exactly).test_words.endswith("met (3 of 10 in the joint workforce, 30.00%).")


@pytest.mark.parametrize("figures", [(0, 0), (-1, 0), (10, 11), (10, -1)])
def test_figures_that_cannot_be_leave_the_test_unknown(figures: tuple[int, int]) -> None:
    assert judged(*figures) is State.UNKNOWN
    finding = only(replace(ORCHARD, tests=(Workforce(Route.PART, *figures),)))
    assert (finding.test, finding.best, finding.counts) == (State.UNKNOWN, None, False)


@pytest.mark.parametrize("route", Route)
def test_each_of_the_three_routes_passes_by_itself(route: Route) -> None:
    finding = only(replace(ORCHARD, tests=(Workforce(route, 100, 30),)))
    assert (finding.test, finding.counts) == (State.MET, True)


def test_one_route_is_enough() -> None:
    routes = (Workforce(Route.ORGANISATION, 100, 20), Workforce(Route.PART, 10, 3))
    finding = only(replace(ORCHARD, tests=routes))
    assert (finding.test, finding.best) == (State.MET, routes[1])


@pytest.mark.parametrize(
    ("purpose", "tests", "state"),
    [
        (True, (HALF,), State.MET),
        (None, (HALF,), State.UNKNOWN),
        (False, (HALF,), State.NOT_MET),
        (False, (), State.NOT_MET),
        (True, (), State.UNKNOWN),
        (None, (), State.UNKNOWN),
        (None, (Workforce(Route.PART, 10, 2),), State.NOT_MET),
    ],
)
def test_the_test_needs_the_figures_and_the_purpose(
    *, purpose: bool | None, tests: tuple[Workforce, ...], state: State
) -> None:
    finding = only(replace(ORCHARD, purpose=purpose, tests=tests))
    assert finding.test is state
    assert finding.counts is (state is State.MET)


@pytest.mark.parametrize(
    "category", [one for one in Category if one is not Category.SUPPORTED_EMPLOYMENT]
)
def test_other_good_works_organisations_count_by_their_purpose(category: Category) -> None:
    partner = replace(ORCHARD, category=category, tests=())
    assert only(partner).counts
    assert not only(replace(partner, purpose=None)).counts
    assert not only(replace(partner, purpose=False)).counts


def test_share_committed_and_evidenced_and_the_gap() -> None:
    promised = replace(ORCHARD, name="Elm CIC", amount=Fraction(250), evidence=" TBC ")
    finding = found(replace(ORCHARD, amount=Fraction(500)), promised)
    assert [finding.committed, finding.evidenced, finding.tested] == [750, 500, 750]
    assert (finding.share, finding.evidenced_share) == (Fraction(3, 400), Fraction(1, 200))
    assert finding.gap == 250
    assert finding.sentence == (
        "0.75% of the price is committed to Good Works organisations, which misses the target of "
        "1.00%; 0.50% is evidenced."
    )


def test_exactly_one_per_cent_reaches_the_target_and_a_penny_less_does_not() -> None:
    exactly = found(ORCHARD)
    assert [exactly.share, exactly.gap] == [ONE, 0]
    assert "1.00% of the price" in exactly.sentence
    assert "reaches the target of 1.00%; 1.00% is evidenced" in exactly.sentence
    less = found(replace(ORCHARD, amount=Fraction("999.99")))
    assert less.gap == Fraction("0.01")
    assert "0.99999% of the price" in less.sentence
    assert "misses" in less.sentence


def test_one_per_cent_is_the_target_unless_another_is_set() -> None:
    assert ShareTarget().share == ONE
    assert reckon([ORCHARD], FOUR_YEARS, Fraction(2, 100)).gap == 1000


def test_a_share_is_held_against_the_price() -> None:
    finding = found(replace(ORCHARD, amount=None, share=Fraction("0.015")))
    assert finding.committed == 1500


def test_no_partner_is_said_plainly() -> None:
    assert found().sentence == "The bid names no Good Works organisation."
    assert [found().share, found().gap] == [0, 1000]


def test_without_a_price_amounts_stand_without_a_share() -> None:
    hidden = replace(FOUR_YEARS, price=None, why_no_price="prices are out of sight")
    finding = found(ORCHARD, replace(ORCHARD, name="Elm", amount=None, share=ONE), contract=hidden)
    assert [finding.committed, finding.open_lines] == [1000, 1]
    assert (finding.share, finding.evidenced_share, finding.gap) == (None, None, None)
    assert finding.sentence == (
        "£1,000.00 is committed to Good Works organisations, and 1 line is given as a share; what "
        "that is of the price cannot be told: prices are out of sight."
    )


@pytest.mark.parametrize(
    ("price", "why", "flags"),
    [
        (None, "no price is recorded", ()),
        (
            0,
            "the price is not above zero",
            ("The price is £0.00: no share can be reckoned.",),
        ),
        (
            -5,
            "the price is not above zero",
            ("The price is −£5.00: no share can be reckoned.",),
        ),
        (
            999,
            "the lines come to more than the price",
            ("The lines come to £1,000.00, more than the price of £999.00: ask which is right.",),
        ),
    ],
)
def test_bad_input_price_missing_zero_or_less_than_the_lines(
    price: int | None, why: str, flags: tuple[str, ...]
) -> None:
    amount = None if price is None else Fraction(price)
    finding = found(ORCHARD, contract=replace(FOUR_YEARS, price=amount))
    assert (finding.share, finding.gap, finding.why_no_share) == (None, None, why)
    assert finding.flags == flags
    assert finding.sentence.endswith(f"cannot be told: {why}.")


def test_bad_input_share_and_amount_that_disagree() -> None:
    finding = only(replace(ORCHARD, share=Fraction("0.02")))
    assert finding.against_price == (
        "Amount and share disagree: 2.00% of the price is £2,000.00, the amount of £1,000.00 is "
        "1.00%. The amount counts."
    )
    assert finding.against_price in finding.flags
    assert finding.amount == 1000


@pytest.mark.parametrize(
    ("share", "amount"), [("0.0133", "1330.05"), ("0.01333", "1333.00"), ("0.0000012", "0.12")]
)
def test_share_and_amount_agree_but_for_rounding(share: str, amount: str) -> None:
    partner = replace(ORCHARD, share=Fraction(share), amount=Fraction(amount))
    assert only(partner).against_price == ""
    precise = only(replace(partner, share=Fraction(share) + Fraction(1, 10**7)))
    assert precise.against_price


def test_bad_input_vat_mixed() -> None:
    partner = replace(ORCHARD, includes_vat=True)
    wrong = "The amount is with VAT, prices are without VAT."
    assert refused(partner) == [(0, "Includes VAT", wrong, "Write the amount without VAT.")]
    finding = found(partner)
    assert [finding.committed, finding.partners[0].amount] == [0, None]
    assert wrong in finding.partners[0].flags


def test_bad_input_vat_mixed_between_lines_where_the_price_does_not_say() -> None:
    unsaid = replace(FOUR_YEARS, includes_vat=None)
    lines = (ORCHARD, replace(ORCHARD, name="Elm", includes_vat=True))
    assert refused(*lines, contract=unsaid) == [
        (
            1,
            "Includes VAT",
            "Some amounts of this bid are with VAT, others without it.",
            "Write every amount with VAT, or every amount without it.",
        )
    ]
    assert found(*lines, contract=unsaid).committed == 1000


def test_vat_that_is_not_said_is_flagged_and_a_share_needs_none() -> None:
    said = "Whether the amount includes VAT is not said: it is taken as prices are."
    assert said in only(replace(ORCHARD, includes_vat=None)).flags
    assert only(replace(ORCHARD, includes_vat=None, amount=None, share=ONE)).flags == ()
    unsaid = replace(FOUR_YEARS, includes_vat=None)
    assert only(ORCHARD, unsaid).flags == (
        "Whether prices include VAT is not recorded: amounts and prices may differ in it.",
    )


@pytest.mark.parametrize(
    ("tests", "column", "wrong"),
    [
        (
            (Workforce(Route.ORGANISATION, 0, 0),),
            "Organisation workforce",
            "The workforce of the organisation is not above zero.",
        ),
        (
            (Workforce(Route.JOINT, 10, 11),),
            "Joint disadvantaged",
            (
                "11 disabled or disadvantaged people are more than the workforce of the joint "
                "workforce, 10."
            ),
        ),
        (
            (Workforce(Route.PART, 10, -1),),
            "Part disadvantaged",
            "There cannot be fewer than no people.",
        ),
        (
            (Workforce(Route.ORGANISATION, 10, 3), Workforce(Route.PART, 11, 3)),
            "Part workforce",
            "The part has 11 people, the whole organisation 10.",
        ),
        (
            (Workforce(Route.ORGANISATION, 10, 3), Workforce(Route.PART, 8, 4)),
            "Part disadvantaged",
            "The part has 4 disabled or disadvantaged people, the whole organisation 3.",
        ),
        (
            (Workforce(Route.PART, 10, 3), Workforce(Route.PART, 10, 4)),
            "Part workforce",
            "The figures of the part that performs the contract are given twice.",
        ),
    ],
)
def test_bad_input_workforce_figures(tests: tuple[Workforce, ...], column: str, wrong: str) -> None:
    partner = replace(ORCHARD, tests=tests)
    assert [row[:3] for row in refused(partner)] == [(0, column, wrong)]
    finding = only(partner)
    assert wrong in finding.flags
    assert (finding.test, finding.counts) == (State.UNKNOWN, False)
    assert finding.amount == 1000


def test_a_sound_route_counts_beside_a_spoilt_one() -> None:
    tests = (Workforce(Route.ORGANISATION, 0, 0), Workforce(Route.JOINT, 10, 3))
    assert only(replace(ORCHARD, tests=tests)).test is State.MET


@pytest.mark.parametrize("again", ["Orchard Works", " orchard  WORKS "])
def test_bad_input_one_partner_counted_twice(again: str) -> None:
    lines = (ORCHARD, replace(ORCHARD, name=again))
    once = "Keep one row for each partner and add its amounts up."
    assert refused(*lines) == [(1, "Partner", f"{again} is named twice.", once)]
    assert found(*lines).committed == 1000


def test_bad_input_one_partner_under_two_names() -> None:
    lines = (
        replace(ORCHARD, identifier="CE 014"),
        replace(ORCHARD, name="O W", identifier="ce014"),
    )
    assert [row[1:3] for row in refused(*lines)] == [
        ("Identifier", "O W has the identifier of Orchard Works: one partner counted twice.")
    ]
    assert found(*lines).committed == 1000


@pytest.mark.parametrize(("name", "identifier"), [("alder  LTD", ""), ("A. Ltd", "01")])
def test_bad_input_the_partner_is_the_bidder(name: str, identifier: str) -> None:
    partner = replace(ORCHARD, name=name, identifier=identifier)
    assert [row[1:] for row in refused(partner)] == [
        (
            "Partner",
            "The partner is the bidder itself.",
            "Write yes under Direct where the bidder does the work itself, else another name.",
        )
    ]
    assert found(partner).committed == 0
    itself = replace(partner, direct=True)
    assert refused(itself) == []
    assert found(itself).committed == 1000


def test_direct_under_another_name_is_flagged() -> None:
    flag = "It is said to be the bidder itself, under another name."
    assert only(replace(ORCHARD, direct=True)).flags == (flag,)


def test_bad_input_multi_year_sums_against_a_one_year_price() -> None:
    one_year = replace(FOUR_YEARS, years=Fraction(1))
    partner = replace(ORCHARD, years=3)
    assert refused(partner, contract=one_year) == [
        (
            0,
            "Years",
            "The amount is for 3 years, the contract runs 1 year.",
            "Write what goes to the partner over the whole contract, and leave Years blank.",
        )
    ]
    assert found(partner, contract=one_year).committed == 0
    assert refused(replace(ORCHARD, years=4)) == []
    assert refused(partner, contract=replace(FOUR_YEARS, years=None)) == []
    half = replace(FOUR_YEARS, years=Fraction(3, 2))
    assert refused(partner, contract=half)[0][2] == (
        "The amount is for 3 years, the contract runs 18 months."
    )


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (date(2027, 4, 1), date(2031, 3, 31), Fraction(4)),
        (date(2027, 4, 1), date(2031, 4, 1), Fraction(4)),
        (date(2027, 4, 15), date(2028, 4, 14), Fraction(1)),
        (date(2027, 4, 15), date(2028, 4, 13), Fraction(11, 12)),
        (date(2028, 2, 29), date(2029, 2, 28), Fraction(1)),
        (date(2027, 4, 1), date(2028, 9, 30), Fraction(3, 2)),
        (date(2027, 4, 1), date(2027, 3, 1), None),
        (None, date(2027, 3, 1), None),
    ],
)
def test_how_long_a_contract_runs(
    first: date | None, last: date | None, years: Fraction | None
) -> None:
    assert years_between(first, last) == years


@pytest.mark.parametrize(
    ("change", "column", "wrong"),
    [
        ({"name": " "}, "Partner", "The partner has no name."),
        ({"amount": None}, "Amount", "Neither an amount nor a share is given."),
        ({"amount": Fraction(0)}, "Amount", "The amount is not above zero."),
        ({"amount": Fraction(-1)}, "Amount", "The amount is not above zero."),
        ({"share": Fraction(0)}, "Share", "A share of 0% cannot be."),
        ({"share": Fraction("1.01")}, "Share", "A share of 101% cannot be."),
        ({"years": 0}, "Years", "The years are not above zero."),
    ],
)
def test_bad_input_of_a_line(change: dict[str, object], column: str, wrong: str) -> None:
    partner = replace(ORCHARD, **change)  # type: ignore[arg-type]
    assert [row[:3] for row in refused(partner)] == [(0, column, wrong)]
    finding = found(partner)
    assert wrong in finding.partners[0].flags
    assert finding.committed == 0


@pytest.mark.parametrize(
    ("change", "flag"),
    [
        ({"evidence": ""}, "Committed, not evidenced."),
        ({"evidence": "to be confirmed"}, "Committed, not evidenced."),
        ({"tests": ()}, "The 30% test of s.32(4) has no figures: unknown, and not counted."),
        (
            {"tests": (Workforce(Route.PART, 10, 2),)},
            "Offered as a supported employment provider; the 30% test is not met: not counted.",
        ),
        (
            {"purpose": None},
            "Whether giving work to disadvantaged people is its purpose is not said: not counted.",
        ),
        (
            {"purpose": False, "category": Category.CHARITY},
            "Giving work to disadvantaged people is not its purpose: not counted.",
        ),
    ],
)
def test_what_is_weak_is_flagged_and_not_refused(change: dict[str, object], flag: str) -> None:
    partner = replace(ORCHARD, **change)  # type: ignore[arg-type]
    assert refused(partner) == []
    assert only(partner).flags == (flag,)


def test_the_portfolio_is_sums_over_sums_and_leaves_unknown_ones_out() -> None:
    large = found(ORCHARD, contract=replace(FOUR_YEARS, price=Fraction(300_000)))
    unknown = found(ORCHARD, contract=replace(FOUR_YEARS, price=None))
    over = portfolio([found(replace(ORCHARD, amount=Fraction(3000))), large, unknown])
    assert [over.price, over.committed, over.share] == [400_000, 4000, ONE]
    assert (over.counted, over.left_out) == (2, 1)
    assert portfolio([unknown]).share is None
    assert portfolio([]) == portfolio(())


def test_the_thousand_million_of_one_per_cent() -> None:
    spending = Contract(Fraction(390_000_000_000), includes_vat=False)
    assert found(contract=spending).gap == Fraction(3_900_000_000)


AMOUNTS = st.fractions(min_value=Fraction(1, 100), max_value=10_000, max_denominator=100)
PRICES = st.integers(min_value=100_000, max_value=10**9).map(Fraction)
PEOPLE = st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)).filter(
    lambda two: two[1] <= two[0]
)


def several(amounts: Sequence[Fraction]) -> list[Partner]:
    return [
        replace(ORCHARD, name=f"Partner {number}", amount=amount, evidence="x" * (number % 2))
        for number, amount in enumerate(amounts)
    ]


@given(PEOPLE)
def test_law_the_test_is_met_where_ten_times_the_few_are_three_times_all(
    people: tuple[int, int],
) -> None:
    met = 10 * people[1] >= 3 * people[0]
    assert judged(*people) is (State.MET if met else State.NOT_MET)
    assert (
        "30.00%" in only(replace(ORCHARD, tests=(Workforce(Route.PART, *people),))).test_words
    ) is (10 * people[1] == 3 * people[0])


@given(st.lists(AMOUNTS, max_size=8), PRICES, st.randoms())
def test_law_the_share_knows_no_order_and_evidence_never_exceeds_it(
    amounts: list[Fraction], price: Fraction, dice: object
) -> None:
    lines = several(amounts)
    mixed = sorted(lines, key=lambda _: getattr(dice, "random")())  # noqa: B009 - any of Python's
    contract = replace(FOUR_YEARS, price=price)
    one, other = found(*lines, contract=contract), found(*mixed, contract=contract)
    assert (one.share, one.gap) == (other.share, other.gap)
    assert one.share == sum(amounts, Fraction(0)) / price
    assert one.evidenced <= one.committed
    assert one.gap == max(Fraction(0), ONE * price - one.committed)
    assert (one.gap == 0) is (one.share >= ONE)
    assert ("reaches" in one.sentence) is (bool(lines) and one.share >= ONE)


@given(st.lists(st.tuples(AMOUNTS, PRICES), min_size=1, max_size=6))
def test_law_a_portfolio_lies_between_its_contracts(pairs: list[tuple[Fraction, Fraction]]) -> None:
    every = [
        found(replace(ORCHARD, amount=amount), contract=replace(FOUR_YEARS, price=price))
        for amount, price in pairs
    ]
    shares = [one.share for one in every if one.share is not None]
    over = portfolio(every)
    assert over.share is not None
    assert min(shares) <= over.share <= max(shares)


@given(AMOUNTS, PRICES)
def test_law_a_share_and_its_amount_say_the_same(amount: Fraction, price: Fraction) -> None:
    contract = replace(FOUR_YEARS, price=price)
    by_share = replace(ORCHARD, amount=None, share=amount / price)
    assert found(by_share, contract=contract).share == amount / price
    assert only(replace(by_share, amount=amount), contract).against_price == ""


@given(st.fractions(0, 2), st.fractions(0, 2))
def test_law_two_shares_that_differ_are_shown_apart(one: Fraction, other: Fraction) -> None:
    shown = percent(one, beside=other)
    assert (shown == percent(other, beside=one)) is (one == other)


@given(st.lists(st.tuples(st.integers(1, 9000), st.sampled_from("NS"), st.booleans()), max_size=6))
def test_law_lots_add_up_to_the_bid_where_every_line_names_one(
    given: list[tuple[int, str, bool]],
) -> None:
    lines = [
        replace(
            ORCHARD,
            name=f"Partner {number}",
            amount=Fraction(amount, 100),
            lot=LotId(lot),
            evidence="Letter" if proved else "",
        )
        for number, (amount, lot, proved) in enumerate(given)
    ]
    lots = (LotOfBid(LotId("N"), price=Fraction(600)), LotOfBid(LotId("S"), price=Fraction(400)))
    found = reckon(lines, Contract(Fraction(1000), lots=lots), ONE)
    assert sum(one.finding.committed for one in found.by_lot) == found.committed
    assert sum(one.finding.evidenced for one in found.by_lot) == found.evidenced
    assert all(one.undivided == 0 for one in found.by_lot)
