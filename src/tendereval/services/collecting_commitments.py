"""The commitments of one return against those that stand: new, changed, the same, left as here.

Writes nothing. What an evaluator changed is taken in; what was changed at this desk since the
evaluator returned it last stays, and the report says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tendereval.domain.bidding import Place
from tendereval.domain.errors import (
    NotTheirs,
    UnknownReference,
    UnreadablePack,
    UserFixable,
)
from tendereval.domain.ids import PersonId
from tendereval.domain.publicvalue.commitment_rules import check_number, check_quote
from tendereval.domain.publicvalue.commitments import Commitment
from tendereval.domain.publicvalue.sdg_targets import targets_of
from tendereval.domain.stages import Act, may
from tendereval.services.collecting_checks import Arrived
from tendereval.services.collecting_ledger import Ledger
from tendereval.services.collecting_report import counted
from tendereval.services.collecting_scores import together
from tendereval.services.situation import Situation


@dataclass(frozen=True, slots=True)
class Promises:
    """The commitments of one return against those that stand.

    Attributes:
        fresh: what would be recorded.
        returned: what is kept as returned, so that the next return can be compared with it.
        new: how many stand nowhere yet; the rest of ``fresh`` is changed.
        same: how many stand already or were returned so before.
        left: how many were changed at this desk since, and stay as they are here.
        late: how many differ and come after answers are read no more.
    """

    fresh: tuple[Commitment, ...] = ()
    returned: tuple[Commitment, ...] = ()
    new: int = 0
    same: int = 0
    left: int = 0
    late: int = 0

    def in_words(self) -> Iterator[str]:
        """Yield what to know about them, one sentence each; none where there are none."""
        total = len(self.fresh) + self.same + self.left + self.late
        if total:
            changed = len(self.fresh) - self.new
            yield (
                f"{counted(total, 'commitment')}: {self.new:,} new, {changed:,} changed, "
                f"{self.same:,} the same."
            )
        if self.left:
            differ = "differs" if self.left == 1 else "differ"
            yield (
                f"{counted(self.left, 'commitment')} {differ} from what was changed here since; "
                "what stands here stays."
            )
        if self.late:
            come, are = ("comes", "is") if self.late == 1 else ("come", "are")
            yield (
                f"{counted(self.late, 'commitment')} {come} after answers were read and {are} not "
                "taken in; the return is kept."
            )


def weigh_commitments(ledger: Ledger, now: Situation, arrived: Arrived) -> Promises:
    """Weigh the commitments of one return against those that stand.

    Raises:
        UnreadablePack: one id twice, or an id that no working file of this person makes.
        UnknownReference: a bidder, goal or target that the tender does not have.
        NotTheirs: an answer that the person is not asked to score.
        RuleRefusal: words that the answer does not hold, or a number that cannot be.
    """
    body = arrived.body
    if not body.commitments:
        return Promises()
    person = body.evaluator
    asked = ledger.once_asked(person, now)
    refusals: list[UserFixable] = []
    given: dict[str, Commitment] = {}
    for item in body.commitments:
        placed = replace(item, place=ledger.place(item.place), owner="")
        try:
            given[item.id] = _checked(ledger, now, placed, person, asked)
        except UserFixable as refusal:
            refusals.append(refusal)
    if refusals:
        raise together(refusals)
    if len(given) < len(body.commitments):
        raise _does_not_hold_together()
    return _weighed(ledger, tuple(given.values()), takes=may(now.stage, Act.MAKE_COMMITMENT))


def _checked(
    ledger: Ledger, now: Situation, item: Commitment, person: PersonId, asked: frozenset[Place]
) -> Commitment:
    if not re.fullmatch(rf"c-{re.escape(person)}-[0-9a-f]{{8}}-[1-9][0-9]{{0,8}}", item.id):
        raise _does_not_hold_together()
    where = now.place_in_words(item.place)
    if item.place not in asked:
        raise NotTheirs(
            f"{now.name(person)} is not asked to score this: {where}.",
            "The lead evaluator decides who scores what, on the panel.",
        )
    answer = ledger.answer(item.place)
    if answer is None:
        raise UnknownReference(f"There is no answer: {where}.", "Compare the pack with the tender.")
    check_quote(item.quote, answer, where)
    check_number(item.how_many, f"{where}: the number of a commitment")
    if not ledger.goals.issuperset(item.goals):
        raise UnknownReference(
            f"{where}: a commitment serves a goal that the tender does not have.",
            "Ask the evaluator to choose another goal.",
        )
    return replace(item, sdg_targets=targets_of(item.sdg_targets, ledger.sdg_goals))


def _does_not_hold_together() -> UnreadablePack:
    return UnreadablePack(
        "The return does not hold together: its commitments are not of one working file.",
        "Ask the evaluator to make it again.",
    )


def _weighed(ledger: Ledger, given: tuple[Commitment, ...], *, takes: bool) -> Promises:
    fresh: list[Commitment] = []
    returned: list[Commitment] = []
    new = same = left = late = 0
    for item in given:
        standing, before = ledger.commitments.get(item.id), ledger.returned.get(item.id)
        if item == before:
            same += 1
        elif not takes:
            late += 1
        elif standing is None:
            fresh.append(item)
            returned.append(item)
            new += 1
        else:
            returned.append(item)
            wanted = _as_linked(item, standing, before)
            if wanted == standing:
                same += 1
            elif before is not None and _as_linked(before, standing, before) == standing:
                fresh.append(wanted)
            else:
                left += 1
    return Promises(tuple(fresh), tuple(returned), new, same, left, late)


def _as_linked(item: Commitment, standing: Commitment, before: Commitment | None) -> Commitment:
    """Return a returned commitment with the goals and owner that were chosen at this desk.

    Goals that stand as the evaluator returned them last were not chosen here.
    """
    if before is not None and before.goals == standing.goals:
        return replace(item, owner=standing.owner)
    return replace(item, goals=standing.goals or item.goals, owner=standing.owner)
