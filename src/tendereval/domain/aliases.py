"""What bidders are called where the method hides their names from evaluators."""

from collections.abc import Mapping, Sequence
from typing import Final

from tendereval.domain.bidding import Bidder
from tendereval.domain.ids import BidderId

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def aliases(bidders: Sequence[Bidder]) -> Mapping[BidderId, str]:
    """Return ``Bidder A``, ``Bidder B`` … in order of registering; after Z comes AA."""
    return {item.id: f"Bidder {letters(number)}" for number, item in enumerate(bidders)}


def letters(number: int) -> str:
    """Return the letters of a number counted from 0, as columns of a sheet are named.

    >>> letters(0), letters(25), letters(26), letters(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    found = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(_LETTERS))
        found = _LETTERS[rest] + found
    return found
