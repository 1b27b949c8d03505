"""How many KPIs a contract needs: A33 of the procurement rules by name, and each lot's contract."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final

import pytest

from tendereval.domain.ids import LotId
from tendereval.domain.publicvalue.contract_schedule import KpiState
from tendereval.domain.publicvalue.kpi_need import (
    LOT_NOTE,
    KpiFinding,
    kpi_need,
    model_kpi_need,
    value_of,
)
from tendereval.domain.publicvalue.model_rules import NO_KPIS, SocialValueModel
from tendereval.domain.publicvalue.models import model_for
from tendereval.domain.tender import (
    ONLY_LOT,
    BuyerType,
    ContractKind,
    Lot,
    Regime,
    TenderDetails,
)
from tendereval.exchange.model_rules import model_rule

NEW_YEAR, NEW_YEARS_EVE = date(2027, 1, 1), date(2026, 12, 31)
RULES: Final = {model: model_rule(model) for model in SocialValueModel}
CENTRAL: Final = TenderDetails(
    buyer_type=BuyerType.CENTRAL,
    regime=Regime.PA2023,
    notice_date=NEW_YEAR,
    estimated_value=Fraction(2_000_000),
    estimated_value_includes_vat=True,
)


def need(details: TenderDetails, chosen: int, opt_out: str) -> KpiFinding:
    """What section 52 asks of the only contract of a tender."""
    return kpi_need(details, value_of(details, (Lot(ONLY_LOT),), ONLY_LOT), chosen, opt_out)


def a_contract(value: str, kind: ContractKind | None = None) -> TenderDetails:
    return replace(CENTRAL, estimated_value=Fraction(value), contract_kind=kind)


A33: Final = [
    ("5000000", 0, "", False, 0),
    ("5000000.01", 0, "", True, 3),
    ("5000000.01", 2, "", True, 3),
    ("5000000.01", 3, "", False, 3),
    ("5000000.01", 0, "Nothing about it can be measured.", False, 0),
    ("5000000.01", 0, "  ", True, 3),
]


@pytest.mark.parametrize(("value", "chosen", "opt_out", "warns", "needed"), A33)
def test_a33_three_kpis_or_a_reason_above_five_million(
    value: str, chosen: int, opt_out: str, *, warns: bool, needed: int
) -> None:
    found = need(a_contract(value), chosen, opt_out)
    assert (found.warns, found.needed) == (warns, needed)


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        (ContractKind.FRAMEWORK, "frameworks"),
        (ContractKind.CONCESSION, "concession contracts"),
        (ContractKind.LIGHT_TOUCH, "light touch contracts"),
    ],
)
def test_a33_no_warning_for_frameworks_concessions_and_light_touch(
    kind: ContractKind, named: str
) -> None:
    found = need(a_contract("9000000", kind), 0, "")
    assert (found.warns, found.needed) == (False, 0)
    assert found.sentence == f"Section 52 asks for no KPIs in {named}."


def test_a33_no_warning_for_utilities_which_may_be_private() -> None:
    found = need(a_contract("9000000", ContractKind.UTILITIES), 1, "")
    assert (found.warns, found.needed) == (False, None)
    assert found.sentence == (
        "Section 52 asks private utilities for no KPIs; a public one needs 3 above £5,000,000: "
        "1 chosen so far."
    )


def test_a33_in_words() -> None:
    assert need(a_contract("5000000"), 0, "").sentence == (
        "At £5,000,000.00 section 52 asks for no KPIs: it begins above £5,000,000."
    )
    assert need(a_contract("6000000"), 1, "").sentence == (
        "Section 52 asks for at least 3 KPIs above £5,000,000: 1 chosen so far."
    )
    assert need(a_contract("6000000"), 4, "").sentence == (
        "4 KPIs are chosen; section 52 asks for 3."
    )
    assert need(a_contract("6000000"), 0, "None can be measured.").sentence == (
        "No KPIs are published; the reason under section 52(2): None can be measured."
    )


def test_section_52_is_of_the_act_alone_and_needs_the_value_with_vat() -> None:
    old = need(replace(a_contract("9000000"), regime=Regime.PCR2015), 0, "")
    assert (old.warns, old.needed) == (False, 0)
    welsh = need(replace(a_contract("9000000"), regime=Regime.PA2023_WALES), 0, "")
    assert welsh.warns
    unknown = need(replace(a_contract("4500000"), estimated_value_includes_vat=None), 0, "")
    assert (unknown.warns, unknown.needed) == (False, None)
    assert unknown.sentence == (
        "Whether section 52 asks for KPIs needs the estimated value including VAT."
    )


PPN026_KPIS: Final = [
    ("4999999.99", 0, 0, False),
    ("5000000", 2, 3, True),
    ("5000000", 3, 3, False),
]


@pytest.mark.parametrize(("value", "chosen", "needed", "warns"), PPN026_KPIS)
def test_ppn_026_asks_from_five_million_on_and_apart_from_section_52(
    value: str, chosen: int, needed: int, *, warns: bool
) -> None:
    details = a_contract(value)
    found = model_kpi_need(details, model_for(details, RULES), chosen)
    assert (found.needed, found.warns) == (needed, warns)
    assert not need(details, chosen, "").warns


def test_what_ppn_026_asks_is_not_verified_and_needs_the_value() -> None:
    details = a_contract("5000000")
    choice = model_for(details, RULES)
    assert model_kpi_need(details, choice, 0).sentence == (
        "PPN 026 asks for 3 KPIs from £5,000,000 (one secondary source, not verified): "
        "0 chosen so far."
    )
    blank = replace(details, estimated_value=None)
    assert model_kpi_need(blank, choice, 0).needed is None
    other = model_for(replace(details, notice_date=NEW_YEARS_EVE), RULES)
    assert model_kpi_need(details, other, 0).needed == 0


# Values that decide although something about them is not recorded.


@pytest.mark.parametrize("vat", [None, False])
def test_what_is_above_without_vat_is_above_with_it(vat: bool | None) -> None:  # noqa: FBT001
    told = replace(a_contract("5000000.01"), estimated_value_includes_vat=vat)
    assert (need(told, 0, "").warns, need(told, 0, "").needed) == (True, 3)
    at = replace(a_contract("5000000"), estimated_value_includes_vat=vat)
    assert (need(at, 0, "").warns, need(at, 0, "").needed) == (False, None)


@pytest.mark.parametrize(
    ("value", "needed"), [("4166666.66", 0), ("4166666.67", None), ("5000000", None)]
)
def test_what_is_not_above_with_vat_at_the_standard_rate_asks_for_none(
    value: str, needed: int | None
) -> None:
    """£4,166,666.66 and a fifth of it are £4,999,999.992; a penny more may be above."""
    told = replace(a_contract(value), estimated_value_includes_vat=False)
    assert (need(told, 0, "").needed, need(told, 0, "").warns) == (needed, False)


def test_a_value_without_vat_says_what_it_comes_to_at_most() -> None:
    told = replace(a_contract("1200000"), estimated_value_includes_vat=False)
    assert need(told, 0, "").sentence == (
        "At £1,200,000.00 without VAT section 52 asks for no KPIs: with VAT that is at most "
        "£1,440,000.00, and it begins above £5,000,000."
    )
    open_ = need(replace(told, estimated_value_includes_vat=None), 0, "").sentence
    assert open_.startswith("At £1,200,000.00, with VAT or without, section 52 asks for no KPIs")


def test_another_currency_tells_nothing_about_a_figure_in_pounds() -> None:
    found = need(replace(a_contract("9000000"), currency="EUR"), 0, "")
    assert (found.warns, found.needed) == (False, None)
    choice = model_for(replace(a_contract("9000000"), currency="EUR"), RULES)
    assert (choice.model, choice.least_weight) == (None, None)


# Lots: each is a contract of its own.

NORTH, SOUTH = LotId("North"), LotId("South")


def of_lot(
    whole: str,
    own: str | None,
    chosen: int = 0,
    opt_out: str = "",
    kind: ContractKind | None = None,
) -> KpiFinding:
    lots = (Lot(NORTH, "", None if own is None else Fraction(own)), Lot(SOUTH))
    details = a_contract(whole, kind)
    return kpi_need(details, value_of(details, lots, NORTH), chosen, opt_out)


LOTS: Final = [
    ("9000000", "4000000", 0, False, 0),
    ("9000000", "5000000", 0, False, 0),
    ("9000000", "5000000.01", 2, True, 3),
    ("9000000", "5000000.01", 3, False, 3),
    ("5000000", None, 0, False, 0),
    ("5000000.01", None, 0, True, None),
    ("5000000.01", None, 3, False, None),
]


@pytest.mark.parametrize(("whole", "own", "chosen", "warns", "needed"), LOTS)
def test_section_52_looks_at_the_contract_of_each_lot(
    whole: str, own: str | None, chosen: int, *, warns: bool, needed: int | None
) -> None:
    found = of_lot(whole, own, chosen)
    assert (found.warns, found.needed) == (warns, needed)


def test_a_reason_for_none_settles_nothing_for_a_contract_with_too_few() -> None:
    above, unknown = ("9000000", "6000000"), ("9000000", None)
    for whole, own in (above, unknown):
        assert not of_lot(whole, own, 0, "Cannot be measured.").warns
        assert of_lot(whole, own, 2, "Cannot be measured.").warns
        assert not of_lot(whole, own, 3, "Cannot be measured.").warns


def test_a_lot_without_a_value_of_its_own_says_what_is_not_known() -> None:
    assert of_lot("9000000", None).sentence == (
        "Section 52 asks for at least 3 KPIs where this lot's contract is above £5,000,000; its "
        "own value is not recorded, all lots together come to £9,000,000.00: 0 chosen so far."
    )
    assert of_lot("4000000", None).sentence == (
        "At £4,000,000.00 for all lots together section 52 asks for no KPIs: it begins above "
        "£5,000,000."
    )
    assert not of_lot("9000000", None, 0, "Cannot be measured.").warns
    assert of_lot("9000000", None, kind=ContractKind.FRAMEWORK).needed == 0


def state(**by_lot: KpiFinding) -> KpiState:
    found = {LotId(lot): item for lot, item in by_lot.items()}
    return KpiState(found, (), (), "", KpiFinding(0, warns=False, sentence="No model asks."))


def test_lots_are_named_where_they_differ_and_the_rule_is_said() -> None:
    above, below = of_lot("9000000", "6000000"), of_lot("9000000", "3000000")
    both = state(North=above, South=below)
    assert both.words == (LOT_NOTE, f"Lot North: {above.sentence}", f"Lot South: {below.sentence}")
    assert both.warnings == (f"Lot North: {above.sentence}",)
    alike = state(North=above, South=above)
    assert alike.words == (LOT_NOTE, f"Each lot: {above.sentence}")
    assert len(alike.warnings) == 2
    assert state(North=below, South=below).words == (below.sentence,)
    assert (state(North=above).words, state(North=above).warnings) == (
        (above.sentence,),
        (above.sentence,),
    )


def test_a_model_that_asks_for_none_is_silent() -> None:
    choice = replace(model_for(a_contract("9000000"), RULES), kpis=NO_KPIS)
    assert model_kpi_need(a_contract("9000000"), choice, 0).needed == 0
