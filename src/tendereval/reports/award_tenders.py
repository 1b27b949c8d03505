"""Sections 5 to 7 of the award report: tenders received, conditions, clarifications."""

from collections.abc import Iterator
from datetime import date

from tendereval.domain.bid_counts import count_bids
from tendereval.domain.bidding import Bid, Bidder, BidStatus, Clarification, Place
from tendereval.domain.method_text import short
from tendereval.domain.scale import FAIL
from tendereval.domain.tender import AwardCriterion, Lot, Regime
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_publication as p
from tendereval.reports import wording_results as r
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.award_publication import left_out
from tendereval.reports.outline import (
    Block,
    Bullets,
    Column,
    Heading,
    Link,
    Paragraph,
    Row,
    Run,
    Table,
)

_MOST_CONDITIONS = 5
"""Columns of results that fit beside the names."""


def tenders_section(g: Gathered, part: Part) -> Iterator[Block]:
    """Yield section 5: every tender with its status, the counts, the lock on answers."""
    if not g.model.bidders:
        yield Paragraph(r.NO_TENDERS)
    else:
        for lot in g.model.method.lots:
            yield from _lot(g, lot)
        yield part.below(1).heading(r.SUPPLIERS)
        yield from _suppliers(g)
        yield part.below(2).heading(r.STATUS_HISTORY)
        yield from _history(g)
    yield part.below(3 if g.model.bidders else 1).heading(r.ANSWERS)
    yield from _lock(g)


def _lot(g: Gathered, lot: Lot) -> Iterator[Block]:
    bids = [bid for bid in g.model.bids if bid.lot == lot.ref]
    if g.several_lots:
        yield Heading(g.lot_name(lot), 3)
    if not bids:
        yield Paragraph(r.NO_TENDERS_LOT)
        return
    dated = any(bid.notified_on or bid.responded_on or bid.decided_on for bid in bids)
    dates = (r.NOTIFIED, r.RESPONDED, r.DECIDED_ON) if dated else ()
    columns = (
        Column(r.SUBMITTED_BY, width=2.6),
        Column(r.STATUS, width=1.7 if dated else 2.4),
        *(Column(text, "right", width=1.5) for text in dates),
    )
    yield Table(columns, tuple(_status_row(g, bid, dated=dated) for bid in bids))
    for bid in bids:
        reason = _reason(g, bid)
        told = phrases.sentences(phrases.ended(reason), _basis(g, bid))
        if told:
            yield Paragraph((Run(f"{g.bidder(bid.bidder)}. ", bold=True), Run(told)))
    yield Paragraph(_counts(g, lot, bids))


def _basis(g: Gathered, bid: Bid) -> str:
    """Return the section of the Act that a status rests on."""
    if g.model.details.regime not in {Regime.PA2023, Regime.PA2023_WALES}:
        return ""
    basis = r.BASES.get(g.status(bid), "")
    return r.BASIS.format(basis=basis) if basis else ""


def _status_row(g: Gathered, bid: Bid, *, dated: bool) -> Row:
    dates = (bid.notified_on, bid.responded_on, bid.decided_on) if dated else ()
    status = phrases.capital(w.STATUSES[g.status(bid)])
    if not bid.status_counts:
        status = r.STATUS_WANTS_DATES.format(status=phrases.capital(w.STATUSES[bid.status]))
    return Row((g.bidder(bid.bidder), status, *(_day(when) for when in dates)))


def _day(when: date | None) -> str:
    return phrases.day(when) if when else w.NONE


def _reason(g: Gathered, bid: Bid) -> str:
    out = g.not_ranked.get((bid.lot, bid.bidder))
    found = [bid.reason.strip(), out.reason.strip() if out else ""]
    return " ".join(dict.fromkeys(text for text in found if text))


def _counts(g: Gathered, lot: Lot, bids: list[Bid]) -> str:
    counts = count_bids([g.status(bid) for bid in bids])
    bidders = {bidder.id: bidder for bidder in g.model.bidders}
    assessed = [bidders[bid.bidder] for bid in bids if g.status(bid).was_assessed]
    text = r.COUNTS.format(
        received=phrases.capital(phrases.counted(counts.received, "tender")),
        assessed=phrases.capital(phrases.number_word(counts.assessed)),
        smes=phrases.number_word(sum(bidder.sme is True for bidder in assessed)),
        vcses=phrases.number_word(sum(bidder.vcse is True for bidder in assessed)),
    )
    silent = [bidder.name for bidder in assessed if bidder.sme is None or bidder.vcse is None]
    unstated = r.NOT_STATED.format(names=phrases.names(silent)) if silent else ""
    so_far = "" if lot.ref in g.rankings else r.COUNTS_SO_FAR
    return phrases.sentences(text, unstated, so_far)


