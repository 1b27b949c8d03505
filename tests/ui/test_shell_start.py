"""Starting: which words open the app, what refuses to, and what the first paint waits for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tendereval.cli import main
from tendereval.commands import opening

FIRST_PAINT = """
import json, sys
from PySide6.QtCore import QTimer
from tendereval import app

HEAVY = ("sqlalchemy", "alembic", "openpyxl", "reportlab", "pikepdf", "pypdfium2", "docx")
seen = {}

def look(name):
    seen[name] = [heavy for heavy in HEAVY if heavy in sys.modules]

qt = app.application()
desktop = app.Desktop(qt)
# Before the app's own slot: what is loaded when the window has just been painted.
desktop.welcome.painted.disconnect(desktop._on_painted)
desktop.welcome.painted.connect(lambda: look("painted"))
desktop.welcome.painted.connect(desktop._on_painted)
desktop.welcome.painted.connect(lambda: (look("after"), desktop.quit()))
QTimer.singleShot(60_000, qt.quit)
desktop.start()
qt.exec()
print(json.dumps(seen))
"""


def python(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    surroundings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(folder),
        "XDG_STATE_HOME": str(folder),
    }
    return subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=surroundings,
    )


def test_the_first_paint_waits_for_nothing_heavy(tmp_path: Path) -> None:
    done = python("-c", FIRST_PAINT, folder=tmp_path)
    assert '"painted": []' in done.stdout, done.stderr
    assert "sqlalchemy" in done.stdout.partition('"after"')[2]


def test_commands_start_without_qt(tmp_path: Path) -> None:
    code = (
        "import sys; from tendereval.cli import main; main(['template', sys.argv[1]]); "
        "sys.exit('PySide6' in sys.modules)"
    )
    assert python("-c", code, str(tmp_path / "book.xlsx"), folder=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], True),
        (["somewhere/new.tender"], True),
        (["mine.SCORING"], True),
        ([__file__], True),
        (["demo"], False),
        (["--help"], False),
        (["nothing.pdf"], False),
        (["info", "mine.tender"], False),
    ],
)
def test_no_words_or_one_file_open_the_app(words: list[str], wanted: bool) -> None:  # noqa: FBT001 - a table
    assert opening.is_wanted(words) is wanted


def test_a_command_is_never_taken_for_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "demo").mkdir()
    monkeypatch.chdir(tmp_path)
    assert not opening.is_wanted(["demo"])
    assert opening.is_wanted(["./demo"])


@pytest.mark.parametrize(
    ("python_version", "qt", "platform", "screen", "words"),
    [
        ((3, 11), "6.12.0", "linux", ":0", "does not start with it"),
        ((3, 11), "6.11.3", "linux", ":0", ""),
        ((3, 12), "6.12.0", "linux", ":0", ""),
        ((3, 11), "", "win32", "", "not installed"),
        ((3, 11), "6.11.3", "linux", "", "There is no screen"),
        ((3, 11), "6.11.3", "darwin", "", ""),
    ],
)
def test_the_app_says_in_words_why_it_cannot_start(
    python_version: tuple[int, int], qt: str, platform: str, screen: str, words: str
) -> None:
    told = opening.no_app_because(python_version, qt, platform, {"DISPLAY": screen})
    assert words in told
    assert bool(words) == bool(told)


def test_a_refusal_to_start_is_status_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(opening, "_qt_version", lambda: "")
    assert main([]) == 1
    assert "Nothing was changed." in capsys.readouterr().err
