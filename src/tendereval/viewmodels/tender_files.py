"""Opening and making tender files for the welcome window; imported once that is painted.

Everything heavy (the database, workbooks) hangs on this module.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from tendereval.domain.errors import FileExists
from tendereval.services import importing, tenders, traces, working_files
from tendereval.services.importing import ImportReport
from tendereval.services.session import Session
from tendereval.store import lock
from tendereval.store.connection import FileKind
from tendereval.store.tender_file import kind_of

VIA: Final = "app"


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an empty tender begins with.

    Attributes:
        name: of the person who makes it.
        email: tells people of one name apart; may be blank.
    """

    reference: str
    title: str
    name: str
    email: str = ""


def now() -> datetime:
    """Return the moment on the clock of the machine."""
    return datetime.now().astimezone()


def begin() -> None:
    """Clear away what an opening that was cut short left in the open; called once, at the start."""
    traces.clear_away()


def open_file(path: Path, *, take_over: bool) -> Session:
    """Open a tender file for the lead of its panel, or a working file for its evaluator."""
    if kind_of(path) is FileKind.SCORING:
        return working_files.open_working_file(path, now, VIA, take_over=take_over)
    return tenders.open_tender(path, "", now, VIA, take_over=take_over)


def holder_of(path: Path) -> str:
    """Return who has a file open, in words; empty where no name is known."""
    found = lock.read(lock.lock_path(path))
    return "" if found is None or not found.person.strip() else found.person


def make_empty(path: Path, beginning: Beginning) -> Session:
    """Make a tender with a reference and a title, and nothing else in it."""
    person, email = beginning.name.strip(), beginning.email.strip()
    session = tenders.create_tender(path, person, now, str(uuid.uuid4()), VIA, email=email)
    try:
        with session.reading() as reader:
            details = reader.details()
        reference, title = beginning.reference.strip(), beginning.title.strip()
        tenders.define_details(session, replace(details, reference=reference, title=title))
    except BaseException:
        session.file.close()
        path.unlink(missing_ok=True)
        raise
    return session


def try_workbook(path: Path, workbook: Path) -> ImportReport:
    """Return what a new tender from a workbook would hold, or refuse with every problem."""
    return importing.try_new_tender(path, workbook, person="", clock=now)


def make_from_workbook(path: Path, workbook: Path) -> Session:
    """Make a tender from a workbook."""
    session, _report = importing.new_tender(
        path, workbook, person="", clock=now, tender_id=str(uuid.uuid4()), via=VIA
    )
    return session


def write_empty_workbook(path: Path) -> Path:
    """Write the empty set-up workbook with its guidance.

    Raises:
        FileExists: something of that name is there.
        FileProblem: the folder cannot be written.
    """
    if path.exists():
        raise FileExists(f"{path.name} is there already.", "Choose another name.")
    # Its library is slow to load, and opening a file does without.
    from tendereval.exchange.template import write_template  # noqa: PLC0415

    write_template(path)
    return path
