"""kill -9 while returns are collected: everything of them is there afterwards, or nothing."""

import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from tendereval.domain.ids import PersonId
from tendereval.exchange.identity_file import write_identity
from tests.service.builders import AFTER, BEN, CAM, Desk, TickingClock
from tests.service.packs import Round, a_folder
from tests.service.returns import PLACES, Post, a_post, a_score

ROOT = Path(__file__).parents[2]
KILLS = [
    *range(5),
    *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(5, 100)),
]
RETURNS = 6
"""By each of two people, every one with long texts: merging them takes a good while."""
EVERYTHING = 2 * RETURNS * len(PLACES)
LATER = AFTER.replace(day=25)


@cache
def prepared() -> Path:
    """Make a tender, the lead's key file and many long returns once; return their folder."""
    folder = a_folder("killed-")
    post = a_post(folder)
    write_identity(folder / "lead.key", post.round.identities[_lead(post)])
    for person in (BEN, CAM):
        body = post.body(post.returned(person))
        for number in range(RETURNS):
            text = f"{number} of {person}. " * 3_000
            scores = tuple(a_score(at, str(number % 6), rationale=text) for at in PLACES)
            at = body.made_at + timedelta(hours=number)
            path = post.signed(replace(body, scores=scores, made_at=at))
            path.rename(folder / f"{person}-{number}.return")
    return folder


def _lead(post: Post) -> PersonId:
    with post.round.lead() as session:
        return session.actor.person


def killed(folder: Path, seed: int) -> list[str]:
    """Start collecting, kill it at a random moment, and return what it said."""
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.service.collecting_once"),
            *(str(folder / "bench.tender"), str(folder / "lead.key")),
            *(str(path) for path in sorted(folder.glob("*.return"))),
        ],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(dice.uniform(0, 0.12))
        process.kill()
        said = first + process.stdout.read()
    return said.decode().split()


@pytest.mark.parametrize("seed", KILLS)
def test_all_or_nothing(tmp_path: Path, seed: int) -> None:
    shutil.copytree(prepared(), tmp_path, dirs_exist_ok=True)
    made = a_post(tmp_path / "other").round
    post = Post(Round(Desk(tmp_path, TickingClock(LATER)), made.identities))
    said = killed(tmp_path, seed)
    assert said[0] == "looked"
    with post.round.lead() as session, session.reading() as reader:
        # The lock of the killed process was taken over, and the record is whole.
        assert reader.record_faults() == ()
        found = len(reader.score_history()), len(reader.collected())
        entries = [entry.kind for entry in reader.entries()]
    assert found in {(0, 0), (EVERYTHING, 2 * RETURNS)}
    assert entries.count("return collected") == bool(found[0])
    if said[1:] == ["collected"]:
        assert found[0] == EVERYTHING
    assert post.faults() == ()
    done = post.collect(*sorted(tmp_path.glob("*.return")))
    assert done.scores == (0 if found[0] else EVERYTHING)
    for person in (BEN, CAM):
        assert {score.revision for score in post.scores(person).values()} == {RETURNS}
    assert post.faults() == ()
    assert not list(tmp_path.glob("*.part*"))
