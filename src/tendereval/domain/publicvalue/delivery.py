"""How far a promise is delivered: planned, delivered, evidence, late. Reports are only added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tendereval.domain.publicvalue.commitment_check import says
from tendereval.domain.publicvalue.commitments import Commitment, Delivery
from tendereval.domain.publicvalue.contract_schedule import ScheduleRow


@dataclass(frozen=True, slots=True)
class DeliveryFinding:
    """How far a commitment is delivered on a day.

    Attributes:
        delivered: the newest total, exact; None where nothing was reported.
        share: delivered over promised, exact; None where it cannot be told.
        is_late: the day has passed and less than promised is delivered.
        is_evidenced: the newest report says what proves it.
        was_late: all of it is delivered, and the first report of that is of after its day.
    """

    commitment: Commitment
    delivered: Fraction | None
    share: Fraction | None
    is_late: bool
    is_evidenced: bool
    was_late: bool = False

    @property
    def planned(self) -> Fraction | None:
        """The number promised, in the commitment's unit."""
        return self.commitment.how_many

    @property
    def is_full(self) -> bool:
        """Whether all that was promised is reported as delivered."""
        return self.share is not None and self.share >= 1

    @property
    def sentence(self) -> str:
        """Where it stands, in one sentence."""
        if self.delivered is None:
            return "Late: nothing is reported." if self.is_late else "Nothing is reported yet."
        state = "Late" if self.is_late else "Delivered" if self.is_full else "On the way"
        after = " after its day" if self.was_late else ""
        proof = "" if self.is_evidenced else ", without evidence"
        return f"{state}{after}{proof}."


def delivery_on(item: Commitment, reports: Sequence[Delivery], on: date) -> DeliveryFinding:
    """Return how far a commitment is delivered on a day, by the newest report up to it.

    Args:
        item: the commitment.
        reports: in the order recorded; of two for one day the later one counts. Those of other
            commitments are left aside.
        on: the day.
    """
    mine = [one for one in reports if one.commitment == item.id and one.on <= on]
    by_day = sorted(mine, key=lambda one: one.on)
    newest = by_day[-1] if by_day else None
    delivered = newest.delivered if newest else None
    share = _share(item, delivered)
    full = share is not None and share >= 1
    late = item.by_when is not None and on > item.by_when and not full
    return DeliveryFinding(
        item,
        delivered,
        share,
        late,
        newest is not None and says(newest.evidence),
        full and _came_late(item, by_day),
    )


def _share(item: Commitment, delivered: Fraction | None) -> Fraction | None:
    if delivered is None or item.how_many is None or item.how_many <= 0:
        return None
    return delivered / item.how_many


def _came_late(item: Commitment, by_day: Sequence[Delivery]) -> bool:
    """Whether it was complete after its day only; a later correction may have undone an earlier."""
    since: date | None = None
    for one in by_day:
        share = _share(item, one.delivered)
        if share is None or share < 1:
            since = None
        elif since is None:
            since = one.on
    return item.by_when is not None and since is not None and since > item.by_when


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One line of the contract schedule with what became of it.

    Attributes:
        reports: of this commitment, in the order recorded.
    """

    line: ScheduleRow
    finding: DeliveryFinding
    reports: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """Where the commitments of one lot's contract stand on a day."""

    lot: str
    on: date
    rows: tuple[DeliveryRow, ...]

    @property
    def sentence(self) -> str:
        """The whole of it in one sentence."""
        if not self.rows:
            return "There are no commitments in the contract to deliver."
        found = [row.finding for row in self.rows]
        full = sum(item.is_full for item in found)
        late = sum(item.is_late for item in found)
        bare = sum(item.delivered is not None and not item.is_evidenced for item in found)
        noun = "commitment is" if len(found) == 1 else "commitments are"
        parts = [f"{full} of {len(found)} {noun} delivered in full"]
        parts += [f"{late} late"] if late else []
        parts += [f"{bare} without evidence"] if bare else []
        return f"{', '.join(parts)}."
