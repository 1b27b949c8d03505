"""The lock beside a tender file: who has it open, and when it may be taken over."""

import json
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from tendereval.domain.errors import FileLocked, FileProblem
from tendereval.store.connection import os_problem


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a file open.

    Attributes:
        host: name of the machine.
        process: its number there.
        person: as the person is called on that machine.
        since: ISO 8601, local time with offset.
    """

    host: str
    process: int
    person: str
    since: str


def this_process(person: str, since: str) -> Holder:
    """Return the holder that this process is."""
    return Holder(platform.node() or "this machine", os.getpid(), person, since)


def in_words(holder: Holder) -> str:
    """Return a holder in words; the record itself takes no more of it than the machine's part."""
    return f"{holder.person} on {holder.host}, process {holder.process}, since {holder.since}"


def lock_path(path: Path) -> Path:
    """Return where the lock of a file lies."""
    return path.with_name(f"{path.name}.lock")


def acquire(path: Path, holder: Holder, *, take_over: bool = False) -> Holder | None:
    """Take the lock of a file.

    Args:
        path: the tender file.
        holder: who wants it.
        take_over: take it even from a holder that may still be at work.

    Returns:
        The holder it was taken over from, for the record; None when it was free.

    Raises:
        FileLocked: somebody has it who may still be at work.
        FileProblem: the folder does not take the lock file.
    """
    lock = lock_path(path)
    earlier: Holder | None = None
    for _attempt in range(3):
        try:
            _write(lock, holder)
        except FileExistsError:
            earlier = _take_away(path, lock, take_over=take_over) or earlier
        except OSError as error:
            raise os_problem(path, error) from error
        else:
            return earlier
    raise FileLocked(
        f"{path.name} is being opened by somebody else just now.", "Try again in a moment."
    )


def _write(lock: Path, holder: Holder) -> None:
    descriptor = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(asdict(holder), stream)
    except OSError:
        lock.unlink(missing_ok=True)
        raise


def _take_away(path: Path, lock: Path, *, take_over: bool) -> Holder | None:
    """Remove a lock that may be taken over; None when it was gone in between.

    It is moved aside first and read again there: of two programs that find the same stale lock,
    only one takes it over.
    """
    found = read(lock)
    if found is None and not os.path.lexists(lock):
        return None
    if not take_over and (found is None or not is_stale(found)):
        raise _locked(path, found)
    if lock.is_dir():
        raise FileProblem(
            f"The folder {lock.name} stands where the lock of {path.name} belongs.", "Move it away."
        )
    aside = lock.with_name(f"{lock.name}.{os.getpid()}")
    try:
        lock.replace(aside)
        now = read(aside)
        if now != found:
            aside.replace(lock)
            raise _locked(path, now)
        aside.unlink()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise os_problem(path, error) from error
    return found or Holder("an unknown machine", 0, "nobody known", "an unknown time")


def release(path: Path, holder: Holder) -> None:
    """Give the lock back, if it is still this holder's."""
    lock = lock_path(path)
    if read(lock) == holder:
        lock.unlink(missing_ok=True)


def read(lock: Path) -> Holder | None:
    """Return who a lock file names; None when it is gone or cannot be read."""
    try:
        with lock.open("rb") as stream:
            found = json.loads(stream.read(_LONGEST).decode("utf-8"))
        return Holder(
            str(found["host"]), int(found["process"]), str(found["person"]), str(found["since"])
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


_LONGEST: Final = 4096


def is_stale(holder: Holder) -> bool:
    """Whether the holder is certainly gone: a process of this machine that has ended.

    A holder on another machine is never certain to be gone; a person decides then.
    """
    if holder.host != (platform.node() or "this machine") or holder.process == os.getpid():
        return False
    if os.name == "nt":
        return False
    try:
        os.kill(holder.process, 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return False


def _locked(path: Path, holder: Holder | None) -> FileLocked:
    if holder is None:
        return FileLocked(
            f"{path.name} has a lock beside it ({lock_path(path).name}) that cannot be read.",
            "Make sure that nobody has the file open, then take it over.",
        )
    return FileLocked(
        f"{path.name} is open on {holder.host} (process {holder.process}) by {holder.person} "
        f"since {holder.since}.",
        "Ask them to close it. If that program is certainly gone, take the file over.",
    )
