"""Whatever stands on the command line: a sentence and an exit status, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.service.builders import Desk, a_desk

PYTHON = (sys.executable, "-m", "tendereval")


def refused(desk: Desk, *words: str) -> str:
    done = desk.run(*words)
    assert done.status == 1, (words, done)
    assert done.out == ""
    lines = done.err.strip().splitlines()
    assert len(lines) >= 3, "what happened, what was kept, what to do"
    assert "Traceback" not in done.err
    return done.err


@pytest.mark.parametrize(
    "words",
    [
        ("info",),
        ("check",),
        ("stage",),
        ("stage", "--to", "published"),
        ("rank",),
        ("award", "--rationale", "Why."),
        ("approve", "--person", "Dot Dean", "--role", "Director", "--word", "approves"),
        ("import", "--from", "book.xlsx"),
        ("report", "award", "--out", "out.pdf"),
    ],
)
def test_a_file_that_is_missing_a_folder_or_something_else(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    desk = Desk(tmp_path)
    other = tmp_path / "notes.txt"
    other.write_text("Not a tender.", encoding="utf-8")
    command, *rest = words
    assert "There is no file gone.tender" in refused(
        desk, command, f"{tmp_path}/gone.tender", *rest
    )
    assert "is a folder" in refused(desk, command, str(tmp_path), *rest)
    assert "is not a tender file" in refused(desk, command, str(other), *rest)
    assert other.read_text(encoding="utf-8") == "Not a tender."
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt"]


@pytest.mark.parametrize("command", ["new", "import"])
def test_a_workbook_that_is_none(command: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up") if command == "import" else Desk(tmp_path)
    other = tmp_path / "notes.xlsx"
    other.write_bytes(b"Not a workbook.")
    for source in (other, tmp_path, tmp_path / "gone.xlsx", tmp_path / "no\nline.xlsx"):
        refused(desk, command, str(desk.file), "--from", str(source))
    assert desk.file.exists() is (command == "import")


def test_a_lot_a_person_a_bidder_that_are_not_there(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    file = str(desk.file)
    assert "There is no lot '9'" in refused(desk, "rank", file, "--lot", "9")
    assert "There is no lot '9'" in refused(desk, "award", file, "--lot", "9", "--rationale", "W")
    assert "There is no bidder" in refused(desk, "award", file, "--to", "X", "--rationale", "W")
    told = refused(desk, "approve", file, "--person", "X", "--role", "R", "--word", "approves")
    assert "Nobody on the panel is called 'X'." in told
    refused(
        desk,
        "import",
        file,
        "--from",
        str(desk.book({"Tender": (("Item", "Value"),)})),
        "--approver",
        "X",
    )


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b"caf\xe9"])
def test_a_rationale_that_is_not_utf_8(content: bytes, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    (tmp_path / "why.md").write_bytes(content)
    words = ("award", str(desk.file), "--to", "Birch Ltd", "--rationale-file")
    assert "why.md cannot be read as text." in refused(desk, *words, str(tmp_path / "why.md"))
    assert "cannot be read" in refused(desk, *words, str(tmp_path))
    assert "cannot be read" in refused(desk, *words, str(tmp_path / "gone.md"))


def test_a_rationale_with_a_byte_order_mark_is_read_without_it(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    (tmp_path / "why.md").write_bytes(b"\xef\xbb\xbfBest by the method.\r\n")
    words = ("award", "--to", "Birch Ltd", "--rationale-file", str(tmp_path / "why.md"))
    assert desk.on_file(*words).status == 0
    with desk.looking() as session, session.reading() as reader:
        (decision,) = reader.decisions().values()
    assert decision.rationale == "Best by the method."


@pytest.mark.parametrize(
    "name", ["two\nlines", "tab\there", "bell\x07", "x" * 5000, "\u202edesrever", "💥"]
)
def test_odd_names_are_kept_as_they_are_or_refused(name: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    done = desk.enter("set-up", "--by", name, "--reason", name)
    assert (done.status, done.err) == (0, "")
    assert desk.entries()[-1].reason == name
    assert desk.on_file("check").status == 0


@pytest.mark.parametrize("half", ["\udcff", "name\ud800"])
def test_half_a_character_is_refused_and_nothing_is_kept(half: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    before = desk.file.read_bytes()
    file = str(desk.file)
    told = refused(desk, "award", file, "--to", "Birch Ltd", "--rationale", f"Best {half}")
    assert "half of a character" in told
    refused(desk, "stage", file, "--to", "price", "--reason", half)
    refused(desk, "stage", file, "--to", "price", "--reason", "Why.", "--by", half)
    assert desk.file.read_bytes() == before


def test_a_file_name_that_is_not_utf_8_works(tmp_path: Path) -> None:
    source = a_desk(tmp_path, "published").file
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.tender")
    try:
        source.rename(odd)
    except OSError:
        pytest.skip("this disk takes no such names")
    for words in (("info",), ("check",), ("stage", "--to", "scoring")):
        done = subprocess.run(
            [*PYTHON, words[0], odd, *words[1:]], capture_output=True, check=False
        )
        assert done.returncode == (1 if "--to" in words else 0)
        assert b"Traceback" not in done.stderr


def test_a_nul_character_is_wrong_usage(tmp_path: Path) -> None:
    done = Desk(tmp_path).run("info", f"{tmp_path}/a\0b.tender")
    assert done.status == 2
    assert "NUL" in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("fly",),
        ("info",),
        ("rank", "f", "--lot"),
        ("stage", "f", "--to", "lunch"),
        ("import", "f"),
        ("import", "f", "--from", "b", "--republished", "yesterday"),
        ("approve", "f", "--person", "x", "--role", "y", "--word", "perhaps"),
        ("award", "f"),
        ("report", "f", "poem", "--out", "x"),
    ],
)
def test_wrong_usage_is_status_two(words: tuple[str, ...], tmp_path: Path) -> None:
    done = Desk(tmp_path).run(*words)
    assert (done.status, done.out) == (2, "")
    assert "usage: tendereval" in done.err


def test_output_that_nobody_reads_is_no_failure(tmp_path: Path) -> None:
    file = a_desk(tmp_path, "priced").file
    for words in (["rank", str(file), "--json"], ["check", str(file)]):
        child = subprocess.Popen([*PYTHON, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        told = child.stderr.read()
        child.stderr.close()
        assert (child.wait(), told) == (0, b"")


def test_closed_and_full_outputs_make_no_traceback(tmp_path: Path) -> None:
    file = a_desk(tmp_path, "priced").file
    command = f"{sys.executable} -m tendereval rank {file}"
    for redirect in (">&-", ">&- 2>&-"):
        done = subprocess.run(
            ["/bin/sh", "-c", f"{command} {redirect}"], capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, b"")
    if Path("/dev/full").exists():
        done = subprocess.run(
            ["/bin/sh", "-c", f"{command} >/dev/full"], capture_output=True, check=False
        )
        assert done.returncode == 1
        assert b"The result could not be printed" in done.stderr
        assert b"Traceback" not in done.stderr
    assert a_desk(tmp_path).on_file("check").status == 0
