"""Write every assessment summary of a lot at once: all of them, or none.

What writes a document is given by the caller; this looks after names, order, progress and that
nothing half-done stays in the folder.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tendereval.domain.ids import BidderId
from tendereval.domain.summaries import AssessmentSummary
from tendereval.domain.summary_content import summaries_for
from tendereval.exchange.file_writing import appearing_in, refuse_taken
from tendereval.services.documents_out import safe_name
from tendereval.services.progress import NullProgress, Progress
from tendereval.services.session import Session
from tendereval.services.summaries import read, require_complete
from tendereval.store import beside_record

Write = Callable[[AssessmentSummary, Path], str]
"""Writes one summary to a path and returns the SHA-256 of the file in hexadecimal."""

KIND: Final = "summary"


@dataclass(frozen=True, slots=True)
class Exported:
    """One file that was written.

    Attributes:
        bidder: whose summary.
        sha256: of the file, for the register of what was sent.
    """

    bidder: BidderId
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class _Job:
    bidder: BidderId
    summary: AssessmentSummary
    name: str
    write: Write


def export_all(
    session: Session,
    lot: str,
    folder: Path,
    writers: Mapping[str, Write],
    progress: Progress | None = None,
) -> tuple[Exported, ...]:
    """Write the summary of every recipient of a lot.

    Args:
        session: the open tender.
        lot: which.
        folder: where the files go; made if it is not there.
        writers: by the ending of the file name (``.pdf``).
        progress: told before each file; may stop the work.

    Returns:
        The files, supplier by supplier.

    Raises:
        IncompleteRecord: a required item is missing, or a text names another bidder.
        NotSupported, UnknownReference: as ``summaries.summary``.
        FileExists: a file of such a name is there.
        FileProblem: the folder does not take them.
        Cancelled: the person stopped it; nothing is left in the folder.

    Source: Procurement Regulations 2024, r.31(4): all at the same time.
    """
    model, ref, added = read(session, lot)
    found = summaries_for(model, ref, added)
    require_complete(model, found)
    jobs = tuple(_jobs(found, writers))
    refuse_taken(*(folder / job.name for job in jobs))
    done = _write(jobs, folder, progress or NullProgress())
    enter(session, ref, done, model.head.hash)
    return done


def write_only(
    found: Sequence[AssessmentSummary],
    writers: Mapping[str, Write],
    folder: Path,
    progress: Progress,
) -> tuple[Exported, ...]:
    """Write summaries that are known to be complete, and enter them nowhere."""
    return _write(tuple(_jobs(found, writers)), folder, progress)


def kind_of(lot: str, bidder: BidderId) -> str:
    """Return what the list of documents calls a supplier's summary of a lot."""
    return f"{KIND} {lot} {bidder}"


def enter(session: Session, lot: str, done: Sequence[Exported], head: str) -> None:
    """Enter the files in the list of documents beside the record.

    Args:
        session: the open tender.
        lot: whose summaries they are.
        done: the files.
        head: of the record they were made from.
    """
    at = session.clock().isoformat()
    with session.file.beside() as change:
        for item in done:
            made = {
                "made_at": at,
                "kind": kind_of(lot, item.bidder),
                "name": item.path.name,
                "sha256": item.sha256,
                "head": head,
                "made_by": session.actor.person,
            }
            beside_record.add_document_made(change, made)


def _jobs(found: Sequence[AssessmentSummary], writers: Mapping[str, Write]) -> Iterator[_Job]:
    names: set[str] = set()
    for one in found:
        for ending, write in writers.items():
            yield _Job(one.addressee, one, _name(one, ending, names), write)


def _name(summary: AssessmentSummary, ending: str, taken: set[str]) -> str:
    """Return a file name that tells whose it is; suppliers called alike get a number."""
    draft = "-draft" if summary.draft else ""
    stem, number = f"summary-lot-{summary.lot}-{summary.name}{draft}", 1
    name = safe_name(f"{stem}{ending}")
    while name.casefold() in taken:
        number += 1
        name = safe_name(f"{stem}-{number}{ending}")
    taken.add(name.casefold())
    return name


def _write(jobs: Sequence[_Job], folder: Path, progress: Progress) -> tuple[Exported, ...]:
    with appearing_in(folder) as apart:
        digests = []
        for number, job in enumerate(jobs):
            progress.step(number, len(jobs), job.summary.name)
            digests.append(job.write(job.summary, apart / job.name))
        progress.step(len(jobs), len(jobs), "")
    return tuple(
        Exported(job.bidder, folder / job.name, digest)
        for job, digest in zip(jobs, digests, strict=True)
    )
