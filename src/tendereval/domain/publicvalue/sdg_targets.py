"""The targets of the Sustainable Development Goals: which there are, and how one is written.

A link to a target is for information; a number of goals claimed says nothing about quality.

Source: the 17 goals and 169 targets of the United Nations, counts per goal from the data file
``sdgs``, whose counts are marked as not verified.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tendereval.domain.errors import UnknownReference

MANY_GOALS: Final = 5
"""More goals than that without a measure are pointed out."""

_TARGET: Final = re.compile(r"\s*0*([1-9][0-9]{0,2})\.\s*(?:0*([1-9][0-9]{0,2})|([A-Za-z]))\s*")


@dataclass(frozen=True, slots=True)
class SdgGoal:
    """One goal: what it is called and which targets it has.

    Attributes:
        numbered: how many targets are numbered (``8.1`` to ``8.10``).
        lettered: how many are lettered (``8.a``, ``8.b``).
    """

    number: int
    title: str
    numbered: int
    lettered: int

    @property
    def last_numbered(self) -> str:
        """The last numbered target."""
        return f"{self.number}.{self.numbered}"

    @property
    def letters(self) -> str:
        """The letters of the others."""
        return "abcdefghijklmnopqrstuvwxyz"[: self.lettered]

    @property
    def targets(self) -> tuple[str, ...]:
        """Every target, as it is written."""
        numbered = (f"{self.number}.{one}" for one in range(1, self.numbered + 1))
        return (*numbered, *(f"{self.number}.{letter}" for letter in self.letters))

    @property
    def described(self) -> str:
        """Its targets in words."""
        if not self.letters:
            return f"{self.number}.1 to {self.last_numbered}"
        first, last = self.letters[0], self.letters[-1]
        end = f"{self.number}.{first}" + (f" to {self.number}.{last}" if first != last else "")
        return f"{self.number}.1 to {self.last_numbered} and {end}"


def target_of(text: str, goals: Iterable[SdgGoal]) -> str:
    """Return a target as it is written; letters are read in either case.

    Raises:
        UnknownReference: it is no target, its goal is none, or the goal has no such target.
    """
    found = _TARGET.fullmatch(text)
    known = {goal.number: goal for goal in goals}
    if found is None:
        raise UnknownReference(
            f"“{text.strip()}” is not a target of the Sustainable Development Goals.",
            "Write goal and target, such as 8.5 or 1.a.",
        )
    goal = known.get(int(found[1]))
    if goal is None:
        raise UnknownReference(
            f"There is no goal {found[1]} among the Sustainable Development Goals.",
            f"Use a goal from {min(known)} to {max(known)}.",
        )
    written = f"{goal.number}.{found[2] or found[3].lower()}"
    if written not in goal.targets:
        raise UnknownReference(
            f"Goal {goal.number} has no target {written}.", f"Its targets are {goal.described}."
        )
    return written


def targets_of(texts: Iterable[str], goals: Iterable[SdgGoal]) -> tuple[str, ...]:
    """Return targets as they are written, each once, in the order given.

    Raises:
        UnknownReference: one of them does not exist.
    """
    every = tuple(goals)
    return tuple(dict.fromkeys(target_of(text, every) for text in texts if text.strip()))


def many_goals(targets: Iterable[str], *, has_measure: bool) -> str:
    """Return a warning where many goals are claimed without a measure; empty where not."""
    number = len({target.partition(".")[0] for target in targets})
    if number <= MANY_GOALS or has_measure:
        return ""
    return f"{number} goals are claimed without a number that shows it."
