"""Random tenders for the laws of ranking: every rule of the method, small whole figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from tendereval.domain.bidding import BidStatus
from tendereval.domain.ranking import BidInput
from tendereval.domain.scale import ScoringScale
from tendereval.domain.tender import AwardCriterion, CriterionKind, Method, QualityMarks, WeightMode
from tests.builders import (
    Number,
    a_bid,
    a_criterion,
    a_method,
    a_price,
    a_range,
    a_scale,
    a_section,
)

SCALES = (a_scale(), a_scale("banded", 4, p0=0, p1=10, p3=70, p4=95), a_range("0-10", 10, "0.5"))
TIE_BREAKS = ("highest quality", "highest Q0", "highest S0", "lowest price", "lowest PRICE", "draw")


@dataclass(frozen=True, slots=True)
class RandomTender:
    """A method of one lot and bids for it."""

    method: Method
    bids: tuple[BidInput, ...]


def a_random_tender(seed: int) -> RandomTender:
    """Make the tender of this seed; the same seed gives the same tender."""
    chance = Random(seed)  # noqa: S311 - a test wants to be repeatable
    method = a_random_method(chance)
    names = [chr(ord("A") + number) for number in range(chance.randint(0, 7))]
    return RandomTender(method, tuple(_bid(chance, method, name) for name in names))


def a_random_method(chance: Random) -> Method:
    """Make a method that ``rank_lot`` can compute, with rules chosen by chance."""
    rows = tuple(_rows(chance))
    texts = [text for text in TIE_BREAKS if chance.random() < 0.3 and _can_be_used(text, rows)]
    return replace(
        a_method(*rows, scales=SCALES[1:]),
        weights_are=chance.choice(list(WeightMode)),
        quality_marks=chance.choice([*QualityMarks, QualityMarks.POINTS_OVER_MAXIMUM]),
        round_marks_to=chance.choice([None, None, 0, 1, 2]),
        round_totals_to=chance.choice([None, None, 0, 1]),
        tie_margin=Fraction(chance.choice(["0", "0", "1", "2.5"])),
        tie_break=tuple(texts),
        close_margin=chance.choice([None, Fraction(2)]),
    )


def _can_be_used(text: str, rows: Sequence[AwardCriterion]) -> bool:
    """Whether what the rule compares is there; the only question sure to be in S0 is Q0."""
    refs = {row.ref for row in rows}
    return {"highest Q0": "Q0", "highest S0": "Q0"}.get(text, "S0") in refs


def _rows(chance: Random) -> Iterator[AwardCriterion]:
    deep = chance.random() < 0.5
    yield a_section("S0", 60, chance.choice([None, None, 5]))
    yield replace(a_section("S1", 50), parent=a_section("S0").ref if deep else None)
    for number in range(chance.randint(0, 5)):
        yield a_criterion(
            f"Q{number}",
            chance.choice(["5", "10", "12.5", "1"]),
            kind=chance.choice([CriterionKind.QUALITY, CriterionKind.SOCIAL_VALUE]),
            parent="S0" if number == 0 else chance.choice([None, "S0", "s1"]),
            scale=chance.choice(SCALES).name,
            minimum=chance.choice([None, None, None, 1]),
        )
    yield a_criterion("C", kind=CriterionKind.CONDITION_OF_PARTICIPATION)
    yield a_criterion("R", kind=CriterionKind.REQUIREMENT)
    zero = chance.choice([None, "full marks", "£0.50", "1,000"])
    yield a_price(chance.choice([1, 40, 70]), zero=zero)
    if chance.random() < 0.3:
        yield a_price(7, "P2")


def _bid(chance: Random, method: Method, name: str) -> BidInput:
    points: dict[str, Number] = {"C": chance.random() < 0.95, "R": chance.random() < 0.95}
    for row in method.criteria:
        if row.kind.is_scored:
            points[row.ref] = chance.choice(_values(method.scale_of(row)))
    lowest = 0 if _has_zero_rule(method) and chance.random() < 0.2 else 1
    prices: dict[str, Number] = {
        "PRICE": chance.randint(lowest, 6) * 10,
        "P2": chance.randint(1, 9),
    }
    status = chance.choice([*[BidStatus.ASSESSED] * 8, BidStatus.WITHDRAWN, BidStatus.EXCLUDED])
    return a_bid(name, points, prices, status=status, dated=chance.random() < 0.5)


def _has_zero_rule(method: Method) -> bool:
    row = method.criterion("PRICE")
    return row is not None and bool(row.parameters)


def _values(scale: ScoringScale) -> list[Fraction]:
    halves = (Fraction(half, 2) for half in range(int(scale.maximum) * 2 + 1))
    return [value for value in halves if value in scale]
