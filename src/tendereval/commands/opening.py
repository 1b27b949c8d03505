"""``tendereval`` and ``tendereval FILE``: start the app; the only place that leads to Qt.

The app is started through ``import_module``, so that commands work where Qt does not.
"""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

_ENDINGS: Final = frozenset(
    {".tender", ".scoring", ".scorepack", ".record", ".scores", ".evaluator"}
)
"""What the app opens, or says in words where it belongs."""

_NAME_OF_A_COMMAND: Final = re.compile("[a-z-]+")
_SCREENS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def is_wanted(words: Sequence[str]) -> bool:
    """Whether the words of a command line ask for the app: none, or one file.

    A bare word of small letters is always a command; such a file is opened as ``./word``.
    """
    if not words:
        return True
    if len(words) > 1 or words[0].startswith("-"):
        return False
    if Path(words[0]).suffix.lower() in _ENDINGS:
        return True
    return not _NAME_OF_A_COMMAND.fullmatch(words[0]) and os.path.exists(words[0])  # noqa: PTH110 - takes any name, however odd


def open_app(words: Sequence[str]) -> int:
    """Open the app, on a file where one is named, and return its exit status."""
    fault = no_app_because(sys.version_info[:2], _qt_version(), sys.platform, os.environ)
    if fault:
        print(fault, file=sys.stderr)
        return 1
    return int(import_module("tendereval.app").main(Path(words[0]) if words else None))


def no_app_because(
    python: tuple[int, int], qt: str, platform: str, surroundings: Mapping[str, str]
) -> str:
    """Return in plain words why the app cannot start here; empty where it can.

    Args:
        python: version of the interpreter.
        qt: version of PySide6; blank where it is not installed.
        platform: as ``sys.platform``.
        surroundings: the environment.
    """
    if not qt:
        return (
            "The windows of tendereval need PySide6, which is not installed.\n"
            "Nothing was changed.\nInstall PySide6-Essentials, or use the commands: "
            "tendereval --help."
        )
    numbers = tuple(int(part) for part in re.findall(r"\d+", qt)[:2])
    if numbers >= (6, 12) and python < (3, 12):
        # It loses a reference to None per call and ends the process after some thousand.
        return (
            f"PySide6 {qt} stops working after a while on Python "
            f"{'.'.join(map(str, python))}, so that tendereval does not start with it.\n"
            "Nothing was changed.\nInstall PySide6-Essentials below 6.12, or use Python 3.12 "
            "or newer."
        )
    if platform.startswith("linux") and not any(surroundings.get(name) for name in _SCREENS):
        return (
            "There is no screen here to show windows on.\nNothing was changed.\n"
            "The commands work without one: tendereval --help."
        )
    return ""


def _qt_version() -> str:
    try:
        return version("PySide6-Essentials")
    except PackageNotFoundError:
        return ""
