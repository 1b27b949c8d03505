"""Which model, least weight and KPIs: A25, A26 and A33 of the procurement rules by name."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.errors import ExchangeProblem
from tendereval.domain.ids import LotId
from tendereval.domain.publicvalue.model_rules import ModelRules, SocialValueModel, WeightBand
from tendereval.domain.publicvalue.models import (
    Certainty,
    ModelChoice,
    model_for,
    value_including_vat,
)
from tendereval.domain.publicvalue.social_weight import social_value_weight
from tendereval.domain.tender import (
    ONLY_LOT,
    AwardRule,
    BuyerType,
    ContractKind,
    CriterionKind,
    Lot,
    Method,
    Regime,
    TenderDetails,
    WeightMode,
)
from tendereval.exchange.model_rules import model_rule
from tests.builders import a_criterion, a_method, a_price, a_section

PPN0620, PPN002, PPN026 = SocialValueModel
NEW_YEAR, NEW_YEARS_EVE = date(2027, 1, 1), date(2026, 12, 31)
RULES: Final = {model: model_rule(model) for model in SocialValueModel}
CENTRAL: Final = TenderDetails(
    buyer_type=BuyerType.CENTRAL,
    regime=Regime.PA2023,
    notice_date=NEW_YEAR,
    estimated_value=Fraction(2_000_000),
    estimated_value_includes_vat=True,
)
OTHERS: Final = [buyer for buyer in BuyerType if buyer is not BuyerType.CENTRAL]


def central(value: str, notice: date | None = NEW_YEAR) -> ModelChoice:
    return model_for(replace(CENTRAL, estimated_value=Fraction(value), notice_date=notice), RULES)


A25: Final = [
    ("999999.99", NEW_YEAR, None, None),
    ("1000000", NEW_YEAR, PPN026, 10),
    ("4999999.99", NEW_YEAR, PPN026, 10),
    ("5000000", NEW_YEAR, PPN026, 20),
    ("2000000", NEW_YEARS_EVE, PPN002, 10),
    ("900000", NEW_YEARS_EVE, PPN002, 10),
]


@pytest.mark.parametrize(("value", "notice", "model", "least"), A25)
def test_a25_the_model_by_notice_date_and_its_least_weight_by_value(
    value: str, notice: date, model: SocialValueModel | None, least: int | None
) -> None:
    choice = central(value, notice)
    assert (choice.model, choice.least_weight) == (model, least)
    expected = Certainty.APPLIES if model else Certainty.NONE
    assert (choice.certainty, choice.differs) == (expected, "")


def test_a25_below_a_million_says_that_no_weight_is_laid_down() -> None:
    assert central("999999.99").because == (
        "PPN 026 begins at £1,000,000 including VAT; no weight is laid down below."
    )


def test_a25_without_a_notice_date_the_model_is_unknown() -> None:
    choice = central("2000000", None)
    assert (choice.model, choice.certainty, choice.least_weight) == (None, Certainty.UNKNOWN, None)
    assert choice.because == (
        "The date of the tender notice is not given. Which model applies is unknown."
    )


def test_the_weight_of_ppn_026_says_that_it_was_seen_in_secondary_sources_only() -> None:
    assert central("5000000").because.endswith("The weight was seen in secondary sources only.")
    assert not central("5000000").is_verified
    assert central("5000000", NEW_YEARS_EVE).is_verified


UNKNOWN: Final = [
    (replace(CENTRAL, buyer_type=None), "The buyer type is not given."),
    (replace(CENTRAL, regime=None), "The regime is not given."),
    (
        replace(CENTRAL, regime=Regime.BELOW_THRESHOLD),
        "Whether the models bind below the threshold was not seen in a source.",
    ),
    (replace(CENTRAL, estimated_value=None), "The estimated value including VAT is not given."),
    (
        replace(CENTRAL, estimated_value_includes_vat=None),
        "The estimated value including VAT is not given.",
    ),
    (
        replace(CENTRAL, estimated_value_includes_vat=False),
        "The estimated value including VAT is not given.",
    ),
]


@pytest.mark.parametrize(("details", "why"), UNKNOWN)
def test_what_is_missing_makes_the_model_unknown_and_never_a_default(
    details: TenderDetails, why: str
) -> None:
    choice = model_for(details, RULES)
    assert choice.because == f"{why} Which model applies is unknown."
    assert (choice.model, choice.certainty) == (None, Certainty.UNKNOWN)


def test_a_procurement_under_the_old_rules_has_ppn_06_20_whatever_its_notice_says() -> None:
    old = model_for(replace(CENTRAL, regime=Regime.PCR2015, notice_date=None), RULES)
    assert (old.model, old.least_weight) == (PPN0620, Fraction(10))
    assert old.because == "It runs under the rules of 2015."


@pytest.mark.parametrize(
    ("notice", "is_told"), [(date(2025, 9, 30), True), (date(2025, 10, 1), False)]
)
def test_the_transition_to_ppn_002_is_told(notice: date, *, is_told: bool) -> None:
    choice = central("2000000", notice)
    assert choice.model is PPN002
    assert ("until then the tender may name PPN 06/20" in choice.because) is is_told


@pytest.mark.parametrize("buyer", OTHERS)
def test_councils_the_nhs_and_others_choose(buyer: BuyerType) -> None:
    free = replace(CENTRAL, buyer_type=buyer)
    choice = model_for(free, RULES)
    assert (choice.model, choice.certainty) == (None, Certainty.OPEN)
    assert choice.because == "The models bind central government; choose one or none."
    taken = model_for(replace(free, social_value_model="PPN 026"), RULES)
    assert (taken.model, taken.certainty, taken.least_weight) == (PPN026, Certainty.CHOSEN, None)
    assert taken.because == (
        "The tender names PPN 026. Its least weight binds central government only."
    )


def test_defence_contracts_are_outside_the_models() -> None:
    choice = model_for(replace(CENTRAL, contract_kind=ContractKind.DEFENCE), RULES)
    assert (choice.model, choice.certainty) == (None, Certainty.NONE)


NAMED: Final = [
    ("PPN 06/20", PPN0620),
    ("ppn0620", PPN0620),
    (" PPN  002 ", PPN002),
    ("Social Value Model, PPN 002 (February 2025)", PPN002),
    ("PPN026", PPN026),
    ("TOMs", None),
    ("PPN 002 or PPN 026", None),
    ("own", None),
    ("none", None),
]


@pytest.mark.parametrize(("text", "model"), NAMED)
def test_what_the_tender_names_stands(text: str, model: SocialValueModel | None) -> None:
    choice = model_for(replace(CENTRAL, social_value_model=text), RULES)
    assert (choice.model, choice.certainty) == (model, Certainty.CHOSEN)


def test_what_the_tender_names_is_told_in_words() -> None:
    said = {
        text: model_for(replace(CENTRAL, social_value_model=text), RULES).because
        for text in ("PPN 002", "none", "own", "TOMs")
    }
    assert said == {
        "PPN 002": "The tender names PPN 002.",
        "none": "The tender says that it uses no model.",
        "own": "The tender uses the authority's own criteria.",
        "TOMs": "The tender names “TOMs”, none of the three models.",
    }


def test_a_name_that_does_not_fit_notice_and_buyer_is_told_and_stands() -> None:
    late = model_for(replace(CENTRAL, social_value_model="PPN 002"), RULES)
    assert late.model is PPN002
    assert late.differs == ("By its notice and buyer PPN 026 applies: see why the tender differs.")
    assert model_for(replace(CENTRAL, social_value_model="PPN 026"), RULES).differs == ""
    assert model_for(replace(CENTRAL, social_value_model="none"), RULES).differs
    council = replace(CENTRAL, buyer_type=BuyerType.SUB_CENTRAL, social_value_model="none")
    assert model_for(council, RULES).differs == ""


def test_a_named_model_of_an_unknown_buyer_has_no_least_weight() -> None:
    choice = model_for(TenderDetails(social_value_model="PPN 002"), RULES)
    assert (choice.model, choice.least_weight) == (PPN002, None)
    assert choice.because.endswith("Whether its least weight binds needs the buyer type.")


def test_ppn_026_named_for_a_small_or_unknown_value_lays_down_no_weight() -> None:
    named = replace(CENTRAL, social_value_model="PPN 026")
    small = model_for(replace(named, estimated_value=Fraction("999999.99")), RULES)
    assert small.because == (
        "The tender names PPN 026. No weight is laid down for a value of £999,999.99 including VAT."
    )
    unknown = model_for(replace(named, estimated_value=None), RULES)
    assert unknown.because.endswith("Its least weight needs the estimated value including VAT.")
    assert small.least_weight is unknown.least_weight is None


@given(
    st.dates(date(2025, 2, 24), date(2035, 1, 1)),
    st.fractions(min_value=0, max_value=10_000_000, max_denominator=100),
)
def test_the_model_goes_by_the_tenders_own_documents_alone(notice: date, value: Fraction) -> None:
    choice = model_for(replace(CENTRAL, notice_date=notice, estimated_value=value), RULES)
    if notice < NEW_YEAR:
        assert (choice.model, choice.least_weight) == (PPN002, Fraction(10))
    elif value < 1_000_000:
        assert (choice.model, choice.least_weight) == (None, None)
    else:
        assert (choice.model, choice.least_weight) == (
            PPN026,
            Fraction(10 if value < 5_000_000 else 20),
        )


def with_rule(model: SocialValueModel, **changed: object) -> ModelRules:
    return {**RULES, model: replace(RULES[model], **changed)}  # type: ignore[arg-type]


def test_newer_data_bring_other_weights() -> None:
    band = (WeightBand(Fraction(1_000_000), None, Fraction(15)),)
    assert model_for(CENTRAL, with_rule(PPN026, weights=band)).least_weight == 15
    none = model_for(CENTRAL, with_rule(PPN026, weights=()))
    assert none.because.endswith("No least weight is known.")


def test_newer_data_bring_other_days_and_values() -> None:
    """A model put off by three months leaves its notices to the model before it."""
    later = with_rule(PPN026, notices_from=date(2027, 4, 1), choice_verified=True)
    march = replace(CENTRAL, notice_date=date(2027, 3, 31))
    assert model_for(march, later).model is PPN002
    assert model_for(march, later).because == "Its notice is dated before 1 April 2027."
    assert model_for(replace(CENTRAL, notice_date=date(2027, 4, 1)), later).model is PPN026
    dearer = with_rule(PPN026, value_from=Fraction(3_000_000))
    assert model_for(CENTRAL, dearer).because == (
        "PPN 026 begins at £3,000,000 including VAT; no weight is laid down below."
    )


def test_a_day_that_is_not_verified_says_so_on_either_side_of_it() -> None:
    seen = "1 January 2027 (a day seen in secondary sources only)"
    assert central("2000000", NEW_YEARS_EVE).because == f"Its notice is dated before {seen}."
    assert central("2000000").because.startswith(f"Its notice is dated from {seen} on.")
    sure = with_rule(PPN026, choice_verified=True, weight_verified=True)
    assert model_for(CENTRAL, sure).because == "Its notice is dated from 1 January 2027 on."
    assert model_for(CENTRAL, sure).is_verified


def test_a_model_whose_data_are_not_held_is_not_chosen() -> None:
    lacking = {model: rule for model, rule in RULES.items() if model is not PPN0620}
    old = model_for(replace(CENTRAL, regime=Regime.PCR2015), lacking)
    assert (old.model, old.certainty) == (None, Certainty.UNKNOWN)
    early = central("2000000", date(2025, 2, 23))
    assert (early.model, early.certainty) == (None, Certainty.UNKNOWN)
    named = replace(CENTRAL, social_value_model="PPN 06/20")
    assert model_for(named, lacking).because.endswith("No least weight is known.")


def test_the_bundled_data_have_the_days_and_weights_that_the_rules_name() -> None:
    days = {model: (rule.rules_of_2015, rule.notices_from) for model, rule in RULES.items()}
    assert days == {
        PPN0620: (True, None),
        PPN002: (False, date(2025, 2, 24)),
        PPN026: (False, date(2027, 1, 1)),
    }
    assert (RULES[PPN002].binds_from, RULES[PPN002].until_then) == (date(2025, 10, 1), PPN0620)
    million = Fraction(1_000_000)
    assert RULES[PPN026].value_from == million
    assert (RULES[PPN026].kpis.number, RULES[PPN026].kpis.begins) == (3, 5 * million)
    whole = (WeightBand(Fraction(0), None, Fraction(10)),)
    assert RULES[PPN0620].weights == RULES[PPN002].weights == whole
    assert RULES[PPN026].weights == (
        WeightBand(million, 5 * million, Fraction(10)),
        WeightBand(5 * million, None, Fraction(20)),
    )
    unseen = [model for model, rule in RULES.items() if not rule.choice_verified]
    assert unseen == [PPN026]


def data_file(**more: object) -> str:
    choice = {"source": "PPN 002", "notices_from": "2025-02-24"}
    return json.dumps({"choice": choice, **more})


REFUSED: Final = [
    ('{"min_weight_percent": 12}', "choice"),
    (data_file(min_weight_percent=101), "a least weight is not a share of 100"),
    (data_file(choice={"source": "x"}), "neither or both"),
    (
        data_file(choice={"source": "x", "rules_of_2015": True, "notices_from": "2025-02-24"}),
        "neither or both",
    ),
    (data_file(choice={"source": "x", "notices_from": "soon"}), "no data|not a data file"),
    (
        data_file(choice={"source": "x", "notices_from": "2025-02-24", "binds_from": "2025-02-23"}),
        "binds before its first day",
    ),
    (data_file(reporting={"kpis": -1}), "a number is below zero"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_a_data_file_that_cannot_be_is_refused(text: str, why: str) -> None:
    with pytest.raises(ExchangeProblem, match=why):
        model_rule(PPN002, text)


def test_a_data_file_says_what_it_holds_and_no_more() -> None:
    found = model_rule(PPN002, data_file(min_weight_percent=12))
    assert (found.weights[0].percent, found.weight_verified) == (Fraction(12), False)
    assert model_rule(PPN002, data_file()).weights == ()


def test_a_value_without_its_vat_is_no_value_with_vat() -> None:
    assert value_including_vat(CENTRAL) == 2_000_000
    assert value_including_vat(replace(CENTRAL, estimated_value_includes_vat=False)) is None


TEN: Final = central("2000000", NEW_YEARS_EVE)


def a_weighed_method(*, quality: str, social: str, rule: AwardRule, price: str = "40") -> Method:
    method = a_method(
        a_criterion("Q1", quality),
        a_criterion("SV1", social, kind=CriterionKind.SOCIAL_VALUE),
        a_price(price),
    )
    return replace(method, award_rule=rule)


ABSOLUTE: Final = [
    AwardRule.PRICE_PER_QUALITY_POINT,
    AwardRule.QUALITY_PER_POUND,
    AwardRule.WEIGHTED_VALUE_FOR_MONEY,
]


@pytest.mark.parametrize("rule", ABSOLUTE)
def test_a26_six_of_sixty_passes_where_the_rule_is_absolute(rule: AwardRule) -> None:
    found = social_value_weight(
        a_weighed_method(quality="54", social="6", rule=rule), ONLY_LOT, TEN
    )
    assert (found.weight, found.is_enough) == (Fraction(10), True)
    assert found.sentence == (
        "Social value has 10% of the marks other than price: enough (PPN 002 asks for 10%)."
    )


def test_a26_six_with_price_forty_warns_under_a_weighted_total() -> None:
    method = a_weighed_method(quality="54", social="6", rule=AwardRule.WEIGHTED_TOTAL)
    found = social_value_weight(method, ONLY_LOT, TEN)
    assert (found.weight, found.is_enough) == (Fraction(6), False)
    assert found.sentence == (
        "Social value has 6% of all marks: below the least weight (PPN 002 asks for 10%)."
    )


def test_a_hair_below_the_least_weight_is_below_and_never_shown_as_reached() -> None:
    method = a_weighed_method(quality="50.00001", social="9.99999", rule=AwardRule.WEIGHTED_TOTAL)
    found = social_value_weight(method, ONLY_LOT, TEN)
    assert found.is_enough is False
    assert found.sentence.startswith("Social value has about 9.99% of all marks: below")


def test_without_price_in_the_marks_it_says_so() -> None:
    method = a_method(
        a_criterion("Q1", 90), a_criterion("SV1", 10, kind=CriterionKind.SOCIAL_VALUE)
    )
    found = social_value_weight(method, ONLY_LOT, TEN)
    assert (found.weight, found.of) == (Fraction(10), "the marks other than price")


def test_a_quality_question_of_a_model_criterion_counts_as_social_value() -> None:
    coded = replace(a_criterion("Q2", 10), model_criterion="PPN002:1c")
    method = a_method(a_criterion("Q1", 50), coded, a_price(40))
    assert social_value_weight(method, ONLY_LOT, TEN).weight == 10
    public = a_criterion("PV1", 10, kind=CriterionKind.PUBLIC_VALUE)
    plain = a_method(a_criterion("Q1", 50), public, a_price(40))
    assert social_value_weight(plain, ONLY_LOT, TEN).weight == 0


def test_weights_of_parents_count_as_the_marks_they_come_to() -> None:
    method = a_method(
        a_section("S", 60),
        a_criterion("Q1", 75, parent="S"),
        a_criterion("SV1", 25, parent="S", kind=CriterionKind.SOCIAL_VALUE),
        a_price(40),
    )
    found = social_value_weight(replace(method, weights_are=WeightMode.OF_PARENT), ONLY_LOT, TEN)
    assert found.weight == 15


def test_each_lot_is_looked_at_by_itself() -> None:
    social = CriterionKind.SOCIAL_VALUE
    method = replace(
        a_method(
            a_criterion("Q1", 50),
            a_criterion("SV1", 10, kind=social, lot="1"),
            a_criterion("SV2", 5, kind=social, lot="2"),
            a_criterion("Q2", 5, lot="2"),
            a_price(40),
        ),
        lots=(Lot(LotId("1")), Lot(LotId("2"))),
    )
    found = [social_value_weight(method, lot.ref, TEN) for lot in method.lots]
    assert [(item.weight, item.is_enough) for item in found] == [
        (Fraction(10), True),
        (Fraction(5), False),
    ]


def test_nothing_weighed_and_no_least_weight_are_neither_enough_nor_too_little() -> None:
    nothing = social_value_weight(a_method(), ONLY_LOT, TEN)
    assert (nothing.weight, nothing.is_enough) == (None, None)
    assert nothing.sentence == "Nothing is weighed yet."
    free = model_for(replace(CENTRAL, buyer_type=BuyerType.NHS), RULES)
    method = a_weighed_method(quality="54", social="6", rule=AwardRule.WEIGHTED_TOTAL)
    found = social_value_weight(method, ONLY_LOT, free)
    assert (found.weight, found.is_enough) == (Fraction(6), None)
    assert found.sentence == (
        "Social value has 6% of all marks. The models bind central government; choose one or none."
    )


@given(st.integers(min_value=0, max_value=60), st.sampled_from(list(AwardRule)), st.integers(1, 40))
def test_more_weight_is_never_less_enough(social: int, rule: AwardRule, price: int) -> None:
    def enough(marks: int) -> bool | None:
        method = a_weighed_method(
            quality=str(61 - marks), social=str(marks), rule=rule, price=str(price)
        )
        return social_value_weight(method, ONLY_LOT, TEN).is_enough

    assert enough(social) is False or enough(social + 1) is True
