"""Scores that arrive after moderation opened: held apart and shown, merged only by decision."""

from dataclasses import replace
from pathlib import Path

import pytest

from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.errors import (
    NotAllowedNow,
    ReasonNeeded,
    StaleReturn,
    UnknownReference,
)
from tendereval.domain.ids import LotId
from tendereval.domain.packs import Disposition
from tendereval.domain.stages import Stage
from tendereval.services import bids, collecting, moderating, panel, staging
from tendereval.services.collecting import Verdict
from tendereval.store import recording
from tendereval.store.tender_file import TenderFile
from tests.service.builders import ALDER, BEN, BIRCH, CAM, place
from tests.service.returns import Post, a_post, kinds

Q1, OTHER = place(ALDER, "Q1"), place(BIRCH, "Q1")
WHY = "They were on the train when moderation began."


def in_moderation(folder: Path) -> Post:
    """Return a tender whose returns were collected and whose moderation has opened."""
    post = a_post(folder)
    post.collect(post.returned(BEN), post.returned(CAM))
    with post.round.lead() as session:
        staging.change_stage(session, Stage.MODERATION)
    return post


def held_ids(post: Post) -> list[str]:
    with post.round.desk.looking() as session:
        return [item.sha256 for item in collecting.held(session)]


def test_what_differs_is_held_apart_and_never_merged_silently(tmp_path: Path) -> None:
    post = in_moderation(tmp_path)
    before = post.scores()
    path = post.rescored(5, "Late.", Q1)
    report = post.report(path)
    assert (report.verdict, report.held) == (Verdict.HELD, ("Q1, Alder Ltd",))
    assert (report.new, report.changed, report.same) == (0, (), 3)
    lines = "\n".join(report.in_words())
    assert "Moderation has opened: 1 that differ are kept apart" in lines
    assert "Kept apart: Q1, Alder Ltd." in lines
    done = post.collect(path)
    assert (done.scores, done.in_words()) == (0, "1 return collected, 1 return held apart.")
    assert post.scores() == before
    assert kinds(post)[-1] == "return held apart"
    with post.round.desk.looking() as session:
        (waiting,) = collecting.held(session)
        with session.reading() as reader:
            assert reader.collected()[-1].disposition is Disposition.HELD
    assert (waiting.who, waiting.person, waiting.differing) == ("Ben Bell", BEN, report.held)
    assert "locked for 1 answer: Q1, Alder Ltd" in waiting.why_not
    assert post.faults() == ()
    assert post.report(path).verdict is Verdict.KNOWN


def test_what_differs_in_nothing_is_simply_collected(tmp_path: Path) -> None:
    post = in_moderation(tmp_path)
    assert post.report(post.returned()).verdict is Verdict.MERGED


def test_what_was_sent_back_is_merged(tmp_path: Path) -> None:
    post = in_moderation(tmp_path)
    with post.round.lead() as session:
        moderating.send_back(session, Q1, "Read page 9.")
    post.round.send((BEN,))
    path = post.rescored(5, "Page 9 says more.", Q1)
    report = post.report(path)
    assert (report.verdict, report.held) == (Verdict.MERGED, ())
    assert post.collect(path).scores == 1
    assert post.points()[Q1] == 5


def test_in_one_return_what_was_sent_back_is_merged_and_the_rest_is_held(tmp_path: Path) -> None:
    post = in_moderation(tmp_path)
    path = post.rescored(5, "Late.", Q1, OTHER)
    with post.round.lead() as session:
        moderating.send_back(session, Q1, "Read page 9.")
    done = post.collect(path)
    assert (done.scores, done.reports[0].held) == (1, ("Q1, Birch Ltd",))
    assert post.points()[Q1] == 5
    assert post.points()[OTHER] == 3
    assert post.faults() == ()


def test_held_and_merged_together_are_told_apart_in_the_record(tmp_path: Path) -> None:
    post = in_moderation(tmp_path)
    late, same = post.rescored(5, "Late.", Q1), post.returned(CAM)
    done = post.collect(late, same)
    entry = post.round.desk.entries()[-1]
    assert entry.kind == "return collected"
    assert entry.ids["held apart"] == done.reports[0].sha256


