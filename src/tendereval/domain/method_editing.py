"""Change a draft of a method by whole steps; each returns a new method and mends no weight."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from tendereval.domain.errors import RuleRefusal, UnknownReference
from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.scale import ScoringScale
from tendereval.domain.tender import AwardCriterion, CriterionKind, Lot, Method

_PREFIXES = {
    CriterionKind.SECTION: "S",
    CriterionKind.QUALITY: "Q",
    CriterionKind.SOCIAL_VALUE: "SV",
    CriterionKind.PUBLIC_VALUE: "PV",
    CriterionKind.PRICE: "PRICE",
    CriterionKind.CONDITION_OF_PARTICIPATION: "CP",
    CriterionKind.REQUIREMENT: "RQ",
    CriterionKind.INFORMATION: "INFO",
}


class Way(StrEnum):
    """A step of a row within the tree."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


def found(method: Method, ref: str) -> AwardCriterion:
    """Return the criterion of this reference.

    Raises:
        UnknownReference: there is none.
    """
    row = method.criterion(ref)
    if row is None:
        raise UnknownReference(f"There is no criterion {ref!r}.", "Choose one of the list.")
    return row


def parent_key(method: Method, row: AwardCriterion) -> str | None:
    """Return the parent's reference in lower case; None at the top or where it is missing."""
    parent = None if row.parent is None else method.criterion(row.parent)
    return None if parent is None or parent is row else parent.ref.casefold()


Families = Mapping[str | None, Sequence[AwardCriterion]]
"""Rows by what they stand under (lower case; None is the top), in published order."""


def families(method: Method) -> Families:
    """Return the rows by what they stand under; a row whose parent is missing is at the top."""
    keys = {row.ref.casefold() for row in method.criteria}
    found: dict[str | None, list[AwardCriterion]] = {}
    for row in method.criteria:
        parent = None if row.parent is None else row.parent.casefold()
        at_top = parent not in keys or parent == row.ref.casefold()
        found.setdefault(None if at_top else parent, []).append(row)
    return found


def children_of(method: Method, ref: str | None) -> tuple[AwardCriterion, ...]:
    """Return the rows directly under a row, or at the top, in published order."""
    return tuple(families(method).get(None if ref is None else ref.casefold(), ()))


def depth_first(method: Method) -> tuple[AwardCriterion, ...]:
    """Return every row once, each before what stands under it; rows in a circle come last."""
    ordered = list(_below(families(method), None, frozenset()))
    missed = [row for row in method.criteria if not any(row is one for one in ordered)]
    return (*ordered, *missed)


def _below(known: Families, key: str | None, above: frozenset[str]) -> Iterator[AwardCriterion]:
    for row in known.get(key, ()):
        below = row.ref.casefold()
        if below not in above:
            yield row
            yield from _below(known, below, above | {below})


def with_all_below(method: Method, ref: str) -> tuple[AwardCriterion, ...]:
    """Return a row and everything under it, in published order."""
    key = ref.casefold()
    return (found(method, ref), *_below(families(method), key, frozenset({key})))


def next_ref(method: Method, kind: CriterionKind) -> CriterionId:
    """Return a reference that no criterion has yet (``Q4``); the first price is ``PRICE``."""
    prefix = _PREFIXES[kind]
    taken = {row.ref.casefold() for row in method.criteria}
    if kind is CriterionKind.PRICE and prefix.casefold() not in taken:
        return CriterionId(prefix)
    number = 1
    while f"{prefix}{number}".casefold() in taken:
        number += 1
    return CriterionId(f"{prefix}{number}")


def add_criterion(
    method: Method, kind: CriterionKind, near: str | None = None, scale: str | None = None
) -> tuple[Method, CriterionId]:
    """Add an empty row: in the section that is chosen, else right after the row that is chosen.

    Args:
        method: the draft.
        kind: of the new row; a section goes beside a section, never into it.
        near: the row that is chosen; None adds at the end.
        scale: name of the scale of a scored question.
    """
    ref = next_ref(method, kind)
    row = AwardCriterion(ref, "", kind, scale=scale if kind.is_scored else None)
    chosen = None if near is None else found(method, near)
    if chosen is None:
        return replace(method, criteria=(*depth_first(method), row)), ref
    into = chosen.kind is CriterionKind.SECTION and kind is not CriterionKind.SECTION
    row = replace(row, parent=chosen.ref if into else chosen.parent)
    last = with_all_below(method, chosen.ref)[-1]
    rows = list(depth_first(method))
    rows.insert(rows.index(last) + 1, row)
    return replace(method, criteria=tuple(rows)), ref