def _suppliers(g: Gathered) -> Iterator[Block]:
    columns = (
        Column(r.SUBMITTED_BY, width=3),
        Column(r.IDENTIFIER, width=2),
        Column(r.SME, width=0.8),
        Column(r.VCSE, width=0.8),
        Column(r.SUPPORTED, width=1.6),
    )
    if g.named_bidders:
        yield Table(columns, tuple(map(_supplier, g.named_bidders)))
    if g.has_unnamed:
        yield left_out(p.SUPPLIERS)
    for bidder in g.named_bidders:
        if bidder.subcontractors and g.is_published:
            yield left_out(p.SUBCONTRACTORS)
        elif bidder.subcontractors:
            text = r.SUBCONTRACTORS.format(names="; ".join(bidder.subcontractors))
            yield Paragraph((Run(f"{bidder.name}. ", bold=True), Run(text)))


def _supplier(bidder: Bidder) -> Row:
    flags = (bidder.sme, bidder.vcse, bidder.supported_employment)
    said = ({True: r.YES, False: r.NO, None: w.NONE}[flag] for flag in flags)
    return Row((bidder.name, bidder.identifier or w.NONE, *said))


def _history(g: Gathered) -> Iterator[Block]:
    seen: set[tuple[str, str]] = set()
    items: list[str] = []
    for bid, at in g.model.bid_history:
        key = (bid.bidder, bid.lot)
        if bid.status is not BidStatus.ASSESSED or key in seen:
            seen.add(key)
            items.append(
                r.STATUS_CHANGE.format(
                    moment=phrases.moment(at),
                    name=g.bidder(bid.bidder),
                    lot=f", {w.IN_LOT.format(ref=bid.lot)}" if g.several_lots else "",
                    status=w.STATUSES[bid.status],
                    reason=phrases.ended(bid.reason),
                ).strip()
            )
    yield Bullets(tuple(items)) if items else Paragraph(r.NO_STATUS_CHANGE)


def _lock(g: Gathered) -> Iterator[Block]:
    lock = g.model.answers_lock
    if lock is None:
        yield Paragraph(r.NO_LOCK)
    else:
        digest, answers, documents = lock
        yield Paragraph(
            r.LOCK.format(
                answers=phrases.counted(answers, "answer"),
                documents=phrases.counted(documents, "document"),
                fingerprint=short(digest),
            )
        )
    late = [item for item in g.model.responses if item.late]
    if late and g.is_published:
        yield left_out(p.LATE)
    elif late:
        yield Paragraph(r.LATE_ANSWERS)
        yield Bullets(tuple(_place(g, item.place) for item in late))


def _place(g: Gathered, place: Place) -> str:
    lot = f", {w.IN_LOT.format(ref=place.lot)}" if g.several_lots and place.lot else ""
    return f"{place.criterion}, {g.bidder(place.bidder)}{lot}"


def conditions_section(g: Gathered) -> Iterator[Block]:
    """Yield section 6: pass or fail, per tender and condition or requirement."""
    rows = [row for row in g.model.method.criteria if row.kind.is_pass_or_fail]
    if not rows:
        yield Paragraph(r.NO_CONDITIONS)
        return
    if not g.may_judge:
        yield Paragraph(r.CONDITIONS_HIDDEN)
        return
    for group in phrases.parted(rows, _MOST_CONDITIONS):
        width = 1.1 if len(group) > 2 else 1.8  # noqa: PLR2004 - few columns may be wider
        columns = (
            Column(r.SUBMITTED_BY, width=3),
            *(Column(f"{row.ref} {row.title}", width=width) for row in group),
        )
        body = tuple(
            Row((bidder.name, *(_result(g, bidder, row) for row in group)))
            for bidder in g.named_bidders
        )
        if body:
            yield Table(columns, body)
    if g.has_unnamed:
        yield left_out(p.CONDITIONS)
    yield Link(r.CONDITIONS_INTRO, "section-reasons")


def _result(g: Gathered, bidder: Bidder, row: AwardCriterion) -> str:
    bids = g.bids_of(bidder.id, row)
    agreed = g.judged_at(Place(bidder.id, row.ref, row.lot)).agreed
    if agreed is not None:
        return r.FAILED if agreed.points == FAIL else r.PASSED
    if not bids:
        return w.NONE
    return r.OPEN if any(bid.is_assessed for bid in bids) else w.STATUSES[g.status(bids[0])]


def clarifications_section(g: Gathered, part: Part) -> Iterator[Block]:
    """Yield section 7: what was asked after the deadline, and whether it may count."""
    if not g.model.clarifications:
        yield Paragraph(r.NO_CLARIFICATIONS)
    elif g.is_published:
        scorable = sum(item.scorable for item in g.model.clarifications)
        count = phrases.counted(len(g.model.clarifications), "clarification")
        yield Paragraph(
            r.CLARIFIED.format(count=phrases.capital(count), taken=phrases.number_word(scorable))
        )
        yield left_out(p.CLARIFICATIONS)
        return
    for index, item in enumerate(g.model.clarifications, 1):
        yield part.below(index).heading(_place(g, item.place))
        yield from _clarification(item)


def _clarification(item: Clarification) -> Iterator[Block]:
    yield Paragraph(phrases.moment(item.recorded_at), "muted")
    yield Paragraph(r.ASKED, "label")
    yield Paragraph(item.question)
    yield Paragraph(r.ANSWERED, "label")
    yield Paragraph(item.answer)
    form = r.MAY_COUNT if item.scorable else r.MAY_NOT_COUNT
    yield Paragraph(form.format(reason=phrases.ended(item.reason)).strip())
