"""The one per cent: how much of a contract goes to Good Works organisations.

A Good Works organisation tackles labour-market disadvantage; s.32(4) gives the test of a
supported employment provider.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tendereval.domain.ids import LotId


class Category(StrEnum):
    """Why a partner counts."""

    SUPPORTED_EMPLOYMENT = "supported employment provider"
    SOCIAL_ENTERPRISE = "social enterprise"
    CHARITY = "charity"
    COOPERATIVE = "co-operative"
    OTHER = "other"


class Route(StrEnum):
    """The workforce of which 30 per cent are disabled or disadvantaged, s.32(4)."""

    ORGANISATION = "the organisation"
    PART = "the part that performs the contract"
    JOINT = "the joint workforce"


@dataclass(frozen=True, slots=True)
class Workforce:
    """The figures of the 30 per cent test by one route."""

    route: Route
    workforce: int
    disadvantaged: int


@dataclass(frozen=True, slots=True)
class Partner:
    """One line of what a bidder says goes to a partner.

    Attributes:
        amount: pounds over the whole contract, exact; None where only a share is given.
        share: of the contract price, exact (1/100 is one per cent); None where only pounds.
        direct: whether the bidder itself, or a subcontractor.
        purpose: whether giving work to disadvantaged people is its purpose; None: not said.
        includes_vat: of ``amount``; None where not said.
        years: over how many years the amount runs; None is the whole contract.
        evidence: what proves it; blank is committed but not evidenced.
        lot: which of the bid's lots it belongs to; None: all of them together.
    """

    name: str
    category: Category
    direct: bool
    amount: Fraction | None = None
    share: Fraction | None = None
    purpose: bool | None = None
    tests: tuple[Workforce, ...] = ()
    includes_vat: bool | None = None
    years: int | None = None
    evidence: str = ""
    identifier: str = ""
    lot: LotId | None = None


@dataclass(frozen=True, slots=True)
class LotOfBid:
    """One lot that a bidder bids for.

    Attributes:
        is_assessed: whether the bid for it is; one that was withdrawn is not.
        price: for this lot; None while it is out of sight or missing.
    """

    lot: LotId
    is_assessed: bool = True
    price: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract that a bid's amounts are held against.

    Attributes:
        price: of all lots assessed; None while it is out of sight or missing; ``why_no_price``
            says which.
        includes_vat: of ``price``; None where not known.
        years: how long it runs; None where not known.
        bidder: name of the bidder, to find a partner that is the bidder itself.
        identifier: of the bidder, likewise.
        lots: that the bidder bids for; empty where not known.
    """

    price: Fraction | None
    includes_vat: bool | None = None
    years: Fraction | None = None
    bidder: str = ""
    identifier: str = ""
    why_no_price: str = "no price is recorded"
    lots: tuple[LotOfBid, ...] = ()

    @property
    def assessed(self) -> tuple[LotOfBid, ...]:
        """The lots whose bid is assessed."""
        return tuple(one for one in self.lots if one.is_assessed)

    def price_of(self, lot: LotId | None) -> Fraction | None:
        """Return the price that a line is held against: of its lot, or of the whole bid."""
        if lot is None:
            return self.price
        return next((one.price for one in self.lots if one.lot == lot), self.price)


@dataclass(frozen=True, slots=True)
class ShareTarget:
    """The share aimed at; one per cent unless the lead sets another."""

    share: Fraction = Fraction(1, 100)
    reason: str = ""
