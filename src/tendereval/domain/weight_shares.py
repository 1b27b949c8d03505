"""How far the weights of a lot fill the whole, in figures and in words; mends no weight."""

from dataclasses import dataclass
from fractions import Fraction
from math import prod

from tendereval.domain.criteria_tree import Rows, ancestors, rows_in, weighted_under
from tendereval.domain.exact import decimal_text
from tendereval.domain.ids import LotId
from tendereval.domain.tender import AwardCriterion, CriterionKind, Method, WeightMode
from tendereval.domain.weights import WHOLE


@dataclass(frozen=True, slots=True)
class WeightPart:
    """What stands at the top of the tree and carries marks.

    Attributes:
        marks: of everything weighted in it.
    """

    ref: str
    title: str
    marks: Fraction


@dataclass(frozen=True, slots=True)
class WeightShares:
    """The marks given out in a lot.

    Attributes:
        whole: 100, or the sum itself where weights are points.
        by_ref: marks of each weighted row and of each section, by reference in lower case.
        said: how many of how many are given out.
        off: what is missing or too many, in words; empty where it comes out.
    """

    parts: tuple[WeightPart, ...]
    whole: Fraction
    total: Fraction
    by_ref: dict[str, Fraction]
    said: str
    off: str

    @property
    def missing(self) -> Fraction:
        """What is not given out yet; below 0 where too much is."""
        return self.whole - self.total

    def in_words(self) -> str:
        """Return everything the bar shows as sentences."""
        parts = (f"{part.title or part.ref} {decimal_text(part.marks)}" for part in self.parts)
        told = [f"{self.said}: {', '.join(parts)}." if self.parts else f"{self.said}."]
        return " ".join([*told, f"{self.off}."] if self.off else told)


def weight_shares(method: Method, lot: LotId) -> WeightShares:
    """Add the weights of a lot up as far as they are typed; a missing one counts nothing."""
    rows = rows_in(method, lot)
    by_ref = {key: _marks(method, rows, row) for key, row in rows.items() if row.kind.is_weighted}
    for key, row in rows.items():
        if row.kind is CriterionKind.SECTION:
            under = weighted_under(rows, row)
            by_ref[key] = sum((by_ref[one.ref.casefold()] for one in under), Fraction(0))
    tops = [
        row for row in rows.values() if not ancestors(rows, row) and row.ref.casefold() in by_ref
    ]
    parts = (WeightPart(row.ref, row.title, by_ref[row.ref.casefold()]) for row in tops)
    total = sum((by_ref[row.ref.casefold()] for row in tops), Fraction(0))
    whole = total if method.weights_are is WeightMode.POINTS else WHOLE
    return WeightShares(
        tuple(part for part in parts if part.marks > 0),
        whole,
        total,
        by_ref,
        _said(method, total),
        _off(whole - total),
    )


def _marks(method: Method, rows: Rows, row: AwardCriterion) -> Fraction:
    own = max(row.weight or Fraction(0), Fraction(0))
    if method.weights_are is not WeightMode.OF_PARENT:
        return own
    above = ((one.weight or Fraction(0)) / WHOLE for one in ancestors(rows, row))
    return own * prod(above, start=Fraction(1))


def _said(method: Method, total: Fraction) -> str:
    if method.weights_are is WeightMode.POINTS:
        return f"{decimal_text(total)} points given out"
    return f"{decimal_text(total)} of 100 points given out"


def _off(missing: Fraction) -> str:
    if missing == 0:
        return ""
    number = decimal_text(abs(missing))
    are = "point is" if number == "1" else "points are"
    return f"{number} {are} missing" if missing > 0 else f"{number} {are} too many"


def mending_weight(method: Method, lot: LotId, row: AwardCriterion) -> Fraction | None:
    """Return the weight at which this row would make its lot add up; None where none would.

    Shares of a parent add up on their own level, so there it is the rest of that level.
    """
    if not row.kind.is_weighted or method.weights_are is WeightMode.POINTS:
        return None
    own = row.weight or Fraction(0)
    if method.weights_are is WeightMode.OF_PARENT:
        level = [one for one in method.in_lot(lot) if one.parent == row.parent]
        rest = WHOLE - sum((one.weight or Fraction(0) for one in level), Fraction(0))
    else:
        rest = weight_shares(method, lot).missing
    wanted = own + rest
    return wanted if rest != 0 and wanted > 0 else None
