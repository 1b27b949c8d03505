"""Returns as values, from the bytes that are kept: a signed body, or a workbook."""

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path

from tendereval.domain.packs import ReturnSource
from tendereval.services.collecting_checks import Arrived
from tendereval.store.pack_questions import Collected


def workbook_return(name: str, content: bytes, at: datetime) -> Arrived:
    """Return what a scoring workbook brings.

    Args:
        name: of its file.
        content: its bytes.
        at: stands for what the workbook does not say: when it was opened, perhaps when saved.

    Raises:
        UnreadableWorkbook: not a workbook, or not one that was made for scoring.
        WorkbookProblems: everything that is wrong with it, cell by cell.
    """
    # What reads workbooks is loaded only where there is one.
    from tendereval.exchange.scoring_workbook_reader import (  # noqa: PLC0415
        read_scoring_workbook,
    )

    with tempfile.TemporaryDirectory(prefix="tendereval-") as folder:
        # What is read is what is kept, whatever happens to the file meanwhile.
        path = Path(folder) / Path(name).name
        path.write_bytes(content)
        book = read_scoring_workbook(path, at)
    sha256 = hashlib.sha256(content).hexdigest()
    return Arrived(name, ReturnSource.WORKBOOK, book.body, sha256, content, digest=book.digest)


def kept_return(item: Collected, plain: bytes) -> Arrived:
    """Return a collected return as it was when it arrived; a signature is checked again.

    Args:
        item: what is known of it.
        plain: what is kept of it.

    Raises:
        ExchangeProblem: what is kept is not what was collected.
    """
    if item.source is ReturnSource.WORKBOOK:
        return workbook_return("workbook.xlsx", plain, item.opened_at)
    from tendereval.exchange import return_file  # noqa: PLC0415

    body, sha256, signing = return_file.read_signed(plain)
    return Arrived("", item.source, body, sha256, plain, signing=signing)
