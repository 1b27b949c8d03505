"""What a contract award notice takes from the evaluation, ready to copy; publishes nothing.

Source: Procurement Regulations 2024, r.27(2)(n) and (o); Procurement (Wales) Regulations 2024,
r.28(2)(n); Procurement Act 2023, s.123(2) (estimated values include VAT).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tendereval.domain.bid_counts import count_bids
from tendereval.domain.bidding import Bidder
from tendereval.domain.exact import money
from tendereval.domain.ids import LotId
from tendereval.domain.report_model import ReportModel
from tendereval.domain.summary_recipients import Recipient, recipients, standing_decision, statuses
from tendereval.domain.tender import Regime, TenderDetails
from tendereval.domain.vat import STANDARD_VAT
from tendereval.domain.wording import listed

ABOVE: Final = Fraction(5_000_000)
"""Above this value including VAT the notice names unsuccessful suppliers."""


class NoticeForm(StrEnum):
    """Which figures a notice asks for."""

    COUNTS = "counts (form n)"
    NAMES = "named unsuccessful suppliers (form o)"
    WELSH_COUNTS = "counts (Wales)"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class SupplierCount:
    """How many suppliers of a kind there are.

    Attributes:
        number: None where somebody did not state it.
        sure: how many did state that they are.
        unstated: who did not say, by name.
    """

    number: int | None
    sure: int
    unstated: tuple[str, ...]

    @property
    def words(self) -> str:
        """The figure, or why there is none."""
        if self.number is not None:
            return str(self.number)
        return f"not known: {self.sure} for sure, and {listed(self.unstated)} did not say"


@dataclass(frozen=True, slots=True)
class UnsuccessfulSupplier:
    """A supplier whose assessed tender was not successful, as form (o) names it.

    Attributes:
        sme: None where the supplier did not say; ``vcse`` likewise.
    """

    name: str
    identifier: str
    address: str
    sme: bool | None
    vcse: bool | None

    @property
    def words(self) -> str:
        """Everything the notice asks for, in one line; what is missing is said."""
        parts = (
            self.name,
            self.identifier or "identifier missing",
            " ".join(self.address.split()) or "postal address missing",
            f"SME: {_said(self.sme)}",
            f"VCSE: {_said(self.vcse)}",
        )
        return "; ".join(parts)


def _said(flag: bool | None) -> str:  # noqa: FBT001 - what a supplier said of itself
    return "not stated" if flag is None else "yes" if flag else "no"


@dataclass(frozen=True, slots=True)
class NoticeFigures:
    """The figures of one lot.

    Attributes:
        because: why this form, or why it is not known, one sentence.
        received: by the deadline; withdrawn and late ones not counted.
        assessed: tenders, each of whose suppliers is given an assessment summary.
        smes: among the tenders that the form counts: all assessed ones, in Wales the
            unsuccessful ones; ``vcses`` likewise.
        unsuccessful: assessed and not successful; named in the notice in form (o) only.
        is_final: whether an award stands; before it the figures may change.
    """

    lot: LotId
    form: NoticeForm
    because: str
    received: int
    assessed: int
    smes: SupplierCount
    vcses: SupplierCount
    unsuccessful: tuple[UnsuccessfulSupplier, ...]
    is_final: bool

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What to copy, heading and figure; nothing that this form does not ask for."""
        return tuple(_lines(self))


def _lines(found: NoticeFigures) -> Iterator[tuple[str, str]]:
    if found.form is NoticeForm.UNKNOWN:
        return
    yield "Tenders received by the deadline, withdrawn ones not counted", str(found.received)
    if found.form is NoticeForm.NAMES:
        for number, supplier in enumerate(found.unsuccessful, 1):
            yield f"Unsuccessful supplier {number}", supplier.words
        return
    yield "Tenders assessed", str(found.assessed)
    wales = found.form is NoticeForm.WELSH_COUNTS
    whose = "Unsuccessful assessed tenders from" if wales else "Tenders assessed from"
    yield f"{whose} small and medium-sized enterprises", found.smes.words
    yield f"{whose} non-governmental organisations that are value-driven", found.vcses.words


