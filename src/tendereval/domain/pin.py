"""A person's PIN as it is kept and how long to wait after misses; hashes nothing itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tendereval.domain.ids import PersonId

LEAST_DIGITS: Final = 4
MOST_DIGITS: Final = 32
_FREE: Final = 5
_FIRST_WAIT: Final = timedelta(seconds=30)
_LONGEST_WAIT: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Pin:
    """What a file keeps of a PIN.

    Attributes:
        secret: a salted hash in its usual text form, never the digits.
        failures: how often it was missed since it was last right.
        failed_at: when it was last missed.
    """

    person: PersonId
    secret: str
    failures: int = 0
    failed_at: datetime | None = None


def wait_after(failures: int) -> timedelta:
    """Return how long to wait after so many misses: none up to four, then twice as long each time.

    >>> [wait_after(n).seconds for n in (4, 5, 6, 7, 99)]
    [0, 30, 60, 120, 3600]
    """
    if failures < _FREE:
        return timedelta(0)
    doubled: int = 1 << min(failures - _FREE, 10)
    return min(_LONGEST_WAIT, _FIRST_WAIT * doubled)


def still_to_wait(pin: Pin, at: datetime) -> timedelta:
    """Return how long it is until the PIN may be tried again; a clock set back gains nothing."""
    if pin.failed_at is None:
        return timedelta(0)
    passed = max(timedelta(0), at - pin.failed_at)
    return max(timedelta(0), wait_after(pin.failures) - passed)


def is_a_pin(text: str) -> bool:
    """Whether a text is digits only, four at least."""
    return text.isascii() and text.isdigit() and LEAST_DIGITS <= len(text) <= MOST_DIGITS
