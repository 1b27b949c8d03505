"""PySide6 6.12 on Python 3.11 loses a reference to None per call and ends the process."""

import sys

import pytest

CALLS, ALLOWED_DRIFT = 2000, 50


def test_a_qt_call_keeps_the_references_of_none() -> None:
    core = pytest.importorskip("PySide6.QtCore")
    thing = core.QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("a name")
    assert abs(sys.getrefcount(None) - before) < ALLOWED_DRIFT
