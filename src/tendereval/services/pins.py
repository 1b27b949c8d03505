"""PINs for scoring on the lead's laptop: a gate between colleagues, no lock against an expert.

Digits are hashed with Argon2id; the hash lies in the file beside the record. Forgetting a PIN is
in the record, for whoever makes a PIN forgotten could sit down in that person's place.
"""

import os
from dataclasses import replace
from datetime import timedelta
from typing import Final

from tendereval.domain.errors import WrongPin
from tendereval.domain.ids import PersonId
from tendereval.domain.pin import LEAST_DIGITS, Pin, is_a_pin, still_to_wait, wait_after
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.store import beside_record

ON_LEADS_LAPTOP: Final = "app, on the lead's laptop"
"""The way in that the record gives for what an evaluator does there."""

_ITERATIONS, _LANES, _MEMORY_KIB, _LENGTH, _SALT = 3, 1, 19 * 1024, 32, 16
_MINUTE: Final = 60


def has_pin(session: Session, person: PersonId) -> bool:
    """Whether a person has set a PIN in this file."""
    with session.reading() as reader:
        return reader.pin(person) is not None


def set_pin(session: Session, person: PersonId, digits: str, earlier: str = "") -> None:
    """Set a person's first PIN, or another one in place of the earlier one.

    Raises:
        WrongPin: fewer than four digits, or the earlier PIN is not right.
    """
    if not is_a_pin(digits):
        raise WrongPin(
            f"A PIN is at least {LEAST_DIGITS} digits and nothing else.", "Choose another one."
        )
    with session.reading() as reader:
        situation(reader).member(person)
        known = reader.pin(person)
    if known is not None:
        check_pin(session, person, earlier)
    with session.file.beside() as change:
        beside_record.set_pin(change, Pin(person, _hashed(digits)))


def check_pin(session: Session, person: PersonId, digits: str) -> None:
    """Refuse a PIN that is not this person's; after five misses each takes longer.

    Raises:
        WrongPin: it is not right, none is set, or it is too early to try again.
    """
    with session.reading() as reader:
        pin = reader.pin(person)
    if pin is None:
        raise WrongPin("This person has no PIN yet.", "Set one first.")
    at = session.clock()
    wait = still_to_wait(pin, at)
    if wait:
        raise WrongPin(
            f"The PIN was wrong {pin.failures} times.", f"Try again in {_in_words(wait)}."
        )
    if _is_right(pin, digits):
        if pin.failures:
            _keep(session, replace(pin, failures=0, failed_at=None))
        return
    missed = replace(pin, failures=pin.failures + 1, failed_at=at)
    _keep(session, missed)
    pause = wait_after(missed.failures)
    again = f"in {_in_words(pause)}" if pause else "now"
    raise WrongPin(
        "That is not the PIN.",
        f"Try again {again}; if it is forgotten, the lead evaluator can remove it.",
    )


def forget_pin(session: Session, person: PersonId) -> None:
    """Remove a person's PIN, so that the person chooses a new one; the record says so.

    Raises:
        WrongPin: there is none.
    """
    if not has_pin(session, person):
        raise WrongPin("This person has no PIN.", "There is nothing to remove.")
    with session.change("PIN removed", {"person": person}) as change:
        beside_record.remove_pin(change, person)


def _keep(session: Session, pin: Pin) -> None:
    with session.file.beside() as change:
        beside_record.set_pin(change, pin)


def _hashed(digits: str) -> str:
    # Imported where it is used: nobody else waits for it.
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415

    kdf = Argon2id(
        salt=os.urandom(_SALT),
        length=_LENGTH,
        iterations=_ITERATIONS,
        lanes=_LANES,
        memory_cost=_MEMORY_KIB,
    )
    return kdf.derive_phc_encoded(digits.encode())


def _is_right(pin: Pin, digits: str) -> bool:
    from cryptography.exceptions import InvalidKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415

    try:
        Argon2id.verify_phc_encoded(digits.encode(), pin.secret)
    except InvalidKey:
        return False
    return True


def _in_words(wait: timedelta) -> str:
    seconds = max(1, round(wait.total_seconds()))
    if seconds < _MINUTE:
        return f"{seconds} seconds"
    minutes = -(-seconds // _MINUTE)
    return f"{minutes} minute{'s' if minutes != 1 else ''}"
