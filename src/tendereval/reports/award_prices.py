"""Price working in the award report: prices used, the lowest, the formula's figures.

Shows what the ranking worked out; tenders that are not ranked and their prices are left out.
"""

from collections.abc import Iterator
from fractions import Fraction

from tendereval.domain.exact import money, rounded_text
from tendereval.domain.pricing import as_read
from tendereval.domain.ranked import CriterionMark, LowestPrice, RankedBid
from tendereval.domain.tender import AwardCriterion, CriterionKind, Lot, PriceFormula
from tendereval.reports import phrases
from tendereval.reports import wording_publication as p
from tendereval.reports import wording_results as r
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.award_publication import left_out
from tendereval.reports.outline import Block, Column, Paragraph, Row, Table

_Offer = tuple[RankedBid, CriterionMark]


def price_blocks(g: Gathered, lot: Lot, part: Part) -> Iterator[Block]:
    """Yield the working of every price criterion of a lot."""
    yield part.heading(r.PRICE_WORKING)
    rows = [row for row in g.model.method.in_lot(lot.ref) if row.kind is CriterionKind.PRICE]
    if not rows:
        yield Paragraph(r.NO_PRICES)
    lowest = {item.criterion: item for item in g.rankings[lot.ref].lowest}
    for row in rows:
        offers = [
            (bid, mark)
            for bid in g.rankings[lot.ref].ranked
            for mark in bid.marks
            if mark.criterion == row.ref and mark.price is not None
        ]
        if offers:
            yield Paragraph(_sentence(g, row, offers, lowest.get(row.ref)))
            yield _table(g, row, offers)
    if rows and g.has_unnamed:
        yield left_out(p.PRICES)


def _sentence(
    g: Gathered, row: AwardCriterion, offers: list[_Offer], lowest: LowestPrice | None
) -> str:
    currency = g.model.details.currency
    weight = phrases.plain_number(offers[0][1].available)
    known = row.formula is PriceFormula.LOWEST_OVER_PRICE
    form = r.PRICE_SENTENCE if known else r.PRICE_SENTENCE_OTHER
    told = [form.format(title=row.title or row.ref, weight=weight, formula=row.formula)]
    if lowest is not None:
        holders = phrases.names(g.bidder(one) for one in lowest.bidders)
        told.append(r.LOWEST.format(amount=money(lowest.amount, currency), holders=holders))
        if not g.is_published:
            among = phrases.names(g.bidder(one) for one in lowest.among)
            alone = len(lowest.among) < 2  # noqa: PLR2004 - comparing takes two
            told.append(r.LOWEST_AMONG_ONE if alone else r.LOWEST_AMONG.format(names=among))
    for bid, mark in offers:
        price = mark.price or Fraction(0)
        read = as_read(row, price)
        if read != price:
            told.append(
                r.READ_AS.format(
                    name=bid.name, price=money(price, currency), amount=money(read, currency)
                )
            )
    return " ".join(told)


def _table(g: Gathered, row: AwardCriterion, offers: list[_Offer]) -> Table:
    rounded_to = g.model.method.round_marks_to
    weight = phrases.plain_number(offers[0][1].available)
    known = row.formula is PriceFormula.LOWEST_OVER_PRICE
    working = r.WORKING.format(weight=weight) if known else r.UNROUNDED
    texts = [phrases.unrounded_text(mark.unrounded, rounded_to) for _, mark in offers]
    places = max(len(text.partition(".")[2]) for text in texts)
    rounds = rounded_to is not None
    columns = (
        Column(r.SUBMITTED_BY, width=3.2),
        Column(r.PRICE, "right", width=2),
        *((Column(working, "right", width=2, muted=True),) if rounds else ()),
        Column(
            r.MARKS if rounds else r.WORKED_MARKS.format(working=working),
            "right",
            width=1.2 if rounds else 2.2,
        ),
    )
    final = phrases.places_of([mark.mark for _, mark in offers])
    rows = []
    for bid, mark in offers:
        price = money(mark.price or Fraction(0), g.model.details.currency)
        unrounded = (rounded_text(mark.unrounded, places),) if rounds else ()
        rows.append(Row((bid.name, price, *unrounded, rounded_text(mark.mark, final))))
    return Table(columns, tuple(rows))
