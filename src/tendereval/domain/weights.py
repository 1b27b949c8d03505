"""The marks each criterion carries in a lot, from weights as typed; never mends a weight."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from tendereval.domain.criteria_tree import (
    Rows,
    ancestors,
    parent_problems,
    rows_in,
    weighted_under,
)
from tendereval.domain.errors import WeightsDoNotSum
from tendereval.domain.exact import decimal_text
from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.tender import AwardCriterion, CriterionKind, Method, WeightMode

WHOLE = Fraction(100)


@dataclass(frozen=True, slots=True)
class WeightPlan:
    """The marks available for each weighted criterion of one lot.

    Attributes:
        weights: marks available per scored or price criterion, in published order.
        total: their sum; 100 unless the method publishes other weights.
    """

    lot: LotId
    weights: Mapping[CriterionId, Fraction]
    total: Fraction


def weight_plan(method: Method, lot: LotId) -> WeightPlan:
    """Work out the marks available in a lot, common criteria included.

    Weights ``of total`` and ``points`` stand as typed. Weights ``of parent`` are shares of 100
    that multiply down the tree. Nothing is scaled to make a sum come out.

    Raises:
        WeightsDoNotSum: a weight is missing or not above 0, a reference comes twice, or a
            parent is missing or stands under itself; every such row is named.

    Source: the relative importance published in the tender's own documents (Procurement Act
        2023, s.23(3)).
    """
    problems = plan_problems(method, lot)
    if problems:
        raise WeightsDoNotSum(
            f"The weights cannot be combined: {' '.join(problems)}", "Complete them in Set-up."
        )
    rows = rows_in(method, lot)
    weights = {
        row.ref: _marks_available(method, rows, row)
        for row in rows.values()
        if row.kind.is_weighted
    }
    return WeightPlan(lot, weights, sum(weights.values(), Fraction(0)))


def _marks_available(method: Method, rows: Rows, row: AwardCriterion) -> Fraction:
    if method.weights_are is not WeightMode.OF_PARENT:
        return _typed(row)
    return WHOLE * prod(_typed(part) / WHOLE for part in (row, *ancestors(rows, row)))


def _typed(row: AwardCriterion) -> Fraction:
    return row.weight or Fraction(0)


def plan_problems(method: Method, lot: LotId) -> tuple[str, ...]:
    """Return a sentence for everything that keeps the weights of a lot from being combined."""
    rows = rows_in(method, lot)
    needing = [row for row in rows.values() if row.kind.is_weighted]
    if method.weights_are is WeightMode.OF_PARENT:
        above = {part.ref: part for row in needing for part in ancestors(rows, row)}
        needing = [row for row in rows.values() if row.kind.is_weighted or row.ref in above]
    return (
        *repeated_refs(method, lot),
        *parent_problems(rows),
        *(text for row in needing if (text := _weight_problem(row))),
    )


def repeated_refs(method: Method, lot: LotId) -> tuple[str, ...]:
    """Return a sentence for each reference that names two criteria of a lot."""
    seen: set[str] = set()
    twice: list[str] = []
    for row in method.in_lot(lot):
        key = row.ref.casefold()
        if key in seen:
            twice.append(f"The reference {row.ref} stands for more than one criterion.")
        seen.add(key)
    return tuple(twice)


def _weight_problem(row: AwardCriterion) -> str:
    if row.weight is None:
        return f"{row.ref} has no weight."
    if row.weight <= 0:
        return f"{row.ref} has the weight {decimal_text(row.weight)}; a weight is above 0."
    return ""


def weight_problems(method: Method) -> tuple[str, ...]:
    """Return a sentence for each published sum that does not come out, over all lots.

    Such weights are used as given: a sum other than 100 is a warning, not a refusal.
    """
    found = (text for lot in method.lots for text in lot_weight_problems(method, lot.ref))
    return tuple(dict.fromkeys(found))


def lot_weight_problems(method: Method, lot: LotId) -> tuple[str, ...]:
    """Return the same for one lot, in published order."""
    rows = rows_in(method, lot)
    where = f" in lot {lot}" if len(method.lots) > 1 else ""
    if method.weights_are is WeightMode.OF_PARENT:
        return tuple(_level_problems(rows, where))
    leaves = [row for row in rows.values() if row.kind.is_weighted]
    total = _sum(leaves)
    problems: list[str] = []
    if method.weights_are is WeightMode.OF_TOTAL and total != WHOLE:
        problems.append(f"The weights{where} add to {decimal_text(total)}, not 100.")
    elif total <= 0:
        problems.append(f"The points available{where} add to {decimal_text(total)}.")
    return (*problems, *_section_problems(rows, where))


def _section_problems(rows: Rows, where: str) -> Iterator[str]:
    """Compare each section's own weight with what stands under it."""
    for row in rows.values():
        if row.kind is not CriterionKind.SECTION or row.weight is None:
            continue
        below = _sum(weighted_under(rows, row))
        if below != row.weight:
            yield (
                f"Section {row.ref} has the weight {decimal_text(row.weight)}, but what stands "
                f"under it{where} adds to {decimal_text(below)}."
            )


def _level_problems(rows: Rows, where: str) -> Iterator[str]:
    """Compare each level of a tree of shares with 100."""
    below = {
        row.ref.casefold(): weighted_under(rows, row)
        for row in rows.values()
        if row.kind is CriterionKind.SECTION
    }
    levels: dict[str, list[AwardCriterion]] = {"": []}
    for row in rows.values():
        if row.kind.is_weighted or below.get(row.ref.casefold()):
            levels.setdefault((row.parent or "").casefold(), []).append(row)
        elif row.kind is CriterionKind.SECTION and row.weight is not None:
            yield (
                f"Section {row.ref} has the weight {decimal_text(row.weight)}, but nothing "
                f"weighted stands under it{where}."
            )
    for key, level in levels.items():
        if _sum(level) != WHOLE:
            name = f"under {rows[key].ref}" if key in rows else "at the top"
            yield f"The weights {name}{where} add to {decimal_text(_sum(level))}, not 100."


def _sum(rows: Sequence[AwardCriterion]) -> Fraction:
    return sum((_typed(row) for row in rows), Fraction(0))
