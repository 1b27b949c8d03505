"""kill -9 while a file goes out or a pack is opened: the record and the disk agree afterwards.

The next start says what happened, and leaves nothing half-made.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tendereval.exchange.file_writing import appearing
from tendereval.services import identities, traces
from tests.commands.laptops import Laptops, laptops

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")

ROOT = Path(__file__).parents[2]
BEFORE, AFTER = ("written", "kept"), ("linked", "named")
"""Points at which no file has its name yet, and at which one has and nothing is recorded."""
BOOK = ("--workbook", "--for", "Ben Bell")


def killed(place: Laptops, point: str, *words: str) -> None:
    """Run a command in a process of its own and see it killed at a point."""
    known = {path.name: str(path) for path in place.folder.iterdir()}
    line = [known.get(word, word) for word in words]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.commands.killed_at"),
            *(place.desk.clock.now.isoformat(), point, *line),
        ],
        cwd=ROOT,
        env={**os.environ, "XDG_DATA_HOME": str(place.folder / "data")},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def half_made(place: Laptops) -> list[str]:
    """Return what lies about under temporary names."""
    return [path.name for path in place.folder.rglob(".writing-*")]


def packs_known(place: Laptops) -> list[str]:
    """Return the digests of the packs in the record."""
    with place.desk.looking() as session, session.reading() as reader:
        assert reader.record_faults() == ()
        return [item.sha256 for item in reader.packs_made()]


def next_start(place: Laptops, *words: str) -> str:
    """Start the program again, and return what it says before anything else."""
    result = place.run(*words) if words else place.run("names", "bench.tender", "--reveal")
    assert half_made(place) == []
    return result.err


@pytest.mark.parametrize("point", [*BEFORE, *AFTER, "recorded"])
def test_a_killed_pack_is_in_the_record_or_nowhere(tmp_path: Path, point: str) -> None:
    place = laptops(tmp_path, "packed")
    before = packs_known(place)
    words = (*("pack", "bench.tender", "--for", "Ben Bell"), *place.out("two.scorepack"))
    killed(place, point, *words, *place.key("ana"))
    told = next_start(place)
    pack, known = place.path("two.scorepack"), packs_known(place)
    if point in BEFORE:
        assert "two.scorepack was being written. Nothing of it was recorded" in told
        assert not pack.exists()
        assert known == before
        assert "pack 2 for Ben Bell" in place.done(*words, *place.key("ana")).out
    else:
        assert ("It was finished and is recorded now." in told) == (point in AFTER)
        assert len(known) == len(before) + 1
        again = place.done(*words[:-1], str(place.path("three.scorepack")), *place.key("ana"))
        assert "pack 3 for Ben Bell" in again.out
    assert "The program was stopped" not in next_start(place)
    place.open_pack("ben", "two.scorepack")


def test_of_several_packs_the_rest_is_given_its_names_too(tmp_path: Path) -> None:
    place = laptops(tmp_path, "packed")
    before = packs_known(place)
    words = ("pack", "bench.tender", "--all", *place.out("all"), "--passphrase-file", "told.txt")
    place.path("all").mkdir()
    killed(place, "named", *words, *place.key("ana"))
    assert len(list(place.path("all").glob("*.scorepack"))) == 1
    assert "were being written. It was finished" in next_start(place)
    assert len(list(place.path("all").glob("*.scorepack"))) == len(packs_known(place)) - len(before)


def test_a_pack_that_was_taken_along_before_the_next_start_is_known(tmp_path: Path) -> None:
    place = laptops(tmp_path, "packed")
    before = packs_known(place)
    words = ("pack", "bench.tender", "--for", "Ben Bell", *place.out("two.scorepack"))
    killed(place, "named", *words, *place.key("ana"))
    stick = tmp_path / "stick"
    stick.mkdir()
    place.path("two.scorepack").rename(stick / "for Ben.scorepack")
    assert "unless you have it elsewhere, make it again" in next_start(place)
    assert len(packs_known(place)) == len(before) + 1


@pytest.mark.parametrize("point", [*BEFORE, "named", "recorded"])
def test_a_killed_workbook_is_in_the_record_or_nowhere(tmp_path: Path, point: str) -> None:
    place = laptops(tmp_path, "packed")
    before = packs_known(place)
    killed(place, point, "pack", "bench.tender", *BOOK, *place.out("ben.xlsx"))
    told = next_start(place)
    is_there = point not in BEFORE
    assert place.path("ben.xlsx").exists() == is_there
    assert len(packs_known(place)) == len(before) + is_there
    assert ("The program was stopped" in told) == (point != "recorded")


@pytest.mark.parametrize("point", [*BEFORE, *AFTER, "recorded"])
def test_a_killed_return_is_known_to_its_working_file_or_nowhere(
    tmp_path: Path, point: str
) -> None:
    place = laptops(tmp_path, "scored")
    words = ("return", "ben.scoring", *place.out("ben.scores"), *place.key("ben"))
    killed(place, point, *words)
    told = next_start(place, "confirm", "ben.scoring")
    again = place.done(*words[:-4], "--out", str(place.path("b.scores")), *place.key("ben")).out
    if point in BEFORE:
        assert "ben.scores was being written. Nothing of it was recorded" in told
        assert not place.path("ben.scores").exists()
        assert "return 1 (" in again
        return
    assert ("It was finished and is recorded now." in told) == (point in AFTER)
    assert "return 2 (" in again
    place.done("collect", "bench.tender", "ben.scores", *place.key("ana"))


def test_a_pack_whose_opening_is_killed_leaves_nothing_readable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next start of the program clears it away, whatever it is started for."""
    place = laptops(tmp_path, "packed")
    killed(
        place, "filled", "open-pack", "ben-1.scorepack", *place.out("b.scoring"), *place.key("ben")
    )
    assert traces.half_made(place.path("b.scoring")).exists()
    monkeypatch.setattr(
        identities, "user_data_path", lambda *_, **__: place.folder / "data" / "tendereval"
    )
    traces.clear_away()
    assert [path.name for path in place.folder.rglob("*") if "opening-" in str(path)] == []
    assert not place.path("b.scoring").exists()
    assert list((place.folder / "data" / "tendereval" / "openings").iterdir()) == []
    traces.clear_away()
    place.done("open-pack", "ben-1.scorepack", *place.out("b.scoring"), *place.key("ben"))


