"""Fill an evaluator's working file from the ``Scores`` sheet of a workbook."""

import hashlib
from pathlib import Path

from tendereval.domain.errors import NotTheirs, WorkbookProblems
from tendereval.services import merging_judgements
from tendereval.services.importing import ImportReport, known_to
from tendereval.services.intake import Intake
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.services.working_files import require_working_file


def take_scores(session: Session, workbook: Path, *, dry_run: bool = False) -> ImportReport:
    """Record the evaluator's scores and rationales of a workbook, all of them or none.

    A blank score is not a score; a score without a rationale is kept as a draft. What stands
    already, equal to the letter, is passed over. Other sheets are left alone.

    Args:
        session: the open working file.
        workbook: the file.
        dry_run: only say what it would bring.

    Raises:
        WorkbookProblems: every problem of the workbook, or every row that the rules refuse.
        NotAllowedNow: the lead's tender file is open.
    """
    from tendereval.exchange.workbook import read_workbook  # noqa: PLC0415 - slow to load

    require_working_file(session)
    with session.reading() as reader:
        now = situation(reader)
    content = read_workbook(workbook, known_to(now))
    digest = hashlib.sha256(workbook.read_bytes()).hexdigest()
    try:
        with session.change("scores imported", {}, {"workbook": digest}) as change:
            intake = Intake(session, change)
            own = [row for row in content.scores if _is_own(intake, session, row.evaluator)]
            for row in content.scores:
                if row not in own:
                    intake.refuse("Scores", row.row, _not_theirs(row.evaluator))
            merging_judgements.scores(intake, own)
            if intake.problems:
                raise WorkbookProblems(intake.problems)
            if dry_run or not intake.brought:
                raise _NothingKept
    except _NothingKept:
        pass
    notes = content.notes if intake.brought else (*content.notes, "Nothing in it is new.")
    return ImportReport(now.stage, intake.brought, notes)


class _NothingKept(Exception):
    """Takes a dry run back, or a workbook that brings nothing."""


def _is_own(intake: Intake, session: Session, name: str) -> bool:
    return intake.now.person_named(name).person == session.actor.person


def _not_theirs(name: str) -> NotTheirs:
    return NotTheirs(f"This row holds a score of {name}.", "Keep only your own rows.")
