"""Write documents into a folder: the summaries of every lot, or the whole set; all or none."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tendereval.domain.errors import FileProblem, IncompleteRecord, UserFixable
from tendereval.domain.ids import BidderId, LotId
from tendereval.domain.report_model import ReportModel
from tendereval.domain.summaries import AssessmentSummary
from tendereval.domain.summary_content import summaries_for
from tendereval.exchange.file_writing import appearing_folder
from tendereval.services import reporting
from tendereval.services.progress import Cancelled, Progress
from tendereval.services.reporting_documents import (
    MODERATION,
    PDF,
    summary_writers,
    write_moderation_record,
)
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.services.summaries import require_complete, supplement_of
from tendereval.services.summary_export import Exported, enter, kind_of, write_only
from tendereval.store import beside_record
from tendereval.store.repository import Reader

_WRITERS: Final = {**reporting.KINDS, MODERATION: write_moderation_record}
SINGLE: Final = frozenset(_WRITERS)
"""Kinds that are one file each."""
FOLDER_OF_SUMMARIES: Final = "assessment-summaries"


@dataclass(frozen=True, slots=True)
class Made:
    """A summary's PDF as it was written last.

    Attributes:
        name: of the file.
        head: of the record it was made from.
        made_at: the moment in ISO 8601.
    """

    name: str
    sha256: str
    head: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """One document of the set: what it is, its name in the folder, its title for people."""

    kind: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class WrittenSet:
    """What a set came to.

    Attributes:
        folder: the new one that holds it.
        files: in it, summaries included, in the order written.
        left_out: title and why, of each document that cannot be written yet.
    """

    folder: Path
    files: tuple[Path, ...]
    left_out: tuple[tuple[str, str], ...]


def summaries_made(reader: Reader, lot: LotId, bidders: Sequence[BidderId]) -> dict[BidderId, Made]:
    """Return the PDF that was written last for each supplier that has one."""
    wanted = {kind_of(lot, bidder): bidder for bidder in bidders}
    return {
        wanted[item["kind"]]: Made(item["name"], item["sha256"], item["head"], item["made_at"])
        for item in reader.documents_made()
        if item["kind"] in wanted and item["name"].lower().endswith(PDF)
    }


def write_all_summaries(session: Session, folder: Path, progress: Progress) -> tuple[Exported, ...]:
    """Write the summaries of every lot into a new folder, and enter them in the register.

    Args:
        session: the open tender.
        folder: not there yet; the one above it is.
        progress: told how far it is.

    Raises:
        IncompleteRecord: a required item is missing; all are named, and nothing is written.
        NotSupported: the law of the tender has no summaries.
        FileExists: the folder is there already.
        FileProblem: the disk does not take them; nothing is written.
        Cancelled: the person stopped it; nothing is written.

    Source: Procurement Regulations 2024, r.31(4): all at the same time.
    """
    with appearing_folder(folder) as making:
        of_lots = _write_lots(session, making, progress)
    _enter_lots(session, of_lots)
    return tuple(
        replace(one, path=folder / one.path.name) for _, done, _ in of_lots for one in done
    )


_OfLot = tuple[LotId, tuple[Exported, ...], str]
"""A lot, its files, and the head of the record they were made from."""


def _write_lots(session: Session, folder: Path, progress: Progress) -> tuple[_OfLot, ...]:
    """Write the summaries of every lot, none where one of them is not complete."""
    model, of_lots = _complete(session)
    writers, found = summary_writers(model), []
    for lot, told in of_lots:
        found.append((lot, write_only(told, writers, folder, progress), model.head.hash))
    return tuple(found)


def _enter_lots(session: Session, of_lots: Sequence[_OfLot]) -> None:
    for lot, done, head in of_lots:
        enter(session, lot, done, head)


def _complete(
    session: Session,
) -> tuple[ReportModel, tuple[tuple[LotId, tuple[AssessmentSummary, ...]], ...]]:
    """Return the summaries of every lot of one moment, or refuse them.

    A lot that is not awarded has none; one without a decision yet stops all.
    """
    with session.reading() as reader:
        now = situation(reader)
        model = reporting.model_at(reader, now)
        added = {lot.ref: supplement_of(reader, lot.ref) for lot in now.method.lots}
    not_awarded = {lot for lot, one in model.decisions.items() if not one.bidders}
    lots = [lot for lot in added if lot not in not_awarded] or list(added)
    found = tuple((lot, summaries_for(model, lot, added[lot])) for lot in lots)
    require_complete(model, tuple(one for _, of_lot in found for one in of_lot))
    if not any(of_lot for _, of_lot in found):
        raise IncompleteRecord(
            "No tender was assessed, so that nobody is given a summary.", "There is none to write."
        )
    return model, found


def _register(session: Session, made: Sequence[Mapping[str, str]]) -> None:
    at = session.clock().isoformat()
    with session.file.beside() as change:
        for item in made:
            told = {**item, "made_at": at, "made_by": session.actor.person}
            beside_record.add_document_made(change, told)


def write_set(
    session: Session,
    folder: Path,
    wanted: Sequence[Wanted],
    progress: Progress,
    *,
    summaries: bool = True,
) -> WrittenSet:
    """Write a set of documents into a new folder, which appears only when it is complete.

    What cannot be written yet is left out and named; a disk that does not take the set, or a
    person who stops it, leaves nothing behind.

    Args:
        session: the open tender.
        folder: not there yet; the one above it is.
        wanted: kinds of ``SINGLE`` with names.
        progress: told how far it is.
        summaries: whether assessment summaries are part of it, in a folder of their own.

    Raises:
        FileExists: the folder is there already.
        FileProblem: the folder does not take the set.
        Cancelled: the person stopped it.
    """
    left_out: list[tuple[str, str]] = []
    made: list[dict[str, str]] = []
    of_lots: tuple[_OfLot, ...] = ()
    with appearing_folder(folder) as making:
        model = reporting.report_model(session)
        steps = len(wanted) + summaries
        for at, one in enumerate(wanted):
            progress.step(at, steps, one.title)
            with _left_out(left_out, one.title):
                digest = _WRITERS[one.kind](model, making / one.name)
                made.append(_entry(one, digest, model))
        if summaries:
            progress.step(len(wanted), steps, "Assessment summaries")
            with _left_out(left_out, "Assessment summaries"):
                of_lots = _write_lots(session, making / FOLDER_OF_SUMMARIES, progress)
        progress.step(steps, steps, "")
        files = tuple(_files(making))
        if not files:
            raise IncompleteRecord("No document can be written yet.", _why(left_out))
    _register(session, made)
    _enter_lots(session, of_lots)
    there = tuple(folder / path for path in files)
    return WrittenSet(folder, there, tuple(left_out))


def _why(left_out: Sequence[tuple[str, str]]) -> str:
    return " ".join(f"{title}: {why}" for title, why in left_out)


def _entry(one: Wanted, digest: str, model: ReportModel) -> dict[str, str]:
    return {"kind": one.kind, "name": one.name, "sha256": digest, "head": model.head.hash}


def _files(folder: Path) -> Iterator[Path]:
    """Yield what was written, relative, files of the folder itself first."""
    every = [path for path in folder.rglob("*") if path.is_file()]
    every.sort(key=lambda path: (len(path.relative_to(folder).parts), path.name))
    return (path.relative_to(folder) for path in every)


@contextmanager
def _left_out(left_out: list[tuple[str, str]], title: str) -> Iterator[None]:
    """Note a document that the record does not allow yet; what else goes wrong stops the set."""
    try:
        yield
    except (FileProblem, Cancelled):
        raise
    except UserFixable as refusal:
        left_out.append((title, " ".join(refusal.happened.split())))
