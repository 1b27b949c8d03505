"""Everything the Award screen shows of summaries, sending and dates, read at one moment.

Reading takes a second where there are forty bidders: it is a job, and its result is frozen.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from tendereval.domain.bidding import Bidder, BidStatus
from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import BidderId, LotId
from tendereval.domain.notice_figures import NoticeFigures, notice_figures
from tendereval.domain.report_model import ReportModel
from tendereval.domain.summaries import (
    AssessmentSummary,
    Dispatch,
    Missing,
    Remark,
    Supplement,
)
from tendereval.domain.summary_content import summaries_for
from tendereval.domain.summary_recipients import standing_decision, statuses
from tendereval.services import dates, dispatch, folder_writing
from tendereval.services.dates import DateFindings
from tendereval.services.dispatch import Registered
from tendereval.services.folder_writing import Made
from tendereval.services.progress import Progress
from tendereval.services.reporting import model_at
from tendereval.services.reporting_award import publication_remarks
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.services.summaries import checked, supplement_of
from tendereval.store.repository import Reader

_NOT_ASSESSED: Final = {
    BidStatus.LATE: "its tender came late and was not assessed",
    BidStatus.WITHDRAWN: "its tender was withdrawn",
    BidStatus.EXCLUDED: "it was excluded, so that its tender was not assessed",
    BidStatus.CONDITION_NOT_MET: "it did not meet a condition of participation, so that its tender "
    "was not assessed",
    BidStatus.NOT_PROGRESSED: "it was not taken further, so that its tender was not assessed",
}
_OTHERWISE: Final = "its tender was disregarded and not assessed"


@dataclass(frozen=True, slots=True)
class Supplier:
    """One bidder of a lot, and whether it is given a summary.

    Attributes:
        why_not: why it is given none; empty where it is given one.
        is_out: it was disqualified, and is given one all the same.
    """

    bidder: Bidder
    why_not: str
    is_winner: bool
    is_out: bool


@dataclass(frozen=True, slots=True)
class LotReading:
    """One lot.

    Attributes:
        refusal: why there are no summaries; empty where there are.
        summaries: as they stand, by addressee.
        plain: the same without the lead's words and without anything withheld.
        missing: what keeps the summaries from going out.
        remarks: what to look at before.
        sent: how they went out; None while they have not.
        sendings: every entry of the register, oldest first.
        made: the PDFs written last.
        figures: None where there are none yet.
        dates_refusal: why the days cannot be told; empty where they can.
    """

    lot: LotId
    refusal: str
    suppliers: tuple[Supplier, ...] = ()
    summaries: Mapping[BidderId, AssessmentSummary] = field(default_factory=dict)
    plain: Mapping[BidderId, AssessmentSummary] = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()
    remarks: tuple[Remark, ...] = ()
    supplement: Supplement = field(default_factory=Supplement)
    sent: Dispatch | None = None
    sendings: tuple[Registered, ...] = ()
    made: Mapping[BidderId, Made] = field(default_factory=dict)
    figures: NoticeFigures | None = None
    findings: DateFindings | None = None
    dates_refusal: str = ""

    def missing_of(self, bidder: BidderId) -> tuple[Missing, ...]:
        """Return what one supplier's summary lacks."""
        return tuple(gap for gap in self.missing if gap.addressee == bidder)

    @property
    def is_ready(self) -> bool:
        """Whether the summaries hold every required item."""
        return not self.refusal and bool(self.summaries) and not self.missing


@dataclass(frozen=True, slots=True)
class AwardReading:
    """Every lot at one moment.

    Attributes:
        head: of the record.
        publication: what to look at in the version for publication before it goes out.
    """

    lots: Mapping[LotId, LotReading]
    head: str
    publication: tuple[str, ...] = ()


def reading_of(session: Session) -> Callable[[Progress], AwardReading]:
    """Return the job that reads everything."""

    def read(_progress: Progress) -> AwardReading:
        today = session.clock().date()
        with session.reading() as reader:
            now = situation(reader)
            model = model_at(reader, now)
            lots = {
                lot.ref: _dated(reader, now, _lot(reader, model, lot.ref), today)
                for lot in now.method.lots
            }
        return AwardReading(lots, model.head.hash, publication_remarks(model))

    return read


def _lot(reader: Reader, model: ReportModel, lot: LotId) -> LotReading:
    added = supplement_of(reader, lot)
    suppliers = tuple(_suppliers(model, lot))
    found = LotReading(
        lot,
        "",
        suppliers=suppliers,
        supplement=added,
        sent=dispatch.dispatch_of(reader, lot),
        sendings=tuple(one for one in dispatch.register(reader) if one.dispatch.lot == lot),
        made=folder_writing.summaries_made(reader, lot, [one.bidder.id for one in suppliers]),
        figures=notice_figures(model, lot),
    )
    try:
        told = summaries_for(model, lot, added)
        # Where the criteria stand decides what is in a summary: it is no text of somebody's.
        plain = summaries_for(model, lot, Supplement(where=added.where))
    except UserFixable as refusal:
        return replace(found, refusal=refusal.happened)
    state = checked(model, told)
    return replace(
        found,
        summaries={one.addressee: one for one in told},
        plain={one.addressee: one for one in plain},
        missing=state.missing,
        remarks=state.remarks,
    )


def _suppliers(model: ReportModel, lot: LotId) -> Iterator[Supplier]:
    decision = standing_decision(model, lot)
    won = decision.bidders if decision else ()
    bidders = {bidder.id: bidder for bidder in model.bidders}
    for bidder, status in statuses(model, lot).items():
        why = "" if status.was_assessed else _NOT_ASSESSED.get(status, _OTHERWISE)
        is_out = status is BidStatus.DISQUALIFIED
        yield Supplier(bidders[bidder], why, bidder in won, is_out)


def _dated(reader: Reader, now: Situation, found: LotReading, today: date) -> LotReading:
    try:
        return replace(found, findings=dates.findings(reader, now, found.lot, today))
    except UserFixable as refusal:
        return replace(found, dates_refusal=f"{refusal.happened} {refusal.do}")