def put_criterion(method: Method, row: AwardCriterion) -> Method:
    """Replace the row of the same reference."""
    key = row.ref.casefold()
    rows = (row if one.ref.casefold() == key else one for one in method.criteria)
    return replace(method, criteria=tuple(rows))


def of_kind(row: AwardCriterion, kind: CriterionKind) -> AwardCriterion:
    """Return a row as one of another kind, without what that kind cannot have."""
    is_section, is_price = kind is CriterionKind.SECTION, kind is CriterionKind.PRICE
    answered = not is_section and not is_price
    return replace(
        row,
        kind=kind,
        weight=row.weight if kind.is_weighted or is_section else None,
        scale=row.scale if kind.is_scored else None,
        minimum=row.minimum if kind.is_scored or is_section else None,
        formula=row.formula if is_price else None,
        parameters=row.parameters if is_price else (),
        word_limit=row.word_limit if answered else None,
        question=row.question if answered else "",
        guidance=row.guidance if answered else "",
        sub_criteria=row.sub_criteria if answered else (),
        goals=row.goals if answered else (),
        model_criterion=row.model_criterion if answered else "",
    )


def rename_criterion(method: Method, old: str, new: str) -> Method:
    """Give a row another reference, in its children and in the tie-break too.

    Raises:
        RuleRefusal: the reference is empty or another row has it.
    """
    row, name = found(method, old), new.strip()
    other = method.criterion(name)
    if not name or (other is not None and other is not row):
        happened = (
            f"Another criterion has the reference {name}." if name else "A reference is empty."
        )
        raise RuleRefusal(happened, "Choose one that is not taken, such as Q7.")
    key, ref = row.ref.casefold(), CriterionId(name)

    def renamed(one: AwardCriterion) -> AwardCriterion:
        if one is row:
            return replace(one, ref=ref)
        is_child = one.parent is not None and one.parent.casefold() == key
        return replace(one, parent=ref) if is_child else one

    return replace(
        method,
        criteria=tuple(renamed(one) for one in method.criteria),
        tie_break=tuple(_renamed_rule(rule, key, name) for rule in method.tie_break),
    )


def _renamed_rule(rule: str, key: str, name: str) -> str:
    first, _, ref = " ".join(rule.split()).partition(" ")
    return f"{first} {name}" if ref.casefold() == key else rule


def remove_criterion(method: Method, ref: str) -> Method:
    """Take a row and everything under it out of the draft."""
    gone = with_all_below(method, ref)
    left = (row for row in method.criteria if not any(row is one for one in gone))
    return replace(method, criteria=tuple(left))


def move_criterion(method: Method, ref: str, under: str | None, position: int) -> Method:
    """Put a row, and everything under it, at a position under a section or at the top.

    Args:
        method: the draft.
        ref: the row that moves.
        under: a section; None is the top.
        position: among the rows there, the moving one not counted; too large is the end.

    Raises:
        RuleRefusal: under itself, or under something that is no section.
    """
    moving = with_all_below(method, ref)
    section = None if under is None else found(method, under)
    if section is not None and section.kind is not CriterionKind.SECTION:
        raise RuleRefusal(f"{section.ref} is not a section.", "Drop the row on a section.")
    if any(section is row for row in moving):
        raise RuleRefusal(f"{ref} cannot stand under itself.", "Choose another section.")
    beside = [row for row in children_of(method, under) if row is not moving[0]]
    rows = [row for row in depth_first(method) if not any(row is one for one in moving)]
    at = _place_in(method, rows, section, beside[:position], moving)
    head = replace(moving[0], parent=None if section is None else section.ref)
    rows[at:at] = [head, *moving[1:]]
    return replace(method, criteria=tuple(rows))


