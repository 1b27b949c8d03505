"""Which Social Value Model applies, its least weight, and when KPIs must be published.

Chosen by what the tender's own documents say, never by today's date. Warns; whether another
choice is lawful is the authority's call.

Source: PPN 06/20, PPN 002 and PPN 026 as described in ``resources/public_value`` (PPN 026 from
secondary sources); Procurement Act 2023, s.52.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tendereval.domain.exact import money
from tendereval.domain.tender import BuyerType, ContractKind, Regime, TenderDetails

_PPN002_BINDS: Final = date(2025, 10, 1)
_PPN026_FROM: Final = date(2027, 1, 1)
_PPN026_VALUE: Final = Fraction(1_000_000)
_UPPER: Final = Fraction(5_000_000)
KPI_ABOVE: Final = Fraction(5_000_000)
KPIS: Final = 3


class SocialValueModel(StrEnum):
    """A published model, by the id of its data file."""

    PPN0620 = "ppn0620"
    PPN002 = "ppn002"
    PPN026 = "ppn026"

    @property
    def known_as(self) -> str:
        """How people call it."""
        return {"ppn0620": "PPN 06/20", "ppn002": "PPN 002", "ppn026": "PPN 026"}[self.value]


@dataclass(frozen=True, slots=True)
class WeightBand:
    """The least weight of a model for contracts of some value.

    Attributes:
        begins: the least value including VAT.
        ends: values from here on are outside it; None where it is open.
        percent: of the marks.
    """

    begins: Fraction
    ends: Fraction | None
    percent: Fraction

    def holds(self, value: Fraction) -> bool:
        """Whether a value is within it."""
        return self.begins <= value and (self.ends is None or value < self.ends)


LeastWeights = Mapping[SocialValueModel, tuple[WeightBand, ...]]

LEAST_WEIGHTS: Final[LeastWeights] = {
    SocialValueModel.PPN0620: (WeightBand(Fraction(0), None, Fraction(10)),),
    SocialValueModel.PPN002: (WeightBand(Fraction(0), None, Fraction(10)),),
    SocialValueModel.PPN026: (
        WeightBand(_PPN026_VALUE, _UPPER, Fraction(10)),
        WeightBand(_UPPER, None, Fraction(20)),
    ),
}
"""As the bundled data have them; newer data of a tender stand in for them."""


class Certainty(StrEnum):
    """Whether a model can be named."""

    CHOSEN = "chosen by the lead"
    APPLIES = "applies"
    OPEN = "the authority chooses"
    NONE = "none applies"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Which model a tender is under.

    Attributes:
        model: None where none applies or it cannot be told.
        least_weight: per cent of the marks, exact; None where none is laid down or it cannot
            be told.
        because: why, in a sentence or two.
        differs: how what the tender names differs from what its notice and buyer call for;
            empty where it does not.
    """

    model: SocialValueModel | None
    certainty: Certainty
    least_weight: Fraction | None
    because: str
    differs: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether the weight was seen in a primary source; that of PPN 026 was not."""
        return self.model is not SocialValueModel.PPN026


def value_including_vat(details: TenderDetails) -> Fraction | None:
    """Return the estimated value including VAT; None where the tender does not give that."""
    if details.estimated_value_includes_vat:
        return details.estimated_value
    return None


def model_for(details: TenderDetails, weights: LeastWeights = LEAST_WEIGHTS) -> ModelChoice:
    """Say which model governs a tender, from its own documents.

    What the tender names stands. Central government: procurements under the old rules have
    PPN 06/20; those with a notice before 1 January 2027 PPN 002; later ones PPN 026 from one
    million pounds including VAT. Everybody else chooses one or none.

    Args:
        details: of the tender.
        weights: the least weights that count in it.
    """
    said = " ".join(details.social_value_model.split())
    called_for = _called_for(details, weights)
    if not said:
        return called_for
    named = _named(said)
    least, why = (None, "") if named is None else _least(named, details, weights)
    if named is not None:
        because = f"The tender names {named.known_as}. {why}".strip()
    elif said.casefold() == "none":
        because = "The tender says that it uses no model."
    elif said.casefold() == "own":
        because = "The tender uses the authority's own criteria."
    else:
        because = f"The tender names “{said}”, none of the three models."
    return ModelChoice(named, Certainty.CHOSEN, least, because, _differs(named, called_for))


def _differs(named: SocialValueModel | None, called_for: ModelChoice) -> str:
    expected = called_for.model
    if expected is None or expected is named:
        return ""
    return f"By its notice and buyer {expected.known_as} applies: see why the tender differs."


def _called_for(details: TenderDetails, weights: LeastWeights) -> ModelChoice:
    if details.buyer_type is None:
        return _unknown("The buyer type is not given.")
    if details.buyer_type is not BuyerType.CENTRAL:
        return ModelChoice(
            None, Certainty.OPEN, None, "The models bind central government; choose one or none."
        )
    if details.contract_kind is ContractKind.DEFENCE:
        return ModelChoice(
            None, Certainty.NONE, None, "Defence and security contracts are outside the models."
        )
    return _by_regime(details, weights)


def _by_regime(details: TenderDetails, weights: LeastWeights) -> ModelChoice:
    match details.regime:
        case None:
            return _unknown("The regime is not given.")
        case Regime.PCR2015:
            why = "It runs under the rules of 2015."
            return _applies(SocialValueModel.PPN0620, details, weights, why)
        case Regime.BELOW_THRESHOLD:
            return _unknown("Whether the models bind below the threshold was not seen in a source.")
        case _:
            return _by_notice(details, weights)


def _by_notice(details: TenderDetails, weights: LeastWeights) -> ModelChoice:
    if details.notice_date is None:
        return _unknown("The date of the tender notice is not given.")
    if details.notice_date < _PPN026_FROM:
        why = "Its notice is dated before 1 January 2027."
        if details.notice_date < _PPN002_BINDS:
            why += " PPN 002 binds from 1 October 2025: until then the tender may name PPN 06/20."
        return _applies(SocialValueModel.PPN002, details, weights, why)
    value = value_including_vat(details)
    if value is None:
        return _unknown("The estimated value including VAT is not given.")
    if value < _PPN026_VALUE:
        below = "PPN 026 begins at £1,000,000 including VAT; no weight is laid down below."
        return ModelChoice(None, Certainty.NONE, None, below)
    why = "Its notice is dated from 1 January 2027 on."
    return _applies(SocialValueModel.PPN026, details, weights, why)


def _applies(
    model: SocialValueModel, details: TenderDetails, weights: LeastWeights, why: str
) -> ModelChoice:
    least, more = _least(model, details, weights)
    return ModelChoice(model, Certainty.APPLIES, least, f"{why} {more}".strip())


def _unknown(why: str) -> ModelChoice:
    return ModelChoice(None, Certainty.UNKNOWN, None, f"{why} Which model applies is unknown.")


def _named(text: str) -> SocialValueModel | None:
    """Return the only model that a text names (``Social Value Model, PPN 002``), or None."""
    plain = _signs(text)
    found = [model for model in SocialValueModel if _signs(model.known_as) in plain]
    return found[0] if len(found) == 1 else None


def _signs(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _least(
    model: SocialValueModel, details: TenderDetails, weights: LeastWeights
) -> tuple[Fraction | None, str]:
    if details.buyer_type is None:
        return None, "Whether its least weight binds needs the buyer type."
    if details.buyer_type is not BuyerType.CENTRAL:
        return None, "Its least weight binds central government only."
    bands, value = weights.get(model, ()), value_including_vat(details)
    if not bands:
        return None, "No least weight is known."
    if len(bands) == 1 and bands[0] == WeightBand(Fraction(0), None, bands[0].percent):
        return bands[0].percent, ""
    if value is None:
        return None, "Its least weight needs the estimated value including VAT."
    held = [band.percent for band in bands if band.holds(value)]
    if not held:
        return None, f"No weight is laid down for a value of {money(value)} including VAT."
    seen = model is not SocialValueModel.PPN026
    return held[0], "" if seen else "The weight was seen in secondary sources only."


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


_NO_KPIS: Final = {
    ContractKind.FRAMEWORK: "frameworks",
    ContractKind.CONCESSION: "concession contracts",
    ContractKind.LIGHT_TOUCH: "light touch contracts",
}
_OF_THE_ACT: Final = {None, Regime.PA2023, Regime.PA2023_WALES}


def kpi_need(details: TenderDetails, chosen: int, opt_out: str) -> KpiFinding:
    """Say whether three KPIs must be published: above five million pounds including VAT.

    Args:
        details: of the tender.
        chosen: how many KPIs are chosen so far.
        opt_out: the reason under s.52(2) for publishing none; empty where there is none.

    Source: Procurement Act 2023, s.52(1), (2) and (6).
    """
    if details.regime not in _OF_THE_ACT:
        words = "Section 52 is of the Procurement Act 2023; this tender runs under other rules."
        return KpiFinding(0, warns=False, sentence=words)
    if details.contract_kind in _NO_KPIS:
        words = f"Section 52 asks for no KPIs in {_NO_KPIS[details.contract_kind]}."
        return KpiFinding(0, warns=False, sentence=words)
    value = value_including_vat(details)
    if value is None:
        words = "Whether section 52 asks for KPIs needs the estimated value including VAT."
        return KpiFinding(None, warns=False, sentence=words)
    if value <= KPI_ABOVE:
        words = f"At {money(value)} section 52 asks for no KPIs: it begins above £5,000,000."
        return KpiFinding(0, warns=False, sentence=words)
    return _above(details, chosen, opt_out.strip())


def _above(details: TenderDetails, chosen: int, opt_out: str) -> KpiFinding:
    if details.contract_kind is ContractKind.UTILITIES:
        words = (
            f"Section 52 asks private utilities for no KPIs; a public one needs {KPIS} above "
            f"£5,000,000: {chosen} chosen so far."
        )
        return KpiFinding(None, warns=False, sentence=words)
    if chosen >= KPIS:
        words = f"{chosen} KPIs are chosen; section 52 asks for {KPIS}."
        return KpiFinding(KPIS, warns=False, sentence=words)
    if opt_out:
        words = f"No KPIs are published; the reason under section 52(2): {opt_out}"
        return KpiFinding(0, warns=False, sentence=words)
    words = f"Section 52 asks for at least {KPIS} KPIs above £5,000,000: {chosen} chosen so far."
    return KpiFinding(KPIS, warns=True, sentence=words)


def model_kpi_need(details: TenderDetails, choice: ModelChoice, chosen: int) -> KpiFinding:
    """Say whether the model itself asks for KPIs; not to be merged with section 52.

    PPN 026 is reported to ask for three from five million pounds including VAT, that figure
    included; one secondary source says so.
    """
    if choice.model is not SocialValueModel.PPN026:
        words = "No Social Value Model asks for KPIs here."
        return KpiFinding(0, warns=False, sentence=words)
    value = value_including_vat(details)
    if value is None:
        words = "Whether PPN 026 asks for KPIs needs the estimated value including VAT."
        return KpiFinding(None, warns=False, sentence=words)
    if value < _UPPER:
        words = f"At {money(value)} PPN 026 asks for no KPIs: it begins at £5,000,000."
        return KpiFinding(0, warns=False, sentence=words)
    words = (
        f"PPN 026 asks for {KPIS} KPIs from £5,000,000 (one secondary source, not verified): "
        f"{chosen} chosen so far."
    )
    return KpiFinding(KPIS, warns=chosen < KPIS, sentence=words)