def notice_figures(model: ReportModel, lot: LotId) -> NoticeFigures:
    """Return the figures of one lot, and which of them its notice asks for.

    Args:
        model: everything that documents may say.
        lot: which.
    """
    counts = count_bids(statuses(model, lot).values())
    given, decision = recipients(model, lot), standing_decision(model, lot)
    bidders = {bidder.id: bidder for bidder in model.bidders}
    assessed = tuple(bidders[one.bidder] for one in given)
    lost = tuple(bidders[one.bidder] for one in _lost(given))
    form, because = notice_form(model, lot)
    counted = lost if form is NoticeForm.WELSH_COUNTS else assessed
    return NoticeFigures(
        lot=lot,
        form=form,
        because=because,
        received=counts.received,
        assessed=counts.assessed,
        smes=_count(counted, [bidder.sme for bidder in counted]),
        vcses=_count(counted, [bidder.vcse for bidder in counted]),
        unsuccessful=tuple(
            UnsuccessfulSupplier(one.name, one.identifier, one.address, one.sme, one.vcse)
            for one in lost
        ),
        is_final=decision is not None and bool(decision.bidders),
    )


def _lost(given: Sequence[Recipient]) -> Iterator[Recipient]:
    return (one for one in given if not one.is_winner)


def _count(bidders: Sequence[Bidder], flags: Sequence[bool | None]) -> SupplierCount:
    unstated = [one.name for one, flag in zip(bidders, flags, strict=True) if flag is None]
    sure = sum(flag is True for flag in flags)
    return SupplierCount(None if unstated else sure, sure, tuple(unstated))


def notice_form(model: ReportModel, lot: LotId) -> tuple[NoticeForm, str]:
    """Return which form the notice of a lot has, and why in one sentence."""
    details = model.details
    if details.regime is Regime.PA2023_WALES:
        return NoticeForm.WELSH_COUNTS, (
            "A devolved Welsh authority states counts at any value and names no unsuccessful "
            "supplier."
        )
    if details.regime is not Regime.PA2023:
        return NoticeForm.UNKNOWN, (
            "What the award notice of this law asks for is not known to this product."
        )
    return _by_value(details, *_value(model, lot))


def _value(model: ReportModel, lot: LotId) -> tuple[Fraction | None, bool]:
    """Return the estimated value of a lot's contract, and whether it is that of all lots."""
    lots = model.method.lots
    own = next((one.estimated_value for one in lots if one.ref == lot), None)
    if own is not None:
        return own, False
    return model.details.estimated_value, len(lots) > 1


def _by_value(
    details: TenderDetails,
    value: Fraction | None,
    of_all: bool,  # noqa: FBT001 - private
) -> tuple[NoticeForm, str]:
    unknown = NoticeForm.UNKNOWN
    if value is None:
        return unknown, "The estimated value is not recorded, and the form depends on it."
    shown = money(value, details.currency)
    if details.currency != "GBP":
        return unknown, f"The estimated value is {shown}; the form depends on it in pounds."
    if details.estimated_value_includes_vat is None:
        return unknown, (
            f"It is not recorded whether the estimated value of {shown} includes VAT, and the form "
            "depends on the value including VAT."
        )
    if value > ABOVE and of_all:
        return unknown, (
            f"The estimated value of {shown} is that of all lots; the form depends on the value of "
            "this lot’s contract, which is not recorded."
        )
    if value > ABOVE:
        return NoticeForm.NAMES, f"The estimated value of {shown} is above £5,000,000 with VAT."
    what = "The estimated value of all lots together" if of_all else "The estimated value"
    if not details.estimated_value_includes_vat:
        return _without_vat(what, value, shown)
    return NoticeForm.COUNTS, f"{what}, {shown} with VAT, is not above £5,000,000."


def _without_vat(what: str, value: Fraction, shown: str) -> tuple[NoticeForm, str]:
    most = value * STANDARD_VAT
    if most > ABOVE:
        return NoticeForm.UNKNOWN, (
            f"{what}, {shown}, is without VAT; the form depends on the value including VAT, which "
            "is not recorded."
        )
    return NoticeForm.COUNTS, (
        f"{what}, {shown} without VAT, is at most {money(most)} with VAT at the standard rate, and "
        "so not above £5,000,000."
    )
