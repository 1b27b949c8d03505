"""The part of the public value report about Good Works organisations: partners and share.

Reckons nothing itself: every finding and its words come from the check. Prices, and sums that
would tell one, are shown only where the stage shows prices.
"""

from collections.abc import Iterator

from tendereval.domain.exact import money, round_half_up
from tendereval.domain.publicvalue.share_finding import PartnerFinding, ShareFinding, percent
from tendereval.domain.report_model import PublicValue
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_public_value as p
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.outline import Block, Bullets, Column, Facts, Paragraph, Row, Run, Table


def share_section(g: Gathered, part: Part, found: PublicValue) -> Iterator[Block]:
    """Yield the target and each bid's share with its partners."""
    yield Paragraph(target_words(found))
    yield Paragraph(p.SHARE_INTRO)
    if not g.may_rank:
        yield Paragraph(p.SHARE_HIDDEN)
    for index, item in enumerate(g.looked_at(found), 1):
        yield part.below(index).heading(g.bidder(item.bidder))
        if item.share is None:
            yield Paragraph(p.NOT_RECKONED)
        else:
            yield from _finding(g, item.share)


def target_words(found: PublicValue) -> str:
    """Return the target in one sentence, with the reason for one that the lead set."""
    share, why = percent(found.target.share), found.target.reason.strip()
    if why:
        return p.TARGET_BECAUSE.format(share=share, why=phrases.ended(why))
    return p.TARGET.format(share=share)


def reached_words(found: ShareFinding) -> str:
    """Return the share and what of it is evidenced; empty where there is no share."""
    if found.share is None or found.evidenced_share is None:
        return ""
    share, proved = (percent(one, found.target) for one in (found.share, found.evidenced_share))
    return p.REACHED_TEXT.format(share=share, evidenced=proved)


def _finding(g: Gathered, found: ShareFinding) -> Iterator[Block]:
    yield Paragraph((Run(found.sentence, bold=True),))
    if not found.partners:
        return
    columns = (
        Column(p.PARTNER, width=2.2),
        Column(p.CATEGORY, width=1.6),
        Column(p.AMOUNT, "right", width=1.7),
        Column(p.TEST, width=1.9),
        Column(p.EVIDENCED, width=0.8),
        Column(p.COUNTS, width=0.8),
    )
    yield Table(columns, tuple(_partner(g, item) for item in found.partners))
    if g.may_rank:
        yield Facts(tuple(_sums(found)))
    said = (*(one.sentence for one in found.by_lot), *found.flags)
    if said:
        yield Bullets(said)
    remarks = [(item.partner.name, _remarks(item)) for item in found.partners]
    for name, told in remarks:
        if told:
            yield Paragraph((Run(f"{phrases.ended(name)} ", bold=True), Run(told)))


def _partner(g: Gathered, item: PartnerFinding) -> Row:
    partner = item.partner
    name = p.DIRECT.format(name=partner.name) if partner.direct else partner.name
    if partner.lot is not None:
        name = f"{name}\n{w.LOT.format(ref=partner.lot)}"
    figures = ""
    if item.best is not None:
        figures = p.FIGURES.format(
            disadvantaged=item.best.disadvantaged,
            workforce=item.best.workforce,
            route=item.best.route,
        )
    return Row(
        (
            name,
            partner.category,
            _amount(g, item),
            "\n".join(part for part in (str(item.test), figures) if part),
            p.YES if item.is_evidenced else p.NO,
            p.YES if item.counts else p.NO,
        )
    )


def _amount(g: Gathered, item: PartnerFinding) -> str:
    """Write pounds and share as given; both together would tell a price."""
    partner = item.partner
    pounds = partner.amount if partner.amount is not None else item.amount
    told = [] if pounds is None else [money(round_half_up(pounds, 2))]
    if partner.share is not None:
        told.append(p.GIVEN_AS.format(share=percent(partner.share)))
        if not g.may_rank:
            told = told[:1]
    return "\n".join(told) or w.NONE


def _sums(found: ShareFinding) -> Iterator[tuple[str, str]]:
    yield p.COMMITTED, money(round_half_up(found.committed, 2))
    yield p.PROVED, money(round_half_up(found.evidenced, 2))
    yield p.PRICE, w.NOT_RECORDED if found.price is None else money(found.price)
    if found.share is not None:
        yield p.REACHED, reached_words(found)
    if found.gap is not None:
        gap, target = money(round_half_up(found.gap, 2)), percent(found.target)
        text = p.OF_TARGET if found.gap else p.NOTHING_MISSING
        yield p.MISSING, text.format(gap=gap, target=target)


def _remarks(item: PartnerFinding) -> str:
    evidence = item.partner.evidence.strip()
    told = p.PARTNER_EVIDENCE.format(text=phrases.ended(evidence)) if evidence else ""
    return phrases.sentences(told, *item.flags)
