"""Bidders, their answers, documents, prices and the status of each bid."""

from collections.abc import Sequence
from dataclasses import replace

from tendereval.domain.bidding import (
    Bid,
    Bidder,
    BidStatus,
    Clarification,
    Place,
    PriceSubmission,
    Response,
)
from tendereval.domain.errors import ReasonNeeded, RuleRefusal, UnknownReference
from tendereval.domain.ids import BidderId, DocumentId
from tendereval.domain.record import canonical_json, sha256_text
from tendereval.domain.stages import Act, Stage
from tendereval.domain.tender import CriterionKind
from tendereval.services.ranking import order_if_known
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import recording
from tendereval.store.repository import Reader


def register_bidder(session: Session, bidder: Bidder) -> BidderId:
    """Register a bidder, or record changed particulars of one with its id.

    Raises:
        NotAllowedNow: answers are locked.
        RuleRefusal: no name, or another bidder has it.
    """
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.EDIT_BIDS)
    if not bidder.name.strip():
        raise RuleRefusal("A bidder needs a name.", "Write it as it stands in its tender.")
    others = {item.name.casefold() for item in now.bidders if item.id != bidder.id}
    if bidder.name.casefold() in others:
        raise RuleRefusal(f"There is a bidder {bidder.name!r} already.", "Use another name.")
    with session.change("bidder recorded", {"bidder": bidder.id}) as change:
        known = bidder if bidder.id else replace(bidder, id=recording.new_bidder_id(change))
        recording.add_bidder(change, known)
    return known.id


def set_status(session: Session, bid: Bid) -> None:
    """Record where a bid stands; a status other than ``assessed`` needs its reason.

    A status that needs notice counts only once notice, response and decision are dated, and
    until then the bid is assessed. Once prices are known, the order before and after is kept
    with the change.

    Raises:
        NotAllowedNow: the stage does not allow it.
        ReasonNeeded: no reason.
        RuleRefusal: the dates are out of order.
    """
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.SET_STATUS)
    bidder, lot = now.bidder(bid.bidder), now.lot(bid.lot)
    if not bidder.bids_for(lot):
        raise UnknownReference(f"{bidder.name} does not bid for lot {lot}.", "Check the lot.")
    earlier = next(item for item in now.bids if (item.bidder, item.lot) == (bid.bidder, lot))
    check_status(bid, earlier)
    ids = {"bidder": bid.bidder, "lot": bid.lot, "status": str(bid.status)}
    known_prices = now.stage is Stage.PRICE
    with session.change("bid status recorded", ids, reason=bid.reason) as change:
        if known_prices:
            ids["order before"] = order_if_known(change.reader, now)
        recording.add_bid(change, bid)
        if known_prices:
            ids["order after"] = order_if_known(change.reader, situation(change.reader))


def check_status(bid: Bid, earlier: Bid | None = None) -> None:
    """Refuse a status without its reason or with dates out of order.

    ``assessed`` needs one too where it takes the place of another status.
    """
    reinstated = earlier is not None and earlier.status is not BidStatus.ASSESSED
    if (bid.status is not BidStatus.ASSESSED or reinstated) and not bid.reason.strip():
        raise ReasonNeeded(
            f"The status {str(bid.status)!r} needs a reason.", "Say why; it is printed."
        )
    dates = [day for day in (bid.notified_on, bid.responded_on, bid.decided_on) if day]
    if dates != sorted(dates):
        raise RuleRefusal(
            "Notice, response and decision follow each other in time.", "Mend the dates."
        )


def record_responses(session: Session, responses: Sequence[Response]) -> None:
    """Record answers, in place of earlier ones at the same places; the old are kept.

    Raises:
        NotAllowedNow: answers are locked since the deadline.
        UnknownReference: a bidder or criterion is not in the tender.
    """
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.EDIT_BIDS)
    for response in responses:
        check_place(now, response.place)
    ids = {"answers": str(len(responses))}
    texts = {
        f"answer {item.place.criterion} {item.place.bidder}": sha256_text(item.text)
        for item in responses
    }
    with session.change("answers recorded", ids, texts) as change:
        recording.add_responses(change, responses)


