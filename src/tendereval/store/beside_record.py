"""Keep what stands beside the record: text being typed, PINs, the register of documents.

Nothing here is part of the audit chain; what was kept before is written over or taken away.
"""

from datetime import datetime

from tendereval.domain.bidding import Place
from tendereval.domain.ids import PersonId
from tendereval.domain.pin import Pin
from tendereval.store import mapping, rows
from tendereval.store.unit_of_work import Change


def keep_working_text(
    change: Change,
    person: PersonId,
    place: Place,
    text: dict[str, str | None],
    at: datetime,
) -> None:
    """Keep what a person is typing at a place, over what was kept there before.

    Args:
        change: opened beside the record.
        person: who types.
        place: where.
        text: ``kind`` (``score``, ``agreed``), ``points`` as typed or None, ``state``, ``body``.
        at: when.
    """
    values = {"person": person, **mapping.place_values(place), **text, "saved_at": at.isoformat()}
    change.replace(rows.working_text, values)


def drop_working_text(change: Change, person: PersonId, kind: str, place: Place) -> None:
    """Remove working text whose content now stands in a revision."""
    change.remove(
        rows.working_text, {"person": person, "kind": kind, **mapping.place_values(place)}
    )


def set_pin(change: Change, pin: Pin) -> None:
    """Keep a person's PIN, or how often it was missed, over what was kept before."""
    at = None if pin.failed_at is None else pin.failed_at.isoformat()
    values = {"person": pin.person, "secret": pin.secret, "failures": pin.failures}
    change.replace(rows.pin, {**values, "failed_at": at})


def remove_pin(change: Change, person: PersonId) -> None:
    """Remove a person's PIN."""
    change.remove(rows.pin, {"person": person})


def add_document_made(change: Change, made: dict[str, str]) -> None:
    """Enter a written document in the register beside the record.

    Args:
        change: opened beside the record.
        made: ``made_at``, ``kind``, ``name``, ``sha256``, ``head`` and ``made_by``.
    """
    change.add_beside(rows.document_register, made)
