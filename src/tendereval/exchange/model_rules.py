"""Read when the Social Value Models apply and what they ask for, from their data files."""

from datetime import date
from fractions import Fraction
from typing import Final

import msgspec

from tendereval.domain.publicvalue.model_rules import (
    ModelKpis,
    ModelRule,
    SocialValueModel,
    WeightBand,
)
from tendereval.exchange.data_file import decoded, no_data
from tendereval.exchange.public_value_data import bundled

_WHOLE: Final = 100


class _Band(msgspec.Struct, frozen=True):
    from_gbp_inc_vat: int
    min_weight_percent: int
    below_gbp_inc_vat: int | None = None


class _Choice(msgspec.Struct, frozen=True):
    source: str
    rules_of_2015: bool = False
    notices_from: date | None = None
    binds_from: date | None = None
    until_then: SocialValueModel | None = None
    value_from_gbp_inc_vat: int = 0
    verified: bool = False


class _Reporting(msgspec.Struct, frozen=True):
    kpis: int = 0
    kpis_from_gbp_inc_vat: int = 0
    verified: bool = False


class _RuleFile(msgspec.Struct, frozen=True):
    choice: _Choice
    weights: tuple[_Band, ...] = ()
    min_weight_percent: int | None = None
    weight_verified: bool = False
    reporting: _Reporting = _Reporting()


def model_rule(model: SocialValueModel, text: str | None = None) -> ModelRule:
    """Return when a model applies and what it asks for.

    Args:
        model: which.
        text: of a data pack; None is the bundled file.

    Raises:
        ExchangeProblem: the text is not such a file, says neither rules nor days that the model
            belongs to, or holds a number or a day that cannot be.
    """
    found = decoded(bundled(f"social_value_model_{model}") if text is None else text, _RuleFile)
    choice, asked = found.choice, found.reporting
    if choice.rules_of_2015 == (choice.notices_from is not None):
        raise no_data("it says neither or both of the rules and the days that the model belongs to")
    binds, first = choice.binds_from, choice.notices_from
    if binds is not None and (first is None or binds < first):
        raise no_data("the model binds before its first day")
    if min(choice.value_from_gbp_inc_vat, asked.kpis, asked.kpis_from_gbp_inc_vat) < 0:
        raise no_data("a number is below zero")
    return ModelRule(
        choice.rules_of_2015,
        first,
        binds,
        choice.until_then,
        Fraction(choice.value_from_gbp_inc_vat),
        _bands(found),
        ModelKpis(asked.kpis, Fraction(asked.kpis_from_gbp_inc_vat), asked.verified),
        choice.verified,
        found.weight_verified,
    )


def _bands(found: _RuleFile) -> tuple[WeightBand, ...]:
    every = found.weights
    if not every and found.min_weight_percent is not None:
        every = (_Band(0, found.min_weight_percent),)
    if any(not 0 <= one.min_weight_percent <= _WHOLE for one in every):
        raise no_data("a least weight is not a share of 100")
    return tuple(
        WeightBand(
            Fraction(one.from_gbp_inc_vat),
            None if one.below_gbp_inc_vat is None else Fraction(one.below_gbp_inc_vat),
            Fraction(one.min_weight_percent),
        )
        for one in every
    )
