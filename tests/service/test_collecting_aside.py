"""Returns too large to be kept in memory together: read again, and the same comes of them."""

from pathlib import Path

import pytest

from tendereval.domain.errors import NotAllowedNow, TenderEvalError, UnreadablePack
from tendereval.services import collecting, collecting_files
from tendereval.services.collecting import Verdict
from tests.service.builders import BEN, CAM
from tests.service.returns import PLACES, Post, a_post, kinds


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Post:
    made = a_post(tmp_path)
    monkeypatch.setattr(collecting_files, "AT_HAND", 0)
    return made


def test_what_is_looked_at_holds_no_scores(post: Post) -> None:
    found = post.look(post.returned(BEN), post.returned(CAM))
    assert [report.new for report in found.reports] == [4, 4]
    assert all(not item.body.scores and not item.plain for item in found.arrived)
    assert all(not plan.scores for plan in found.plans)


def test_everything_is_collected_as_it_would_be_at_hand(post: Post) -> None:
    first = post.returned(BEN, question="Why?")
    paths = [post.rescored(4, "Read again.", PLACES[0]), post.returned(CAM), first]
    sealed = {path.name: path.read_bytes() for path in paths}
    done = post.collect(*paths)
    assert (done.scores, len(done.receipts)) == (9, 3)
    assert {at: score.revision for at, score in post.scores().items()} == {
        at: 2 if at == PLACES[0] else 1 for at in PLACES
    }
    assert post.scores()[PLACES[0]].rationale == "Read again."
    with post.round.desk.looking() as session, session.reading() as reader:
        kept = {reader.sealed_original(item.sha256) for item in reader.collected()}
    assert kept == set(sealed.values())
    assert post.faults() == ()


def test_one_can_be_left_out_after_the_look(post: Post) -> None:
    one, other = post.returned(BEN), post.returned(CAM)
    with post.round.lead() as session:
        found = collecting.look_at_returns(session, [one, other])
        found = collecting.look_without(session, found, [one.name])
        assert collecting.collect(session, found).scores == 4
    assert (len(post.scores(BEN)), len(post.scores(CAM))) == (0, 4)


MEANWHILE: dict[str, type[TenderEvalError]] = {
    "another return": NotAllowedNow,
    "rubbish": UnreadablePack,
    "gone": UnreadablePack,
}


@pytest.mark.parametrize("way", MEANWHILE)
def test_a_file_that_is_not_what_was_looked_at_stops_everything(post: Post, way: str) -> None:
    one, other = post.returned(BEN), post.returned(CAM)
    with post.round.lead() as session:
        found = collecting.look_at_returns(session, [one, other])
        before = kinds(post)
        if way == "another return":
            other.write_bytes(one.read_bytes())
        elif way == "rubbish":
            other.write_bytes(b"rubbish")
        else:
            other.unlink()
        with pytest.raises(MEANWHILE[way]):
            collecting.collect(session, found)
        again = collecting.look_without(session, found, [one.name])
        assert [report.verdict for report in again.reports] == [Verdict.REFUSED]
    assert kinds(post) == before
    assert post.scores(BEN) == post.scores(CAM) == {}
