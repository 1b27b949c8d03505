"""One workbook on its way into a tender: what it brought so far and what was refused."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tendereval.domain.bidding import Place, current_bids
from tendereval.domain.errors import CellProblem, UserFixable
from tendereval.domain.ids import PersonId
from tendereval.domain.stages import Act
from tendereval.domain.tender import Method, MethodVersion
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
        approver: who reopens agreed scores once prices are known; not the lead.
        problems: rows that the rules of the tender refuse.
        notes: what was left alone, one sentence each.
        brought: how many of what are new or changed.
    """

    session: Session
    change: Change
    elsewhere: bool = False
    amendment: Amendment | None = None
    reason: str = ""
    approver: PersonId | None = None
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

    def refresh(self) -> None:
        """Read again what a workbook may change, with what this one brought.

        Stage and versions are kept: those of this transaction have no time yet.
        """
        reader, method = self.change.reader, self.now.method
        bidders = reader.bidders()
        self.now = replace(
            self.now,
            details=reader.details(),
            bidders=bidders,
            bids=current_bids((lot.ref for lot in method.lots), bidders, reader.bids()),
            panel=reader.panel(),
            people=reader.people(),
            declarations=reader.declarations(),
        )

    def use_method(self, method: Method, version: MethodVersion | None = None) -> None:
        """Go on with another method, in a new version where there is one."""
        versions = self.now.versions if version is None else (*self.now.versions, version)
        self.now = replace(self.now, method=method, versions=versions)
        self.refresh()

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
