"""The assessment summary of one supplier: from its values to the outline of a document.

Pure: reads no file and no clock, and decides nothing. A text that is withheld is not passed on;
nobody's name is in it but those of the supplier and of the successful suppliers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tendereval.domain.authority_logo import NO_LOGO, AuthorityLogo
from tendereval.domain.errors import NotSupported
from tendereval.domain.report_model import ReportModel
from tendereval.domain.summaries import AssessmentSummary
from tendereval.domain.summary_recipients import are_required, regime_problem
from tendereval.reports import phrases
from tendereval.reports import wording as common
from tendereval.reports import wording_summary as w
from tendereval.reports.award_foot import foot
from tendereval.reports.logos import logo_blocks
from tendereval.reports.outline import (
    Block,
    CoverRule,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Text,
)
from tendereval.reports.summary_blocks import assessment_blocks, further_blocks
from tendereval.reports.summary_criteria import annex_blocks, criteria_blocks
from tendereval.reports.wording_cy import Tongue, tongue

ANNEX: Final = "annex"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What every summary of a tender says about the tender.

    Attributes:
        regulation: that lists the content, in words.
        foot: of every page, with the fingerprints of method and record.
        several_lots: whether summaries name their lot.
        is_required: whether section 50 asks for summaries of this procurement.
        is_framework: whether places are awarded, not the contract.
        tongue: languages of headings and dates.
        made_at: time in the file's properties.
        logo: of the authority.
    """

    authority: str
    title: str
    reference: str
    regulation: str
    foot: str
    currency: str
    several_lots: bool
    is_framework: bool
    tongue: Tongue
    made_at: datetime | None
    logo: AuthorityLogo = NO_LOGO
    is_required: bool = True


def letterhead(model: ReportModel) -> Letterhead:
    """Return what every summary of a tender says about it.

    Raises:
        NotSupported: the law of the tender knows no assessment summary.
    """
    details = model.details
    regime = details.regime
    if regime is None or regime not in w.REGULATIONS:
        raise NotSupported(regime_problem(details), w.OTHER_LAW)
    return Letterhead(
        authority=details.authority.strip(),
        title=details.title.strip() or common.UNTITLED,
        reference=details.reference.strip() or common.NO_REFERENCE,
        regulation=w.REGULATIONS[regime],
        foot=foot(model),
        currency=details.currency,
        several_lots=len(model.method.lots) > 1,
        is_framework=model.method.framework_places is not None,
        tongue=tongue(regime),
        made_at=model.head.at,
        logo=model.logo,
        is_required=are_required(details),
    )


def summary_report(summary: AssessmentSummary, head: Letterhead) -> Document:
    """Describe the assessment summary of one supplier about one lot.

    Args:
        summary: what the supplier is given.
        head: of the tender.

    Returns:
        A document that is marked as a draft until the award is approved. The same values give
        the same document.

    Source: Procurement Act 2023, ss.50 and 94; Procurement Regulations 2024, r.31; Procurement
        (Wales) Regulations 2024, r.32.
    """
    title = head.title
    if head.several_lots:
        title = w.AND_LOT.format(title=title, lot=_lot(summary))
    return Document(
        title=w.DOCUMENT_TITLE.format(name=summary.name.strip() or w.UNNAMED, title=title),
        head=w.HEAD.format(title=title),
        draft_mark=common.DRAFT if summary.draft else None,
        foot=head.foot,
        blocks=tuple(_blocks(summary, head)),
        created=head.made_at,
    )


def _lot(summary: AssessmentSummary) -> str:
    if not summary.lot_title.strip():
        return common.LOT.format(ref=summary.lot)
    return common.LOT_TITLED.format(ref=summary.lot, title=summary.lot_title)


def _blocks(summary: AssessmentSummary, head: Letterhead) -> Iterator[Block]:
    say = head.tongue.heading
    yield from _first_page(summary, head)
    yield Heading(say(w.CRITERIA), 2, "1", "criteria")
    yield from criteria_blocks(summary, head.tongue)
    yield Heading(say(w.YOURS), 2, "2", "own")
    yield from assessment_blocks(summary, summary.own, head.currency)
    number = 3
    if not summary.is_winner:
        yield Heading(say(w.WHY_NOT), 2, str(number), "further")
        yield from further_blocks(summary.further)
        for winner in summary.winners:
            number += 1
            named = winner.name.strip() or w.UNNAMED
            yield Heading(w.THE_WINNER.format(name=named), 2, str(number), f"winner-{number}")
            yield from assessment_blocks(summary, winner, head.currency)
    if summary.in_full:
        yield PageBreak()
        yield Heading(say(w.ANNEX), 2, "", ANNEX)
        yield from annex_blocks(summary)


def _first_page(summary: AssessmentSummary, head: Letterhead) -> Iterator[Block]:
    """Yield items 1 to 3, what became of the tender, and by what law the summary is given."""
    yield from logo_blocks(head.logo, head.authority)
    if head.authority:
        yield Paragraph(head.authority, "muted")
    yield Heading(head.tongue.heading(w.TITLE), 1)
    subject = head.title
    if head.several_lots:
        subject = f"{subject}\n{_lot(summary)}"
    yield Paragraph(subject, "lead")
    yield CoverRule()
    yield Facts(tuple(_facts(summary, head)))
    if summary.draft:
        yield Paragraph((Run(w.IS_DRAFT, bold=True), Run(w.DRAFT_TEXT)))
    yield Paragraph((Run(_outcome(summary, head), bold=True),))
    of_others = ""
    if summary.winners:
        of_others = w.AND_OF_WINNERS if summary.winners[1:] else w.AND_OF_WINNER
    given = (w.GIVEN_UNDER if head.is_required else w.GIVEN_FREELY).format(
        regulation=head.regulation
    )
    yield Paragraph(phrases.sentences(given, of_others))


def _facts(summary: AssessmentSummary, head: Letterhead) -> Iterator[tuple[Text, Text]]:
    say = head.tongue.heading
    yield say(w.SUPPLIER), summary.name.strip() or w.NOT_GIVEN
    yield say(w.ADDRESS), summary.address.strip() or w.NOT_GIVEN
    yield say(w.EMAIL), summary.email.strip() or w.NOT_GIVEN
    yield say(w.IDENTIFIER), summary.identifier.strip() or w.NOT_GIVEN
    yield say(w.REFERENCE), head.reference
    if summary.dated:
        yield say(w.DATE), head.tongue.day(summary.dated)
    elif summary.draft:
        yield say(w.DATE), w.NOT_DATED


def _outcome(summary: AssessmentSummary, head: Letterhead) -> str:
    whole = w.A_PLACE if head.is_framework else w.THE_CONTRACT
    if head.several_lots:
        whole = w.FOR_LOT.format(whole=whole, lot=_lot(summary))
    if summary.is_winner:
        return w.WON.format(whole=whole)
    lost = w.LOST.format(whole=whole)
    if not summary.winners:
        return lost
    names = phrases.names(one.name.strip() or w.UNNAMED for one in summary.winners)
    return lost + (w.PLACES_TO if head.is_framework else w.AWARDED_TO).format(names=names)
