"""Removing a working file once everything in it has reached the lead."""

from typing import Final

from tendereval.domain.errors import NotAllowedNow
from tendereval.domain.packs import ReturnKind
from tendereval.services import returning, traces
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.services.working_files import require_working_file
from tendereval.store import backup
from tendereval.store.connection import plain_words
from tendereval.store.repository import Reader

_WORK: Final = {
    "score recorded": ReturnKind.SCORES,
    "workbook taken in": ReturnKind.SCORES,
    "commitment made": ReturnKind.SCORES,
    "commitment changed": ReturnKind.SCORES,
    "commitment linked": ReturnKind.SCORES,
    "commitment withdrawn": ReturnKind.SCORES,
    "commitment put back": ReturnKind.SCORES,
    "agreed score confirmed": ReturnKind.CONFIRMATION,
    "dissent recorded": ReturnKind.CONFIRMATION,
    "interests declared": ReturnKind.DECLARATION,
}
"""Which return brings what the evaluator records."""

_ALSO_BY: Final = {ReturnKind.DECLARATION: ReturnKind.SCORES}


def may_be_removed(session: Session) -> bool:
    """Whether everything in a working file has reached the lead.

    True once the newest return of each kind that is asked for was complete and its receipt has
    come, nothing was recorded or typed since, and nothing more is asked for.
    """
    require_working_file(session)
    if returning.gaps(session, ReturnKind.SCORES):
        return False
    with session.reading() as reader:
        wanted = _wanted(session, reader)
        received = {receipt.sha256 for receipt in reader.receipts()}
        newest = {item.kind: item for item in reader.returns_made()}
        unreturned = _has_unreturned(reader)
    if ReturnKind.CONFIRMATION in wanted and returning.gaps(session, ReturnKind.CONFIRMATION):
        return False
    arrived = {kind for kind, made in newest.items() if made.complete and made.sha256 in received}
    done = all(kind in arrived or _ALSO_BY.get(kind) in arrived for kind in wanted)
    return done and not unreturned


def remove(session: Session) -> None:
    """Close a working file and delete it with its back-ups.

    Each file is overwritten first. On a magnetic disk that leaves nothing to read; an SSD, a
    file system that keeps old blocks, and copies made elsewhere (a synchronised folder, the
    machine's own back-up) may still hold it. What protects those is the disk's encryption.

    Raises:
        NotAllowedNow: not everything in it has reached the lead.
        FileProblem: the disk does not let it go.
    """
    if not may_be_removed(session):
        raise NotAllowedNow(
            "The lead's receipt for everything in this working file has not come yet.",
            "Return what is missing and wait for the receipt.",
        )
    path = session.file.path
    session.file.close()
    with plain_words(path):
        traces.remove_half_made(traces.half_made(path))
        for item in (*backup.backups(path), path):
            if item.exists():
                traces.remove_for_good(item)


def _wanted(session: Session, reader: Reader) -> frozenset[ReturnKind]:
    person, now = session.actor.person, situation(reader)
    wanted = set()
    if reader.scores() or any(item.evaluator == person for item in now.assignments()):
        wanted.add(ReturnKind.SCORES)
    if reader.agreed_outlines():
        wanted.add(ReturnKind.CONFIRMATION)
    return frozenset(wanted or {ReturnKind.DECLARATION})


def _has_unreturned(reader: Reader) -> bool:
    """Whether something was recorded after the last return that could bring it."""
    worked: dict[ReturnKind, int] = {}
    returned: dict[ReturnKind, int] = {}
    for entry in reader.entries():
        if entry.kind in _WORK:
            worked[_WORK[entry.kind]] = entry.seq
        elif entry.kind == "return made":
            kind = ReturnKind(entry.ids["kind"])
            returned[kind] = entry.seq
            if kind is ReturnKind.SCORES:
                returned[ReturnKind.DECLARATION] = entry.seq
    return any(seq > returned.get(kind, 0) for kind, seq in worked.items())
