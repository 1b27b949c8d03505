"""The forms of Set-up: every item of the details, of one lot and of the method as a whole."""

from enum import StrEnum
from fractions import Fraction

from tendereval.domain.ids import LotId
from tendereval.domain.ranking import SUPPORTED
from tendereval.domain.tender import (
    AwardRule,
    BuyerType,
    ContractKind,
    Lot,
    Method,
    Procedure,
    QualityMarks,
    Regime,
    TenderDetails,
    WeightMode,
)
from tendereval.viewmodels.form_fields import (
    YES_OR_NO,
    FormField,
    Shape,
    attribute,
    capital,
    choices_of,
    chooser,
    read_amount,
    read_count,
    read_day,
    read_decimal,
    read_time,
    show_amount,
    show_day,
    show_number,
    show_time,
    show_yes_or_no,
    yes_or_no,
)

Details = TenderDetails
_REGIMES = {
    Regime.PA2023: "Procurement Act 2023",
    Regime.PA2023_WALES: "Procurement Act 2023, Wales",
    Regime.PSR_2023: "Health Care Services (Provider Selection Regime) 2023",
    Regime.SCOTLAND: "Public Contracts (Scotland) Regulations 2015",
    Regime.PCR2015: "Public Contracts Regulations 2015",
    Regime.BELOW_THRESHOLD: "Below threshold",
}


def _regime(one: StrEnum) -> str:
    return _REGIMES[Regime(one)]


def _choice(
    name: str, label: str, kinds: type[StrEnum], width: int = 0, group: str = ""
) -> FormField[Details]:
    words = _regime if kinds is Regime else capital
    return attribute(
        Details,
        name,
        label,
        read=chooser(kinds),
        shape=Shape.CHOICE,
        choices=choices_of(kinds, words=words),
        width=width,
        group=group,
    )


def details_fields() -> tuple[FormField[Details], ...]:
    """Return the form of the tender's details."""
    return (
        attribute(Details, "reference", "Reference", width=24, group="The tender"),
        attribute(Details, "title", "Title"),
        attribute(Details, "authority", "Contracting authority"),
        _choice("buyer_type", "Type of buyer", BuyerType, width=30),
        _choice("regime", "Law it runs under", Regime, group="The procedure"),
        _choice("contract_kind", "Kind of contract", ContractKind, width=30),
        _choice("procedure", "Procedure", Procedure, width=30),
        attribute(
            Details,
            "refinement_provided_for",
            "The tender notice provides for refining the criteria",
            show_yes_or_no,
            lambda text: text == "yes",
            shape=Shape.TICK,
        ),
        *_date_fields(),
        *_value_fields(),
    )


def _date_fields() -> tuple[FormField[Details], ...]:
    return (
        _day("notice_date", "Tender notice published", group="Dates"),
        attribute(
            Details,
            "deadline",
            "Tender deadline",
            show_time,
            read_time,
            width=26,
            hint="London time, such as 23 November 2026 12:00.",
        ),
        _day("contract_start", "Contract starts", optional=True),
        _day("contract_end", "Contract ends", optional=True),
    )


def _value_fields() -> tuple[FormField[Details], ...]:
    return (
        attribute(
            Details,
            "estimated_value",
            "Estimated value",
            show_amount,
            read_amount,
            width=20,
            optional=True,
            group="Value and prices",
        ),
        _yes_no("estimated_value_includes_vat", "The estimated value includes VAT"),
        _yes_no("prices_include_vat", "Prices are compared with VAT"),
        attribute(Details, "currency", "Currency", width=8, read=_currency),
        attribute(
            Details,
            "social_value_model",
            "Social value model",
            width=30,
            optional=True,
            hint="As the tender documents call it, such as PPN 002, TOMs or own.",
        ),
    )


def _currency(text: str) -> str:
    return text.strip().upper() or "GBP"


def _day(name: str, label: str, **more: object) -> FormField[Details]:
    return attribute(Details, name, label, show_day, read_day, width=26, **more)


def _yes_no(name: str, label: str) -> FormField[Details]:
    return attribute(
        Details,
        name,
        label,
        show_yes_or_no,
        yes_or_no,
        shape=Shape.CHOICE,
        choices=YES_OR_NO,
        width=14,
    )


def method_fields() -> tuple[FormField[Method], ...]:
    """Return the form of what holds for the whole method, the tie-break apart."""
    return (
        attribute(
            Method,
            "award_rule",
            "Award rule",
            read=chooser(AwardRule),
            shape=Shape.CHOICE,
            choices=choices_of(AwardRule, supported=tuple(SUPPORTED), words=capital),
            group="How the award is decided",
            hint="Weighted total adds the marks of every criterion; the highest total wins.",
        ),
        attribute(
            Method,
            "weights_are",
            "Weights are",
            read=WeightMode,
            shape=Shape.CHOICE,
            choices=(
                (str(WeightMode.OF_TOTAL), "Shares of the total of 100", True),
                (str(WeightMode.OF_PARENT), "Shares of the section above", True),
                (str(WeightMode.POINTS), "Points, whatever they add to", True),
            ),
        ),
        attribute(
            Method,
            "quality_marks",
            "Quality marks",
            read=QualityMarks,
            shape=Shape.CHOICE,
            choices=(
                (str(QualityMarks.POINTS_OVER_MAXIMUM), "Points over the scale's maximum", True),
                (str(QualityMarks.RELATIVE_TO_BEST), "Relative to the best score", True),
            ),
        ),
        *_result_fields(),
    )


def _result_fields() -> tuple[FormField[Method], ...]:
    return (
        _places("round_marks_to", "Round marks to", group="Rounding"),
        _places("round_totals_to", "Round totals to"),
        attribute(
            Method,
            "tie_margin",
            "Tie margin",
            show_number,
            lambda text: read_decimal(text) or Fraction(0),
            width=10,
            group="Ties and close results",
            hint="A total less than this below the best ties with it. 0 means equal totals only.",
        ),
        attribute(
            Method,
            "close_margin",
            "Report a close result within",
            show_number,
            read_decimal,
            width=10,
            optional=True,
            hint="A lead of this many marks or less is reported as close. It decides nothing.",
        ),
        attribute(
            Method,
            "hide_bidder_names",
            "Evaluators see “Bidder A, B, C” instead of names",
            show_yes_or_no,
            lambda text: text == "yes",
            shape=Shape.TICK,
            group="The panel and the award",
        ),
        _count("lot_cap", "Most lots for one supplier"),
        _count("framework_places", "Places on the framework"),
    )


def _places(name: str, label: str, group: str = "") -> FormField[Method]:
    numbers = [
        (str(n), f"{n} decimal place{'s' if n != 1 else ''}, half up", True) for n in range(5)
    ]
    choices = (("", "No rounding", True), *numbers)
    return attribute(
        Method,
        name,
        label,
        read=read_count,
        shape=Shape.CHOICE,
        choices=choices,
        width=28,
        group=group,
    )


def _count(name: str, label: str) -> FormField[Method]:
    return attribute(Method, name, label, read=read_count, width=10, optional=True)


def lot_fields() -> tuple[FormField[Lot], ...]:
    """Return the form of one lot."""
    return (
        attribute(Lot, "ref", "Reference", width=10, read=lambda text: LotId(text.strip())),
        attribute(Lot, "title", "Title", optional=True),
        attribute(
            Lot,
            "estimated_value",
            "Estimated value",
            show_amount,
            read_amount,
            width=20,
            optional=True,
        ),
    )
