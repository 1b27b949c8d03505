"""Public value, goals: what the authority works towards, and which firm promises serve it."""

from collections.abc import Mapping
from fractions import Fraction

from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.commitment_check import BidCommitments
from tendereval.domain.stages import Act, may
from tendereval.services import commitments, goals
from tendereval.services.goals import GoalUse
from tendereval.services.situation import Situation
from tendereval.store.repository import Reader
from tendereval.viewmodels.public_value_found import Found
from tendereval.viewmodels.public_value_rows import (
    INFORMATION_ONLY,
    NONE,
    NOT_YET,
    UNKNOWN,
    YES,
    Action,
    Bar,
    BidPart,
    Cell,
    Column,
    Row,
    Sheet,
    Task,
    Tool,
    ToolPart,
    counted,
    day_text,
    listed,
)

_QUESTION = "Which of our own long-term goals does each bid serve with firm promises?"
_MOST = 3
_EMPTY = (
    "No goal of the authority yet",
    (
        "A goal says what is to become true, where things stand today and what done looks like. "
        "Commitments can then be held against it: an activity that serves no goal shows."
    ),
)


def goals_part(
    reader: Reader, now: Situation, all_found: Found, chosen: BidderId | None
) -> ToolPart:
    """Return the goals as they stand, with what the chosen bidder promises for them."""
    found = all_found.promises(reader, now)
    every = goals.in_use(reader)
    live = [item for item in every if not item.goal.removed]
    why_not = "" if may(now.stage, Act.SET_GOALS) else "The tender is closed."
    return ToolPart(
        Tool.GOALS,
        _note(found, len(live)),
        _QUESTION,
        _answer(now, found, len(live)),
        _bidders(now, found, len(live)),
        _bid(now, found, every, chosen, why_not),
        (INFORMATION_ONLY,),
        tuple(item.warning for item in every if item.warning),
        (Action(Task.ADD_GOAL, "Add a goal…", why_not),),
    )


def _served(found: BidCommitments, number: int) -> int:
    return number - len(found.uncovered)


def _note(found: Mapping[BidderId, BidCommitments], number: int) -> str:
    if not number:
        return "none yet"
    best = max((_served(item, number) for item in found.values()), default=0)
    return f"up to {best} of {number} served" if best else f"0 of {number} served"


def _answer(now: Situation, found: Mapping[BidderId, BidCommitments], number: int) -> str:
    if not number:
        return "No goal of the authority is recorded yet."
    by_number: dict[int, list[str]] = {}
    for bidder, item in found.items():
        by_number.setdefault(_served(item, number), []).append(now.bidder_name(bidder))
    said = []
    for served, names in sorted(by_number.items(), reverse=True):
        verb = "serves" if len(names) == 1 else "serve"
        what = f"{served} of {counted(number, 'goal')}" if served else "none"
        said.append(f"{listed(names)} {verb} {what}.")
    return " ".join(said[:_MOST]) or f"{counted(number, 'goal')}, and no bidder yet."


def _bidders(now: Situation, found: Mapping[BidderId, BidCommitments], number: int) -> Sheet:
    columns = (
        Column("Bidder"),
        Column("Goals served", 220),
        Column("Served", 90, right=True),
        Column("Commitments for no goal", 180, right=True),
        Column("Not served", 320),
    )
    rows = tuple(
        _bidder_row(now, bidder.id, found[bidder.id], number)
        for bidder in now.bidders
        if bidder.id in found and number
    )
    return Sheet("Goals by bidder", columns, rows)


def _bidder_row(now: Situation, bidder: BidderId, found: BidCommitments, number: int) -> Row:
    served = _served(found, number)
    words = f"{served} of {counted(number, 'goal')} served by a complete commitment"
    missing = ", ".join(goal.outcome for goal in found.uncovered)
    return Row(
        bidder,
        (
            Cell(now.bidder_name(bidder)),
            Cell("", "", Bar(Fraction(served, number), words)),
            Cell(f"{served} of {number}"),
            Cell(str(len(found.without_goal)) if found.without_goal else NONE),
            Cell(missing or NONE, "ink2"),
        ),
    )


def _bid(
    now: Situation,
    found: Mapping[BidderId, BidCommitments],
    every: tuple[GoalUse, ...],
    chosen: BidderId | None,
    why_not: str,
) -> BidPart | None:
    mine = found.get(chosen) if chosen is not None else None
    name = now.bidder_name(chosen) if mine is not None and chosen is not None else ""
    columns = (
        Column("Goal"),
        Column("Mission", 150),
        Column("Today", 130),
        Column("Done looks like", 130),
        Column("By", 132, right=True),
        Column(f"Served by {name}" if name else "Served", 260),
    )
    rows = tuple(_goal_row(item, mine, why_not) for item in every)
    sheet = Sheet("Goals of the authority", columns, rows, _EMPTY)
    if not name:
        return BidPart("The authority's goals" if rows else "", "", sheet)
    without = len(mine.without_goal) if mine is not None else 0
    sentence = f"{counted(without, 'commitment')} of {name} serve no goal." if without else ""
    return BidPart(f"Goals, and what {name} promises for them", sentence, sheet)


def _goal_row(item: GoalUse, mine: BidCommitments | None, why_not: str) -> Row:
    goal = item.goal
    serving = [one for one in mine.findings if goal.id in one.commitment.goals] if mine else []
    full = [one for one in serving if one.is_complete]
    if full:
        state, ink = f"{YES}  {commitments.title(full[0].commitment)}", ""
        if len(full) > 1:
            state += f" and {len(full) - 1} more"
    elif serving:
        state, ink = f"{NOT_YET}  {counted(len(serving), 'ambition')} only", "attention"
    else:
        state, ink = f"{UNKNOWN}  nothing yet", "ink2"
    if goal.removed:
        state, ink = f"{NOT_YET}  removed, and still served", "attention"
    details = [f"{goal.mission}: {goal.outcome}."]
    details += [f"{one.word.capitalize()}: {commitments.title(one.commitment)}." for one in serving]
    gone = "It was removed." if goal.removed else why_not
    return Row(
        goal.id,
        (
            Cell(goal.outcome),
            Cell(goal.mission, "ink2"),
            Cell(goal.baseline or NONE, "ink2"),
            Cell(goal.end_state or NONE, "ink2"),
            Cell(day_text(goal.by)),
            Cell(state, ink),
        ),
        tuple(details),
        (
            Action(Task.EDIT_GOAL, "Change…", gone),
            Action(Task.REMOVE_GOAL, "Remove…", gone),
        ),
    )
