"""The Social Value Models: from when each applies and what it asks for, as dated data have it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final


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


@dataclass(frozen=True, slots=True)
class ModelKpis:
    """How many KPIs a model asks for.

    Attributes:
        number: at least so many; 0 where it asks for none.
        begins: from this value including VAT on.
        verified: whether that was seen in a primary source.
    """

    number: int = 0
    begins: Fraction = Fraction(0)
    verified: bool = False


NO_KPIS: Final = ModelKpis()


@dataclass(frozen=True, slots=True)
class ModelRule:
    """When a model applies and what it asks for.

    Attributes:
        rules_of_2015: whether it belongs to procurements under the rules of 2015.
        notices_from: the first day of tender notices under it, until those of a later model
            begin; None under the rules of 2015.
        binds_from: until this day a tender may name ``until_then``; None where it binds from
            its first day.
        until_then: the model before it.
        value_from: the least value including VAT.
        weights: by value; none where none is known.
        kpis: how many the model itself asks for, apart from section 52.
        choice_verified: whether days and least value were seen in a primary source.
        weight_verified: whether the weights were.
    """

    rules_of_2015: bool = False
    notices_from: date | None = None
    binds_from: date | None = None
    until_then: SocialValueModel | None = None
    value_from: Fraction = Fraction(0)
    weights: tuple[WeightBand, ...] = ()
    kpis: ModelKpis = NO_KPIS
    choice_verified: bool = False
    weight_verified: bool = False


ModelRules = Mapping[SocialValueModel, ModelRule]
"""By model; one that is missing is never chosen by notice and buyer."""