def test_it_is_taken_in_once_the_response_is_sent_back(tmp_path: Path) -> None:
    post = in_moderation(tmp_path)
    post.collect(post.rescored(5, "Late.", Q1))
    (sha256,) = held_ids(post)
    with post.round.lead() as session:
        with pytest.raises(NotAllowedNow, match="are locked for 1 answer"):
            collecting.take_in_held(session, sha256, WHY)
        moderating.send_back(session, Q1, "The return came late.")
        (waiting,) = collecting.held(session)
        assert (waiting.why_not, waiting.differing) == ("", ("Q1, Alder Ltd",))
        with pytest.raises(ReasonNeeded):
            collecting.take_in_held(session, sha256, "  ")
        assert collecting.take_in_held(session, sha256, WHY) == 1
        assert collecting.held(session) == ()
        with pytest.raises(UnknownReference):
            collecting.take_in_held(session, sha256, WHY)
    entry = post.round.desk.entries()[-1]
    assert (entry.kind, entry.reason) == ("held return taken in", WHY)
    assert entry.ids == {"person": "p-2", "sha256": sha256}
    assert post.points()[Q1] == 5
    assert post.faults() == ()


def test_it_is_taken_in_once_the_tender_goes_back_to_scoring(tmp_path: Path) -> None:
    post = in_moderation(tmp_path)
    post.collect(post.rescored(5, "Late.", Q1, OTHER))
    (sha256,) = held_ids(post)
    with post.round.lead() as session:
        staging.change_stage(session, Stage.SCORING, "A return came late.")
        assert collecting.take_in_held(session, sha256, WHY) == 2
    assert post.points()[OTHER] == 5


def test_one_that_was_overtaken_is_not_taken_in(tmp_path: Path) -> None:
    post = in_moderation(tmp_path)
    post.collect(post.rescored(5, "Late.", Q1))
    (sha256,) = held_ids(post)
    with post.round.lead() as session:
        staging.change_stage(session, Stage.SCORING, "A return came late.")
    post.collect(post.rescored(4, "Later.", Q1))
    with post.round.lead() as session:
        assert "A newer return of Ben Bell came after it" in collecting.held(session)[0].why_not
        with pytest.raises(StaleReturn):
            collecting.take_in_held(session, sha256, WHY)
    assert post.points()[Q1] == 4


def test_a_change_in_between_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    post = in_moderation(tmp_path)
    post.collect(post.rescored(5, "Late.", Q1))
    (sha256,) = held_ids(post)
    with post.round.lead() as session:
        moderating.send_back(session, Q1, "The return came late.")

        def meanwhile(*_given: object) -> None:
            panel.declare(session, CAM, "")

        monkeypatch.setattr(TenderFile, "back_up", meanwhile)
        with pytest.raises(NotAllowedNow, match="changed meanwhile"):
            collecting.take_in_held(session, sha256, WHY)
    assert post.points()[Q1] == 3


def test_nothing_that_was_merged_can_be_taken_in(tmp_path: Path) -> None:
    post = in_moderation(tmp_path)
    with post.round.lead() as session:
        with session.reading() as reader:
            merged = reader.collected()[0].sha256
        with pytest.raises(UnknownReference):
            collecting.take_in_held(session, merged, WHY)


@pytest.mark.parametrize("stage", [Stage.PRICE, Stage.AWARD])
def test_once_prices_are_known_scores_are_held_too(tmp_path: Path, stage: Stage) -> None:
    post = in_moderation(tmp_path)
    path = post.rescored(5, "Very late.", Q1)
    with post.round.lead() as session, session.change("stage entered by hand") as change:
        recording.add_stage(change, stage)
    assert post.report(path).verdict is Verdict.HELD
    post.collect(path)
    assert post.points()[Q1] == 3


def test_scores_of_a_bid_that_was_withdrawn_are_held_apart(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    withdrawn = Bid(BIRCH, LotId("1"), BidStatus.WITHDRAWN, "They wrote so.")
    with post.round.lead() as session:
        bids.set_status(session, withdrawn)
    report = post.report(path)
    assert report.held == ("Q1, Birch Ltd", "Q2, Birch Ltd")
    assert "bids that are not assessed now" in "\n".join(report.in_words())
    assert post.collect(path).scores == 2
    assert post.faults() == ()
    (sha256,) = held_ids(post)
    with post.round.lead() as session:
        with pytest.raises(NotAllowedNow):
            collecting.take_in_held(session, sha256, WHY)
        bids.set_status(session, replace(withdrawn, status=BidStatus.ASSESSED, reason="Back."))
        assert collecting.take_in_held(session, sha256, WHY) == 2
    assert len(post.points()) == 4
