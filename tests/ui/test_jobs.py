"""Jobs at the end of a window: told while the file is open, or never."""

from threading import Event

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tendereval.ui.jobs import JobRunner


def test_what_has_come_is_told_before_the_end(qtbot: QtBot) -> None:
    jobs, told = JobRunner(), list[object]()
    jobs.run("Counting", lambda _progress: 4, told.append, told.append)
    jobs.end(20_000)
    assert told == [4]
    assert not jobs.is_busy
    qtbot.wait(1)
    assert told == [4]


def test_what_comes_after_the_end_is_told_nobody(qtbot: QtBot) -> None:
    jobs, told, go_on = JobRunner(), list[object](), Event()
    jobs.run("Counting", lambda _progress: go_on.wait(20), told.append, told.append)
    jobs.end(1)
    go_on.set()
    assert jobs.wait(20_000)
    qtbot.wait(1)
    assert told == []


def test_nothing_is_begun_after_the_end(qapp: QApplication) -> None:
    jobs, done = JobRunner(), list[object]()

    def begin_again(_result: object) -> None:
        jobs.run("Again", done.append, done.append, done.append)

    jobs.run("Once", lambda _progress: None, begin_again, done.append)
    jobs.end(20_000)
    assert jobs.wait(20_000)
    qapp.processEvents()
    assert done == []
