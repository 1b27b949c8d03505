"""The promises that become terms of the contract: the winner's complete commitments, per lot.

Frozen values for screens, documents and workbooks. Ambitions stay out and are counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tendereval.domain.exact import decimal_text
from tendereval.domain.ids import BidderId, LotId
from tendereval.domain.publicvalue.commitments import Commitment, Goal
from tendereval.domain.publicvalue.kpi_need import LOT_NOTE, KpiFinding


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One line of the contract schedule.

    Attributes:
        number: 1, 2, 3 … within one supplier's part; the same as long as nothing is added
            before it.
        commitment: whole, with the words it was made from and where they stand.
        is_kpi: whether it is chosen as a key performance indicator.
        goals: of the authority that it serves and that still stand.
        flags: what the check of commitments says of it.
    """

    number: int
    commitment: Commitment
    is_kpi: bool
    goals: tuple[Goal, ...]
    flags: tuple[str, ...] = ()

    @property
    def amount(self) -> str:
        """How many, with its unit (``12 apprentices``)."""
        number = self.commitment.how_many
        return "" if number is None else amount_text(number, self.commitment.unit)

    @property
    def by_when(self) -> date | None:
        """The day it is due."""
        return self.commitment.by_when

    @property
    def owner(self) -> str:
        """Who answers for it; empty until somebody is named."""
        return self.commitment.owner


def amount_text(number: Fraction, unit: str) -> str:
    """Return a number, never a negative one, with its unit as people write it.

    >>> amount_text(Fraction(12), "apprentices")
    '12 apprentices'
    >>> amount_text(Fraction(1250), "£")
    '£1,250'
    >>> amount_text(Fraction(1250), "£ spent locally")
    '£1,250 spent locally'
    >>> amount_text(Fraction(5, 2), "% of staff")
    '2.5% of staff'
    """
    whole, _, part = decimal_text(number).partition(".")
    text = f"{int(whole):,}{'.' if part else ''}{part}"
    bare = unit.strip()
    if bare[:1] in {"£", "€", "$"}:
        return f"{bare[0]}{text} {bare[1:].strip()}".strip()
    return f"{text}{bare}" if bare.startswith("%") else f"{text} {bare}".strip()


@dataclass(frozen=True, slots=True)
class SupplierPart:
    """The schedule of one supplier.

    Attributes:
        ambitions: promises that lack one of the five parts, and so are no terms.
    """

    bidder: BidderId
    name: str
    rows: tuple[ScheduleRow, ...]
    ambitions: tuple[Commitment, ...]

    @property
    def without_owner(self) -> tuple[ScheduleRow, ...]:
        """Lines for which nobody answers yet."""
        return tuple(row for row in self.rows if not row.owner)

    @property
    def kpis(self) -> tuple[ScheduleRow, ...]:
        """Lines that are key performance indicators."""
        return tuple(row for row in self.rows if row.is_kpi)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The contract schedule of one lot.

    Attributes:
        parts: one per supplier the award decision names, in its order.
        is_decided: whether an award decision stands; without one there are no parts.
        kpi: whether KPIs must be published, and whether enough are chosen.
    """

    lot: LotId
    parts: tuple[SupplierPart, ...]
    is_decided: bool
    kpi: KpiFinding

    @property
    def rows(self) -> tuple[ScheduleRow, ...]:
        """Every line, in order of supplier and number."""
        return tuple(row for part in self.parts for row in part.rows)

    @property
    def sentence(self) -> str:
        """What the schedule holds, in one sentence."""
        if not self.is_decided:
            return f"No award decision stands for lot {self.lot}, so there is no schedule yet."
        if not self.parts:
            return f"Lot {self.lot} is not awarded, so there is no schedule."
        return " ".join(_sentence(part) for part in self.parts)


def _sentence(part: SupplierPart) -> str:
    if not part.rows:
        return f"{part.name} made no complete commitment: nothing goes into the contract."
    count = len(part.rows)
    noun = "commitment goes" if count == 1 else "commitments go"
    bare = len(part.without_owner)
    owners = f" {bare} {'has' if bare == 1 else 'have'} no owner yet." if bare else ""
    return f"{count} {noun} into the contract with {part.name}.{owners}"


@dataclass(frozen=True, slots=True)
class KpiState:
    """Which commitments are key performance indicators.

    Attributes:
        by_lot: whether section 52 asks for KPIs in the contract of each lot, and whether enough
            are chosen; lots in published order.
        chosen: those that stand and are complete; in the order chosen.
        fallen: chosen once, withdrawn or no longer complete since; they do not count.
        opt_out: the reason under s.52(2) for publishing none.
        of_the_model: what the Social Value Model asks for, apart from section 52.

    Source: Procurement Act 2023, s.52.
    """

    by_lot: Mapping[LotId, KpiFinding]
    chosen: tuple[Commitment, ...]
    fallen: tuple[Commitment, ...]
    opt_out: str
    of_the_model: KpiFinding

    @property
    def words(self) -> tuple[str, ...]:
        """What section 52 asks for, one sentence each; by lot where lots differ."""
        found = self.by_lot
        said = list(dict.fromkeys(item.sentence for item in found.values()))
        if len(said) != 1:
            return (LOT_NOTE, *(f"Lot {lot}: {item.sentence}" for lot, item in found.items()))
        if len(found) == 1 or all(item.needed == 0 for item in found.values()):
            return (said[0],)
        return (LOT_NOTE, f"Each lot: {said[0]}")

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the lead must do by section 52, one sentence each."""
        where = len(self.by_lot) > 1
        return tuple(
            f"Lot {lot}: {item.sentence}" if where else item.sentence
            for lot, item in self.by_lot.items()
            if item.warns
        )
