"""Private questions that came with returns: read by the lead, or still to be read."""

from tendereval.domain.errors import UnknownReference
from tendereval.services.session import Session
from tendereval.store.pack_questions import Collected
from tendereval.store.repository import Reader

READ = "private question read"


def unread(reader: Reader) -> tuple[Collected, ...]:
    """Return the returns whose question nobody has noted as read, oldest first."""
    asked = tuple(item for item in reader.collected() if item.question.strip())
    if not asked:
        return ()
    seen = {entry.ids.get("return") for entry in reader.entries() if entry.kind == READ}
    return tuple(item for item in asked if item.sha256 not in seen)


def note_read(session: Session, sha256: str) -> None:
    """Record that the lead has read a question; the question stays with its return.

    Raises:
        UnknownReference: no unread question came with a return of that digest.
    """
    with session.reading() as reader:
        found = next((item for item in unread(reader) if item.sha256 == sha256), None)
    if found is None:
        raise UnknownReference(
            "No unread question came with that return.", "Look at the panel again."
        )
    with session.change(READ, {"person": found.person, "return": sha256}):
        pass
