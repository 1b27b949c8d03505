"""Bidders, their bids per lot and what they submitted; says nothing about what it is worth."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from tendereval.domain.ids import BidderId, CriterionId, DocumentId, LotId


class BidStatus(StrEnum):
    """Where a bid stands in law; only ``assessed`` bids are ranked and feed the lowest price.

    Source: Procurement Act 2023, ss.19, 20, 26, 28, 30 and 50.
    """

    ASSESSED = "assessed"
    LATE = "late"
    WITHDRAWN = "withdrawn"
    EXCLUDED = "excluded"
    CONDITION_NOT_MET = "condition not met"
    DISREGARDED_ABNORMALLY_LOW = "disregarded: abnormally low"
    DISREGARDED_PROCEDURAL = "disregarded: procedural"
    DISREGARDED_NON_TREATY = "disregarded: non-treaty"
    NOT_PROGRESSED = "not progressed"
    DISQUALIFIED = "disqualified"
    RESERVE = "reserve"

    @property
    def needs_notice(self) -> bool:
        """Whether it counts only once notice, response and decision are dated.

        Source: Procurement Act 2023, s.19(4) (abnormally low) and ss.26 to 30 (exclusion).
        """
        return self in {BidStatus.EXCLUDED, BidStatus.DISREGARDED_ABNORMALLY_LOW}

    @property
    def was_assessed(self) -> bool:
        """Whether it is an "assessed tender", whose supplier gets an assessment summary.

        Source: Procurement Act 2023, s.50(4); disqualified under the methodology counts.
        """
        return self in {BidStatus.ASSESSED, BidStatus.DISQUALIFIED, BidStatus.RESERVE}

    @property
    def counts_as_received(self) -> bool:
        """Whether the award notice counts it as received by the deadline.

        Source: Procurement Regulations 2024, r.27(2)(n); withdrawn and late ones do not count.
        """
        return self not in {BidStatus.WITHDRAWN, BidStatus.LATE}


@dataclass(frozen=True, slots=True)
class Bidder:
    """An organisation that bids.

    Attributes:
        id: stands for it in the record.
        name: as in its tender; unique in the file, compared without case.
        identifier: Companies House or other register number.
        address: postal address for the assessment summary.
        email: contact e-mail for the same.
        sme: small or medium-sized (s.123); None when not stated.
        vcse: voluntary, community or social enterprise; None when not stated.
        supported_employment: supported employment provider; None when not stated.
        lots: lots bid for; empty means every lot.
        subcontractors: names, for the declaration of interests.
    """

    id: BidderId
    name: str
    identifier: str = ""
    address: str = ""
    email: str = ""
    sme: bool | None = None
    vcse: bool | None = None
    supported_employment: bool | None = None
    lots: tuple[LotId, ...] = ()
    subcontractors: tuple[str, ...] = ()

    def bids_for(self, lot: LotId) -> bool:
        """Whether it bid for this lot."""
        return not self.lots or lot in self.lots


@dataclass(frozen=True, slots=True)
class Bid:
    """One bidder's tender for one lot, with where it stands.

    Attributes:
        notified_on: when notice was given, where the status needs it.
        responded_on: when the supplier answered, or the last day it could.
        decided_on: when the authority decided after that.
    """

    bidder: BidderId
    lot: LotId
    status: BidStatus = BidStatus.ASSESSED
    reason: str = ""
    notified_on: date | None = None
    responded_on: date | None = None
    decided_on: date | None = None

    @property
    def status_counts(self) -> bool:
        """Whether the status has the dates that it needs before it takes effect."""
        dated = all((self.notified_on, self.responded_on, self.decided_on))
        return dated or not self.status.needs_notice

    @property
    def is_assessed(self) -> bool:
        """Whether the bid is to be scored and ranked as things stand."""
        return self.status is BidStatus.ASSESSED or not self.status_counts


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """The place of one answer: which bidder, which question, which lot.

    Attributes:
        lot: None for a question common to all lots, answered and scored once.
    """

    bidder: BidderId
    criterion: CriterionId
    lot: LotId | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """What a bidder submitted for one question.

    Attributes:
        text: the answer; empty when it is only in the document.
        document: the document it is in, if any.
        page: where in the document, as typed.
        late: arrived after answers were locked; kept apart, not scorable by itself.
    """

    place: Place
    text: str = ""
    document: DocumentId | None = None
    page: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document kept inside the file.

    Attributes:
        id: SHA-256 of its bytes.
        bidder: whose it is.
        name: file name without any folder.
        size: in bytes.
    """

    id: DocumentId
    bidder: BidderId
    name: str
    size: int
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One line of a priced schedule; quantity and unit price multiply exactly."""

    item: str
    quantity: Fraction
    unit_price: Fraction

    @property
    def amount(self) -> Fraction:
        """The line's exact amount."""
        return self.quantity * self.unit_price


@dataclass(frozen=True, slots=True)
class PriceSubmission:
    """A bidder's price for one price criterion.

    Attributes:
        place: bidder, price criterion, lot (None where the price serves all lots bid for).
        amount: exact, in the tender's currency.
        lines: the schedule it is the sum of; empty when only the sum was given.
    """

    place: Place
    amount: Fraction
    lines: tuple[PriceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Clarification:
    """A question put to a bidder after the deadline and its answer, kept apart from the tender.

    Attributes:
        scorable: whether the lead recorded a decision that the panel may take it into account.
        reason: the ground of that decision.
    """

    place: Place
    question: str
    answer: str
    recorded_at: datetime
    scorable: bool = False
    reason: str = ""


def current_bids(
    lots: Iterable[LotId], bidders: Iterable[Bidder], recorded: Iterable[Bid]
) -> tuple[Bid, ...]:
    """Return the bid of every bidder for every lot it bid for, with its newest status.

    Ordered by bidder as registered, then by lot as published; ``assessed`` until a status
    is recorded.
    """
    statuses = {(bid.bidder, bid.lot): bid for bid in recorded}
    order = tuple(lots)
    return tuple(
        statuses.get((bidder.id, lot), Bid(bidder.id, lot))
        for bidder in bidders
        for lot in order
        if bidder.bids_for(lot)
    )
