"""Moving from stage to stage: what is missing, and going back."""

from pathlib import Path

import pytest

from tests.service.builders import (
    AFTER,
    BEFORE,
    BIDDERS,
    PANEL,
    SET_UP,
    Desk,
    a_desk,
)

WHY = ("--reason", "A page was overlooked.")


@pytest.mark.parametrize(
    ("at", "to"),
    [("set-up", "scoring"), ("scored", "price"), ("published", "award"), ("priced", "closed")],
)
def test_no_stage_is_skipped(at: str, to: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, at)
    desk.clock.now = AFTER
    refused = desk.enter(to, *WHY)
    assert refused.status == 1
    assert f"Stage {to!r} does not follow" in refused.err


def test_the_stage_it_is_at_is_not_entered_again(tmp_path: Path) -> None:
    assert "already" in a_desk(tmp_path, "scored").enter("scoring", *WHY).err


def test_scoring_waits_for_the_deadline_the_bidders_the_lead_and_the_scorers(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    alone = (PANEL[0], ("Cat Coe", "cat@x.example", "observer"))
    desk.new({**SET_UP, "Panel": alone})
    desk.enter("published")
    told = desk.enter("scoring").err
    assert "The tender deadline has not passed (01 March 2027 12:00)." in told
    assert "No bidder is registered." in told
    assert "The panel has no lead evaluator." in told
    desk.take_in({"Bidders": BIDDERS})
    desk.clock.now = AFTER
    assert "Nobody is asked to score Q1, Alder Ltd." in desk.enter("scoring").err


def test_entering_scoring_locks_answers_with_their_digest(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    with desk.looking() as session, session.reading() as reader:
        locked = reader.answers_lock()
    assert locked is not None
    assert len(locked[0]) == 64
    assert locked[1:] == (4, 0)


@pytest.mark.parametrize(("at", "to"), [("scored", "published"), ("priced", "set-up")])
def test_going_back_past_the_deadline_is_refused(at: str, to: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, at)
    before = desk.file.read_bytes()
    refused = desk.enter(to, *WHY)
    assert refused.status == 1
    assert "The tender deadline has passed: the method and the answers stay" in refused.err
    assert desk.file.read_bytes() == before


def test_before_the_deadline_a_tender_goes_back_to_set_up_with_a_reason(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    desk.clock.now = BEFORE
    assert "needs a reason" in desk.enter("set-up").err
    assert desk.enter("set-up", *WHY).status == 0
    assert desk.now().stage == "set-up"


@pytest.mark.parametrize(
    ("at", "to"), [("agreed", "scoring"), ("priced", "moderation"), ("award", "price")]
)
def test_going_back_needs_a_reason_and_is_recorded(at: str, to: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, at)
    refused = desk.enter(to)
    assert refused.status == 1
    assert "needs a reason" in refused.err
    assert desk.enter(to, *WHY).status == 0
    entry = desk.entries()[-1]
    assert entry.kind == f"stage gone back to: {to}"
    assert (entry.ids["to"], entry.reason) == (to, WHY[1])


def test_a_closed_tender_stays_closed(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    assert "The tender is closed." in desk.enter("award", *WHY).err


def test_the_next_stage_and_what_it_lacks_are_told_as_json(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    found = desk.on_file("stage", "--json").json
    assert (found["stage"], found["next"]) == ("scoring", "moderation")
    assert isinstance(found["missing"], list)
    assert len(found["missing"]) == 2


def test_entering_a_stage_prints_one_json_object_too(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scored")
    assert desk.enter("moderation", "--json").json["stage"] == "moderation"


def test_once_prices_are_known_individual_scores_are_not_opened_again(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    assert desk.enter("moderation", *WHY).status == 0
    before = desk.file.read_bytes()
    refused = desk.enter("scoring", *WHY)
    assert refused.status == 1
    assert "Prices are known: individual scores stay as they were" in refused.err
    assert desk.file.read_bytes() == before
