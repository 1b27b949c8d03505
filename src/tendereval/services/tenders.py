"""Make, open and set up a tender."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tendereval import __version__
from tendereval.domain.evaluation import Role
from tendereval.domain.ids import PersonId
from tendereval.domain.method_text import canonical_text
from tendereval.domain.stages import Act, Stage
from tendereval.domain.tender import Method, TenderDetails
from tendereval.services.session import Clock, Session
from tendereval.services.situation import Situation, situation
from tendereval.store import recording
from tendereval.store.audit import Actor, Occasion
from tendereval.store.lock import this_process
from tendereval.store.mapping import to_json
from tendereval.store.tender_file import TenderFile
from tendereval.store.unit_of_work import Change, before_and_after

VIA_COMMANDS = "command line"
FIRST_PERSON = PersonId("p-1")
Filling = Callable[[Change, datetime], None]


def create_tender(
    path: Path, person: str, clock: Clock, tender_id: str, via: str, fill: Filling | None = None
) -> Session:
    """Make a tender file at stage ``set-up`` and keep it open.

    Args:
        path: where; nothing may be there yet.
        person: name of who makes it.
        clock: the source of time.
        tender_id: identity of the new file, never used before.
        via: the way in (``command line``, ``app``).
        fill: records the first content within the same transaction; where it refuses, no file
            is left behind.

    Raises:
        FileExists: something of that name is there.
        FileProblem: the folder does not take it.
    """
    at = clock()
    file = TenderFile.create(path, this_process(person, at.isoformat()))
    actor = Actor(FIRST_PERSON, via)
    try:
        with file.change(Occasion("tender made", actor, at, {"tender": tender_id}, {})) as change:
            recording.find_or_add_person(change, person)
            recording.add_identity(change, tender_id, __version__)
            recording.add_stage(change, Stage.SET_UP)
            recording.add_details(change, TenderDetails())
            recording.set_method_draft(change, Method())
            if fill is not None:
                fill(change, at)
    except BaseException:
        file.close()
        path.unlink(missing_ok=True)
        raise
    return Session(file, actor, clock)


def open_tender(
    path: Path, person: str, clock: Clock, via: str, *, take_over: bool = False
) -> Session:
    """Open a tender file for work; taking over a lock and migrating are recorded.

    Args:
        path: the file.
        person: name or e-mail of who works; blank is the lead of the panel.
        clock: the source of time.
        via: the way in.
        take_over: take the lock even from a holder that may still be at work.

    Raises:
        FileProblem: see ``TenderFile.open``.
    """
    at = clock()
    holder = this_process(person or "the lead evaluator", at.isoformat())
    file = TenderFile.open(path, holder, at, take_over=take_over)
    try:
        with file.reading() as reader:
            who = _who(situation(reader), person)
        session = Session(file, Actor(who or FIRST_PERSON, via), clock)
        if who is None:
            session = session.acting_as(_add_operator(session, person))
        _record_opening(session)
    except BaseException:
        file.close()
        raise
    return session


def look_at_tender(path: Path, clock: Clock, via: str) -> Session:
    """Open a tender file for reading only, without a lock."""
    return Session(TenderFile.open(path, None, clock()), Actor(FIRST_PERSON, via), clock)


def _who(now: Situation, person: str) -> PersonId | None:
    if not person:
        leads = [item.person for item in now.panel if item.role is Role.LEAD and not item.left]
        return leads[0] if leads else FIRST_PERSON
    wanted = person.casefold()
    return next(
        (
            known.id
            for known in now.people.values()
            if wanted in {known.name.casefold(), known.email.casefold()}
        ),
        None,
    )


def _add_operator(session: Session, person: str) -> PersonId:
    """Somebody off the panel works on the file: the name is kept, outside the record."""
    email = person if "@" in person else ""
    with session.file.beside() as change:
        return recording.find_or_add_person(change, person, email)


def _record_opening(session: Session) -> None:
    opened = session.file.opened
    if opened.taken_over_from:
        with session.change("file taken over", reason=f"Lock held by {opened.taken_over_from}"):
            pass
    if opened.migrated_from:
        backup = opened.backup.name if opened.backup else ""
        with session.change("file migrated", {"from": opened.migrated_from, "backup": backup}):
            pass


def define_details(session: Session, details: TenderDetails) -> None:
    """Record the tender's details.

    Raises:
        NotAllowedNow: after answers were locked.
    """
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.EDIT_DETAILS)
    texts = before_and_after("details", to_json(now.details), to_json(details))
    with session.change("details recorded", texts=texts) as change:
        recording.add_details(change, details)


def define_method(session: Session, method: Method) -> None:
    """Keep the method as a draft; each draft's digest is in the record.

    Raises:
        NotAllowedNow: once published, see ``methods.amend_method``.
    """
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.EDIT_METHOD)
    texts = before_and_after("method", canonical_text(now.method), canonical_text(method))
    with session.change("method drafted", texts=texts) as change:
        recording.set_method_draft(change, method)
