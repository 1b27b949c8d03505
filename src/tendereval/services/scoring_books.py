"""Scoring workbooks for evaluators without the app: written and recorded, and read back.

A workbook counts as a pack of its own number. What comes back in it nobody has signed; it goes
through the checks of a signed return all the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from tendereval.domain.errors import (
    CellProblem,
    ChangedUnderneath,
    NotAllowedNow,
    NotDeclared,
    NotTheirs,
    WorkbookProblems,
    WrongTender,
)
from tendereval.domain.ids import DocumentId, PersonId
from tendereval.domain.packs import (
    Manifest,
    PublicKeys,
    SignedHead,
)
from tendereval.domain.stages import Stage
from tendereval.exchange.file_writing import plain_words, refuse_taken
from tendereval.services import aliasing, pack_checks, tender_keys
from tendereval.services.collecting_checks import Arrived
from tendereval.services.documents_out import safe_name
from tendereval.services.handing_out import Deed, handing_out
from tendereval.services.kept_returns import workbook_return
from tendereval.services.pack_content import Stamp, manifest_for, sight
from tendereval.services.pack_documents import Outward
from tendereval.services.packing import PackOrder, made_of
from tendereval.services.progress import NullProgress, Progress
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
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
    progress: Progress | None = None,
) -> BookMade:
    """Write one evaluator's scoring workbook and record it as a pack; see ``write_books``."""
    order = PackOrder(person, return_by=return_by, message=message)
    return write_books(session, ((order, path),), progress)[0]


def write_books(
    session: Session,
    wanted: Sequence[tuple[PackOrder, Path]],
    progress: Progress | None = None,
) -> tuple[BookMade, ...]:
    """Write scoring workbooks and record each as a pack, all or none.

    Documents that answers name are put into a folder beside each.

    Args:
        session: the open tender; where its keys are at hand the head of the record is signed.
        wanted: for whom, wanted back when and with what words (how it is sealed does not
            count), and the path of each workbook; nothing may be there yet.
        progress: told how far it is; may stop it.

    Raises:
        NotAllowedNow: the stage does not allow scoring, or nothing was sent back.
        NotTheirs: a person has left the panel or scores nothing.
        NotDeclared: a declared interest of a person awaits the lead's decision.
        RuleRefusal: names in answers are undecided, or a message names a bidder.
        FileExists: something of such a name is there.
        FileProblem: the disk does not take it.
        Cancelled: the person stopped it; nothing is written.
    """
    watching = progress or NullProgress()
    with session.reading() as reader:
        now = situation(reader)
    _check(session, now, [order for order, _ in wanted], watching)
    places = [(path, path.with_name(f"{path.stem} documents")) for _, path in wanted]
    refuse_taken(*chain(*places))
    aliasing.assign(session)
    with session.reading() as reader:
        manifests, outward = _manifests(session, reader, [order for order, _ in wanted])
    with handing_out(session, tuple(chain(*places))) as going:
        written = []
        for number, (manifest, place) in enumerate(zip(manifests, places, strict=True)):
            watching.step(number, len(places), f"Workbook for {manifest.name}")
            temporary = going.temporaries[2 * number : 2 * number + 2]
            written.append(_write(session, manifest, outward, place, temporary))
        going.record(_deed(manifests, written), partial(_check_unchanged, manifests[0]))
    made = tuple(one for one, _ in written)
    tender_keys.sign_head(session, f"workbooks: {_packs(manifests)}")
    return made


def _deed(manifests: Sequence[Manifest], written: Sequence[tuple[BookMade, str]]) -> Deed:
    """Return what the record says of workbooks once their files have their names."""
    packed = tuple(
        replace(made_of(manifest, SEALED_TO, digest), part_allowed=True)
        for manifest, (_, digest) in zip(manifests, written, strict=True)
    )
    kind = "pack made" if len(packed) == 1 else "packs made"
    return Deed(kind, {"packs": _packs(manifests), "sealed to": SEALED_TO}, packed)


def _packs(manifests: Sequence[Manifest]) -> str:
    return ", ".join(f"{one.evaluator.person} {one.number}" for one in manifests)


def _check(
    session: Session, now: Situation, orders: Sequence[PackOrder], progress: Progress
) -> None:
    if now.stage.position < Stage.SCORING.position:
        raise NotAllowedNow(
            f"At stage {str(now.stage)!r} there is nothing to score yet.",
            "Write scoring workbooks once scoring has begun.",
        )
    for order in orders:
        declaration = now.declaration(order.person)
        if declaration is not None and not declaration.is_settled:
            raise NotDeclared(
                f"{now.name(order.person)} declared an interest that awaits your decision.",
                "Record the decision first; then write the workbook.",
            )
    pack_checks.check_orders(session, now, orders, progress)
    for order in orders:
        if not sight(now, order.person).asked:
            raise NotTheirs(
                f"{now.name(order.person)} has nothing to score.",
                "Look at the panel: who scores which questions stands there.",
            )


def _check_unchanged(manifest: Manifest, reader: Reader) -> None:
    if reader.head().hash != manifest.head.hash:
        raise ChangedUnderneath(
            "The tender was changed while the workbook was being made.", "Make it again."
        )


def _manifests(
    session: Session, reader: Reader, orders: Sequence[PackOrder]
) -> tuple[tuple[Manifest, ...], Outward]:
    """Return what packs would hold; a workbook carries neither keys nor receipts."""
    now, head = situation(reader), reader.head()
    outward = Outward(reader.name_decisions(), now.names_hidden)
    unsigned = SignedHead(head.seq, head.hash, "", "")
    stamp = Stamp(session.clock(), _NO_KEYS, unsigned, {}, outward)
    return tuple(manifest_for(reader, now, order, stamp) for order in orders), outward


def _write(
    session: Session,
    manifest: Manifest,
    outward: Outward,
    places: tuple[Path, Path],
    temporaries: tuple[Path, ...],
) -> tuple[BookMade, str]:
    """Write the workbook and the documents under their temporary names."""
    # What writes workbooks is loaded only where one is written.
    from tendereval.exchange.scoring_workbook import write_scoring_workbook  # noqa: PLC0415

    (path, folder), (book, filling) = places, temporaries
    names = _names(manifest)
    if names:
        with plain_words(folder):
            filling.mkdir()
    for document, name in names.items():
        content = outward.content(session, document)
        with plain_words(folder / name):
            (filling / name).write_bytes(content)
    where = {document: f"{folder.name}/{name}" for document, name in names.items()}
    facts = write_scoring_workbook(book, manifest, where)
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
