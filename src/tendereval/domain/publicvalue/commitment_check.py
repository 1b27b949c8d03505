"""Judge what is promised: complete or ambition, promised twice, which goals it serves.

A commitment is who, what, how many, by when and what proves it; below five of five it stays
an ambition and is shown apart. Nothing here gives marks.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import Final

from tendereval.domain.exact import decimal_text
from tendereval.domain.publicvalue.commitments import Commitment, Goal
from tendereval.domain.publicvalue.sdg_targets import many_goals

REQUIRED: Final = ("who", "what", "how many", "by when", "evidence")
"""The five parts a complete commitment has."""

_VAGUE: Final = re.compile(
    r"\b(?:endeavou?r(?:s|ed|ing)?|aim(?:s|ed|ing)?|aspir(?:e|es|ed|ing|ations?)|"
    r"seek(?:s|ing)?|striv(?:e|es|ing)|hop(?:e|es|ing)|intend(?:s|ed|ing)?|intentions?|"
    r"where (?:possible|practicable|appropriate)|as far as|work(?:s|ing)? towards|"
    r"look(?:s|ing)? to|try(?:ing)? to|best efforts|reasonable efforts)\b",
    re.IGNORECASE,
)
_NOTHING_YET: Final = re.compile(
    r"[\s.,:;?()/–—-]*(?:tb[acd]\b.*|(?:to be|not yet) (?:agreed|confirmed|decided|advised|known)|"
    r"n/?a|none|unknown|pending|not known)?[\s.,:;?()/–—-]*",
    re.IGNORECASE | re.DOTALL,
)
_SHARE: Final = re.compile(r"%|\bper ?cent\b|\bpercentage\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_RISE: Final = re.compile(r"\b(?:increas|rais|rise|grow|improv)\w*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CommitmentFinding:
    """What the check says of one commitment.

    Attributes:
        missing: which of the five parts are not there.
        flags: what the reader must see, one sentence each.
        twins: ids of commitments of the same bidder that promise the same elsewhere.
    """

    commitment: Commitment
    missing: tuple[str, ...]
    flags: tuple[str, ...]
    twins: tuple[str, ...]

    @property
    def completeness(self) -> Fraction:
        """How many of the five parts are there, exact."""
        return Fraction(len(REQUIRED) - len(self.missing), len(REQUIRED))

    @property
    def is_complete(self) -> bool:
        """Whether it can go into the contract; else it is an ambition."""
        return not self.missing

    @property
    def word(self) -> str:
        """``complete`` or ``ambition``."""
        return "complete" if self.is_complete else "ambition"


@dataclass(frozen=True, slots=True)
class BidCommitments:
    """What the check says of one bid; withdrawn commitments are left out.

    Attributes:
        conversion: complete over all, exact; None without any.
        goal_cover: goals with a complete commitment over all goals; None without goals.
        uncovered: goals that no complete commitment serves.
        without_goal: commitments that serve no goal of the authority.
    """

    findings: tuple[CommitmentFinding, ...]
    conversion: Fraction | None
    goal_cover: Fraction | None
    uncovered: tuple[Goal, ...]
    without_goal: tuple[Commitment, ...]

    @property
    def complete(self) -> tuple[CommitmentFinding, ...]:
        """The complete ones."""
        return tuple(item for item in self.findings if item.is_complete)

    @property
    def ambitions(self) -> tuple[CommitmentFinding, ...]:
        """The others."""
        return tuple(item for item in self.findings if not item.is_complete)

    @property
    def sentence(self) -> str:
        """The finding in one sentence."""
        if not self.findings:
            return "No commitment has been made from the answers yet."
        total, full = len(self.findings), len(self.complete)
        doubled = sum(bool(item.twins) for item in self.findings)
        twice = f" {doubled} are promised more than once." if doubled else ""
        promises = "commitment is" if total == 1 else "commitments are"
        return f"{full} of {total} {promises} complete and can go into the contract.{twice}"


def missing_parts(item: Commitment) -> tuple[str, ...]:
    """Return which of the five parts are missing; "to be confirmed" counts as missing."""
    there = {
        "who": says(item.who),
        "what": says(item.what),
        "how many": item.how_many is not None and item.how_many > 0 and says(item.unit),
        "by when": item.by_when is not None,
        "evidence": says(item.evidence),
    }
    return tuple(part for part in REQUIRED if not there[part])


def says(text: str) -> bool:
    """Whether a text says something; blank, "TBC", "n/a" and their like do not."""
    return not _NOTHING_YET.fullmatch(text)


def check_commitments(
    items: Sequence[Commitment], goals: Sequence[Goal], *, on: date | None, end: date | None
) -> BidCommitments:
    """Check the commitments of one bid.

    Args:
        items: of one bidder, in the order made; withdrawn ones are left out.
        goals: of the authority; removed ones no longer count, but are found where still used.
        on: the tender deadline; a promise due before it is flagged. None where not known.
        end: the last day of the contract; None where not known.
    """
    standing = [item for item in items if not item.withdrawn]
    twins = _twins(standing)
    live = [goal for goal in goals if not goal.removed]
    current = {goal.id for goal in live}
    found = tuple(
        CommitmentFinding(
            item,
            missing_parts(item),
            (*_flags(item), *_date_flags(item, on, end), *_goal_flags(item, current)),
            twins.get(item.id, ()),
        )
        for item in standing
    )
    served = {ref for item in found if item.is_complete for ref in item.commitment.goals}
    uncovered = tuple(goal for goal in live if goal.id not in served)
    return BidCommitments(
        found,
        Fraction(sum(item.is_complete for item in found), len(found)) if found else None,
        Fraction(len(live) - len(uncovered), len(live)) if live else None,
        uncovered,
        tuple(item for item in standing if not current.intersection(item.goals)),
    )


def _twins(items: Sequence[Commitment]) -> dict[str, tuple[str, ...]]:
    """Return the ids of commitments that promise the same, by the id of each."""
    found: dict[str, list[str]] = {}
    for first, second in combinations(items, 2):
        if is_same_promise(first, second):
            found.setdefault(first.id, []).append(second.id)
            found.setdefault(second.id, []).append(first.id)
    return {one: tuple(others) for one, others in found.items()}


def is_same_promise(first: Commitment, second: Commitment) -> bool:
    """Whether two commitments of one bidder promise the same thing twice.

    They do where action, number, unit and day agree, or where the same words stand under two
    questions. One sentence of one answer may well promise two things: there the number must
    be the same too.
    """
    if first.place.bidder != second.place.bidder or not _amounts_agree(first, second):
        return False
    numbered = first.how_many is not None and second.how_many is not None
    if numbered and _plain(first.what) and _plain(first.what) == _plain(second.what):
        return True
    words = _plain(first.quote.words)
    apart = first.place != second.place
    return bool(words) and words == _plain(second.quote.words) and (apart or numbered)


def _amounts_agree(first: Commitment, second: Commitment) -> bool:
    """Whether numbers, units and days agree where both give them."""
    pairs = (
        (first.how_many, second.how_many),
        (_plain(first.unit) or None, _plain(second.unit) or None),
        (first.by_when, second.by_when),
    )
    return all(one is None or other is None or one == other for one, other in pairs)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+|[%£€$]", text.casefold()))


def _flags(item: Commitment) -> Iterable[str]:
    vague = _VAGUE.search(f"{item.quote.words}\n{item.what}")
    if vague:
        yield f"“{vague.group()}” promises an effort, not a result."
    if item.how_many is not None:
        yield from _number_flags(item, item.how_many)
    if _SHARE.search(item.unit) and not _NUMBER.search(f"{item.baseline} {item.unit}"):
        yield "A percentage needs to say of what: give the base in numbers."
    if item.evidence.strip() and not says(item.evidence):
        yield "What proves it is still open."


def _number_flags(item: Commitment, number: Fraction) -> Iterable[str]:
    if not says(item.unit):
        yield "The number has no unit."
    if number <= 0:
        yield "Nothing is promised: the number is not above zero."
    today = _first_number(item.baseline)
    if today is None or not _rises_to(item, number):
        return
    if today > number:
        yield "The value today is above the target, though a rise is promised."
    elif today == number:
        yield "The value today is the target already, though a rise is promised."


def _rises_to(item: Commitment, target: Fraction) -> bool:
    """Whether the action is a rise to the number; a rise by it says nothing about the target."""
    if not _RISE.search(item.what):
        return False
    step = rf"\bby (?:a further |another )?[£€$]?{re.escape(decimal_text(target))}(?![\d.,]\d)"
    return not re.search(step, f"{item.quote.words}\n{item.what}", re.IGNORECASE)


def _first_number(text: str) -> Fraction | None:
    """Return the first number of a text that is not plainly a year."""
    found = _NUMBER.findall(text)
    wanted = next((one for one in found if not _YEAR.fullmatch(one)), None)
    return None if wanted is None else Fraction(wanted.replace(",", ""))


def _date_flags(item: Commitment, on: date | None, end: date | None) -> Iterable[str]:
    if item.by_when is None:
        return
    if on is not None and item.by_when < on:
        yield "Its day lies before the tender deadline."
    if end is not None and item.by_when > end:
        yield "Its day lies after the end of the contract."


def _goal_flags(item: Commitment, current: Collection[str]) -> Iterable[str]:
    if any(ref not in current for ref in item.goals):
        yield "A goal that it serves was removed: choose another."
    if current and not item.goals:
        yield "It serves no goal of the authority: an activity to tick, or a goal is missing."
    many = many_goals(item.sdg_targets, has_measure=item.how_many is not None)
    if many:
        yield many


def goals_in_use(goal: str, items: Iterable[Commitment]) -> tuple[str, ...]:
    """Return the ids of standing commitments that serve a goal."""
    return tuple(item.id for item in items if goal in item.goals and not item.withdrawn)