def add_document(
    session: Session, bidder: BidderId, name: str, content: bytes, media_type: str
) -> DocumentId:
    """Keep a bidder's document inside the file.

    Raises:
        NotAllowedNow: documents are locked since the deadline.
        UnknownReference: no such bidder.
    """
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.EDIT_BIDS)
    now.bidder(bidder)
    with session.change("document kept", {"bidder": bidder, "name": name}) as change:
        return recording.add_document(change, bidder, name, content, media_type)


def answers_digest(reader: Reader) -> tuple[str, int, int]:
    """Return one SHA-256 over every answer and document, and how many there are of each."""
    responses, documents = reader.responses(), reader.documents()
    listed = sorted(
        [item.place.bidder, item.place.criterion, item.place.lot or "", sha256_text(item.text)]
        for item in responses
    )
    kept = sorted([item.bidder, item.name, item.id] for item in documents)
    return sha256_text(canonical_json([listed, kept])), len(responses), len(documents)


def record_clarification(session: Session, item: Clarification) -> None:
    """Record a clarification apart from the tender; the panel may use it by decision only.

    Raises:
        NotAllowedNow: before the deadline questions are answered to all, elsewhere.
        ReasonNeeded: said to be scorable without the ground.
    """
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.CLARIFY)
    check_place(now, item.place)
    if item.scorable and not item.reason.strip():
        raise ReasonNeeded(
            "A clarification that the panel may take into account needs the ground for that.",
            "Say why.",
        )
    ids = {"bidder": item.place.bidder, "criterion": item.place.criterion}
    texts = {"question": sha256_text(item.question), "answer": sha256_text(item.answer)}
    with session.change("clarification recorded", ids, texts, item.reason) as change:
        recording.add_clarification(change, replace(item, recorded_at=session.clock()))


def record_prices(session: Session, prices: Sequence[PriceSubmission]) -> None:
    """Record prices; before stage ``price`` they stay out of sight.

    Raises:
        NotAllowedNow: the ranking is settled.
        RuleRefusal: an amount is negative, or the criterion is not a price.
    """
    with session.reading() as reader:
        now = situation(reader)
    now.require(Act.ENTER_PRICES)
    for item in prices:
        check_price(now, item)
    kind = "prices entered" if now.stage is Stage.PRICE else "prices entered and kept out of sight"
    ids = {"bidders": ", ".join(dict.fromkeys(item.place.bidder for item in prices))}
    with session.change(kind, ids) as change:
        for item in prices:
            recording.add_price(change, item)


def check_price(now: Situation, item: PriceSubmission) -> None:
    """Refuse a price that cannot be one, or at a place that the tender does not have."""
    check_place(now, item.place)
    criterion = now.criterion(item.place.criterion)
    if criterion.kind is not CriterionKind.PRICE:
        raise RuleRefusal(f"{criterion.ref} is not a price criterion.", "Choose one that is.")
    if item.amount < 0:
        raise RuleRefusal("A price is never negative.", "Write the price as submitted.")


def check_place(now: Situation, place: Place) -> None:
    """Refuse a place that the tender does not have.

    Raises:
        UnknownReference: no such bidder, criterion or lot, or the bidder does not bid for it.
    """
    bidder = now.bidder(place.bidder)
    criterion = now.criterion(place.criterion)
    if place.lot is not None:
        now.lot(place.lot)
    lots = [place.lot] if place.lot else [lot.ref for lot in now.method.lots]
    if not any(bidder.bids_for(lot) and criterion.counts_in(lot) for lot in lots):
        raise UnknownReference(
            f"{bidder.name} does not bid for the lot of {criterion.ref}.", "Check the lot."
        )
