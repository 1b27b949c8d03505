"""Whatever order returns arrive in, alone or together, once or again: the same scores stand."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tendereval.domain.ids import PersonId
from tendereval.domain.packs import ReturnBody
from tendereval.services import collecting
from tendereval.services.collecting import Verdict
from tests.service.builders import BEN, CAM
from tests.service.packs import a_folder
from tests.service.returns import PLACES, Post, a_post, a_score

POINTS = st.integers(0, 5)


@dataclass(frozen=True, slots=True)
class Told:
    """What one return of a sequence says.

    Attributes:
        points: of the first answers, as many as were scored by then.
        repeats: how often it arrives.
    """

    person: PersonId
    points: tuple[int, ...]
    repeats: int


@st.composite
def arrivals(draw: st.DrawFn) -> tuple[list[Told], list[list[int]]]:
    """Draw what each person returned, in turn, and in which handfuls all of it arrives.

    A working file forgets no score, so that a later return never says less.
    """
    told: list[Told] = []
    for person in (BEN, CAM):
        lengths = sorted(draw(st.lists(st.integers(1, len(PLACES)), min_size=1, max_size=3)))
        for length in lengths:
            points = tuple(draw(POINTS) for _ in range(length))
            told.append(Told(person, points, draw(st.integers(1, 2))))
    every = [number for number, item in enumerate(told) for _ in range(item.repeats)]
    order = draw(st.permutations(every))
    handfuls: list[list[int]] = []
    while order:
        size = draw(st.integers(1, 3))
        handfuls.append(order[:size])
        order = order[size:]
    return told, handfuls


@cache
def _bodies() -> dict[PersonId, ReturnBody]:
    post = a_post(a_folder("order-"))
    return {person: post.body(post.returned(person)) for person in (BEN, CAM)}


def sent(post: Post, told: Sequence[Told]) -> list[Path]:
    """Write the returns."""
    paths = []
    for number, item in enumerate(told):
        first = _bodies()[item.person]
        scores = tuple(
            a_score(at, str(points), rationale=f"{points} in return {number}.")
            for at, points in zip(PLACES, item.points, strict=False)
        )
        at = first.made_at + timedelta(hours=number)
        paths.append(post.signed(replace(first, scores=scores, made_at=at)))
    return paths


def arrive(post: Post, paths: Sequence[Path]) -> None:
    """Collect a handful; what is older than what is held is left out, as the lead is told."""
    with post.round.lead() as session:
        found = collecting.look_at_returns(session, paths)
        assert not found.refused
        found = collecting.look_without(session, found, [item.name for item in found.stale])
        before = session.file.path.read_bytes()
        known = all(item.verdict is Verdict.KNOWN for item in found.reports)
        collecting.collect(session, found)
        assert (session.file.path.read_bytes() == before) is known


@settings(max_examples=25, deadline=None)
@given(arrivals())
def test_any_order_of_any_sequence_ends_in_the_same_scores(
    drawn: tuple[list[Told], list[list[int]]],
) -> None:
    told, handfuls = drawn
    with tempfile.TemporaryDirectory() as folder:
        post = a_post(Path(folder))
        paths = sent(post, told)
        for handful in handfuls:
            arrive(post, [paths[number] for number in handful])
        for person in (BEN, CAM):
            newest = [item for item in told if item.person == person][-1]
            points = dict(zip(PLACES, newest.points, strict=False))
            assert post.points(person) == points
        assert post.faults() == ()
