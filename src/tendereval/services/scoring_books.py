"""Scoring workbooks for evaluators without the app: written and recorded, and read back.

A workbook counts as a pack of its own number. What comes back in it nobody has signed; it goes
through the checks of a signed return all the same.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from tendereval.domain.errors import (
    CellProblem,
    ChangedUnderneath,
    FileExists,
    NotAllowedNow,
    NotDeclared,
    NotTheirs,
    ReadOnlyFile,
    WorkbookProblems,
    WrongTender,
)
from tendereval.domain.ids import DocumentId, PersonId
from tendereval.domain.packs import (
    Manifest,
    PackKind,
    PublicKeys,
    SignedHead,
)
from tendereval.domain.stages import Stage
from tendereval.services import aliasing, pack_checks, tender_keys
from tendereval.services.collecting_checks import Arrived
from tendereval.services.documents_out import safe_name
from tendereval.services.kept_returns import workbook_return
from tendereval.services.pack_content import Stamp, manifest_for, sight
from tendereval.services.pack_documents import Outward
from tendereval.services.packing import PackOrder
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import pack_recording
from tendereval.store.pack_questions import PackMade
from tendereval.store.repository import Reader

SEALED_TO: Final = "workbook"
"""Stands in the record where a pack says what it is sealed to."""
_NO_KEYS: Final = PublicKeys("", "")


@dataclass(frozen=True, slots=True)
class BookMade:
    """A scoring workbook that was written and recorded.

    Attributes:
        number: 1, 2, 3 … among the person's packs.
        answers: how many there are to score.
        folder: where the documents that answers name were put; None where there are none.
    """

    path: Path
    person: PersonId
    number: int
    answers: int
    folder: Path | None = None


def write_book(
    session: Session,
    person: PersonId,
    path: Path,
    *,
    return_by: datetime | None = None,
    message: str = "",
) -> BookMade:
    """Write one evaluator's scoring workbook and record it as a pack.

    Documents that answers name are put into a folder beside it.

    Args:
        session: the open tender; where its keys are at hand the head of the record is signed.
        person: the evaluator.
        path: of the workbook; nothing may be there yet.
        return_by: when scores are wanted back; None is no day.
        message: a few words to the person.

    Raises:
        NotAllowedNow: the stage does not allow scoring, or nothing was sent back.
        NotTheirs: the person has left the panel or scores nothing.
        NotDeclared: a declared interest of the person awaits the lead's decision.
        RuleRefusal: names in answers are undecided, or the message names a bidder.
        FileExists: something of that name is there.
        FileProblem: the disk does not take it.
    """
    order = PackOrder(person, return_by=return_by, message=message)
    with session.reading() as reader:
        now = situation(reader)
    _check(session, now, order)
    folder = path.with_name(f"{path.stem} documents")
    _check_free(path, folder)
    aliasing.assign(session)
    with session.reading() as reader:
        manifest, outward = _manifest(session, reader, order)
    ids = {"packs": f"{person} {manifest.number}", "sealed to": SEALED_TO}
    with _all_or_nothing() as written:
        made, digest = _write(session, manifest, outward, (path, folder), written)
        with session.change("pack made", ids) as change:
            if change.reader.head().hash != manifest.head.hash:
                raise ChangedUnderneath(
                    "The tender was changed while the workbook was being made.", "Make it again."
                )
            pack_recording.add_pack_made(change, _record(manifest, digest))
    tender_keys.sign_head(session, f"workbook: {person} {manifest.number}")
    return made


def _check(session: Session, now: Situation, order: PackOrder) -> None:
    if now.stage.position < Stage.SCORING.position:
        raise NotAllowedNow(
            f"At stage {str(now.stage)!r} there is nothing to score yet.",
            "Write scoring workbooks once scoring has begun.",
        )
    declaration = now.declaration(order.person)
    if declaration is not None and not declaration.is_settled:
        raise NotDeclared(
            f"{now.name(order.person)} declared an interest that awaits your decision.",
            "Record the decision first; then write the workbook.",
        )
    pack_checks.check_orders(session, now, (order,))
    if not sight(now, order.person).asked:
        raise NotTheirs(
            f"{now.name(order.person)} has nothing to score.",
            "Look at the panel: who scores which questions stands there.",
        )


def _check_free(*paths: Path) -> None:
    for path in paths:
        if path.exists() or path.is_symlink():
            raise FileExists(
                f"There is something called {path.name} already.",
                "Choose another name.",
                "It was left as it is.",
            )


def _manifest(session: Session, reader: Reader, order: PackOrder) -> tuple[Manifest, Outward]:
    """Return what a pack would hold; a workbook carries neither keys nor receipts."""
    now, head = situation(reader), reader.head()
    outward = Outward(reader.name_decisions(), now.names_hidden)
    unsigned = SignedHead(head.seq, head.hash, "", "")
    stamp = Stamp(session.clock(), _NO_KEYS, unsigned, {}, outward)
    return manifest_for(reader, now, order, stamp), outward


def _record(manifest: Manifest, digest: str) -> PackMade:
    named = "hidden" if manifest.names_hidden else "shown"
    return PackMade(
        manifest.evaluator.person,
        manifest.number,
        PackKind.SCOREPACK,
        manifest.version.number,
        SEALED_TO,
        digest,
        part_allowed=True,
        names="revealed" if manifest.names_revealed else named,
    )


def _write(
    session: Session,
    manifest: Manifest,
    outward: Outward,
    places: tuple[Path, Path],
    written: list[Path],
) -> tuple[BookMade, str]:
    """Write the workbook and the documents; note each file and folder before it is there."""
    # What writes workbooks is loaded only where one is written.
    from tendereval.exchange.scoring_workbook import write_scoring_workbook  # noqa: PLC0415

    path, folder = places
    names = _names(manifest)
    if names:
        with _plain_words(folder):
            folder.mkdir()
        written.append(folder)
    for document, name in names.items():
        written.append(folder / name)
        with _plain_words(folder / name):
            (folder / name).write_bytes(outward.content(session, document))
    where = {document: f"{folder.name}/{name}" for document, name in names.items()}
    facts = write_scoring_workbook(path, manifest, where)
    written.append(path)
    asked = len(facts.rows)
    made = BookMade(path, facts.evaluator, facts.pack, asked, folder if names else None)
    return made, facts.digest


def _names(manifest: Manifest) -> Mapping[DocumentId, str]:
    """Return a file name for each document: the bidder as the pack calls it, and its own."""
    called = {item.id: item.name for item in manifest.bidders}
    found: dict[DocumentId, str] = {}
    for item in {one.id: one for one in reversed(manifest.documents)}.values():
        taken = {name.casefold() for name in found.values()}
        number, name = 1, safe_name(f"{called[item.bidder]} {item.name}")
        while name.casefold() in taken:
            number += 1
            name = safe_name(f"{called[item.bidder]} {number} {item.name}")
        found[item.id] = name
    return found


@contextmanager
def _all_or_nothing() -> Iterator[list[Path]]:
    """Take away what was written where anything fails: the record says nothing of it then."""
    written: list[Path] = []
    try:
        yield written
    except BaseException:
        for path in reversed(written):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)
        raise


@contextmanager
def _plain_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ReadOnlyFile(
            f"{path.name} cannot be written there.", "Choose another folder or make room."
        ) from error


def read_book(session: Session, path: Path) -> Arrived:
    """Return what a scoring workbook of this tender brings; changes nothing.

    Raises:
        UnreadablePack: the file cannot be read.
        UnreadableWorkbook: not a workbook, or not one that was made for scoring.
        WorkbookProblems: everything that is wrong with it at once, cell by cell; its hidden
            sheet included, where it is not as the record knows it.
        WrongTender: it belongs to another tender.
    """
    # What reads workbooks is loaded only where one is read.
    from tendereval.exchange.file_writing import read_bytes  # noqa: PLC0415
    from tendereval.exchange.package import MAX_FILE_BYTES  # noqa: PLC0415

    content = read_bytes(path, MAX_FILE_BYTES, "workbook")
    book = workbook_return(path.name, content, session.clock())
    with session.reading() as reader:
        if book.body.tender != reader.tender_id():
            raise WrongTender(
                f"The workbook {path.name!r} belongs to another tender.",
                "Collect it in the file of its own tender.",
            )
        made = {(item.person, item.number): item for item in reader.packs_made()}
    known = made.get((book.body.evaluator, book.body.pack))
    if known is not None and (known.sealed_to, known.sha256) != (SEALED_TO, book.digest):
        raise WorkbookProblems([_not_as_made()])
    return book


def _not_as_made() -> CellProblem:
    from tendereval.exchange.scoring_facts import ABOUT  # noqa: PLC0415

    return CellProblem(
        ABOUT,
        None,
        None,
        "This hidden sheet is not the one that was written for this person.",
        "Use the workbook as it was sent, or write a new one.",
    )
