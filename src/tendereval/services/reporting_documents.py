"""Write assessment summaries and the moderation record; the same record gives the same bytes."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tendereval.domain.errors import DiskFull, ExchangeProblem, FileProblem, ReadOnlyFile
from tendereval.domain.report_model import ReportModel
from tendereval.domain.summaries import AssessmentSummary
from tendereval.services.authority_logo import with_logo
from tendereval.services.progress import Progress
from tendereval.services.reporting import report_model
from tendereval.services.session import Session
from tendereval.services.summary_export import Exported, Write, export_all
from tendereval.store import beside_record

if TYPE_CHECKING:
    from tendereval.reports.outline import Document

PDF, WORD = ".pdf", ".docx"
MODERATION, SUMMARIES = "moderation", "summaries"
"""What can be written beside ``reporting.KINDS``, by the names the commands use."""


def export_summaries(
    session: Session,
    lot: str,
    folder: Path,
    progress: Progress | None = None,
    logo: bytes = b"",
) -> tuple[Exported, ...]:
    """Write a PDF and a Word file for every supplier of a lot, all or none.

    Args:
        session: the open tender.
        lot: which.
        folder: where the files go; made if it is not there.
        progress: told before each file; may stop the work.
        logo: another than the one kept in the file, a PNG or SVG file; empty for that one.

    Raises as ``summary_export.export_all``; also where the logo cannot be drawn.
    """
    model = with_logo(report_model(session), logo)
    return export_all(session, lot, folder, summary_writers(model), progress)


def summary_writers(model: ReportModel) -> Mapping[str, Write]:
    """Return what writes one summary, by the ending of the file name.

    Raises:
        NotSupported: the law of the tender knows no assessment summary.
    """
    # Imported when a document is written: nothing waits for it before.
    from tendereval.reports.summary_report import letterhead  # noqa: PLC0415

    letterhead(model)
    write = partial(write_summary, model)
    return {PDF: write, WORD: write}


def write_summary(model: ReportModel, summary: AssessmentSummary, path: Path) -> str:
    """Write one summary, as the ending of the name says, and return its SHA-256.

    Args:
        model: of the tender.
        summary: complete or not; what it lacks is said in it.
        path: ends in .pdf or .docx.

    Raises:
        ExchangeProblem: another ending.
        NotSupported: the law of the tender knows no assessment summary.
        FileProblem: the folder does not take it.
    """
    from tendereval.reports.summary_report import letterhead, summary_report  # noqa: PLC0415

    if path.suffix.lower() not in {PDF, WORD}:
        ending = path.suffix or "a file without an ending"
        raise ExchangeProblem(
            f"An assessment summary is not written as {ending}.", "End the name in .pdf or .docx."
        )
    outline = summary_report(summary, letterhead(model))
    with _plain_words(path):
        return _write(outline, model.details.authority.strip(), path)


def write_moderation(session: Session, path: Path, logo: bytes = b"") -> Path:
    """Write the moderation record as a PDF and enter it in the register beside the record.

    Raises:
        FileProblem: the folder does not take it.
    """
    model = with_logo(report_model(session), logo)
    digest = write_moderation_record(model, path)
    made = {
        "made_at": session.clock().isoformat(),
        "kind": MODERATION,
        "name": path.name,
        "sha256": digest,
        "head": model.head.hash,
        "made_by": session.actor.person,
    }
    with session.file.beside() as change:
        beside_record.add_document_made(change, made)
    return path


def write_moderation_record(model: ReportModel, path: Path) -> str:
    """Write the moderation record as a PDF and return its SHA-256.

    Raises:
        ExchangeProblem: the name ends in something else than .pdf.
        FileProblem: the folder does not take it.
    """
    from tendereval.reports.moderation_record import moderation_record  # noqa: PLC0415

    if path.suffix and path.suffix.lower() != PDF:
        raise ExchangeProblem(
            f"The moderation record is not written as {path.suffix}.", "End the name in .pdf."
        )
    with _plain_words(path):
        return _write(moderation_record(model), "", path)


def _write(outline: "Document", author: str, path: Path) -> str:
    if path.suffix.lower() == WORD:
        from tendereval.exchange.summary_word import write_word  # noqa: PLC0415
        from tendereval.services.word_outline import word_document  # noqa: PLC0415

        return write_word(word_document(outline, author), path)
    from tendereval.reports.pdf import write_pdf  # noqa: PLC0415

    return write_pdf(outline, path)


@contextmanager
def _plain_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _problem(path, error) from error


def _problem(path: Path, error: OSError) -> FileProblem:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return DiskFull(f"There is no room for {path.name}.", "Make room, or choose another disk.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return ReadOnlyFile(
            f"{path.name} cannot be written there.",
            "Close it in other programs, or choose another folder.",
        )
    return FileProblem(
        f"{path.name} cannot be written: {error.strerror or error}.",
        "Check its name and its folder, or choose another.",
    )
