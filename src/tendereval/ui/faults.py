"""A fault of the product in a report without content, and the local log it goes to.

The report holds versions, the system and places in the program: no message of the error, no
value of a variable, so that no name and no text of a tender can be in it.
"""

import logging
import platform
from pathlib import Path
from traceback import StackSummary, walk_tb
from types import TracebackType
from typing import Final

from tendereval import __version__

LOG_BYTES: Final = 256 * 1024
LOG_FILES_KEPT: Final = 3
_log = logging.getLogger("tendereval")


def report(error: BaseException, trace: TracebackType | None) -> str:
    """Return what a fault is told by."""
    lines = [
        f"tendereval {__version__}",
        f"Python {platform.python_version()}, PySide6 {_qt()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        "",
    ]
    found: BaseException | None = error
    while found is not None:
        frames = StackSummary.extract(walk_tb(trace or found.__traceback__), lookup_lines=False)
        lines += [f"{_place(one.filename)}:{one.lineno} in {one.name}" for one in frames]
        lines.append(f"{type(found).__module__}.{type(found).__qualname__}")
        found, trace = found.__cause__ or found.__context__, None
        if found is not None:
            lines.append("came from:")
    return "\n".join(lines)


def _place(file: str) -> str:
    """Return a file of the program without the folders of the machine before it."""
    parts = Path(file).parts
    for name in ("tendereval", "site-packages"):
        if name in parts:
            start = len(parts) - 1 - parts[::-1].index(name)
            return "/".join(parts[start:])
    return Path(file).name


def _qt() -> str:
    from PySide6 import __version__ as qt  # noqa: PLC0415 - commands do without Qt

    return qt


def start_log(folder: Path | None = None) -> Path | None:
    """Log to a rotating file of this person on this machine; None where it cannot be written."""
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 - not needed to show a window

    from platformdirs import user_log_path  # noqa: PLC0415 - the same

    try:
        place = folder or user_log_path("tendereval", appauthor=False)
        place.mkdir(parents=True, exist_ok=True)
        path = place / "tendereval.log"
        handler = RotatingFileHandler(
            path, maxBytes=LOG_BYTES, backupCount=LOG_FILES_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    for old in list(_log.handlers):
        _log.removeHandler(old)
        old.close()
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.propagate = False
    return path


def note(text: str) -> None:
    """Write a line to the log; never with a name or a text of a tender."""
    _log.info(text)


def note_fault(told: str) -> None:
    """Write a report to the log."""
    _log.error("fault\n%s", told)
