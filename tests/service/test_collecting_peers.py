"""Faults that users of other programs met when they merged the work of several people.

Source: the merge faults reported for QualCoder, a program that brings several coders' files
together (see the notes on peers): merged twice, orphan ids, a transaction left open, owner and
date lost. (A dialog that stays on the screen is for the tests of the Panel screen.)
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tendereval.domain.errors import DiskFull, UnknownReference
from tendereval.domain.ids import BidderId
from tendereval.services import collecting, panel
from tendereval.store import pack_recording, recording
from tests.service.builders import ALDER, BEN, CAM, place
from tests.service.returns import Post, a_post, a_score, with_score


def rows(post: Post, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(post.file)) as raw:
        return raw.execute(statement).fetchall()


def test_merged_twice_leaves_no_doubles(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    for _ in range(3):
        post.collect(path, path)
    doubled = (
        "SELECT count(*) FROM score GROUP BY evaluator, bidder, criterion, lot HAVING count(*) > 1"
    )
    assert rows(post, doubled) == []
    assert rows(post, "SELECT count(*) FROM score") == [(4,)]
    assert rows(post, "SELECT count(*) FROM collected") == [(1,)]


def test_what_says_the_same_in_another_file_leaves_no_doubles(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    for _ in range(3):
        post.collect(post.returned())
    assert rows(post, "SELECT count(*), max(revision) FROM score") == [(4, 1)]


def test_no_orphan_ids(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    strange = place(BidderId("-1"), "Q1")
    with pytest.raises(UnknownReference):
        post.collect(post.altered(lambda body: with_score(body, a_score(strange))))
    post.collect(post.returned(BEN), post.returned(CAM))
    assert rows(post, "PRAGMA foreign_key_check") == []
    for statement in (
        "SELECT * FROM score WHERE bidder NOT IN (SELECT bidder FROM bidder)",
        "SELECT * FROM score WHERE evaluator NOT IN (SELECT person FROM panel_member)",
        "SELECT * FROM score WHERE rationale_id NOT IN (SELECT id FROM long_text)",
        "SELECT * FROM score WHERE entry NOT IN (SELECT seq FROM audit_entry)",
        "SELECT * FROM collected WHERE person NOT IN (SELECT person FROM panel_member)",
    ):
        assert rows(post, statement) == []


def fail(*_given: object) -> Iterator[None]:
    raise OSError(28, "No space left on device")


def test_no_transaction_is_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure at the very end of merging, the same open file works on."""
    post = a_post(tmp_path)
    paths = [post.returned(BEN), post.returned(CAM)]
    before = post.file.read_bytes()
    with post.round.lead() as session:
        found = collecting.look_at_returns(session, paths)
        with monkeypatch.context() as broken:
            broken.setattr(pack_recording, "add_collected", fail)
            with pytest.raises(DiskFull):
                collecting.collect(session, found)
        assert post.file.read_bytes() == before
        with session.reading() as reader:
            assert reader.scores() == ()
        panel.declare(session, CAM, "")
        again = collecting.look_at_returns(session, paths)
        assert collecting.collect(session, again).scores == 8
    assert post.faults() == ()
    assert not (tmp_path / "bench.tender-journal").exists()


def test_owner_and_date_are_those_of_the_evaluator(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned(BEN)
    given = {
        (str(item.place.bidder), str(item.place.criterion)): item.recorded_at.isoformat()
        for item in post.body(path).scores
    }
    post.collect(path)
    found = rows(post, "SELECT bidder, criterion, evaluator, recorded_at FROM score")
    assert {(bidder, ref): at for bidder, ref, _who, at in found} == given
    assert {who for _bidder, _ref, who, _at in found} == {BEN}


def test_people_of_one_name_are_not_taken_for_each_other(tmp_path: Path) -> None:
    """Merged text lost its coding elsewhere because names of coders differed; ids do not."""
    post = a_post(tmp_path)
    path = post.returned(BEN)
    with post.round.lead() as session, session.file.beside() as change:
        recording.set_contact(change, CAM, "Ben Bell", "cam@x.example")
        recording.set_contact(change, BEN, "Benjamin Bell-Ames", "ben@x.example")
    post.collect(path)
    assert len(post.scores(BEN)) == 4
    assert post.scores(CAM) == {}


def test_what_was_given_before_is_never_lost(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    post.collect(post.returned())
    less = post.body(post.rescored(5, "Again.", place(ALDER, "Q1")))
    only = tuple(item for item in less.scores if item.place == place(ALDER, "Q1"))
    post.collect(post.signed(replace(less, scores=only, complete=False)))
    points = post.points()
    assert len(points) == 4
    assert points[place(ALDER, "Q1")] == 5
