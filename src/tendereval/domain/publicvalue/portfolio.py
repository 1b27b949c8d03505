"""The one per cent over several contracts: sums over sums, never an average of shares."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tendereval.domain.publicvalue.share_finding import ShareFinding


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The share over several contracts: sums over sums.

    Attributes:
        price: of the contracts that have a share.
        share: committed over price; None where no contract has a share.
        evidenced_share: likewise.
        counted: how many contracts that is.
        left_out: how many have no share; they are not taken for zero.
    """

    price: Fraction
    committed: Fraction
    evidenced: Fraction
    share: Fraction | None
    evidenced_share: Fraction | None
    counted: int
    left_out: int


def portfolio(findings: Iterable[ShareFinding]) -> Portfolio:
    """Return the share over several contracts; those without a share are left out and counted."""
    every = tuple(findings)
    priced = [item for item in every if item.share is not None]
    price = _sum(item.price for item in priced)
    committed = _sum(item.committed for item in priced)
    evidenced = _sum(item.evidenced for item in priced)
    return Portfolio(
        price,
        committed,
        evidenced,
        committed / price if price else None,
        evidenced / price if price else None,
        len(priced),
        len(every) - len(priced),
    )


def _sum(amounts: Iterable[Fraction | None]) -> Fraction:
    return sum((amount for amount in amounts if amount is not None), Fraction(0))
