"""What bidders are called where the method hides their names from evaluators."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from tendereval.domain.bidding import Bidder
from tendereval.domain.ids import BidderId
from tendereval.domain.packs import Alias

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CODE: Final = "bidder-"
_NONE: Final[Mapping[BidderId, Alias]] = MappingProxyType({})


def aliases(
    bidders: Sequence[Bidder], given: Mapping[BidderId, Alias] = _NONE
) -> Mapping[BidderId, str]:
    """Return ``Bidder A``, ``Bidder B`` … per bidder; after Z comes AA.

    Args:
        bidders: in order of registering.
        given: aliases on record. Who has none is named by the code of a pack it came in, else
            by the next letters in order of registering.
    """
    named = {item.id: _given(item.id, given) for item in bidders}
    rest = (Alias(BidderId(""), letters(number)) for number in range(2 * len(named)))
    taken = {alias.letters for alias in named.values() if alias is not None}
    free = (alias for alias in rest if alias.letters not in taken)
    return {key: (alias or next(free)).name for key, alias in named.items()}


def _given(bidder: BidderId, given: Mapping[BidderId, Alias]) -> Alias | None:
    known = given.get(bidder)
    if known is None and bidder.startswith(_CODE):
        return Alias(bidder, bidder.removeprefix(_CODE).upper())
    return known


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
