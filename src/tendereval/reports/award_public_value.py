"""The section of the award report about public value: what was found, what becomes a term.

Shows findings and commitments; neither changed a mark or a rank of its own.
"""

from collections.abc import Iterator

from tendereval.domain.publicvalue.contract_schedule import Schedule, SupplierPart
from tendereval.domain.publicvalue.wage_use import use_in_words
from tendereval.domain.report_model import BidPublicValue, PublicValue
from tendereval.reports import phrases
from tendereval.reports import wording_public_value as p
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.commitments_schedule import schedule_table
from tendereval.reports.outline import Block, Bullets, Heading, Paragraph, Run, Text
from tendereval.reports.public_value_certificates import reminder_bullets
from tendereval.reports.public_value_glance import glance_blocks
from tendereval.reports.public_value_share import target_words


def award_public_value(g: Gathered, part: Part) -> Iterator[Block]:
    """Yield what was found of each bid and the terms that the contract gains from it."""
    found = g.public_value
    if found is None:
        return
    yield Paragraph((Run(p.NO_MARKS, bold=True),))
    yield Bullets((use_in_words(found.wage), *found.social_value, target_words(found)))
    yield from glance_blocks(g, found)
    yield part.below(1).heading(p.AWARD_FOUND)
    for item in g.looked_at(found):
        yield Heading(g.bidder(item.bidder), 3)
        yield Bullets(tuple(_sentences(g, found, item)))
    yield part.below(2).heading(p.AWARD_TERMS)
    yield from _terms(g, found)
    yield Paragraph(p.AWARD_LOOK, "note")


def _sentences(g: Gathered, found: PublicValue, item: BidPublicValue) -> Iterator[Text]:
    pay = found.no_pay_finding if item.pay is None else item.pay.sentence
    badge = "" if item.pay is None else item.pay.badge
    yield _told(p.WAGE, phrases.sentences(pay, badge))
    yield _told(p.CERTIFICATES, item.certificates.sentence)
    yield _told(p.COMMITMENTS, item.commitments.sentence)
    if item.share is not None:
        yield _told(p.GLANCE_SHARE, item.share.sentence)
    elif not g.may_rank:
        yield _told(p.GLANCE_SHARE, p.SHARE_HIDDEN)


def _told(label: str, text: str) -> Text:
    return (Run(f"{label}. ", bold=True), Run(text))


def _terms(g: Gathered, found: PublicValue) -> Iterator[Block]:
    decided = [item for item in found.schedules if item.is_decided]
    if not decided:
        yield Paragraph(p.AWARD_NO_TERMS)
    for schedule in decided:
        yield from _schedule(g, found, schedule)


def _schedule(g: Gathered, found: PublicValue, schedule: Schedule) -> Iterator[Block]:
    lot = g.model.method.lot(schedule.lot)
    if g.several_lots and lot is not None:
        yield Paragraph(g.lot_name(lot), "label")
    yield Paragraph(schedule.sentence)
    for part in schedule.parts:
        if part.rows:
            named = len(schedule.parts) > 1
            yield schedule_table(part, p.AWARD_WITH.format(name=part.name) if named else "")
        yield from _beside(found, part)


def _beside(found: PublicValue, part: SupplierPart) -> Iterator[Block]:
    """Yield what stays outside the contract, and when to ask for renewed certificates."""
    if part.ambitions:
        count = phrases.counted(len(part.ambitions), "ambition")
        yield Paragraph(p.AWARD_AMBITIONS.format(count=phrases.capital(count)))
    for item in found.bids:
        if item.bidder == part.bidder and item.reminders:
            yield Paragraph(p.REMINDERS, "label")
            yield reminder_bullets(item.reminders)
