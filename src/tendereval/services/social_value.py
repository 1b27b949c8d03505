"""The Social Value Model of a tender, the least weight it asks for, and KPIs; only warnings.

The model follows from the tender's own documents: the date of its notice, its buyer and its
value, never from today's date. Whether a lower weight is lawful is the authority's call.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tendereval.domain.errors import ExchangeProblem
from tendereval.domain.publicvalue.commitment_check import missing_parts
from tendereval.domain.publicvalue.models import (
    Certainty,
    KpiFinding,
    ModelChoice,
    SocialValueModel,
    WeightBand,
    kpi_need,
    model_for,
    model_kpi_need,
    value_including_vat,
)
from tendereval.domain.publicvalue.social_weight import WeightFinding, social_value_weight
from tendereval.domain.tender import BuyerType, Lot, TenderDetails
from tendereval.exchange.model_weights import least_weights
from tendereval.services import data_packs
from tendereval.services.situation import Situation
from tendereval.store import public_value
from tendereval.store.repository import Reader


def choice_for(reader: Reader, now: Situation) -> ModelChoice:
    """Return which Social Value Model the tender is under, and why; by the data that count."""
    weights = {model: _least_weights(reader, model) for model in SocialValueModel}
    return model_for(now.details, weights)


def _least_weights(reader: Reader, model: SocialValueModel) -> tuple[WeightBand, ...]:
    """Return the weights of the data that count; none are known where these cannot be read."""
    text = data_packs.text_of(reader, f"social_value_model_{model}")
    try:
        return least_weights(model, text)
    except ExchangeProblem:
        return ()


@dataclass(frozen=True, slots=True)
class LotWeight:
    """How the weight of social value in one lot stands against the least one."""

    lot: Lot
    finding: WeightFinding


def weights(reader: Reader, now: Situation) -> tuple[LotWeight, ...]:
    """Return how the weight of social value stands in every lot."""
    choice = choice_for(reader, now)
    return tuple(
        LotWeight(lot, social_value_weight(now.method, lot.ref, choice)) for lot in now.method.lots
    )


def kpi_findings(reader: Reader, now: Situation) -> tuple[KpiFinding, KpiFinding]:
    """Return what section 52 asks for, and apart from it what the model asks for."""
    chosen = kpis_of_one_contract(reader)
    opt_out = public_value.kpi_setting(reader).opt_out
    return (
        kpi_need(now.details, chosen, opt_out),
        model_kpi_need(now.details, choice_for(reader, now), chosen),
    )


def kpis_of_one_contract(reader: Reader) -> int:
    """Return how many KPIs the contract with fewest has; before an award the bid with most.

    Chosen commitments that were withdrawn or are not complete do not count.
    """
    wanted = set(public_value.kpi_setting(reader).chosen)
    places = [
        item.place
        for item in public_value.commitments(reader)
        if item.id in wanted and not item.withdrawn and not missing_parts(item)
    ]
    won = [(one.lot, bidder) for one in reader.decisions().values() for bidder in one.bidders]
    if not won:
        return max(Counter(place.bidder for place in places).values(), default=0)
    return min(
        sum(place.bidder == bidder and place.lot in {lot, None} for place in places)
        for lot, bidder in won
    )


def weight_warnings(reader: Reader, now: Situation) -> tuple[str, ...]:
    """Return what the lead is told about model and weight before publishing; none blocks."""
    return tuple(_weight_warnings(reader, now))


def _weight_warnings(reader: Reader, now: Situation) -> Iterator[str]:
    choice = choice_for(reader, now)
    if choice.certainty is Certainty.UNKNOWN:
        yield f"Social value: {choice.because}"
    if choice.differs:
        yield f"Social value: {choice.because} {choice.differs}"
    if choice.model is not None and choice.least_weight is None and _lacks(now.details):
        yield f"Social value: {choice.because}"
    for item in weights(reader, now):
        if item.finding.is_enough is False:
            where = f"Lot {item.lot.ref}: " if len(now.method.lots) > 1 else ""
            note = "" if choice.is_verified else " The least weight is not verified."
            yield f"{where}{item.finding.sentence}{note}"


def _lacks(details: TenderDetails) -> bool:
    """Whether buyer or value is missing; only central government is bound by a least weight."""
    if details.buyer_type is None:
        return True
    return details.buyer_type is BuyerType.CENTRAL and value_including_vat(details) is None


def kpi_warnings(reader: Reader, now: Situation) -> tuple[str, ...]:
    """Return what the lead is told about KPIs before award and contract; none blocks."""
    return tuple(found.sentence for found in kpi_findings(reader, now) if found.warns)
