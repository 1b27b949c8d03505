"""Every bidder with its four findings in a few words, for the first look at public value."""

from collections.abc import Iterator

from tendereval.domain.publicvalue.wage_check import PayFinding, PayState
from tendereval.domain.report_model import BidPublicValue, PublicValue
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_public_value as p
from tendereval.reports.award_gather import Gathered
from tendereval.reports.outline import Block, Column, Paragraph, Row, Table
from tendereval.reports.public_value_share import reached_words


def glance_blocks(g: Gathered, found: PublicValue) -> Iterator[Block]:
    """Yield every bidder with the four findings in a few words, and who was not looked at."""
    looked_at = g.looked_at(found)
    if not g.model.bidders:
        yield Paragraph(p.NO_BIDDERS)
    if looked_at:
        columns = (
            Column(p.BIDDER, width=2.2),
            Column(p.GLANCE_WAGE, width=1.8),
            Column(p.GLANCE_CERTIFICATES, width=1.8),
            Column(p.GLANCE_COMMITMENTS, width=1.5),
            Column(p.GLANCE_SHARE, width=1.7),
        )
        yield Table(columns, tuple(_row(g, item) for item in looked_at))
    shown = {item.bidder for item in looked_at}
    left = [
        p.NAMED_STATUS.format(name=g.bidder(bid.bidder), status=w.STATUSES[g.status(bid)])
        for bid in g.model.bids
        if bid.bidder not in shown
    ]
    if left:
        yield Paragraph(p.NOT_LOOKED_AT.format(names=phrases.names(dict.fromkeys(left))))


def _row(g: Gathered, item: BidPublicValue) -> Row:
    return Row(
        (
            g.bidder(item.bidder),
            _pay_short(item.pay),
            _best_certificate(item),
            _commitments_short(item),
            _share_short(g, item),
        )
    )


def _pay_short(pay: PayFinding | None) -> str:
    if pay is None:
        return p.NO_PAY_SHORT
    covered = [row for row in pay.rows if row.state is not PayState.EXEMPT]
    if not covered:
        return p.NOT_COVERED_SHORT if pay.rows else p.NO_SCHEDULE_SHORT
    unknown = sum(row.state is PayState.UNKNOWN for row in covered)
    if pay.failing:
        text = p.BELOW_ONE_SHORT if len(covered) == 1 else p.BELOW_SHORT
        return text.format(count=len(pay.failing), every=len(covered))
    if unknown:
        return p.UNKNOWN_SHORT.format(count=unknown, every=len(covered))
    return p.MET_SHORT


def _best_certificate(item: BidPublicValue) -> str:
    found = item.certificates
    if not found.claims:
        return p.NO_CLAIM_SHORT
    return found.independence.in_words if found.independence else p.NOTHING_COUNTS_SHORT


def _commitments_short(item: BidPublicValue) -> str:
    found = item.commitments
    if not found.findings:
        return p.NO_COMMITMENT_SHORT
    return p.COMPLETE_SHORT.format(complete=len(found.complete), every=len(found.findings))


def _share_short(g: Gathered, item: BidPublicValue) -> str:
    if item.share is not None and not item.share.partners:
        return p.NO_PARTNER_SHORT
    if item.share is None or item.share.share is None:
        return p.SHARE_UNKNOWN_SHORT if g.may_rank else p.SHARE_LATER_SHORT
    return reached_words(item.share)
