"""Which bids tie and what the published rules make of it; what they leave open stays open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from tendereval.domain.criteria_tree import rows_in, weighted_under
from tendereval.domain.errors import MethodIncomplete
from tendereval.domain.ids import CriterionId
from tendereval.domain.ranked import RankedBid
from tendereval.domain.tender import AwardCriterion, CriterionKind, Method

FORMS = "highest quality, highest <reference of a question or section>, lowest price, lowest \
<reference of a price criterion>, draw"


class TieBreakKind(StrEnum):
    """What a tie-break rule compares."""

    HIGHEST_QUALITY = "highest quality"
    HIGHEST_MARK = "highest"
    LOWEST_PRICE = "lowest price"
    LOWEST_OF_ONE = "lowest"
    DRAW = "draw"


@dataclass(frozen=True, slots=True)
class TieBreakRule:
    """One published rule, read.

    Attributes:
        text: as published, spaces trimmed.
        refs: the criteria whose marks or prices it compares; empty where it names none.
    """

    text: str
    kind: TieBreakKind
    refs: frozenset[CriterionId] = frozenset()

    def merit(self, bid: RankedBid) -> Fraction:
        """Return what the rule compares, so that more is better; a draw compares nothing."""
        if self.kind is TieBreakKind.HIGHEST_QUALITY:
            return bid.quality
        if self.kind is TieBreakKind.LOWEST_PRICE:
            return -(bid.price_amount or Fraction(0))
        named = [mark for mark in bid.marks if mark.criterion in self.refs]
        if self.kind is TieBreakKind.LOWEST_OF_ONE:
            return -sum((mark.price or Fraction(0) for mark in named), Fraction(0))
        return sum((mark.mark for mark in named), Fraction(0))


def tie_break_problems(method: Method) -> tuple[str, ...]:
    """Return a sentence for each published tie-break rule that cannot be read."""
    problems = [
        f"The tie-break “{text}” is not one of: {FORMS}."
        for text in method.tie_break
        if _read(method, text) is None
    ]
    texts = [" ".join(text.casefold().split()) for text in method.tie_break]
    if TieBreakKind.DRAW in texts[:-1]:
        problems.append("The tie-break “draw” can only stand last.")
    if TieBreakKind.LOWEST_PRICE in texts and not _has_price(method):
        problems.append("The tie-break “lowest price” needs a price criterion.")
    return tuple(problems)


def tie_break_rules(method: Method) -> tuple[TieBreakRule, ...]:
    """Read the published tie-break rules, in order.

    Raises:
        MethodIncomplete: a rule is in no valid form; the valid ones are listed.
    """
    problems = tie_break_problems(method)
    if problems:
        raise MethodIncomplete(problems, "Ties cannot be broken as published")
    read = (_read(method, text) for text in method.tie_break)
    return tuple(rule for rule in read if rule is not None)


def _has_price(method: Method) -> bool:
    return any(row.kind is CriterionKind.PRICE for row in method.criteria)


def _read(method: Method, text: str) -> TieBreakRule | None:
    words = text.split()
    shown, plain = " ".join(words), " ".join(words).casefold()
    for kind in (TieBreakKind.HIGHEST_QUALITY, TieBreakKind.LOWEST_PRICE, TieBreakKind.DRAW):
        if plain == kind:
            return TieBreakRule(shown, kind)
    first, _, ref = plain.partition(" ")
    row = method.criterion(ref)
    if row is None:
        return None
    if first == "lowest" and row.kind is CriterionKind.PRICE:
        return TieBreakRule(shown, TieBreakKind.LOWEST_OF_ONE, frozenset({row.ref}))
    if first == "highest" and (refs := _scored_refs(method, row)):
        return TieBreakRule(shown, TieBreakKind.HIGHEST_MARK, refs)
    return None


def _scored_refs(method: Method, row: AwardCriterion) -> frozenset[CriterionId]:
    """Return the question itself, or the scored questions under a section in any lot."""
    if row.kind is not CriterionKind.SECTION:
        return frozenset({row.ref} if row.kind.is_scored else ())
    lots = (rows_in(method, lot.ref) for lot in method.lots)
    below = (leaf for rows in lots for leaf in weighted_under(rows, row))
    return frozenset(leaf.ref for leaf in below if leaf.kind.is_scored)


@dataclass(frozen=True, slots=True)
class Part:
    """Bids that no published rule separates from each other.

    Attributes:
        bids: by name.
        broken_by: the rule that separated them last from others; empty where none did.
    """

    bids: tuple[RankedBid, ...]
    broken_by: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """What one rule made of bids that were tied: its figure for each."""

    rule: TieBreakRule
    bids: tuple[RankedBid, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Bids that tie on their totals, and what the published rules made of them.

    Attributes:
        bids: all of them, by name.
        parts: in the order that the rules give.
        splits: the rules that separated some of them, in order.
    """

    bids: tuple[RankedBid, ...]
    parts: tuple[Part, ...]
    splits: tuple[Split, ...]


def ties_of(
    bids: Sequence[RankedBid], margin: Fraction, rules: Sequence[TieBreakRule]
) -> tuple[Tie, ...]:
    """Gather bids into levels, best first; most levels hold a single bid.

    Args:
        bids: by name, ranks not yet given.
        margin: less than this below the best total ties with it; further down, and with 0,
            only equality does.
        rules: of the method, in order.

    Source: Department for Transport franchise rules: a gap of 14.99 ties at a margin of 15, a
        gap of 15.00 does not (procurement-rules fact A12).
    """
    best = max((bid.total for bid in bids), default=Fraction(0))

    def level(bid: RankedBid) -> Fraction:
        return Fraction(0) if best - bid.total < margin else best - bid.total

    grouped = groupby(sorted(bids, key=level), key=level)
    return tuple(_tie(tuple(group), rules) for _, group in grouped)


def _tie(bids: tuple[RankedBid, ...], rules: Sequence[TieBreakRule]) -> Tie:
    parts, splits = [Part(bids)], []
    for rule in rules:
        after: list[Part] = []
        for part in parts:
            pieces = _pieces(part, rule)
            after += pieces
            if len(pieces) > 1:
                splits.append(Split(rule, part.bids))
        parts = after
    return Tie(bids, tuple(parts), tuple(splits))


def _pieces(part: Part, rule: TieBreakRule) -> list[Part]:
    ordered = sorted(part.bids, key=rule.merit, reverse=True)
    pieces = [tuple(group) for _, group in groupby(ordered, key=rule.merit)]
    return [Part(piece, rule.text) for piece in pieces] if len(pieces) > 1 else [part]


def placed(ties: Sequence[Tie]) -> tuple[RankedBid, ...]:
    """Give every bid its rank; bids that nothing separates share one and the next is skipped."""
    found: list[RankedBid] = []
    for tie in ties:
        for part in tie.parts:
            rank = len(found) + 1
            found += [
                replace(bid, rank=rank, tied=len(part.bids) > 1, tie_broken_by=part.broken_by)
                for bid in part.bids
            ]
    return tuple(found)
