"""What the results say beside their tables: the order, tenders not ranked, ties and warnings."""

from collections.abc import Iterator, Sequence

from tendereval.domain.exact import money
from tendereval.domain.ranked import RankedBid, Ranking
from tendereval.domain.tender import Lot
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_results as r
from tendereval.reports.award_decision import shown_totals
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.outline import Block, Bullets, Column, Paragraph, Row, Run, Table


def rank_text(bid: RankedBid) -> str:
    """Write a rank; one that is shared gets an equals sign (``2 =``)."""
    return f"{bid.rank}{phrases.HARD}=" if bid.tied else str(bid.rank)


def price_text(bid: RankedBid, currency: str) -> str:
    """Write what a tender asks; a dash where it is not told."""
    return w.NONE if bid.price_amount is None else money(bid.price_amount, currency)


def order_table(g: Gathered, ranking: Ranking) -> Table:
    """Return the whole order of a lot in one table."""
    priced = any(bid.price_amount is not None for bid in ranking.ranked)
    columns = (
        Column(r.RANK, width=0.7),
        Column(r.SUBMITTED_BY, width=3.6),
        *((Column(r.PRICE, "right", width=1.8),) if priced else ()),
        Column(
            r.OUT_OF.format(available=phrases.plain_number(ranking.available)), "right", width=1.5
        ),
    )
    rows = []
    for bid, total in zip(ranking.ranked, shown_totals(ranking), strict=True):
        price = price_text(bid, g.model.details.currency)
        rows.append(Row((rank_text(bid), bid.name, *((price,) if priced else ()), total)))
    return Table(columns, tuple(rows), caption=r.ORDER)


def outcome_blocks(
    g: Gathered, lot: Lot, part: Part, not_ranked_tables: Sequence[Table]
) -> Iterator[Block]:
    """Yield sub-sections 2 to 4 of a lot's results: not ranked, ties, warnings."""
    ranking = g.rankings[lot.ref]
    yield part.below(2).heading(r.NOT_RANKED)
    for out in ranking.not_ranked:
        status = phrases.ended(phrases.capital(w.STATUSES[out.status]))
        told = phrases.sentences(status, out.reason.strip() or r.NO_REASON)
        yield Paragraph((Run(f"{out.name}. ", bold=True), Run(told)))
    if not ranking.not_ranked:
        yield Paragraph(r.ALL_RANKED)
    if not_ranked_tables:
        yield Paragraph(r.NOT_RANKED_SCORES, "label")
        yield from not_ranked_tables
    yield part.below(3).heading(r.TIES)
    yield from _ties(g, ranking)
    yield part.below(4).heading(r.WARNINGS)
    if ranking.warnings:
        yield Bullets(tuple(warning.text for warning in ranking.warnings))
    else:
        yield Paragraph(r.NO_WARNINGS)


def _ties(g: Gathered, ranking: Ranking) -> Iterator[Block]:
    told = []
    for tie in ranking.ties:
        rank = next(bid.rank for bid in ranking.ranked if bid.bidder in tie)
        told.append(r.TIE_LEFT.format(names=phrases.names(map(g.bidder, tie)), rank=rank))
    told += [
        r.TIE_BROKEN.format(name=bid.name, rank=bid.rank, rule=bid.tie_broken_by)
        for bid in ranking.ranked
        if bid.tie_broken_by
    ]
    yield Bullets(tuple(told)) if told else Paragraph(r.NO_TIES)
