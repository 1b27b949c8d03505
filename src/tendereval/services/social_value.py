"""The Social Value Model of a tender and the least weight it asks for; only warnings.

The model follows from the tender's own documents: the date of its notice, its buyer and its
value, never from today's date. Whether a lower weight is lawful is the authority's call.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tendereval.domain.errors import ExchangeProblem
from tendereval.domain.publicvalue.model_rules import ModelRule, ModelRules, SocialValueModel
from tendereval.domain.publicvalue.models import (
    Certainty,
    ModelChoice,
    model_for,
    value_including_vat,
)
from tendereval.domain.publicvalue.social_weight import WeightFinding, social_value_weight
from tendereval.domain.tender import BuyerType, Lot, TenderDetails
from tendereval.exchange.model_rules import model_rule
from tendereval.services import data_packs
from tendereval.services.situation import Situation
from tendereval.store.repository import Reader


def choice_for(reader: Reader, now: Situation) -> ModelChoice:
    """Return which Social Value Model the tender is under, and why; by the data that count."""
    rules = model_rules(reader)
    choice = model_for(now.details, rules)
    rule = rules.get(choice.model, ModelRule()) if choice.model is not None else ModelRule()
    if len(now.method.lots) < 2 or not rule.value_from:  # noqa: PLR2004 - one lot is the whole
        return choice
    lots = "The value of all lots together counts here; how lots count was not seen in a source."
    return replace(choice, because=f"{choice.because} {lots}")


def model_rules(reader: Reader) -> ModelRules:
    """Return from when the models apply and what they ask for, by the data that count.

    A model whose data cannot be read is left out: nothing about it is known.
    """
    found = {model: _rule(reader, model) for model in SocialValueModel}
    return {model: rule for model, rule in found.items() if rule is not None}


def _rule(reader: Reader, model: SocialValueModel) -> ModelRule | None:
    text = data_packs.text_of(reader, f"social_value_model_{model}")
    try:
        return model_rule(model, text)
    except ExchangeProblem:
        return None


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
