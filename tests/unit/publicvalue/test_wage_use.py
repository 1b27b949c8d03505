"""What a tender may make of the living wage check, and what a council records for it."""

import pytest

from tendereval.domain.publicvalue.living_wage import WageSetting, WageUse
from tendereval.domain.publicvalue.wage_use import (
    council_gaps,
    criterion_problems,
    is_english_council,
    is_made_a_condition,
    setting_problems,
    use_in_words,
)
from tendereval.domain.tender import BuyerType, CriterionKind, Regime, TenderDetails
from tests.builders import a_criterion, a_method

METHOD = a_method(
    a_criterion("Q1", 60),
    a_criterion("Q2", 40, minimum=3),
    a_criterion("R1", kind=CriterionKind.REQUIREMENT),
    a_criterion("C1", kind=CriterionKind.CONDITION_OF_PARTICIPATION),
    a_criterion("I1", kind=CriterionKind.INFORMATION),
)
CENTRAL = TenderDetails(buyer_type=BuyerType.CENTRAL)
COUNCIL = TenderDetails(buyer_type=BuyerType.SUB_CENTRAL, regime=Regime.PA2023)


def test_a_new_tender_has_the_check_on_as_information() -> None:
    fresh = WageSetting()
    assert (fresh.use, fresh.chosen) == (WageUse.INFORMATION, False)
    assert setting_problems(fresh, CENTRAL, METHOD) == ()


@pytest.mark.parametrize("use", [use for use in WageUse if use is not WageUse.OFF])
def test_pay_is_never_a_condition_of_participation(use: WageUse) -> None:
    wrong = setting_problems(WageSetting(use, criterion="c1"), CENTRAL, METHOD)
    assert wrong == (
        (
            "C1 is a condition of participation. Pay is never a condition of participation: such "
            "a condition tests only legal and financial capacity or technical ability "
            "(Procurement Act 2023, s.22(1))."
        ),
    )


FITS = [
    (WageUse.REQUIREMENT, "", ()),
    (WageUse.REQUIREMENT, "R1", ()),
    (WageUse.REQUIREMENT, "Q1", ("Q1 is not a requirement.",)),
    (WageUse.DISQUALIFYING, "R1", ()),
    (WageUse.DISQUALIFYING, "Q2", ()),
    (
        WageUse.DISQUALIFYING,
        "Q1",
        ("Nobody can fail Q1: it is no requirement and has no minimum.",),
    ),
    (
        WageUse.DISQUALIFYING,
        " ",
        ("The use “criterion whose failure disqualifies” needs the criterion it belongs to.",),
    ),
    (WageUse.SCORED, "q1", ()),
    (WageUse.SCORED, "I1", ("I1 is not a scored question.",)),
    (WageUse.SCORED, "", ("The use “scored question” needs the criterion it belongs to.",)),
    (WageUse.SCORED, "Q9", ("There is no criterion Q9 in the method.",)),
    (WageUse.INFORMATION, "", ()),
    (WageUse.INFORMATION, "I1", ()),
    (WageUse.INFORMATION, "Q1", ()),
]


@pytest.mark.parametrize(("use", "criterion", "problems"), FITS)
def test_each_use_needs_a_criterion_that_fits(
    use: WageUse, criterion: str, problems: tuple[str, ...]
) -> None:
    assert criterion_problems(WageSetting(use, criterion=criterion), METHOD) == problems


def test_off_needs_a_reason_and_nothing_else() -> None:
    off = WageSetting(WageUse.OFF)
    assert setting_problems(off, COUNCIL, METHOD) == (
        "Turning the living wage check off needs a reason.",
    )
    assert setting_problems(WageSetting(WageUse.OFF, reason="Goods."), COUNCIL, METHOD) == ()


@pytest.mark.parametrize(
    ("buyer", "regime", "expected"),
    [
        (None, None, None),
        (BuyerType.SUB_CENTRAL, Regime.PA2023, True),
        (BuyerType.SUB_CENTRAL, None, True),
        (BuyerType.SUB_CENTRAL, Regime.PA2023_WALES, False),
        (BuyerType.SUB_CENTRAL, Regime.SCOTLAND, False),
        (BuyerType.CENTRAL, Regime.PA2023, False),
        (BuyerType.NHS, Regime.PA2023, False),
        (BuyerType.DEVOLVED_WELSH, Regime.PA2023, False),
        (BuyerType.SCOTTISH, None, False),
        (BuyerType.NORTHERN_IRISH, None, False),
    ],
)
def test_whom_the_act_of_1988_binds(
    buyer: BuyerType | None,
    regime: Regime | None,
    expected: bool | None,  # noqa: FBT001 - a table
) -> None:
    assert is_english_council(TenderDetails(buyer_type=buyer, regime=regime)) is expected


@pytest.mark.parametrize("use", [use for use in WageUse if use is not WageUse.OFF])
def test_a_council_records_reason_relevance_and_proportionality(use: WageUse) -> None:
    bare = WageSetting(use, relevance=" ")
    assert council_gaps(bare, COUNCIL) == ("reason", "relevance", "proportionality")
    assert council_gaps(bare, CENTRAL) == council_gaps(bare, TenderDetails()) == ()
    half = WageSetting(use, criterion="", reason="Turnover of staff.", proportionality="Few roles.")
    assert council_gaps(half, COUNCIL) == ("relevance",)


def test_a_council_is_told_the_law_and_what_is_missing() -> None:
    half = WageSetting(reason="Turnover of staff.", proportionality="Few roles.")
    assert setting_problems(half, COUNCIL, METHOD) == (
        (
            "A council in England treats workforce matters as non-commercial (Local Government Act "
            "1988, s.17(5)(a)); where s.17(11) lets it ask about pay, it records why, how that is "
            "relevant to the contract and how it is proportionate. Missing: relevance."
        ),
    )


def test_a_criterion_that_became_a_condition_is_found() -> None:
    assert is_made_a_condition(WageSetting(WageUse.SCORED, criterion="C1"), METHOD)
    assert not is_made_a_condition(WageSetting(WageUse.SCORED, criterion="Q1"), METHOD)
    assert not is_made_a_condition(WageSetting(), METHOD)


SENTENCES = [
    (
        WageSetting(),
        (
            "The living wage check is information: it changes no mark and no rank. "
            "The lead has not chosen otherwise."
        ),
    ),
    (
        WageSetting(chosen=True, criterion="I1"),
        "The living wage check is information under I1: it changes no mark and no rank.",
    ),
    (
        WageSetting(WageUse.REQUIREMENT, chosen=True),
        "Paying the real Living Wage is a requirement of the contract.",
    ),
    (
        WageSetting(WageUse.DISQUALIFYING, chosen=True, criterion="R1"),
        "Not paying the real Living Wage disqualifies a tender under R1, as published.",
    ),
    (
        WageSetting(WageUse.SCORED, chosen=True, criterion="Q1"),
        "Pay is scored under Q1, as published.",
    ),
    (
        WageSetting(WageUse.OFF, chosen=True, reason="Goods only."),
        "The living wage check is off: Goods only.",
    ),
]


@pytest.mark.parametrize(("setting", "sentence"), SENTENCES)
def test_every_use_is_said_in_one_sentence(setting: WageSetting, sentence: str) -> None:
    assert use_in_words(setting) == sentence
