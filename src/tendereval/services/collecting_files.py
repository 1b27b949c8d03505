"""Returns as files: checked once, kept at hand while they are not too much, else read again.

Between a look and collecting any time may pass. What is read again is taken only where it is,
byte for byte, what was checked before; the checks then need not be made twice.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from tendereval.domain.errors import FileProblem, NotAllowedNow
from tendereval.domain.packs import ReturnSource
from tendereval.services import scoring_books, tender_keys
from tendereval.services.collecting_checks import Arrived
from tendereval.services.folder_walk import walk
from tendereval.services.session import Session

AT_HAND: Final = 64 * 1024 * 1024
"""Bytes of files looked at together whose content stays in memory, where it is four times that."""
_RETURN, _WORKBOOK = ".scores", ".xlsx"


def files_in(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that are meant, those in folders included.

    Raises:
        FileProblem: a folder holds no returns.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = [item.location for item in walk(path)[0]]
        returns = [item for item in found if item.suffix.casefold() in {_RETURN, _WORKBOOK}]
        if not returns:
            raise FileProblem(
                f"The folder {path.name} holds no returns.",
                "Choose a folder with .scores files or scoring workbooks.",
            )
        yield from returns


def secrets_for(session: Session, files: Sequence[Path]) -> tuple[str, ...]:
    """Return what opens returns; workbooks need nothing.

    Raises:
        KeysNeeded: the tender's keys cannot be opened with the identity at hand.
    """
    if all(path.suffix.casefold() == _WORKBOOK for path in files):
        return ()
    return (tender_keys.unlocked(session).secret,)


def stay_at_hand(files: Sequence[Path]) -> bool:
    """Whether the content of all these files together may stay in memory."""
    total = 0
    for path in files:
        with suppress(OSError, ValueError):  # reading it says what is wrong
            total += path.stat().st_size
    return total <= AT_HAND


def looked_at(session: Session, path: Path, secrets: Sequence[str], *, stays: bool) -> Arrived:
    """Read a return or a scoring workbook and check everything that needs no tender.

    Args:
        session: the open tender.
        path: the file.
        secrets: what opens a return.
        stays: whether its content stays in memory.

    Raises:
        UserFixable: it cannot be read, or is not what was signed.
    """
    arrived = _read(session, path, secrets)
    return arrived if stays else _put_aside(arrived)


def _read(session: Session, path: Path, secrets: Sequence[str]) -> Arrived:
    if path.suffix.casefold() == _WORKBOOK:
        return scoring_books.read_book(session, path)
    from tendereval.exchange import return_file  # noqa: PLC0415

    sealed, plain = return_file.read_return(path, secrets)
    body, sha256, signing = return_file.read_signed(plain)
    return Arrived(path.name, ReturnSource.SIGNED, body, sha256, plain, sealed, signing, path=path)


def _put_aside(arrived: Arrived) -> Arrived:
    """Leave out what takes room; a workbook stays as it is, for it is small."""
    if not arrived.is_signed:
        return arrived
    body = replace(arrived.body, scores=(), confirmations=(), commitments=())
    proof = hashlib.sha256(arrived.plain).hexdigest()
    return replace(arrived, body=body, plain=b"", sealed=None, proof=proof)


def fetched(arrived: Arrived, secrets: Sequence[str]) -> Arrived:
    """Return a return with all it holds; what was put aside is read again.

    Raises:
        UnreadablePack: the file is gone, or can no longer be read.
        NotAllowedNow: it is no longer the one that was looked at.
    """
    if not arrived.proof or arrived.path is None:
        return arrived
    from tendereval.exchange import return_file  # noqa: PLC0415

    sealed, plain = return_file.read_return(arrived.path, secrets)
    if hashlib.sha256(plain).hexdigest() != arrived.proof:
        raise NotAllowedNow(
            f"{arrived.name} was changed since it was looked at.", "Look at the returns again."
        )
    body = return_file.read_known(plain)
    return replace(arrived, body=body, plain=plain, sealed=sealed, proof="")
