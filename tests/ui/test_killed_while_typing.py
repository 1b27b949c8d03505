"""kill -9 while an evaluator types: what was on the screen a moment before is in the file."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from tests.service.builders import ALDER, BEN, Desk, a_desk, place
from tests.ui.typing_evaluator import KEPT_WITHIN, text

ROOT: Final = Path(__file__).parents[2]
LOADED_MACHINE: Final = 0.5
KILLS: Final = [
    *range(3),
    *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(3, 23)),
]


def killed_while_typing(desk: Desk, seed: int) -> tuple[float, list[tuple[float, int]]]:
    """Kill the app at a random moment; return that moment, and what was typed when."""
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ui.typing_evaluator", str(desk.file), str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(dice.uniform(2.2, 4.2))
        killed = time.monotonic()
        process.send_signal(signal.SIGKILL)
        said = first + process.stdout.read()
    assert process.returncode == -signal.SIGKILL
    lines = [line.split() for line in said.decode().split("\n")[:-1]]
    return killed, [(float(at), int(length)) for at, length in lines]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
@pytest.mark.parametrize("seed", KILLS)
def test_all_but_the_last_moment_of_typing_is_kept(tmp_path: Path, seed: int) -> None:
    desk = a_desk(tmp_path, "scoring")
    killed, typed = killed_while_typing(desk, seed)
    owed = max(n for at, n in typed if at <= killed - KEPT_WITHIN - LOADED_MACHINE)
    with desk.session() as session:
        assert session.file.opened.taken_over_from
        with session.reading() as reader:
            assert reader.record_faults() == ()
            kept = reader.working_text(BEN, "score", place(ALDER, "Q1"))
        assert session.file.integrity_faults() == ()
    assert kept is not None
    # One more key may have been typed and not yet said.
    assert owed <= len(kept["body"]) <= typed[-1][1] + 1
    assert kept["body"] == text(len(kept["body"]))
    assert desk.on_file("check").status == 0
