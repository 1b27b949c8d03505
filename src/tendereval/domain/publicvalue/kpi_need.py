"""How many key performance indicators a contract needs, by section 52 and by its model.

Section 52 looks at each contract that is entered into, so that the estimated value of each lot
counts where a tender has several. Warns, and decides nothing.

Source: Procurement Act 2023, s.52(1), (2) and (6).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tendereval.domain.exact import money
from tendereval.domain.ids import LotId
from tendereval.domain.publicvalue.models import ModelChoice, value_including_vat
from tendereval.domain.tender import ContractKind, Lot, Regime, TenderDetails
from tendereval.domain.vat import STANDARD_VAT

KPI_ABOVE: Final = Fraction(5_000_000)
KPIS: Final = 3
LOT_NOTE: Final = (
    "Section 52 looks at each contract: the estimated value of each lot counts. Where one contract "
    "is made of several lots, add their values up."
)
_NO_KPIS: Final = {
    ContractKind.FRAMEWORK: "frameworks",
    ContractKind.CONCESSION: "concession contracts",
    ContractKind.LIGHT_TOUCH: "light touch contracts",
}
_OF_THE_ACT: Final = {None, Regime.PA2023, Regime.PA2023_WALES}
_ABOVE: Final = "above £5,000,000"


@dataclass(frozen=True, slots=True)
class KpiFinding:
    """Whether key performance indicators must be set and published.

    Attributes:
        needed: how many; 0 where none; None where it cannot be told.
        warns: whether the lead must do something.
        sentence: the finding.
    """

    needed: int | None
    warns: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class ContractValue:
    """The estimated value that a contract is judged by.

    Attributes:
        pounds: None where none is recorded in pounds.
        includes_vat: None where not recorded.
        of_all_lots: whether the value is that of all lots together, this one's being unknown.
    """

    pounds: Fraction | None
    includes_vat: bool | None
    of_all_lots: bool = False

    @property
    def is_above(self) -> bool | None:
        """Whether it is above what section 52 begins at, with VAT; None where unknown.

        What is above without VAT is above with it; what is not above with VAT at the standard
        rate is not above at all.
        """
        if self.most is None or self.pounds is None:
            return None
        if self.pounds > KPI_ABOVE:
            return None if self.of_all_lots else True
        return False if self.most <= KPI_ABOVE else None

    @property
    def most(self) -> Fraction | None:
        """The value including VAT, at the standard rate where it is not known to be in it."""
        if self.pounds is None or self.includes_vat:
            return self.pounds
        return self.pounds * STANDARD_VAT


def value_of(details: TenderDetails, lots: Sequence[Lot], lot: LotId) -> ContractValue:
    """Return the estimated value of a lot's contract: its own, else that of the tender."""
    vat = details.estimated_value_includes_vat
    if details.currency != "GBP":
        return ContractValue(None, vat)
    own = next((one.estimated_value for one in lots if one.ref == lot), None)
    if own is not None:
        return ContractValue(own, vat)
    return ContractValue(details.estimated_value, vat, of_all_lots=len(lots) > 1)


def kpi_need(details: TenderDetails, value: ContractValue, chosen: int, opt_out: str) -> KpiFinding:
    """Say whether three KPIs must be published: above five million pounds including VAT.

    Args:
        details: of the tender.
        value: of the contract.
        chosen: how many KPIs are chosen so far.
        opt_out: the reason under s.52(2) for publishing none; empty where there is none. It
            settles nothing for a contract that has some, but too few.

    Source: Procurement Act 2023, s.52(1), (2) and (6).
    """
    if details.regime not in _OF_THE_ACT:
        words = "Section 52 is of the Procurement Act 2023; this tender runs under other rules."
        return KpiFinding(0, warns=False, sentence=words)
    if details.contract_kind in _NO_KPIS:
        words = f"Section 52 asks for no KPIs in {_NO_KPIS[details.contract_kind]}."
        return KpiFinding(0, warns=False, sentence=words)
    if value.is_above:
        return _above(details, chosen, opt_out.strip())
    if value.is_above is False and value.pounds is not None and value.most is not None:
        return KpiFinding(0, warns=False, sentence=_not_above(value, value.pounds, value.most))
    return _not_known(value, chosen, opt_out.strip())


def _not_above(value: ContractValue, pounds: Fraction, most: Fraction) -> str:
    what = f"{money(pounds)} for all lots together" if value.of_all_lots else money(pounds)
    if value.includes_vat:
        return f"At {what} section 52 asks for no KPIs: it begins {_ABOVE}."
    vat = " without VAT" if value.includes_vat is False else ", with VAT or without,"
    return (
        f"At {what}{vat} section 52 asks for no KPIs: with VAT that is at most {money(most)}, and "
        f"it begins {_ABOVE}."
    )


def _not_known(value: ContractValue, chosen: int, opt_out: str) -> KpiFinding:
    if not value.of_all_lots or value.pounds is None or value.pounds <= KPI_ABOVE:
        words = "Whether section 52 asks for KPIs needs the estimated value including VAT."
        return KpiFinding(None, warns=False, sentence=words)
    words = (
        f"Section 52 asks for at least {KPIS} KPIs where this lot's contract is {_ABOVE}; its own "
        f"value is not recorded, all lots together come to {money(value.pounds)}: {chosen} chosen "
        "so far."
    )
    is_settled = chosen >= KPIS or (opt_out and not chosen)
    return KpiFinding(None, warns=not is_settled, sentence=words)


def _above(details: TenderDetails, chosen: int, opt_out: str) -> KpiFinding:
    if details.contract_kind is ContractKind.UTILITIES:
        words = (
            f"Section 52 asks private utilities for no KPIs; a public one needs {KPIS} {_ABOVE}: "
            f"{chosen} chosen so far."
        )
        return KpiFinding(None, warns=False, sentence=words)
    if chosen >= KPIS:
        words = f"{chosen} KPIs are chosen; section 52 asks for {KPIS}."
        return KpiFinding(KPIS, warns=False, sentence=words)
    if opt_out and not chosen:
        words = f"No KPIs are published; the reason under section 52(2): {opt_out}"
        return KpiFinding(0, warns=False, sentence=words)
    words = f"Section 52 asks for at least {KPIS} KPIs {_ABOVE}: {chosen} chosen so far."
    return KpiFinding(KPIS, warns=True, sentence=words)


def model_kpi_need(details: TenderDetails, choice: ModelChoice, chosen: int) -> KpiFinding:
    """Say whether the model itself asks for KPIs; not to be merged with section 52."""
    asked = choice.kpis
    if choice.model is None or not asked.number:
        words = "No Social Value Model asks for KPIs here."
        return KpiFinding(0, warns=False, sentence=words)
    name, value = choice.model.known_as, value_including_vat(details)
    if value is None:
        words = f"Whether {name} asks for KPIs needs the estimated value including VAT."
        return KpiFinding(None, warns=False, sentence=words)
    begins = money(asked.begins).removesuffix(".00")
    if value < asked.begins:
        words = f"At {money(value)} {name} asks for no KPIs: it begins at {begins}."
        return KpiFinding(0, warns=False, sentence=words)
    seen = "" if asked.verified else " (one secondary source, not verified)"
    words = f"{name} asks for {asked.number} KPIs from {begins}{seen}: {chosen} chosen so far."
    return KpiFinding(asked.number, warns=chosen < asked.number, sentence=words)
