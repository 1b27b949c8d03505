"""The one per cent: how much of a contract goes to Good Works organisations.

A Good Works organisation tackles labour-market disadvantage; s.32(4) gives the test of a
supported employment provider.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


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


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract that a bid's amounts are held against.

    Attributes:
        price: None while it is out of sight or missing; ``why_no_price`` says which.
        includes_vat: of ``price``; None where not known.
        years: how long it runs; None where not known.
        bidder: name of the bidder, to find a partner that is the bidder itself.
        identifier: of the bidder, likewise.
    """

    price: Fraction | None
    includes_vat: bool | None = None
    years: Fraction | None = None
    bidder: str = ""
    identifier: str = ""
    why_no_price: str = "no price is recorded"


@dataclass(frozen=True, slots=True)
class ShareTarget:
    """The share aimed at; one per cent unless the lead sets another."""

    share: Fraction = Fraction(1, 100)
    reason: str = ""
