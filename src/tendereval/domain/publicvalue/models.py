"""Which Social Value Model applies to a tender, and its least weight.

Chosen by what the tender's own documents say, never by today's date. Warns; whether another
choice is lawful is the authority's call. From when a model applies and what it asks for comes
from dated data.

Source: PPN 06/20, PPN 002 and PPN 026 as described in ``resources/public_value`` (PPN 026 from
secondary sources).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from tendereval.domain.exact import money
from tendereval.domain.publicvalue.model_rules import (
    NO_KPIS,
    ModelKpis,
    ModelRule,
    ModelRules,
    SocialValueModel,
    WeightBand,
)
from tendereval.domain.tender import BuyerType, ContractKind, Regime, TenderDetails


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
        is_verified: whether the weights of the model were seen in a primary source.
        kpis: how many KPIs the model asks for.
    """

    model: SocialValueModel | None
    certainty: Certainty
    least_weight: Fraction | None
    because: str
    differs: str = ""
    is_verified: bool = True
    kpis: ModelKpis = NO_KPIS


def value_including_vat(details: TenderDetails) -> Fraction | None:
    """Return the estimated value in pounds including VAT; None where the tender gives none."""
    if details.estimated_value_includes_vat and details.currency == "GBP":
        return details.estimated_value
    return None


def model_for(details: TenderDetails, rules: ModelRules) -> ModelChoice:
    """Say which model governs a tender, from its own documents.

    What the tender names stands. Central government: procurements under the rules of 2015 have
    the model of those; others the newest model whose notices begin by the day of theirs, from
    the value it begins at. Everybody else chooses one or none.

    Args:
        details: of the tender.
        rules: those that count in it.
    """
    said = " ".join(details.social_value_model.split())
    called_for = _called_for(details, rules)
    if not said:
        return called_for
    differs = _differs(_named(said), called_for)
    named = _named(said)
    if named is not None:
        because = f"The tender names {named.known_as}."
        return _under(named, Certainty.CHOSEN, details, rules, because, differs)
    if said.casefold() == "none":
        because = "The tender says that it uses no model."
    elif said.casefold() == "own":
        because = "The tender uses the authority's own criteria."
    else:
        because = f"The tender names “{said}”, none of the three models."
    return ModelChoice(None, Certainty.CHOSEN, None, because, differs)


def _differs(named: SocialValueModel | None, called_for: ModelChoice) -> str:
    expected = called_for.model
    if expected is None or expected is named:
        return ""
    return f"By its notice and buyer {expected.known_as} applies: see why the tender differs."


def _called_for(details: TenderDetails, rules: ModelRules) -> ModelChoice:
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
    return _by_regime(details, rules)


def _by_regime(details: TenderDetails, rules: ModelRules) -> ModelChoice:
    match details.regime:
        case None:
            return _unknown("The regime is not given.")
        case Regime.PCR2015:
            old = next((model for model, rule in rules.items() if rule.rules_of_2015), None)
            if old is None:
                return _unknown("No data say which model belongs to the rules of 2015.")
            why = "It runs under the rules of 2015."
            return _under(old, Certainty.APPLIES, details, rules, why)
        case Regime.BELOW_THRESHOLD:
            return _unknown("Whether the models bind below the threshold was not seen in a source.")
        case _:
            return _by_notice(details, rules)


def _by_notice(details: TenderDetails, rules: ModelRules) -> ModelChoice:
    day = details.notice_date
    if day is None:
        return _unknown("The date of the tender notice is not given.")
    dated = sorted(
        (rule.notices_from, model)
        for model, rule in rules.items()
        if rule.notices_from is not None and not rule.rules_of_2015
    )
    begun = [model for first, model in dated if first <= day]
    if not begun:
        return _unknown("No data say which model belongs to a notice as early as that.")
    model, later = begun[-1], [model for first, model in dated if first > day]
    least, value = rules[model].value_from, value_including_vat(details)
    if least and value is None:
        return _unknown("The estimated value including VAT is not given.")
    if value is not None and value < least:
        begins = f"{model.known_as} begins at {_round(least)} including VAT"
        below = f"{begins}; no weight is laid down below."
        return ModelChoice(None, Certainty.NONE, None, below)
    why = " ".join(_days(day, model, rules, later))
    return _under(model, Certainty.APPLIES, details, rules, why)


def _days(
    day: date, model: SocialValueModel, rules: ModelRules, later: list[SocialValueModel]
) -> Iterator[str]:
    rule = rules[model]
    if later:
        yield f"Its notice is dated before {_first_day(rules[later[0]])}."
    else:
        yield f"Its notice is dated from {_first_day(rule)} on."
    if rule.binds_from is not None and day < rule.binds_from and rule.until_then is not None:
        yield (
            f"{model.known_as} binds from {_day(rule.binds_from)}: until then the tender may name "
            f"{rule.until_then.known_as}."
        )


def _first_day(rule: ModelRule) -> str:
    seen = "" if rule.choice_verified else " (a day seen in secondary sources only)"
    return f"{_day(rule.notices_from)}{seen}" if rule.notices_from is not None else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _round(pounds: Fraction) -> str:
    return money(pounds).removesuffix(".00")


def _under(
    model: SocialValueModel,
    certainty: Certainty,
    details: TenderDetails,
    rules: ModelRules,
    why: str,
    differs: str = "",
) -> ModelChoice:
    """Return the choice of a model, with its least weight and what that rests on."""
    rule = rules.get(model, ModelRule())
    least, more = _least(rule, details)
    because = f"{why} {more}".strip()
    return ModelChoice(model, certainty, least, because, differs, rule.weight_verified, rule.kpis)


def _unknown(why: str) -> ModelChoice:
    return ModelChoice(None, Certainty.UNKNOWN, None, f"{why} Which model applies is unknown.")


def _named(text: str) -> SocialValueModel | None:
    """Return the only model that a text names (``Social Value Model, PPN 002``), or None."""
    plain = _signs(text)
    found = [model for model in SocialValueModel if _signs(model.known_as) in plain]
    return found[0] if len(found) == 1 else None


def _signs(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _least(rule: ModelRule, details: TenderDetails) -> tuple[Fraction | None, str]:
    if details.buyer_type is None:
        return None, "Whether its least weight binds needs the buyer type."
    if details.buyer_type is not BuyerType.CENTRAL:
        return None, "Its least weight binds central government only."
    bands, value = rule.weights, value_including_vat(details)
    if not bands:
        return None, "No least weight is known."
    seen = "" if rule.weight_verified else "The weight was seen in secondary sources only."
    if len(bands) == 1 and bands[0] == WeightBand(Fraction(0), None, bands[0].percent):
        return bands[0].percent, seen
    if value is None:
        return None, "Its least weight needs the estimated value including VAT."
    held = [band.percent for band in bands if band.holds(value)]
    if not held:
        return None, f"No weight is laid down for a value of {money(value)} including VAT."
    return held[0], seen
