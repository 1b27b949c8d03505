"""What a person is still typing about bids: kept beside the record, and no part of it."""

from tendereval.domain.bidding import Place
from tendereval.services.session import Session
from tendereval.store import beside_record


def keep_unfinished(session: Session, kind: str, place: Place, body: str) -> None:
    """Keep what is being typed, over what was kept before; nothing is recorded.

    Args:
        session: the open tender.
        kind: what is typed: ``answer``, ``status``, ``clarification``.
        place: where; without a criterion where it is about a bid as a whole.
        body: the text, or several fields as one text.
    """
    with session.file.beside() as change:
        text: dict[str, str | None] = {"kind": kind, "points": None, "state": "", "body": body}
        beside_record.keep_working_text(change, session.actor.person, place, text, session.clock())


def unfinished(session: Session, kind: str, place: Place) -> str | None:
    """Return what the person at work was typing there; None where nothing is left."""
    with session.reading() as reader:
        found = reader.working_text(session.actor.person, kind, place)
    return None if found is None else found["body"]


def drop_unfinished(session: Session, kind: str, place: Place) -> None:
    """Let go of what was typed: it stands in the record now, or was given up."""
    with session.file.beside() as change:
        beside_record.drop_working_text(change, session.actor.person, kind, place)
