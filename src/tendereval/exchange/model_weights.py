"""Read the least weights of the Social Value Models from their data files."""

from fractions import Fraction
from typing import Final

import msgspec

from tendereval.domain.publicvalue.models import SocialValueModel, WeightBand
from tendereval.exchange.data_file import decoded, no_data
from tendereval.exchange.public_value_data import bundled

_WHOLE: Final = 100


class _Band(msgspec.Struct, frozen=True):
    from_gbp_inc_vat: int
    min_weight_percent: int
    below_gbp_inc_vat: int | None = None


class _WeightsFile(msgspec.Struct, frozen=True):
    weights: tuple[_Band, ...] = ()
    min_weight_percent: int | None = None


def least_weights(model: SocialValueModel, text: str | None = None) -> tuple[WeightBand, ...]:
    """Return the least weights of a model by contract value; empty where it has none.

    Args:
        model: which.
        text: of a data pack; None is the bundled file.

    Raises:
        ExchangeProblem: the text is not such a file, or a weight is no share of 100.
    """
    found = decoded(bundled(f"social_value_model_{model}") if text is None else text, _WeightsFile)
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
