"""Figures for the contract award notice: A20, A21, and what is not known."""

from dataclasses import replace
from datetime import date

import pytest

from tendereval.domain.award_dates import AwardDates, date_problems, date_warnings
from tendereval.domain.bidding import BidStatus
from tendereval.domain.ids import LotId
from tendereval.domain.notice_figures import NoticeFigures, NoticeForm, notice_figures
from tendereval.domain.report_model import ReportModel
from tendereval.domain.standstill import Standstill, standstill
from tendereval.domain.tender import ONLY_LOT, ContractKind, Lot, Procedure, Regime
from tendereval.exchange.calendars import bank_holidays
from tests.builders import Number, a_bid
from tests.unit.summary_models import (
    BELOW,
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


def worth(
    value: Number | None,
    *,
    vat: bool | None = True,
    regime: Regime | None = Regime.PA2023,
    model: ReportModel | None = None,
) -> ReportModel:
    """Return the six tenders with another value, basis and law."""
    found = model or six()
    details = replace(
        found.details,
        regime=regime,
        estimated_value=None if value is None else exact(value),
        estimated_value_includes_vat=vat,
    )
    return replace(found, details=details)


def figures(model: ReportModel) -> NoticeFigures:
    return notice_figures(model, ONLY_LOT)


def test_a20_five_received_and_four_assessed() -> None:
    found = figures(worth(100_000))
    assert (found.received, found.assessed) == (5, 4)
    assert found.is_final
    assert dict(found.lines) == {
        "Tenders received by the deadline, withdrawn ones not counted": "5",
        "Tenders assessed": "4",
        "Tenders assessed from small and medium-sized enterprises": "4",
        "Tenders assessed from non-governmental organisations that are value-driven": "0",
    }


def test_a20_a_late_tender_is_not_received() -> None:
    bids = (*six_bids()[:2], a_bid("G", status=BidStatus.LATE))
    found = figures(worth(100_000, model=a_model(six_method(), bids)))
    assert (found.received, found.assessed) == (2, 2)


def test_a20_above_five_million_three_unsuccessful_suppliers_are_named() -> None:
    found = figures(worth(6_000_000))
    assert found.form is NoticeForm.NAMES
    assert [one.name for one in found.unsuccessful] == [
        marks_of(bidder).name for bidder in (SECOND, THIRD, BELOW)
    ]
    lines = [text for _, text in found.lines]
    assert lines[0] == "5"
    assert lines[1] == ("Firmbzq Works Ltd; GB-COH-77b4411; bzq House, Borset; SME: yes; VCSE: no")
    assert len(lines) == 4
    assert marks_of(WINNER).name not in " ".join(lines)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("5000000", NoticeForm.COUNTS),
        ("5000000.01", NoticeForm.NAMES),
        ("4999999.99", NoticeForm.COUNTS),
        ("0", NoticeForm.COUNTS),
    ],
)
def test_a21_the_form_follows_the_value_including_vat(value: str, form: NoticeForm) -> None:
    assert figures(worth(value)).form is form


@pytest.mark.parametrize("value", [None, "100", "5000000", "5000000.01", "90000000"])
@pytest.mark.parametrize("vat", [True, False, None])
def test_a21_wales_gives_counts_at_any_value_and_names_nobody(
    value: str | None,
    vat: bool | None,  # noqa: FBT001 - a table
) -> None:
    found = figures(worth(value, vat=vat, regime=Regime.PA2023_WALES))
    assert found.form is NoticeForm.WELSH_COUNTS
    text = " ".join(line for pair in found.lines for line in pair)
    assert "Unsuccessful assessed tenders from small and medium-sized enterprises 3" in text
    assert not any(marks_of(bidder).name in text for bidder in (SECOND, THIRD, BELOW))


@pytest.mark.parametrize(
    ("value", "vat", "why"),
    [
        ("100", None, "not recorded whether the estimated value of £100.00 includes VAT"),
        ("9000000", None, "not recorded whether"),
        (None, True, "The estimated value is not recorded"),
        ("4800000", False, "without VAT"),
        ("5000000", False, "without VAT"),
    ],
)
def test_a21_the_form_is_not_known_where_the_value_with_vat_is_not(
    value: str | None,
    vat: bool | None,  # noqa: FBT001 - a table
    why: str,
) -> None:
    found = figures(worth(value, vat=vat))
    assert found.form is NoticeForm.UNKNOWN
    assert why in found.because
    assert found.lines == ()


