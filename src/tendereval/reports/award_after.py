"""Days, outcome of lots, risks and what follows the decision, as far as the file holds them."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tendereval.domain.bidding import BidStatus
from tendereval.domain.exact import money
from tendereval.domain.report_model import AfterAward
from tendereval.domain.summary_recipients import are_required, regime_problem
from tendereval.domain.tender import Lot
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_after as a
from tendereval.reports import wording_results as r
from tendereval.reports.award_decision import shown_totals, value_words
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.outline import Block, Bullets, Column, Facts, Heading, Paragraph, Row, Table


def after_of(g: Gathered, lot: Lot) -> AfterAward | None:
    """Return what followed the decision on a lot, if anything is recorded."""
    return next((item for item in g.model.after if item.lot == lot.ref), None)


def timetable(g: Gathered) -> Iterator[Block]:
    """Yield the days of notices and steps, those that are not recorded included."""
    rows = tuple(Row((what, when or a.NOT_IN_FILE.rstrip("."))) for what, when in _days(g))
    yield Table((Column(a.EVENT, width=2.4), Column(a.WHEN, "right", width=1.6)), rows)


def _days(g: Gathered) -> Iterator[tuple[str, str]]:
    details = g.model.details
    yield a.NOTICE_PUBLISHED, _day(details.notice_date)
    for version in g.model.versions:
        if version.republished_on is not None:
            yield a.REPUBLISHED.format(number=version.number), _day(version.republished_on)
    yield a.TENDERS_DUE, phrases.moment(details.deadline) if details.deadline else ""
    for lot in g.model.method.lots:
        decision = g.decision(lot.ref)
        form = a.DECISION_LOT if g.several_lots else a.DECISION
        at = decision.recorded_at.date() if decision else None
        yield form.format(lot=g.lot_name(lot)), _day(at)
        for item in g.approvals(decision) if decision else ():
            outcome = w.OUTCOMES[item.outcome]
            yield a.APPROVED.format(outcome=outcome, role=item.role), _day(item.given_on)
    for lot in g.model.method.lots:
        named = f", {w.LOT.format(ref=lot.ref)}" if g.several_lots else ""
        for what, day in _after_days(after_of(g, lot)):
            yield f"{what}{named}", _day(day)
    yield a.STARTS, _day(details.contract_start)
    yield a.ENDS, _day(details.contract_end)


def _after_days(item: AfterAward | None) -> Iterator[tuple[str, date | None]]:
    yield a.SUMMARIES, item.summaries_on if item else None
    if item is not None and item.dates.not_awarded_on is not None:
        yield a.NO_AWARD_NOTICE, item.dates.not_awarded_on
        return
    yield a.AWARD_NOTICE, item.dates.notice_on if item else None
    yield a.ENTERED, item.dates.entered_on if item else None


def _day(when: date | None) -> str:
    return phrases.day(when) if when else ""


def lots_section(g: Gathered) -> Iterator[Block]:
    """Yield the outcome of every lot in one table, and who is in reserve."""
    if not g.may_rank:
        yield Paragraph(w.NO_RANKING_YET)
        return
    if g.several_lots:
        columns = (
            Column(r.LOT, width=1.6),
            Column(a.DECIDED, width=3),
            Column(r.TOTAL, "right", width=1.1),
            Column(r.PRICE, "right", width=1.6),
        )
        rows = tuple(row for lot in g.model.method.lots for row in _outcome(g, lot))
        yield Table(columns, rows)
    reserves = [
        g.bidder(bid.bidder)
        if not g.several_lots
        else a.RESERVE_OF.format(names=g.bidder(bid.bidder), lot=w.IN_LOT.format(ref=bid.lot))
        for bid in g.model.bids
        if g.status(bid) is BidStatus.RESERVE
    ]
    told = f"{phrases.names(reserves)}." if reserves else a.NO_RESERVE
    yield Facts(((a.RESERVE, told),))


def _outcome(g: Gathered, lot: Lot) -> Iterator[Row]:
    decision = g.decision(lot.ref)
    name = g.lot_name(lot)
    if decision is None or not decision.bidders:
        said = a.NO_DECISION if decision is None else a.NO_AWARD
        yield Row((name, said, w.NONE, w.NONE))
        return
    ranking = g.rankings.get(lot.ref)
    totals = dict(zip(ranking.ranked, shown_totals(ranking), strict=True)) if ranking else {}
    for bidder in decision.bidders:
        bid = g.ranked.get((lot.ref, bidder))
        price = bid.price_amount if bid else None
        yield Row(
            (
                name,
                g.bidder(bidder),
                totals[bid] if bid else w.NONE,
                w.NONE if price is None else money(price, g.model.details.currency),
            )
        )


def risks_section(g: Gathered, terms: str) -> Iterator[Block]:
    """Yield risks, financial standing and budget, only as recorded.

    Args:
        g: the report.
        terms: number of the section that lists commitments; empty for none.
    """
    yield Paragraph(a.RISKS_INTRO)
    yield Facts(tuple(_risks(g, terms)))


def _risks(g: Gathered, terms: str) -> Iterator[tuple[str, str]]:
    details = g.model.details
    yield a.RISKS, a.NOT_IN_FILE
    has_conditions = any(row.kind.is_pass_or_fail for row in g.model.method.criteria)
    yield a.FINANCIAL, a.FINANCIAL_CONDITIONS if has_conditions else a.NOT_IN_FILE
    yield a.BUDGET, a.NOT_IN_FILE
    value = details.estimated_value
    if value is not None:
        vat = details.estimated_value_includes_vat
        yield a.ESTIMATED, value_words(value, details.currency, with_vat=vat)
    prices = list(_recommended(g))
    for label, price in prices:
        yield label, value_words(price, details.currency, with_vat=details.prices_include_vat)
    same = details.estimated_value_includes_vat is not None and (
        details.estimated_value_includes_vat == details.prices_include_vat
    )
    if value is not None and same and len(prices) == 1 and not g.several_lots:
        yield a.AGAINST_VALUE, _against(prices[0][1] - value, details.currency)
    yield a.BENEFITS, a.NOT_IN_FILE
    if terms:
        yield a.COMMITMENTS, a.COMMITMENTS_IN.format(number=terms)


def _recommended(g: Gathered) -> Iterator[tuple[str, Fraction]]:
    for lot in g.model.method.lots:
        decision = g.decision(lot.ref)
        for bidder in decision.bidders if decision else ():
            bid = g.ranked.get((lot.ref, bidder))
            if bid is not None and bid.price_amount is not None:
                form = a.PRICE_RECOMMENDED_LOT if g.several_lots else a.PRICE_RECOMMENDED
                yield form.format(lot=lot.ref), bid.price_amount


def _against(difference: Fraction, currency: str) -> str:
    if difference == 0:
        return a.EQUAL
    form = a.ABOVE if difference > 0 else a.BELOW
    return form.format(amount=money(abs(difference), currency))


def after_section(g: Gathered, part: Part) -> Iterator[Block]:
    """Yield the standstill, summaries, what is withheld, and how long the record is kept."""
    yield Paragraph(a.AFTER_INTRO)
    yield part.below(1).heading(a.STANDSTILL)
    for lot in g.model.method.lots:
        yield from _of_lot(g, lot, _standstill(after_of(g, lot)))
    yield part.below(2).heading(a.SUMMARIES)
    for lot in g.model.method.lots:
        yield from _of_lot(g, lot, _summaries(g, lot))
    if not g.is_published:
        yield part.below(3).heading(a.WITHHELD)
        yield from _withheld(g)
    yield part.below(3 if g.is_published else 4).heading(a.RETENTION)
    for lot in g.model.method.lots:
        yield from _of_lot(g, lot, _retention(after_of(g, lot)))


def _of_lot(g: Gathered, lot: Lot, blocks: Iterator[Block]) -> Iterator[Block]:
    if g.several_lots:
        yield Heading(g.lot_name(lot), 3)
    yield from blocks


def _standstill(item: AfterAward | None) -> Iterator[Block]:
    found = item.standstill if item else None
    if found is None:
        yield Paragraph(a.STANDSTILL_OPEN)
        return
    yield Paragraph(found.sentence)
    if found.working:
        yield Paragraph(a.WORKING, "label")
        yield Bullets(found.working)
    if found.source:
        yield Paragraph(a.STANDSTILL_SOURCE.format(source=found.source), "note")


def _summaries(g: Gathered, lot: Lot) -> Iterator[Block]:
    if regime_problem(g.model.details):
        yield Paragraph(a.SUMMARIES_OTHER_LAW)
        return
    count = sum(g.status(bid).was_assessed for bid in g.model.bids if bid.lot == lot.ref)
    item = after_of(g, lot)
    sent = item.summaries_on if item else None
    told = a.SUMMARIES_SENT.format(day=phrases.day(sent)) if sent else a.SUMMARIES_NOT_SENT
    is_due = are_required(g.model.details)
    due = (a.SUMMARIES_DUE if is_due else a.SUMMARIES_FREE).format(
        count=phrases.counted(count, "supplier")
    )
    yield Paragraph(phrases.sentences(due, told))


def _withheld(g: Gathered) -> Iterator[Block]:
    items = tuple(
        a.WITHHELD_ONE.format(
            ref=" ".join(part for part in (ref, sub) if part) or a.WITHHELD_FURTHER,
            name=g.bidder(bidder),
            limb=found.limb,
        )
        for bidder, ref, sub, found in g.model.withheld
    )
    yield Bullets(items) if items else Paragraph(a.WITHHELD_NONE)


def _retention(item: AfterAward | None) -> Iterator[Block]:
    found = item.retention if item else None
    if found is None:
        yield Paragraph(a.RETENTION_OPEN)
        return
    yield Paragraph(found.sentence)
    if found.source:
        yield Paragraph(a.STANDSTILL_SOURCE.format(source=found.source), "note")
