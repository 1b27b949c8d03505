"""A workbook on its way into an open tender: first what it would bring, then the import."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from tendereval.domain.errors import UserFixable
from tendereval.services import importing
from tendereval.services.importing import ImportReport, Why
from tendereval.services.progress import Progress
from tendereval.viewmodels.kinds import EVERYTHING
from tendereval.viewmodels.session_view_model import SessionViewModel


class WorkbookImportViewModel(QObject):
    """Tries a workbook and takes it in; both are jobs to be run off the screen's thread."""

    def __init__(self, desk: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def trying(self, workbook: Path, reason: str) -> Callable[[Progress], ImportReport]:
        """Return the job that tells what the workbook would bring."""
        session, why = self._desk.session, Why(reason=reason)
        return lambda _progress: importing.import_workbook(session, workbook, dry_run=True, why=why)

    def importing(self, workbook: Path, reason: str) -> Callable[[Progress], ImportReport]:
        """Return the job that takes the workbook in, all of it or nothing."""
        session, why = self._desk.session, Why(reason=reason)
        return lambda _progress: importing.import_workbook(session, workbook, why=why)

    def note_imported(self) -> None:
        """Say that anything may have changed; earlier steps are final."""
        self._desk.forget_undo()
        self._desk.announce(EVERYTHING)

    def refuse(self, error: Exception) -> UserFixable:
        """Return a refusal for the screen; what is none goes on as a bug."""
        if not isinstance(error, UserFixable):
            raise error
        return error


def in_words(report: ImportReport) -> str:
    """Return what a workbook brings, as sentences."""
    parts = [f"{number:,} {name}" for name, number in report.brought.items() if number]
    lines = ["It brings " + ", ".join(parts) + "."] if parts else []
    return "\n".join((*lines, *report.notes)) or "Nothing in it is new."
