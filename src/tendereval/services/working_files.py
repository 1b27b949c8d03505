"""An evaluator's working file: open it and say what it was made from.

It has the tables of a tender file and holds only what its one evaluator may see. What a pack
brings into it is ``pack_arrival``' business.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tendereval.domain.errors import Bug, NotAllowedNow, NotATenderFile
from tendereval.domain.packs import Manifest, PackKind
from tendereval.services.handing_out import settled
from tendereval.services.session import Clock, Session
from tendereval.services.tenders import record_opening
from tendereval.store.audit import Actor
from tendereval.store.connection import FileKind
from tendereval.store.lock import this_process
from tendereval.store.repository import Reader
from tendereval.store.tender_file import TenderFile, kind_of

ENDING: Final = ".scoring"


def open_working_file(path: Path, clock: Clock, via: str, *, take_over: bool = False) -> Session:
    """Open a working file for its evaluator's work.

    Args:
        path: the file.
        clock: the source of time.
        via: the way in.
        take_over: take the lock even from a holder that may still be at work.

    Raises:
        NotATenderFile: it is a tender file, or no file of ours at all.
        FileLocked: another program has it open.
        FileProblem: see ``TenderFile.open``.
    """
    if kind_of(path) is FileKind.TENDER:
        raise NotATenderFile(
            f"{path.name} is the lead's tender file, not an evaluator's working file.",
            "Open it as a tender, or open the pack that the lead sent you.",
        )
    at = clock()
    file = TenderFile.open(path, this_process("you", at.isoformat()), at, take_over=take_over)
    try:
        with file.reading() as reader:
            evaluator = newest_pack(packs_of(reader)).evaluator.person
        session = Session(file, Actor(evaluator, via), clock)
        record_opening(session)
        return settled(session)
    except BaseException:
        file.close()
        raise


def is_working_file(session: Session) -> bool:
    """Whether the open file is an evaluator's."""
    return session.file.kind is FileKind.SCORING


def packs_of(reader: Reader) -> tuple[Manifest, ...]:
    """Return the packs that a working file was made from and brought up to, oldest first."""
    return tuple(manifest for manifest, _digest, _at in reader.packs_opened())


def newest_pack(packs: Sequence[Manifest], kind: PackKind | None = None) -> Manifest:
    """Return the newest pack, where there is one of a kind the newest of that kind."""
    if not packs:
        raise Bug("a working file without a pack")
    wanted = [pack for pack in packs if pack.kind is kind]
    return wanted[-1] if wanted else packs[-1]


def require_working_file(session: Session) -> None:
    """Refuse what only an evaluator's own file knows.

    Raises:
        NotAllowedNow: the lead's tender file is open.
    """
    if not is_working_file(session):
        raise NotAllowedNow(
            "This is the lead's tender file; nothing is returned from it.",
            "Open the evaluator's working file.",
        )
