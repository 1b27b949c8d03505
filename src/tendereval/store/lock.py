"""The lock beside a tender file: who has it open, and when it may be taken over."""

import json
import os
import platform
from dataclasses import asdict, dataclass
from pathlib import Path

from tendereval.domain.errors import FileLocked
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
    """Return a holder as the record names it."""
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
            descriptor = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            earlier = read(lock)
            if earlier is not None and not take_over and not is_stale(earlier):
                raise _locked(path, earlier) from None
            earlier = earlier or Holder("an unknown machine", 0, "nobody known", "an unknown time")
            lock.unlink(missing_ok=True)
            continue
        except OSError as error:
            raise os_problem(path, error) from error
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(asdict(holder), stream)
        return earlier
    raise FileLocked(
        f"{path.name} is being opened by somebody else just now.", "Try again in a moment."
    )


def release(path: Path, holder: Holder) -> None:
    """Give the lock back, if it is still this holder's."""
    lock = lock_path(path)
    if read(lock) == holder:
        lock.unlink(missing_ok=True)


def read(lock: Path) -> Holder | None:
    """Return who a lock file names; None when it is gone or cannot be read."""
    try:
        found = json.loads(lock.read_text(encoding="utf-8"))
        return Holder(
            str(found["host"]), int(found["process"]), str(found["person"]), str(found["since"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


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


def _locked(path: Path, holder: Holder) -> FileLocked:
    return FileLocked(
        f"{path.name} is open on {holder.host} (process {holder.process}) by {holder.person} "
        f"since {holder.since}.",
        "Ask them to close it. If that program is certainly gone, take the file over.",
    )
