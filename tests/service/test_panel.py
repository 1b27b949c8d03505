"""Joining, leaving and replacing; what who left has scored is kept and not used."""

from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.errors import NotTheirs, ReasonNeeded, RuleRefusal, UnknownReference
from tendereval.domain.evaluation import PanelMember, Role, ScoreState
from tendereval.domain.ids import PersonId
from tendereval.services import panel, scoring
from tests.service.builders import (
    ALDER,
    BEN,
    CAM,
    PANEL,
    SET_UP,
    Desk,
    Rows,
    a_desk,
    place,
)

EVA: Rows = (*PANEL, ("Eva Ely", "eva@x.example", "evaluator"))


def add(desk: Desk, role: Role, name: str, reason: str = "Cover.") -> PersonId:
    with desk.session() as session:
        member = PanelMember(PersonId(""), role, "", reason=reason)
        return panel.add_member(session, member, name)


def test_joining_after_scoring_began_needs_a_reason(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    with pytest.raises(ReasonNeeded):
        add(desk, Role.EVALUATOR, "Eva Ely", " ")
    refused = desk.take_in({"Panel": EVA})
    assert refused.status == 1
    assert "Panel, row 6: Scoring has begun; a change of the panel needs a reason." in refused.err
    assert desk.take_in({"Panel": EVA}, "--reason", "Ben is away in May.").status == 0
    joined = desk.now().person_named("eva@x.example")
    assert (joined.role, joined.reason) == (Role.EVALUATOR, "Ben is away in May.")
    assert "Eva Ely still has to score 4 responses" in desk.on_file("stage").out


def test_who_left_scores_no_more_and_what_was_scored_is_not_used(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scored")
    with desk.session() as session:
        with pytest.raises(ReasonNeeded):
            panel.leave(session, BEN, "  ")
        panel.leave(session, BEN, "New post.")
        entry = scoring.Entry(place(ALDER, "Q1"), ScoreState.READY, Fraction(1), "Late.")
        with pytest.raises(NotTheirs):
            scoring.record_score(session, BEN, entry)
        with session.reading() as reader:
            kept = reader.scores()
        in_use = scoring.used(desk.now(), kept)
    assert len(kept) == 8
    assert {score.evaluator for score in in_use} == {CAM}
    assert desk.now().member(BEN).reason == "New post."


def test_a_replacement_is_named_by_label_in_the_record(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scored")
    eva = add(desk, Role.EVALUATOR, "Eva Ely")
    with desk.session() as session:
        panel.leave(session, BEN, "New post.", eva)
        with pytest.raises(RuleRefusal, match="has left"):
            panel.leave(session, BEN, "Twice.")
    entry = desk.entries()[-1]
    assert entry.ids == {"person": BEN, "replaced by": eva}
    assert desk.now().member(BEN).reason == "New post. Replaced by: Evaluator 2."


def test_the_set_up_workbook_does_not_bring_back_who_left(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scored")
    with desk.session() as session:
        panel.leave(session, BEN, "New post.")
    again = desk.take_in(SET_UP)
    assert again.status == 0, again.err
    assert "Ben Bell has left the panel already." in again.out
    assert desk.now().member(BEN).left


def test_labels_are_never_shared(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    add(desk, Role.COMMUNITY, "Kim Kaye")
    add(desk, Role.OBSERVER, "Cam Cole")
    add(desk, Role.COMMUNITY, "Lee Lane")
    labels = [member.label for member in desk.now().panel]
    assert len(set(labels)) == len(labels)


def test_one_name_for_two_people_is_not_guessed(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    rows: Rows = (*PANEL, ("Ben Bell", "other.ben@x.example", "observer"))
    assert desk.take_in({"Panel": rows}).status == 0
    with pytest.raises(UnknownReference, match="2 people"):
        desk.now().person_named("ben bell")
    refused = desk.take_in({"Panel": rows}, "--by", "Ben Bell")
    assert refused.status == 1
    assert "2 people are called 'Ben Bell'. " in refused.err.replace("\n", " ")
    assert desk.now().person_named("other.ben@x.example").role is Role.OBSERVER
