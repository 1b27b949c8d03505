"""Individual scores: on the scale, with a rationale, and three ways of not having one."""

from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.errors import (
    MissingRationale,
    NotAllowedNow,
    NotOnTheScale,
    NotTheirs,
    UnknownReference,
)
from tendereval.domain.evaluation import Score, ScoreState
from tendereval.domain.ids import PersonId
from tendereval.services import moderating, scoring
from tests.service.builders import ALDER, ANA, BEN, CAM, Desk, Rows, a_desk, place

Q1 = place(ALDER, "Q1")
HEAD = ("Evaluator", "Bidder", "Ref", "Score", "Rationale")


def record(
    desk: Desk,
    points: int | str | None,
    rationale: str = "Sound.",
    state: ScoreState = ScoreState.READY,
    who: PersonId = BEN,
) -> Score:
    exact = None if points is None else Fraction(points)
    with desk.session() as session:
        return scoring.record_score(session, who, scoring.Entry(Q1, state, exact, rationale))


def standing(desk: Desk) -> dict[tuple[str, str, str], tuple[str, int | None]]:
    with desk.looking() as session, session.reading() as reader:
        return {
            (score.evaluator, score.place.bidder, score.place.criterion): (
                str(score.state),
                None if score.points is None else int(score.points),
            )
            for score in reader.scores()
        }


def missing(desk: Desk) -> str:
    return desk.on_file("stage").out


def test_nought_cannot_score_and_blank_are_three_different_things(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    rows: Rows = (
        HEAD,
        ("Ben Bell", "Alder Ltd", "Q1", 0, "Says nothing about wood."),
        ("Ben Bell", "Alder Ltd", "Q2", "cannot score", "The file does not open."),
        ("Ben Bell", "Birch Ltd", "Q1", None, ""),
    )
    assert desk.take_in({"Scores": rows}).status == 0
    assert standing(desk) == {
        (BEN, "b-1", "Q1"): ("ready", 0),
        (BEN, "b-1", "Q2"): ("cannot score", None),
    }
    assert "Ben Bell still has to score 2 responses (Q1, Birch Ltd; Q2, Birch Ltd)" in missing(desk)


def test_a_score_without_its_rationale_is_a_draft_and_not_ready(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    rows: Rows = (HEAD, ("Ben Bell", "Alder Ltd", "Q1", 3, " "))
    assert desk.take_in({"Scores": rows}).status == 0
    assert standing(desk) == {(BEN, "b-1", "Q1"): ("draft", 3)}
    assert "Ben Bell still has to score 4 responses" in missing(desk)


@pytest.mark.parametrize(
    ("points", "rationale", "state", "refusal"),
    [
        ("3.5", "Between two.", ScoreState.READY, NotOnTheScale),
        (6, "More than all.", ScoreState.DRAFT, NotOnTheScale),
        (-1, "Less than none.", ScoreState.READY, NotOnTheScale),
        (None, "No points.", ScoreState.READY, NotOnTheScale),
        (3, "Both.", ScoreState.CANNOT_SCORE, NotOnTheScale),
        (3, " \n", ScoreState.READY, MissingRationale),
        (None, "", ScoreState.CANNOT_SCORE, MissingRationale),
    ],
)
def test_a_score_is_refused(
    points: int | str | None,
    rationale: str,
    state: ScoreState,
    refusal: type[Exception],
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "scoring")
    with pytest.raises(refusal):
        record(desk, points, rationale, state)
    assert standing(desk) == {}


def test_only_who_is_asked_scores(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    with pytest.raises(NotTheirs, match="Ana Ames is not asked to score this"):
        record(desk, 3, who=ANA)
    with pytest.raises(UnknownReference):
        record(desk, 3, who=PersonId("p-99"))


def test_every_revision_is_kept_and_names_its_method_version(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    record(desk, 3, "First thoughts.")
    found = record(desk, 4, "Second thoughts.")
    assert (found.revision, found.method_version) == (2, 1)
    with desk.looking() as session, session.reading() as reader:
        kept = reader.score_history(Q1)
    assert [(str(score.points), score.rationale) for score in kept] == [
        ("3", "First thoughts."),
        ("4", "Second thoughts."),
    ]


def test_the_record_of_a_score_holds_ids_and_digests_and_no_text(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    record(desk, 3, "First thoughts.")
    record(desk, 4, "Second thoughts.")
    entry = desk.entries()[-1]
    assert (entry.kind, entry.person) == ("score recorded", ANA)
    assert entry.ids == {
        "evaluator": BEN,
        "bidder": ALDER,
        "criterion": "Q1",
        "lot": "",
        "state": "ready",
    }
    assert set(entry.texts) == {"rationale before", "rationale after"}
    assert "thoughts" not in str(entry)


def test_moderation_waits_for_every_assigned_score(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    refused = desk.enter("moderation")
    assert refused.status == 1
    assert "Ben Bell still has to score 4 responses" in refused.err
    assert "Community panel member 1 still has to score 4 responses" in refused.err
    assert desk.now().stage == "scoring"


def test_the_lead_may_go_on_without_and_the_reason_is_kept(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    why = "Ben is ill for a month; two others read everything."
    assert desk.enter("moderation", "--reason", why).status == 0
    with desk.looking() as session, session.reading() as reader:
        assert reader.stage_reasons()[-1][:2] == ("moderation", why)
    assert desk.entries()[-1].reason == why


def test_moderation_locks_individual_scores(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    with pytest.raises(NotAllowedNow, match="locked since moderation opened"):
        record(desk, 5)
    rows: Rows = (HEAD, ("Ben Bell", "Alder Ltd", "Q1", 5, "On second thoughts."))
    refused = desk.take_in({"Scores": rows})
    assert refused.status == 1
    assert "Scores, row 2: Individual scores are locked" in refused.err


def test_one_response_sent_back_opens_for_that_response_only(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    with desk.session() as session:
        moderating.send_back(session, Q1, "Two pages were not in the pack.")
    record(desk, 5, "With the two pages.")
    with desk.session() as session:
        entry = scoring.Entry(place(ALDER, "Q2"), ScoreState.READY, Fraction(5), "Also.")
        with pytest.raises(NotAllowedNow):
            scoring.record_score(session, BEN, entry)
        moderating.settle(session, Q1, "Everybody has read them.")
    with pytest.raises(NotAllowedNow):
        record(desk, 4)
    with desk.looking() as session, session.reading() as reader:
        kept = [score.points for score in reader.score_history(Q1) if score.evaluator == BEN]
        reasons = [item.reason for item in reader.sent_back_history()]
    assert kept == [4, 5]
    assert reasons == ["Two pages were not in the pack.", "Everybody has read them."]


def test_a_community_member_appears_by_label(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    assert desk.now().name(CAM) == "Community panel member 1"
    shown = desk.on_file("stage").out + desk.on_file("check").out
    assert "Cam Cole" not in shown
    assert "cam@x.example" not in shown
