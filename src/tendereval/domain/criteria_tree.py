"""Walk the tree of criteria from a row to the sections above it; weighs and marks nothing."""

from collections.abc import Mapping

from tendereval.domain.ids import LotId
from tendereval.domain.tender import AwardCriterion, CriterionKind, Method

Rows = Mapping[str, AwardCriterion]
"""Criteria by reference in lower case, in published order."""


def rows_in(method: Method, lot: LotId) -> Rows:
    """Return the criteria that count in a lot, its own and the common ones."""
    return {row.ref.casefold(): row for row in method.in_lot(lot)}


def ancestors(rows: Rows, criterion: AwardCriterion) -> tuple[AwardCriterion, ...]:
    """Return the rows above a criterion, nearest first.

    Ends where a parent is missing or comes a second time; ``parent_problems`` names those.
    """
    found: dict[str, AwardCriterion] = {}
    row = criterion
    while row.parent is not None:
        key = row.parent.casefold()
        if key not in rows or key in found:
            break
        row = found[key] = rows[key]
    return tuple(found.values())


def weighted_under(rows: Rows, section: AwardCriterion) -> tuple[AwardCriterion, ...]:
    """Return the weighted criteria anywhere under a section, in published order."""
    return tuple(
        row
        for row in rows.values()
        if row.kind.is_weighted and any(above is section for above in ancestors(rows, row))
    )


def parent_problems(rows: Rows) -> tuple[str, ...]:
    """Return a sentence for each row whose place in the tree makes no sense."""
    return tuple(text for row in rows.values() if (text := _parent_problem(rows, row)))


def _parent_problem(rows: Rows, row: AwardCriterion) -> str:
    if row.parent is None:
        return ""
    parent = rows.get(row.parent.casefold())
    if parent is None:
        return f"{row.ref} stands under {row.parent}, which is not a section of its lot."
    if parent.kind is not CriterionKind.SECTION:
        return f"{row.ref} stands under {parent.ref}, which is not a section."
    if any(above is row for above in ancestors(rows, row)):
        return f"{row.ref} stands under itself."
    return ""
