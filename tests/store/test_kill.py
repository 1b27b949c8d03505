"""kill -9 while something is saved: the file opens, the record is whole, nothing saved is lost."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tendereval.store import backup
from tendereval.store.tender_file import TenderFile
from tests.store.tender_files import (
    AT,
    EVE,
    IN_LOT,
    Q1,
    a_full_tender,
    add_score,
    left_beside,
    opened,
)

ROOT = Path(__file__).parents[2]
KILLS = [
    *range(10),
    *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(10, 200)),
]
FEWER_KILLS = [
    *range(3),
    *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(3, 40)),
]


def saved_before_the_kill(what: str, path: Path, seed: int) -> tuple[int, list[int]]:
    """Kill a saving process at a random moment; return its number and what it said it saved."""
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.saving", what, str(path)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(dice.uniform(0, 0.25))
        process.kill()
        said = first + process.stdout.read()
    whole_lines = said.decode().split("\n")[:-1]
    return process.pid, [int(line) for line in whole_lines]


def whole_after(path: Path, process: int) -> TenderFile:
    """Open what a killed process left; its lock is taken over and the record is whole."""
    file = opened(path)
    assert f"process {process}, " in file.opened.taken_over_from
    with file.reading() as reader:
        assert reader.record_faults() == ()
    assert file.integrity_faults() == ()
    return file


@pytest.mark.parametrize("seed", KILLS)
def test_no_saved_score_is_lost(tmp_path: Path, seed: int) -> None:
    path = a_full_tender(tmp_path / "a.tender")
    process, said = saved_before_the_kill("scores", path, seed)
    with whole_after(path, process) as file:
        with file.reading() as reader:
            history = [score for score in reader.score_history(IN_LOT) if score.evaluator == EVE]
        revisions = [score.revision for score in history]
        assert said == list(range(4, 4 + len(said)))
        assert revisions == list(range(1, len(revisions) + 1))
        # One more may have been saved and not yet said.
        assert len(revisions) - 3 - len(said) in {0, 1}
        assert add_score(file) == len(revisions) + 1
    assert left_beside(path) == []


@pytest.mark.parametrize("seed", FEWER_KILLS)
def test_no_kept_working_text_is_lost(tmp_path: Path, seed: int) -> None:
    path = a_full_tender(tmp_path / "a.tender")
    process, said = saved_before_the_kill("typing", path, seed)
    with whole_after(path, process) as file:
        with file.reading() as reader:
            kept = reader.working_text(EVE, "score", Q1)
        assert add_score(file) == 4
        assert kept is not None
        words = kept["body"].split()
        assert len(set(words)) == 1
        assert int(words[0]) - said[-1] in {0, 1}
    assert left_beside(path) == []


@pytest.mark.parametrize("seed", FEWER_KILLS)
def test_a_back_up_is_whole_or_not_there(tmp_path: Path, seed: int) -> None:
    path = a_full_tender(tmp_path / "a.tender")
    process, said = saved_before_the_kill("back_ups", path, seed)
    with whole_after(path, process) as file:
        kept = backup.backups(path)
        # Between naming a sixth and removing the first there are six for a moment.
        assert min(len(said), 5) <= len(kept) <= 6
        for copy in kept:
            with opened(copy, writing=False) as looked:
                with looked.reading() as reader:
                    assert reader.record_faults() == ()
                assert looked.integrity_faults() == ()
        file.back_up(AT.replace(year=2028))
        assert [name for name in left_beside(path) if ".part" in name] == []
