"""One workbook on its way into a tender: what it brought so far and what was refused."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tendereval.domain.bidding import Place
from tendereval.domain.errors import CellProblem, UserFixable
from tendereval.domain.stages import Act
from tendereval.exchange.content import AgreedRow, ExplanationRow, PriceRow, ResponseRow, ScoreRow
from tendereval.services.methods import Amendment
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store.unit_of_work import Change

Placed = PriceRow | ResponseRow | ScoreRow | AgreedRow | ExplanationRow


@dataclass(slots=True)
class Intake:
    """One workbook going into one tender.

    Attributes:
        session: who does it and when.
        change: the transaction it belongs to.
        elsewhere: whether the workbook is an evaluation made elsewhere, whose scores and
            agreed scores are taken as they are, declared and confirmed or not.
        amendment: why a published method changes; None where it does not.
        reason: why something that stands already is changed; blank where it is not.
        problems: rows that the rules of the tender refuse.
        notes: what was left alone, one sentence each.
        brought: how many of what are new or changed.
    """

    session: Session
    change: Change
    elsewhere: bool = False
    amendment: Amendment | None = None
    reason: str = ""
    problems: list[CellProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    brought: dict[str, int] = field(default_factory=dict)
    now: Situation = field(init=False)

    def __post_init__(self) -> None:
        self.now = situation(self.change.reader)

    def count(self, name: str, number: int = 1) -> None:
        """Note that so many of something are new or changed."""
        if number:
            self.brought[name] = self.brought.get(name, 0) + number

    def require(self, act: Act) -> None:
        """Refuse an act that the stage does not allow, but for an evaluation made elsewhere."""
        if not self.elsewhere:
            self.now.require(act)

    def refresh(self) -> Situation:
        """Read the situation again, with what this workbook brought."""
        self.now = situation(self.change.reader)
        return self.now

    def tried(self, sheet: str, row: int, attempt: Callable[[], object]) -> bool:
        """Note a refusal with its row instead of stopping at it; return whether it went well."""
        try:
            attempt()
        except UserFixable as refusal:
            self.refuse(sheet, row, refusal)
            return False
        return True

    def refuse(self, sheet: str, row: int, refusal: UserFixable) -> None:
        """Note what is wrong with a row."""
        self.problems.append(CellProblem(sheet, row, None, refusal.happened, refusal.do))

    def place(self, row: Placed) -> Place:
        """Return the place a row is about."""
        return Place(self.now.bidder_named(row.bidder).id, row.criterion, row.lot)
