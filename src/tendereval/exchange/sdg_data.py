"""Read the Sustainable Development Goals from the data file ``sdgs``: titles and targets."""

from functools import cache
from typing import Final

import msgspec

from tendereval.domain.publicvalue.sdg_targets import SdgGoal
from tendereval.exchange.data_file import decoded, no_data
from tendereval.exchange.public_value_data import bundled

_MOST_LETTERS: Final = 26


class _Goal(msgspec.Struct, frozen=True):
    goal: int
    title: str
    targets: int
    numbered_targets: int
    lettered_targets: int = 0


class _GoalsFile(msgspec.Struct, frozen=True):
    goals: tuple[_Goal, ...]


def sdg_goals(text: str | None = None) -> tuple[SdgGoal, ...]:
    """Return the goals with how many targets each has, in order.

    Args:
        text: an imported data file; None is the one that ships with the product.

    Raises:
        ExchangeProblem: it is no such file, or its counts cannot be.
    """
    return _goals(bundled("sdgs") if text is None else text)


@cache
def _goals(text: str) -> tuple[SdgGoal, ...]:
    found = decoded(text, _GoalsFile).goals
    numbers = [item.goal for item in found]
    if not found or sorted(set(numbers)) != numbers or numbers[0] < 1:
        raise no_data("its goals are not numbered one after another")
    for item in found:
        counts = (item.numbered_targets, item.lettered_targets)
        fits = item.numbered_targets > 0 and 0 <= item.lettered_targets <= _MOST_LETTERS
        if not fits or sum(counts) != item.targets:
            raise no_data(f"the targets of goal {item.goal} do not add up")
    return tuple(
        SdgGoal(item.goal, item.title, item.numbered_targets, item.lettered_targets)
        for item in found
    )
