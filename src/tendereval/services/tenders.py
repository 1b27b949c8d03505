"""Make, open and set up a tender."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tendereval import __version__
from tendereval.domain.errors import NotAllowedNow, NotATenderFile, UnknownReference
from tendereval.domain.evaluation import Role
from tendereval.domain.ids import PersonId
from tendereval.domain.method_text import canonical_text
from tendereval.domain.stages import Act, Stage
from tendereval.domain.tender import Method, TenderDetails
from tendereval.services.handing_out import settled
from tendereval.services.session import Clock, Session
from tendereval.services.situation import Situation, situation
from tendereval.store import recording
from tendereval.store.audit import Actor, Occasion
from tendereval.store.connection import FileKind
from tendereval.store.lock import this_process
from tendereval.store.mapping import to_json
from tendereval.store.tender_file import TenderFile, kind_of
from tendereval.store.unit_of_work import Change, before_and_after

VIA_COMMANDS = "command line"
FIRST_PERSON = PersonId("p-1")
Filling = Callable[[Change, datetime], None]


def create_tender(  # noqa: PLR0913 - a tender is made with that many things
    path: Path,
    person: str,
    clock: Clock,
    tender_id: str,
    via: str,
    *,
    email: str = "",
    fill: Filling | None = None,
) -> Session:
    """Make a tender file at stage ``set-up`` and keep it open.

    Args:
        path: where; nothing may be there yet.
        person: name of who makes it.
        clock: the source of time.
        tender_id: identity of the new file, never used before.
        via: the way in (``command line``, ``app``).
        email: of who makes it, where it is known.
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
            recording.find_or_add_person(change, person, email)
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


def open_tender(  # noqa: PLR0913 - a tender is opened with that many wishes
    path: Path,
    person: str,
    clock: Clock,
    via: str,
    *,
    take_over: bool = False,
    trying: bool = False,
    known_only: bool = False,
) -> Session:
    """Open a tender file for work; taking over a lock and migrating are recorded.

    Args:
        path: the file.
        person: name or e-mail of who works; blank is the lead of the panel.
        clock: the source of time.
        via: the way in.
        take_over: take the lock even from a holder that may still be at work.
        trying: nothing will be kept, so that neither the person nor the opening is.
        known_only: refuse somebody whom the file does not know, instead of adding them.

    Raises:
        NotATenderFile: also for an evaluator's working file.
        UnknownReference: nobody, or more than one person, is called so.
        FileProblem: see ``TenderFile.open``.
    """
    _refuse_working_file(path)
    at, person = clock(), person.strip()
    holder = this_process(person or "the lead evaluator", at.isoformat())
    file = TenderFile.open(path, holder, at, take_over=take_over)
    try:
        with file.reading() as reader:
            who = _who(situation(reader), person, known_only=known_only)
        session = Session(file, Actor(who or FIRST_PERSON, via), clock)
        if trying:
            return session
        if who is None:
            session = session.acting_as(_add_operator(session, person))
        record_opening(session)
        return settled(session)
    except BaseException:
        file.close()
        raise


def look_at_tender(path: Path, clock: Clock, via: str) -> Session:
    """Open a tender file for reading only, without a lock."""
    _refuse_working_file(path)
    return Session(TenderFile.open(path, None, clock()), Actor(FIRST_PERSON, via), clock)


def _refuse_working_file(path: Path) -> None:
    if kind_of(path) is FileKind.SCORING:
        raise NotATenderFile(
            f"{path.name} is an evaluator's working file, not a tender file.",
            "Open it as the evaluator does, to declare, score and return.",
        )


def _who(now: Situation, person: str, *, known_only: bool) -> PersonId | None:
    if not person:
        leads = [item.person for item in now.panel if item.role is Role.LEAD and not item.left]
        return leads[0] if leads else FIRST_PERSON
    wanted = person.casefold()
    found = [
        known.id
        for known in now.people.values()
        if wanted in {known.name.casefold(), known.email.casefold()}
    ]
    if len(found) > 1:
        raise UnknownReference(f"{len(found)} people are called {person!r}.", "Use an e-mail.")
    if known_only and not found:
        raise UnknownReference(
            f"Nobody in this tender is called {person!r}.", f"Use one of: {_known(now)}."
        )
    return found[0] if found else None


def _known(now: Situation) -> str:
    """Return who may be named as being at work: everybody with a name, and the e-mail with it."""
    return "; ".join(
        f"{one.name} ({one.email})" if one.email else one.name
        for one in now.people.values()
        if one.name
    )


def _add_operator(session: Session, person: str) -> PersonId:
    """Somebody off the panel works on the file: the name is kept, outside the record."""
    email = person if "@" in person else ""
    with session.file.beside() as change:
        return recording.find_or_add_person(change, person, email)


def record_opening(session: Session) -> None:
    """Record what opening brought to light: a lock taken over, a file brought up to date."""
    opened = session.file.opened
    if opened.taken_over_from:
        # The record names people by id only; the lock names them as they are called.
        name, _, where = opened.taken_over_from.rpartition(" on ")
        with session.reading() as reader:
            people = reader.people().values()
        ids = [one.id for one in people if name.casefold() in {one.name.casefold(), one.email}]
        by = {"held by": ids[0]} if ids else {}
        with session.change("file taken over", by, reason=f"The lock was held on {where}."):
            pass
    if opened.migrated_from:
        backup = opened.backup.name if opened.backup else ""
        with session.change("file migrated", {"from": opened.migrated_from, "backup": backup}):
            pass


def define_details(session: Session, details: TenderDetails) -> None:
    """Record the tender's details.

    Raises:
        NotAllowedNow: after answers were locked, or for what the deadline has fixed.
    """
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.EDIT_DETAILS)
    check_details(now, details, session.clock())
    texts = before_and_after("details", to_json(now.details), to_json(details))
    with session.change("details recorded", texts=texts) as change:
        recording.add_details(change, details)


def check_details(now: Situation, details: TenderDetails, at: datetime) -> None:
    """Refuse a change of what decides whether the method may still change, once it may not.

    Raises:
        NotAllowedNow: the published deadline has passed.
    """
    passed = now.details.deadline is not None and at > now.details.deadline
    if now.stage is Stage.SET_UP or not passed:
        return
    before = (now.details.deadline, now.details.procedure, now.details.refinement_provided_for)
    if before != (details.deadline, details.procedure, details.refinement_provided_for):
        raise NotAllowedNow(
            "The tender deadline has passed: deadline, procedure and refinement stay as published.",
            "Take these items back; other details may change.",
        )


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