def test_clearing_away_never_touches_a_file_that_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The making was killed between giving the name and taking the temporary one away."""
    monkeypatch.setattr(identities, "user_data_path", lambda *_, **__: tmp_path)
    target = tmp_path / "b.scoring"
    partial = traces.half_made(target)
    partial.parent.mkdir()
    with appearing(partial) as stream:
        stream.write(b"everything")
    target.hardlink_to(partial)
    (tmp_path / "openings").mkdir()
    (tmp_path / "openings" / "one").write_bytes(os.fsencode(partial))
    traces.clear_away()
    assert not partial.parent.exists()
    assert target.read_bytes() == b"everything"


def test_a_file_from_elsewhere_names_nothing_that_is_removed(tmp_path: Path) -> None:
    """What is to be removed after a crash stands in the file, and files come from anywhere."""
    place = laptops(tmp_path, "bare")
    precious = tmp_path / "Documents"
    precious.mkdir()
    (precious / "letter.txt").write_text("Dear Ana")
    files = [[os.fsencode(precious / "x").hex(), os.fsencode(tmp_path / "x").hex()]]
    place.desk.sql(
        "INSERT INTO working_text (person, kind, bidder, criterion, lot, state, body, saved_at) "
        "VALUES ('', 'files going out', 'one', '', '', '', "
        f"'{json.dumps({'files': files, 'deed': None})}', '2027-03-02T09:00:00+00:00')"
    )
    next_start(place)
    assert (precious / "letter.txt").read_text() == "Dear Ana"