def _place_in(
    method: Method,
    rows: Sequence[AwardCriterion],
    section: AwardCriterion | None,
    before: Sequence[AwardCriterion],
    moving: Sequence[AwardCriterion],
) -> int:
    if before:
        family = with_all_below(method, before[-1].ref)
        last = [row for row in family if not any(row is one for one in moving)][-1]
        return _at(rows, last) + 1
    return 0 if section is None else _at(rows, section) + 1


def _at(rows: Sequence[AwardCriterion], row: AwardCriterion) -> int:
    return next(at for at, one in enumerate(rows) if one is row)


def step(method: Method, ref: str, way: Way) -> Method:
    """Move a row one step; the method stays as it is where there is no room that way.

    In: under the section before it. Out: after the section it stands under.
    """
    row = found(method, ref)
    beside = children_of(method, parent_key(method, row))
    at = _at(beside, row)
    parent = None if row.parent is None else method.criterion(row.parent)
    match way:
        case Way.UP if at > 0:
            return move_criterion(method, ref, row.parent, at - 1)
        case Way.DOWN if at + 1 < len(beside):
            return move_criterion(method, ref, row.parent, at + 1)
        case Way.IN if at > 0 and beside[at - 1].kind is CriterionKind.SECTION:
            return move_criterion(method, ref, beside[at - 1].ref, len(method.criteria))
        case Way.OUT if parent is not None:
            above = children_of(method, parent_key(method, parent))
            return move_criterion(method, ref, parent.parent, _at(above, parent) + 1)
        case _:
            return method


def put_scale(method: Method, name: str | None, scale: ScoringScale) -> Method:
    """Replace the scale of a name, or add one; criteria that name it follow a new name.

    Raises:
        RuleRefusal: the name is empty or another scale has it.
    """
    key = None if name is None else name.casefold()
    others = [one.name.casefold() for one in method.scales if one.name.casefold() != key]
    if not scale.name.strip() or scale.name.casefold() in others:
        raise RuleRefusal(
            f"A scale cannot be called “{scale.name}”.", "Choose a name that is not taken."
        )
    if key is None or all(one.name.casefold() != key for one in method.scales):
        return replace(method, scales=(*method.scales, scale))
    rows = (
        replace(row, scale=scale.name) if (row.scale or "").casefold() == key else row
        for row in method.criteria
    )
    scales = (scale if one.name.casefold() == key else one for one in method.scales)
    return replace(method, criteria=tuple(rows), scales=tuple(scales))


def remove_scale(method: Method, name: str) -> Method:
    """Take a scale out; criteria that name it keep the name, which is then a gap."""
    left = (one for one in method.scales if one.name.casefold() != name.casefold())
    return replace(method, scales=tuple(left))


def put_lot(method: Method, ref: str | None, lot: Lot) -> Method:
    """Replace the lot of a reference, or add one; its criteria follow a new reference.

    Raises:
        RuleRefusal: the reference is empty or another lot has it.
    """
    others = [one.ref.casefold() for one in method.lots if one.ref != ref]
    if not lot.ref.strip() or lot.ref.casefold() in others:
        raise RuleRefusal(f"A lot cannot be called “{lot.ref}”.", "Choose one that is not taken.")
    if ref is None:
        return replace(method, lots=(*method.lots, lot))
    rows = (replace(row, lot=lot.ref) if row.lot == ref else row for row in method.criteria)
    lots = (lot if one.ref == ref else one for one in method.lots)
    return replace(method, criteria=tuple(rows), lots=tuple(lots))


def next_lot(method: Method) -> LotId:
    """Return a reference that no lot has yet."""
    taken, number = {lot.ref for lot in method.lots}, 1
    while str(number) in taken:
        number += 1
    return LotId(str(number))


def remove_lot(method: Method, ref: str) -> Method:
    """Take a lot out.

    Raises:
        RuleRefusal: it is the only one, or criteria belong to it.
    """
    rows = [row.ref for row in method.criteria if row.lot == ref]
    if rows:
        raise RuleRefusal(
            f"{', '.join(rows)} belong to lot {ref}.", "Give them another lot or remove them first."
        )
    if len(method.lots) == 1:
        raise RuleRefusal("A tender has one lot at least.", "Keep this one, or add another first.")
    return replace(method, lots=tuple(lot for lot in method.lots if lot.ref != ref))
