"""The authority's own goals: added, changed, removed; a removed one still in use is shown."""

from datetime import date
from pathlib import Path

import pytest

from tendereval.domain.errors import NotAllowedNow, ReasonNeeded, RuleRefusal, UnknownReference
from tendereval.domain.publicvalue.commitment_rules import Parts, quote_at
from tendereval.services import commitments, goals
from tendereval.services.goals import GoalParts, GoalUse
from tendereval.services.session import Session
from tests.service.builders import ALDER, BEN, BIRCH, a_desk, place

SKILLS = GoalParts("Skills", "Every young resident in work or learning", "71 %", "95 %")


def standing(session: Session) -> tuple[GoalUse, ...]:
    with session.reading() as reader:
        return goals.in_use(reader)


def test_a_goal_is_added_changed_and_removed_and_each_is_recorded(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    with desk.session() as session:
        made = goals.add_goal(session, SKILLS)
        other = goals.add_goal(session, GoalParts(" Heat ", " Warm homes ", by=date(2030, 1, 1)))
        changed = goals.change_goal(session, made.id, GoalParts("Skills", "All in work"))
        goals.change_goal(session, made.id, GoalParts("Skills", "All in work"))
        goals.remove_goal(session, other.id)
        with session.reading() as reader:
            assert goals.goals(reader) == (changed,)
        assert [item.goal for item in standing(session)] == [changed]
        assert goals.add_goal(session, GoalParts("Heat", "Warm homes")).id == "g-3"
    assert (made.id, other.id, other.mission, other.outcome) == ("g-1", "g-2", "Heat", "Warm homes")
    kinds = [entry.kind for entry in desk.entries() if entry.kind.startswith("goal")]
    assert kinds == ["goal added", "goal added", "goal changed", "goal removed", "goal added"]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (GoalParts(" ", "Warm homes"), "has no mission"),
        (GoalParts("Heat", ""), "has no outcome"),
        (GoalParts("SKILLS", "every young resident in work or learning "), "is there already"),
    ],
)
def test_a_goal_that_cannot_be(tmp_path: Path, parts: GoalParts, words: str) -> None:
    with a_desk(tmp_path, "set-up").session() as session:
        goals.add_goal(session, SKILLS)
        other = goals.add_goal(session, GoalParts("Heat", "Cool homes"))
        with pytest.raises(RuleRefusal, match=words):
            goals.add_goal(session, parts)
        with pytest.raises(RuleRefusal, match=words):
            goals.change_goal(session, other.id, parts)


def test_a_goal_that_is_not_there(tmp_path: Path) -> None:
    with a_desk(tmp_path, "set-up").session() as session:
        with pytest.raises(UnknownReference, match="There is no goal 'g-1'"):
            goals.change_goal(session, "g-1", SKILLS)
        goals.add_goal(session, SKILLS)
        goals.remove_goal(session, "g-1")
        with pytest.raises(UnknownReference, match="There is no goal 'g-1'"):
            goals.remove_goal(session, "g-1")


def test_goals_are_set_by_the_lead_until_the_tender_is_closed(tmp_path: Path) -> None:
    words = "Ben Bell does not set goals"
    with (
        a_desk(tmp_path, "scoring").session() as session,
        pytest.raises(RuleRefusal, match=words),
    ):
        goals.add_goal(session.acting_as(BEN), SKILLS)
    with a_desk(tmp_path, "closed").session() as session, pytest.raises(NotAllowedNow):
        goals.add_goal(session, SKILLS)


def test_a_goal_removed_while_commitments_serve_it_is_shown(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    with desk.session() as session:
        goal = goals.add_goal(session, SKILLS)
        made = [
            commitments.make(session, at, quote_at(text, 0, len(text)), Parts(goals=(goal.id,)))
            for at, text in (
                (place(ALDER, "Q2"), "Two apprentices."),
                (place(BIRCH, "Q2"), "Four apprentices."),
            )
        ]
        with pytest.raises(ReasonNeeded, match="2 commitments serve “Every young resident"):
            goals.remove_goal(session, goal.id)
        use = goals.remove_goal(session, goal.id, "Merged into another.")
        assert use.used_by == tuple(made)
        (shown,) = standing(session)
        assert shown.warning == (
            "“Every young resident in work or learning” was removed, and 2 commitments still "
            "serve it: choose another goal."
        )
        commitments.edit(session, made[0].id, Parts(who="Foreman", goals=(goal.id,)))
        with pytest.raises(UnknownReference, match="There is no goal 'g-1'"):
            commitments.link(
                session, commitments.link(session, made[0].id, (), ()).id, ("g-1",), ()
            )
        (shown,) = standing(session)
        assert "1 commitment still serves it" in shown.warning
        commitments.withdraw(session, made[1].id, "Twice.")
        assert standing(session) == ()
        assert GoalUse(use.goal, ()).warning == ""
    removal = next(entry for entry in desk.entries() if entry.kind == "goal removed")
    assert (removal.reason, removal.ids["served by"]) == ("Merged into another.", "c-1, c-2")
