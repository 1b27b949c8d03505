"""A process killed in the middle leaves the file as it was before, or as it is after."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.service.builders import Book, Rows, a_desk

MANY = 150


def a_long_book() -> Book:
    """Bidders and answers enough to be caught in the middle."""
    names = [f"Bidder {number}" for number in range(MANY)]
    answers: Rows = tuple(
        (name, ref, f"{name} answers {ref} at length. " * 100)
        for name in names
        for ref in ("Q1", "Q2")
    )
    return {
        "Bidders": (("Bidder",), *((name,) for name in names)),
        "Responses": (("Bidder", "Ref", "Response"), *answers),
    }


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_killed_import_leaves_the_file_before_or_after(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    book, before = desk.book(a_long_book()), desk.file.read_bytes()
    words = [sys.executable, "-m", "tendereval", "import", str(desk.file), "--from", str(book)]
    began = time.monotonic()
    subprocess.run(words, check=True, capture_output=True)
    whole = time.monotonic() - began
    journal = desk.file.with_name(f"{desk.file.name}-journal")
    seen = set()
    for share in (0.5, 0.7, 0.8, 0.9, None):
        desk.file.write_bytes(before)
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stop = time.monotonic() + (whole * share if share else 30)
        while time.monotonic() < stop and child.poll() is None:
            if share is None and journal.exists():
                break
            time.sleep(0.001)
        child.send_signal(signal.SIGKILL)
        child.wait()
        with desk.session() as session, session.reading() as reader:
            bidders, answers = len(reader.bidders()), len(reader.responses())
        assert (bidders, answers) in {(2, 4), (2 + MANY, 4 + 2 * MANY)}
        seen.add(bidders)
        assert desk.on_file("check").status == 0
    assert 2 in seen
