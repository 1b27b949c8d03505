"""The authority's own long-term goals that commitments serve: added, changed, removed.

For information: a goal changes no mark and no rank.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from tendereval.domain.errors import ReasonNeeded, RuleRefusal, UnknownReference
from tendereval.domain.publicvalue.commitment_check import goals_in_use
from tendereval.domain.publicvalue.commitments import Commitment, Goal
from tendereval.domain.stages import Act
from tendereval.services.data_packs import refuse_scorers
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.store import public_value
from tendereval.store.mapping import to_json
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import before_and_after


@dataclass(frozen=True, slots=True)
class GoalParts:
    """What a person writes about a goal; see ``Goal``."""

    mission: str
    outcome: str
    baseline: str = ""
    end_state: str = ""
    by: date | None = None


@dataclass(frozen=True, slots=True)
class GoalUse:
    """A goal and what serves it.

    Attributes:
        used_by: standing commitments that serve it, of every bidder.
    """

    goal: Goal
    used_by: tuple[Commitment, ...]

    @property
    def warning(self) -> str:
        """What to mend, one sentence; empty where nothing is."""
        if not self.goal.removed or not self.used_by:
            return ""
        count = len(self.used_by)
        noun = "commitment still serves" if count == 1 else "commitments still serve"
        return f"“{self.goal.outcome}” was removed, and {count} {noun} it: choose another goal."


def goals(reader: Reader) -> tuple[Goal, ...]:
    """Return the goals on offer, in the order added."""
    return tuple(item for item in public_value.goals(reader) if not item.removed)


def in_use(reader: Reader) -> tuple[GoalUse, ...]:
    """Return every goal that is on offer, or was removed and is still served."""
    every = public_value.commitments(reader)
    by_id = {item.id: item for item in every}
    found = (
        GoalUse(goal, tuple(by_id[one] for one in goals_in_use(goal.id, every)))
        for goal in public_value.goals(reader)
    )
    return tuple(item for item in found if item.used_by or not item.goal.removed)


def add_goal(session: Session, parts: GoalParts) -> Goal:
    """Add a goal of the authority.

    Raises:
        NotAllowedNow: the tender is closed.
        RuleRefusal: no mission or outcome, a goal of that mission and outcome is there already,
            or added by somebody who only scores.
    """
    with session.reading() as reader:
        _check_may(session, reader)
        every = public_value.goals(reader)
    goal = _goal(_next_id(every), parts)
    _check_goal(goal, every)
    texts = before_and_after("goal", None, to_json(goal))
    with session.change("goal added", {"goal": goal.id}, texts) as change:
        public_value.set_goal(change, goal)
    return goal


def change_goal(session: Session, goal: str, parts: GoalParts) -> Goal:
    """Change a goal; commitments that serve it go on serving it.

    Raises:
        UnknownReference: there is no such goal, or it was removed.
        NotAllowedNow: the tender is closed.
        RuleRefusal: see ``add_goal``.
    """
    with session.reading() as reader:
        _check_may(session, reader)
        every = public_value.goals(reader)
    earlier = _standing(goal, every)
    changed = _goal(goal, parts)
    _check_goal(changed, every)
    if changed != earlier:
        texts = before_and_after("goal", to_json(earlier), to_json(changed))
        with session.change("goal changed", {"goal": goal}, texts) as change:
            public_value.set_goal(change, changed)
    return changed


def remove_goal(session: Session, goal: str, reason: str = "") -> GoalUse:
    """Offer a goal no more; it is kept, and what still serves it is told.

    Args:
        session: the open tender.
        goal: its id.
        reason: why; needed where commitments serve it.

    Returns:
        The goal with the standing commitments that still serve it.

    Raises:
        UnknownReference: there is no such goal, or it was removed.
        NotAllowedNow: the tender is closed.
        ReasonNeeded: commitments serve it and no reason is given.
        RuleRefusal: removed by somebody who only scores.
    """
    with session.reading() as reader:
        _check_may(session, reader)
        earlier = _standing(goal, public_value.goals(reader))
        used = tuple(one for one in public_value.commitments(reader) if _serves(one, goal))
    if used and not reason.strip():
        noun = "commitment serves" if len(used) == 1 else "commitments serve"
        raise ReasonNeeded(
            f"{len(used)} {noun} “{earlier.outcome}”; removing it needs a reason.",
            "Say why; it is kept.",
        )
    removed = replace(earlier, removed=True)
    ids = {"goal": goal, "served by": ", ".join(one.id for one in used)}
    with session.change("goal removed", ids, reason=reason.strip()) as change:
        public_value.set_goal(change, removed)
    return GoalUse(removed, used)


def _serves(item: Commitment, goal: str) -> bool:
    return goal in item.goals and not item.withdrawn


def _check_may(session: Session, reader: Reader) -> None:
    now = situation(reader)
    now.require(Act.SET_GOALS)
    refuse_scorers(now, session.actor.person, "set goals")


def _goal(ref: str, parts: GoalParts) -> Goal:
    return Goal(
        ref,
        parts.mission.strip(),
        parts.outcome.strip(),
        parts.baseline.strip(),
        parts.end_state.strip(),
        parts.by,
    )


def _standing(ref: str, every: tuple[Goal, ...]) -> Goal:
    found = next((item for item in every if item.id == ref and not item.removed), None)
    if found is None:
        raise UnknownReference(f"There is no goal {ref!r}.", "Choose one of the goals.")
    return found


def _check_goal(goal: Goal, every: tuple[Goal, ...]) -> None:
    if not goal.mission:
        raise RuleRefusal("The goal has no mission.", "Name the larger purpose it belongs to.")
    if not goal.outcome:
        raise RuleRefusal("The goal has no outcome.", "Say what is to become true.")
    same = (goal.mission.casefold(), goal.outcome.casefold())
    for other in every:
        doubled = (other.mission.casefold(), other.outcome.casefold()) == same
        if doubled and other.id != goal.id and not other.removed:
            raise RuleRefusal(
                f"The goal “{other.outcome}” is there already.", "Change it, or word another one."
            )


def _next_id(every: tuple[Goal, ...]) -> str:
    used = (re.fullmatch(r"g-([0-9]+)", item.id) for item in every)
    return f"g-{1 + max((int(one[1]) for one in used if one), default=0)}"