def test_a21_what_is_above_without_vat_is_above_with_it() -> None:
    assert figures(worth("5000000.01", vat=False)).form is NoticeForm.NAMES


def test_a21_what_is_not_above_even_with_vat_has_the_counts() -> None:
    found = figures(worth("1200000", vat=False))
    assert found.form is NoticeForm.COUNTS
    assert "at most £1,440,000.00 with VAT" in found.because


def test_a_value_in_another_currency_is_not_compared() -> None:
    model = worth(9_000_000)
    found = figures(replace(model, details=replace(model.details, currency="EUR")))
    assert found.form is NoticeForm.UNKNOWN
    assert "in pounds" in found.because


@pytest.mark.parametrize(
    ("own", "whole", "form"),
    [
        (100, 9_000_000, NoticeForm.COUNTS),
        (6_000_000, 9_000_000, NoticeForm.NAMES),
        (None, 4_000_000, NoticeForm.COUNTS),
        (None, 9_000_000, NoticeForm.UNKNOWN),
    ],
)
def test_with_several_lots_the_lots_own_value_counts(
    own: int | None, whole: int, form: NoticeForm
) -> None:
    model = worth(whole)
    value = None if own is None else exact(own)
    lots = (Lot(ONLY_LOT, estimated_value=value), Lot(LotId("2")))
    model = replace(model, method=replace(model.method, lots=lots))
    assert figures(model).form is form


@pytest.mark.parametrize(
    "regime", [None, Regime.PSR_2023, Regime.SCOTLAND, Regime.PCR2015, Regime.BELOW_THRESHOLD]
)
def test_other_laws_are_not_guessed(regime: Regime | None) -> None:
    found = figures(worth(100, regime=regime))
    assert found.form is NoticeForm.UNKNOWN
    assert "not known to this product" in found.because


def test_what_a_supplier_did_not_say_stays_unknown() -> None:
    model = worth(100)
    bidders = tuple(replace(one, sme=None) if one.id == THIRD else one for one in model.bidders)
    found = figures(replace(model, bidders=bidders))
    assert (found.smes.number, found.smes.sure) == (None, 3)
    assert found.smes.words == f"not known: 3 for sure, and {marks_of(THIRD).name} did not say"
    named = replace(
        worth(6_000_000),
        bidders=tuple(replace(one, sme=None, identifier="", address="") for one in bidders),
    )
    assert figures(named).unsuccessful[0].words == (
        "Firmbzq Works Ltd; identifier missing; postal address missing; SME: not stated; VCSE: no"
    )


def test_before_a_decision_the_figures_may_still_change() -> None:
    model = replace(worth(100), decisions={})
    assert not figures(model).is_final
    assert figures(model).assessed == 4


# Days of the award

DAY = date(2026, 12, 7)


def a_standstill(kind: ContractKind | None = None) -> Standstill:
    return standstill(Regime.PA2023, kind, Procedure.OPEN, DAY, bank_holidays())


def test_days_that_cannot_be_are_refused() -> None:
    today = date(2027, 1, 10)
    assert date_problems(AwardDates(DAY, date(2027, 1, 10)), today) == ()
    assert date_problems(AwardDates(date(2027, 1, 11)), today) == (
        "The award notice is dated in the future.",
    )
    both = AwardDates(entered_on=DAY, not_awarded_on=DAY)
    assert "exclude each other" in date_problems(both, today)[0]


def test_the_order_of_summaries_notice_and_contract_is_looked_at() -> None:
    inside, after = date(2026, 12, 16), date(2026, 12, 17)
    assert date_warnings(AwardDates(DAY, after), a_standstill(), DAY) == ()
    (warning,) = date_warnings(AwardDates(DAY, inside), a_standstill(), DAY)
    assert "within the standstill" in warning
    (warning,) = date_warnings(AwardDates(DAY), a_standstill(), date(2026, 12, 8))
    assert "came before the assessment summaries of Tuesday 8 December 2026" in warning
    (warning,) = date_warnings(AwardDates(entered_on=DAY), None, None)
    assert "no award notice is recorded before it" in warning
    light = a_standstill(ContractKind.LIGHT_TOUCH)
    assert date_warnings(AwardDates(DAY, inside), light, DAY) == ()
